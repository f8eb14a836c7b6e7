"""Short labels next to the names of entries in lists. A kind with labels has a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from handbook.base.language import N_, _
from handbook.kinds.process.ritual import is_ritual
from handbook.link.catalogue import Entry
from handbook.read.schemas.shapes import Shape

_LABELS: Mapping[str, tuple[str, Callable[[Mapping[str, Any], Shape, str], bool]]] = MappingProxyType(
    {"process": (N_("ritual"), is_ritual)}
)


def entry_label(entry: Entry, audience: str) -> str:
    """Return the label of an entry in lists; empty without one.

    Args:
        entry: The entry.
        audience: The audience of the list.
    """
    label, applies = _LABELS.get(entry.kind.name, ("", None))
    return _(label) if applies and applies(entry.data, entry.kind.shape, audience) else ""
