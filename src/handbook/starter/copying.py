"""Copy entries and pages of our handbook, adapted to the company that starts one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.starter.days import next_review
from handbook.starter.entries import adapt
from handbook.starter.plan import Plan
from handbook.starter.rewriting import Place, rewritten
from handbook.write.changed_values import part_at

_FRONT_MATTER = re.compile(r"\A---\n(.*?)(?<=\n)---\n", re.DOTALL)
_REVIEW = "review"
_TOOL = "tool"


class Copy:
    """A copy of a handbook.

    Args:
        source: The handbook that it is copied from.
        plan: What is copied.
        jobs: The tool of the company for each job.
        today: The day of the copy.
        reviews: The number of entries that have a day of review already.
    """

    def __init__(
        self, source: Context, plan: Plan, jobs: Mapping[str, str], today: date, *, reviews: int
    ) -> None:
        self._source = source
        self._plan = plan
        self._today = today
        self._reviews = reviews
        self._tools: dict[str, str] = {}
        for job, tool in plan.our_jobs.items():
            if job in jobs:
                self._tools.setdefault(tool, jobs[job])

    def entries(self) -> Iterator[tuple[str, str]]:
        """Yield the files of the entries by path, with their new texts. The company has tools of its own."""
        by_file: dict[str, list[RawEntry]] = defaultdict(list)
        for entry in self._source.entries:
            if entry.kind.name != _TOOL:
                by_file[entry.source.path].append(entry)
        for path, entries in sorted(by_file.items()):
            kept = [entry for entry in entries if (entry.kind.name, entry.id) in self._plan.entries]
            if kept:
                removed = {tuple(entry.at) for entry in entries if entry not in kept}
                yield path, self._adapted(kept[0].source.document.text, kept, removed)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the hand-written pages by path, with their new texts."""
        imprints = {entry.source.path: entry for entry in self._source.imprints}
        for page in self._source.pages:
            if page.path in self._plan.pages:
                head = _FRONT_MATTER.match(page.text)
                imprint = imprints.get(page.shown_path)
                text = page.text
                if head and imprint:
                    text = f"---\n{self._adapted(head[1], [imprint], set())}---\n{text[head.end() :]}"
                yield page.shown_path, text

    def _adapted(self, text: str, entries: Sequence[RawEntry], removed: set[Place]) -> str:
        """Return a text with the new values of its entries."""
        values: dict[Place, Any] = {}
        for entry in entries:
            without = self._plan.without["any"] | self._plan.without.get(entry.kind.name, frozenset())
            found = adapt(entry, without, self._target)
            removed |= found.removed
            values |= {**found.values, **self._review(entry)}
        return rewritten(text, removed, values)

    def _review(self, entry: RawEntry) -> Mapping[Place, Any]:
        """Return the new days of the review of an entry."""
        review = part_at(entry.source.document.value, entry.at).get(_REVIEW)
        if not isinstance(review, dict):
            return {}
        following = next_review(self._today, self._reviews)
        self._reviews += 1
        days = {"last": self._today.isoformat(), "next": following.isoformat()}
        return {(*entry.at, _REVIEW, name): day for name, day in days.items() if name in review}

    def _target(self, kinds: Sequence[str], written: str) -> str | None:
        """Return the ID that a reference has in the copy; `None` if its target is not copied."""
        kind = next((kind for kind in kinds if written in self._source.ids.get(kind, {})), kinds[0])
        if kind == _TOOL:
            return self._tools.get(written)
        if (kind, written) in self._plan.entries:
            return written
        new = self._plan.renamed.get(written, "")
        return new if any((each, new) in self._plan.entries for each in kinds) else None
