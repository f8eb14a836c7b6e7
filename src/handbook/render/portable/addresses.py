"""The addresses of Markdown versions, and the links between them.

A text is written once and published in several folders. So its links start with a mark, which `placed`
replaces.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import quote, unquote

from handbook.base.markdown_links import written_links
from handbook.base.prose import prose

_PAGE = ".md"
_INDEXES = frozenset({"index", "README"})

ROOT = "\x02"
"""Stands for the folder of the site. No text has this character: YAML and pages with it are findings."""

_LINKED = re.compile(r"\]\(|\]:|<a\b|<img\b", re.IGNORECASE)
_OUTSIDE = re.compile(r"https?://|mailto:|/(?!/)|[?]|\x02", re.IGNORECASE)
_NOT_ALLOWED = re.compile(r"//|[^/?#]*:|[^\x00-\x1f]*[\x00-\x1f]")
_NOWHERE = "#"
_END = re.compile(r"[?#]")


def markdown_path(page: str, *, directory_urls: bool) -> str:
    """Return the path of the Markdown version of a page, in the site.

    Args:
        page: The path of the page in the docs folder.
        directory_urls: Whether `a/b.md` is published at `a/b/`. Its version is then the name of the folder
            with `.md`, for an index page as well.
    """
    folder, name = posixpath.split(page[: -len(_PAGE)])
    if name not in _INDEXES:
        return page
    return f"{folder}{_PAGE}" if folder and directory_urls else posixpath.join(folder, f"index{_PAGE}")


def rooted(path: str, *, directory_urls: bool) -> str:
    """Return the link to a page or file of the docs folder, with the mark of the site's folder."""
    target = markdown_path(path, directory_urls=directory_urls) if path.endswith(_PAGE) else path
    return f"{ROOT}{quote(target)}"


def rooted_target(target: str, folder: str, *, directory_urls: bool) -> str:
    """Return the target of a link in a text with the mark of the site's folder.

    Targets outside the site stay as they are, if pages may link to them; otherwise they lead nowhere.

    Args:
        target: The target, as written.
        folder: The folder of the docs folder that it starts from.
        directory_urls: The form of page addresses.
    """
    end = _END.search(target)
    path = unquote(target[: end.start()] if end else target)
    if not path or _OUTSIDE.match(path):
        return target
    if _NOT_ALLOWED.match(target):
        return _NOWHERE
    found = posixpath.normpath(posixpath.join(folder, path))
    # The headings of a page have no anchors in its Markdown version.
    return target if found.startswith("..") else rooted(found, directory_urls=directory_urls)


def relinked(text: str, target: Callable[[str], str]) -> str:
    """Return a Markdown text with other link targets.

    Args:
        text: The text. Code in it stays as it is.
        target: Returns the new target for one in the text.
    """
    if not _LINKED.search(text):
        return text
    parts, done = [], 0
    for link in written_links(prose(text)):
        parts += [text[done : link.start], target(link.target)]
        done = link.end
    return "".join([*parts, text[done:]])


def placed(text: str, path: str = "") -> str:
    """Return a text with its links as they are in a published file.

    Args:
        text: The text, with marks for the site's folder.
        path: The path of the file in the site.
    """
    return text.replace(ROOT, "../" * path.count("/"))
