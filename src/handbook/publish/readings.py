"""The readings of metrics and tools as CSV files, as `handbook import` reads them."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.csv_text import csv_value
from handbook.link.download import Download
from handbook.loaded.handbook import Handbook
from handbook.read.readings import COLUMNS, Reading
from handbook.render.downloads import download_path


def readings_files(handbook: Handbook) -> Iterator[Download]:
    """Yield a file for each entry with readings, next to its page; none that the audience can't see."""
    catalogue = handbook.catalogue
    for kind, columns in COLUMNS.items():
        for entry in catalogue.entries(kind).values() if kind in catalogue.kinds else ():
            readings = catalogue.readings(entry)
            if readings and not entry.is_hidden:
                lines = (_line(kind, each) for each in readings)
                yield Download(download_path(entry, "csv"), "\n".join((",".join(columns), *lines, "")))


def _line(kind: str, reading: Reading) -> str:
    licensed = ("" if reading.licensed is None else str(reading.licensed),) if kind == "tool" else ()
    return ",".join((str(reading.day), str(reading.value), *licensed, csv_value(reading.note)))
