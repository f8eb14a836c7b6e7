"""The terms of the glossary, by first letter."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from handbook.kinds.any.basis import Basis
from handbook.kinds.any.figure import figure
from handbook.link.catalogue import Entry

_OTHERS = "0 to 9"


@figure({"term": ("summary", "aliases", "not_to_be_confused_with")})
def glossary(basis: Basis) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Show every term with its definition, by first letter."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for term in sorted(basis.entries("term"), key=_in_dictionary):
        first = _in_dictionary(term)[0][:1].upper()
        groups[first if first.isalpha() else _OTHERS].append(term)
    return tuple((letter, tuple(terms)) for letter, terms in groups.items())


def _in_dictionary(term: Entry) -> tuple[str, str]:
    """Return the sort key of a term. Accents and capitals make no difference."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", term.name) if not unicodedata.combining(char)
    )
    return plain.casefold(), term.id
