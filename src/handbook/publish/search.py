"""The search of a handbook: all pages that its audience can see, and the files for the browser."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from handbook.base.language import N_, _, speaking
from handbook.check.left_out import unpublished_by
from handbook.link.download import Download
from handbook.link.place import Place
from handbook.loaded.handbook import Handbook
from handbook.publish.assets import SEARCH_FOLDER
from handbook.publish.help import shown_help
from handbook.publish.pages import CHANGES_SUMMARY, NEW, shows_changes
from handbook.read.audiences import may_see
from handbook.read.pages import CHANGES_PAGE
from handbook.read.values import as_mapping
from handbook.render.repository import IssueForm
from handbook.render.signs import draw_symbols
from handbook.search.documents import (
    HELP,
    PAGE,
    Document,
    entry_documents,
    kind_document,
    owner_name,
    page_document,
)
from handbook.search.entry_text import fields_of
from handbook.search.index import Index, make_index
from handbook.search.parts import Contact, Report, index_files
from handbook.search.ranking import rank
from handbook.search.tokens import read_speech

SIGNS = "signs.svg"
"""The icons of the dialog."""
_ICONS = ("copy", "hash", "history", "key-round", "pencil", "play", "search", "send", "x")
_SIGNS = {f"sign-{name}": f"lucide/{name}" for name in _ICONS}
_SIGNS |= {"kind-page": "lucide/file-text", "kind-help": "lucide/circle-question-mark"}
_PAGES, _HELP = N_("Pages"), N_("How this handbook works")


def handbook_index(handbook: Handbook) -> Index:
    """Return the index of a handbook for its audience."""
    with speaking(handbook.language):
        hidden = handbook.catalogue.gate.hidden_kinds
        kinds = {
            name: (_(kind.title), _(kind.label), kind.icon)
            for name, kind in handbook.kinds.items()
            if name not in hidden
        }
        kinds |= {PAGE: (_(_PAGES), _(N_("Page")), ""), HELP: (_(_HELP), _(N_("Help")), "")}
        setting_of = unpublished_by(handbook.site)
        documents = (each for each in _documents(handbook) if not (setting_of and setting_of(each.page)))
        synonyms = [*_aliases(handbook), *handbook.context.settings.synonyms]
        return make_index(documents, kinds, read_speech(handbook.language.code), synonyms)


def _aliases(handbook: Handbook) -> Iterator[list[str]]:
    for entry in handbook.catalogue.all():
        if entry.data.get("aliases"):
            yield [entry.short_name, *map(str, entry.data["aliases"])]


def _documents(handbook: Handbook) -> Iterator[Document]:
    catalogue = handbook.catalogue
    entries = list(entry_documents(catalogue, _former_names(handbook)))
    yield from entries
    lists = {f"{kind.page}/index.md": kind for kind in catalogue.kinds.values()}
    shown = {document.page for document in entries}
    for page in handbook.pages.values():
        if page.path not in shown and as_mapping(page.meta.get("search")).get("exclude") is not True:
            # Links to what the audience can't see are left out, and so are their words.
            text = catalogue.gate.page(page.body, page.path)
            imprint = catalogue.imprints.get(page.path)
            owner = owner_name(imprint.data, imprint.kind, catalogue) if imprint else ""
            kind = lists.get(page.path)
            listed = fields_of(kind, handbook.audience) if kind else None
            yield page_document(page, text, PAGE, owner, listed)
    for path, kind in lists.items():
        if catalogue.entries(kind.name) and path not in handbook.pages:
            yield kind_document(kind, path, catalogue)
    written = {page.path for page in handbook.context.pages}
    if shows_changes(handbook) and CHANGES_PAGE not in written:
        yield Document(CHANGES_PAGE, PAGE, _(NEW), summary=_(CHANGES_SUMMARY))
    for page in shown_help(handbook):
        yield page_document(page, page.body, HELP)


def _former_names(handbook: Handbook) -> dict[str, list[str]]:
    """Return the names of removed entries by the page of the entry to use instead."""
    catalogue = handbook.catalogue
    found: dict[str, list[str]] = defaultdict(list)
    for gone in handbook.context.gone_pages.values():
        kind, entry_id = gone.instead or ("", "")
        entry = catalogue.entries(kind).get(entry_id) if kind in catalogue.kinds else None
        if entry is not None and may_see(handbook.audience, gone.audience):
            found[entry.page].append(handbook.language.with_words(gone.name))
    return found


def search_files(handbook: Handbook, issues: IssueForm | None = None) -> Iterator[Download]:
    """Yield the files of the search for the browser.

    Args:
        handbook: The handbook.
        issues: Where readers report what they didn't find.
    """
    index, report = handbook_index(handbook), Report(*issues) if issues else None
    with speaking(handbook.language):
        for file in index_files(index, urls(handbook), contact(handbook), report):
            yield Download(f"{SEARCH_FOLDER}/{file.path}", file.text)
    kinds = {f"kind-{name}": kind.icon for name, kind in index.kinds.items()}
    yield Download(f"{SEARCH_FOLDER}/{SIGNS}", draw_symbols(handbook.site, kinds | _SIGNS))


def urls(handbook: Handbook) -> Callable[[str], str]:
    """Return what gives the address of a page relative to the home page."""
    place = Place("index.md", handbook.site.directory_urls)
    return lambda page: place.url(page).removeprefix("./")


def contact(handbook: Handbook) -> Contact | None:
    """Return who to ask when the search finds nothing: the owner of the handbook."""
    catalogue, owner = handbook.catalogue, handbook.context.settings.owner
    kinds = [kind for kind in ("team", "role") if kind in catalogue.kinds]
    entry = catalogue.resolve(kinds, owner) if owner else None
    if entry is None or entry.is_hidden:
        return None
    return Contact(entry.name, urls(handbook)(entry.page), str(entry.data.get("channel") or ""))


def answer(handbook: Handbook, index: Index, text: str, limit: int) -> dict[str, Any]:
    """Return what the dialog shows for the words of a reader, with the fields of `query` in `search.js`."""
    found, url = rank(index, text), urls(handbook)

    def shown(positions: Iterable[int]) -> list[dict[str, Any]]:
        return [_shown(index.documents[position], url) for position in positions]

    return {
        "results": shown(found.results[:limit]),
        "near": shown(found.near),
        "unlisted": shown(found.unlisted),
        "intent": found.intent,
        "words": list(found.words),
        "unknown": list(found.unknown),
        "early": found.early,
        "total": len(found.results),
        "counts": Counter(index.documents[position].kind for position in found.results),
    }


def _shown(document: Document, url: Callable[[str], str]) -> dict[str, Any]:
    page, action = url(document.page), document.action
    word, meaning = document.state
    anchor = f"#{action.anchor}" if action and action.anchor else ""
    return {
        "page": page,
        "title": document.title,
        "kind": document.kind,
        "state": {"word": word, "meaning": meaning} if word else None,
        "owner": document.owner,
        "snippet": document.snippet,
        "action": action
        and {"name": action.name, "label": action.label, "page": f"{page}{anchor}", "text": action.text},
    }
