"""Trust: active content on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handbook.base.acting import acting_attributes, acting_parts, may_act, runs
from handbook.base.problem import Problem
from handbook.base.prose import prose
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.rules.hb608_theme_field import is_redirect
from handbook.check.texts import Text
from handbook.read.context import Context
from handbook.read.pages import Page

_ATTRIBUTES = re.compile(r"\{:?[ ]*(?P<all>[^}\n ][^}\n]*)\}")
"""Attributes of the preceding element, in the syntax of the Markdown extension `attr_list`."""
_LINK = re.compile(
    r"(?:\]\([ \t\n]*<?|^ {0,3}\[[^\]\n]+\]:[ \t\n]*<?|<)(?P<target>[^()<>\n \"'][^()<>\n\"']*)", re.MULTILINE
)
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\<")
_HOLDING = re.compile(r"[ ]{0,3}(?:[-*+][ \t]|\d+\.[ \t]|:[ \t]|!!!|\?\?\?|===|///|\[\^|<)")
"""The start of a line that can have indented lines below it. Other indented lines are code."""


@rule(
    "HB601",
    "acting-markup",
    reason=(
        "Anyone who can propose text can propose a script. It would run in the browser of every reader, "
        "with access to everything they can see and do. Pages contain text, links and images. Anything "
        "beyond that is code: a file or a page in `trusted_files`, which the handbook's owners review."
    ),
    bad={
        "docs/a.md": '# A\n\n<a href="b.md" «onclick="alert(\'now\')"»>Read more</a>\n',
        "docs/b.md": "# B\n",
    },
    good={"docs/a.md": '# A\n\n<a href="b.md">Read more</a>\n', "docs/b.md": "# B\n"},
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
        if may_act(page.text):
            yield from _check_page(page)


def _check_page(page: Page) -> Iterator[Problem]:
    # The tags around a comment determine whether it is one.
    markup = Text(page, (), _ESCAPED.sub(_blank, _body(page, with_comments=True)))
    text = Text(page, (), _body(page))
    found = list(acting_parts(markup.text))
    for attributes in _ATTRIBUTES.finditer(text.text):
        found += acting_attributes(text.text, *attributes.span("all"))
    for part in found:
        yield markup.problem(part.start, part.end, part.message, part.hint)
    for link in _LINK.finditer(text.text):
        if runs(link["target"]):
            yield text.problem(
                *link.span("target"),
                f"The link {shown(link['target'])} runs in the reader's browser",
                "Use the address of a page",
            )


def _body(page: Page, *, with_comments: bool = False) -> str:
    """Return the text of a page, with blanks for its front matter and code."""
    front = len(page.front_matter)
    text = re.sub(r"[^\n]", " ", page.text[:front]) + prose(page.text[front:], with_comments=with_comments)
    return "\n".join(_without_code(text.split("\n")))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _without_code(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, with blanks for those that are code because of their indentation."""
    is_held = in_code = False
    after_blank = True
    for line in lines:
        if not line.strip():
            after_blank = True
        else:
            is_indented = line.startswith(("    ", "\t"))
            in_code = is_indented and not is_held and (in_code or after_blank)
            if not is_indented:
                is_held = bool(_HOLDING.match(line)) or (is_held and not after_blank)
            after_blank = False
        yield " " * len(line) if in_code else line
