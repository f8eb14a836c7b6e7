"""Write a new entry as lines of YAML, with a comment on each field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from handbook.base.words import one_line
from handbook.read.schemas.shapes import Shape
from handbook.write.beginning import Beginning
from handbook.write.scalars import written

_WIDTH = 92
_SHORT = re.compile(r"[\w-]+", re.ASCII)
_MOST_IDS = 8


def entry_lines(shape: Shape, start: Beginning, ids: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the lines of an entry: required fields first, then optional ones as comments.

    Args:
        shape: The schema of the entry.
        start: The initial values.
        ids: The IDs that references can name, by kind.
    """
    writer = _Writer(ids)
    lines = list(writer.fields(start.required, shape))
    if start.optional:
        lines += ["", "# Optional fields. Remove `# ` from those you need and delete the rest."]
        lines += [_behind_mark(line) for line in writer.fields(start.optional, shape)]
    return lines


def _behind_mark(line: str) -> str:
    """Return a line as a comment. Removing the mark restores it, and comments get a double mark."""
    return f"#{line}" if line.startswith("#") else f"# {line}"


class _Writer:
    """Writes values with their comments.

    Args:
        ids: The IDs that references can name, by kind.
    """

    def __init__(self, ids: Mapping[str, Sequence[str]]) -> None:
        self._ids = ids

    def fields(self, value: Mapping[str, Any], shape: Shape | None) -> Iterator[str]:
        """Yield the lines of a non-empty mapping, from the first column."""
        for name, part in value.items():
            field = shape.field(name) if shape else None
            if field:
                about = self._about(field, part)
                yield from (f"# {line}" for line in wrap(about, _WIDTH, break_on_hyphens=False))
            yield from self._field(written(name), part, field)

    def _field(self, name: str, value: Any, shape: Shape | None) -> Iterator[str]:
        if isinstance(value, str) and shape and shape.markdown:
            yield from (f"{name}: |", f"  {value}")
        elif isinstance(value, Mapping) and value:
            yield f"{name}:"
            yield from (f"  {line}" for line in self.fields(value, shape))
        elif isinstance(value, list) and not all(map(_is_short, value)):
            yield f"{name}:"
            for item in value:
                yield from (f"  {line}" for line in self._item(item, shape.items if shape else None))
        else:
            yield f"{name}: {_on_one_line(value)}"

    def _item(self, item: Any, shape: Shape | None) -> Iterator[str]:
        if not isinstance(item, Mapping) or not item:
            yield f"- {_on_one_line(item)}"
            return
        dash = "- "
        for line in self.fields(item, shape):
            if line.startswith("#") and dash == "- ":
                yield line  # Above the dash, as above any other field.
            else:
                yield f"{dash}{line}"
                dash = "  "

    def _about(self, shape: Shape, value: Any) -> str:
        """Return the meaning of a field and its possible values."""
        sentences = [one_line(shape.description)]
        choices = shape.choices or (shape.items.choices if shape.items else ())
        refs = shape.refs or (shape.items.refs if shape.items else ())
        known = [found for kind in refs for found in self._ids.get(kind, ())]
        if choices:
            sentences.append(f"One of: {', '.join(map(_on_one_line, choices))}.")
        elif known:
            more = ", …" if len(known) > _MOST_IDS else "."
            sentences.append(f"One of: {', '.join(known[:_MOST_IDS])}{more}")
        elif shape.examples and not (shape.properties or shape.date or value in shape.examples):
            sentences.append(f"For example: {_on_one_line(shape.examples[0])}")
        return " ".join(filter(None, sentences))


def _is_short(value: Any) -> bool:
    return bool(_SHORT.fullmatch(value)) if isinstance(value, str) else not isinstance(value, (list, Mapping))


def _on_one_line(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{written(name)}: {_on_one_line(part)}' for name, part in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_on_one_line, value))}]"
    return written(value)
