"""Content: a reference or a link to an entry that is ending or gone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import unquote

from handbook.base.choices import label_of
from handbook.base.findings import Severity
from handbook.base.fixes import Fix
from handbook.base.markdown_links import WrittenLink, possible_links, written_links
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.prose import prose
from handbook.base.regex import regex
from handbook.base.rule import rule
from handbook.check.rules.examples import ACTIVE_TOOL, PROCESS, RETIRED_TOOL, with_process
from handbook.check.texts import Text
from handbook.read.context import Context
from handbook.read.life import has_ended, in_use_instead, is_gone, is_record
from handbook.read.macro_calls import macro_calls
from handbook.read.page_language import MacroSyntaxError
from handbook.read.pages import FIRST_PAGES, PAGE_SUFFIX, Page, link_path
from handbook.read.raw import RawEntry
from handbook.read.yaml.document import Pointer

OF_THE_PAST = frozenset(
    {
        *("replaced_by", "not_to_be_confused_with", "earlier_meanings", "changes"),
        *("resolved_with", "answered_with", "made_in", "found_in", "evidence", "studies"),
    }
)
"""Fields that say what was, or what something isn't. They send no one to an entry."""
STANDING = frozenset({"integrations", "overlaps"})
"""Fields that hold as long as the other entry exists, even if it is ending."""
RECORD_KINDS = frozenset({"study", "survey"})
"""Content types that tell what was found at a time."""

_SAYS_SO = regex(
    r"\b(?:retir|sunset|deprecated|discontinu|archi[v]|replac(?:ed|es|ing)\b|legacy|obsolete|old\b|older\b|"
    r"ended\b|closed\b|no longer\b|phas\w+ out\b|"
    r"ersetz|eingestellt|abgelöst|abgeschaltet|veraltet|nicht mehr\b)",
    re.IGNORECASE,
)
"""Words of a text that says itself that something has ended, in the languages of our own texts."""
_SAYS_SO_BEFORE = regex(
    r"\b(?:instead of|rather than|previous(?:ly)?|former(?:ly)?|history of|statt|anstatt|anstelle von|"
    r"früher\w*|ehemalig\w*|"
    r"(?:don['\u2019]t|do not|never|not|nicht)(?:\s+\w+){0,2})\s+"
    r"(?:in\s+)?(?:(?:the|our|de[rmns]|die|das)\s+)?\W*\Z",
    re.IGNORECASE,
)
"""Words that say it only right before a link: elsewhere they can be about something else."""
_TAKES_PLACE = regex(r"\bf[ai]nde?\w*\b[^.!?]*\bstatt\b", re.IGNORECASE)
"""The other meaning of the German word for "instead"."""
_DEFINITION = regex(r" {0,3}\[(?P<label>[^\[\]\n]+)\]:")
_WORD = regex(r"[\w-]+")
"""What might be an ID."""
_PART = regex(r"\n[ \t]*(?:\n|[-*+] |\d+[.)] |\|)")
"""The start of a paragraph, an item or a row."""

_STEP = PROCESS.replace("    what: Say", "    tools: [aha]\n    what: Say")


@rule(
    "HB345",
    "ended-in-use",
    Severity.WARNING,
    reason=(
        "Readers do what a step says. If it sends them to a tool that is being phased out or is gone, they "
        "start something new there, or find nothing. The same is true of items, charts, metrics and pages "
        "that name one. A text can link to it if it says that it has ended."
    ),
    bad={
        **with_process(_STEP.replace("aha", "«aha»")),
        "tools_inventory.yaml": ACTIVE_TOOL + RETIRED_TOOL,
    },
    good={
        **with_process(_STEP.replace("aha", "linear")),
        "tools_inventory.yaml": ACTIVE_TOOL + RETIRED_TOOL,
    },
)
def _check(context: Context) -> Iterator[Problem]:
    ended = {
        (kind.name, entry_id): entry
        for kind in context.kinds.values()
        # Kinds without entries need not be looked into.
        if kind.name in context.ids and kind.shape.field("status")
        for entry_id, entry in context.ids[kind.name].items()
        if has_ended(entry.value)
    }
    if not ended:
        return
    names = frozenset(name for _, name in ended)
    for entry, pointer, shape, value in context.references:
        for kind in shape.refs if value in names else ():
            target = ended.get((kind, value))
            if target and _sends(entry, pointer, target):
                problem = entry.problem(pointer, _message(target), partial(_hint, context, target))
                yield problem._replace(correction=partial(_fix, context, entry, pointer, target))
    yield from _links(context, ended)


