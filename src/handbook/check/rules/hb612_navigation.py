"""Settings: an item of the navigation that opens nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from handbook.base.findings import Finding
from handbook.base.fixes import Edit, Fix
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import Names, shown
from handbook.check.engine_settings import engine_settings, validation_setting
from handbook.check.link_targets import LinkTargets
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.files import Source
from handbook.read.pages import FIRST_PAGES, PAGE_SUFFIX
from handbook.read.yaml.document import Pointer
from handbook.read.yaml.faults import FaultKind

_ADDRESS = regex(r"[A-Za-z][A-Za-z0-9+.-]*://")
_QUOTES = ("'", '"')
_CONFIG = """site_name: Handbook
nav:
  - Home: index.md
  - Tools: {}
"""


_ALLOWED = ("ignore", "info")
"""The settings of `validation.nav.absolute_links` for items that another program of the web server shows."""


def _follows(causes: Sequence[Finding]) -> Callable[[Finding], bool]:
    """Return a test for items that open the first page, which the site doesn't have."""
    settings = {cause.path for cause in causes if cause.code == "HB616"}
    messages = {_missing(page) for page in FIRST_PAGES}
    return lambda finding: finding.path in settings and finding.message in messages


@rule(
    "HB612",
    "navigation",
    reason=(
        "Readers find their way by the navigation. An item is a page of the docs folder, the folder of a "
        "content type such as `tools/`, an address of another site, or a title with a list of items. "
        "Anything else opens nothing, or the wrong page."
    ),
    bad={"mkdocs.yml": _CONFIG.format("«tols/»"), "docs/index.md": "# Home\n", "tools_inventory.yaml": TOOL},
    good={"mkdocs.yml": _CONFIG.format("tools/"), "docs/index.md": "# Home\n", "tools_inventory.yaml": TOOL},
    follows=_follows,
)
def _check(context: Context) -> Iterator[Problem]:
    found = engine_settings(context.site, "nav")
    if found and found[1].get("nav") is not None:
        source, settings = found
        absolute = validation_setting(settings, "nav", "absolute_links")
        yield from _Navigation(context, source, absolute).check(settings["nav"], ("nav",))


class _Wrong(NamedTuple):
    """What is wrong with an item, and what to do.

    Attributes:
        message: The problem.
        hint: The fix, in words.
        right: The right page or folder; empty if unknown.
        is_safe: Whether it is the only right one.
    """

    message: str
    hint: str
    right: str = ""
    is_safe: bool = False


