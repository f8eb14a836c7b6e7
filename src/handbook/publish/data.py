"""The entries of each content type as data, for programs."""

from __future__ import annotations

from functools import partial

from handbook.base.shelf import in_memory
from handbook.link.download import Download
from handbook.loaded.handbook import Handbook
from handbook.output.as_json import as_json
from handbook.output.entries import json_object, spreadsheet
from handbook.output.entries.records import Records
from handbook.output.entries.schemas import described, list_schema, list_schema_name
from handbook.publish.made_files import MadeFiles, kept, of_texts
from handbook.render.downloads import DATA, list_path


def data_files(handbook: Handbook) -> MadeFiles:
    """Return each content type with entries as JSON and CSV, with its schemas, in a stable order."""
    catalogue = handbook.catalogue
    records = Records(catalogue, handbook.site.directory_urls)
    kinds = [kind for kind in catalogue.kinds.values() if catalogue.entries(kind.name)]
    lists, schemas = {}, described(kinds, catalogue.gate.audience, catalogue.gate.hidden_kinds)
    for kind in kinds:
        entries = list(catalogue.entries(kind.name).values())
        schema = list_schema_name(kind)
        lists[list_path(kind, "json")] = partial(json_object.list_parts, records, kind, entries, schema)
        lists[list_path(kind, "csv")] = partial(spreadsheet.list_parts, records, kind, entries)
        schemas[schema] = list_schema(kind)
    described_by = (Download(f"{DATA}/{name}", as_json(schema)) for name, schema in schemas.items())
    return of_texts(lists) | kept(described_by, in_memory)
