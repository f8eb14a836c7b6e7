"""Write a new entry as lines of YAML, with a comment on each field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from handbook.base.language import _, translate
from handbook.base.words import one_line
from handbook.read.schemas.shapes import Shape
from handbook.write.beginning import Beginning
from handbook.write.lines import Writer, on_one_line

_WIDTH = 92
_MOST_IDS = 8


def entry_lines(shape: Shape, start: Beginning, ids: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the lines of an entry: required fields first, then optional ones as comments.

    Args:
        shape: The schema of the entry.
        start: The initial values.
        ids: The IDs that references can name, by kind.
    """

    def about(field: Shape, value: Any) -> Iterator[str]:
        text = _about(field, value, ids)
        return (f"# {line}" for line in wrap(text, _WIDTH, break_on_hyphens=False))

    writer = Writer(about=about)
    lines = list(writer.fields(start.required, shape))
    if start.optional:
        lines += ["", f"# {_('Optional fields. Remove `# ` from those you need and delete the rest.')}"]
        lines += [_behind_mark(line) for line in writer.fields(start.optional, shape)]
    return lines


def _behind_mark(line: str) -> str:
    """Return a line as a comment. Removing the mark restores it, and comments get a double mark."""
    return f"#{line}" if line.startswith("#") else f"# {line}"


def _about(shape: Shape, value: Any, ids: Mapping[str, Sequence[str]]) -> str:
    """Return the meaning of a field and its possible values."""
    sentences = [one_line(translate(shape.description))] if shape.description else []
    choices = shape.choices or (shape.items.choices if shape.items else ())
    refs = shape.refs or (shape.items.refs if shape.items else ())
    known = [found for kind in refs for found in ids.get(kind, ())]
    if choices:
        sentences.append(_("One of: %(values)s.", values=", ".join(map(on_one_line, choices))))
    elif known:
        more = ", …" if len(known) > _MOST_IDS else ""
        said = _("One of: %(values)s.", values=f"{', '.join(known[:_MOST_IDS])}{more}")
        sentences.append(said.replace("….", "…"))
    elif shape.examples and not (shape.properties or shape.date or value in shape.examples):
        sentences.append(_("For example: %(value)s", value=on_one_line(shape.examples[0])))
    return " ".join(filter(None, sentences))
