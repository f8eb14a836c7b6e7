"""The repository of the sources, for links that propose a change or report a problem."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from handbook.base.named_tuples import NamedTuple
from handbook.diff.git import GitRepository
from handbook.diff.git_process import GitError
from handbook.read.edit_uri import MAIN, edit_uri
from handbook.read.files import CONFIG, Site, read_config, repository_top
from handbook.read.layer_folders import PACKAGE


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


@dataclass(frozen=True)
class Repository:
    """A repository on GitHub or GitLab. The files of layers can be in others.

    Attributes:
        site: The site of the sources.
        url: Its URL, such as `https://github.com/acme/handbook`, or `None`.
        edit_uri: The path from there to the pages, as MkDocs has it, such as `edit/main/docs/`.
    """

    site: Site
    url: str | None
    edit_uri: str | None

    @classmethod
    def of(cls, site: Site, config: Mapping[str, Any]) -> Repository:
        """Return the repository of a site.

        Args:
            site: The site.
            config: Its `mkdocs.yml`. Without `edit_uri`, GitHub and GitLab have the usual one.
        """
        url, path = config.get("repo_url"), config.get("edit_uri")
        if not isinstance(url, str) or not url:
            return cls(site, None, None)
        return cls(site, url, _usual_edit_uri(url, site) if path is None else str(path))

    def edit_url(self, path: str, line: int | None = None) -> str | None:
        """Return the URL that opens a file in the editor of the host, or `None`.

        Args:
            path: The file, relative to the folder of the site.
            line: The line to open, counted from 1.
        """
        layer = self.site.layer_of(path)
        home = self._home(layer)
        if layer is not None and home is not self:
            return home.edit_url(path.removeprefix(layer.prefix), line)
        site = self.site
        if not self.url or not self.edit_uri or not site.docs.is_relative_to(site.root):
            return None
        is_whole = "://" in self.edit_uri
        base = self.edit_uri if is_whole else f"{self.url.rstrip('/')}/{self.edit_uri.lstrip('/')}"
        scheme, _, rest = base.partition("://")
        host, _, folder = rest.partition("/")
        up = posixpath.relpath(".", site.relative(site.docs))
        whole = posixpath.normpath(posixpath.join(f"/{folder}", up, quote(path)))
        return f"{scheme}://{host}{whole}{f'#L{line}' if line else ''}"

    def issues_about(self, path: str) -> IssueForm | None:
        """Return the form for a new issue about a file; if its layer has none, that of the site."""
        return self._home(self.site.layer_of(path)).issues or self.issues

    def _home(self, layer: Site | None) -> Repository:
        """Return the repository of a layer, or of the site."""
        return self if layer is None else self._layers[layer.prefix]

    @cached_property
    def _layers(self) -> Mapping[str, Repository]:
        """The repositories of the layers, by the start of the paths of their files."""
        found = {}
        for layer in self.site.layers:
            config = read_config(layer.root / CONFIG)
            if config.get("repo_url"):
                # Git knows the repository around an installed package, but not that of the package.
                known = {"edit_uri": ""} if layer.prefix.startswith(PACKAGE) else {}
                found[layer.prefix] = Repository.of(layer._replace(prefix=""), known | config)
            elif not layer.prefix.startswith(PACKAGE) and _top(layer) == _top(self.site):
                found[layer.prefix] = self
            else:
                found[layer.prefix] = Repository(layer._replace(prefix=""), None, None)
        return found

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


def _usual_edit_uri(url: str, site: Site) -> str:
    """Return the path to the pages on the default branch that git knows, or else `main`."""
    branch = MAIN
    with suppress(GitError):
        branch = GitRepository(site.root).default_branch()
    docs = Path(os.path.relpath(site.docs, _top(site))).as_posix()
    return edit_uri(url, branch, docs)


def _top(site: Site) -> Path:
    return repository_top(site.root)
