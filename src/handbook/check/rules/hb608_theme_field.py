"""Trust: a page field that would break the theme, or make it deliver something other than the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from handbook.base.fixes import Edit, Fix
from handbook.base.named_tuples import NamedTuple
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.words import shown
from handbook.check.engine_settings import engine_settings
from handbook.check.icons import has_icon, icon_hint
from handbook.read.context import Context
from handbook.read.files import Site, read_source
from handbook.read.yaml.document import Document, Pointer
from handbook.read.yaml.scalars import SWITCHES, WORDS

REDIRECT = "redirect.html"
"""The theme's template that opens another page. Another rule covers it."""

_USUAL = "main.html"


class _Form(NamedTuple):
    """The required type of a field, in words and as a test."""

    words: str
    fits: Callable[[Any], bool]
    hint: str


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_same_in_any_version(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_same_in_any_version, (*value, *value.values())))
    if isinstance(value, list):
        return all(map(_is_same_in_any_version, value))
    if isinstance(value, bool):
        return True
    is_word = isinstance(value, str) and value[:1].isalpha()
    return is_word and value not in WORDS and value.lower() not in SWITCHES


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_TEXT = _Form("text", _is_text, "Use text, in quotes if it looks like a number")
_FORMS: Mapping[Pointer, _Form] = {
    **{(name,): _TEXT for name in ("title", "description", "icon", "status")},
    ("template",): _TEXT,
    ("hide",): _Form("a list of texts", _is_list_of_text, "Use a list, such as `[navigation, toc]`"),
    ("tags",): _Form("a list of texts", _is_list_of_text, 'Use a list, such as `[research, "2026"]`'),
    ("search",): _Form(
        "a mapping", lambda value: isinstance(value, dict), "Use a mapping, such as `{exclude: true}`"
    ),
    ("search", "boost"): _Form("a number", _is_number, "Use a number, such as `2`"),
    ("search", "exclude"): _Form(
        "true or false", lambda value: isinstance(value, bool), "Use `true` or `false`"
    ),
}
_NEVER_EMPTY = ("template",)
"""The site engine uses this field as it is, even if it is empty."""


@rule(
    "HB608",
    "theme-field",
    reason=(
        "The theme uses `title`, `template`, `icon`, `search` and other fields of a page as they are. An "
        "unexpected value fails the build without naming the file. A template that isn't a whole page would "
        "be published without the policy that protects its readers. A site's own templates are the `.html` "
        "files directly in the theme's `custom_dir`."
    ),
    bad={"docs/index.md": "---\ntitle: Home\nhide: «true»\n---\n\n# Home\n"},
    good={"docs/index.md": "---\ntitle: Home\nhide: [toc]\n---\n\n# Home\n"},
)
def _check(context: Context) -> Iterator[Problem]:
    for page in context.pages:
        if page.meta and not page.faults:
            is_trusted = page.shown_path in context.settings.trusted_files
            yield from _check_fields(context, page.shown_path, page.document, is_trusted=is_trusted)
    for path in context.tree.handed_down:
        source = read_source(context.site, path)
        yield from _check_fields(context, source.path, source.document)


def _check_fields(
    context: Context, path: str, document: Document, *, is_trusted: bool | None = None
) -> Iterator[Problem]:
    """Yield problems with the fields of a page, or with those that a file sets for a whole folder.

    Args:
        context: Everything that was read from the site.
        path: The file, as shown in findings.
        document: The fields.
        is_trusted: Whether the page is trusted; `None` if it isn't a page.
    """
    fields = _as_engines_read(document)

    def problem(pointer: Pointer, message: str, hint: str) -> Problem:
        return Problem(path, document.value_span(pointer), message, hint)

    for pointer, form in _FORMS.items():
        above = fields if len(pointer) == 1 else fields.get(pointer[0])
        if not isinstance(above, dict) or pointer[-1] not in above:
            continue
        value = above[pointer[-1]]
        name = ".".join(map(str, pointer))
        if not form.fits(value) and (value is not None or pointer == _NEVER_EMPTY):
            found = problem(pointer, f"`{name}` must be {form.words}", form.hint)
            is_scalar = form is _TEXT and not isinstance(value, (dict, list))
            yield found._replace(correction=_quoted(path, document, pointer) if is_scalar else None)
        elif name == "template":
            is_known = value == REDIRECT if is_trusted else is_trusted is False and is_redirect(value)
            if not is_known and not _is_whole_page(context.site, value):
                message = f"Unknown or incomplete page template {shown(value)}"
                yield problem(pointer, message, f"Remove `template`, or use `{_USUAL}`")
        elif name == "icon" and value and not has_icon(context.site, value):
            yield problem(pointer, f"Unknown icon {shown(value)}", icon_hint(context.site, value))


def _quoted(path: str, document: Document, pointer: Pointer) -> Fix | None:
    """Return the edit that puts a value such as a number in quotes, if it is on one line."""
    start, written = document.written(pointer)
    span = document.span(start, start + len(written))
    if not written or not set(written).isdisjoint("\n\r\"'\\") or written[0] in "!&*":
        return None
    return Fix((Edit(path, span, f'"{written}"'),))


def is_redirect(template: object) -> bool:
    """Return whether a template, however its path is written, is the one that opens another page."""
    return isinstance(template, str) and PurePosixPath(template).name == REDIRECT


def _as_engines_read(document: Document) -> dict[Any, Any]:
    """Return the fields by the rules of YAML 1.1, in which `yes` and a date are not text."""
    fields, text = document.value, document.text
    # Most fields are words in any version, and need not be read again.
    if isinstance(fields, dict) and "<<" not in text and "!" not in text:
        ours = [fields[name] for (name, *_) in _FORMS if name in fields]
        if all(map(_is_same_in_any_version, ours)):
            return fields
    import yaml  # noqa: PLC0415 - such texts are rare, and YAML takes long to import

    try:
        fields = yaml.load(text, yaml.CSafeLoader)
    except (ValueError, yaml.YAMLError):  # another rule reports it
        return {}
    return fields if isinstance(fields, dict) else {}


def _is_whole_page(site: Site, template: str) -> bool:
    """Return whether a template makes a whole page: the usual one, or one of the site's own."""
    if template == _USUAL or (site.overrides is None and engine_settings(site, "INHERIT")):
        return True
    is_name = "/" not in template and "\\" not in template and template.endswith(".html")
    return is_name and site.overrides is not None and (site.overrides / template).is_file()
