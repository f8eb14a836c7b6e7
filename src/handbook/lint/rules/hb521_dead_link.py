"""Document: a link that works only where the document was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from handbook.base.findings import Severity
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.prose import prose
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import shown
from handbook.lint.draft import Draft
from handbook.lint.manuscript import LINE_END
from handbook.lint.rules.examples import DOCUMENT, bad

_LINK = re.compile(
    r"(?:(?P<image>!?)\[[^\[\]\n]*\]\(\s*|^ {0,3}\[[^\[\]\n]+\]:\s*|(?=<file:))<?(?P<target>[^\s()<>]+)"
)
_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(?![0-9a-f])")
"""The ID of a page in Notion."""
_COMPUTER = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\|~/|/(?:Users|home|tmp|var|mnt|Volumes)/")
_WIKI = re.compile(r"/(?:wiki|display|pages|download|confluence)/|(?:\.\./)*attachments/\d")
_WEB = re.compile(r"https?://[^`\s()<>]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")


@rule(
    "HB521",
    "dead-link",
    Severity.WARNING,
    reason=(
        "Programs write links into an export that work only inside the program, or on the computer of the "
        "writer. Readers of the document end up nowhere."
    ),
    bad=bad(
        DOCUMENT.replace(
            "lost filters", "[lost filters](«Lost%20filters%200123456789abcdef0123456789abcdef.md»)"
        )
    ),
    good=bad(DOCUMENT.replace("lost filters", "[lost filters](https://example.com/lost-filters)")),
)
def _check(draft: Draft) -> Iterator[Problem]:
    if draft.template is None:
        return
    for number, line in enumerate(LINE_END.split(prose(draft.manuscript.body)), start=1):
        for match in _LINK.finditer(line):
            # In a copy, pictures have the names of files that are not there.
            dead = None if match["image"] and draft.is_copy else _dead(match["target"])
            if dead:
                span = Span(number, match.start("target") + 1, number, match.end("target") + 1)
                fix = draft.fix({span: dead.real}, is_safe=True) if dead.real else None
                yield draft.problem(span, dead.message, dead.hint, fix=fix)


class _Dead(NamedTuple):
    message: str
    hint: str
    real: str = ""


def _dead(target: str) -> _Dead | None:
    """Return what is wrong with the target of a link, if it works only where it was written."""
    name = shown(unquote(target))
    if _COMPUTER.match(target):
        hint = "Upload the file where readers can open it, and link to that"
        return _Dead(f"Link to a file on one computer: {name}", hint)
    if _SCHEME.match(target):
        return _dead_address(target)
    if "%20" in target or _ID.search(target) or _WIKI.match(target):
        return _Dead(f"Link to a part of an export: {name}", "Link to the page where readers can open it")
    return None


def _dead_address(target: str) -> _Dead | None:
    try:
        address = urlsplit(target)
    except ValueError:
        return None
    host = address.netloc.lower().removeprefix("www.")
    if host == "google.com" and address.path == "/url":
        query = parse_qs(address.query)
        real = next(iter(query.get("q") or query.get("url") or ()), "")
        real = real if _WEB.fullmatch(real) else ""
        hint = f"Use `{real}`" if real else "Link to the page itself"
        return _Dead("Link through a redirect of Google", hint, real)
    if host == "notion.so" and _ID.search(address.path):
        page = shown(address.path.strip("/"))
        hint = "Link to a page that all readers can open, or check that they are members"
        return _Dead(f"Link that works only for members of a Notion workspace: {page}", hint)
    return None
