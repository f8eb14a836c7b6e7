"""Every string for readers is in the catalogue, and every language translates all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from handbook.read.templates import parse, walk
from tests.sites import ROOT

VIEWS = sorted((ROOT / "macros").rglob("*.jinja"))
_TRANSLATING = {"_", "gettext", "ngettext", "pgettext", "startswith"}
_MARKUP = re.compile(r"\{ ?#[^}]*\}?|<[^<>]*(?:>|$)|^[^<>]*>")
_READ_ALOUD = re.compile(r"""\b(?:title|alt|aria-label|placeholder|summary)="([^"]*)""")
_WORD = re.compile(r"(?<![&\w-])[^\W\d_]{2,}")
_FOR_PROGRAMS = re.compile(r"\b(?:hb|data)-[\w-]*|^template(?:_version)?:", re.MULTILINE)
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
