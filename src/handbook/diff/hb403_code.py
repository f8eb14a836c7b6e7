"""Change: code, or a setting that loosens a guard, has changed."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from posixpath import relpath

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import one_of, shown
from handbook.diff.code_files import code_of
from handbook.diff.lowered import lowered_audiences
from handbook.diff.rules.examples import FILES
from handbook.diff.trees import LINK, PROGRAM, SUBMODULE, FileTree, TreeChanges
from handbook.diff.yaml_changes import Path, key_changes
from handbook.read.audiences import AUDIENCES, FIELD, USUAL
from handbook.read.code_paths import GUARDS, config_files, read_nodes, settings_files
from handbook.read.settings import SETTINGS_FILE
from handbook.read.yaml.decoding import decode
from handbook.read.yaml.document import Document, read_document
from handbook.read.yaml.limits import LINE_END

_HINT = "Ask an owner of the handbook to review this change"

_Judge = Callable[[str, bytes | None, bytes | None], Sequence[Problem] | None]
"""Reports changes by the place in findings and both versions; `None` if a version cannot be read."""

_TEXT = frozenset(
    {
        ("site_name",),
        ("site_description",),
        ("site_author",),
        ("nav",),
        ("not_in_nav",),
        ("extra", "accent"),
        ("extra", "brand"),
        ("theme", "favicon"),
        ("theme", "icon"),
        ("theme", "language"),
        ("theme", "logo"),
        ("theme", "palette"),
    }
)
"""Keys of `mkdocs.yml` that only affect what readers see. Any other key can add code, or loosen a guard."""


@rule(
    "HB403",
    "code",
    Severity.WARNING,
    reason=(
        "Anyone can propose text and data, because neither can run. Code can do anything: in CI, in a "
        "build and in a reader's browser. So this rule lists every change to a file that is code and to a "
        "setting that loosens a guard, and every audience that a page or a schema lowers, for an owner of "
        "the handbook to review. You cannot switch the rule off. Checked with `--against`."
    ),
    bad={**FILES, "macros/__init__.py": "«from handbook.publish.page_macros import define_env»\n"},
    good={**FILES, "docs/index.md": "# Handbook\n"},
)
def changed_code(changes: TreeChanges) -> Iterator[Problem]:
    """Yield the changes to review. Settings don't affect them, because the same change could set them."""
    code = code_of(changes)
    configs = {path for tree in _trees(changes) for path in config_files(tree.read, changes.prefix)}
    settings = {path for tree in _trees(changes) for path in settings_files(tree.read, changes.prefix)}
    for path in changes.paths:
        # Make names that are not UTF-8 printable.
        place = os.fsencode(relpath(path, changes.prefix or ".")).decode("utf-8", "backslashreplace")
        for found in lowered_audiences(changes, path):
            message = f"Lowered {FIELD} of {shown(found.name)} from `{found.before}` to `{found.after}`"
            if not found.after:
                message = (
                    f"Removed a page for {shown(found.before)}. Its text can be on a page for more readers"
                )
            yield Problem(place, found.span, message, _HINT)
        modes = [tree.modes.get(path, "") for tree in _trees(changes)]
        contents = next((each.contents for each in code if each.matches(path)), _of_mode(modes))
        if contents:
            judge = _guards if path in settings else _build_settings if path in configs else None
            yield from _of_code(changes, path, place, contents, judge)


def _trees(changes: TreeChanges) -> tuple[FileTree, FileTree]:
    return changes.before, changes.after


def _of_mode(modes: Sequence[str]) -> str:
    """Describe a file that is code in any folder; empty if it is not."""
    if SUBMODULE in modes:
        return "another repository"
    return "an executable file" if PROGRAM in modes else ""


