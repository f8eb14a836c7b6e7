"""Generate the `CODEOWNERS` file, from which GitHub and GitLab take the reviewers of each file.

The part between two markers is generated from the owners of entries and pages, and from the owner of the
handbook, who reviews code. The rest of the file belongs to the company. Later lines have priority, so a line
below the part can override it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from handbook.base.memory import key_of, memory
from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.base.words import one_of
from handbook.read.context import Context
from handbook.read.files import WORKFLOWS, Site, repository_top
from handbook.read.plain_file import UnusableError, read_bounded, read_plain_file
from handbook.read.raw import RawEntry
from handbook.read.values import owner_ids

BEGIN = "# From here on made from the owners in the handbook, by `handbook codeowners`"
END = "# As far as here"

_PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""The locations that both hosts check, in order of priority."""

_ON_BOTH = "CODEOWNERS"
CODE = "# Code, and settings that loosen a guard: the owners of the handbook"

_SPECIAL_IN_CODE = regex(r"([\\ \t?\[\]])")
_SPECIAL = regex(r"([\\ \t*?\[\]])")
_ESCAPED = r"\\\1"
_OWNERS = ("team", "role")


class CodeOwners(NamedTuple):
    """The current file.

    Attributes:
        path: Its path, relative to the site.
        text: Its content; empty if the file doesn't exist.
        made: The lines between the markers; `None` without markers.
        begin: The number of the line with the first marker; 0 without one.
    """

    path: str
    text: str
    made: Sequence[str] | None
    begin: int


def read_code_owners(site: Site) -> CodeOwners:
    """Return the file that the code host reads, or else the location that both hosts support."""
    top = repository_top(site.root)
    found = next((place for place in _PLACES if (top / place).is_file()), None)
    path = Path(os.path.relpath(top / (found or _ON_BOTH), site.root)).as_posix()
    if found is None:
        return CodeOwners(path, "", None, 0)
    try:
        text = read_plain_file(top / found).decode("utf-8", "surrogateescape")
    except UnusableError:
        # The target of a symbolic link is never shown. Writing the file reports the problem.
        return CodeOwners(path, "", None, 0)
    lines = [line.rstrip("\r") for line in text.split("\n")]
    if BEGIN not in lines:
        return CodeOwners(path, text, None, 0)
    begin = lines.index(BEGIN)
    end = lines.index(END, begin) if END in lines[begin:] else len(lines)
    return CodeOwners(path, text, lines[begin + 1 : end], begin + 1)


def lines_with_owners(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return the lines that name owners, each with its index: hosts ignore comments and empty lines."""
    return [(index, line) for index, line in enumerate(lines) if line.strip() and not line.startswith("#")]


def owners_differ(lines: Sequence[str], wanted: Sequence[str]) -> bool:
    """Return whether two lists ask other people; what comments say makes no difference."""
    named, right = lines_with_owners(lines), lines_with_owners(wanted)
    return [line for _, line in named] != [line for _, line in right]


def code_owner_lines(context: Context) -> list[str]:
    """Return a line for every file whose owner has reviewers, and a comment for the others.

    A file with several entries has the reviewers of all their owners. Layers have lists of their own.
    """
    reviewers: dict[str, set[str]] = defaultdict(set)
    lost: dict[str, set[str]] = defaultdict(set)
    for entry in (*context.entries, *context.imprints):
        if context.site.layer_of(entry.source.path):
            continue
        for owner in owner_ids(entry.value):
            found = set(_reviewers(context.ids, owner))
            reviewers[entry.source.path] |= found
            lost[entry.source.path] |= set() if found else {owner}
    before = _prefix(context.site)
    lines = [
        line
        for path in sorted(reviewers)
        for line in _lines(f"/{before}{path}", sorted(reviewers[path]), sorted(lost[path]))
    ]
    return [*lines, *_code_lines(context)]


def _code_lines(context: Context) -> Iterator[str]:
    """Yield the lines for code. They come last, so that no owner of an entry is asked instead.

    In a larger repository, workflows and similar files don't belong to this handbook.
    """
    owner = context.settings.owner
    if not owner:
        return
    yield CODE
    reviewers = sorted(set(_reviewers(context.ids, owner)))
    if not reviewers:
        yield f"# No reviewers for {one_of([owner])}"
        return
    for pattern in _code_patterns(context.site):
        yield f"{_SPECIAL_IN_CODE.sub(_ESCAPED, pattern)} {' '.join(reviewers)}"


def _code_patterns(site: Site) -> list[str]:
    """Return the patterns of all code. They follow from the files that name code, such as workflows."""
    top, prefix = repository_top(site.root), _prefix(site)
    asked: dict[str, bytes | None] = {}

    def read(path: str) -> bytes | None:
        return asked.setdefault(path, read_bounded(top / path))

    workflows = [] if prefix else sorted((top / WORKFLOWS).glob("*.y*ml"))
    names = [f"{WORKFLOWS}{path.name}" for path in workflows]
    kept = memory()
    key = key_of("code", prefix, *names) if kept else ""
    found = kept.recall(key) if kept else None
    if found and all(_named(read(path)) == name for path, name in found[0].items()):
        return list(found[1])
    # Needs YAML, which takes long to import.
    from handbook.read.code_paths import repository_code_paths, site_code_paths  # noqa: PLC0415

    asked.clear()
    paths = site_code_paths(read, prefix)
    paths += [] if prefix else repository_code_paths(read, names)
    patterns = list(dict.fromkeys(path.pattern for path in paths))
    if kept:
        kept.keep(key, [{path: _named(content) for path, content in asked.items()}, patterns])
    return patterns


def _named(content: bytes | None) -> str:
    """Return what names the content of a file in the memory; empty if it can't be read."""
    return "" if content is None else key_of("", content)


def with_lines(file: CodeOwners, lines: Sequence[str]) -> str:
    """Return the file with new lines between the markers, which are appended if they are missing."""
    newline = "\r\n" if "\r\n" in file.text else "\n"
    part = [BEGIN, *lines, END]
    old = [line.rstrip("\r") for line in file.text.split("\n")]
    if file.made is None:
        above = file.text.rstrip("\r\n").split("\n") if file.text.strip() else []
        whole = [*(line.rstrip("\r") for line in above), *([""] if above else []), *part, ""]
    else:
        after = file.begin + len(file.made)
        # The second marker might be missing.
        below = old[after + 1 :] if after < len(old) else [""]
        whole = [*old[: file.begin - 1], *part, *below]
    return newline.join(whole)


def _lines(path: str, reviewers: Sequence[str], lost: Sequence[str]) -> Iterator[str]:
    shown = _SPECIAL.sub(_ESCAPED, path)
    if reviewers:
        yield f"{shown} {' '.join(reviewers)}"
    if lost:
        yield f"# {path}: no reviewers for {one_of(lost)}"


def _reviewers(ids: Mapping[str, Mapping[str, RawEntry]], owner: str) -> Iterator[str]:
    """Yield the reviewers of a team or a role; of a role without any, those of its team."""
    found = next((ids[kind][owner] for kind in _OWNERS if owner in ids.get(kind, {})), None)
    if found is None:
        return
    named = found.value.get("reviewers")
    team = found.value.get("team")
    if isinstance(named, list):
        yield from (each for each in named if isinstance(each, str))
    elif isinstance(team, str) and found.kind.name != "team":
        yield from _reviewers({"team": ids.get("team", {})}, team)


def _prefix(site: Site) -> str:
    """Return the path of the site in the repository, with a slash at the end; empty at the top."""
    path = site.root.relative_to(repository_top(site.root)).as_posix()
    return "" if path == "." else f"{path}/"
