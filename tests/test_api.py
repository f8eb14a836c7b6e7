"""What a script can import is what the documentation describes, and its examples work as printed."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import handbook
from handbook import Entry, Handbook, HandbookError, compare, load
from handbook.read.audiences import AUDIENCES
from tests.diff.repositories import commit, write
from tests.sites import CONFIG, ROOT

PAGE = (ROOT / "src/handbook/help/reference/python.md").read_text(encoding="utf-8")
NAME = r"(\w+)(?:\((.*?)\))?"
EXAMPLES = dict(re.findall(r"^### ([A-Z][\w ]+)\n\n```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
OUTPUTS = dict(re.findall(r"^### ([A-Z][\w ]+)\n.*?```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
DOCUMENTED = dict(re.findall(rf"^### `{NAME}`$", PAGE, re.MULTILINE))
SECTIONS = dict(re.findall(r"^### `(\w+).*?`\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))

TOOLS = """tools:
  - id: linear
    name: Linear
    summary: Plans the work.
    category: project-management
    status: active
    access: {how: Ask in the channel.}
    cost: {amount: 200, currency: USD, period: month, per_seat: false}
    owner: product-ops

  - id: miro
    name: Miro
    summary: Boards.
    category: project-management
    status: trial

  - id: figma
    name: Figma
    summary: Screens.
    category: feedback
    status: trial
    owner: products
"""
FILES = {
    "mkdocs.yml": CONFIG,
    "docs/index.md": "# Home\n",
    "sources/teams.yaml": "teams:\n  - {id: product-ops, name: Product ops, summary: Keeps it.}\n",
    "tools_inventory.yaml": TOOLS,
}
BEFORE = FILES | {"tools_inventory.yaml": TOOLS[: TOOLS.index("\n  - id: miro")].replace("200", "100")}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site on the branch main, with changes that are not committed. It is the working directory."""
    commit(tmp_path, BEFORE)
    write(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.usefixtures("site")
def test_an_example_prints_what_the_page_says(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(EXAMPLES[name], {})  # noqa: S102 - our own page
    assert capsys.readouterr().out == OUTPUTS[name]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda site: load(site / "nowhere"),
            "nowhere: No such file or folder. Use the folder of a handbook",
        ),
        (lambda site: load(site / ("x" * 5000)), "x: File name too long. Use the folder of a handbook"),
        (lambda site: load(f"{site}\0"), "\ufffd: No such file or folder. Use the folder of a handbook"),
        (lambda site: load(site.parent), "in this folder and its parents. Use a folder inside a handbook"),
        (
            lambda site: load(site, today="soon"),  # type: ignore[arg-type]
            "Wrong date `soon` as `today`. Use a `datetime.date`",
        ),
        (lambda site: load(site, audience="all"), "Unknown audience `all`. Use `public`, `internal` or"),
        (lambda site: load(site).entries("tol"), "Unknown content type `tol`. Did you mean `tool`?"),
        (lambda site: load(site).entry("tool", "mira"), "Unknown tool `mira`. Did you mean `miro`?"),
        (
            lambda site: load(site, audience="public").entry("tool", "miro"),
            "hidden from the audience `public`. Use an audience that can see it",
        ),
        (
            lambda site: load(site).figure("tool_costs"),
            "Unknown figure `tool_costs`. Did you mean `tool_cost`?",
        ),
        (
            lambda site: compare("next", load(site)),
            "Unknown revision `next` in this repository. Use a commit",
        ),
        (lambda site: compare("\0", load(site)), "Unknown revision `\0` in this repository. Use a commit"),
        (lambda site: load(site).entries(5), "Unknown content type `5`"),  # type: ignore[arg-type]
        (lambda site: load(site).figure(5), "Unknown figure `5`"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_done_is_one_kind_of_error(
    site: Path, call: Callable[[Path], object], message: str
) -> None:
    with pytest.raises(HandbookError) as caught:
        call(site)
    assert message in caught.value.full_message


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda loaded: loaded.figure("tool_cost"),
            'needs an entry of the content type `tool`. Use `figure("tool_cost", tool)`',
        ),
        (
            lambda loaded: loaded.figure("tool_cost", "linear"),
            "The figure `tool_cost` needs an entry of the content type `tool`, not `linear`",
        ),
        (
            lambda loaded: loaded.figure("tool_cost", loaded.entry("team", "product-ops")),
            "The figure `tool_cost` needs an entry of the content type `tool`, not one of `team`",
        ),
        (
            lambda loaded: loaded.figure("tool_cost", loaded.entry("tool", "linear"), 5),
            'Wrong arguments for the figure `tool_cost`. Use `figure("tool_cost", tool)`',
        ),
        (
            lambda loaded: loaded.figure("tool_audit", most=5),
            'Wrong arguments for the figure `tool_audit`. Use `figure("tool_audit")`',
        ),
        (lambda loaded: loaded.figure("ownership", "sales"), "needs an entry, not `sales`"),
        (lambda loaded: loaded.figure("attention_of", None), "needs an entry, not nothing"),
        (lambda loaded: loaded.figure("due_next", 0), "needs a whole number above 0, not `0`"),
        (lambda loaded: loaded.figure("latest_changes", 5), "needs a text, not `5`"),
    ],
)
def test_a_figure_says_which_arguments_it_needs(
    site: Path, call: Callable[[Handbook], object], message: str
) -> None:
    with pytest.raises(HandbookError) as caught:
        call(load(site))
    assert message in caught.value.full_message


