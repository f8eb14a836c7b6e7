"""Generated references: the fields of a content type, the macros for pages, and the rules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from handbook.base.findings import Severity
from handbook.base.language import N_, _, current, translate, within
from handbook.base.rule import Rule
from handbook.base.table import Column, Styled
from handbook.base.text import escape, escape_code
from handbook.check.example import Example, example
from handbook.link.gate import names_hidden
from handbook.read.audiences import may_see
from handbook.read.macros import PageMacro
from handbook.read.marked_terms import markdown_with_words
from handbook.read.schemas.kinds import Kind
from handbook.read.schemas.shapes import Shape
from handbook.render.html_table import Group, draw, draw_row, show_styled
from handbook.render.markdown import Rich
from handbook.render.values import RenderContext

_TYPES = {
    "string": N_("text"),
    "integer": N_("whole number"),
    "number": N_("number"),
    "boolean": N_("true or false"),
    "array": N_("list"),
    "object": N_("fields"),
}
_SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning")}
_OR = N_(" or ")
_DEEPEST = 6


_FORMER_ANCHORS = {"HB2": "references-and-places", "HB4": "change", "HB5": "filled-in-documents"}
"""Chapters that had another title, by their code: links use the anchors made from it."""


def field_table(kind: Kind, context: RenderContext) -> Markup:
    """Return a table of the fields of a content type that readers can see: type, description and example."""
    audience = context.catalogue.gate.audience
    return _table(
        (_("Field"), _("Type"), _("Required"), _("Description")),
        (
            (
                _code(path).replace(".", Markup(".<wbr>")),
                _type(shape, context),
                _("required") if required else "",
                _explain(shape.description, context) + _example(shape, audience),
            )
            for path, shape, required in _fields(kind.shape, audience)
        ),
        "hb-table hb-table--fields",
    )


def _table(titles: Iterable[str], rows: Iterable[Sequence[object]], look: str = "hb-table") -> Markup:
    columns = [Column(title) for title in titles]
    drawn = [draw_row(columns, row, {}, labelled=False) for row in rows]
    return draw(columns, [Group(drawn)], look)


def _explain(text: str, context: RenderContext) -> Markup:
    """Return a description in the current language. Marks of terms in its code are left as they are."""
    translated = translate(text) if text else ""
    return Rich.at(context.place, markdown_with_words(translated, current())).inline


def _code(text: str) -> Markup:
    return show_styled(Styled(text, "code"))


def _fields(shape: Shape, audience: str, path: str = "", depth: int = 0) -> Iterator[tuple[str, Shape, bool]]:
    for name, field in shape.properties.items():
        if not may_see(audience, field.audience):
            continue
        below = f"{path}.{name}" if path else name
        yield below, field, name in shape.required
        if depth < _DEEPEST:
            if field.items and field.items.properties and may_see(audience, field.items.audience):
                yield from _fields(field.items, audience, f"{below}[]", depth + 1)
            yield from _fields(field, audience, below, depth + 1)


def _choice(choice: object, shape: Shape) -> Markup:
    """Return a choice, with its name for readers if it has one."""
    title = shape.titles.get(str(choice))
    return Markup("{} ({})").format(_code(str(choice)), escape(title)) if title else _code(str(choice))


def _type(shape: Shape, context: RenderContext) -> Markup:
    if shape.refs:
        return _reference(shape, context)
    if shape.choices:
        return Markup(", ").join(_choice(choice, shape) for choice in shape.choices)
    if shape.markdown:
        return Markup.escape(_("Markdown text"))
    if shape.items and not shape.items.properties:
        return Markup.escape(_("list of %(items)s")) % {"items": _type(shape.items, context) or _("values")}
    if shape.types == ("array",):
        return Markup.escape(_("list of items"))
    return Markup.escape(_(_OR).join(_(_TYPES[name]) if name in _TYPES else name for name in shape.types))


def _reference(shape: Shape, context: RenderContext) -> Markup:
    if shape.refs[0].startswith("#"):
        return Markup.escape(_("an item of %(list)s")) % {"list": _code(shape.refs[0].removeprefix("#"))}
    catalogue = context.catalogue
    names = [name for name in shape.refs if name not in catalogue.gate.hidden_kinds]
    kinds = [catalogue.kinds[name] for name in names if name in catalogue.kinds]
    named = Markup.escape(_(_OR)).join(_kind(kind, context) for kind in kinds)
    return Markup.escape(_("ID of a %(kinds)s")) % {"kinds": named} if named else Markup("ID")


def _kind(kind: Kind, context: RenderContext) -> Markup:
    """Return a content type as a link to its index page, if it has one that readers can see."""
    page = f"{kind.page}/index.md"
    words = escape(within(_(kind.label)))
    if page in context.catalogue.gate.hidden_pages or not context.catalogue.entries(kind.name):
        return words
    return Markup('<a href="{}">{}</a>').format(escape(context.place.url(page)), words)


def _example(shape: Shape, audience: str) -> Markup:
    has_fields = shape.properties or (shape.items and shape.items.properties)
    examples = (each for each in shape.examples if not names_hidden(each, shape, audience))
    example = None if has_fields else next(examples, None)  # the nested fields have their own examples
    if example is None:
        return Markup()
    text = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)
    return Markup(" <br>{}").format(Markup.escape(_("Example: %(example)s")) % {"example": _code(text)})


def macro_list(macros: Iterable[PageMacro], context: RenderContext) -> str:
    """Return every macro with its signature and description, as Markdown."""
    return "\n".join(
        f"## `{macro.name}`\n\n<pre><code>{escape_code('{{ ' + macro.signature + ' }}')}</code></pre>\n\n"
        f"{Rich.at(context.place, describe(macro, context.catalogue.kinds)).__html__()}\n"
        for macro in macros
    )


def describe(macro: PageMacro, kinds: Mapping[str, Kind]) -> str:
    """Return the description of a macro in the current language, as Markdown."""
    kind = kinds.get(macro.kind)
    names = (
        {"kind": kind.name, "entry": within(_(kind.label)), "entries": within(_(kind.title))} if kind else {}
    )
    return _(macro.description, **names)


def filter_list(filters: Mapping[str, str]) -> str:
    """Return every filter with its result, as Markdown."""
    rows = ((_code(name), escape(_(does))) for name, does in filters.items())
    return f"## {_('Filters')} {{ #filters }}\n\n{_table((_('Filter'), _('Returns')), rows)}\n"


def rule_list(rules: Iterable[Rule[Any]], chapters: Mapping[str, str], context: RenderContext) -> str:
    """Return every rule with its reason and example, by chapter, as Markdown.

    Args:
        rules: The rules, in the order of their codes.
        chapters: The titles of the chapters, by the start of their codes.
        context: The context of the page.
    """
    parts = []
    chapter = ""
    for rule in rules:
        if not rule.code.startswith(chapter) or not chapter:
            chapter = next(start for start in chapters if rule.code.startswith(start))
            title = chapters[chapter]
            anchor = _FORMER_ANCHORS.get(chapter) or title.lower().replace(" ", "-")
            parts.append(f"## {escape(_(title))} {{ #{anchor} }}\n")
        word = escape(_(_SEVERITIES[rule.severity]))
        chip = Markup('<span class="hb-chip hb-chip--{}">{}</span>').format(rule.severity, word)
        parts.append(
            f"### {rule.code} {escape(_(rule.title))} {{ #{rule.code.lower()} }}\n\n"
            f"{chip}\n{{: .hb-rule }}\n\n{_explain(rule.reason, context)}\n\n{_example_of(rule)}\n"
        )
    return "\n".join(parts)


def _example_of(rule: Rule[Any]) -> Markup:
    shown = example(rule)
    place = Markup("<mark>{}</mark>").format(escape_code(shown.place)) if shown.place else Markup()
    wrong = Markup("{}{}{}").format(escape_code(shown.before), place, escape_code(shown.after))
    right = _corrected(shown) if shown.fixed else escape(_("No such file."))
    return Markup(
        '<div class="hb-compare"><div><p>{} (<code>{}</code>)</p><pre><code>{}</code></pre></div>\n'
        "<div><p>{}</p><pre><code>{}</code></pre></div></div>"
    ).format(escape(_("Incorrect")), escape_code(shown.path), wrong, escape(_("Correct")), right)


def _corrected(shown: Example) -> Markup:
    """Return the correct text, with the lines marked that differ from the incorrect one."""
    known = f"{shown.before}{shown.place}{shown.after}".splitlines()
    lines = []
    for line in shown.fixed.splitlines():
        text = line.lstrip() if line not in known else ""
        new = Markup('<mark class="hb-right">{}</mark>').format(escape_code(text)) if text else Markup()
        lines.append(escape_code(line.removesuffix(text)) + new)
    return escape_code("\n").join(lines)
