"""The readings of metrics as CSV files, as `handbook import` reads them."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.csv_text import csv_value
from handbook.link.download import Download
from handbook.loaded.handbook import Handbook
from handbook.render.downloads import download_path

_HEAD = "day,value,note"


def readings_files(handbook: Handbook) -> Iterator[Download]:
    """Yield a file for each metric with readings, next to its page; none that the audience can't see."""
    catalogue = handbook.catalogue
    for metric in catalogue.entries("metric").values() if "metric" in catalogue.kinds else ():
        readings = catalogue.readings(metric)
        if readings and not metric.is_hidden:
            rows = (f"{each.day},{each.value},{csv_value(each.note)}" for each in readings)
            yield Download(download_path(metric, "csv"), "\n".join((_HEAD, *rows, "")))