def test_a_figure_says_what_the_schemas_lack(site: Path) -> None:
    schema = json.loads((ROOT / "schemas/tool.schema.json").read_text(encoding="utf-8"))
    del schema["properties"]["status"]
    schema["required"].remove("status")
    write(site, {"schemas/tool.schema.json": json.dumps(schema)})
    with pytest.raises(HandbookError, match=r"needs the field `tool.status`"):
        load(site).figure("tool_audit")


def test_a_handbook_is_found_from_any_path_in_it(site: Path) -> None:
    for path in (site, str(site), site / "tools_inventory.yaml", site / "sources"):
        assert load(path).site.root == site


def test_findings_and_figures_take_the_day_that_is_given(site: Path) -> None:
    with (site / "tools_inventory.yaml").open("a") as file:
        file.write("    review: {last: 2026-01-01, next: 2026-02-01}\n")
    before, after = (load(site, day) for day in (date(2026, 1, 2), date(2026, 3, 1)))
    assert {finding.code for finding in after.findings} - {finding.code for finding in before.findings} == {
        "HB305"
    }
    assert load(site, datetime(2026, 3, 1, 9)).findings == after.findings  # noqa: DTZ001 - a script's own


def test_findings_are_the_same_for_every_audience(site: Path) -> None:
    found = {audience: load(site, audience=audience).findings for audience in AUDIENCES}
    assert found["public"]
    assert found["public"] == found["internal"] == found["restricted"]


def test_uses_are_the_places_that_refer_to_an_entry(site: Path) -> None:
    loaded = load(site)
    assert isinstance(loaded, Handbook)
    linear = loaded.entry("tool", "linear")
    assert isinstance(linear, Entry)
    uses = loaded.uses(loaded.entry("team", "product-ops"))
    assert [(use.entry, tuple(use.pointer)) for use in uses] == [(linear, ("owner",))]


def test_a_comparison_shows_what_the_audience_of_the_later_handbook_sees(site: Path) -> None:
    assert {
        audience: len(compare("main", load(site, audience=audience)).changes) for audience in AUDIENCES
    } == {
        "public": 0,
        "internal": 3,
        "restricted": 3,
    }


def test_two_folders_can_be_compared(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("before")
    write(folder, BEFORE)
    found = compare(load(folder), load(site))
    assert found.before == str(folder)
    assert [change.id for change in found.changes] == ["figma", "linear", "miro"]


def test_the_package_imports_nothing_before_a_name_is_used() -> None:
    code = "import handbook, sys; print(*sorted(name for name in sys.modules if name.startswith('handbook')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["handbook", "handbook.base", "handbook.base.version"]


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module `handbook` has no attribute `loads`"):
        handbook.loads  # type: ignore[attr-defined]  # noqa: B018


def test_documented_and_exported_names_agree() -> None:
    assert sorted([*DOCUMENTED, "__version__"]) == sorted(handbook.__all__)


def arguments(function: FunctionType) -> str:
    """The arguments of a function as the page writes them: without types, and without `self`."""
    found = inspect.signature(function).parameters.values()
    plain = [each.replace(annotation=inspect.Parameter.empty) for each in found if each.name != "self"]
    return str(inspect.Signature(plain))


@pytest.mark.parametrize("name", [name for name, given in DOCUMENTED.items() if given])
def test_a_function_takes_the_arguments_that_the_page_names(name: str) -> None:
    function = getattr(handbook, name)
    assert f"({DOCUMENTED[name]})" == arguments(function)
    table = re.findall(r"^\| `(\w+)` \|", SECTIONS[name].partition("The result has")[0], re.MULTILINE)
    assert table == list(inspect.signature(function).parameters)


@pytest.mark.parametrize("name", [name for name, given in DOCUMENTED.items() if not given])
def test_a_class_has_the_names_that_the_page_lists(name: str) -> None:
    owner = getattr(handbook, name)
    listed = re.findall(rf"^\| `{NAME}` \|", SECTIONS[name], re.MULTILINE)
    assert listed
    for member, given in listed:
        found = getattr(owner, member, None)
        if isinstance(found, FunctionType):
            assert f"({given})" == arguments(found), member
        else:
            assert not given
            is_given = member in inspect.get_annotations(owner) or f"self.{member} =" in inspect.getsource(
                owner
            )
            assert found is not None or is_given, member


def test_an_argument_of_a_wrong_type_is_one_line_that_says_what_to_pass(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    loaded: Any = load(tmp_path)
    untyped: Any = (load, compare)
    calls: dict[str, Callable[[], object]] = {
        "Wrong value a list for `kind`": lambda: loaded.entries([]),
        "Wrong value a mapping for `entry_id`": lambda: loaded.entry("tool", {}),
        "Wrong value `linear` for `entry`": lambda: loaded.uses("linear"),
        "Wrong value nothing for `path`": lambda: untyped[0](None),
        "Wrong value `x` for `after`": lambda: untyped[1]("HEAD", "x"),
        "Wrong value `7` for `before`": lambda: untyped[1](7, loaded),
    }
    for message, call in calls.items():
        with pytest.raises(HandbookError, match=message) as raised:
            call()
        assert raised.value.hint
