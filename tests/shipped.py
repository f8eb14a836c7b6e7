"""This repository's handbook, loaded once in a process, and entries that differ from its own."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cache
from typing import Any

from handbook.link.catalogue import Entry
from handbook.loaded.handbook import Handbook, load
from handbook.read.files import find_site
from tests.conftest import TODAY
from tests.effort import runs
from tests.sites import ROOT


@cache
def load_shipped(audience: str | None = None) -> Handbook:
    """Return the handbook as an audience sees it on the day that the tests take for today."""
    if audience is None:
        return load(find_site(ROOT), TODAY)
    # What was read and found is the same for all.
    whole = load_shipped()
    return whole if audience == whole.audience else Handbook(whole.context, whole.report, audience)


def few_of(handbook: Handbook) -> Handbook:
    """Return a handbook that lists a few entries of each kind, enough to see each view with; else, all.

    References find the others, too.
    """
    most = runs(sample=4, full=10_000)
    few = copy(handbook.catalogue)
    vars(few).pop("counted", None)
    vars(few)["_entries"] = {
        name: {entry_id: found[entry_id] for entry_id in list(found)[:: len(found) // most + 1]}
        for name in few.kinds
        for found in [few.entries(name)]
    }
    shown = Handbook(handbook.context, handbook.report, handbook.audience)
    vars(shown)["catalogue"] = few
    return shown


def with_data(entry: Entry, data: Mapping[str, Any], entry_id: str = "") -> Entry:
    """Return an entry with other fields, and with another ID if one is given."""
    return Entry(entry.kind, entry_id or entry.id, entry.path, find_data=lambda: data)
