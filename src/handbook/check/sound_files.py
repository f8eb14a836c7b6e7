"""Remember the files in which no rule found a mistake, so that they need not be checked again.

Most rules about words and values look at each file alone. What they find follows from the file, its name,
the schemas, the settings and the date, and all of these are in the key. Files with findings are checked in
every run, so no finding is ever kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handbook.base.findings import Finding
from handbook.base.memory import key_of, memory
from handbook.base.rule import Rule
from handbook.read.context import Context
from handbook.read.files import CONFIG
from handbook.read.plain_file import UnusableError, read_plain_file


def with_sound_files(context: Context, rules: Sequence[Rule[Context]]) -> Context:
    """Return a context that knows the files in which earlier runs found no mistake.

    Args:
        context: Everything that was read.
        rules: The rules to apply.
    """
    kept = memory()
    state, contents = _state(context, rules) if kept else ("", {})
    if kept is None or not state:
        return context
    sound = (path for path, key in contents.items() if kept.recall(_name(state, path)) == key)
    return context._replace(sound_files=frozenset(sound))


def keep_sound_files(context: Context, rules: Sequence[Rule[Context]], found: Iterable[Finding]) -> None:
    """Remember the files without mistakes.

    Args:
        context: Everything that was read.
        rules: The rules that were applied.
        found: What those that look at each file alone found, before settings and comments change it.
    """
    kept = memory()
    state, contents = _state(context, rules) if kept else ("", {})
    if kept is None or not state:
        return
    wrong = {finding.path for finding in found}
    wrong |= {entry.source.path for entry in context.misfits}
    wrong |= {entry.source.path for entry, _ in context.swallowed}
    wrong |= {page.shown_path for page in context.pages if page.path in context.unclear_pages}
    for path in contents.keys() - wrong - context.sound_files:
        kept.keep(_name(state, path), contents[path])


def _name(state: str, path: str) -> str:
    return f"{state} {path}"


def _state(context: Context, rules: Sequence[Rule[Context]]) -> tuple[str, dict[str, str]]:
    """Return what names the files without mistakes in the memory, and what names the content of each file.

    The first is empty if they can't be remembered. A file of a layer can be hidden by another one, so
    handbooks with layers are checked as a whole.
    """
    documents = {source.path: source.document for source in context.sources}
    # Names that can't be printed can look alike.
    if context.layers.sites or context.layers.are_incomplete or len(documents) < len(context.sources):
        return "", {}
    try:
        config = read_plain_file(context.site.root / CONFIG)
    except UnusableError:
        return "", {}
    state = key_of(
        "sound",
        context.schemas_key,
        config,
        context.setting.source.document.text if context.setting else "",
        context.today.isoformat(),
        *(rule.code for rule in rules if rule.is_local),
    )
    contents = {path: each.key for path, each in documents.items() if each.key and not each.faults}
    contents |= {page.shown_path: key_of("page", page.text) for page in context.pages if not page.faults}
    return state, contents
