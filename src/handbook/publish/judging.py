"""Check the rendered pages: active content stops the build."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from handbook.base.acting import Acting, acting_parts, may_act
from handbook.base.findings import Finding, Severity, Span
from handbook.base.words import one_line
from handbook.output.text import render_finding
from handbook.publish.delivery import DIGEST
from handbook.read.files import CONFIG
from handbook.read.settings import SETTINGS_FILE

CODE = "HB601"
"""The code of the rule that finds most active content in the sources."""

BLOCKED = "HB603"
"""The code of the rule about content that plugins and the theme add."""

VALIDATION_FAILED = "Handbook validation failed"


def acting_findings(path: str, text: str, markup: str) -> Iterator[str]:
    """Yield the active content of a page, as findings ready to print.

    Args:
        path: The source file of the page.
        text: The text of that file.
        markup: The page as HTML.
    """
    for part in acting_parts(markup) if may_act(markup) else ():
        span, line = _place(text, markup, part)
        finding = Finding(path, span, CODE, Severity.ERROR, one_line(part.message), part.hint)
        yield render_finding(finding, line)


def headless_page(path: str) -> str:
    """Return the finding about a page without a place for a policy, ready to print."""
    message = "The page does not start with `<head>`, so no security policy can protect its readers"
    hint = "Remove `template` from the page, or start the template with `<!doctype html><html><head>`"
    return render_finding(Finding(path, Span(), BLOCKED, Severity.ERROR, message, hint), "")


def _place(text: str, markup: str, part: Acting) -> tuple[Span, str]:
    """Return the first place in the text with the same words, or the start of the file."""
    piece = markup[part.start : part.end].partition("\n")[0]
    start = text.casefold().find(piece.casefold())
    if start < 0:
        return Span(), ""
    line = text.count("\n", 0, start)
    column = start - text.rfind("\n", 0, start)
    return Span(line + 1, column, line + 1, column + len(piece)), text.split("\n")[line]


def refused_parts(
    settings: str, refused: Mapping[str, Collection[str]], origins: Mapping[str, str]
) -> Iterator[str]:
    """Yield the scripts and hosts that the policy of the pages blocks, as findings ready to print.

    Args:
        settings: The text of `mkdocs.yml`.
        refused: The pages, by digest of a script or name of another host.
        origins: The plugin that adds each script or host, if a plugin does.
    """
    for part, pages in sorted(refused.items()):
        if f"//{part}/" in settings:  # The rule already reports the settings.
            continue
        plugin = origins.get(part, "")
        is_script = part.startswith(DIGEST)
        origin = f"The plugin `{plugin}`" if plugin else "The theme"
        does = "adds an inline script to" if is_script else f"loads a file from `{part}` on"
        where = f"`{min(pages)}`" if len(pages) == 1 else f"{len(pages)} pages, such as `{min(pages)}`"
        if not is_script:
            hint = f"Add `{part}` to `security.allow_hosts` in {SETTINGS_FILE}, or remove whatever loads it"
        elif plugin:
            hint = f"Add `{plugin}` to `security.allow_inline_from` in {SETTINGS_FILE}, or remove the plugin"
        else:
            hint = "Move the script to a separate file, and add the file to `extra_javascript`"
        named = (
            re.search(rf"^[ ]*-[ ]+[\"']?{re.escape(plugin)}\b.*", settings, re.MULTILINE) if plugin else None
        )
        line = settings.count("\n", 0, named.start()) + 1 if named else 1
        finding = Finding(
            CONFIG,
            Span(line, 1, line, 2),
            BLOCKED,
            Severity.WARNING,
            f"{origin} {does} {where}, and browsers block it",
            hint,
        )
        yield render_finding(finding, "")
