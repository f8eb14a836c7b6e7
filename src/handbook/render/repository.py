"""The repository of the sources, for links that propose a change or report a problem."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, urlencode

from handbook.read.files import Site


class IssueForm(NamedTuple):
    """The form of a host for a new issue.

    Attributes:
        address: The URL of the form.
        title: The query parameter of the title.
        body: The query parameter of the text.
    """

    address: str
    title: str
    body: str

    def filled(self, title: str, body: str) -> str:
        """Return the URL of the form with a title and text filled in."""
        return f"{self.address}?{urlencode({self.title: title, self.body: body}, quote_via=quote)}"


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository on GitHub or GitLab.

    Attributes:
        site: The site of the sources.
        url: Its URL, such as `https://github.com/acme/handbook`, or `None`.
        edit_uri: The path from there to the pages, as MkDocs has it, such as `edit/main/docs/`.
    """

    site: Site
    url: str | None
    edit_uri: str | None

    def edit_url(self, path: str, line: int | None = None) -> str | None:
        """Return the URL that opens a file in the editor of the host, or `None`.

        Args:
            path: The file, relative to the folder of the site.
            line: The line to open, counted from 1.
        """
        site = self.site
        if not self.url or not self.edit_uri or not site.docs.is_relative_to(site.root):
            return None
        is_whole = "://" in self.edit_uri
        base = self.edit_uri if is_whole else f"{self.url.rstrip('/')}/{self.edit_uri.lstrip('/')}"
        scheme, _, rest = base.partition("://")
        host, _, folder = rest.partition("/")
        up = posixpath.relpath(".", site.relative(site.docs))
        root = posixpath.normpath(posixpath.join(f"/{folder}", up))
        return f"{scheme}://{host}{root}/{quote(path)}{f'#L{line}' if line else ''}"

    @property
    def editable_url(self) -> str | None:
        """The address of a repository whose files can be edited on the web; `None` when there is none."""
        return self.url if self.edit_url("") else None

    @property
    def issues(self) -> IssueForm | None:
        """The form for a new issue; `None` on a host other than GitHub and GitLab."""
        if not self.url or "://" not in self.url:
            return None
        base = self.url.rstrip("/")
        host = base.partition("://")[2].partition("/")[0]
        edit = self.edit_uri or ""
        if "gitlab" in host or edit.startswith("-/") or "/-/" in edit:
            return IssueForm(f"{base}/-/issues/new", "issue[title]", "issue[description]")
        if "github" in host or edit.startswith("edit/"):
            return IssueForm(f"{base}/issues/new", "title", "body")
        return None
