"""Content: an unsafe link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.acting import runs
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.rules.examples import TOOL
from handbook.check.texts import markdown_texts
from handbook.read.context import Context
from handbook.read.pages import Page

UNSAFE_LINK = regex(
    r"(?:\]\([ \t]*<?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?|<)"
    r"(?P<target>(?!https?:|mailto:)(?:[a-z][a-z0-9+.-]*:|//)[^\s>)]*)",
    re.MULTILINE | re.IGNORECASE,
)
"""A link that neither a browser nor a mail program opens, in a way that the form reads as well."""


def _may_link(text: str) -> bool:
    return ("](" in text or "<" in text or "]:" in text) and UNSAFE_LINK.search(text) is not None


@rule(
    "HB314",
    "unsafe-link",
    reason=(
        "A link can open a page or an email, and nothing else. Other addresses run programs, or work only "
        "on the author's computer. The site would leave out such a link."
    ),
    bad={"tools_inventory.yaml": f"{TOOL}    notes: See [the guide](«ftp://files.example.com/guide»).\n"},
    good={"tools_inventory.yaml": f"{TOOL}    notes: See [the guide](https://files.example.com/guide).\n"},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for text in markdown_texts(context, _may_link):
        for found in UNSAFE_LINK.finditer(text.text):
            target = found["target"]
            # On a page, an address that runs is not a matter of judgement: that is HB601.
            if not (isinstance(text.where, Page) and runs(target)):
                yield text.problem(
                    *found.span("target"),
                    f"Invalid link {shown(target)}: only https, http, mailto and relative links are allowed",
                    "Use the full address with `https://`, or a path from the docs folder",
                )
