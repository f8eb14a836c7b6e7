"""The classes of mappings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

MAPPINGS: Final[tuple[type[Mapping[Any, Any]], ...]] = (dict, MappingProxyType, Mapping)
"""All mappings, for `isinstance`, which finds the classes of entries much faster than an abstract one."""
