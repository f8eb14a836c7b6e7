"""Change: a breaking change to an entry, without a new major version or a change note."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.diff.comparison import Comparison, EntryChange
from handbook.diff.rules.examples import PRD, TEAMS
from handbook.read.raw import Side

_LOST = PRD.replace("  - {id: risks, name: Risks, required: false, guidance: Say what may go wrong.}\n", "")


@rule(
    "HB401",
    "unversioned-break",
    reason=(
        "If you copied a template or learned a process, its version tells you whether your copy is still "
        "valid. So a breaking change needs a new major version, and a note about what to do differently. "
        "`x-change` in the schema defines which changes are breaking. Checked with `--against`."
    ),
    bad={
        "sources/templates/prd.yaml": _LOST.replace('version: "1.2"\nchanges', 'version: «"1.2"»\nchanges'),
        "sources/teams.yaml": TEAMS,
    },
    good={
        "sources/templates/prd.yaml": _LOST.replace(
            'version: "1.2"\nchanges:\n',
            'version: "2.0"\nchanges:\n'
            '  - {version: "2.0", date: 2026-11-23, note: Risks stand in the plan of the launch.}\n',
        ),
        "sources/teams.yaml": TEAMS,
    },
)
def _check(comparison: Comparison) -> Iterator[Problem]:
    for change in comparison.changes:
        fields = change.kind.shape.properties
        if change.weight == "breaking" and change.differences and {"version", "changes"} <= fields.keys():
            yield from _problems(change)


def _problems(change: EntryChange) -> Iterator[Problem]:
    entry = change.entry
    version = str(entry.value.get("version", ""))
    versions = [difference for difference in change.differences if difference.place.field == "version"]
    was = str(versions[0].before or "") if versions else version
    breaking = [each.place.title for each in change.differences if each.weight == "breaking"]
    what = breaking[0] if len(breaking) == 1 else f"{breaking[0]} and {len(breaking) - 1:,} more"
    at = ("version",) if version else ()
    side: Side = "value" if version else "start"
    if _major(version) <= _major(was) and was:
        message = f"Breaking change ({what}), but the version is still `{version}`"
        better = f"{_major(was) + 1}.0"
        hint = f"Set `version` to `{better}` and describe under `changes` what readers must do differently"
        yield entry.problem(at, message, hint, side)
    elif not _has_note(entry.value.get("changes"), version):
        message = f"Breaking change ({what}) without a change note"
        hint = f"Add a note for `{version or '1.0'}` under `changes`: what readers must do differently"
        yield entry.problem(at, message, hint, side)


def _major(version: str) -> int:
    major = version.partition(".")[0]
    return int(major) if major.isdecimal() else 0


def _has_note(notes: object, version: str) -> bool:
    found = notes if isinstance(notes, list) else []
    return any(isinstance(note, dict) and note.get("version") == version for note in found)