class _Navigation:
    def __init__(self, context: Context, source: Source, absolute: Any) -> None:
        self._context = context
        self._source = source
        # What `validation` says of an item that starts with a slash.
        self._absolute = absolute
        self._targets = LinkTargets(context)
        pages = {path.rpartition("/")[0] for path in context.page_paths}
        self._folders = frozenset(
            f"{folder}/" for folder in pages.union(kind.page for kind in context.kinds.values()) if folder
        )

    def check(self, items: Any, pointer: Pointer) -> Iterator[Problem]:
        """Yield the problems with a list of items."""
        if not isinstance(items, list):
            hint = "Write a list: each item on a line of its own, with `- ` in front"
            yield self._problem(pointer, _Wrong(f"`{_name(pointer)}` must be a list or a page", hint))
            return
        for index, item in enumerate(items):
            place = (*pointer, index)
            if isinstance(item, Mapping) and len(item) == 1:
                title, value = next(iter(item.items()))
                if isinstance(value, str):
                    yield from self._check_target(value, (*place, title))
                else:
                    yield from self.check(value, (*place, title))
            elif isinstance(item, str):
                yield from self._check_target(item, place)
            elif item == {}:
                yield from self._no_texts(place)
            else:
                hint = "Write `- Title: page.md`, or `- Title:` with a list of items below it"
                message = "An item of the navigation has one title and one page, or one list"
                yield self._problem(place, _Wrong(message, hint))

    def _no_texts(self, pointer: Pointer) -> Iterator[Problem]:
        """Yield titles that aren't text, such as a year. The reader of YAML has left them out."""
        document = self._source.document
        whole = document.value_span(pointer)
        for fault in document.faults:
            span = document.fault_span(fault)
            if fault.kind is FaultKind.KEY and span.line == whole.line:
                fix = Fix((Edit(self._source.path, span, f'"{document.text[fault.start : fault.end]}"'),))
                yield Problem(self._source.path, span, fault.message, fault.hint, correction=fix)

    def _check_target(self, target: str, pointer: Pointer) -> Iterator[Problem]:
        if not target:
            hint = "Write the path of a page, or remove the item"
            yield self._problem(pointer, _Wrong("An item of the navigation has no page", hint))
            return
        if target.startswith("/") and self._absolute in _ALLOWED:
            return
        joined = self._joined(target) if isinstance(pointer[-1], int) else None
        if joined:
            yield self._problem(pointer, joined, target)
            return
        path = target.lstrip("/") if self._absolute == "relative_to_docs" else target
        wrong = self._folder(path) if path.endswith("/") and ":" not in path else self._page(path)
        if wrong:
            yield self._problem(pointer, wrong, target)

    def _joined(self, target: str) -> _Wrong | None:
        """Return what is wrong with a title and a page that are one text."""
        title, _, rest = target.partition(":")
        page = rest.strip()
        if not title or _ADDRESS.match(target):
            return None
        if not _ADDRESS.match(page) and (":" in page or not page.endswith((PAGE_SUFFIX, "/"))):
            return None
        right = f"{title}: {page}"
        hint = (
            f'Put quotes around the title only: `- "{title}": {page}`'
            if rest[0].isspace()
            else f"Add a space after the colon: `- {right}`"
        )
        return _Wrong(f"The title and the page are one text: {shown(target)}", hint, right, is_safe=True)

    def _folder(self, target: str) -> _Wrong | None:
        if target in self._folders or target in self._context.navigation_off:
            return None
        message = f"No content type and no page is in {shown(target)}"
        names = Names(self._folders)
        near = names.nearest(target.lstrip("./"), 0.7)
        if near is None:
            return _Wrong(
                message, "Use the folder of a content type, such as `tools/`, or the path of a page"
            )
        is_safe = Names(self._folders - {near}).nearest(target, 0.7) is None
        return _Wrong(message, f"Did you mean `{near}`?", near, is_safe)

    def _page(self, target: str) -> _Wrong | None:
        left_out = self._targets.left_out_by(target, "")
        if left_out:
            message = f"The page {shown(target)} of the navigation is left out of the site by `{left_out}`"
            return _Wrong(message, f"Remove it from `nav`, or from `{left_out}`")
        if target in self._context.navigation_off or not self._targets.is_broken(target, ""):
            return self._marked(target)
        if f"{target}/" in self._folders:
            return _Wrong(f"{shown(target)} is a folder", f"Use `{target}/`", f"{target}/", is_safe=True)
        advice = self._targets.advice(target)
        hint = advice.hint if advice.target else "Use the path of a page from the docs folder"
        return _Wrong(_missing(target), hint, advice.target, advice.is_safe)

    def _marked(self, target: str) -> _Wrong | None:
        """Return what is wrong with a page that is there."""
        path = target.partition("#")[0].partition("?")[0]
        if path == target or ":" in target.partition("/")[0]:
            return None
        return _Wrong(
            f"The navigation can't open a part of a page: {shown(target)}",
            f"Use `{path}`",
            path,
            is_safe=True,
        )

    def _problem(self, pointer: Pointer, wrong: _Wrong, target: str = "") -> Problem:
        document = self._source.document
        place = (
            partial(document.text_span, pointer, target) if target else partial(document.key_span, pointer)
        )
        correction = partial(self._fix, pointer, target, wrong) if wrong.right else None
        return Problem(self._source.path, place, wrong.message, wrong.hint, correction=correction)

    def _fix(self, pointer: Pointer, target: str, wrong: _Wrong) -> Fix:
        document = self._source.document
        span, (_, written) = document.text_span(pointer, target), document.written(pointer)
        if wrong.right.startswith(f"{target.partition(':')[0]}: ") and written[:1] in _QUOTES:
            # Only the title stays in quotes: all of it would be one text again.
            title, _, page = wrong.right.partition(": ")
            text = f"{written[0]}{title}{written[0]}: {page}"
            return Fix((Edit(self._source.path, document.value_span(pointer), text),))
        return Fix((Edit(self._source.path, span, wrong.right),), is_safe=wrong.is_safe)


def _missing(target: str) -> str:
    return f"The page {shown(target)} of the navigation doesn't exist"


def _name(pointer: Pointer) -> str:
    return str(next((part for part in reversed(pointer) if not isinstance(part, int)), "nav"))
