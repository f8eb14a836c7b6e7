"""References: a view that can't be rendered, or that uses something unsupported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath

from handbook.base.findings import Span
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.page_names import problems_in
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.files import shipped
from handbook.read.page_language import DOWNLOAD_VIEW, LARGEST_VIEW

_FOLDER = "macros"
_SUFFIX = ".jinja"
_DOWNLOAD = ".download."


@rule(
    "HB210",
    "view",
    reason=(
        "A view formats data and reads nothing else: no files, no settings of the computer and no internals "
        "of Python. A view that can't be read fails every build."
    ),
    bad={"tools_inventory.yaml": TOOL, "macros/tool.jinja": "Is {{ entry.status | «wrods» }}.\n"},
    good={"tools_inventory.yaml": TOOL, "macros/tool.jinja": "Is {{ entry.status | words }}.\n"},
)
def _check(context: Context) -> Iterator[Problem]:
    folder = context.site.root / _FOLDER
    paths = list(context.tree.below(folder, (_SUFFIX,)))
    others = [*(layer.root / _FOLDER for layer in context.site.layers), shipped(_FOLDER)]
    views: frozenset[str] | None = None
    for path in paths:
        shown = context.site.relative(path)
        name = path.relative_to(folder).as_posix()
        if _DOWNLOAD in name and not DOWNLOAD_VIEW.fullmatch(name):
            message = "Invalid name for a download view"
            hint = f"Rename it to `{_FOLDER}/<kind>.download.<suffix>.jinja`, with a suffix of a-z and 0-9"
            yield Problem(shown, Span(), message, hint)
            continue
        if path.stat().st_size > LARGEST_VIEW:
            message = f"This view is larger than {LARGEST_VIEW:,} bytes"
            yield Problem(shown, Span(), message, "Split it into several views")
            continue
        content = path.read_bytes()
        # The engine's tests check its own views. Checking them again takes as long as all other rules.
        if content == _shipped_view(path.relative_to(folder)):
            continue
        views = views or _names(folder, paths, others)
        yield from _check_view(shown, path.name, content, views)


def _shipped_view(name: PurePath) -> bytes | None:
    path = shipped(_FOLDER) / name
    return path.read_bytes() if path.is_file() else None


def _names(folder: Path, paths: list[Path], others: list[Path]) -> frozenset[str]:
    """Return the names of all views: the site's own, those of layers and the shipped ones."""
    found = {path.relative_to(folder).as_posix() for path in paths}
    for other in others:
        found |= {path.relative_to(other).as_posix() for path in other.rglob(f"*{_SUFFIX}")}
    return frozenset(found)


def _check_view(shown: str, name: str, content: bytes, views: frozenset[str]) -> Iterator[Problem]:
    from handbook.check.templates import view_problems  # noqa: PLC0415 - Jinja is slow to import

    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "This view is not UTF-8"
        yield Problem(shown, Span(line, 1, line, 2), message, "Save the file as UTF-8")
        return
    yield from problems_in(shown, text, view_problems(text, views, is_part=name.startswith("_")))
