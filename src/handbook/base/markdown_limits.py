"""Find texts that Markdown engines can't render in reasonable time. They are far beyond what people write.

Python-Markdown goes one call deeper for every level of nesting, and looks for the end of an open bracket up
to the end of its paragraph. So a short text can fail with a Python error or take hours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex

MOST_CHARACTERS = 1_000_000
"""The maximum number of characters of a page: about two hundred thousand words."""
_DEEPEST = 20
_MOST_MARKS = 1_000
"""The maximum number of marks in a paragraph. A thousand can take half a second, ten thousand a minute."""
_MOST_WORK = 4 * _MOST_MARKS**2
"""The maximum sum of the squared marks of all paragraphs of a page."""
_LONGEST = 100_000
_MOST_FILLED = 50_000
"""The maximum number of missing cells that Markdown adds to the rows of a table."""
_MOST_OPEN_TAGS = 300
_DEEPEST_TAGS = 100
_BLOCK_WEIGHT = 10
"""The weight of a line that starts a block in the middle of a paragraph."""

_PREFIX = regex(r"(?:[ \t]*+(?:>|(?:[-*+]|\d{1,9}+\.|:)(?=[ \t])|!!!|\?\?\?|===))*+")
_PREFIX_MARK = regex(r">|[-*+:]|\d+\.|!!!|\?\?\?|===")
_ITEM = regex(r"[ \t>]*+(?:[-*+]|\d{1,9}+\.)[ \t]")
_BLOCK = regex(r"[ \t>]*+(?:!!!|\?\?\?|===|:[ \t])")
_BLOCK_STARTS = ("!!!", "???", "===", ": ", ":\t")
"""What every line that matches `_BLOCK` contains."""
_MAYBE_DEEP = regex(rf"^[ \t>*+:\d.!?=-]{{{_DEEPEST + 1}}}", re.MULTILINE)
"""The start of a line that can be too deep: every level takes a character."""
_MARK = regex(r"\[|[*_]+|&|\\")
_MARK_SIGNS = "[*_&\\"
_TABLE_RULE = regex(r"(?=[^|\n]*\|)(?=[^-\n]*-)[|:\- \t>]+")
_FENCED = regex(
    r"^(?P<indent>[ \t]*)(?P<fence>```+|~~~+)[ \t]*[\w+#.-]*[ \t]*\n"
    r"(?P<code>.*?)^(?P=indent)(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_OPEN_TAG = regex(r"<(?=[A-Za-z/!?])[^<>]*+(?=<|\Z)")
_TAG = regex(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*+)(?P<rest>[^<>]*+)>")
_MARKDOWN = regex(r"\bmarkdown\b", re.IGNORECASE)


class Excess(NamedTuple):
    """A place at which a text exceeds a limit.

    Attributes:
        line: Its line, counted from 1.
        message: The problem.
        hint: The fix.
    """

    line: int
    message: str
    hint: str


def find_excess(text: str, first_line: int = 1) -> Iterator[Excess]:
    """Yield the reasons why Markdown can't render a text in reasonable time, each once.

    Args:
        text: The text of a page, without front matter.
        first_line: The line of the file at which the text starts.
    """
    if len(text) > MOST_CHARACTERS:
        message = f"The page has {len(text):,} characters, maximum {MOST_CHARACTERS:,}"
        yield Excess(first_line, message, "Split the page into several pages")
        return
    for find in (_find_depth, _find_crowd, _find_wide_table, _find_tags):
        excess = find(text)
        if excess:
            yield excess._replace(line=excess.line + first_line - 1)


def _find_depth(text: str) -> Excess | None:
    """Return the first line with too many levels of lists, quotes and indented blocks."""
    if not _MAYBE_DEEP.search(text):
        return None
    for number, line in enumerate(text.split("\n"), 1):
        prefix = _PREFIX.match(line)
        if not prefix or not prefix[0]:
            continue
        indent = len(line) - len(line.lstrip(" \t"))
        depth = len(line[:indent].expandtabs(4)) // 4 + len(_PREFIX_MARK.findall(prefix[0]))
        if depth > _DEEPEST:
            message = f"This line is nested {depth} levels deep, maximum {_DEEPEST}"
            return Excess(number, message, "Use fewer levels, or split the page")
    return None


def _find_crowd(text: str) -> Excess | None:
    """Return the first paragraph with too many marks, or with which the page has too many."""
    # Few pages have as many marks as one paragraph can have.
    most = sum(map(text.count, _MARK_SIGNS)) + _BLOCK_WEIGHT * sum(map(text.count, _BLOCK_STARTS))
    if most <= _MOST_MARKS and len(text) <= _LONGEST:
        return None
    work = 0
    for line, paragraph in _paragraphs(text):
        marks = len(_MARK.findall(paragraph))
        marks += _BLOCK_WEIGHT * sum(1 for each in paragraph.split("\n") if _BLOCK.match(each))
        work += marks**2
        if marks > _MOST_MARKS or len(paragraph) > _LONGEST:
            message = (
                f"This paragraph is too long for Markdown: {len(paragraph):,} characters, {marks:,} marks"
            )
            return Excess(line, message, "Add blank lines, or remove the marks such as `[`, `*` and `:`")
        if work > _MOST_WORK:
            return Excess(line, "Too many long paragraphs on the page", "Split the page into several pages")
    return None


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the pieces that Markdown processes as a whole, such as rows and items, each with its line."""
    code = set[int]()
    for fenced in _FENCED.finditer(text):
        first = text.count("\n", 0, fenced.start("code")) + 1
        code.update(range(first, first + fenced["code"].count("\n")))
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].strip(" \t>"):
            end += 1
        is_table = end - start > 1 and bool(_TABLE_RULE.fullmatch(lines[start + 1]))
        is_list = bool(_ITEM.match(lines[start]))
        first = start
        for number in range(start + 1, end + 1):
            if number == end or is_table or number + 1 in code or (is_list and _ITEM.match(lines[number])):
                yield first + 1, "\n".join(lines[first:number])
                first = number
        start = end + 1