def _sends(entry: RawEntry, pointer: Pointer, target: RawEntry) -> bool:
    """Return whether a place in an entry sends people to another one, which has ended."""
    fields = set(map(str, pointer))
    if entry.kind.name in RECORD_KINDS or fields & OF_THE_PAST or is_record(entry.value):
        return False
    return is_gone(target.value) or not fields & STANDING


def _message(target: RawEntry) -> str:
    status = target.value["status"]
    what = "is no longer available" if is_gone(target.value) else "is being phased out"
    words = f"`{status}`" + (f" ({label_of(status)})" if label_of(status) else "")
    return f"The {target.kind.label.lower()} `{target.id}` {what}: its status is {words}"


def _hint(context: Context, target: RawEntry) -> str:
    successor = _successor(context, target)
    return f"Replace it with `{successor}`" if successor else "Name one that is in use, or remove this one"


def _fix(context: Context, entry: RawEntry, pointer: Pointer, target: RawEntry) -> Fix | None:
    """Return the likely fix: the replacement might do something else.

    There is none if the list names the replacement already, or if it is the entry itself.
    """
    successor = _successor(context, target)
    if not successor or (entry.kind.name, entry.id) == (target.kind.name, successor):
        return None
    if isinstance(pointer[-1], int):
        named = _around(entry, pointer)
        known = context.ids[target.kind.name]
        earlier = (known.get(name) for name in named[: pointer[-1]] if isinstance(name, str))
        # Of several with one replacement, the first makes way for it.
        if successor in named or any(each and _successor(context, each) == successor for each in earlier):
            return None
    # An item of these lists is about one entry, and another item can be about the replacement.
    if STANDING.intersection(map(str, pointer)):
        return None
    return entry.respelling(pointer, successor, is_safe=False)()


def _successor(context: Context, target: RawEntry) -> str:
    entries = context.ids[target.kind.name]
    return in_use_instead(target.id, lambda name: entries[name].value if name in entries else None)


class _Ended(NamedTuple):
    """The pages of entries that have ended.

    Attributes:
        entries: The entries by the paths of their pages.
        names: The last parts of the IDs of these entries.
    """

    entries: Mapping[str, RawEntry]
    names: frozenset[str]

    def may_be_opened_by(self, target: str) -> bool:
        """Return whether a link might open one of the pages, by its target or the start of it."""
        return not self.names.isdisjoint(_WORD.findall(unquote(target)))

    def opened_by(self, link: WrittenLink, page: str) -> RawEntry | None:
        """Return the entry that a link opens. A tag can start at the published page, too."""
        folder = posixpath.dirname(page)
        target = self.entries.get(link_path(link.target, folder))
        if target or not link.is_tag:
            return target
        published = folder if posixpath.basename(page) in FIRST_PAGES else page.removesuffix(PAGE_SUFFIX)
        path = link_path(link.target, published).removesuffix("/index.html")
        return self.entries.get(f"{path}{PAGE_SUFFIX}")


def _links(context: Context, ended: Mapping[tuple[str, str], RawEntry]) -> Iterator[Problem]:
    by_path = {f"{entry.kind.page}/{entry.id}.md": entry for entry in ended.values()}
    pages = _Ended(by_path, frozenset(entry.id.rpartition("/")[2] for entry in by_path.values()))
    texts = [
        Text(page, (), prose(page.text), page.text)
        for page in context.pages
        if any(pages.may_be_opened_by(target) for target, _ in possible_links(page.text))
    ]
    for entry, pointer, shape, value in context.texts_with_links(pages.may_be_opened_by):
        if shape.markdown:
            texts.append(Text(entry, pointer, prose(value), value))
        target = by_path.get(link_path(value)) if shape.link and "://" not in value else None
        if target and _sends(entry, pointer, target) and not _says_so(_title(entry, pointer), target):
            yield entry.problem(pointer, _message(target), _hint_of_link(context, target))
    for text in texts:
        page = text.where.path if isinstance(text.where, Page) else ""
        for link in written_links(text.text):
            target = pages.opened_by(link, page)
            if target and _is_sent(text, _openings(text.text, link), target):
                yield text.problem(link.start, link.end, _message(target), _hint_of_link(context, target))
    for each in context.pages:
        yield from _references(context, each, ended)


