"""Find out what links open: a page or file of the finished site, or nothing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from urllib.parse import quote, unquote, urlsplit

from handbook.base.named_tuples import NamedTuple
from handbook.base.regex import regex
from handbook.base.words import shown
from handbook.check.engine_settings import engine_settings, validation_setting
from handbook.check.left_out import DRAFTS, unpublished_by
from handbook.check.nearest_page import NearestPage
from handbook.check.site_paths import SitePaths
from handbook.read.context import Context
from handbook.read.gone import Gone
from handbook.read.pages import link_path

_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")
_EMAIL = regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
AT_TOP = "it starts at the top of the web server"
"""What is wrong with a link if the settings don't let it start at the docs folder."""
_HOST = regex(
    r"(?:[a-z0-9-]+\.)+(?:ai|app|at|be|ch|cloud|co|com|de|dev|edu|es|eu|fr|gov|info|io|it|net|nl|org|se|so|uk|us)"
    r"(?=[:/]|$)",
    re.IGNORECASE,
)
"""The start of an address of another site without `https://`, of an ending that few files have."""
_ABSOLUTE = ("/", "\\")
_UP = regex(r"^(?:\.\.?/)+")
_IGNORED = regex("^[\x00- ]+|[\t\n\r]")
"""What browsers leave out of an address."""
_UNQUOTED = "/()!,+=@~"
"""The characters that the path of a link can have as they are."""


class Advice(NamedTuple):
    """How to correct a broken link.

    Attributes:
        hint: The same in words.
        target: The right target; empty if unknown.
        is_safe: Whether it is the only right one.
    """

    hint: str
    target: str = ""
    is_safe: bool = False


