"""The properties at the top of a document as its fields, in the types that its template asks for.

People write them for people, in programs that have formats of their own. So a date in words, a link with a
title or another capital letter is no mistake here. In front matter, which programs read, it is one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from yaml import MappingNode, Mark, Node, ScalarNode

from handbook.base.words import Names, says_unknown
from handbook.lint.fields import TEMPLATE, VERSION, declared
from handbook.lint.front_matter import FrontMatter
from handbook.lint.manuscript import Heading, Manuscript, words
from handbook.lint.properties import Property, Words, find_properties
from handbook.read.schemas.mistakes.notations import days_meant, number_meant
from handbook.read.yaml.document import Document

TITLE = "title"
"""The field that repeats the heading at the top."""

_LIKELY = 0.65
"""The likeness at which a name counts as a required property, which would be missing otherwise."""

_LINK = re.compile(r"!?\[([^\[\]]*)\]\(<?([^()\s<>]*)>?[^()]*\)")
_COMMENT = re.compile(r"(?:^|(?<=\s))#\s.*")
_AROUND = "*_`<> \t\"'\u201c\u201d\u2018\u2019"
_ESCAPED = re.compile(r"\\([^\w\s])")


def template_of(manuscript: Manuscript, templates: Iterable[Mapping[str, Any]]) -> str:
    """Return the template that the properties of a document name; empty if they name none.

    Args:
        manuscript: The document.
        templates: All templates. Their fields tell the titles of a table from a name and its value.
    """
    known = {key for template in templates for key in _names(declared(template))}
    found = find_properties(manuscript, known | _names({}).keys())
    return next((_text(each.value) for each in found if _key(each.label) == _key(TEMPLATE)), "")


def properties_as_fields(manuscript: Manuscript, template: Mapping[str, Any]) -> FrontMatter:
    """Return the properties of a document as its fields. Without any, the front matter is as it was read.

    Args:
        manuscript: The document.
        template: The template.
    """
    fields = declared(template)
    names = _names(fields)
    names |= _initials(names)
    found = find_properties(manuscript, names)
    chosen = {names[_key(each.label)]: each for each in reversed(found) if _key(each.label) in names}
    if not chosen:
        return manuscript.front_matter
    if TITLE in fields and TITLE not in chosen:
        chosen |= _title(manuscript)
    missing = [field for name, field in fields.items() if field.get("required") and name not in chosen]
    chosen |= _misspelt(found, [str(field.get("name", "")) for field in missing], chosen)
    in_order = sorted(chosen.items(), key=lambda pair: pair[1].start)
    values: dict[str, Any] = {name: _value(each.value, fields.get(name, {})) for name, each in in_order}
    document = Document(manuscript.file.text, values, root=_nodes(in_order))
    return FrontMatter(document, is_lines=True)


def _names(fields: Mapping[str, Mapping[str, Any]]) -> dict[Words, str]:
    """Return the fields by the words of their IDs and names, with those about the template itself."""
    names = {_key(TEMPLATE): TEMPLATE, _key(VERSION): VERSION}
    names |= {_key(name): name for name in fields}
    return names | {_key(str(field.get("name", name))): name for name, field in fields.items()}


def _key(name: str) -> Words:
    return words(name.replace("$", ""))


def _initials(names: Mapping[Words, str]) -> dict[Words, str]:
    """Return the initials of names of several words: people write `PM` for a product manager."""
    found: dict[Words, set[str]] = defaultdict(set)
    for key, name in names.items():
        if len(key) > 1:
            found["".join(word[0] for word in key),].add(name)
    return {key: fields.pop() for key, fields in found.items() if key not in names and len(fields) == 1}


def _title(manuscript: Manuscript) -> dict[str, Property]:
    """Return the heading at the top as the title: in other programs, it is no property."""
    first = next(iter(manuscript.parts), None)
    if not isinstance(first, Heading) or first.level > 1:
        return {}
    start = manuscript.file.offset(first.span)
    return {TITLE: Property(TITLE, first.name, start, start)}


def _misspelt(
    found: Iterable[Property], missing: Iterable[str], chosen: Mapping[str, Property]
) -> dict[str, Property]:
    """Return what is similar to a missing property, by its name as written.

    Args:
        found: Everything that can be a property.
        missing: The names of the missing ones.
        chosen: The properties with a right name.
    """
    names = Names(missing)
    used = set(chosen.values())
    near = {names.nearest(each.label, _LIKELY): each for each in found if each not in used}
    return {each.label: each for name, each in near.items() if name}


def _nodes(properties: Iterable[tuple[str, Property]]) -> Node:
    """Return the properties as the nodes of a mapping, which know their places in the file."""
    pairs = [
        (_node(name, each.start, each.label), _node("", each.value_start, each.value))
        for name, each in properties
    ]
    # A missing property belongs to the others, not to the title above them.
    first = next((key for key, _ in pairs if key.value != TITLE), pairs[0][0])
    return MappingNode("", pairs, first.start_mark, pairs[-1][1].end_mark)


def _node(value: str, start: int, written: str) -> ScalarNode:
    return ScalarNode("", value, _mark(start), _mark(start + len(written)))


def _mark(offset: int) -> Mark:
    return Mark("", offset, 0, 0, None, 0)


def _value(written: str, field: Mapping[str, Any]) -> str | int | float | None:
    """Return the value of a property in the type of its field, or as it is if it has none of that type."""
    kind = field.get("type", "text")
    text = _address(written) if kind == "link" else _text(written)
    if not text or (kind not in {"text", "choice"} and says_unknown(text)):
        return None
    if kind == "choice":
        choices = {words(str(choice)): str(choice) for choice in field.get("choices", ())}
        return choices.get(words(text), text)
    if kind == "number":
        number = number_meant(text)
        return number.value if number and number.is_certain else text
    if kind == "date":
        days = days_meant(text)
        return days[0].isoformat() if len(days) == 1 else text
    return text


def _text(written: str) -> str:
    """Return a value without markup, quotes and the guidance of the template."""
    return _ESCAPED.sub(r"\1", _LINK.sub(r"\1", _COMMENT.sub("", written))).strip(_AROUND)


def _address(written: str) -> str:
    link = _LINK.search(written)
    return link[2] if link else _text(written)
