"""The last look at what pages have become: whatever acts in one stops the build."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from handbook.check.acting import Acting, acting_parts, may_act
from handbook.check.words import one_line
from handbook.findings import Finding, Severity, Span
from handbook.publish.delivery import DIGEST
from handbook.read.files import CONFIG
from handbook.read.settings import SETTINGS_FILE
from handbook.report.text import render_finding

CODE = "HB601"
"""The code of the rule that finds most of it in the sources."""

BLOCKED = "HB603"
"""The code of the rule about what plugins and the theme add."""


def acting_findings(path: str, text: str, markup: str) -> Iterator[str]:
    """What acts in a page, as findings that are ready to be shown.

    Args:
        path: The file that the page comes from.
        text: What is in it.
        markup: What has become of it.
    """
    for part in acting_parts(markup) if may_act(markup) else ():
        span, line = _place(text, markup, part)
        finding = Finding(path, span, CODE, Severity.ERROR, one_line(part.message), part.hint)
        yield render_finding(finding, line)


def headless_page(path: str) -> str:
    """Return the finding about a page that has no place for a policy, ready to be shown."""
    message = "The page begins with something else than `<head>`, so no policy would protect its readers"
    hint = "Remove `template` from the page, or begin the template with `<!doctype html><html><head>`"
    return render_finding(Finding(path, Span(), BLOCKED, Severity.ERROR, message, hint), "")


def _place(text: str, markup: str, part: Acting) -> tuple[Span, str]:
    """Where it comes from: the first place with the same words, or the beginning of the file."""
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
    """What the policy of pages keeps from loading or running, as findings that are ready to be shown.

    Args:
        settings: The text of `mkdocs.yml`.
        refused: The pages, by digest of a script or name of another host.
        origins: The plugin that adds it, as far as one does.
    """
    for part, pages in sorted(refused.items()):
        if f"//{part}/" in settings:  # The rule finds it in the settings.
            continue
        plugin = origins.get(part, "")
        is_script = part.startswith(DIGEST)
        who = f"The plugin `{plugin}`" if plugin else "The theme"
        does = "puts a script into" if is_script else f"loads something from `{part}` on"
        where = f"`{min(pages)}`" if len(pages) == 1 else f"{len(pages)} pages, such as `{min(pages)}`"
        if not is_script:
            hint = f"Add `{part}` to `security.allow_hosts` in {SETTINGS_FILE}, or remove it"
        elif plugin:
            hint = f"Add `{plugin}` to `security.allow_inline_from` in {SETTINGS_FILE}, or remove the plugin"
        else:
            hint = "Move the script into a file of its own, and name it in `extra_javascript`"
        named = (
            re.search(rf"^[ ]*-[ ]+[\"']?{re.escape(plugin)}\b.*", settings, re.MULTILINE) if plugin else None
        )
        line = settings.count("\n", 0, named.start()) + 1 if named else 1
        finding = Finding(
            CONFIG,
            Span(line, 1, line, 2),
            BLOCKED,
            Severity.WARNING,
            f"{who} {does} {where}, and browsers refuse it",
            hint,
        )
        yield render_finding(finding, "")
