"""Find the team that owns what a finding is about."""

from __future__ import annotations

from handbook.base.findings import Finding
from handbook.read.context import Context
from handbook.read.raw import RawEntry
from handbook.read.values import owner_ids


class FindingOwners:
    """The teams that own the entries, pages and settings of a handbook, by finding."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._of_files: dict[str, set[str]] = {}
        for entry in (*context.entries, *context.imprints):
            self._of_files.setdefault(entry.source.path, set()).add(self._owner_of(entry))

    def name_of(self, finding: Finding) -> str:
        """Return the name of the team, or of a role without a team; empty if no one owns it.

        A finding about no entry belongs to the owner of all entries of its file. The owner of the handbook
        owns all other files, and entries of content types without an owner field.
        """
        entry = self._context.ids.get(finding.kind, {}).get(finding.id)
        if entry is not None:
            return self._owner_of(entry)
        owners = self._of_files.get(finding.path)
        if owners is None:
            return self._name(self._context.settings.owner or "")
        return next(iter(owners)) if len(owners) == 1 else ""

    def _owner_of(self, entry: RawEntry) -> str:
        if entry.kind.shape.field("owner") is None:
            return self._name(self._context.settings.owner or "")
        return next(filter(None, map(self._name, owner_ids(entry.value))), "")

    def _name(self, owner: str) -> str:
        """Return the name of a team or role; of a role with a team, that of the team."""
        team, role = (self._context.ids.get(kind, {}).get(owner) for kind in ("team", "role"))
        if team is None and role is not None:
            above = role.value.get("team")
            team = self._context.ids.get("team", {}).get(above) if isinstance(above, str) else None
        found = team or role
        return str(found.value.get("name", owner)) if found else ""
