"""The index: for each word, the pages that have it and how much it counts there.

All that can be calculated before a question is asked is in these numbers: where the word is, how rare it is
in a name, what readers look for, whether the page is still right. So the rest is short, and the same in the
browser (`search_ranking.js`) and in `ranking.py`.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, pairwise

from handbook.base.named_tuples import NamedTuple
from handbook.search.documents import HELP, PAGE, Document
from handbook.search.entry_text import NO_TEXTS
from handbook.search.tokens import Speech, Stems, read_speech, split
from handbook.search.weights import DocumentStems

_SCALE = 8
_MOST_PAGES = 2000
"""The most pages of a word, those first in which it counts most. It limits what a reader downloads."""
_UNKNOWN = 0.5
"""How many pages have a word that no page has, for its rarity."""


class KindInfo(NamedTuple):
    """A content type in the search.

    Attributes:
        title: The title of its group.
        label: The name of one entry.
        icon: Its icon, in Material's spelling.
        stems: The stems of both.
        first: The position of its first document.
        end: The position after its last document.
    """

    title: str
    label: str
    icon: str
    stems: tuple[str, ...]
    first: int
    end: int


class Postings:
    """The positions of the documents with a stem, and its weight in each, in pairs. There are very many."""

    __slots__ = ("_numbers",)

    def __init__(self, pairs: Iterable[tuple[int, int]] = ()) -> None:
        self._numbers = array("I", chain.from_iterable(pairs))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        numbers = iter(self._numbers)
        return zip(numbers, numbers, strict=True)

    def add(self, position: int, weight: int) -> None:
        """Add a document."""
        self._numbers.append(position)
        self._numbers.append(weight)

    def heaviest(self, most: int) -> Postings:
        """Return those in which the stem counts most, in their order."""
        if len(self._numbers) <= 2 * most:
            return self
        return Postings(sorted(sorted(self, key=lambda each: (-each[1], each[0]))[:most]))


class Index(NamedTuple):
    """An index.

    Attributes:
        documents: The documents, by content type.
        kinds: The content types, in the order of their documents.
        terms: The stems, sorted.
        rarity: For each stem, the logarithm of the pages for each page with it, in hundredths.
        postings: For each stem, the positions of the documents with it and its weight in each.
        unknown: The rarity of a word that no page has.
        synonyms: The positions of the stems of other phrases that mean the same, by the stems of a phrase
            with spaces.
        speech: The language.
    """

    documents: tuple[Document, ...]
    kinds: Mapping[str, KindInfo]
    terms: tuple[str, ...]
    rarity: tuple[int, ...]
    postings: tuple[Postings, ...]
    unknown: int
    synonyms: Mapping[str, Sequence[tuple[int, ...]]]
    speech: Speech


def make_index(
    documents: Iterable[Document],
    kinds: Mapping[str, tuple[str, str, str]],
    speech: Speech,
    synonyms: Iterable[Sequence[str]] = (),
) -> Index:
    """Return the index of some documents.

    Args:
        documents: The documents.
        kinds: The title, label and icon of each content type, in the order of the groups.
        speech: The language.
        synonyms: Groups of phrases with the same meaning, besides those of the language.
    """
    order = {name: number for number, name in enumerate(kinds)}
    read = [(replace(each, texts=NO_TEXTS), _read(each, speech.code)) for each in documents]
    read.sort(key=lambda each: (order[each[0].kind], -each[0].weight, each[0].page))
    pages = Counter(stem for _, stems in read for stem in stems.all())
    number = len(read)
    rarity = {term: _rarity(number, count) for term, count in pages.items()}
    average = sum(stems.length for _, stems in read) / (number or 1)
    ordered: list[Document] = []
    postings: dict[str, Postings] = defaultdict(Postings)
    read.reverse()
    while read:  # What is taken out of the list needs no more memory.
        document, stems = read.pop()
        for term, weight in stems.weights(rarity, average).items():
            postings[term].add(len(ordered), max(1, round(weight * _SCALE)))
        ordered.append(document)
    terms = sorted(postings)
    return Index(
        tuple(ordered),
        {name: _kind(name, said, ordered, speech) for name, said in kinds.items()},
        tuple(terms),
        tuple(rarity[term] for term in terms),
        tuple(postings[term].heaviest(_MOST_PAGES) for term in terms),
        _rarity(number, _UNKNOWN),
        _synonyms(speech.synonyms, synonyms, speech, {term: place for place, term in enumerate(terms)}),
        speech,
    )


@lru_cache(maxsize=1500)
def _read(document: Document, language: str) -> DocumentStems:
    """Read a document. While a site is served, most documents stay the same from one build to the next."""
    return DocumentStems(document, read_speech(language), _stems(language))


def forget_documents() -> None:
    """Let go of the documents that were read, because no other index of them follows."""
    _read.cache_clear()


@lru_cache
def _stems(language: str) -> Stems:
    return Stems(read_speech(language))


def _rarity(number: int, count: float) -> int:
    return round(100 * math.log(1 + number / count)) if number else 0


def _kind(name: str, said: tuple[str, str, str], ordered: Sequence[Document], speech: Speech) -> KindInfo:
    title, label, icon = said
    # "Page" and "help" name no content type that a reader could mean.
    texts = () if name in (PAGE, HELP) else (title, label)
    stems = {speech.stem(word) for text in texts for word in split(text)}
    positions = [position for position, document in enumerate(ordered) if document.kind == name]
    first, end = (positions[0], positions[-1] + 1) if positions else (0, 0)
    return KindInfo(title, label, icon, tuple(sorted(stems - speech.stop)), first, end)


def _synonyms(
    usual: Iterable[Sequence[str]], own: Iterable[Sequence[str]], speech: Speech, places: Mapping[str, int]
) -> dict[str, list[tuple[int, ...]]]:
    """Return what else to look for, by phrase.

    Args:
        usual: The groups of the language.
        own: Those of the handbook.
        speech: The language.
        places: The positions of the terms.
    """
    found: dict[str, list[tuple[int, ...]]] = {}
    for groups, is_own in ((usual, False), (own, True)):
        for group in groups:
            phrases = list(dict.fromkeys(tuple(stems_of(phrase, speech)) for phrase in group))
            # A page that has the words of a phrase somewhere is about something else, unless a name has them.
            known = [
                phrase
                for phrase in phrases
                if all(stem in places for stem in phrase) and (is_own or _has_pairs(phrase, places))
            ]
            for phrase in phrases:
                others = (tuple(places[stem] for stem in other) for other in known if other != phrase)
                found.setdefault(" ".join(phrase), []).extend(others)
    return {
        phrase: list(dict.fromkeys(others)) for phrase, others in sorted(found.items()) if phrase and others
    }


def _has_pairs(phrase: Sequence[str], terms: Container[str]) -> bool:
    return all(f"{one} {two}" in terms for one, two in pairwise(phrase))


def stems_of(text: str, speech: Speech) -> list[str]:
    """Return the stems of a text in their order, with the words that say nothing."""
    return [speech.stem(word) for word in split(text)]
