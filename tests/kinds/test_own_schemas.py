"""Figures of a site with schemas of its own: they hold, or say what they miss; they never make it up."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from handbook.base.report import make_report
from handbook.kinds.figures import FIGURES
from handbook.loaded.handbook import Handbook
from handbook.read.files import find_site
from handbook.read.schemas.shapes import Shape
from handbook.read.sources import read_context
from handbook.read.yaml.document import read_document
from handbook.render.macros import MacroError
from tests.conftest import TODAY
from tests.effort import runs
from tests.render.test_macros import macros_of
from tests.render.test_pages import pages_of
from tests.shipped import few_of, load_shipped
from tests.sites import ROOT

Change = Callable[[dict[str, Any]], None]
PLAN = "new-product-manager"
ARGUMENTS = {"onboarding_stages": [PLAN], "onboarding_tasks": [PLAN]}
NEED = re.compile(r"The figure `\w+` needs the (field|content type) `[\w.]+`, which the schemas of this site")


def nothing(_: dict[str, Any]) -> None:
    """Leave it as it is."""


def unconditional(schema: dict[str, Any]) -> None:
    """Drop what one field asks of another."""
    for keyword in (
        "allOf",
        "anyOf",
        "if",
        "then",
        "else",
        "dependentSchemas",
        "dependentRequired",
        "examples",
    ):
        schema.pop(keyword, None)


def without(field: str) -> tuple[Change, Change]:
    """Drop a field from the schema of a kind and from its entries."""

    def from_schema(schema: dict[str, Any]) -> None:
        del schema["properties"][field]
        schema["required"] = [name for name in schema["required"] if name != field]
        unconditional(schema)

    return from_schema, lambda entry: entry.pop(field, None) and None


def parked(schema: dict[str, Any]) -> None:
    """Add a state."""
    schema["properties"]["status"]["enum"].append("parked")


def park(entry: dict[str, Any]) -> None:
    """Give an entry that state."""
    entry["status"] = "parked"


def optional(schema: dict[str, Any]) -> None:
    """Ask for no field but the name."""
    schema["required"] = ["name"]
    unconditional(schema)


def bare(entry: dict[str, Any]) -> None:
    """Leave only the name."""
    for field in set(entry) - {"id", "name"}:
        del entry[field]


def not_a_kind(schema: dict[str, Any]) -> None:
    """Make it a schema without entries."""
    del schema["x-kind"]


def own_handbook(
    folder: Path,
    kinds: Iterable[str],
    change: Change,
    change_entry: Change = nothing,
    prepare: Callable[[Path, str], None] = lambda _folder, _kind: None,
) -> Handbook:
    """The shipped handbook with other schemas of some kinds, and with entries that fit them."""
    for name in ("schemas", "sources"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "mkdocs.yml").write_text("site_name: Test\n")
    shutil.copy(ROOT / "tools_inventory.yaml", folder)
    for kind in kinds:
        prepare(folder, kind)
        path = folder / f"schemas/{kind}.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        plural, sources = schema["x-kind"]["plural"], schema["x-kind"]["sources"]
        change(schema)
        path.write_text(json.dumps(schema), encoding="utf-8")
        for file in (
            file for source in sources for file in [folder / source, *(folder / source).rglob("*.yaml")]
        ):
            if change_entry is not nothing and file.is_file():
                data = json.loads(json.dumps(read_document(file.read_bytes()).value, default=dict))
                for entry in data.get(plural, [data]):
                    change_entry(entry)
                file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    context = read_context(find_site(folder), TODAY)
    assert not context.misfits
    return Handbook(context, make_report((), {}, (), files=0, entries=0), "internal")


def shown_figures(handbook: Handbook) -> tuple[dict[str, str], list[str]]:
    """The figures that a page can show, and the names of those that are switched off."""
    macros = macros_of(handbook)
    shown: dict[str, str] = {}
    off: dict[str, str] = {}
    for name in FIGURES.keys() & macros.keys():
        try:
            shown[name] = macros[name](*ARGUMENTS.get(name, []))
        except MacroError as error:
            off[name] = str(error)
    assert [message for message in off.values() if not NEED.match(message)] == []
    return shown, sorted(off)


BARE = ["experiment", "pain_point", "phase", "process", "question", "study", "survey", "tool"]
STATED = ["dashboard", "experiment", "metric", "pain_point", "study", "tool"]
STATES_NEEDED = [
    "access_request",
    "integration_map",
    "metrics_without_chart",
    "ranked_pain_points",
    "research_findings",
    "studied_questions",
    "tool_audit",
    "tool_picker",
    "tools_by_purpose",
]
CASES: dict[str, tuple[list[str], Change, Change, list[str], list[str]]] = {
    "parked": (STATED, parked, park, [], ["No tools yet.", "Preferred over", "hb-chip--keep"]),
    "with a name only": (
        BARE,
        optional,
        bare,
        [],
        ["No tools yet.", "Category</dt> <dd>None", "hb-chip--keep", "None%"],
    ),
    "without status": (STATED, *without("status"), STATES_NEEDED, ["unclear status", "hb-chip--keep"]),
    "without owner": (["tool"], *without("owner"), ["tool_audit"], ["Unassigned", "ssign an owner"]),
    "without steps": (["process"], *without("steps"), [], ["Maximum duration", "Process flow"]),
}
"""What changes, which figures are off then, and what would be wrong on the pages."""


@pytest.mark.parametrize("case", list(CASES)[: runs(1, len(CASES))])
def test_a_site_with_its_own_schemas_has_all_pages_and_says_nothing_wrong(tmp_path: Path, case: str) -> None:
    kinds, change, change_entry, expected, wrong = CASES[case]
    handbook = own_handbook(tmp_path, kinds, change, change_entry)
    pages = {path: page.markdown for path, page in pages_of(few_of(handbook)).items()}
    figures, off = shown_figures(handbook)
    assert {f"{handbook.catalogue.kind(kind).page}/index.md" for kind in kinds} <= set(pages)
    assert off == expected
    own = [pages[path] for path in pages if path.startswith(("tools/", "processes/", "experiments/"))]
    assert [words for words in wrong if any(words in text for text in (*own, *figures.values()))] == []


def without_kind(folder: Path, kind: str) -> None:
    """Drop the references to a kind."""
    for path in (folder / "schemas").glob("*.schema.json"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(rf',\s*"x-ref": "{kind}"|"x-ref": "{kind}",', "", text)
        text = re.sub(rf'("x-ref": \[[^\]]*)"{kind}", ', r"\1", text)
        text = re.sub(rf'("x-ref": \[[^\]]*), "{kind}"', r"\1", text)
        path.write_text(text, encoding="utf-8")


def renamed_kind(folder: Path, kind: str) -> None:
    """Give a kind another name."""
    for path in (folder / "schemas").glob("*.schema.json"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(rf'"x-ref": (\[[^\]]*)?"{kind}"', rf'"x-ref": \1"own_{kind}"', text)
        path.write_text(text.replace(f'"name": "{kind}"', f'"name": "own_{kind}"'), encoding="utf-8")


SWITCHED_OFF = {
    ("tool", "survey", "dashboard"): [
        "access_request",
        "impact",
        "integration_map",
        "metrics_without_chart",
        "time_audit",
        "tool_audit",
        "tool_picker",
        "tools_by_purpose",
    ],
    ("experiment", "process", "metric", "feedback_source", "flag", "phase"): [
        "calendar",
        "feedback_flow",
        "learning_library",
        "metrics_without_chart",
        "phases_in_order",
        "process_rollout",
        "settled_words",
        "theme_ranking",
    ],
}


GONE = [
    (kinds, *how) for kinds in SWITCHED_OFF for how in ((without_kind, not_a_kind), (renamed_kind, nothing))
]


@pytest.mark.parametrize(("kinds", "prepare", "change"), GONE[: runs(1, len(GONE))])
def test_a_kind_that_is_dropped_or_renamed_takes_its_figures_with_it(
    tmp_path: Path, kinds: tuple[str, ...], prepare: Callable[[Path, str], None], change: Change
) -> None:
    handbook = own_handbook(tmp_path, kinds, change, prepare=prepare)
    assert not handbook.catalogue.kinds.keys() & set(kinds)
    assert pages_of(few_of(handbook))
    figures, off = shown_figures(handbook)
    assert off == SWITCHED_OFF[kinds]
    assert "How to find out" in figures["hiring_signs"]


def test_a_page_that_calls_a_figure_without_its_field_hears_which_one(tmp_path: Path) -> None:
    macros = macros_of(own_handbook(tmp_path, ["tool"], *without("owner")))
    message = (
        "The figure `tool_audit` needs the field `tool.owner`, which the schemas of this site don't have"
    )
    with pytest.raises(MacroError, match=f"^{re.escape(message)}$"):
        macros["tool_audit"]()


def fields_of(shape: Shape, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all fields of a shape and of the items in it."""
    for name, below in (shape.items or shape).properties.items():
        yield (*above, name)
        yield from fields_of(below, (*above, name))


