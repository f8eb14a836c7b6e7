"""References: a broken link in an entry or on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from handbook.base.findings import Finding
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.engine_settings import is_unreadable, pages_meant
from handbook.check.link_targets import AT_TOP, LinkTargets
from handbook.check.rules.examples import PROCESS, with_process
from handbook.check.text_links import TextLink, text_links
from handbook.read.context import Context
from handbook.read.pages import CHANGES_PAGE


def _follows(causes: Sequence[Finding]) -> Callable[[Finding], bool]:
    """Return a test for links that depend on the settings, if they can't be read or misspell the page."""
    hides = is_unreadable(causes)
    loses = hides or CHANGES_PAGE in pages_meant(causes)
    return lambda finding: (
        (loses and f"{CHANGES_PAGE}`" in finding.message) or (hides and finding.message.endswith(AT_TOP))
    )


@rule(
    "HB208",
    "dead-link",
    reason=(
        "Readers follow links when they need help. Every link and every image must work: in entries and on "
        "pages, to a page, a file or an address of this handbook. Links in entries start at the docs folder, "
        "links in pages at the folder of the page."
    ),
    bad=with_process(
        PROCESS.replace("what: Say yes or no.", "what: Say yes or no to [the launch](«processes/lunch.md»).")
    ),
    good=with_process(
        PROCESS.replace("what: Say yes or no.", "what: Say yes or no to [the launch](processes/launch.md).")
    ),
    follows=_follows,
)
def _check(context: Context) -> Iterator[Problem]:
    targets = LinkTargets(context)
    for link in text_links(context, targets.is_broken):
        yield link.problem(
            targets.problem(link.target, link.page),
            partial(_hint, targets, link),
            partial(_correct, targets, link),
        )


def _hint(targets: LinkTargets, link: TextLink) -> str:
    return targets.advice(link.target, link.page, is_tag=link.is_tag).hint


def _correct(targets: LinkTargets, link: TextLink) -> tuple[str, bool]:
    advice = targets.advice(link.target, link.page, is_tag=link.is_tag)
    return advice.target, advice.is_safe
