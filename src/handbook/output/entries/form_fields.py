"""Describe the fields of a content type for a form, without those hidden from the audience."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

from handbook.base.language import _
from handbook.base.mappings import MAPPINGS
from handbook.base.regex import regex
from handbook.base.text import words
from handbook.link.gate import names_hidden
from handbook.link.hidden_links import HIDDEN
from handbook.read.audiences import AUDIENCES, may_see
from handbook.read.schemas.shapes import Shape
from handbook.read.schemas.validation import fits_pattern

_TWO_LINES = "Two\nlines."
_ID_OF = regex(r"\b[Tt]he IDs? of ")
_TRUTH = regex(r"`?\b(true|false)\b`?")
"""What descriptions say to those who write YAML."""


def describe_field(
    shape: Shape,
    audience: str,
    *,
    is_cut: bool,
    hidden_kinds: frozenset[str] = frozenset(),
    above: Collection[int] = (),
) -> dict[str, Any]:
    """Return a field and all below it, as `Field` in `proposal.js` has it, in the language of the readers.

    Args:
        shape: The schema of the field.
        audience: The audience.
        is_cut: Whether anything could be hidden from the audience. A proposal can't name a single item of a
            list whose items have no key, so it would replace what is hidden in the list.
        hidden_kinds: The kinds that the audience may not know.
        above: The fields around it by identity. A field in itself has no fields here.
    """
    describe = partial(describe_field, audience=audience, is_cut=is_cut, hidden_kinds=hidden_kinds)
    is_text = "string" in shape.types or not (shape.properties or shape.items)
    is_list = "array" in shape.types or (shape.items is not None and not shape.types)
    said = {
        "title": _(shape.title) if shape.title else "",
        "help": _help(shape),
        "types": list(shape.types),
        "choices": [[choice, _choice(choice, shape.titles)] for choice in shape.choices],
        "refs": [name for name in shape.refs if name not in hidden_kinds],
        "key": shape.key,
        "text": "markdown"
        if shape.markdown
        else "verbatim"
        if shape.verbatim
        else "plain"
        if is_text and shape.is_prose
        else "",
        "format": "date" if shape.date else "uri-reference" if shape.link else "",
        "line": not shape.markdown and not shape.verbatim and _has_one_line(shape),
        "change": shape.change,
        "audience": shape.audience if shape.audience != AUDIENCES[0] else "",
        "examples": [each for each in shape.examples if not names_hidden(each, shape, audience)],
    }
    if id(shape) not in above:
        around = {*above, id(shape)}
        fields = {name: each for name, each in shape.properties.items() if may_see(audience, each.audience)}
        said["fields"] = {name: describe(each, above=around) for name, each in fields.items()}
        said["required"] = [name for name in fields if name in shape.required]
        if is_list and shape.items is not None:
            items = said["items"] = describe(shape.items, above=around)
            said["closed"] = is_cut and "fields" in items and (shape.key or "id") not in items["fields"]
    shown = {name: value for name, value in said.items() if value not in ("", None, [], {}, False)}
    # A default can be `false`.
    if shape.default is not None and not names_hidden(shape.default, shape, audience):
        shown["default"] = shape.default
    return shown


def _help(shape: Shape) -> str:
    """Return what a field means, to those who choose names and answers instead of writing IDs and values."""
    text = shown = _(shape.description) if shape.description else ""
    if shape.refs or (shape.items and shape.items.refs):
        shown = _ID_OF.sub("", text)
    elif "boolean" in shape.types:
        shown = _TRUTH.sub(lambda found: "yes" if found[1] == "true" else "no", text)
    return shown if shown == text else f"{shown[:1].upper()}{shown[1:]}"


def _choice(choice: Any, titles: Mapping[str, str]) -> str:
    title = titles.get(str(choice))
    return _(title) if title else words(choice)


def _has_one_line(shape: Shape) -> bool:
    """Return whether a text there has only one line: it is a name, or its pattern forbids more."""
    pattern = shape.pattern
    return bool(shape.refs or shape.choices) or bool(pattern and not fits_pattern(pattern, _TWO_LINES))


def kinds_named(field: Mapping[str, Any]) -> set[str]:
    """Return the kinds of entries that a field, or one below it, can name."""
    below = [*field.get("fields", {}).values(), *filter(None, [field.get("items")])]
    own = {name for name in field.get("refs", ()) if not name.startswith("#")}
    return own.union(*map(kinds_named, below)) if below else own


def closed_fields(value: Any, shape: Shape | None, word: str, path: str = "") -> Iterator[str]:
    """Yield the places of an entry whose value names something hidden.

    Who changes such a text would remove what it really says.

    Args:
        value: The visible part of the entry.
        shape: Its schema.
        word: What readers see instead of something hidden.
        path: The place of the value, as a JSON pointer.
    """
    if isinstance(value, str):
        if (HIDDEN in value or word in value) and (shape is None or shape.is_connected):
            yield path
    elif isinstance(value, (list, tuple)):
        for index, part in enumerate(value):
            yield from closed_fields(part, shape.item(index) if shape else None, word, f"{path}/{index}")
    elif isinstance(value, MAPPINGS):
        for name, part in value.items():
            below = name.replace("~", "~0").replace("/", "~1")
            yield from closed_fields(part, shape.field(name) if shape else None, word, f"{path}/{below}")
