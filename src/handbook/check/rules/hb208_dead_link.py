"""References: a relative link in a text that leads to no page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from handbook.check.context import Context
from handbook.check.problem import Problem
from handbook.check.rule import Rule
from handbook.check.rules.examples import PROCESS, ROLE
from handbook.check.words import nearest, shown
from handbook.findings import Severity

_LINK = re.compile(r"\](?:\(|:)\s*<?([^\s)>]*)")
"""What may be a link in Markdown: every link matches, with at least the beginning of its target."""
_WRITTEN_OTHERWISE = re.compile(r"[\\&%]")
"""What makes a target mean something else than it says."""


def _markdown_targets(text: str) -> Iterator[str]:
    """The targets of all links in a Markdown text."""
    # Parsing takes a library that is slow to start; most texts have only links that are right at first sight.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    for block in MarkdownIt("commonmark").enable("table").parse(text):
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if isinstance(target, str):
                yield target


def _check(context: Context) -> Iterator[Problem]:
    unknown = tuple(f"{context.kinds[name].page}/" for name in context.uncertain_kinds)
    misspelt = {f"{context.kinds[kind].page}/{name}.md" for kind, name in context.misspelt_ids}

    def is_dead(target: str) -> bool:
        path = _path(target)
        if path == "." or ":" in target.partition("/")[0] or target.startswith(("/", "?", "#")):
            return False
        if path in context.page_paths or path in context.docs_files:
            return False
        # A file that cannot be read has been reported. Its pages are not missing as well.
        return not path.startswith(unknown) and path not in misspelt

    for entry, pointer, shape, value in context.connections:
        if not isinstance(value, str):
            continue
        targets: Iterable[str] = [value] if shape.link else ()
        if shape.markdown and "]" in value:
            seen = _LINK.findall(value)
            if any(is_dead(target) or _WRITTEN_OTHERWISE.search(target) for target in seen):
                targets = _markdown_targets(value)
        for target in filter(is_dead, targets):
            near = _near(_path(target), context.page_paths)
            yield entry.problem_in_text(
                pointer,
                target,
                f"the link {shown(target)} leads to no page",
                f"did you mean `{near}`?" if near else _advice(target),
            )


def _path(target: str) -> str:
    """The path of a link, from the docs folder."""
    return posixpath.normpath(unquote(target.partition("#")[0].partition("?")[0]))


def _advice(target: str) -> str:
    if target.startswith("www."):
        return f"did you mean `https://{target}`?"
    return "a relative link starts at the docs folder"


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