def _references(context: Context, page: Page, ended: Mapping[tuple[str, str], RawEntry]) -> Iterator[Problem]:
    """Yield the problems of the links that the macro `ref` makes. A whole entry shows its status itself."""
    try:
        calls = macro_calls(page, context.site.macros) if "ref(" in page.text else ()
    except MacroSyntaxError:
        return  # Another rule reports it.
    for call in calls:
        names = dict(zip(("kind", "id"), call.arguments, strict=False)) | dict(call.named)
        target = ended.get((str(names.get("kind")), str(names.get("id"))))
        if call.name != "ref" or not target:
            continue
        line = sum(len(each) + 1 for each in page.text.split("\n")[: call.line - 1])
        found = re.compile(rf"['\"]{re.escape(target.id)}['\"]").search(page.text, line)
        # A table can list all there are, as an overview.
        if found and not page.text.startswith("|", line):
            text = Text(page, (), prose(page.text), page.text)
            start = page.text.rfind("{{", 0, found.start())
            if _is_sent(text, [start], target):
                end = found.end() - 1
                yield text.problem(found.start() + 1, end, _message(target), _hint_of_link(context, target))


def _openings(text: str, link: WrittenLink) -> Sequence[int]:
    """Return where the words of a link start: a definition can have several places, or none."""
    start = text.rfind("\n", 0, link.start) + 1
    definition = _DEFINITION.match(text, start, link.start)
    if not definition:
        return [max(text.rfind("<" if link.is_tag else "[", 0, link.start), 0)]
    label = re.escape(definition["label"])
    used = re.compile(rf"(?:\[[^\[\]]*\]\[{label}\]|\[{label}\](?:\[\])?)(?![\[(:])", re.IGNORECASE)
    return [use.start() for use in used.finditer(text)]


def _is_sent(text: Text, places: Iterable[int], target: RawEntry) -> bool:
    """Return whether a text sends readers along a link, and doesn't say that its target has ended."""
    if isinstance(text.where, RawEntry) and not _sends(text.where, text.pointer, target):
        return False
    if text.where is target:
        return False
    return any(not _is_said_at(text.text, place, target) for place in places)


def _is_said_at(text: str, place: int, target: RawEntry) -> bool:
    """Return whether the paragraph of a link says that its target has ended."""
    starts = [part.start() for part in _PART.finditer(text, 0, place)]
    first = starts[-1] if starts else 0
    end = _PART.search(text, place)
    around = text[first : end.start() if end else len(text)]
    if around.lstrip().startswith("|"):  # The head of a column can say it of every row.
        around += text[text.rfind("\n\n", 0, first) + 2 : first].partition("\n")[0]
    before = _TAKES_PLACE.sub("", text[first:place])
    return _says_so(around, target) or _SAYS_SO_BEFORE.search(before) is not None


def _says_so(text: str, target: RawEntry) -> bool:
    """Return whether a text says that an entry has ended."""
    status = target.value["status"]
    names = (str(status), label_of(status))
    return bool(_SAYS_SO.search(text)) or any(name and name in text for name in names)


def _title(entry: RawEntry, pointer: Pointer) -> str:
    """Return the title of a link in a field of its own."""
    value = _around(entry, pointer)
    return str(value.get("title", "")) if isinstance(value, Mapping) else ""


def _around(entry: RawEntry, pointer: Pointer) -> Any:
    """Return the mapping or list that contains a value."""
    value: Any = entry.value
    for part in pointer[:-1]:
        value = value[part]
    return value


def _hint_of_link(context: Context, target: RawEntry) -> str:
    successor = _successor(context, target)
    to = f"Link to `{target.kind.page}/{successor}.md`" if successor else "Remove the link"
    return f"{to}, or say next to it that it has ended"
