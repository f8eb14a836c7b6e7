"""Entries as Markdown without HTML: their fields, as the schemas describe them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handbook.base.choices import label_of, within_sentence
from handbook.base.html_text import fence_around
from handbook.base.language import _
from handbook.base.mappings import MAPPINGS
from handbook.base.numbers import exact, format_fixed
from handbook.base.sentences import duration_in_words, listed
from handbook.base.text import words
from handbook.link.catalogue import Catalogue, Entry
from handbook.link.selection import default_columns, field_shape, lowest_audience
from handbook.read.audiences import FIELD, may_see
from handbook.read.former_ids import FORMER
from handbook.read.life import has_ended
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.read.values import value_at
from handbook.render.entry_tables import column_title
from handbook.render.portable.addresses import relinked, rooted, rooted_target
from handbook.render.portable.fields import (
    NAMES,
    Fields,
    fields_of,
    fields_with_titles,
    is_money,
    is_named_link,
    money_in_words,
    titles_of,
)
from handbook.render.portable.text import heading, lowered, plain_text, table
from handbook.render.values import item_name

_ABOVE = frozenset({"id", "name", "summary", FIELD, FORMER})
"""The fields above the others, and those that are for the engine."""
_LONGEST_LINE = 300
_LONGEST_LIST = 120
_MOST_COLUMNS = 6

_NESTED: tuple[type, ...] = (tuple, *MAPPINGS)
_BLOCKS = re.compile(r"\n\s*\n|^\s{0,3}(?:[-*+>#]|\d+[.)]|```|~~~|\|)", re.MULTILINE)
_BETWEEN_PARTS = "; "


@dataclass(frozen=True)
class PortableValues:
    """Writes the entries of a handbook.

    Attributes:
        catalogue: The entries, without what is hidden from the audience.
        directory_urls: The form of page addresses, as in `Place`.
    """

    catalogue: Catalogue
    directory_urls: bool = True

    def link(self, entry: Entry, name: str = "") -> str:
        """Return a link to an entry, with its state if it has ended; only its name without a page."""
        shown = plain_text(name or entry.name)
        if not entry.is_hidden:
            shown = f"[{shown}]({rooted(entry.page, directory_urls=self.directory_urls)})"
        return f"{shown} ({within_sentence(entry.data['status'])})" if has_ended(entry.data) else shown

    def entry(self, entry: Entry, level: int = 1, figures: str = "") -> str:
        """Return an entry with all its fields, below a heading with its name.

        Args:
            entry: The entry.
            level: The level of the heading.
            figures: What is calculated about it.
        """
        summary = str(entry.data.get("summary", ""))
        fields = ((n, v, s) for n, v, s in fields_of(entry.data, entry.kind.shape) if n not in _ABOVE)
        blocks = [heading(level, plain_text(entry.name)), plain_text(summary)]
        blocks += [heading(level + 1, _("At a glance")), figures] if figures else []
        blocks += self._blocks(fields, entry, level + 1)
        blocks += self._uses(entry, level + 1)
        return "\n\n".join(filter(None, blocks)) + "\n"

    def entries(self, kind: Kind, entries: Sequence[Entry], names: Iterable[str] | None = None) -> str:
        """Return a table of entries. Columns that readers can't see, or without a value, are left out.

        Args:
            kind: Their content type.
            entries: The entries.
            names: The fields to show, instead of the usual ones.
        """
        columns = []
        for name in default_columns(kind) if names is None else names:
            if not may_see(self.catalogue.gate.audience, lowest_audience(kind, name)):
                continue
            shape = field_shape(kind, name)
            cells = [self._cell(entry, name, shape) for entry in entries]
            if any(cells):
                columns.append((plain_text(column_title(name, shape)), cells))
        return table(
            (title for title, _cells in columns), zip(*(cells for _title, cells in columns), strict=True)
        )

    def _cell(self, entry: Entry, name: str, shape: Shape) -> str:
        if name == "name":
            return self.link(entry)
        value = value_at(entry.data, name.split("."))
        return "" if value is None else self._line(value, shape, entry)

    def _uses(self, entry: Entry, level: int) -> Iterator[str]:
        """Yield the entries that refer to an entry, by the title of their content type."""
        groups: dict[str, dict[str, Entry]] = {}
        for use in self.catalogue.uses(entry):
            groups.setdefault(_(use.entry.kind.title), {})[use.entry.id] = use.entry
        if groups:
            yield heading(level, _("Used by"))
            yield "\n".join(
                f"- **{plain_text(title)}:** {', '.join(map(self.link, found.values()))}"
                for title, found in groups.items()
            )

    def _blocks(self, fields: Fields, entry: Entry, level: int) -> Iterator[str]:
        """Yield the blocks of a record: short values as a list of facts, then a section for each other."""
        facts, sections = [], []
        for title, value, shape in fields_with_titles(fields):
            line = self._fact(value, shape, entry)
            if line is None:
                sections.append((title, value, shape))
            else:
                facts.append(f"- **{plain_text(title)}:** {line}")
        yield "\n".join(facts)
        for title, value, shape in sections:
            yield heading(level, plain_text(title))
            yield from self._section(value, shape, entry, level)

    def _fact(self, value: Any, shape: Shape | None, entry: Entry) -> str | None:
        """Return a value on one line; `None` for one that needs a section."""
        if not self._is_short(value, shape):
            return None
        line = self._line(value, shape, entry)
        is_long_list = isinstance(value, tuple) and len(line) > _LONGEST_LIST
        return None if is_long_list and not (shape and shape.items and shape.items.refs) else line

    def _is_short(self, value: Any, shape: Shape | None) -> bool:
        if isinstance(value, str):
            if shape and shape.markdown:
                return len(value) <= _LONGEST_LINE and not _BLOCKS.search(value)
            return "\n" not in value.strip()
        if isinstance(value, tuple):
            return not any(isinstance(each, _NESTED) for each in value)
        if isinstance(value, MAPPINGS):
            if any(isinstance(part, _NESTED) for part in value.values()):
                return False
            return all(self._is_short(part, below) for _n, part, below in fields_of(value, shape))
        return True

    def _section(self, value: Any, shape: Shape | None, entry: Entry, level: int) -> Iterator[str]:
        if isinstance(value, str):
            if shape and shape.markdown:
                yield lowered(self._rich(value), level)
            else:
                text = value.strip("\n")
                fence = fence_around(text)
                yield f"{fence}\n{text}\n{fence}"
        elif isinstance(value, MAPPINGS):
            yield from self._blocks(fields_of(value, shape), entry, level + 1)
        elif all(isinstance(item, MAPPINGS) for item in value):
            yield from self._records(value, shape, entry, level)
        else:
            yield "\n".join(
                f"- {self._line(item, shape and shape.item(n), entry)}" for n, item in enumerate(value)
            )

    def _records(
        self, items: Sequence[Mapping[str, Any]], shape: Shape | None, entry: Entry, level: int
    ) -> Iterator[str]:
        """Yield a list of records as a table, or as a section for each if they have long values."""
        records = [list(fields_of(item, shape and shape.item(n))) for n, item in enumerate(items)]
        if all(is_named_link(fields) for fields in records):
            yield "\n".join(
                f"- [{plain_text(name)}]({self._target(to)})" for (_n, name, _s), (_l, to, _t) in records
            )
            return
        titles = dict.fromkeys(name for fields in records for name, _value, _shape in fields if name != "id")
        shown = [{n: self._fact(value, s, entry) for n, value, s in fields} for fields in records]
        if len(titles) <= _MOST_COLUMNS and all(line is not None for row in shown for line in row.values()):
            said = {name: title for fields in records for name, title in titles_of(fields)}
            yield table(
                (plain_text(said[name]) for name in titles),
                ([row.get(name) or "" for name in titles] for row in shown),
            )
            return
        for fields, row in zip(records, shown, strict=True):
            name = next((each for each in NAMES if row.get(each)), "")
            yield heading(level + 1, row.get(name) or _("Entry"))
            yield from self._blocks(
                ((n, v, s) for n, v, s in fields if n not in {name, "id"}), entry, level + 2
            )

    def _line(self, value: Any, shape: Shape | None, entry: Entry) -> str:
        """Return a value on one line."""
        if isinstance(value, str):
            return self._words(value, shape, entry)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, (int, float)):
            return format_fixed(value, 0 if exact(value).denominator == 1 else 2)
        if isinstance(value, tuple):
            lines = [self._line(item, shape and shape.item(n), entry) for n, item in enumerate(value)]
            several = shape is not None and {"string", "array"} <= set(shape.types)
            return listed(lines) if several else ", ".join(lines)
        if isinstance(value, MAPPINGS):
            return money_in_words(value) if is_money(value) else self._parts(value, shape, entry)
        return ""

    def _parts(self, value: Mapping[str, Any], shape: Shape | None, entry: Entry) -> str:
        parts = fields_with_titles(fields_of(value, shape))
        return _BETWEEN_PARTS.join(
            f"{plain_text(title)}: {self._line(each, s, entry)}" for title, each, s in parts
        )

    def _words(self, value: str, shape: Shape | None, entry: Entry) -> str:
        if shape is None:
            return plain_text(value)
        if shape.refs:
            return self._reference(value, shape, entry)
        if shape.markdown:
            return " ".join(self._rich(value).split()).replace("|", r"\|")
        if shape.link:
            target = self._target(value)
            return f"[{plain_text(value)}]({target})" if target != value else f"<{value}>"
        if shape.choices or shape.setting or label_of(value):
            return plain_text(words(value))
        return plain_text(duration_in_words(value))

    def _reference(self, value: str, shape: Shape, entry: Entry) -> str:
        if shape.refs[0].startswith("#"):
            return plain_text(item_name(entry, shape.refs[0], value))
        target = self.catalogue.resolve(shape.refs, value)
        return self.link(target) if target else plain_text(value)

    def _rich(self, value: str) -> str:
        """Return a Markdown text, whose links start at the docs folder."""
        return relinked(value.strip(), self._target)

    def _target(self, target: str) -> str:
        return rooted_target(target, "", directory_urls=self.directory_urls)
