"""Copy entries and pages of our handbook, adapted to the company that starts one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from handbook.check.page_anchors import slug
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.starter.answers import TeamWord
from handbook.starter.days import first_day, next_review
from handbook.starter.entries import adapt
from handbook.starter.plan import Plan
from handbook.starter.rewriting import Place, rewritten
from handbook.starter.translating import Translator
from handbook.write.changed_values import part_at

_FRONT_MATTER = re.compile(r"\A---\n(.*?)(?<=\n)---\n", re.DOTALL)
_NAMED = re.compile(
    r"\(\"(?P<kind>tool|team|role)\", ?\"(?P<macro>[a-z0-9-]+)(?=\")"
    r"|(?<![\w-])tools/(?P<link>[a-z0-9-]+)(?=\.md\b)"
)
"""What a macro names, which shows its name, and a tool that a link opens, whose text is the mark of a job."""
_NEAR = 100
"""The most characters of the text of a link, or of its title."""
_REVIEW, _EVENTS, _SINCE, _LINKS = "review", "calendar", "since", "links"
_NEXT = "next"
_ID, _FIELDS = "id", "fields"
_WORD = "squad"
"""Our word for a team, as an ID."""
_TOOL = "tool"


class Copy:
    """A copy of a handbook.

    Args:
        source: The handbook that it is copied from.
        plan: What is copied.
        jobs: The tool of the company for each job.
        today: The day of the copy.
        reviews: The number of entries that have a day of review already.
        translator: Translates the texts.
        word: The word for a team.
    """

    def __init__(  # noqa: PLR0913 - what a copy depends on
        self,
        source: Context,
        plan: Plan,
        jobs: Mapping[str, str],
        today: date,
        *,
        reviews: int,
        translator: Translator,
        word: TeamWord,
    ) -> None:
        self._source = source
        self._plan = plan
        self._today = today
        self._reviews = reviews
        self._translator = translator
        self._jobs = jobs
        self._word_id = slug(word.one).replace("_", "-").strip("-") or _WORD
        said = source.setting.value if source.setting else {}
        self._our_jobs: Mapping[str, str] = said.get("jobs", {})

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
                yield path, self._with_targets(self._adapted(kept[0].source.document.text, kept, removed))

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the hand-written pages by path, with their new texts."""
        imprints = {entry.source.path: entry for entry in self._source.imprints}
        for page in self._source.pages:
            if page.path in self._plan.pages:
                head = _FRONT_MATTER.match(page.text)
                imprint = imprints.get(page.shown_path)
                text = page.text
                if head and imprint:
                    body = self._translator.page(text[head.end() :])
                    text = f"---\n{self._adapted(head[1], [imprint], set())}---\n{body}"
                yield page.shown_path, self._with_targets(text)

    def _adapted(self, text: str, entries: Sequence[RawEntry], removed: set[Place]) -> str:
        """Return a text with the new values of its entries."""
        values: dict[Place, Any] = {}
        texts: dict[Place, str] = {}
        for entry in entries:
            found = adapt(entry, self._left_out(entry), self._target)
            removed |= found.removed
            values |= {
                **found.values,
                **self._days(entry),
                **self._values(entry),
                **dict(self._word_ids(entry)),
            }
            texts |= self._texts(entry, removed)
        return rewritten(text, removed, values, texts)

    def _texts(self, entry: RawEntry, removed: set[Place]) -> Mapping[Place, str]:
        """Return the translated texts of an entry, except in what is removed."""
        value, at = _value(entry), tuple(entry.at)
        gone = {place[len(at) :] for place in removed if place[: len(at)] == at}
        return {(*at, *place): text for place, text in self._translator.fields(entry.kind.shape, value, gone)}

    def _left_out(self, entry: RawEntry) -> Iterator[Place]:
        """Yield the places of an entry that are left out."""
        value = _value(entry)
        for name in (*self._plan.without["any"], *self._plan.without.get(entry.kind.name, ())):
            yield from _places(value, name)
        for steps in self._plan.without_items.get((entry.kind.name, entry.id), ()):
            yield _named_place(value, steps)
        for index, link in enumerate(value.get(_LINKS) or ()):
            url = str(link.get("url"))
            if "://" in url or self._opens_lost_tool(url, link):
                yield _LINKS, index

    def _opens_lost_tool(self, url: str, link: Any) -> bool:
        """Return whether a link opens a tool of ours without a job, even if the company has it, too."""
        found = _NAMED.match(url)
        name = found["link"] if found else ""
        return name in self._source.ids.get(_TOOL, {}) and self._target([_TOOL], name, link) is None

    def _values(self, entry: RawEntry) -> Mapping[Place, Any]:
        """Return the values that a kind has in a new handbook."""
        values = self._plan.values.get(entry.kind.name, {})
        return {
            (*entry.at, *place): value
            for name, value in values.items()
            for place in _places(_value(entry), name)
        }

    def _word_ids(self, entry: RawEntry) -> Iterator[tuple[Place, str]]:
        """Yield the company's word for ours in IDs that readers see: of an address, and of a property."""
        fields = [field[_ID] for field in _value(entry).get(_FIELDS) or ()]
        if entry.id == _WORD and (entry.kind.name, self._word_id) not in self._plan.entries:
            yield (*entry.at, _ID), self._word_id
        if _WORD in fields and self._word_id not in fields:
            yield (*entry.at, _FIELDS, fields.index(_WORD), _ID), self._word_id

    def _days(self, entry: RawEntry) -> Mapping[Place, Any]:
        """Return the new days of the events and of the review of an entry. No one has reviewed it yet."""
        value = _value(entry)
        days: dict[Place, Any] = {}
        for index, event in enumerate(value.get(_EVENTS) or ()):
            if _SINCE in event:
                first = first_day(str(event.get("repeats")), self._today)
                days[*entry.at, _EVENTS, index, _SINCE] = first.isoformat()
        review = value.get(_REVIEW)
        if isinstance(review, dict):
            following = next_review(self._today, self._reviews)
            self._reviews += 1
            days[*entry.at, _REVIEW] = {_NEXT: following.isoformat()}
        return days

    def _with_targets(self, text: str) -> str:
        """Return a text whose macros and links open the tools, teams and roles of the copy."""

        def replaced(found: re.Match[str]) -> str:
            written = found["macro"] or found["link"]
            before = text[max(found.start() - _NEAR, 0) : found.start()].rpartition("[")[2]
            new = self._target([found["kind"] or _TOOL], written, before)
            return found[0] if new is None else f"{found[0].removesuffix(written)}{new}"

        return _NAMED.sub(replaced, text)

    def _target(self, kinds: Sequence[str], written: str, around: Any) -> str | None:
        """Return the ID that a reference has in the copy; `None` if its target is not copied.

        Args:
            kinds: The kinds that it can name.
            written: The ID that it has.
            around: The part of the entry that it is in. Its text says which job of a tool is meant.
        """
        kind = next((kind for kind in kinds if written in self._source.ids.get(kind, {})), kinds[0])
        if kind == _TOOL:
            ours = [job for job, tool in self._our_jobs.items() if tool == written]
            text = str(around).casefold() if len(ours) > 1 else ""
            meant = [job for job in ours if f"${job}" in text] or ours
            return next((self._jobs[job] for job in meant if job in self._jobs), None)
        if (kind, written) in self._plan.entries:
            return written
        new = self._plan.renamed.get(written, "")
        return new if any((each, new) in self._plan.entries for each in kinds) else None


def _value(entry: RawEntry) -> Mapping[str, Any]:
    """Return the value of an entry as it is in its file."""
    value: Mapping[str, Any] = part_at(entry.source.document.value, entry.at)
    return value


def _named_place(value: Any, steps: Sequence[str]) -> Place:
    """Return the place to which steps lead: each is a field, or names an item by its ID or its text."""
    place: Place = ()
    for step in steps:
        found = (
            next(index for index, item in enumerate(value) if step in (item, _id_of(item)))
            if isinstance(value, list)
            else step
        )
        place, value = (*place, found), value[found]
    return place


def _id_of(item: Any) -> Any:
    return item.get("id") if isinstance(item, dict) else None


def _places(value: Mapping[str, Any], name: str) -> Iterator[Place]:
    """Yield the places of a field, or with `a.b`, of the field `b` in `a` or in each of its items."""
    field, _, inner = name.partition(".")
    around = value.get(field)
    if not inner and field in value:
        yield (field,)
    elif isinstance(around, dict) and inner in around:
        yield field, inner
    elif isinstance(around, list):
        yield from ((field, index, inner) for index, item in enumerate(around) if inner in item)
