"""Downloads: files that download views create from the entries of a content type.

The view `template.download.markdown.jinja` creates a Markdown file for each template. Its file extension is
`.markdown`, because site engines treat `.md` files as pages. The text is not escaped for a page, only quoted
as the format requires.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handbook.link.catalogue import Catalogue, Entry
from handbook.read.kinds import Kind
from handbook.read.page_language import DOWNLOAD_VIEW
from handbook.view.environment import VIEW_ERRORS, VIEW_SUFFIX, make_environment, view_error
from handbook.view.links import Place
from handbook.view.sandbox import Sandbox
from handbook.view.values import Desk

_MIDDLE = ".download."
_SIGNS = "=+@\\-\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(rf"^\s*(?=[{_SIGNS}])")
_FORMULA_INSIDE = re.compile(rf"[;\t\r\n](?=[{_SIGNS}])(?![-+] )")
"""The start of the next cell in a spreadsheet that separates cells by semicolons or tabs, as in many
countries,
where our quotes are part of the text. A list marker does not start a formula."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file published with the page of an entry.

    Attributes:
        path: Its path in the site.
        text: Its text.
    """

    path: str
    text: str


def download_path(entry: Entry, suffix: str) -> str:
    """Return the path of the download of an entry in a format."""
    return f"{entry.kind.page}/{entry.id}/{entry.id}.{suffix}"


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
        root: The folder of the site, with its own views.
    """

    catalogue: Catalogue
    root: Path

    @cached_property
    def _environments(self) -> tuple[Sandbox, Sandbox]:
        plain = make_environment(self.root, lambda value: "" if value is None else value)
        return plain, make_environment(self.root, csv_value)

    def text(self, entry: Entry, suffix: str) -> str:
        """Return the text of the download of an entry in a format.

        Raises:
            ViewError: The download view is invalid or missing.
        """
        plain, quoted = self._environments
        environment = quoted if suffix == "csv" else plain
        name = f"{entry.kind.name}{_MIDDLE}{suffix}{VIEW_SUFFIX}"
        desk = Desk(self.catalogue, Place(entry.page))
        try:
            return environment.get_template(name).render(entry=desk.entry(entry)).strip() + "\n"
        except VIEW_ERRORS as error:
            raise view_error(error, self.root, f"The view {name} cannot be rendered") from error

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


def csv_value(value: object) -> str:
    """Return a value as a CSV field that spreadsheets display and never calculate."""
    text = "" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)
    if not isinstance(value, (int, float)):
        text = _FORMULA_INSIDE.sub(r"\g<0>'", _FORMULA.sub(r"'\g<0>", text))
    line = io.StringIO()
    # With this line ending, the writer quotes texts with line breaks.
    csv.writer(line, lineterminator="\r\n").writerow([text])
    return line.getvalue().removesuffix("\r\n") if text else ""
