"""Trust: active content on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.acting import acting_attributes, acting_parts, may_act, runs
from handbook.base.acting_page import Markup
from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.page_prose import page_prose
from handbook.check.rules.hb608_theme_field import is_redirect
from handbook.check.texts import Text
from handbook.read.context import Context
from handbook.read.pages import Page

_ATTRIBUTES = regex(r"\{:?[ ]*(?P<all>[^}\n ][^}\n]*)\}")
"""Attributes of the preceding element, in the syntax of the Markdown extension `attr_list`."""
_LINK = regex(
    r"(?:\]\([ \t\n]*<?|^ {0,3}\[[^\]\n]+\]:[ \t\n]*<?|<)(?P<target>[^()<>\n \"'][^()<>\n\"']*)", re.MULTILINE
)
_LEAD = "{: .hb-lead }"
"""The class of the first paragraph of most pages. Many have no other sign of anything to look for."""
_ESCAPED = regex(r"\\(?<!\\\\)(?:\\\\)*<")


@rule(
    "HB601",
    "acting-markup",
    reason=(
        "Anyone who can propose text can propose a script. It would run in the browser of every reader, "
        "with access to everything they can see and do. Markup can also cover what the site says about a "
        "page, or look like it. Pages contain text, links and images. Anything beyond that is code: a file "
        "or a page in `trusted_files`, which the handbook's owners review."
    ),
    bad={
        "docs/a.md": '# A\n\n<a href="b.md" «onclick="alert(\'now\')"»>Read more</a>\n',
        "docs/b.md": "# B\n",
    },
    good={"docs/a.md": '# A\n\n<a href="b.md">Read more</a>\n', "docs/b.md": "# B\n"},
    is_local=True,
)
def _check(context: Context) -> Iterator[Problem]:
    for page in context.pages:
        if page.shown_path in context.settings.trusted_files:
            continue
        if is_redirect(page.meta.get("template")):
            yield Problem(
                page.shown_path,
                page.document.value_span(("template",)),
                "This template opens another page by a script",
                "Remove `template`, and use `former_ids` or a link",
            )
        if may_act(page.text.replace(_LEAD, "{}")):
            yield from _check_page(page)


def _check_page(page: Page) -> Iterator[Problem]:
    # The tags around a comment determine whether it is one.
    markup = Text(page, (), _ESCAPED.sub(_blank, page_prose(page, with_comments=True)), page.text)
    text = Text(page, (), page_prose(page), page.text)
    found = list(acting_parts(markup.text, Markup.SOURCE))
    for attributes in _ATTRIBUTES.finditer(text.text):
        found += acting_attributes(text.text, *attributes.span("all"), kind=Markup.SOURCE)
    for part in found:
        yield markup.problem(part.start, part.end, part.message, part.hint)
    for link in _LINK.finditer(text.text):
        if runs(link["target"]):
            yield text.problem(
                *link.span("target"),
                f"The link {shown(link['target'])} runs in the reader's browser",
                "Use the address of a page",
            )


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