def shape_without(shape: Shape, path: tuple[str, ...]) -> Shape:
    """A shape that lacks one field."""
    changed = copy(shape)
    if shape.items:
        changed.items = shape_without(shape.items, path)
        return changed
    name, *below = path
    changed.properties = {key: part for key, part in shape.properties.items() if below or key != name}
    if below:
        changed.properties[name] = shape_without(shape.properties[name], tuple(below))
    return changed


def value_without(value: Any, path: tuple[str, ...]) -> Any:
    """The data without that field."""
    if isinstance(value, list):
        return [value_without(item, path) for item in value]
    name, *below = path
    kept = {key: part for key, part in value.items() if below or key != name}
    return kept | {name: value_without(kept[name], tuple(below))} if name in kept else kept


def handbook_without(kind: str, path: tuple[str, ...]) -> Handbook:
    """The shipped handbook without a field, in the schema and in the data."""
    shipped = load_shipped("internal").context
    own = shipped.kinds[kind]._replace(shape=shape_without(shipped.kinds[kind].shape, path))
    entries = [
        raw._replace(kind=own, value=value_without(raw.value, path)) if raw.kind.name == kind else raw
        for raw in shipped.entries
    ]
    context = shipped._replace(kinds={**shipped.kinds, kind: own}, entries=entries)
    context.misfits = []  # the validator still asks for the field
    return Handbook(context, make_report((), {}, (), files=0, entries=0), "internal")


