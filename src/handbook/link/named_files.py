"""Find the files of the docs folder that a text names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from posixpath import basename, join, normpath, splitext
from urllib.parse import unquote

from handbook.base.regex import regex

_START = regex(r"\A|[()<>\"'=,:|\[\]{}\s]")
"""What can be before an address. Most of it can also be a part of one."""
_ESCAPE = regex(r"\\{1,2}(?=[_()\[\]*~&#!.\-])")
"""What Markdown drops before punctuation. In the values of an entry, it is doubled."""
_LONGEST = 300
"""The longest folder of a file, in characters."""


def read_plainly(text: str) -> str:
    """Return a text as browsers read the addresses in it: without escapes, references and percent codes."""
    if "\\" in text:
        text = _ESCAPE.sub("", text)
    if "&" in text:
        from html import unescape  # noqa: PLC0415 - its table of names takes long to load

        text = unescape(text)
    return unquote(text) if "%" in text else text


def mentioned_names(paths: Iterable[str]) -> Callable[[str], set[str]]:
    """Return a function from a text to the names of files that are in it, whatever the folder.

    Args:
        paths: The paths of the files.
    """
    names = {basename(path) for path in paths}
    # There can be many names and many texts, but few suffixes, and few texts that have one.
    suffixes = {splitext(name)[1] or name for name in names}
    has_suffix = re.compile("|".join(map(re.escape, sorted(suffixes)))).search

    def mentioned(text: str) -> set[str]:
        plain = read_plainly(text)
        return {name for name in names if name in text or name in plain} if has_suffix(plain) else set()

    return mentioned


def names_file(path: str, text: str, folders: Iterable[str]) -> bool:
    """Return whether a text has the address of a file, as a link or an image does.

    Args:
        path: The path of the file.
        text: The text.
        folders: The folders that an address in the text can start at.
    """
    return any(
        address.endswith(f"/{path}") if address.startswith("/") else normpath(join(folder, address)) == path
        for address in set(_addresses(basename(path), read_plainly(text)))
        for folder in folders
    )


def _addresses(name: str, text: str) -> Iterator[str]:
    """Yield what can be the address of a file with a name, from each place where one can start."""
    for found in re.finditer(re.escape(name), text):
        before = text[max(0, found.start() - _LONGEST) : found.start()]
        yield from (before[start.end() :] + name for start in _START.finditer(before))
