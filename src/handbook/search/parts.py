"""The index as files for the browser, which reads only what a question needs of a large one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.link.download import Download
from handbook.search.documents import ACTIONS, Document
from handbook.search.index import Index
from handbook.search.ranking import unlisted_pages

MANIFEST = "index.json"
_TERMS_PART, _PAGES_PART = 32_000, 16_000
"""About how many characters a file of a large index has."""
_WHOLE = 400_000
"""The most characters of an index that is one file: it takes one trip to the host instead of three."""
_LINE = ",\n"
_ACTIONS = 2
"""The most actions of one name that a reader sees before a question."""


class Contact(NamedTuple):
    """Who to ask when the search finds nothing.

    Attributes:
        name: The owner of the handbook.
        page: Its address, relative to the home page.
        channel: Its channel; empty without one.
    """

    name: str
    page: str
    channel: str


class Report(NamedTuple):
    """The form of a host for a new issue.

    Attributes:
        address: Its URL.
        title: The query parameter of the title.
        body: The query parameter of the text.
    """

    address: str
    title: str
    body: str


def index_files(
    index: Index, url: Callable[[str], str], ask: Contact | None, report: Report | None = None
) -> Iterator[Download]:
    """Yield the files of an index, one if it is small. All names but the first change with their contents.

    Args:
        index: The index.
        url: Returns the address of a page, relative to the home page.
        ask: Who to ask when the search finds nothing.
        report: Where to report what it didn't find.
    """
    terms = list(map(_compact, map(_postings, index.rarity, index.postings)))
    pages = [_compact(_page(document, url)) for document in index.documents]
    is_whole = sum(map(len, chain(terms, pages))) <= _WHOLE
    term_parts = [terms] if is_whole else list(_cut(terms, _TERMS_PART))
    page_parts = [pages] if is_whole else list(_cut(pages, _PAGES_PART))
    speech = index.speech
    manifest = {
        "version": 1,
        "kinds": {name: kind._asdict() for name, kind in index.kinds.items()},
        "ask": ask and ask._asdict(),
        "report": report and report._asdict(),
        "actions": [_action(document, url) for document in first_actions(index.documents)],
        "unknown": index.unknown,
        "speech": {
            "stop": sorted(speech.stop),
            "soft": sorted(speech.soft),
            "suffixes": speech.suffixes,
            "intents": speech.intents,
        },
        "unlisted": unlisted_pages(index),
        "synonyms": index.synonyms,
        "terms": "\n".join(index.terms),
        "termParts": _starts(term_parts),
        "pageParts": _starts(page_parts),
    }
    first = _compact(manifest)
    if is_whole:
        members = ",".join(f'"{name}":{part}' for name, part in _texts(term_parts, page_parts))
        yield Download(MANIFEST, f"{_with(first, 'parts', f'{{{members}}}')}\n")
        return
    digest = blake2b(first.encode(), digest_size=6)
    for _, part in _texts(term_parts, page_parts):
        digest.update(part.encode())
    folder = digest.hexdigest()
    yield Download(MANIFEST, f"{_with(first, 'folder', _compact(folder))}\n")
    for name, part in _texts(term_parts, page_parts):
        yield Download(f"{folder}/{name}.json", f"{part}\n")


def _texts(
    term_parts: Iterable[Sequence[str]], page_parts: Iterable[Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each part. All texts at once can be too large for the memory."""
    for name, parts in (("terms", term_parts), ("pages", page_parts)):
        for number, part in enumerate(parts):
            yield f"{name}-{number}", f"[{_LINE.join(part)}]"


def _with(text: str, name: str, value: str) -> str:
    """Return the JSON text of an object with one more member, whose value is JSON, too."""
    return f'{text[:-1]},"{name}":{value}}}'


def _postings(rarity: int, postings: Iterable[tuple[int, int]]) -> list[int]:
    """Return all of a term as one list: its rarity, then steps between documents, each with a weight."""
    numbers = [rarity]
    before = 0
    for position, weight in postings:
        numbers += [position - before, weight]
        before = position
    return numbers


def _page(document: Document, url: Callable[[str], str]) -> list[Any]:
    action = list(document.action) if document.action else []
    values = [url(document.page), document.title, document.snippet, document.owner, *document.state, action]
    while values and not values[-1]:
        values.pop()
    return values


def first_actions(documents: Iterable[Document]) -> list[Document]:
    """Return the documents with the actions that most readers look for, some of each action."""
    found: dict[str, list[Document]] = {name: [] for name in ACTIONS}
    for document in documents:
        if document.action and document.life == 1:
            found[document.action.name].append(document)
    return [
        document
        for each in found.values()
        for document in sorted(each, key=lambda document: (-document.weight, document.page))[:_ACTIONS]
    ]


def _action(document: Document, url: Callable[[str], str]) -> list[str]:
    return [url(document.page), document.kind, *(document.action or ())]


def _cut(texts: Iterable[str], most: int) -> Iterator[list[str]]:
    part: list[str] = []
    size = 0
    for text in texts:
        if part and size + len(text) > most:
            yield part
            part, size = [], 0
        part.append(text)
        size += len(text)
    if part:
        yield part


def _starts(parts: Iterable[Sequence[str]]) -> list[int]:
    """Return the position of the first item of each part, and the number of items."""
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    return starts


def _compact(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace").decode()
