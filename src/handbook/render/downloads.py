"""Downloads: files that download views create from the entries of a content type.

The view `template.download.markdown.jinja` creates a Markdown file for each template. Its file extension is
`.markdown`, because site engines treat `.md` files as pages. The text is not escaped for a page, only quoted
as the format requires.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from handbook.base.csv_text import csv_value
from handbook.link.catalogue import Catalogue, Entry
from handbook.link.download import Download
from handbook.link.place import Place
from handbook.read.files import Site
from handbook.read.page_language import DOWNLOAD_VIEW
from handbook.read.schemas.kinds import Kind
from handbook.read.view_files import VIEW_SUFFIX
from handbook.render.environment import VIEW_ERRORS, make_environment, view_error
from handbook.render.sandbox import Sandbox
from handbook.render.values import RenderContext
from handbook.render.views import is_shipped_template

_MIDDLE = ".download."


def download_path(entry: Entry, suffix: str) -> str:
    """Return the path of the download of an entry in a format."""
    return f"{entry.kind.page}/{entry.id}/{entry.anchor}.{suffix}"


DATA = "data"
"""The folder of the site with the data of each content type."""


def list_path(kind: Kind, suffix: str) -> str:
    """Return the path of the data of a content type in a format."""
    return f"{DATA}/{kind.plural}.{suffix}"


@dataclass(frozen=True)
class Downloads:
    """Create the downloads of a handbook.

    Attributes:
        catalogue: The entries.
        site: The site, with its own views.
    """

    catalogue: Catalogue
    site: Site

    @cached_property
    def _environments(self) -> tuple[Sandbox, Sandbox]:
        plain = make_environment(self.site, lambda value: "" if value is None else value)
        return plain, make_environment(self.site, csv_value)

    def text(self, entry: Entry, suffix: str) -> str:
        """Return the text of the download of an entry in a format.

        Raises:
            ViewError: The download view is invalid or missing.
        """
        plain, quoted = self._environments
        environment = quoted if suffix == "csv" else plain
        name = f"{entry.kind.name}{_MIDDLE}{suffix}{VIEW_SUFFIX}"
        try:
            template = environment.get_template(name)
            is_lenient = is_shipped_template(template)
            context = RenderContext(self.catalogue, Place(entry.page), is_lenient=is_lenient)
            return template.render(entry=context.entry(entry)).strip() + "\n"
        except VIEW_ERRORS as error:
            raise view_error(error, self.site, f"The view {name} cannot be rendered") from error

    def all(self) -> Iterator[Download]:
        """Yield all downloads in a stable order.

        Raises:
            ViewError: A download view is invalid.
        """
        plain, _ = self._environments
        for name in sorted(plain.list_templates(extensions=[VIEW_SUFFIX.lstrip(".")])):
            view = DOWNLOAD_VIEW.fullmatch(name)  # a rule finds views with other names
            if view and view["kind"] in self.catalogue.kinds:
                for entry in self.catalogue.entries(view["kind"]).values():
                    yield Download(download_path(entry, view["suffix"]), self.text(entry, view["suffix"]))
