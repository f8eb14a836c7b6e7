"""Location: a folder among those of namespaces that is none."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base.findings import Severity
from handbook.base.problem import Problem
from handbook.base.rule import rule
from handbook.base.span import Span
from handbook.base.words import nearest, shown
from handbook.check.rules.examples import TOOL
from handbook.read.context import Context
from handbook.read.settings import SETTINGS_FILE

_SETTINGS = "namespaces: {payments: Payments}\n"


@rule(
    "HB217",
    "unknown-namespace",
    Severity.WARNING,
    reason=(
        "In a handbook with namespaces, a folder below the folder of a content type is one. Entries in "
        "another folder belong to no namespace, so their IDs and names must not repeat."
    ),
    bad={
        "sources/handbook.yaml": _SETTINGS,
        "sources/tools/payment/tools.yaml": f"«t»{TOOL[1:]}",
    },
    good={"sources/handbook.yaml": _SETTINGS, "sources/tools/payments/tools.yaml": TOOL},
)
def _check(context: Context) -> Iterator[Problem]:
    for path, folder in context.other_folders.items():
        near = nearest(folder, context.settings.namespaces)
        hint = f"Did you mean `{near}`?" if near else f"Add it to `namespaces` in {SETTINGS_FILE}"
        yield Problem(path, Span(), f"The folder {shown(folder)} is not a namespace", hint)
