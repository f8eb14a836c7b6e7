"""The entries of each content type as data, for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbook.link.download import Download
from handbook.loaded.handbook import Handbook
from handbook.output.as_json import as_json
from handbook.output.entries import json_object, spreadsheet
from handbook.output.entries.records import Records
from handbook.output.entries.schemas import described, list_schema, list_schema_name
from handbook.render.downloads import DATA, list_path


def data_files(handbook: Handbook) -> Iterator[Download]:
    """Yield each content type with entries as JSON and CSV, with its schemas, in a stable order."""
    catalogue = handbook.catalogue
    records = Records(catalogue, handbook.site.directory_urls)
    kinds = [kind for kind in catalogue.kinds.values() if catalogue.entries(kind.name)]
    for kind in kinds:
        entries = list(catalogue.entries(kind.name).values())
        text = json_object.render_list(records, kind, entries, schema=list_schema_name(kind))
        yield Download(list_path(kind, "json"), text)
        yield Download(list_path(kind, "csv"), spreadsheet.render_list(records, kind, entries))
        yield Download(f"{DATA}/{list_schema_name(kind)}", as_json(list_schema(kind)))
    for name, schema in described(kinds, catalogue.gate.audience, catalogue.gate.hidden_kinds).items():
        yield Download(f"{DATA}/{name}", as_json(schema))


def as_files(downloads: Iterable[Download]) -> dict[str, bytes]:
    """Return downloads as files, by path."""
    # Without the mark, spreadsheets read letters such as ü in another encoding.
    return {
        download.path: download.text.encode("utf-8-sig" if download.path.endswith(".csv") else "utf-8")
        for download in downloads
    }
