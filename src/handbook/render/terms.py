"""Link glossary terms where a page first uses them, except terms with several meanings.

This works on the Markdown of a whole page, so that hand-written and generated pages, and both site engines,
have the same links. Code, headings, links, macros and tags are not changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from handbook.base.prose import prose
from handbook.base.text import escape
from handbook.link.catalogue import Catalogue, Entry
from handbook.link.place import Place

KIND = "term"

# What screen readers leave out would have links that only the keyboard finds.
_ELEMENT = re.compile(
    r"<((?:a|button|code|dt|h[1-6]|pre|script|style|summary|svg|th)\b"
    r"|[a-z]+\b(?=[^<>]*\saria-hidden=\"true\"))"
)
_LEFT_ALONE = (
    # Limits on unclosed parts keep the search linear. Tags after each other, most of a page, are one match.
    r"<[^<>]*>(?:\s*<[^<>]*>){0,1000}",
    r"\n(?:[ \t]*#{1,6} [^\n]*|[ ]{0,3}\[[^\[\]\n]{1,500}\]:[^\n]*)",
    r"!?\[[^\[\]\n]{0,500}\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,500}\])",
    r"h(?<=\bh)ttps?://\S{1,2000}",
    r":[a-z][a-z0-9-]{2,80}:",
    r"\{:[^{}\n]{0,500}\}",
    r"&\#?\w{1,10};",
)
_STARTS = r"<\n!\[h:{&"
"""Their first characters."""


class Terms:
    """Find the terms of a catalogue in pages.

    Attributes:
        catalogue: The entries, with or without terms.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @cached_property
    def _by_spelling(self) -> dict[str, Entry]:
        """The terms by each of their spellings, with a lowercase first letter if both are possible."""
        found: dict[str, Entry] = {}
        known = self.catalogue.entries(KIND).values() if KIND in self.catalogue.kinds else ()
        for term in known:
            # Only authors know which meaning they have in mind.
            if term.data.get("several_meanings") is True:
                continue
            for spelling in (term.short_name, *term.data.get("aliases", ())):
                found.setdefault(spelling, term)
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(self._by_spelling, key=lambda spelling: (-len(spelling), spelling))
        if not longest_first:
            return None
        by_first: dict[str, list[str]] = defaultdict(list)
        for spelling in longest_first:
            by_first[spelling[0].lower()].append(spelling)
        firsts = [_firsts(spellings) for spellings in by_first.values()]
        words = "|".join(
            f"[{first}](?:{'|'.join(map(_rest, spellings))})"
            for first, spellings in zip(firsts, by_first.values(), strict=True)
        )
        # Most positions are skipped, because nothing can begin there.
        first, skipped = "".join(firsts), "|".join(_LEFT_ALONE)
        term = rf"(?=[{first}])(?<![\w-])(?P<term>{words})(?![\w-])"
        return re.compile(rf"(?=[{_STARTS}{first}])(?:{skipped}|{term})")

    def link(self, markdown: str, place: Place) -> str:
        """Return the text of a page with each term linked at its first use.

        Args:
            markdown: The text, without front matter.
            place: The page.
        """
        if self._pattern is None:
            return markdown
        done = {term.id for term in self._by_spelling.values() if term.page == place.page}
        parts: list[str] = []
        end = 0
        # Every line begins with a line break.
        for match in self._pattern.finditer(f"\n{_without_elements(prose(markdown))}"):
            if match.lastgroup is None:
                continue
            term = self._term(match["term"])
            if term is not None and term.id not in done:
                done.add(term.id)
                parts += [markdown[end : match.start() - 1], _link(term, match["term"], place)]
                end = match.end() - 1
        return "".join([*parts, markdown[end:]])

    def _term(self, written: str) -> Entry | None:
        small = written[:1].lower() + written[1:]
        return self._by_spelling.get(written) or self._by_spelling.get(small)


def _without_elements(markdown: str) -> str:
    """Return the text with blanks for HTML elements without running text; the length is the same.

    Each ends where the first element of its name does.
    """
    parts: list[str] = []
    unclosed: set[str] = set()
    at = done = 0
    while opened := _ELEMENT.search(markdown, at):
        tag = opened[1]
        at = opened.end()
        end = -1 if tag in unclosed else markdown.find(f"</{tag}>", at)
        if end < 0:
            unclosed.add(tag)
            continue
        parts += [markdown[done : opened.start()], " " * (end - opened.start())]
        at = done = end
    return "".join([*parts, markdown[done:]])


def _firsts(spellings: Iterable[str]) -> str:
    """Return the characters that spellings can begin with, for a pattern."""
    return re.escape("".join({each for spelling in spellings for each in spelling[0] + spelling[0].upper()}))


def _rest(spelling: str) -> str:
    """Return a pattern for a spelling without its first character.

    That can be a capital at the beginning of a sentence, but not in a spelling that begins with one.
    """
    first, rest = spelling[0], re.escape(spelling[1:])
    has_capital = first.islower() and len(first.upper()) == 1
    return rest if has_capital else f"(?<={re.escape(first)}){rest}"


def _link(term: Entry, words: str, place: Place) -> str:
    meaning = str(term.data.get("summary", ""))
    address = escape(place.url(term.page))
    return f'<a class="hb-term" href="{address}" title="{escape(meaning)}">{escape(words)}</a>'
