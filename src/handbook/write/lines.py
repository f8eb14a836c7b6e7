"""Write values as lines of YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.read.schemas.shapes import Shape
from handbook.write.scalars import written

_SHORT = re.compile(r"[\w-]+", re.ASCII)
_NOT_IN_BLOCKS = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


class Layout(NamedTuple):
    """How far a file indents.

    Attributes:
        fields: The columns from a field to the fields in it.
        items: The columns from a field to the dashes of its list.
        texts: The columns from a field to the lines of its block text.
    """

    fields: int = 2
    items: int = 2
    texts: int = 2


USUAL = Layout()
"""The layout of new files."""


class Written(NamedTuple):
    """A value as YAML.

    Attributes:
        head: What follows the colon or the dash on the same line.
        lines: The lines below it, from the column of the field.
    """

    head: str
    lines: Sequence[str] = ()


class Writer:
    """Writes values.

    Args:
        layout: How far to indent.
        about: Returns the comment lines above a field; by default, there are none.
    """

    def __init__(
        self, layout: Layout = USUAL, about: Callable[[Shape, Any], Iterable[str]] | None = None
    ) -> None:
        self._layout = layout
        self._about = about

    def value(self, value: Any, shape: Shape | None = None) -> Written:
        """Return the value of a field."""
        if isinstance(value, str) and shape and shape.markdown and "\n" not in value:
            return Written("|", [f"{' ' * self._layout.texts}{value}"])
        if isinstance(value, str) and "\n" in value:
            return self.block(value) or Written(written(value))
        if isinstance(value, Mapping) and value:
            return Written("", [_indented(line, self._layout.fields) for line in self.fields(value, shape)])
        if isinstance(value, list) and not all(map(_is_short, value)):
            items = [line for item in value for line in self.item(item, shape.items if shape else None)]
            return Written("", [_indented(line, self._layout.items) for line in items])
        return Written(on_one_line(value))

    def fields(self, value: Mapping[str, Any], shape: Shape | None = None) -> Iterator[str]:
        """Yield the lines of a non-empty mapping, from the first column."""
        for name, part in value.items():
            field = shape.field(name) if shape else None
            yield from self._about(field, part) if self._about and field else ()
            head, lines = self.value(part, field)
            yield f"{written(name)}: {head}" if head else f"{written(name)}:"
            yield from lines

    def item(self, item: Any, shape: Shape | None = None, gap: int = 1) -> Iterator[str]:
        """Yield the lines of an item with its dash, from the first column.

        Args:
            item: The item.
            shape: Its schema.
            gap: The spaces after the dash.
        """
        dash, inner = f"-{' ' * gap}", " " * (1 + gap)
        if not isinstance(item, Mapping) or not item:
            head, lines = self.value(item)
            if not head:  # a list in a list
                yield "-"
                yield from lines
                return
            yield f"{dash}{head}"
            yield from lines
            return
        for line in self.fields(item, shape):
            if line.startswith("#") and dash != inner:
                yield line  # Above the dash, as above any other field.
            else:
                yield f"{dash}{line}" if line else ""
                dash = inner

    def block(self, text: str) -> Written | None:
        """Return a text as a block, if that can represent it.

        Empty lines at its end would depend on what follows in the file.
        """
        body = text.removesuffix("\n")
        if _NOT_IN_BLOCKS.search(text) or not body.strip(" \n") or body.endswith("\n"):
            return None
        columns = self._layout.texts
        is_indented = body[0] == "\n" or body.startswith((" ", "\t"))
        head = f"|{columns if is_indented else ''}{'' if text != body else '-'}"
        return Written(head, [_indented(line, columns) for line in body.split("\n")])


def on_one_line(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{written(name)}: {on_one_line(part)}' for name, part in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(on_one_line, value))}]"
    return written(value)


def _indented(line: str, columns: int) -> str:
    return f"{' ' * columns}{line}" if line else ""


def _is_short(value: Any) -> bool:
    return bool(_SHORT.fullmatch(value)) if isinstance(value, str) else not isinstance(value, (list, Mapping))
