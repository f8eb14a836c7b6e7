"""The rules about schemas. JSON Schema has found the mistakes; each rule reports one type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from handbook.base.findings import Severity
from handbook.base.fixes import Fix
from handbook.base.problem import Problem
from handbook.base.rule import Rule, rule
from handbook.check.rules.examples import PROCESS, TOOL, with_process, with_tool
from handbook.read.context import Context
from handbook.read.raw import RawEntry, Side
from handbook.read.schemas.problems import SchemaProblem, SchemaProblemKind

_SCHEMA = """{
  "title": "Goal",
  "x-kind": {
    "name": "goal", "plural": "goals", "title": "Goals", "sources": ["sources/goals.yaml"], "page": "goals"
  },
  "type": "object",
  "additionalProperties": false,
  "properties": { "name": { "type": "string", "x-text": "markdown" } }
}
"""


def _mistakes_of(kind: SchemaProblemKind) -> Callable[[Context], Iterator[Problem]]:
    """Return a check that reports the mistakes of one type in every entry."""

    def check(context: Context) -> Iterator[Problem]:
        for entry, problem in context.mistakes:
            if problem.kind is kind:
                from handbook.read.yaml.respelling import AS_UNCOMMENTED  # noqa: PLC0415 - only a mistake needs it

                side: Side = "key" if problem.at_key else "start" if problem.at_start else "value"
                correction = _correction(entry, problem)
                message, hint = problem.message, problem.hint
                if problem.meant and problem.meant.value is AS_UNCOMMENTED:
                    fix = correction() if correction else None
                    message = f"{message}: `#` starts a comment" if fix else message
                    hint = "Put the text in quotes, with its `#`" if fix else hint
                found = entry.problem(problem.pointer, message, hint, side)
                yield found._replace(correction=correction)

    return check


def _correction(entry: RawEntry, problem: SchemaProblem) -> Callable[[], Fix | None] | None:
    if problem.meant is None:
        return None
    side: Literal["value", "key"] = "key" if problem.at_key else "value"
    return entry.respelling(problem.pointer, problem.meant.value, side, is_safe=problem.meant.is_safe)


@rule(
    "HB108",
    "file-shape",
    reason=(
        "A file contains one entry or a collection: the plural of the content type with a list below it. "
        "Anything else in the file would not be read."
    ),
    bad={"tools_inventory.yaml": TOOL.replace("tools:", "«tool»:")},
    good=with_tool(),
)
def _file_shape(context: Context) -> Iterator[Problem]:
    for part in context.misshapen:
        yield Problem(part.source.path, part.place, part.message, part.hint, part.pointer)


@rule(
    "HB109",
    "schema",
    reason=(
        "A schema with a mistyped keyword checks less than it seems to, without a warning. Only the "
        "keywords of JSON Schema 2020-12 and the handbook's annotations are supported. A patch must fit the "
        "schema of the installed version, or it changes less than it seems to."
    ),
    bad={"schemas/goal.schema.json": _SCHEMA.replace('"x-text"', '«"x-txt"»')},
    good={"schemas/goal.schema.json": _SCHEMA},
)
def invalid_schema(context: Context) -> Iterable[Problem]:
    """Return the problems of the schemas themselves."""
    return context.schema_problems


RULES = (
    Rule(
        "HB101",
        "missing-field",
        Severity.ERROR,
        "Readers can't do without the information in a required field.",
        {"tools_inventory.yaml": TOOL.replace("id:", "«i»d:").replace("    status: trial\n", "")},
        with_tool(),
        _mistakes_of(SchemaProblemKind.MISSING),
        is_local=True,
    ),
    Rule(
        "HB102",
        "unknown-field",
        Severity.ERROR,
        "A field that isn't in the schema is not shown on any page. Usually it is a known field with a "
        "typing error in its name.",
        with_tool("    «vendr»: Linear Orbit\n"),
        with_tool("    vendor: Linear Orbit\n"),
        _mistakes_of(SchemaProblemKind.UNEXPECTED),
        is_local=True,
    ),
    Rule(
        "HB103",
        "wrong-type",
        Severity.ERROR,
        "A value of the wrong type can't be shown, sorted or added up.",
        with_tool("    use_when: «Planning a sprint»\n"),
        with_tool("    use_when:\n      - Planning a sprint\n"),
        _mistakes_of(SchemaProblemKind.TYPE),
        is_local=True,
    ),
    Rule(
        "HB104",
        "not-allowed",
        Severity.ERROR,
        "Readers filter and count by fields with a fixed set of values. A value that is spelt differently is "
        "not counted.",
        {"tools_inventory.yaml": TOOL.replace("trial", "«Active»")},
        with_tool(),
        _mistakes_of(SchemaProblemKind.CHOICE),
        is_local=True,
    ),
    Rule(
        "HB105",
        "wrong-form",
        Severity.ERROR,
        "Dates, IDs and addresses have one format, so that they can be compared and linked.",
        with_tool("    review: {last: «01/08/2026», next: 2027-02-01}\n"),
        with_tool("    review: {last: 2026-08-01, next: 2027-02-01}\n"),
        _mistakes_of(SchemaProblemKind.FORM),
        is_local=True,
    ),
    Rule(
        "HB106",
        "wrong-size",
        Severity.ERROR,
        "Limits keep tables readable and catch errors such as an empty text, a negative number or a repeated "
        "tag.",
        with_tool("    tags: [planning, «planning»]\n"),
        with_tool("    tags: [planning]\n"),
        _mistakes_of(SchemaProblemKind.SIZE),
        is_local=True,
    ),
    Rule(
        "HB107",
        "no-alternative",
        Severity.ERROR,
        "If one of several fields is required, readers need at least one of them.",
        with_process(
            PROCESS.replace("trigger: A feature is ready to ship.\n", "").replace(
                "name: Launch", "«n»ame: Launch"
            )
        ),
        with_process(),
        _mistakes_of(SchemaProblemKind.ALTERNATIVE),
        is_local=True,
    ),
    _file_shape,
    invalid_schema,
)
"""Every rule about schemas, by code."""
