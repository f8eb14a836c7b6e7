"""Select and render views, and find out what the view of a content type leaves out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Template, TemplateNotFound

from handbook.base.named_tuples import NamedTuple
from handbook.read.files import Site
from handbook.read.schemas.kinds import Kind
from handbook.read.view_files import VIEW_SUFFIX, is_part, is_shipped_view
from handbook.render.environment import VIEW_ERRORS, make_environment, view_error
from handbook.render.more import Rest, left_out
from handbook.render.sandbox import offer
from handbook.render.shipped_views import ShippedViews

_DEFAULT = "entry"


class KindView(NamedTuple):
    """The view of a content type.

    Attributes:
        template: The view.
        rest: The fields that it leaves out.
        is_shipped: Whether it comes with the engine. It then also suits schemas that lack fields.
    """

    template: Template
    rest: Rest
    is_shipped: bool


class Views:
    """The views of a site: its own, then those of its layers and of the engine.

    Args:
        site: The site.
        entries: The number of its entries.
        functions: The functions of views on pages, by name.
    """

    def __init__(self, site: Site, entries: int, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._site = site
        self.environment = make_environment(site)
        self.environment.globals |= offer(functions)
        self.environment.meter.entries = entries
        self._shipped = ShippedViews(site, functions)
        self._selected: dict[tuple[str, ...], Template] = {}
        self._of_kinds: dict[str, KindView] = {}

    @cached_property
    def names(self) -> Collection[str]:
        """The names of all views, without the suffix."""
        paths = self.environment.list_templates(extensions=[VIEW_SUFFIX.lstrip(".")])
        return {path.removesuffix(VIEW_SUFFIX) for path in paths}

    def of(self, kind: Kind) -> KindView:
        """Return the view of a content type, or the default view.

        Raises:
            ViewError: The view cannot be read.
        """
        if kind.name not in self._of_kinds:
            template = self.select(kind.name, _DEFAULT)
            rest = left_out(kind, str(template.name), self._text)
            self._of_kinds[kind.name] = KindView(template, rest, is_shipped_template(template))
        return self._of_kinds[kind.name]

    def select(self, *names: str) -> Template:
        """Return the first view that exists.

        Raises:
            ViewError: There is none, or it cannot be read.
        """
        if names not in self._selected:
            try:
                self._selected[names] = self._select([f"{name}{VIEW_SUFFIX}" for name in names])
            except VIEW_ERRORS as error:
                raise view_error(error, self._site, "The view cannot be read") from error
        return self._selected[names]

    def _select(self, names: Sequence[str]) -> Template:
        found = next(filter(self._path, names), "")
        is_shipped = not self._changes_parts and self._is_shipped(found)
        return (self._shipped if is_shipped else self.environment).select_template(names)

    @cached_property
    def _changes_parts(self) -> bool:
        """Whether the site replaces a view that shipped ones import, so that it takes part in all of them."""
        # The folder has Python modules, too, and what Python compiles of them.
        views = self._shipped.list_templates(extensions=[VIEW_SUFFIX.lstrip(".")])
        return not all(map(self._is_shipped, filter(is_part, views)))

    def _is_shipped(self, name: str) -> bool:
        """Return whether a view exists and comes with the engine, for pages of this site."""
        path = self._path(name)
        return path is not None and is_shipped_view(path, name)

    def render(self, template: Template, values: dict[str, Any]) -> str:
        """Return the text of a view.

        Raises:
            ViewError: The view cannot be rendered.
        """
        try:
            return template.render(**values)
        except VIEW_ERRORS as error:
            raise view_error(error, self._site, "The view cannot be rendered") from error

    def _text(self, name: str) -> str | None:
        """Return the text of a view; `None` if there is none that can be read."""
        try:
            return self._source(name)[0]
        except (TemplateNotFound, ValueError):
            return None

    def _path(self, name: str) -> Path | None:
        """Return the file of a view; `None` if there is none."""
        try:
            return self._source(name)[1]
        except TemplateNotFound:
            return None
        except ValueError:  # it is no text, so it isn't a shipped one
            return Path()

    def _source(self, name: str) -> tuple[str, Path]:
        if self.environment.loader is None:
            raise TemplateNotFound(name)
        text, path, _is_current = self.environment.loader.get_source(self.environment, name)
        return text, Path(path or "")


def is_shipped_template(template: Template) -> bool:
    """Return whether a view comes with the engine. It then also suits schemas that lack fields."""
    return is_shipped_view(Path(template.filename or ""), str(template.name))
