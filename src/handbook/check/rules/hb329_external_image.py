"""Content: something that a page would load from another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.texts import markdown_texts
from handbook.read.context import Context
from handbook.read.pages import Page

_ADDRESS = r"""//[^\s<>"')]*"""
# In Markdown, an address without `https:` is a separate finding.
PICTURE = regex(rf"!\[[^\[\]]*\]\([ \t]*<?(?P<target>https?:{_ADDRESS})", re.IGNORECASE)
_ELEMENT = regex(
    r"<(?:audio|img|source|video)(?=\s)[^<>]*?\s(?:poster|src|srcset)\s*=\s*"
    rf"[\"']?(?P<target>(?:https?:)?{_ADDRESS})",
    re.IGNORECASE,
)
NAMED = regex(
    rf"^ {{0,3}}\[(?P<name>[^\[\]]+)\]:[ \t]*<?(?P<target>https?:{_ADDRESS})", re.IGNORECASE | re.MULTILINE
)
"""The target of a reference name, for an image or a link."""
BY_NAME = regex(r"!\[(?P<words>[^\[\]]*)\](?:\[(?P<name>[^\[\]]*)\]|(?!\())")


@rule(
    "HB329",
    "external-image",
    reason=(
        "Pages load nothing from other hosts, so that no one can track their readers. An image or a video "
        "from elsewhere leaves a gap on the page."
    ),
    bad={"docs/a.md": "# A\n\n![How it works](«https://files.example.com/flow.png»)\n"},
    good={
        "docs/a.md": "# A\n\n![How it works](flow.png) or [elsewhere](https://files.example.com/flow.png)\n",
        "docs/flow.png": "",
    },
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for text in markdown_texts(context, _may_load):
        # Entries have no HTML: it is shown as text.
        found = [
            *PICTURE.finditer(text.text),
            *(_ELEMENT.finditer(text.text) if isinstance(text.where, Page) else ()),
            *_named_pictures(text.text),
        ]
        for match in found:
            if context.settings.security.allows(urlsplit(match["target"]).netloc):
                continue
            start, end = match.span("target")
            yield text.problem(
                start,
                end,
                f"{shown(match['target'])} is on another host, and pages don't load anything from there",
                "Add the file to the docs folder and use its path, or use a link",
            )


def _may_load(text: str) -> bool:
    forms = [*([PICTURE, NAMED] if "![" in text else ()), *([_ELEMENT] if "<" in text else ())]
    return "//" in text and any(form.search(text) for form in forms)


def _named_pictures(text: str) -> Iterator[re.Match[str]]:
    """Return the definitions of image references with a target on another host."""
    names = {_plain(match["name"] or match["words"]) for match in BY_NAME.finditer(text)}
    return (match for match in NAMED.finditer(text) if _plain(match["name"]) in names)


def _plain(name: str) -> str:
    """Return a name as Markdown compares it: ignoring case, with single spaces."""
    return " ".join(name.casefold().split())
