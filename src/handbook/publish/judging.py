"""Look at the rendered pages: active content stops the build, and each page gets its security policy."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from urllib.parse import quote

from handbook.base.acting import Acting, acting_parts
from handbook.base.acting_page import Markup
from handbook.base.findings import Finding, Severity
from handbook.base.language import N_, _, speaking
from handbook.base.span import Span
from handbook.base.words import one_line
from handbook.link.place import Place
from handbook.output.text import render_finding
from handbook.publish.accessible_names import name_parts
from handbook.publish.assistants import LIST, assistant_files
from handbook.publish.contents import SiteContents
from handbook.publish.delivery import DIGEST, Delivery, NoHeadError, Theme
from handbook.publish.long_tables import split_tables
from handbook.publish.made_files import MadeFiles, of_kept
from handbook.publish.no_address import MISSING, find_site_script, relative_page
from handbook.read.files import CONFIG
from handbook.read.settings import SETTINGS_FILE

CODE = "HB601"
"""The code of the rule that finds most active content in the sources."""

BLOCKED = "HB603"
"""The code of the rule about content that plugins and the theme add."""

_MISSING_PAGE = N_("The address of the missing page:\n\n\nThe page that links to it:\n\n")


def failed(findings: Iterable[str]) -> str:
    """Return the message of a build that findings stop."""
    return "\n\n".join(["Handbook validation failed", *findings])


class LastLook:
    """Looks at the pages of one build.

    Args:
        contents: The contents of the site.
        origins: The plugin that adds each script or host to a page, if a plugin does.

    Attributes:
        errors: The findings that stop the build, ready to print.
        parts: What gives back the pages with further parts of tables, by their path in the site.
    """

    def __init__(self, contents: SiteContents, origins: Mapping[str, str]) -> None:
        self.errors: list[str] = []
        self._contents = contents
        self._origins = origins
        self._refused: dict[str, set[str]] = defaultdict(set)
        self._portable: list[str] = []
        self.parts: dict[str, Callable[[], str]] = {}

    def report(self, finding: Finding, line: str) -> None:
        """Record a finding that stops the build, and its line."""
        self.errors.append(render_finding(finding, line))

    def read(self, path: str, markup: str) -> None:
        """Find the active content of a page.

        Args:
            path: The path of the page in the docs folder.
            markup: Its text as HTML.
        """
        handbook = self._contents.handbook
        made, written = self._contents.pages.get(path), handbook.pages.get(path)
        shown = written.shown_path if written else made.source if made else path
        if made or shown not in handbook.context.settings.trusted_files:
            for part in acting_parts(markup, Markup.PAGE):
                span, line = _place(written.text if written else "", markup, part)
                finding = Finding(shown, span, CODE, Severity.ERROR, one_line(part.message), part.hint)
                self.report(finding, line)

    def start_to_finish(self, theme: Theme) -> None:
        """Prepare to finish pages.

        Args:
            theme: The theme of the engine.
        """
        context = self._contents.handbook.context
        renderer, issues = self._contents.renderer, self._contents.renderer.repository.issues
        with speaking(renderer.language):
            report = issues.filled(_("Page not found"), _(_MISSING_PAGE)) if issues else ""
        self._delivery = Delivery(
            theme,
            context.settings.security,
            report=report,
            find=self._contents.frame["find"],
        )

    def renewed(self, contents: SiteContents) -> LastLook:
        """Return a look at pages with other contents, whose security and theme are the same."""
        look = LastLook(contents, self._origins)
        look._delivery = self._delivery
        return look

    def finish(self, output: str, base: str, path: str) -> str:
        """Return a page as it is published.

        Args:
            output: The page, as the engine has made it.
            base: The path from it to the home page, as the theme's templates know it.
            path: The path of the page in the docs folder.
        """
        handbook = self._contents.handbook
        names = handbook.context.settings.security.allow_inline_from
        added = [part for part, plugin in self._origins.items() if plugin in names]
        script = ""
        if path == MISSING and not self._contents.url:
            output, base, script = relative_page(output), ".", find_site_script()
        try:
            with speaking(handbook.language):
                links = self._links(path, base)
                page, refused = self._delivery.finish(name_parts(output), base, added, script, links)
        except NoHeadError:
            written = handbook.pages.get(path)
            message = "The page does not start with `<head>`, so no security policy can protect its readers"
            hint = "Remove `template` from the page, or start the template with `<!doctype html><html><head>`"
            shown = written.shown_path if written else path
            finding = Finding(shown, Span(), BLOCKED, Severity.ERROR, message, hint)
            self.report(finding, "")
            return output
        for part in refused:
            self._refused[part].add(path)
        return self._first_part(page, path)

    def _first_part(self, page: str, path: str) -> str:
        """Return a page with the first part of its long tables, and keep the pages with the others."""
        folder, file = posixpath.split(Place(path, self._contents.handbook.site.directory_urls).published)
        with speaking(self._contents.handbook.language):
            pages = split_tables(page, file)
        first = pages.pop(file)
        keep = self._contents.keep
        self.parts |= {posixpath.join(folder, name): keep(text) for name, text in pages.items()}
        return first

    def _links(self, path: str, base: str) -> Mapping[str, str]:
        """Return the addresses of the Markdown version of a page and of the list of all of them."""
        portable = self._contents.portable
        if not portable.has(path):
            return {}
        self._portable.append(path)
        return {"alternate": f"{base}/{quote(portable.path(path))}", "describedby": f"{base}/{LIST}"}

    def further_files(self) -> MadeFiles:
        """Return what belongs to the finished pages, by path: parts of tables, and Markdown versions."""
        with speaking(self._contents.handbook.language):
            return of_kept(self.parts) | assistant_files(self._contents, self._portable)

    def warnings(self) -> Iterator[str]:
        """Yield the scripts and hosts that the policy of the pages blocks, as findings ready to print."""
        settings = (self._contents.handbook.site.root / CONFIG).read_text(encoding="utf-8")
        for part, pages in sorted(self._refused.items()):
            if f"//{part}/" not in settings:  # The rule already reports the settings.
                yield _refused_part(settings, part, pages, self._origins.get(part, ""))


def _place(text: str, markup: str, part: Acting) -> tuple[Span, str]:
    """Return the first place in the text with the same words, or the start of the file."""
    piece = markup[part.start : part.end].partition("\n")[0]
    start = text.casefold().find(piece.casefold())
    if start < 0:
        return Span(), ""
    line = text.count("\n", 0, start)
    column = start - text.rfind("\n", 0, start)
    return Span(line + 1, column, line + 1, column + len(piece)), text.split("\n")[line]


def _refused_part(settings: str, part: str, pages: Collection[str], plugin: str) -> str:
    is_script = part.startswith(DIGEST)
    origin = f"The plugin `{plugin}`" if plugin else "The theme"
    does = "adds an inline script to" if is_script else f"loads a file from `{part}` on"
    where = f"`{min(pages)}`" if len(pages) == 1 else f"{len(pages):,} pages, such as `{min(pages)}`"
    if not is_script:
        hint = f"Add `{part}` to `security.allow_hosts` in {SETTINGS_FILE}, or remove whatever loads it"
    elif plugin:
        hint = f"Add `{plugin}` to `security.allow_inline_from` in {SETTINGS_FILE}, or remove the plugin"
    else:
        hint = "Move the script to a separate file, and add the file to `extra_javascript`"
    named = re.search(rf"^[ ]*-[ ]+[\"']?{re.escape(plugin)}\b.*", settings, re.MULTILINE) if plugin else None
    line = settings.count("\n", 0, named.start()) + 1 if named else 1
    message = f"{origin} {does} {where}, and browsers block it"
    finding = Finding(CONFIG, Span(line, 1, line, 2), BLOCKED, Severity.WARNING, message, hint)
    return render_finding(finding, "")
