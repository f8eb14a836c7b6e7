"""Trust: a file that is meant as a page, but is published without any checks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from handbook.base.problem import Problem
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.read.context import Context
from handbook.read.pages import PAGE_SUFFIX

_NEARLY = regex(
    r"(?P<stem>.*?)\.(?:md|markdown|mdown|mkdn|mkd|mdwn|mdx)(?:~|\.(?:bak|orig|old|save|swp|tmp))?",
    re.IGNORECASE,
)
"""The extensions that MkDocs treats as pages, also in capitals, and those that editors add to copies."""


@rule(
    "HB607",
    "page-name",
    reason=(
        "Pages are the files that end in `.md`. MkDocs also treats `.markdown` and others as pages, and "
        "publishes `page.MD`, or an editor's copy `page.md~`, as a download with its front matter. The "
        "audience set in such a file would have no effect."
    ),
    bad={"docs/salaries.markdown": "«-»--\ntitle: Salaries\n---\n\n# Salaries\n"},
    good={"docs/salaries.md": "---\ntitle: Salaries\n---\n\n# Salaries\n"},
)
def _check(context: Context) -> Iterator[Problem]:
    for path, file in sorted(context.docs_files.items()):
        match = _NEARLY.fullmatch(basename(path))
        if match and not path.endswith(PAGE_SUFFIX):
            message = f"Invalid page name: without `{PAGE_SUFFIX}`, the file is published without any checks"
            hint = f"Rename it to `{match['stem']}{PAGE_SUFFIX}`, or remove it"
            yield Problem(context.site.shown(file), Span(), message, hint)