def trouble_without(kind: str, path: tuple[str, ...]) -> list[str]:
    """What figures, and the views about the kind, raise but a missing need."""
    handbook = handbook_without(kind, path)
    macros = macros_of(handbook)
    found = []
    for name, (_, needs, _) in FIGURES.items():
        calls: list[Callable[[], object]]
        if name not in macros:
            kinds = handbook.kinds.keys() & {next(iter(needs), "team")}  # an entry is of the first kind
            entries = [entry for about in kinds for entry in handbook.entries(about).values()]
            calls = [partial(handbook.figure, name, entry) for entry in entries]
        elif kind in needs or not needs:
            calls = [partial(macros[name], *ARGUMENTS.get(name, []))]
        else:
            calls = [partial(handbook.figure, name, *ARGUMENTS.get(name, []))]
        for call in calls:
            try:
                call()
            except Exception as error:  # noqa: BLE001 - whatever it is
                found += [] if NEED.match(str(error)) else [f"{name}: {error!r}"]
    return found


ALL_FIELDS = [
    (name, path)
    for name, kind in load_shipped("internal").kinds.items()
    for path in fields_of(kind.shape)
    if path != ("id",)
]


@pytest.mark.parametrize(
    ("kind", "path"),
    random.Random(16).sample(ALL_FIELDS, runs(8, len(ALL_FIELDS))),  # noqa: S311 - a sample
    ids=lambda part: part if isinstance(part, str) else ".".join(part),
)
def test_a_schema_without_a_field_has_its_figures_or_hears_what_they_need(
    kind: str, path: tuple[str, ...]
) -> None:
    assert trouble_without(kind, path) == []
