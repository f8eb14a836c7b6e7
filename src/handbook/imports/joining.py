"""Put the values of several columns together that have the same field."""

from __future__ import annotations

from typing import Any

from handbook.imports.cell import MISSING
from handbook.read.schemas.shapes import Shape


def joined(before: Any, value: Any, shape: Shape) -> Any:
    """Return the value of two columns of one field.

    Lists are one list, links of one address one link, and texts one text.

    Args:
        before: The value of the first column.
        value: The value of the second column.
        shape: The schema of the field.

    Returns:
        The value of both; `MISSING` if the field can only have the first one.
    """
    if shape.markdown:
        return f"{before}\n\n{value}"
    if not isinstance(before, list) or not isinstance(value, list):
        return before if before == value else MISSING
    links = {each["url"]: each for each in before if isinstance(each, dict)}
    found = list(before)
    for each in value:
        if isinstance(each, dict) and each.get("url") in links:
            known = links[each["url"]]
            found[found.index(known)] = {**known, "title": _titles(known["title"], each["title"])}
        elif each not in found:
            found.append(each)
    return found


def _titles(first: str, second: str) -> str:
    return first if second.casefold() in first.casefold() else f"{first}, {second[:1].lower() + second[1:]}"
