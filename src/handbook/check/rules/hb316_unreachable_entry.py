"""Content: an entry that readers can't find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from handbook.base.findings import Finding, Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.check.engine_settings import pages_meant
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.macro_calls import macro_calls
from handbook.read.macros import page_macros
from handbook.read.page_language import MacroSyntaxError
from handbook.read.schemas.kinds import Kind

_CONFIG = """site_name: Handbook
nav:
  - Home: index.md
"""


def _follows(causes: Sequence[Finding]) -> Callable[[Finding], bool]:
    """Return a test for entries that a misspelt reference or item of the navigation probably means.

    A file that can't be read might name any of them.
    """
    is_unread = any(cause.code.startswith("HB0") or cause.code == "HB108" for cause in causes)
    meant = {text for cause in causes for text in cause.new_texts}
    pages = [f": {page.removesuffix('index.md')}`" for page in pages_meant(causes)]
    return lambda finding: is_unread or finding.id in meant or any(page in finding.hint for page in pages)


@rule(
    "HB316",
    "unreachable-entry",
    Severity.WARNING,
    reason=(
        "If no page shows an entry and no other entry refers to it, no one finds it. It goes out of date "
        "but still takes effort to maintain."
    ),
    bad={
        "mkdocs.yml": _CONFIG,
        "docs/index.md": "# Home\n",
        "tools_inventory.yaml": TOOL.replace("id: linear", "«i»d: linear"),
    },
    good={
        "mkdocs.yml": f"{_CONFIG}  - Tools: tools/\n",
        "docs/index.md": "# Home\n",
        "tools_inventory.yaml": TOOL,
    },
    follows=_follows,
)
def _check(context: Context) -> Iterator[Problem]:
    if context.site.navigation is None:
        # Without navigation, MkDocs lists every page.
        return
    hidden = {name for name, kind in context.kinds.items() if not _is_in_navigation(kind, context)}
    shown, shown_kinds = _shown_by_pages(context)
    hidden -= shown_kinds
    if not hidden:
        return
    for entry, _, shape, value in context.references:
        shown |= {(kind, value) for kind in shape.refs if (kind, value) != (entry.kind.name, entry.id)}
    texts = [page.text for page in context.pages] + [source.document.text for source in context.sources]
    texts += context.site.navigation
    for name in hidden:
        link = re.compile(rf"{re.escape(context.kinds[name].page)}/((?:[a-z0-9-]+/)?[a-z0-9-]+)\.md")
        shown |= {(name, linked) for text in texts for linked in link.findall(text)}
    for entry in context.sound_entries:
        kind = entry.kind
        if kind.name not in hidden or (kind.name, entry.id) in shown:
            continue
        yield entry.problem(
            (),
            f"Unused {kind.label.lower()}: no page shows it and no entry refers to it",
            f"Add `{kind.title}: {kind.page}/` to `nav:` in mkdocs.yml, refer to it, or remove it",
            "start",
        )


def _is_in_navigation(kind: Kind, context: Context) -> bool:
    return bool({f"{kind.page}/", f"{kind.page}/index.md"} & set(context.site.navigation or ()))


def _shown_by_pages(context: Context) -> tuple[set[tuple[str, str]], set[str]]:
    """Return the entries that handwritten pages show, and the kinds that they show completely."""
    entries: set[tuple[str, str]] = set()
    kinds: set[str] = set()
    macros = page_macros(context.kinds.values())
    for page in context.pages:
        try:
            calls = macro_calls(page, context.site.macros)
        except MacroSyntaxError:
            continue
        for call in calls:
            macro = macros.get(call.name)
            if macro:
                given = macro.arguments(call.arguments, call.named)
                kind = macro.kind or given.get("kind")
                if macro.shows == "entries":
                    kinds.add(str(kind))
                elif macro.shows == "entry":
                    entries.add((str(kind), str(given.get("id"))))
                continue
            # A macro of the site may show the entry whose content type and ID it is given.
            names = [argument for argument in call.arguments if isinstance(argument, str)]
            if len(names) > 1:
                entries.add((names[0], names[1]))
    return entries, kinds
