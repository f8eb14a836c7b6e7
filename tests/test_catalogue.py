"""Every string for readers is in the catalogue, and every language translates all of them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.jslexer import tokenize
from babel.messages.pofile import read_po
from jinja2 import nodes

from handbook.base.language import Language
from handbook.base.recurrence import MONTHS
from handbook.base.text import spelled
from handbook.link.catalogue import Entry
from handbook.loaded.handbook import Handbook
from handbook.read.languages import SCRIPTS, make_language
from handbook.read.schemas.shapes import Shape
from handbook.read.templates import parse, walk
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.shipped import load_shipped
from tests.sites import ROOT
from update_words import LOCALE, find_strings, updated

VIEWS = sorted((ROOT / "macros").rglob("*.jinja"))
_TRANSLATING = {"_", "gettext", "ngettext", "pgettext", "startswith"}
_MARKUP = re.compile(r"\{ ?#[^}]*\}?|<[^<>]*(?:>|$)|^[^<>]*>")
_READ_ALOUD = re.compile(r"""\b(?:title|alt|aria-label|placeholder|summary)="([^"]*)""")
_WORD = re.compile(r"(?<![&\w-])[^\W\d_]{2,}")
_FOR_PROGRAMS = re.compile(
    r"\b(?:hb|md|data)-[\w-]*|^template(?:_version)?:"
    r'|^ (?:open|checked)$|^ (?:class|download|id|inputmode|value)="[^"]*',
    re.MULTILINE,
)
_SENTENCE = re.compile(r"^[A-Z][a-z]+(?: |$)|[a-z] (?!hb-)[a-z]")


def strings_outside(tree: nodes.Template) -> Iterator[str]:
    """The words of a view that readers see and that are no message of the catalogue."""
    messages = {
        id(inner)
        for node in walk(tree)
        if isinstance(node, nodes.Call)
        and getattr(node.node, "name", getattr(node.node, "attr", "")) in _TRANSLATING
        for inner in node.args
    }
    for node in walk(tree):
        if isinstance(node, nodes.Output):
            text = "".join(part.data if isinstance(part, nodes.TemplateData) else "\0" for part in node.nodes)
            yield from (found for found in _READ_ALOUD.findall(text) if _WORD.search(found))
            yield from (found[0] for found in _WORD.finditer(_FOR_PROGRAMS.sub("", _MARKUP.sub(" ", text))))
        elif isinstance(node, nodes.Const) and isinstance(node.value, str) and id(node) not in messages:
            yield from [node.value] * bool(_SENTENCE.search(node.value))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: str(view.relative_to(ROOT / "macros")))
def test_a_view_has_no_words_outside_the_catalogue(view: Path) -> None:
    assert list(strings_outside(parse(view.read_text(encoding="utf-8"), is_view=True))) == []


CATALOGUES = sorted(LOCALE.glob("*.po"))


@pytest.fixture(scope="module")
def found() -> Catalog:
    return find_strings()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_has_every_string_and_no_other(path: Path, found: Catalog) -> None:
    """If this fails, run `make words` and translate the new strings."""
    assert updated(path, found).decode() == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_string_is_translated_with_the_same_places(path: Path) -> None:
    with path.open("rb") as file:
        messages = [message for message in read_po(file, locale=path.stem) if message.id]
    for message in messages:
        strings, translations = _as_tuple(message.id), _as_tuple(message.string)
        assert all(translations), f"Not translated: {strings[0]}"
        places = {place for string in strings for place in _PLACE.findall(string)}
        for translation in translations:
            assert set(_PLACE.findall(translation)) <= places, translation
            assert set(_PLACE.findall(strings[0])) - {"num", "count"} <= set(_PLACE.findall(translation))
            ends = [(text[:1].isspace(), text[-1:].isspace()) for text in (strings[0], translation)]
            assert ends[0] == ends[1], translation


def _as_tuple(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


_PLACE = re.compile(r"%\((\w+)\)s")


class _Marked:
    """A language in which every string of the catalogue is in brackets."""

    def __init__(self, catalogue: Catalog) -> None:
        self.strings = {(message.context, _as_tuple(message.id)[0]) for message in catalogue}

    def gettext(self, message: str) -> str:
        context, _separator, text = message.rpartition("\x04")
        return f"⟦{text}⟧" if (context or None, text) in self.strings else message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        text = singular if number == 1 else plural
        return f"⟦{text}⟧" if (None, singular) in self.strings else text


_BRACKETS = re.compile(r"⟦[^⟦⟧]*⟧")
_TITLES = re.compile(r'\b(?:title|alt|aria-label|placeholder)="([^"]*)"')


def texts_outside(markdown: str) -> Iterator[str]:
    """The texts of a page that are not in brackets."""
    text = html.unescape(_NOT_WORDS.sub("\0", markdown))
    while (inner := _BRACKETS.sub("\0", text)) != text:
        text = inner
    yield from _TITLES.findall(text)
    for part in re.split(r"<[^<>]*>|\0|\n| · |; |, ", text):
        if shown := part.strip(" \t:.,;()|*#→-+%"):
            yield shown


_SHOWN_MONTHS = (*MONTHS, *(month[:3] for month in MONTHS))
_NOT_WORDS = re.compile(
    rf"\{{ #[^}}]*\}}|\{{:[^}}]*\}}|<(svg|code|pre)\b.*?</\1>|"
    rf'<span class="hb-(?:mark|sign)[^>]*>[^<]*</span>|(?:{"|".join(_SHOWN_MONTHS)}) \d+',
    re.DOTALL,
)


def test_a_page_has_no_words_but_those_of_the_catalogue_and_of_its_sources(found: Catalog) -> None:
    handbook = load_shipped()
    renderer = Renderer(handbook.basis, Repository(handbook.site, "https://example.com/a", "edit/"))
    vars(renderer)["language"] = Language("en", _Marked(found))
    values = " ".join(" ".join(_strings_of(entry.data)) for entry in handbook.catalogue.all())
    known = " ".join(values.split())
    pages = [(entry.kind.name, renderer.entry(entry, entry.page)) for entry in _one_of_each_kind(handbook)]
    pages += [(name, renderer.figure(name, "index.md", {})) for name in _FIGURES]
    outside = [
        (name, text)
        for name, page in pages
        for text in texts_outside(page)
        if _WORD.search(text) and _AROUND.sub("", text) not in known
    ]
    assert outside == []


_AROUND = re.compile(r"^\d+ | [⇄←]$")  # the number of a step and the direction of an integration
_FIGURES = (
    "attention",
    "calendar",
    "feedback_flow",
    "impact",
    "integration_map",
    "ranked_pain_points",
    "tool_audit",
)


def _one_of_each_kind(handbook: Handbook) -> Iterator[Entry]:
    return (next(iter(handbook.entries(kind).values())) for kind in handbook.kinds)


def _strings_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from (value, spelled(value))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings_of(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _strings_of(part)


SCRIPT_FILES = sorted((ROOT / SCRIPTS).glob("*.js"))
_FOR_THE_BROWSER = re.compile(
    r"\b(?:hb|md)-|^use strict$|^thead th$|^article |^<a |^<table "
    r"|^(?:End|Enter|Escape|Home|Tab)$"
)
_FOR_PROGRAMS_OF_OTHERS = {
    "checklist_issues.js": {"Description", "Due Date", "Labels", "Summary", "Title"},
    "checklist_share.js": {"Jira", "Linear"},
    "word.js": {"Consolas", "Hyperlink"},
}
"""What other programs are called, and the columns that they import, by the script that writes them."""


def words_in_script(code: str) -> Iterator[str]:
    """The strings of a script that readers could see and that are no message of the catalogue."""
    tokens = [token for token in tokenize(code) if token.type not in ("linecomment", "multilinecomment")]
    values = [token.value for token in tokens]
    for at, token in enumerate(tokens):
        if token.type not in ("string", "template_string"):
            continue
        first = values[max(at - 2, 0) : at]
        second = values[max(at - 4, 0) : at]
        if first in (["_", "("], ["ngettext", "("]) or (second[:2] == ["ngettext", "("] and second[3] == ","):
            continue
        text = re.sub(r"\$\{[^}]*\}", "\0", token.value[1:-1])
        if _SENTENCE.search(text) and not _FOR_THE_BROWSER.search(text) and "\n" not in text:
            yield text


@pytest.mark.parametrize("path", SCRIPT_FILES, ids=lambda path: path.name)
def test_a_script_has_no_words_outside_the_catalogue(path: Path) -> None:
    outside = set(words_in_script(path.read_text(encoding="utf-8")))
    assert outside == _FOR_PROGRAMS_OF_OTHERS.get(path.name, set())


@pytest.mark.parametrize(("kind", "entry_id"), [("tool", "amplitude"), ("process", "launch")])
def test_a_german_page_has_no_english_label(kind: str, entry_id: str, found: Catalog) -> None:
    handbook = load_shipped()
    renderer = Renderer(handbook.basis, Repository(handbook.site, "https://example.com/a", "edit/"))
    german = vars(renderer)["language"] = make_language("de", {})
    strings = {_as_tuple(message.id)[0] for message in found if not message.context}
    english = {text for text in strings if german.translations and german.translations.gettext(text) != text}
    entry = handbook.entry(kind, entry_id)
    texts = list(texts_outside(renderer.entry(entry, "index.md")))
    written = " ".join(_strings_of(entry.data))
    assert german.translations
    labels = {german.translations.gettext(text) for text in english}
    assert len(labels & {text.partition(":")[0] for text in texts}) > 3
    assert [text for text in texts if text in english and text not in written] == []


@pytest.mark.parametrize("figure", ["attention", "calendar", "feedback_flow", "impact"])
def test_a_german_figure_has_no_english_month(figure: str) -> None:
    handbook = load_shipped()
    renderer = Renderer(handbook.basis, Repository(handbook.site, "https://example.com/a", "edit/"))
    vars(renderer)["language"] = make_language("de", {})
    page = renderer.figure(figure, "index.md", {})
    english = [month for month in MONTHS if month not in ("April", "August", "September", "November")]
    assert re.findall(rf"\b(?:{'|'.join(english)}) \d+", page) == []


def test_the_title_of_every_shown_field_is_in_the_catalogue(found: Catalog) -> None:
    """Fields of pages and of shared parts, such as the amount of a cost, are shown like any other."""
    kinds = [*load_shipped().context.kinds.values(), load_shipped().context.page_kind]
    titles = {title for kind in kinds if kind for title in (kind.title, kind.label, *_titles(kind.shape))}
    known = {_as_tuple(message.id)[0] for message in found if not message.context}
    assert titles - known == set()


def _titles(shape: Shape) -> Iterator[str]:
    below = [*shape.properties.values(), *filter(None, [shape.items])]
    yield from filter(None, [shape.title])
    for part in below:
        yield from _titles(part)


def test_a_string_inside_of_another_string_of_a_script_is_found(tmp_path: Path) -> None:
    script = tmp_path / SCRIPTS / "own.js"
    script.parent.mkdir(parents=True)
    code = 'const a = `${b ? `${_("In \\"here\\"", {})}!` : ngettext("%(num)s day", "%(num)s days", c)}`;\n'
    script.write_text(code, encoding="utf-8")
    found = {message.id for message in find_strings(tmp_path) if message.locations}
    assert found == {'In "here"', ("%(num)s day", "%(num)s days")}


_UNFILLED = re.compile(r"""(?<![\w$.])_\(\s*"([^"]*%\(\w+\)s[^"]*)"\s*\)""")


@pytest.mark.parametrize("path", SCRIPT_FILES, ids=lambda path: path.name)
def test_a_script_gives_the_values_of_its_strings(path: Path) -> None:
    """Readers never see the name of a place. `ngettext` fills in its number itself."""
    assert _UNFILLED.findall(path.read_text(encoding="utf-8")) == []
