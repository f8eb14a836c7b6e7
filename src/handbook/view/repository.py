"""Where the sources lie on the web, for readers who want something changed."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, urlencode

from handbook.read.files import Site


class IssueForm(NamedTuple):
    """The page of a host where somebody begins an issue, and what it calls the parts of one.

    Attributes:
        address: Its address.
        title: The parameter that fills in the title.
        body: The parameter that fills in the text.
    """

    address: str
    title: str
    body: str

    def filled(self, title: str, body: str) -> str:
        """The address of the form with words in it."""
        return f"{self.address}?{urlencode({self.title: title, self.body: body}, quote_via=quote)}"


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository on GitHub or GitLab.

    Attributes:
        site: The site whose sources lie there.
        url: Its address, such as `https://github.com/acme/handbook`; `None` when nobody has said.
        edit_uri: What MkDocs puts between that and a page to edit it, such as `edit/main/docs/`.
    """

    site: Site
    url: str | None
    edit_uri: str | None

    def edit_url(self, path: str, line: int | None = None) -> str | None:
        """The address that opens a file in the host's editor; `None` when there is none.

        Args:
            path: The file, relative to the site's folder.
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
        """Where an issue is begun; `None` on a host that is neither GitHub nor GitLab."""
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