def _of_code(
    changes: TreeChanges, path: str, place: str, contents: str, judge: _Judge | None
) -> Iterator[Problem]:
    was, mode = (tree.modes.get(path, "") for tree in _trees(changes))
    before, after = (tree.read(path) for tree in _trees(changes))
    if (was, before) == (mode, after) and before is not None:
        return
    problems: Sequence[Problem] | None = None
    if judge and LINK not in (was, mode) and (judge is _guards or (was and mode)):
        problems = judge(place, before, after)
    yield from [_of_file(place, contents, changes, path)] if problems is None else problems


def _of_file(place: str, contents: str, changes: TreeChanges, path: str) -> Problem:
    """Report a file that was added, changed or removed, at the first line that differs."""
    was, mode = (tree.modes.get(path, "") for tree in _trees(changes))
    before, after = changes.before.read(path), changes.after.read(path)
    message = f"{'Removed' if not mode else 'Changed' if was else 'Added'} code: {contents}"
    if mode == LINK:
        target = (after or b"").decode("utf-8", "replace")
        return Problem(place, Span(), f"{message}, now a link to {shown(target)}", _HINT)
    if mode == PROGRAM and was not in ("", PROGRAM):
        message = f"{message}, now executable"
    return Problem(place, _first_difference(before, after), message, _HINT)


def _first_difference(before: bytes | None, after: bytes | None) -> Span:
    """Return the first line that differs, or the last one if the file was only shortened."""
    then, now = (LINE_END.split((content or b"").decode("utf-8", "replace")) for content in (before, after))
    pairs = enumerate(zip_longest(then, now), 1)
    line = min(next((number for number, (one, other) in pairs if one != other), 1), len(now))
    return Span(line, 1, line, max(len(now[line - 1]), 1) + 1)


def _build_settings(place: str, before: bytes | None, after: bytes | None) -> Sequence[Problem] | None:
    """Report changed keys of `mkdocs.yml` that can add code; `None` if a version cannot be read."""

    def is_text(path: Path) -> bool:
        return path[:1] in _TEXT or path[:2] in _TEXT

    return _keys(place, before, after, is_text, "build setting")


def _guards(place: str, before: bytes | None, after: bytes | None) -> Sequence[Problem] | None:
    """Report changed settings that loosen a guard; `None` if a version cannot be read."""

    def is_harmless(path: Path) -> bool:
        return bool(path) and path[0] not in GUARDS

    found = _keys(place, before, after, is_harmless, "guard")
    then, now = _audience(before), _audience(after)
    # The audience of a layer is not that of the site.
    if found is None or place != SETTINGS_FILE or AUDIENCES.index(now) <= AUDIENCES.index(then):
        return found
    span = read_document(after or b"").key_span([FIELD])
    return [*found, Problem(place, span, f"Raised `{FIELD}` of the site from `{then}` to `{now}`", _HINT)]


def _audience(content: bytes | None) -> str:
    settings = read_document(content or b"").value
    audience = settings.get(FIELD) if isinstance(settings, dict) else None
    return audience if isinstance(audience, str) and audience in AUDIENCES else USUAL


def _keys(
    place: str, before: bytes | None, after: bytes | None, is_text: Callable[[Path], bool], noun: str
) -> Sequence[Problem] | None:
    """Report each key that differs; keys removed from one place are one problem."""
    then, now = read_nodes(before), read_nodes(after)
    if then is None or now is None:
        return None
    document = Document(decode(after or b""))
    found: dict[tuple[str, Span], list[str]] = defaultdict(list)
    for change in key_changes(then, now, is_text):
        if not change.path:
            return None
        node = change.node
        span = document.span(node.start_mark.index, node.end_mark.index) if node else Span()
        found[change.what, span].append(_named(change.path))
    return [
        Problem(place, span, f"{what} {noun}: {one_of((_short(name) for name in names), 'and')}", _HINT)
        for (what, span), names in found.items()
    ]


def _named(path: Path) -> str:
    """Return a key with dots: `security.allow_hosts: a.example` if an item has dots or slashes itself."""
    return path[0] + "".join(f"{': ' if {'.', '/'} & set(part) else '.'}{part}" for part in path[1:])


def _short(name: str) -> str:
    return shown(name).strip("`")
