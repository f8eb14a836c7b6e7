"""What a new handbook says about the host of its repository."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from handbook.base.named_tuples import NamedTuple
from handbook.read.edit_uri import edit_uri
from handbook.starter.answers import AnswerError

_NAME = r"(?!\.+(?:/|$))[\w.~%-]+"
_SHORT = re.compile(rf"{_NAME}/{_NAME}", re.ASCII)
_PATH = re.compile(rf"/{_NAME}(?:/{_NAME})*")
_PATH_OF_OWNER = re.compile(rf"/{_NAME}(?:/{_NAME})+")
_ON_GITHUB = re.compile(r"/[^/]+/[^/]+")
_SSH = re.compile(r"(?:ssh://)?(?:[\w.-]+@)(?P<host>[\w.-]+)(?::\d+(?=/)|:|(?=/))(?P<path>[\w./~-]+)")
GITHUB, GITLAB = "github", "gitlab"


class Host(NamedTuple):
    """The host of a repository.

    Attributes:
        name: `github` or `gitlab`; empty if it is unknown.
        edit_uri: The path from the repository to the editor of its pages; empty if it is unknown.
        site_url: The address at which its own pages are published; empty if it is unknown.
    """

    name: str = ""
    edit_uri: str = ""
    site_url: str = ""


def repository_url(written: str) -> str:
    """Return the address of a repository for readers.

    Args:
        written: Its address, that of its clone, or `owner/name` on GitHub.

    Raises:
        AnswerError: It is none of these.
    """
    text = written.strip().rstrip("/").removesuffix(".git")
    if not text:
        return ""
    if _SHORT.fullmatch(text):
        return f"https://github.com/{text}"
    ssh = _SSH.fullmatch(text)
    url = f"https://{ssh['host']}/{ssh['path'].lstrip('/')}" if ssh else text
    try:
        parts = urlsplit(url)
        where = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
        has_owner = any(name in (parts.hostname or "") for name in (GITHUB, GITLAB))
        form = _PATH_OF_OWNER if has_owner else _PATH
        is_address = parts.scheme in {"https", "http"} and parts.hostname and form.fullmatch(parts.path)
    except ValueError:
        is_address = False
    if not is_address:
        raise AnswerError(
            f"`{written}` is no address of a repository", "Use one such as https://github.com/acme/handbook"
        )
    # Without a password: everyone who can read the handbook would see it.
    path = parts.path.partition("/-/")[0]
    # What follows is a page of it.
    shown = _ON_GITHUB.match(path) if GITHUB in str(where) else None
    return f"{parts.scheme}://{where}{shown[0] if shown else path}"


def host_of(repository: str, prefix: str, branch: str) -> Host:
    """Return what follows from the address of a repository.

    Args:
        repository: Its address; empty if there is none yet.
        prefix: The path of the handbook in it, with a slash at the end; empty at the top.
        branch: Its default branch.
    """
    parts = urlsplit(repository)
    name = parts.hostname or ""
    owner, _, rest = parts.path.strip("/").partition("/")
    edit = edit_uri(repository, branch, f"{prefix}docs")
    if "gitlab" in name:
        site = f"https://{owner.lower()}.gitlab.io/{rest}/" if name == "gitlab.com" else ""
        return Host(GITLAB, edit, site)
    if "github" in name:
        is_own = rest.casefold() == f"{owner}.github.io".casefold()
        site = f"https://{owner.lower()}.github.io/{'' if is_own else f'{rest}/'}"
        return Host(GITHUB, edit, site if name == "github.com" else "")
    return Host()
