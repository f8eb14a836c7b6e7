"""Find the figures that a site's own views name, and the values of figures, that don't exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from functools import lru_cache
from typing import Any, get_args, get_type_hints

from handbook.base.words import suggestion
from handbook.check.page_names import TemplateProblem
from handbook.kinds.figures import FIGURES
from handbook.link.catalogue import Entry
from handbook.read.view_fields import ENTRY, Field, Mention
from handbook.read.view_files import FIGURE_VIEWS, VIEW_SUFFIX, ViewFiles
from handbook.read.view_reader import read_view_fields


def unknown_figures(views: ViewFiles) -> Iterator[tuple[str, TemplateProblem]]:
    """Yield each problem with the name of its view.

    Args:
        views: The views of the site.
    """
    found: dict[tuple[str, TemplateProblem], None] = {}
    for name in views.to_follow():
        is_figure = name.startswith(FIGURE_VIEWS)
        about = name.removeprefix(FIGURE_VIEWS).removesuffix(VIEW_SUFFIX) if is_figure else ENTRY
        fields = read_view_fields(name, views.text, Field(about))
        optional = {field for field, view in fields.optional if view == name}
        for mention in (*fields.figures, *fields.mentions):
            if mention.field.of != ENTRY and mention.view in views.own and mention.field not in optional:
                found.update({(mention.view, each): None for each in _problems(mention)})
    yield from found


def _problems(mention: Mention) -> Iterator[TemplateProblem]:
    figure, names = mention.field
    if figure not in FIGURES:
        if not names:
            hint = suggestion(figure, FIGURES) or "Use a figure from the macro reference"
            yield TemplateProblem(mention.line, figure, f"Unknown figure `{figure}`", hint)
        return
    if not names:
        return
    *above, name = names
    classes = _classes(FIGURES[figure].function, "return")
    for part in above:
        classes = frozenset(inner for each in classes for inner in _inside(each, part))
    # A value that is not one of our records, such as an entry, is not followed.
    if classes and all(is_dataclass(each) for each in classes):
        known = {each for one in classes for each in dir(one) if not each.startswith("_")}
        known |= {each.name for one in classes if is_dataclass(one) for each in fields_of(one)}
        if name not in known:
            hint = suggestion(name, known) or "Use a value of the figure"
            yield TemplateProblem(
                mention.line, name, f"Unknown value `{name}` of the figure `{figure}`", hint
            )


def _inside(owner: type, name: str) -> frozenset[type]:
    """Return the classes of a value of a record."""
    value = getattr(owner, name, None)
    return _classes(value.fget, "return") if isinstance(value, property) else _classes(owner, name)


@lru_cache(maxsize=512)
def _classes(owner: Any, name: str) -> frozenset[type]:
    """Return the classes that an annotation names, those of the items of a list included; none if unclear."""
    try:
        hint = get_type_hints(owner).get(name)
    except (NameError, TypeError):
        return frozenset()
    pending = [hint]
    found: set[type] = set()
    while pending:
        part = pending.pop()
        inner = get_args(part)
        if inner:
            pending += inner
        elif part is Entry:
            return frozenset()  # a view reads its fields by its schema
        elif isinstance(part, type) and part is not type(None):
            found.add(part)
    return frozenset(found)
