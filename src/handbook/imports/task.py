"""All that an import starts from."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.base.named_tuples import NamedTuple
from handbook.imports.mapping import Mapped
from handbook.imports.record import Recorded
from handbook.imports.table import Table
from handbook.read.context import Context
from handbook.read.schemas.kinds import Kind


class Task(NamedTuple):
    """All that an import starts from.

    Attributes:
        context: The handbook.
        kind: The kind of the entries.
        table: What was read from the file.
        mapped: The mapping.
        record: What the last import wrote, by the ID of each entry.
        prefers_file: Whether the file wins conflicts.
        allows_gone: Whether many entries can be gone.
    """

    context: Context
    kind: Kind
    table: Table
    mapped: Mapped
    record: Mapping[str, Recorded]
    prefers_file: bool = False
    allows_gone: bool = False
