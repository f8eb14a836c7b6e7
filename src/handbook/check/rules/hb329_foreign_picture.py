"""Content: something that a page would have to load from another host."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.check.context import Context
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.texts import markdown_texts
from handbook.check.words import shown
from handbook.findings import Severity
from handbook.read.pages import Page

_ADDRESS = r"//[^\s<>\"')]*"
_PICTURE = re.compile(rf"!\[[^\[\]]*\]\([ \t]*<?(?P<target>https?:{_ADDRESS})", re.IGNORECASE)
_ELEMENT = re.compile(
    rf"<(?:audio|embed|iframe|img|script|source|video)\s[^<>]*?\bsrc\s*=\s*[\"']?(?P<target>(?:https?:)?{_ADDRESS})",
    re.IGNORECASE,
)


def _check(context: Context) -> Iterator[Problem]:
    for text in markdown_texts(context, lambda text: _PICTURE.search(text) or _ELEMENT.search(text)):
        # Entries have no HTML: it is shown as it is written.
        for form in (_PICTURE, _ELEMENT) if isinstance(text.where, Page) else (_PICTURE,):
            for found in form.finditer(text.text):
                yield text.problem(
                    *found.span("target"),
                    f"{shown(found['target'])} is on another host, and pages load nothing from there",
                    "put the file into the docs folder and write its path, or make it a link",
                )


RULE = Rule(
    code="HB329",
    name="foreign-picture",
    severity=Severity.ERROR,
    reason=(
        "A page asks no other host for anything, so that nobody can follow its readers. A picture or a film "
        "from elsewhere leaves a hole in it."
    ),
    bad={"docs/a.md": "# A\n\n![How it works](«https://files.example.com/flow.png»)\n"},
    good={
        "docs/a.md": "# A\n\n![How it works](flow.png) or [elsewhere](https://files.example.com/flow.png)\n",
        "docs/flow.png": "",
    },
    check=_check,
)
