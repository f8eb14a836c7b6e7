"""The fields of a kind that a column can fill, by their paths: `seats.licensed`, `groups.items.name`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape

NAMESPACE = "namespace"
"""The target of a column that says to which product or other namespace an entry belongs."""

_DEEPEST = 4


def shape_at_path(shape: Shape, path: str) -> Shape | None:
    """Return the shape of a field by its path. The items of a list have the path of the list."""
    found: Shape | None = shape
    for name in path.split("."):
        if found is not None and found.items is not None:
            found = found.items
        found = found.field(name) if found is not None else None
    return found


def is_list_of_mappings(shape: Shape | None) -> bool:
    """Return whether a field is a list of mappings, each of which rows can fill."""
    return shape is not None and shape.items is not None and bool(shape.items.properties)


def is_money(shape: Shape) -> bool:
    """Return whether a field is an amount of money."""
    return {"amount", "currency", "period"} <= shape.properties.keys()


def is_links(shape: Shape) -> bool:
    """Return whether a field is a list of links."""
    return is_list_of_mappings(shape) and shape.items is not None and "url" in shape.items.properties


def paths(kind: Kind) -> Mapping[str, Shape]:
    """Return the fields of a kind that a column can fill, in the order of the schema."""
    return dict(_below(kind.shape, "", 0))


def _below(shape: Shape, before: str, depth: int) -> Iterator[tuple[str, Shape]]:
    for name, field in shape.properties.items():
        path = f"{before}{name}"
        items = field.items
        if is_money(field):
            yield path, field
            yield from _below(field, f"{path}.", depth + 1)
        elif is_links(field) or depth >= _DEEPEST:
            yield path, field
        elif is_list_of_mappings(field) and items is not None:
            yield from _below(items, f"{path}.", depth + 1)
        elif field.properties:
            yield from _below(field, f"{path}.", depth + 1)
        else:
            yield path, field


def folded(text: str) -> str:
    """Return the words of a title without case, accents and punctuation."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.replace("_", " "))
    letters = unicodedata.normalize("NFKD", split.casefold())
    plain = "".join(each if each.isalnum() else " " for each in letters if not unicodedata.combining(each))
    return " ".join(plain.split())


@lru_cache(maxsize=1)
def known_words() -> Mapping[str, Any]:
    """Return what is known of the words of other programs."""
    text = (files("handbook.imports") / "headers.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found
