"""Which versions a handbook has, and which of them is the newest."""

from __future__ import annotations

import json

from handbook.release.versions import Shelf


def test_versions_are_ordered_by_their_numbers() -> None:
    names = ("2026.9", "2026.10.2", "2026.10", "2025.12", "2026.10.10", "preview")
    shelf = Shelf(json.dumps([{"version": name, "title": name, "aliases": []} for name in names]))
    assert [str(each.version) for each in shelf.published()] == [
        "2026.10.10",
        "2026.10.2",
        "2026.10",
        "2026.9",
        "2025.12",
    ]
