"""Update the catalogues of `src/handbook/locale/` with every string that readers see.

`make words` calls it after such a string has changed. A new string has an empty translation, which a test
reports. A string that is gone is removed.

The catalogues in `practice/` have the texts that `handbook init` writes. If such a text has only changed, it
keeps its translation, marked as fuzzy: correct the translation and remove the mark.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from handbook.base.language import CHOICE, mark_terms
from handbook.base.spelling import JOBS, OTHER_JOB, TERMS
from handbook.base.text import spelled
from handbook.kinds.figures import FIGURES
from handbook.loaded.rulebook import CHAPTERS, RULEBOOK
from handbook.read.languages import SCRIPTS
from handbook.read.page_language import PAGE_FILTERS
from handbook.read.schemas.kinds import GONE_SCHEMA
from handbook.read.settings import SETTINGS_SCHEMA
from handbook.starter.plan import catalogue as starting_tools
from handbook.starter.practice_texts import practice_texts
from handbook.starter.translating import CATALOGUES

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "src/handbook/locale"
_FIGURE_VIEWS = ROOT / "macros/figures"
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "NC_": ((1, "c"), 2),
}
_OPTIONS = {"encoding": "utf-8", "newstyle_gettext": "true"}  # as the environment of views
_LITERAL = r'("(?:[^"\\\n]|\\.)*")'
_SCRIPT_CALL = re.compile(rf"\b(?:_\(\s*{_LITERAL}|ngettext\(\s*{_LITERAL},\s*{_LITERAL})")
"""A call in a script. Babel misses those inside of template strings, as in `${a ? _("…") : b}`."""
_VIEWS = "jinja2.ext:babel_extract"
_TITLE = "title"
_FOR_AUTHORS = frozenset({SETTINGS_SCHEMA, GONE_SCHEMA})
"""The schemas whose fields no page shows, but editors do."""


def find_strings(root: Path = ROOT) -> Catalog:
    """Return every string for readers in views, code, scripts and schemas, without translations."""
    catalogue = Catalog(project="product-handbook", fuzzy=False)
    for strings in _of_scripts(root / SCRIPTS):
        catalogue.add(strings, locations=[(SCRIPTS, 0)])
    for message, context in _of_views(root / "macros"):
        catalogue.add(message, context=context)
    for path in sorted((root / "src/handbook").rglob("*.py")):
        for message, context in _of_code(path.read_text(encoding="utf-8")):
            catalogue.add(message, context=context)
    words: list[str | tuple[str, ...]] = [*map(tuple, TERMS.values()), *JOBS.values(), OTHER_JOB]
    for word in words:
        catalogue.add(word)
    for path in sorted((root / "schemas").glob("*.schema.json")):
        find = _for_editors if path.name in _FOR_AUTHORS else _of_schema
        for message, context in find(json.loads(path.read_text(encoding="utf-8"))):
            catalogue.add(message, context=context)
    for message in _of_references():
        catalogue.add(message)
    # What the tools can do that a new handbook starts with. Other capabilities are a company's own words.
    capabilities = [each for tool in starting_tools().values() for each in tool.capabilities]
    for message, context in _choices(capabilities):
        catalogue.add(message, context=context)
    return catalogue


def _of_references() -> Iterator[str]:
    """Yield what the references of rules, macros and filters say."""
    for rule in RULEBOOK.values():
        yield from (rule.title, rule.reason)
    yield from CHAPTERS.values()
    yield from PAGE_FILTERS.values()
    yield from (
        figure.description for name, figure in FIGURES.items() if (_FIGURE_VIEWS / f"{name}.jinja").exists()
    )


def _of_views(folder: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    for path in _own_files(folder, "*.jinja"):
        text = BytesIO(path.read_bytes())
        for _line, message, _comments, context in extract(_VIEWS, text, _KEYWORDS, options=_OPTIONS):
            yield message, context


def _own_files(folder: Path, pattern: str) -> list[Path]:
    """Return the files of a folder, without the libraries of others."""
    return sorted(path for path in folder.rglob(pattern) if path.parent.name != "vendor")


def _of_scripts(folder: Path) -> Iterator[str | tuple[str, ...]]:
    """Yield the strings of our scripts in a folder."""
    for path in _own_files(folder, "*.js"):
        for call in _SCRIPT_CALL.findall(path.read_text(encoding="utf-8")):
            strings = tuple(json.loads(literal) for literal in call if literal)
            yield strings if len(strings) > 1 else strings[0]


def _of_code(code: str) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Yield the strings of a Python module. Before Python 3.12, Babel finds none inside of f-strings."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            constants = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
            match node.func.id, [value for value in constants if isinstance(value, str)]:
                case "_" | "N_", [message]:
                    yield message, None
                case "pgettext" | "NC_", [context, message]:
                    yield message, context
                case "ngettext", [one, many, *_]:
                    yield (one, many), None


def _of_schema(schema: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Yield the titles and descriptions of a content type and its fields, and its choices."""
    kind = schema.get("x-kind")
    if kind:
        yield kind[_TITLE], None
        yield from _described(schema)
    # Readers see the titles of shared fields, but never the one of the file.
    yield from _of_part(schema if "properties" in schema else schema["$defs"])


