"""References: a link to a part of a page that isn't there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, unquote

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.anchors import Anchors
from handbook.check.link_targets import LinkTargets
from handbook.check.rules.examples import TOOL
from handbook.check.text_links import TextLink, text_links
from handbook.read.context import Context
from handbook.read.pages import PAGE_SUFFIX

_PAGE = "# Start\n\nSee [tools]({}).\n\n## Ask for your tools\n\nAsk in the channel.\n"


@rule(
    "HB220",
    "lost-anchor",
    Severity.WARNING,
    reason=(
        "A link with `#` opens a part of a page. If the page has no such part, readers land at its top and "
        "search for themselves. Often the heading has been renamed: its anchor follows from its words, "
        "unless the heading has one of its own, as in `## Title { #anchor }`."
    ),
    bad={"tools_inventory.yaml": TOOL, "docs/start.md": _PAGE.format("«#ask-for-tools»")},
    good={"tools_inventory.yaml": TOOL, "docs/start.md": _PAGE.format("#ask-for-your-tools")},
)
def _check(context: Context) -> Iterator[Problem]:
    targets, anchors = LinkTargets(context), Anchors(context)
    for link in text_links(context, partial(_is_lost, targets, anchors)):
        path = targets.opened(link.target, link.page)
        here = "this page has" if path == link.page else f"`{path}` has"
        anchor = unquote(link.target.partition("#")[2])
        message = f"The link {shown(link.target)} opens the top of the page: {here} no anchor {shown(anchor)}"
        near = partial(_near, anchors, link, path)
        yield link.problem(message, partial(_hint, near), near)


def _is_lost(targets: LinkTargets, anchors: Anchors, target: str, page: str | None, is_tag: bool) -> bool:  # noqa: FBT001 - as `IsMeant`
    anchor = unquote(target.partition("#")[2])
    if not anchor or targets.is_broken(target, page, is_tag):
        return False
    path = targets.opened(target, page)
    return path.endswith(PAGE_SUFFIX) and not anchors.has(path, anchor)


def _near(anchors: Anchors, link: TextLink, path: str) -> tuple[str, bool]:
    """Return the link with the nearest anchor, and whether no other is as near; empty if none is near."""
    written, _, anchor = link.target.partition("#")
    near, is_safe = anchors.of(path).near(unquote(anchor))
    return (f"{written}#{quote(near)}", is_safe) if near else ("", False)


def _hint(near: partial[tuple[str, bool]]) -> str:
    target, _ = near()
    return (
        f"Did you mean `{target}`?"
        if target
        else "Use the anchor of a heading, or remove `#` and what follows"
    )
