"""References: a relative link in a text that leads to no page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from markdown_it import MarkdownIt

from handbook.check.context import Context
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.examples import PROCESS, ROLE
from handbook.check.words import nearest, shown
from handbook.findings import Severity


def _targets(markdown: MarkdownIt, text: str) -> Iterator[str]:
    if "](" not in text and "]:" not in text:
        return
    for block in markdown.parse(text):
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if isinstance(target, str):
                yield target


def _check(context: Context) -> Iterator[Problem]:
    markdown = MarkdownIt("commonmark").enable("table")
    unknown = tuple(f"{context.kinds[name].page}/" for name in context.uncertain_kinds)
    misspelt = {f"{context.kinds[kind].page}/{name}.md" for kind, name in context.misspelt_ids}
    for entry, pointer, shape, value in context.connections:
        if not isinstance(value, str):
            continue
        targets = _targets(markdown, value) if shape.markdown else [value] if shape.link else []
        for target in targets:
            path = posixpath.normpath(unquote(target.partition("#")[0].partition("?")[0]))
            if path == "." or ":" in target.partition("/")[0] or target.startswith(("/", "?", "#")):
                continue
            if path in context.page_paths or path in context.docs_files:
                continue
            # A file that cannot be read has been reported. Its pages are not missing as well.
            if path.startswith(unknown) or path in misspelt:
                continue
            near = _near(path, context.page_paths)
            yield entry.problem_in_text(
                pointer,
                target,
                f"the link {shown(target)} leads to no page",
                f"did you mean `{near}`?" if near else "a relative link starts at the docs folder",
            )


def _near(path: str, pages: Iterable[str]) -> str | None:
    """A page of nearly that name in the same folder, or of that very name in another."""
    folder, name = posixpath.split(path)
    known = sorted(pages)
    beside = nearest(path, [page for page in known if posixpath.dirname(page) == folder])
    return beside or next((page for page in known if posixpath.basename(page) == name), None)


RULE = Rule(
    code="HB208",
    name="dead-link",
    severity=Severity.ERROR,
    reason="A link inside a text is followed when somebody is stuck. It has to arrive.",
    bad={
        "sources/processes/launch.yaml": PROCESS.replace(
            "what: Say yes or no.", "what: Say yes or no to [the launch](«processes/lunch.md»)."
        ),
        "sources/roles.yaml": ROLE,
    },
    good={
        "sources/processes/launch.yaml": PROCESS.replace(
            "what: Say yes or no.", "what: Say yes or no to [the launch](processes/launch.md)."
        ),
        "sources/roles.yaml": ROLE,
    },
    check=_check,
)