def _of_part(part: Any) -> Iterator[tuple[str, str | None]]:
    if isinstance(part, list):
        for item in part:
            yield from _of_part(item)
    elif isinstance(part, dict):
        if isinstance(part.get(_TITLE), str):
            yield part[_TITLE], None
            yield from _described(part)
        yield from _choices(part.get("enum", ()))
        for name, inner in part.items():
            is_field = isinstance(inner, dict) and _TITLE in inner  # a field can be called "default"
            if is_field or name not in ("enum", "examples", "default", "const"):
                yield from _of_part(inner)


def _for_editors(part: Any) -> Iterator[tuple[str, str | None]]:
    """Yield the titles and descriptions in a schema."""
    if isinstance(part, list):
        for item in part:
            yield from _for_editors(item)
    elif isinstance(part, dict):
        yield from ((part[name], None) for name in (_TITLE, "description") if isinstance(part.get(name), str))
        for inner in part.values():
            yield from _for_editors(inner)


def _described(part: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    if "description" in part:
        yield part["description"], None


def _choices(values: Iterable[object]) -> Iterator[tuple[str, str | None]]:
    yield from ((mark_terms(spelled(value)), CHOICE) for value in values if isinstance(value, str))


def find_practice() -> Catalog:
    """Return every text that a new handbook can get, without translations, in the order of its files."""
    found = Catalog(project="product-handbook", fuzzy=False)
    for text, path in practice_texts().items():
        found.add(text, locations=[(path, 0)])
    return found


def updated(path: Path, found: Catalog, *, is_practice: bool = False) -> bytes:
    """Return a catalogue with all strings; those that are gone are removed.

    Args:
        path: The catalogue.
        found: The strings, without translations.
        is_practice: Whether they are texts of a new handbook; otherwise they are sorted.
    """
    before = path.read_bytes()
    # The texts of a new handbook need no plural forms, and their catalogue has no header.
    header = b"" if is_practice else before.partition(b"\n\n")[0] + b"\n\n"
    catalogue = read_po(BytesIO(before), locale=path.stem)
    catalogue.update(found, no_fuzzy_matching=not is_practice)
    for message in catalogue if is_practice else ():
        # A percentage is no place for a value.
        message.flags.discard("python-format")
    written = BytesIO()
    # Without dates and line numbers, the same strings give the same file.
    write_po(
        written,
        catalogue,
        110,
        omit_header=True,
        sort_output=not is_practice,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return header + written.getvalue()


def main() -> None:
    """Update all catalogues."""
    found = find_strings()
    for path in sorted(LOCALE.glob("*.po")):
        path.write_bytes(updated(path, found))
    practice = find_practice()
    for path in sorted(CATALOGUES.glob("*.po")):
        path.write_bytes(updated(path, practice, is_practice=True))


if __name__ == "__main__":
    main()
