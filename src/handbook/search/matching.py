"""What the words of a reader match: terms, with slips, synonyms and unfinished words, and content types.

`search_question.js` does the same in the browser.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import TypeAlias

from handbook.base.named_tuples import NamedTuple
from handbook.search.index import Index
from handbook.search.slips import slips
from handbook.search.tokens import split
from handbook.search.weights import whole_name

TOOL = "tool"
EXACT = 100
SYNONYM = 85
_JOINED, _APART, _TYPO, _LONGER, _OF_SLIP, _FAR_TYPO, _RELATED = 95, 85, 75, 60, 60, 55, 55
"""How well a term matches a word, in per cent."""
_MOST_LONGER, _MOST_TYPOS, _MOST_RELATED = 16, 6, 8
_LEAST_LONGER, _LEAST_SURE, _LEAST_RELATED = 2, 4, 5
_LEAST_SWAPPED, _LEAST_TYPO, _LEAST_TYPO_AMONG_OTHERS, _LEAST_FAR_TYPO, _LEAST_APART = 3, 4, 5, 9, 4
_LEAST_OTHER_START = 7
"""The least letters of a word for each kind of match."""
_SOFT = 25
"""How much a word of a phrase such as "who owns" counts, in per cent: it can match, but need not."""
_TWO, _LONGEST_PHRASE = 2, 4
_UNFINISHED = 15
"""What an unfinished word counts less than the part that is there, in per cent."""

Alternative: TypeAlias = tuple[tuple[int, ...], int]
"""What matches a word: the positions of terms that a document has to have, and how well."""


class Word(NamedTuple):
    """A word of a question.

    Attributes:
        alternatives: What matches it, best first.
        rarity: The rarity of what matches it best.
        pairs: The positions of the terms that it makes with the word before or after it.
        kinds: The content types that it names.
        share: How much it counts, in per cent.
    """

    alternatives: tuple[Alternative, ...]
    rarity: int
    pairs: tuple[int, ...]
    kinds: tuple[str, ...]
    share: int


class Question:
    """The words of a reader.

    Attributes:
        names: The positions of the terms of the whole names that it could be.
        parts: The positions of the terms of whole names of one or two words that it has.
        boosts: How much each content type counts for what the question is after, in per cent.
        intent: What it is after, such as `owner`; empty if it doesn't say.
        unknown: The words that no page has as they are.
        before: The words before an unfinished one; empty if a page has that as it is.
        says_nothing: Whether no word says yet what the question is about.
    """

    def __init__(self, index: Index, text: str) -> None:
        """Read a question.

        Args:
            index: The index.
            text: What the reader typed. Its last word is unfinished unless a space or another sign follows.
        """
        self._index = index
        self._speech = index.speech
        self._words = split(text)
        self._stems = [self._speech.stem(word) for word in self._words]
        self._soft = {number for number, word in enumerate(self._words) if word in self._speech.soft}
        self._dropped: set[int] = set()
        self._known: dict[int, tuple[Alternative, ...]] = {}
        self._unfinished = self._number_of_unfinished(text)
        self.before = self._words_before_unfinished()
        self.boosts: dict[str, int] = {}
        self.intent = ""
        self._slips = {number: found for number in range(len(self._words)) if (found := self._slip(number))}
        for number, found in self._slips.items():
            self._stems[number] = index.terms[found[0][0][0]]
        self._forms = self._speech.forms(self._words, self._stems)
        self._read_intents()
        self.names: tuple[int, ...] = ()
        self.parts: tuple[int, ...] = ()
        self.unknown: tuple[str, ...] = ()
        self.says_nothing = False
        self.words = tuple(self._read_words())

    @property
    def may_name_a_tool(self) -> bool:
        """Return whether an unknown word can be the name of a tool: it is all there is, or what to get."""
        return bool(self.unknown) and (TOOL in self.boosts or len(self.words) == 1)

    def _number_of_unfinished(self, text: str) -> int | None:
        """Return the number of the last word, if the reader can still be typing it."""
        if not self._words or not text[-1].isalnum():
            return None
        word, speech = self._words[-1], self._speech
        phrases = (phrase for intent in speech.intents for phrase in intent["phrases"])
        groups = (speech.stop, speech.soft, phrases, self._index.synonyms)
        known = {each for group in groups for phrase in group for each in phrase.split(" ")}
        begun, known = speech.begun(word), known - {word, self._stems[-1]}
        is_begun = not begun.isdisjoint(known) or any(each.startswith(word) for each in known)
        return len(self._words) - 1 if is_begun or any(True for _ in self._longer(word)) else None

    def _words_before_unfinished(self) -> str:
        if self._unfinished is None:
            return ""
        *before, last = self._words
        is_whole = len(last) >= _LEAST_SURE and self._place(self._stems[-1]) is not None
        return "" if is_whole else "".join(f"{word} " for word in before)

    def _read_intents(self) -> None:
        for intent in self._speech.intents:
            for phrase in intent["phrases"]:
                words = phrase.split(" ")
                for start in range(len(self._forms) - len(words) + 1):
                    if self._forms[start : start + len(words)] == words:
                        self.intent = self.intent or intent["name"]
                        for kind, boost in intent["kinds"].items():
                            self.boosts[kind] = max(self.boosts.get(kind, EXACT), boost)
                        # Any content type can have an owner: the words don't help to find it.
                        words_of_it = self._soft if intent["kinds"] else self._dropped
                        words_of_it |= set(range(start, start + len(words)))

    def _read_words(self) -> Iterator[Word]:
        """Yield the words that say something, or all if none does."""
        everything = range(len(self._words))
        saying = [n for n in everything if n not in self._dropped and not self._says_nothing(n)]
        self.says_nothing = all(n in self._soft or n == self._unfinished for n in saying)
        telling = saying or list(everything)
        named = self._index.kinds.items()
        kinds = [tuple(name for name, kind in named if stem in kind.stems) for stem in self._forms]
        if self._unfinished is not None and len(start := self._words[-1]) >= _LEAST_SURE:
            kinds[-1] = tuple(
                name for name, kind in named if any(stem.startswith(start) for stem in kind.stems)
            )
        is_clear = any(number not in self._soft and not kinds[number] for number in telling)
        matches = {number: self._matches(number) for number in telling}
        stems = [self._stems[number] for number in telling]
        hard = [number for number in telling if number not in self._soft]
        self.unknown = tuple(
            self._words[number]
            for number in saying
            if number not in self._soft
            if number in self._slips or not any(self._known_forms(number))
        )
        names = dict.fromkeys(
            self._place(whole_name(each)) for each in (stems, [self._stems[number] for number in hard])
        )
        self.names = tuple(place for place in names if place is not None)
        terms = self._index.terms
        split_up = (places for number in telling for places, _ in matches[number] if len(places) == _TWO)
        runs = [[stem] for stem in stems] + [list(pair) for pair in pairwise(stems)]
        runs += [[terms[place] for place in places] for places in split_up]
        parts = (self._place(whole_name(run)) for run in runs)
        self.parts = tuple(place for place in parts if place is not None)
        for at, number in enumerate(telling):
            share = _SOFT if number in self._soft and is_clear else EXACT
            starts = [start for start in (at - 1, at) if 0 <= start < len(stems) - 1]
            pairs = (self._place(f"{stems[start]} {stems[start + 1]}") for start in starts)
            alternatives = matches[number]
            best = max((quality for _, quality in alternatives), default=0)
            if number == self._unfinished and 0 < best <= _LONGER:
                # It counts as much as the part of it that is there.
                share = share * best // EXACT
                alternatives = tuple((places, EXACT * quality // best) for places, quality in alternatives)
            yield Word(
                alternatives,
                self._rarity(alternatives),
                tuple(place for place in pairs if place is not None),
                kinds[number],
                share,
            )

    def _says_nothing(self, number: int) -> bool:
        """Return whether a word says nothing of the subject, or is a slip for one that doesn't."""
        word = self._words[number]
        if word in self._speech.stop:
            return True
        if number == self._unfinished:
            return len(word) < _LEAST_LONGER or not self._matches(number)
        if self._matches(number):
            return False
        if number in self._soft or (word.isascii() and word.isdecimal()):
            return True
        if len(word) < _LEAST_SWAPPED:
            return False
        near = (each for each in self._speech.stop if abs(len(each) - len(word)) <= 1)
        return any(_is_similar(word, each) and slips(word, each, 1) <= 1 for each in near)

    def _rarity(self, alternatives: Sequence[Alternative]) -> int:
        """Return the rarity of what matches a word best: of several terms, of the most frequent one."""
        rarity = self._index.rarity
        best = max((quality for _, quality in alternatives), default=0)
        found = [max(rarity[term] for term in terms) for terms, quality in alternatives if quality == best]
        return min(found, default=self._index.unknown)

    def _matches(self, number: int) -> tuple[Alternative, ...]:
        if number not in self._known:
            self._known[number] = tuple(self._alternatives(number))
        return self._known[number]

    def _alternatives(self, number: int) -> Iterator[Alternative]:
        if number in self._slips:
            yield from self._slips[number]
            yield from ((places, _OF_SLIP) for places in self._synonyms(number))
        else:
            known = [*self._known_forms(number), *self._apart(self._words[number])]
            yield from known or self._related(self._stems[number])

    def _known_forms(self, number: int) -> Iterator[Alternative]:
        """Yield what matches a word that pages have as it is."""
        word = self._words[number]
        exact = self._place(self._stems[number])
        # "Kick" alone says less than what "kick off" means.
        phrases = list(self._synonyms(number, _TWO))
        if exact is not None:
            yield (exact,), SYNONYM if phrases else EXACT
        yield from (((place,), _JOINED) for place in self._joined(number))
        yield from ((places, EXACT) for places in phrases)
        yield from ((places, SYNONYM) for places in self._synonyms(number, 1, 1))
        if number == self._unfinished and len(word) >= _LEAST_LONGER:
            longer = islice(self._longer(word), _MOST_LONGER)
            yield from (((place,), self._quality(word, place)) for place in longer)

    def _slip(self, number: int) -> list[Alternative]:
        """Return the terms that an unknown word could be a slip for."""
        word = self._words[number]
        if word in self._speech.stop or number == self._unfinished:
            return []
        if any(self._known_forms(number)) or any(self._apart(word)):
            return []
        return self._similar(word, self._stems[number])

    def _apart(self, word: str) -> Iterator[Alternative]:
        """Yield the two terms that make a word, if a name has them so: `launchday` for "Launch day"."""
        for at in range(_LEAST_APART, len(word) - _LEAST_APART + 1):
            stems = [self._speech.stem(part) for part in (word[:at], word[at:])]
            first, second = map(self._place, stems)
            if first is not None and second is not None and self._place(" ".join(stems)) is not None:
                yield (first, second), _APART

    def _quality(self, word: str, place: int) -> int:
        """Return how well an unfinished word matches: among other words, by how much of it is there."""
        if len(self._words) == 1:
            return _LONGER
        there = EXACT * len(word) // len(self._index.terms[place])
        return max(1, min(_LONGER, there - _UNFINISHED))

    def _joined(self, number: int) -> Iterator[int]:
        """Yield the terms that the word makes as one with the word before or after it: `launch darkly`."""
        for start in (number - 1, number):
            if 0 <= start < len(self._words) - 1:
                place = self._place(self._speech.stem("".join(self._words[start : start + 2])))
                if place is not None:
                    yield place

    def _synonyms(
        self, number: int, least: int = 1, most: int = _LONGEST_PHRASE
    ) -> Iterator[tuple[int, ...]]:
        """Yield the terms of the phrases that mean the same as one with the word, of some number of words."""
        for length in range(least, most + 1):
            for start in range(max(0, number - length + 1), min(number, len(self._stems) - length) + 1):
                phrase = " ".join(self._stems[start : start + length])
                yield from self._index.synonyms.get(phrase, ())

    def _similar(self, word: str, stem: str) -> list[Alternative]:
        """Return the terms that the word could be a slip for: only the nearest."""
        # A short word is near many others. Among other words, it is rather one that no page has.
        least = _LEAST_TYPO if len(self._words) == 1 else _LEAST_TYPO_AMONG_OTHERS
        most = 2 if len(stem) >= _LEAST_FAR_TYPO else 1 if len(word) >= least else 0
        kinds = {each for kind in self._index.kinds.values() for each in kind.stems}
        for allowed, quality in ((1, _TYPO), (2, _FAR_TYPO))[:most]:
            found = [
                # Few slips are in the first letter.
                (term[0] != stem[0], term not in kinds, place)
                for place, term in enumerate(self._index.terms)
                if " " not in term and len(term) > allowed + 1 and self._is_near(word, stem, term, allowed)
            ]
            if found:
                return [((place,), quality) for *_, place in sorted(found)[:_MOST_TYPOS]]
        return []

    def _is_near(self, word: str, stem: str, term: str, allowed: int) -> bool:
        """Return whether a word could be a slip for a term or one of its forms: the ending can be wrong."""
        is_same_start = term[0] == word[0]
        if not is_same_start and (allowed > 1 or len(word) < _LEAST_OTHER_START):
            return False
        # With another letter, four letters are rather a name that no page has.
        if len(word) < _LEAST_TYPO_AMONG_OTHERS and not _is_similar(word, term) and len(term) <= len(word):
            return False
        for text in (stem, word):
            if abs(len(term) - len(text)) <= allowed and slips(text, term, allowed) <= allowed:
                return True
        if allowed > 1 or term[:2] != word[:2]:
            return False
        rules = ((ending, new) for ending, new, _ in self._speech.suffixes if term.endswith(new))
        forms = (term[: len(term) - len(new)] + ending for ending, new in rules)
        return any(abs(len(form) - len(word)) <= 1 and slips(word, form, 1) <= 1 for form in forms)

    def _related(self, stem: str) -> list[Alternative]:
        """Return the terms with the same beginning, such as `integration` for `integrated`."""
        # Less than two thirds are not the same word, but the same beginning of two names.
        for letters in range(len(stem) - 1, max(_LEAST_RELATED, (2 * len(stem) + 2) // 3) - 1, -1):
            found = list(islice(self._starting_with(stem[:letters]), _MOST_RELATED))
            if found:
                return [((place,), _RELATED) for place in found]
        return []

    def _longer(self, word: str) -> Iterator[int]:
        """Yield the terms that an unfinished word could become."""
        begun = {place for stem in self._speech.begun(word) if (place := self._place(stem)) is not None}
        yield from sorted(begun)
        others = {*begun, self._place(self._speech.stem(word))}
        yield from (place for place in self._starting_with(word) if place not in others)

    def _place(self, stem: str) -> int | None:
        terms = self._index.terms
        place = bisect_left(terms, stem)
        return place if place < len(terms) and terms[place] == stem else None

    def _starting_with(self, start: str) -> Iterator[int]:
        """Yield the positions of the terms with a beginning, without pairs."""
        terms = self._index.terms
        place = bisect_left(terms, start)
        while place < len(terms) and terms[place].startswith(start):
            if " " not in terms[place]:
                yield place
            place += 1


def _is_similar(word: str, other: str) -> bool:
    """Return whether a word is long enough to be a slip for another one, or has the same letters."""
    is_long = len(word) >= _LEAST_TYPO_AMONG_OTHERS and len(other) >= _LEAST_TYPO
    return is_long or sorted(word) == sorted(other)
