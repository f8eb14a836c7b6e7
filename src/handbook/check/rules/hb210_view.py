"""References: a view that can't be rendered, or that names a field that doesn't exist."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.check.page_names import problems_in
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.page_language import DOWNLOAD_VIEW, LARGEST_VIEW
from handbook.read.view_files import VIEWS, ViewFiles

_DOWNLOAD = ".download."


@rule(
    "HB210",
    "view",
    reason=(
        "A view formats data and reads nothing else: no files, no settings of the computer and no internals "
        "of Python. A view that can't be read fails every build, and a field that the schema doesn't have is "
        "never shown."
    ),
    bad={"tools_inventory.yaml": TOOL, "macros/tool.jinja": "Is {{ entry.status | «wrods» }}.\n"},
    good={"tools_inventory.yaml": TOOL, "macros/tool.jinja": "Is {{ entry.status | words }}.\n"},
)
def _check(context: Context) -> Iterator[Problem]:
    views = context.views
    # The engine's tests check its own views. Checking them again takes as long as all other rules.
    for name, path in views.own.items():
        shown = context.site.relative(path)
        if _DOWNLOAD in name and not DOWNLOAD_VIEW.fullmatch(name):
            message = "Invalid name for a download view"
            hint = f"Rename it to `{VIEWS}/<kind>.download.<suffix>.jinja`, with a suffix of a-z and 0-9"
            yield Problem(shown, Span(), message, hint)
            continue
        if path.stat().st_size > LARGEST_VIEW:
            message = f"This view is larger than {LARGEST_VIEW:,} bytes"
            yield Problem(shown, Span(), message, "Split it into several views")
            continue
        yield from _check_view(shown, path.name, path.read_bytes(), views.names)
    if views.own and not context.schema_problems:
        yield from _check_fields(context, views)


def _check_view(shown: str, name: str, content: bytes, views: frozenset[str]) -> Iterator[Problem]:
    from handbook.check.templates import view_problems  # noqa: PLC0415 - Jinja is slow to import

    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "This view is not UTF-8"
        yield Problem(shown, Span(line, 1, line, 2), message, "Save the file as UTF-8")
        return
    yield from problems_in(shown, text, view_problems(text, views, is_part=name.startswith("_")))


def _check_fields(context: Context, views: ViewFiles) -> Iterator[Problem]:
    from handbook.check.view_fields import unknown_fields  # noqa: PLC0415 - as above

    for name, problem in unknown_fields(views, context.kinds):
        yield from problems_in(context.site.relative(views.own[name]), views.text(name) or "", [problem])
