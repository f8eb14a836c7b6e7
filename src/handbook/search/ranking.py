"""Rank the pages of an index for the words of a reader. `search_ranking.js` does the same in the browser.

Both use whole numbers until the last step, and break ties by the order of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handbook.base.named_tuples import NamedTuple
from handbook.search.index import Index
from handbook.search.matching import EXACT, SYNONYM, TOOL, Question, Word

_OF_KIND = 40
"""The weight of the name of a content type in its entries."""
_NAMED = 130
"""How much entries count whose content type the question names among other words, in per cent."""
_MENTIONED = 45
"""How well a page matches a word that it only mentions, in per cent. Its weight is added."""
_ENOUGH, _SOME, _NEAR = 0.51, 0.25, 0.15
"""The part of several words that a page has to match to answer, to be shown below that, or to come near."""
_MOST_NEAR = 3
_WHOLE = 0.8
"""The part of the question for a tool that isn't listed that a page has to match to answer it."""
_MOST_UNLISTED = 2


class Found(NamedTuple):
    """What a question finds.

    Attributes:
        results: The positions of the documents, best first.
        near: If there are none, those of the documents that come nearest.
        intent: What the question is after, such as `owner`; empty if it doesn't say.
        words: The stems that were found.
        unknown: The words of the question that no page has as they are.
        early: Whether nothing is found because no word says yet what the question is about.
        unlisted: If one of those could be the name of a tool that isn't listed, the positions of the
            documents that say how to get one. They come instead of those that come nearest.
    """

    results: tuple[int, ...] = ()
    near: tuple[int, ...] = ()
    intent: str = ""
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    early: bool = False
    unlisted: tuple[int, ...] = ()


class _Scored(NamedTuple):
    """A document that a question finds.

    Attributes:
        position: Its position.
        part: The part of the question that it matches.
    """

    position: int
    part: float


def rank(index: Index, text: str) -> Found:
    """Return the pages for the words of a reader.

    Args:
        index: The index.
        text: What the reader typed. Its last word is unfinished unless a space or another sign follows.
    """
    question = Question(index, text)
    words = question.words
    if not words:
        return Found()
    scored = _ordered(index, question)
    # Below a page that answers the question, others can have less of it.
    is_any = len(words) == 1 and any(quality != SYNONYM for _, quality in words[0].alternatives)
    enough, some = (0.0, 0.0) if is_any else (_ENOUGH, _SOME)
    # With the name of a tool among words that no page has, a reader means just that.
    names_a_tool = any(
        index.documents[position].kind == TOOL
        for term in question.parts
        for position, _ in index.postings[term]
    )
    is_answered = names_a_tool or any(part >= enough for _, part in scored)
    results = tuple(position for position, part in scored if is_answered and part >= some)
    if not results and question.before:
        before = rank(index, question.before)
        # If they are slips, the word that doesn't fit says that they mean something else.
        if before.results and not before.unknown:
            return before
    early = not results and question.says_nothing
    unlisted = unlisted_pages(index) if question.may_name_a_tool and not early else ()
    is_far = bool(results or unlisted) or len(words) == 1
    near = () if is_far else tuple(position for position, part in scored if part >= _NEAR)[:_MOST_NEAR]
    terms = {term for word in words for alternative, _ in word.alternatives for term in alternative}
    stems = tuple(index.terms[term] for term in sorted(terms))
    return Found(results, near, question.intent, stems, question.unknown, early, unlisted)


def unlisted_pages(index: Index) -> tuple[int, ...]:
    """Return the positions of the documents that say how to get a tool that isn't listed."""
    scored = (each for text in index.speech.unlisted for each in _ordered(index, Question(index, text)))
    found = (
        position
        for position, part in scored
        if part >= _WHOLE and index.documents[position].kind in ("process", "question")
    )
    return tuple(dict.fromkeys(found))[:_MOST_UNLISTED]