def _find_wide_table(text: str) -> Excess | None:
    if "|" not in text:
        return None
    lines = text.split("\n")
    filled = columns = 0
    for number, line in enumerate(lines, 1):
        if not line.strip(" \t>"):
            columns = 0
        elif not columns and number > 1 and "|" in line and "-" in line and _TABLE_RULE.fullmatch(line):
            columns = line.count("|")
        filled += max(columns - line.count("|"), 0)
        if filled > _MOST_FILLED:
            return Excess(
                number,
                "Too many missing cells in the rows of this table",
                "Add the cells, or split the table",
            )
    return None


def _find_tags(text: str) -> Excess | None:
    """Return the first tag beyond the limit of unclosed tags, or of nested tags with Markdown in them."""
    for count, tag in enumerate(_OPEN_TAG.finditer(text), 1):
        if count > _MOST_OPEN_TAGS:
            line = text.count("\n", 0, tag.start()) + 1
            message = f"The page has more than {_MOST_OPEN_TAGS} unclosed tags"
            return Excess(line, message, "Use `&lt;` for the character `<`, or close the tags with `>`")
    if "markdown" not in text.casefold():
        return None
    names = {tag["name"].lower() for tag in _TAG.finditer(text) if _MARKDOWN.search(tag["rest"])}
    open_tags = Counter[str]()
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name in names and not tag["rest"].endswith("/"):
            open_tags[name] = max(open_tags[name] + (-1 if tag["end"] else 1), 0)
            if open_tags[name] > _DEEPEST_TAGS:
                line = text.count("\n", 0, tag.start()) + 1
                message = f"More than {_DEEPEST_TAGS} nested `<{name}>` tags"
                return Excess(line, message, "Use fewer levels, or close the tags")
    return None
