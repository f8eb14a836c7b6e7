"""What the search knows of each page, from the values of entries and the text of pages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbook.base.language import _, current
from handbook.base.named_tuples import NamedTuple
from handbook.base.prose import prose
from handbook.base.text import words
from handbook.link.catalogue import Catalogue, Entry
from handbook.read.life import has_ended, is_gone, is_record
from handbook.read.pages import Page
from handbook.read.schemas.kinds import Kind
from handbook.read.values import as_mapping, is_example, owner_ids, state_of
from handbook.search.entry_text import NO_TEXTS, Texts, fields_of, texts_of
from handbook.search.tokens import plain, readable

PAGE = "page"
"""The content type of a hand-written page, in the search."""
HELP = "help"
"""The same for a page about how to change the handbook."""

_SNIPPET = 160
_USUAL = 1.0
_OF_KIND = {
    "template": 1.27,
    "process": 1.25,
    "tool": 1.2,
    "checklist": 1.15,
    "metric": 1.15,
    "dashboard": 1.05,
    "onboarding": 1.1,
    "team": 1.1,
    "experiment": 0.9,
    "feedback_source": 0.9,
    "theme": 0.85,
    "study": 0.85,
    "flag": 0.9,
    "term": 0.9,
    "pain_point": 0.8,
    "phase": 0.85,
    "survey": 0.75,
    PAGE: 1.1,
    HELP: 0.6,
}
"""How likely readers look for a content type. Those of a company count as usual."""
_LIST = 1.3
"""The same for the page that lists a content type."""
_GONE, _ENDING, _RECORD, _EXAMPLE = 0.3, 0.55, 0.85, 0.4
_MOST_FOR_USE = 1.5

_HEADING = re.compile(r"^#{1,6}[ \t]+(.*)$", re.MULTILINE)


ACTIONS = ("access", "copy", "start")
"""The names of what a reader can do with an answer at once."""


class Action(NamedTuple):
    """What a reader can do with the answer at once.

    Attributes:
        name: One of `ACTIONS`.
        label: Its label.
        anchor: The place of the page where it is done.
        text: A message to copy; empty without one.
    """

    name: str
    label: str
    anchor: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A page, as the search knows it.

    Attributes:
        page: Its path in the docs folder.
        kind: The name of its content type, `page` or `help`.
        title: Its title.
        id: Its ID, or the address of a page.
        names: What else it is called: short name, aliases, names of removed entries that it replaces.
        summary: A sentence.
        texts: Its texts by their importance.
        state: The word for its state and the built-in state that this means; empty without one.
        owner: The name of its owner; empty without one.
        weight: How likely it is what a reader looks for.
        life: What is left of that at the end of its life.
        action: What a reader can do with it at once.
    """

    page: str
    kind: str
    title: str
    id: str = ""
    names: tuple[str, ...] = ()
    summary: str = ""
    texts: Texts = NO_TEXTS
    state: tuple[str, str] = ("", "")
    owner: str = ""
    weight: float = _USUAL
    life: float = _USUAL
    action: Action | None = None

    @property
    def snippet(self) -> str:
        """Return the summary, cut between words if it is long."""
        text = " ".join(self.summary.split())
        return text if len(text) <= _SNIPPET else f"{text[: _SNIPPET - 1].rsplit(' ', 1)[0]}…"


def entry_documents(catalogue: Catalogue, former: Mapping[str, Iterable[str]]) -> Iterator[Document]:
    """Yield the documents of all entries that the audience can see.

    Args:
        catalogue: The entries.
        former: The names of removed entries by the page of the entry to use instead.
    """
    for entry in catalogue.all():
        yield _entry_document(entry, catalogue, tuple(former.get(entry.page, ())))


def _entry_document(entry: Entry, catalogue: Catalogue, former: tuple[str, ...]) -> Document:
    data = entry.data
    brief = data.get("short_name")
    names = [*([brief] if brief else ()), *data.get("aliases", ()), *former]
    status = data.get("status")
    return Document(
        entry.page,
        entry.kind.name,
        entry.name,
        entry.id,
        tuple(map(str, names)),
        str(data.get("summary") or readable(str(data.get("answer") or ""))),
        texts_of(entry, catalogue),
        (str(words(status)), state_of(data)) if isinstance(status, str) else ("", ""),
        owner_name(data, entry.kind, catalogue),
        _weight(entry, catalogue),
        _life(data),
        _action(entry),
    )


def _weight(entry: Entry, catalogue: Catalogue) -> float:
    used = min(1 + 0.06 * math.log2(1 + len(catalogue.uses(entry))), _MOST_FOR_USE)
    example = _EXAMPLE if is_example(entry.data) else _USUAL
    return _OF_KIND.get(entry.kind.name, _USUAL) * used * example


def _life(data: Mapping[str, Any]) -> float:
    if is_gone(data):
        return _GONE
    return _ENDING if has_ended(data) else _RECORD if is_record(data) else _USUAL


def _action(entry: Entry) -> Action | None:
    data, name = entry.data, str(entry.data.get("short_name") or entry.short_name)
    if entry.kind.name == "template":
        return Action("copy", _("Copy the %(name)s template", name=name), "copy-it")
    if entry.kind.name == "checklist":
        return Action("start", _("Start the %(name)s", name=name))
    access = as_mapping(data.get("access"))
    if entry.kind.name == "tool" and access and not is_gone(data):
        message = str(access.get("message") or "")
        return Action("access", _("Ask for access to %(name)s", name=name), "get-access", message)
    return None


def kind_document(kind: Kind, page: str, catalogue: Catalogue) -> Document:
    """Return the document of the generated page that lists a content type."""
    title, description = _(kind.title), _(kind.description) if kind.description else ""
    texts = fields_of(kind, catalogue.gate.audience)
    return Document(page, PAGE, title, kind.page, (_(kind.label),), description, texts, weight=_LIST)


def page_document(page: Page, body: str, kind: str, owner: str = "", listed: Texts | None = None) -> Document:
    """Return the document of a page in Markdown.

    Args:
        page: The page.
        body: What the audience can see of its text.
        kind: `page` or `help`.
        owner: The name of its owner.
        listed: The texts of the content type that it lists, if it does.
    """
    text = _worded(plain(prose(body)))
    headings = list(_HEADING.findall(text))
    own = page.meta.get("title")
    known = own if isinstance(own, str) else headings[0] if headings else page.path
    summary = page.meta.get("description")
    tags, aliases = page.meta.get("tags"), page.meta.get("aliases")
    return Document(
        page.path,
        kind,
        _worded(known).strip(),
        page.path.removesuffix(".md").removesuffix("/index"),
        tuple(map(_worded, aliases)) if isinstance(aliases, list) else (),
        _worded(summary) if isinstance(summary, str) else "",
        Texts(
            (
                *headings,
                *(str(tag) for tag in (tags if isinstance(tags, list) else ())),
                *(listed.headings if listed else ()),
            ),
            (text, *(listed.body if listed else ())),
        ),
        owner=owner,
        weight=_LIST if listed else _OF_KIND[kind],
    )


def owner_name(value: Mapping[str, Any], kind: Kind, catalogue: Catalogue) -> str:
    """Return the name of the first owner of an entry or page; empty without one that the audience can see."""
    shape = kind.shape.field("owner")
    refs = ((shape.items or shape).refs or shape.refs) if shape else ()
    found = (catalogue.resolve(refs, name) for name in owner_ids(value))
    return next((entry.name for entry in found if entry is not None and not entry.is_hidden), "")


def _worded(text: object) -> str:
    return current().with_words(str(text))
