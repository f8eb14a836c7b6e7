"""Select and render views, and find out what the view of a content type leaves out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Template, TemplateNotFound

from handbook.read.files import Site
from handbook.read.schemas.kinds import Kind
from handbook.read.view_files import is_shipped_view
from handbook.render.environment import (
    VIEW_ERRORS,
    VIEW_SUFFIX,
    make_environment,
    view_error,
)
from handbook.render.more import Rest, left_out

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
    """

    def __init__(self, site: Site, entries: int) -> None:
        self._site = site
        self.environment = make_environment(site)
        self.environment.meter.entries = entries
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
            template = self.select([kind.name, _DEFAULT])
            rest = left_out(kind, str(template.name), self._text)
            self._of_kinds[kind.name] = KindView(template, rest, is_shipped_template(template))
        return self._of_kinds[kind.name]

    def select(self, names: Sequence[str]) -> Template:
        """Return the first view that exists.

        Raises:
            ViewError: There is none, or it cannot be read.
        """
        try:
            return self.environment.select_template([f"{name}{VIEW_SUFFIX}" for name in names])
        except VIEW_ERRORS as error:
            raise view_error(error, self._site, "The view cannot be read") from error

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
        loader = self.environment.loader
        try:
            return loader.get_source(self.environment, name)[0] if loader else None
        except (TemplateNotFound, ValueError):
            return None


def is_shipped_template(template: Template) -> bool:
    """Return whether a view comes with the engine. It then also suits schemas that lack fields."""
    return is_shipped_view(Path(template.filename or ""), str(template.name))
