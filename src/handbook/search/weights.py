"""What the stems of a document count, by the places where they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product

from handbook.search.documents import Document
from handbook.search.tokens import Speech, Stems, chunks, parts, split

_NAME, _OTHER_NAME, _ID, _ACRONYM, _PAIR, _WHOLE = 12.0, 11.0, 6.0, 9.0, 5.0, 8.0
_SUMMARY, _HEADING, _BODY, _MENTION = 2.5, 1.5, 1.0, 0.5
_OF_ANY_WORD = 0.35
"""The part of the weight of a name that each of its words has. They share the rest by their rarity."""
_REPEATED, _MOST_REPEATED = 0.3, 2.2
"""What a word gains each time that a text repeats it, and the most that it counts."""
_MOST_COUNTED = 255
"""Far above the number of times that make a difference."""
_LONG, _SHORT, _DAMPING = 0.6, 1.3, 0.25
"""What a word counts in the longest and shortest texts, and how fast it grows between them."""
_LEAST_INITIALS, _MOST_INITIALS = 3, 6
_TWO = 2


class DocumentStems:
    """The stems of a document by their places.

    Attributes:
        length: The number of words of its body.
    """

    def __init__(self, document: Document, speech: Speech, stems: Stems) -> None:
        """Read a document.

        Args:
            document: The document.
            speech: The language.
            stems: Reads its texts.
        """
        self._life, self._weight = document.life, document.weight
        names = [
            (document.title, _NAME),
            *((name, _OTHER_NAME) for name in document.names),
            (document.id, _ID),
        ]
        self._names = [(found, weight) for name, weight in names if (found := _stems_of_name(name, speech))]
        joined = (parts(chunk) for name, _ in names for chunk in chunks(name))
        self._acronyms = {speech.stem("".join(words)) for words in joined if len(words) == _TWO}
        self._acronyms |= set(_initials((document.title, *document.names), speech))
        self._pairs = {f"{one} {two}" for found, _ in self._names for one, two in pairwise(found)}
        self._wholes = {whole_name(found) for found, weight in self._names if weight != _ID}
        texts = document.texts
        body = Counter(stems.of(texts.body))
        self.length = body.total()
        # As tuples, which need a third of the memory.
        self._body = tuple(body)
        self._counts = bytes(min(count, _MOST_COUNTED) for count in body.values())
        self._other = (
            (tuple(set(stems.of([document.summary]))), _SUMMARY),
            (tuple(set(stems.of(texts.headings))), _HEADING),
            (tuple(set(stems.of(texts.mentions))), _MENTION),
        )

    def all(self) -> set[str]:
        """Return all of them, with whole names and the pairs of their words."""
        named = {stem for found, _ in self._names for stem in found}
        other = (found for found, _ in self._other)
        return named.union(self._acronyms, self._pairs, self._wholes, self._body, *other)

    def weights(self, rarity: Mapping[str, int], average: float) -> dict[str, float]:
        """Return the weight of each stem in the document.

        Args:
            rarity: The rarity of each stem.
            average: The average number of words of a body.
        """
        life = self._life
        found: dict[str, float] = defaultdict(float)
        short = min(_SHORT, max(_LONG, (average / (self.length or 1)) ** _DAMPING))
        for stem, count in zip(self._body, self._counts, strict=True):
            found[stem] += life * _BODY * short * min(1 + _REPEATED * (count - 1), _MOST_REPEATED)
        for stems, weight in self._other:
            for stem in stems:
                found[stem] += life * weight
        for stem, weight in self._named(rarity).items():
            found[stem] += weight
        return {stem: weight * self._weight for stem, weight in found.items()}

    def _named(self, rarity: Mapping[str, int]) -> dict[str, float]:
        """Return what each stem of a name counts: the most, if several names have it."""
        life = self._life
        found = dict.fromkeys(self._acronyms, _ACRONYM * life) | dict.fromkeys(self._pairs, _PAIR * life)
        found |= dict.fromkeys(self._wholes, _WHOLE)
        for stems, weight in self._names:
            whole = sum(rarity[stem] for stem in stems) or 1
            # With the whole name of what is no longer in use, a reader means just that.
            left = weight * life if len(stems) > 1 else weight
            for stem in stems:
                share = left * (_OF_ANY_WORD + (1 - _OF_ANY_WORD) * rarity[stem] / whole)
                found[stem] = max(found.get(stem, 0), share)
        return found


def whole_name(stems: Sequence[str]) -> str:
    """Return the term of a whole name. No other term starts with a space."""
    return f" {' '.join(stems)}"


def _stems_of_name(name: str, speech: Speech) -> list[str]:
    """Return the stems of a name that say something, or all if none does."""
    words = split(name)
    telling = [word for word in words if word not in speech.stop]
    return list(dict.fromkeys(map(speech.stem, telling or words)))


def _initials(names: Sequence[str], speech: Speech) -> Iterator[str]:
    """Yield the initials of names. Those of words that say nothing can be left out, as in "VoC"."""
    for name in names:
        words = split(name)
        if len(words) <= _MOST_INITIALS:
            letters = (("", word[0]) if word in speech.stop else (word[0],) for word in words)
            yield from (found for each in product(*letters) if len(found := "".join(each)) >= _LEAST_INITIALS)