class LinkTargets:
    """The pages and files of a site, by the links that open them.

    Links in pages start at the folder of the page, links in entries at the docs folder.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._paths = SitePaths(context)
        self._nearest = NearestPage(self._paths)
        self._broken: dict[tuple[str, str | None], bool] = {}
        self._opened: dict[tuple[str, str], str] = {}

    def is_broken(self, target: str, page: str | None = None, is_tag: bool = False) -> bool:  # noqa: FBT001, FBT002 - as `IsMeant`
        """Return whether a link opens nothing.

        Args:
            target: The link as written.
            page: The page with the link; `None` for a link in an entry.
            is_tag: Whether it is a tag, which can also start at the published page.
        """
        folder = None if page is None else page.rpartition("/")[0]
        key = (target, folder)
        if key not in self._broken:
            self._broken[key] = self._is_broken(target, folder)
        if not self._broken[key] and self._unpublished_by and self.left_out_by(target, page):
            return True
        if not self._broken[key] or not is_tag or page is None or target.startswith(_ABSOLUTE):
            return self._broken[key]
        return self._paths.opened_by(self._from_published(_path_of(target), page)) is None

    def left_out_by(self, target: str, page: str | None = None) -> str:
        """Return the setting that leaves what a link opens out of the site; empty if it is published."""
        if self._unpublished_by is None:
            return ""
        name = self._unpublished_by(self.opened(target, page))
        # Drafts are shown, or left out, together.
        return "" if name == DRAFTS and page and self._unpublished_by(page) == DRAFTS else name

    def opened(self, target: str, page: str | None = None) -> str:
        """Return the page or file that a working link opens; empty for other sites."""
        key = (target, (page or "").rpartition("/")[0])
        if key not in self._opened:
            self._opened[key] = self._target(*key)
        return self._opened[key] or ("" if _path_of(target) else page or "")

    def _target(self, target: str, folder: str) -> str:
        written = _path_of(target)
        if not written:
            return ""
        if _SCHEME.match(written) or written.startswith("//"):
            below = self._paths.below_home(written)
            return (self._paths.opened_by(below) if below is not None else None) or ""
        return link_path(written.lstrip("/"), "" if written.startswith("/") else folder)

    def problem(self, target: str, page: str | None = None) -> str:
        """Return what is wrong with a broken link."""
        written = _path_of(target)
        setting = self.left_out_by(target, page)
        if setting:
            return f"The link {shown(target)} is broken: `{setting}` leaves the page out of the site"
        gone = self._gone(written, page)
        reason = f"the page was {gone.said}" if gone else self._reason(written, page)
        return f"The link {shown(target)} is broken: {reason}"

    def advice(self, target: str, page: str | None = None, *, is_tag: bool = False) -> Advice:
        """Return how to correct a broken link, with arguments as above."""
        written = _path_of(target)
        setting = self.left_out_by(target, page)
        if setting:
            return Advice(f"Use another page, or remove this one from `{setting}` in mkdocs.yml")
        gone = self._gone(written, page)
        if gone:
            new = self._instead(gone, written, page, is_tag=is_tag)
            return Advice(f"Use `{new}`" if new else "Remove the link, or use another page", new)
        guess = self._nearest.guess(self._readings(written, page))
        if guess is None or not guess.is_same:
            other = _other_address(written)
            if other:
                is_safe = written.startswith("www.") or other.startswith("mailto:")
                other += target[len(written) :]
                return Advice(f"Did you mean `{other}`?", other, is_safe)
        if guess is None:
            return Advice(self._start(written, page))
        new = self._written(guess.path, written, page, is_tag=is_tag) + target[len(written) :]
        if guess.is_moved:
            hint = f"Use `{new}`, the new address of the page"
        else:
            hint = f"Use `{new}`" if guess.is_same else f"Did you mean `{new}`?"
        return Advice(hint, new, guess.is_safe)

    def _is_broken(self, target: str, folder: str | None) -> bool:
        written = _path_of(target)
        if not written or target.startswith("//"):
            return False
        if _SCHEME.match(written):
            below = self._paths.below_home(written)
            return below is not None and self._paths.opened_by(below) is None and self._paths.is_ours(below)
        if written.startswith(_ABSOLUTE):
            return not self._starts_at_docs or not self._paths.is_known(link_path(written.lstrip("/")))
        path = link_path(written, folder or "")
        if self._paths.is_known(path) or self._context.kind_off_at(written, folder or ""):
            return False
        return folder is not None or not (path == "." or self._paths.is_made_last(path))

    def _reason(self, written: str, page: str | None) -> str:
        if written.startswith(_ABSOLUTE) and not self._starts_at_docs:
            return AT_TOP
        guess = self._nearest.same(self._readings(written, page))
        if guess and guess.is_same and not _SCHEME.match(written):
            if page is None and written.startswith("."):
                return "links in entries start at the docs folder"
            if page is not None and link_path(written) == guess.path:
                return "links in pages start at the folder of the page"
            return "it doesn't name the file of the page"
        if page is not None and self._paths.is_made_last(link_path(written, posixpath.dirname(page))):
            return "the site engine doesn't know this file when it reads the pages"
        what = "page" if posixpath.splitext(written)[1] in {"", ".md", ".html"} else "file"
        is_other = _other_address(written).startswith("https:")
        return "an address of another site starts with `https://`" if is_other else f"{what} not found"

    def _gone(self, written: str, page: str | None) -> Gone | None:
        """Return the removed entry that a link would open."""
        pages = self._context.gone_pages
        paths = (reading.removesuffix("/index.html") for reading in self._readings(written, page))
        names = (f"{posixpath.splitext(path.rstrip('/'))[0]}.md" for path in paths) if pages else ()
        return next((pages[name] for name in names if name in pages), None)

    def _instead(self, gone: Gone, written: str, page: str | None, *, is_tag: bool) -> str:
        """Return the link to what replaces a removed entry; empty if nothing does."""
        kind, entry_id = gone.instead or ("", "")
        if entry_id not in self._context.ids.get(kind, {}):
            return ""
        path = f"{self._context.kinds[kind].page}/{entry_id}.md"
        return self._written(path, written, page, is_tag=is_tag)

    def _written(self, path: str, before: str, page: str | None, *, is_tag: bool) -> str:
        """Return the target of a link to a page or file, as it has to be written in the place of another."""
        if _SCHEME.match(before):
            return f"{self._context.site.url}{self._paths.address(path)}"
        if is_tag and page is not None:
            return self._paths.from_published(path, page)
        return quote(posixpath.relpath(path, posixpath.dirname(page or "") or "."), safe=_UNQUOTED)

    def _readings(self, written: str, page: str | None) -> Sequence[str]:
        """Return the paths in the docs folder that a broken link can stand for, the likeliest first."""
        path = unquote(written).replace("\\", "/")
        if _SCHEME.match(written):
            return [(self._paths.below_home(path) or "").strip("/")]
        if path.startswith("/"):
            home = urlsplit(self._context.site.url)
            below = self._paths.below_home(f"{home.scheme}://{home.netloc}{path}") if home.netloc else None
            return [_normal((path if below is None else below).strip("/"))]
        readings = [_UP.sub("", _normal(path)).removeprefix("docs/")]
        if page is not None:
            from_source = posixpath.join(posixpath.dirname(page), path)
            readings = [_normal(from_source), _normal(self._from_published(path, page)), *readings]
        return list(dict.fromkeys(readings))

    def _start(self, written: str, page: str | None) -> str:
        """Return where links start, as a hint for a link that can mean anything."""
        if written.startswith(_ABSOLUTE) or _SCHEME.match(written):
            return "Use the path of a page, or the full address of another site"
        made = link_path(written, posixpath.dirname(page or ""))
        if page is not None and self._paths.is_made_last(made):
            return f'Use a tag: `<a href="{self._paths.from_published(made, page)}">`'
        return f"Use a path from the {'docs folder' if page is None else 'folder of this page'}"

    def _from_published(self, written: str, page: str) -> str:
        """Return what a link opens if it starts at the published page, as a path of the finished site."""
        address = self._paths.address(page)
        return link_path(written, address if address.endswith("/") else posixpath.dirname(address))

    @cached_property
    def _unpublished_by(self) -> Callable[[str], str] | None:
        return unpublished_by(self._context.site)

    @cached_property
    def _starts_at_docs(self) -> bool:
        """Return whether the settings let links with a slash start at the docs folder."""
        found = engine_settings(self._context.site, "relative_to_docs")
        return (
            found is not None
            and validation_setting(found[1], "links", "absolute_links") == "relative_to_docs"
        )


def _path_of(target: str) -> str:
    """Return a target without the part from `?` or `#` on, as a browser reads it."""
    if "&" in target:
        from html import unescape  # noqa: PLC0415 - few targets have references to characters

        target = _IGNORED.sub("", unescape(target))
    return target.partition("#")[0].partition("?")[0]


def _other_address(written: str) -> str:
    """Return the address of another site or person that a link is meant to be; empty if it is none."""
    if written.startswith("www.") or _HOST.match(written):
        return f"https://{written}"
    return f"mailto:{written}" if _EMAIL.fullmatch(written) else ""


def _normal(path: str) -> str:
    found = posixpath.normpath(path) if path else ""
    return "" if found == "." else found