def _ordered(index: Index, question: Question) -> list[_Scored]:
    """Return the documents that a question finds, best first."""
    words = question.words
    tally = _Tally(index, is_only_kinds=all(word.kinds for word in words))
    # An entry gains from the name of its content type only if another word finds it.
    for word in sorted(words, key=lambda each: bool(each.kinds)):
        tally.add(word)
    for term in question.names:
        tally.add_name(term, question.boosts)
    named = dict.fromkeys((name for word in words for name in word.kinds), _NAMED)
    boosts = {name: max(named.get(name, EXACT), boost) for name, boost in (named | question.boosts).items()}
    ordered = sorted(tally.scores(boosts), key=lambda each: (-each[0], each[1]))
    return [_Scored(position, part) for _, position, part in ordered]


class _Tally:
    """Adds up what the words of a question find.

    Args:
        index: The index.
        is_only_kinds: Whether all words name content types, so that all their entries are found.
    """

    def __init__(self, index: Index, *, is_only_kinds: bool) -> None:
        self._index = index
        self._is_only_kinds = is_only_kinds
        self._scores: dict[int, int] = {}
        self._matched: dict[int, int] = {}
        self._whole = 0

    def add(self, word: Word) -> None:
        """Add the documents that a word finds."""
        found = self._matches(word)
        self._add_entries(word, found)
        for pair in word.pairs:
            for position, weight in self._index.postings[pair]:
                if position in found:
                    score, quality = found[position]
                    found[position] = score + EXACT * word.rarity * weight, quality
        self._whole += word.rarity * word.share
        for position, (score, quality) in found.items():
            self._scores[position] = self._scores.get(position, 0) + score * word.share
            matched = self._matched.get(position, 0)
            self._matched[position] = matched + word.rarity * quality * word.share

    def add_name(self, term: int, boosts: Mapping[str, int]) -> None:
        """Add to the documents with a whole name, if they are what the question is after."""
        for position, weight in self._index.postings[term]:
            is_meant = not boosts or self._index.documents[position].kind in boosts
            if position in self._scores and is_meant:
                self._scores[position] += EXACT * self._whole * weight

    def _matches(self, word: Word) -> dict[int, tuple[int, int]]:
        """Return the score of each document with a word, and how well it matches."""
        found: dict[int, tuple[int, int]] = {}
        for terms, quality in word.alternatives:
            for position, weight in _common(self._index, terms):
                score, best = found.get(position, (0, 0))
                strength = quality * min(EXACT, _MENTIONED + weight)
                found[position] = max(score, quality * word.rarity * weight), max(best, strength)
        return found

    def _add_entries(self, word: Word, found: dict[int, tuple[int, int]]) -> None:
        """Add the entries of the content types that a word names."""
        for name in word.kinds:
            kind = self._index.kinds[name]
            known = range(kind.first, kind.end) if self._is_only_kinds else list(self._scores)
            for position in known:
                if kind.first <= position < kind.end:
                    score = found.get(position, (0, 0))[0]
                    found[position] = score + EXACT * word.rarity * _OF_KIND, EXACT * EXACT

    def scores(self, boosts: Mapping[str, int]) -> Iterator[tuple[float, int, float]]:
        """Yield the score of each document, its position, and the part of the question that it matches."""
        for position, score in self._scores.items():
            part = self._matched[position] / (EXACT * EXACT * self._whole)
            boost = boosts.get(self._index.documents[position].kind, EXACT)
            yield score * part * part * boost, position, part


def _common(index: Index, terms: tuple[int, ...]) -> Iterable[tuple[int, int]]:
    """Return the documents with all of some terms, and their average weight."""
    first = index.postings[terms[0]]
    if len(terms) == 1:
        return first
    others = [dict(index.postings[term]) for term in terms[1:]]
    return [
        (position, (weight + sum(other[position] for other in others)) // len(terms))
        for position, weight in first
        if all(position in other for other in others)
    ]
