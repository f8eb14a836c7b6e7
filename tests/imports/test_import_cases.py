"""What becomes of a file: each case has a file, what is decided, and the entries or what is to be decided."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handbook.imports.importing import Prepared, prepare, with_guesses
from handbook.imports.mapping import Mapped, read_mapping
from handbook.imports.reading import read_table
from handbook.imports.task import Task
from handbook.read.context import Context
from handbook.read.files import find_site
from handbook.read.sources import read_context
from tests.cases import read_cases
from tests.conftest import TODAY
from tests.sites import write_site

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
SITE = {
    "sources/handbook.yaml": "owner: product-ops\nnamespaces: {payments: Payments}\n",
    "sources/teams.yaml": (
        "teams:\n"
        "  - {id: product-ops, name: Product operations, summary: Runs the tools.}\n"
        "  - {id: platform, name: Platform team, summary: Runs the platform.}\n"
        "  - {id: research, name: Research & Insights, summary: Asks people.}\n"
    ),
    "sources/roles.yaml": "roles:\n  - {id: product-manager, name: Product manager, summary: Decides.}\n",
}


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A handbook with a tool, three teams and a role."""
    return read_context(find_site(write_site(tmp_path_factory.mktemp("site"), SITE)), TODAY)


def prepared(handbook: Context, case: Mapping[str, Any], folder: Path) -> Prepared:
    """The import of a case."""
    encoding = case.get("encoding", "utf-8")
    for name, text in case["files"].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode(encoding))
    mapped = Mapped("imports/test.yaml")
    if "map" in case:
        mapped = read_mapping(folder, case["map"], case["kind"])
    mapped = mapped._replace(**case.get("mapping", {}))
    table = read_table(folder / case.get("file", next(iter(case["files"]))), records=mapped.records)
    kind = handbook.kinds[case["kind"]]
    return prepare(Task(handbook, kind, table, with_guesses(kind, table, mapped), {}))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_file_becomes_these_entries(path: Path, handbook: Context, tmp_path: Path) -> None:
    case = read_cases(path)
    found = prepared(handbook, case, tmp_path)
    entries = {plan.id: each.value for plan in found.plans for each in plan.operations if each.op == "add"}
    assert [each.line for each in found.problems] == case.get("problems", [])
    assert [each.line for each in found.left_out] == case.get("left_out", [])
    if "entries" in case:
        assert entries == case["entries"]
    if "values" in case:  # What the mapping sets is left out.
        same = found.mapped.set.keys() | {"name", "access"}
        said = {each: {k: v for k, v in entry.items() if k not in same} for each, entry in entries.items()}
        assert said == case["values"]
    if "notes" in case:
        assert list(found.notes) == case["notes"]
    created = [f"{each.kind} {each.id}: {each.value['name']}" for each in found.references]
    created += [f"word {word}" for words in found.words.values() for word in words]
    created += [f"namespace {name}: {title}" for name, title in found.namespaces.items()]
    created += [
        f"field {name}: {each.get('type') or each.get('$ref')}" for name, each in found.fields.items()
    ]
    assert created == case.get("created", [])
