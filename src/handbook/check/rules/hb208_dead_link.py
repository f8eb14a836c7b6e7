"""References: a broken relative link in a text."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial

from handbook.base.markdown_links import targets_that
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import Names, shown
from handbook.check.rules.examples import PROCESS, with_process
from handbook.read.context import Context
from handbook.read.pages import link_path


@rule(
    "HB208",
    "dead-link",
    reason="Readers follow links when they need help. Every link must work.",
    bad=with_process(
        PROCESS.replace("what: Say yes or no.", "what: Say yes or no to [the launch](«processes/lunch.md»).")
    ),
    good=with_process(
        PROCESS.replace("what: Say yes or no.", "what: Say yes or no to [the launch](processes/launch.md).")
    ),
)
def _check(context: Context) -> Iterator[Problem]:
    unknown = tuple(f"{context.kinds[name].page}/" for name in context.uncertain_kinds)
    moved = {
        f"{context.kinds[kind].page}/{name}.md": f"{entry.kind.page}/{entry.id}.md"
        for (kind, name), entry in context.former.items()
        if kind in context.kinds
    }
    pages = _Pages(context.page_paths, moved)
    misspelt = {f"{context.kinds[kind].page}/{name}.md" for kind, name in context.misspelt_ids}

    def is_dead(target: str) -> bool:
        path = link_path(target)
        if path == "." or ":" in target.partition("/")[0] or target.startswith(("/", "?", "#")):
            return False
        if path in context.page_paths or path in context.docs_files or context.kind_off_at(target):
            return False
        # An unreadable file has been reported. Its pages must not be reported as missing too.
        return not path.startswith(unknown) and path not in misspelt

    for entry, pointer, shape, value in context.connections:
        if not isinstance(value, str):
            continue
        dead: Iterable[str] = filter(is_dead, [value]) if shape.link else ()
        if shape.markdown:
            dead = targets_that(is_dead, value)
        for target in dead:
            yield entry.problem_in_text(
                pointer,
                target,
                f"The link {shown(target)} is broken: page not found",
                partial(_hint, pages, target),
            )


class _Pages:
    """The pages of the finished site, to suggest one for a broken link.

    Attributes:
        moved: The current page for the path of a former one.
    """

    def __init__(self, paths: Iterable[str], moved: Mapping[str, str]) -> None:
        self._paths = paths
        self.moved = moved

    def near(self, path: str) -> str | None:
        """Return a page with a similar name in the same folder, or with the same name in another."""
        folder, name = posixpath.split(path)
        similar = self._by_folder[folder].nearest(path) if folder in self._by_folder else None
        return similar or self._by_name.get(name)

    @cached_property
    def _by_folder(self) -> Mapping[str, Names]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self._paths:
            found[posixpath.dirname(path)].append(path)
        return {folder: Names(paths) for folder, paths in found.items()}

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        return {posixpath.basename(path): path for path in sorted(self._paths, reverse=True)}


def _hint(pages: _Pages, target: str) -> str:
    moved = pages.moved.get(link_path(target))
    if moved:
        return f"Use `{moved}`, the new address of the page"
    near = pages.near(link_path(target))
    if near:
        return f"Did you mean `{near}`?"
    if target.startswith("www."):
        return f"Did you mean `https://{target}`?"
    return "Use a path from the docs folder"
