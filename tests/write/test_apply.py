"""`handbook apply`: what a proposal changes, what it is refused for, and what is said."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from subprocess import run as start
from types import SimpleNamespace
from typing import Any

import pytest

from handbook.cli import main
from handbook.read.context import Context
from handbook.read.files import find_site
from handbook.read.sources import read_context
from handbook.write.applying import apply_proposal
from handbook.write.draft import Draft, raw_value
from handbook.write.proposal import Operation, Proposal, ProposalError, read_proposal
from tests.cases import read_cases
from tests.conftest import TODAY
from tests.effort import runs
from tests.sites import ROOT, write_site
from tests.trees import tree

CASES = read_cases(Path(__file__).parent / "cases/proposals.yaml")
TOOLS = """# Ours.
tools:
  - id: linear  # first
    name: "Linear"
    summary: Plans the work.
    category: project-management
    status: active
    owner: ops
    access: {how: Ask.}
    use_when: [We plan, We track]

  # To be left.
  - id: jira
    name: Jira
    summary: Planned the work.
    category: project-management
    status: trial
    owner: ops
"""
TEAMS = "teams:\n- {id: ops, name: Operations, summary: Keep it right.}\n"
PROCESS = """name: Launch
summary: Brings it out.
owner: ops
why: It is for all.
trigger: Something is done.
training: Watch it.
feedback_channel: Tell us.
steps:
  - id: write
    name: Write
    role: pm
    what: Write it.
    tools: [linear]
  - id: ask
    name: Ask
    role: pm
    what: Ask them.
review: {last: 2026-10-01, next: 2026-12-01}
"""
ROLES = "roles:\n  - {id: pm, name: Product manager, summary: Decides., team: ops}\n"
METRICS = """metrics:
  - id: churn
    name: Churn
    summary: Who leaves.
    status: proposed
    owner: ops
    definition: Accounts that left.
    formula: Those that left by all.
"""
FILES = {
    "tools_inventory.yaml": TOOLS,
    "sources/teams.yaml": TEAMS,
    "sources/roles.yaml": ROLES,
    "sources/processes/launch.yaml": PROCESS,
    "sources/metrics.yaml": METRICS,
    "docs/index.md": "# Home\n\n{{ tools_table() }}\n",
}


def op(name: str, kind: str, entry_id: str, **rest: Any) -> dict[str, Any]:
    return {"op": name, "kind": kind, "id": entry_id, **rest}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_site(tmp_path / "site", FILES)
    monkeypatch.chdir(root)
    return root


def apply(site: Path, *operations: Mapping[str, Any], options: tuple[str, ...] = (), **rest: Any) -> int:
    proposal = {"proposal": 1, "base": None, "by": None, "why": "Because.", **rest, "operations": operations}
    (site.parent / "proposal.json").write_text(json.dumps(proposal), encoding="utf-8")
    return main(["apply", "../proposal.json", *options])


def test_a_proposal_is_applied_with_the_smallest_edits(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = apply(
        site,
        op("set", "tool", "linear", path="/summary", value="Plans all work."),
        op("insert", "tool", "linear", path="/use_when", after="We plan", value="We sort"),
        op("unset", "tool", "jira", path="/use_when"),
        op("set", "process", "launch", path="/steps/write/name", value="Write it down"),
        op("set", "process", "launch", path="/steps/ask/tools", value=["linear"]),
        op("move", "process", "launch", path="/steps/ask", after=None),
    )
    output = capsys.readouterr().out
    assert code == 0, output
    after = TOOLS.replace("Plans the", "Plans all").replace("[We plan, ", "[We plan, We sort, ")
    assert (site / "tools_inventory.yaml").read_text() == after
    steps = PROCESS.partition("steps:\n")[2].partition("review")[0]
    first, second = steps.replace("name: Write\n", "name: Write it down\n").split("  - id: ask")
    moved = f"  - id: ask{second}    tools: [linear]\n{first}"
    assert (site / "sources/processes/launch.yaml").read_text() == PROCESS.replace(steps, moved)
    assert "Changed tools_inventory.yaml\n" in output
    assert "notable   ~ tool linear: Linear" in output


@pytest.mark.parametrize(
    ("field", "value", "above"),
    [("vendor", "Linear", "status: active"), ("notes", "Ask.", "use_when: [We plan, We track]")],
)
def test_a_new_field_goes_behind_those_that_are_before_it_in_the_schema(
    site: Path, field: str, value: str, above: str
) -> None:
    assert apply(site, op("set", "tool", "linear", path=f"/{field}", value=value)) == 0
    after = TOOLS.replace(f"    {above}\n", f"    {above}\n    {field}: {value}\n", 1)
    assert (site / "tools_inventory.yaml").read_text() == after


def test_a_change_can_name_a_picture_that_is_there(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "docs/pic.png").write_bytes(b"\x89PNG")
    assert apply(site, op("set", "tool", "linear", path="/notes", value="![Board](pic.png)")) == 0
    assert apply(site, op("set", "tool", "linear", path="/notes", value="![Board](pik.png)")) == 1
    assert "`pik.png` is broken" in capsys.readouterr().out


def test_entries_are_added_renamed_removed_and_confirmed(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = {
        "name": "Miro",
        "summary": "A whiteboard.",
        "category": "communication",
        "status": "trial",
        "owner": "ops",
        "notes": "One.\n\nTwo.",
    }
    code = apply(
        site,
        op("add", "tool", "miro", value=value),
        op("rename", "tool", "linear", to="planner"),
        op("remove", "tool", "jira", instead="planner"),
        op("confirm", "process", "launch", next="2999-01-01"),
        op("rename", "process", "launch", to="ship"),
    )
    assert code == 0, capsys.readouterr().out
    text = (site / "tools_inventory.yaml").read_text()
    assert "  - id: planner  # first\n" in text
    assert "former_ids: [linear, jira]\n" in text
    assert "jira\n" not in text.replace("[linear, jira]", "")
    assert text.endswith("    owner: ops\n    notes: |\n      One.\n\n      Two.\n")
    assert not (site / "sources/processes/launch.yaml").exists()
    process = (site / "sources/processes/ship.yaml").read_text()
    assert "    tools: [planner]\n" in process
    assert "next: 2999-01-01}\nformer_ids: [launch]\n" in process
    assert main(["validate"]) == 0


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["says"])
def test_what_cannot_be_done_changes_nothing(
    site: Path, capsys: pytest.CaptureFixture[str], case: dict[str, Any]
) -> None:
    operation = {name: part for name, part in case.items() if name != "says"}
    before = tree(site)
    good = op("set", "tool", "jira", path="/name", value="Jira Cloud")
    assert apply(site, good, operation) == 1
    output = capsys.readouterr().out
    line, end = output.splitlines()
    assert line.startswith("../proposal.json:1:")
    assert case["says"] in line
    assert end == "Nothing was changed."
    assert tree(site) == before


def test_a_proposal_that_is_applied_twice_changes_nothing_the_second_time(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = {"name": "Miro", "summary": "Draws.", "category": "roadmap", "status": "trial", "owner": "ops"}
    operations = (
        op("set", "tool", "linear", path="/summary", value="Plans all work."),
        op("insert", "tool", "linear", path="/use_when", value="We sort", after=None),
        op("add", "tool", "miro", value=fields),
        op("remove", "tool", "jira", why="No one used it."),
        op("rename", "process", "launch", to="ship"),
        op("confirm", "process", "ship", next="2099-01-05"),
        op("remove", "metric", "churn", instead="tool/linear"),
    )
    assert apply(site, *operations) == 0
    before = tree(site)
    capsys.readouterr()
    assert apply(site, *operations) == 0
    assert capsys.readouterr().out == "The handbook says this already. Nothing to change.\n"
    assert tree(site) == before
    for other in (
        op("add", "tool", "miro", value={**fields, "status": "active"}),
        op("remove", "tool", "jira", why="Another reason."),
        op("rename", "process", "launch", to="other"),
        op("remove", "metric", "churn", instead="tool/miro"),
    ):
        assert apply(site, other) == 1, other
    assert tree(site) == before


def test_a_change_that_breaks_a_rule_is_shown_and_not_made(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(site)
    assert apply(site, op("set", "process", "launch", path="/owner", value="nobody")) == 1
    output = capsys.readouterr().out
    assert output.startswith("sources/processes/launch.yaml:3:8: HB201 error: Unknown")
    assert "+owner: nobody\n" not in output
    assert "Nothing was changed." in output
    assert tree(site) == before


def test_a_reference_that_misses_its_target_by_a_letter_is_not_guessed(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "sources/teams.yaml").write_text(TEAMS.replace("ops", "operations"), encoding="utf-8")
    (site / "tools_inventory.yaml").write_text(TOOLS.replace("ops", "operations"), encoding="utf-8")
    before = tree(site)
    assert apply(site, op("set", "tool", "linear", path="/owner", value="operatoins")) == 1
    said = capsys.readouterr().out
    assert "Unknown team or role `operatoins`. Did you mean `operations`?" in said
    assert tree(site) == before


def test_findings_that_were_there_before_are_no_obstacle(site: Path) -> None:
    (site / "sources/metrics.yaml").write_text(METRICS.replace("owner: ops", "owner: nobody"))
    assert apply(site, op("set", "metric", "churn", path="/name", value="Lost accounts")) == 0


def test_a_dry_run_shows_a_patch_for_git_and_changes_nothing(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(site)
    operations = (
        op("rename", "process", "launch", to="ship"),
        op("set", "tool", "jira", path="/name", value="Jira Cloud"),
    )
    assert apply(site, *operations, options=("--dry-run",)) == 0
    output = capsys.readouterr().out
    assert tree(site) == before
    patch, _, meaning = output.partition("\n\n")
    assert "rename from sources/processes/launch.yaml\n" in patch
    assert "-name: Launch\n" not in patch
    assert "process ship (was launch): Launch" in meaning
    (site.parent / "a.patch").write_text(f"{patch}\n")
    start(["git", "init", "-q"], cwd=site, check=True)
    start(["git", "apply", "../a.patch"], cwd=site, check=True)
    by_git = {name: each for name, each in tree(site).items() if not name.startswith(".git")}
    start(["git", "apply", "-R", "../a.patch"], cwd=site, check=True)
    assert apply(site, *operations) == 0
    assert {name: each for name, each in tree(site).items() if not name.startswith(".git")} == by_git


def test_what_has_changed_since_the_proposer_saw_it_is_a_conflict(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"),
    ):
        start(["git", *words], cwd=site, check=True)
    (site / "tools_inventory.yaml").write_text(TOOLS.replace("Plans the work", "Plans everything"))
    before = tree(site)
    for operation in (
        op("set", "tool", "linear", path="/summary", value="Plans it."),
        op("unset", "tool", "linear", path="/summary"),
        op("remove", "tool", "linear"),
    ):
        assert apply(site, operation, base="HEAD") == 1
        assert "has changed since HEAD" in capsys.readouterr().out
        assert tree(site) == before
    renamed = op("rename", "tool", "linear", to="planner")
    assert (
        apply(site, renamed, op("set", "tool", "planner", path="/summary", value="Plans."), base="HEAD") == 1
    )
    assert "`/summary` of Tool `linear` has changed since HEAD" in capsys.readouterr().out
    name = op("set", "tool", "linear", path="/name", value="Linear Cloud")
    same = op("set", "tool", "linear", path="/summary", value="Plans everything.")
    assert apply(site, name, same, base="HEAD") == 0
    assert apply(site, name, base="nowhere") == 2
    assert "Unknown revision `nowhere`" in capsys.readouterr().err


def test_a_proposal_is_read_from_standard_input(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "proposal: 1\noperations:\n- {op: set, kind: tool, id: jira, path: /name, value: Jira Cloud}\n"
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(text.encode())))
    assert main(["apply", "-"]) == 0
    assert "name: Jira Cloud" in (site / "tools_inventory.yaml").read_text()


@pytest.mark.parametrize("case", CASES["invalid"], ids=lambda case: case["says"])
def test_all_that_is_wrong_in_a_proposal_is_told_on_lines_with_their_places(case: dict[str, str]) -> None:
    with pytest.raises(ProposalError) as refused:
        read_proposal(case["text"].encode(), "p")
    lines, expected = refused.value.full_message.split("\n"), case["says"].splitlines()
    assert len(lines) == len(expected)
    assert all(line.startswith(start) for line, start in zip(lines, expected, strict=True)), lines


def test_a_position_of_any_length_leads_nowhere(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert apply(site, op("unset", "tool", "linear", path=f"/use_when/{'9' * 5_000}")) == 1
    assert "leads nowhere: the list has no item" in capsys.readouterr().out


def test_a_path_is_no_deeper_than_what_can_be_read(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert apply(site, op("set", "tool", "linear", path="/a" * 5_000, value=1)) == 2
    assert "`path` must be a path such as" in capsys.readouterr().err


def test_an_entry_of_a_layer_is_changed_in_the_layer(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write_site(tmp_path / "core", {"tools_inventory.yaml": TOOLS, "sources/teams.yaml": TEAMS})
    site = write_site(
        tmp_path / "site",
        {"sources/handbook.yaml": "extends: [../core]\n", "tools_inventory.yaml": "tools: []\n"},
    )
    draft = Draft(read_context(find_site(site), TODAY))
    operation = Operation("set", "tool", "linear", "/name", "x")
    (said,) = apply_proposal(draft, Proposal((operation,)))
    assert "Tool `linear` is in a handbook that this one extends (../core/tools_inventory.yaml)" in said


def paths(value: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every place below a value, as a pointer, with what is there."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        path = f"{above}/{str(step).replace('~', '~0').replace('/', '~1')}"
        yield path, part
        yield from paths(part, path)


def any_operation(context: Context, chance: random.Random) -> Operation:
    """A random change of a random entry of a site."""
    name = chance.choice(["set", "unset", "insert", "move", "add", "remove", "rename", "confirm"])
    kind = chance.choice([name for name, entries in context.ids.items() if entries])
    entry = chance.choice(list(context.ids[kind].values()))
    places = [(path, part) for path, part in paths(raw_value(entry)) if path != "/id"]
    lists = [path for path, part in places if isinstance(part, list)] or ["/tags"]
    items = [
        f"{path}/{chance.randrange(len(part))}" for path, part in places if isinstance(part, list) and part
    ]
    where = {"insert": lists, "move": items or ["/tags/0"]}.get(name, [path for path, _ in places])
    values = ["two words", "a: b", "One.\n\nTwo.\n", 3, None, ["x", "y z"], {"k": ["v"]}, "é ü"]
    value = {"name": "New", "notes": "One.\n\nTwo."} if name == "add" else chance.choice(values)
    entry_id = "a-new-one" if name == "add" else entry.id
    after = chance.choice([None, "", 0])
    return Operation(
        name, kind, entry_id, chance.choice(where), value, after, "another", why="Because.", next="2999-01-01"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_stay(site: Path, mark: str, end: str) -> None:
    path = site / "tools_inventory.yaml"
    path.write_bytes((mark + TOOLS.replace("\n", end)).encode())
    assert apply(site, op("set", "tool", "linear", path="/notes", value="One.\n\nTwo.")) == 0
    notes = "    notes: |\n      One.\n\n      Two.\n"
    before = "    use_when: [We plan, We track]\n"
    after = mark + TOOLS.replace(before, before + notes).replace("\n", end)
    assert path.read_bytes().decode() == after


def test_random_proposals_keep_the_comments_and_read_as_expected() -> None:
    context = read_context(find_site(ROOT), TODAY)
    chance = random.Random(18)  # noqa: S311 - cases to try
    ends: Counter[str] = Counter()
    for _ in range(runs(15, 1_000)):
        operation = any_operation(context, chance)
        draft = Draft(context)
        said = list(apply_proposal(draft, Proposal((operation,))))
        if said:
            ends["refused"] += 1
            assert "\n" not in said[0]
            continue
        ends[operation.op] += 1
        for path, (before, after) in draft.changes.items():
            assert not (after and draft.document(path).faults)
            if operation.op in {"set", "insert", "add", "rename", "confirm"} and after:
                lines = set(after.splitlines())
                assert all(line in lines for line in before.splitlines() if line.startswith(b"#")), operation
    assert len(ends) > 3, ends


def test_an_entry_of_a_namespace_keeps_short_references_in_it(tmp_path: Path) -> None:
    metric = METRICS.partition("\n")[2].replace("    ", "").replace("  - id: churn\n", "")
    other = (
        f"{metric}not_to_be_confused_with: [{{metric: start, why: A.}}, {{metric: core/start, why: B.}}]\n"
    )
    files = {
        "sources/handbook.yaml": "namespaces: {core: Core, payments: Payments}\n",
        "sources/metrics/core/start.yaml": metric,
        "sources/metrics/payments/start.yaml": metric,
        "sources/metrics/payments/other.yaml": other,
    }
    draft = Draft(read_context(find_site(write_site(tmp_path, files)), TODAY))
    operations = (
        Operation("rename", "metric", "core/start", to="core/go"),
        Operation("rename", "metric", "payments/start", to="payments/begin"),
    )
    assert not list(apply_proposal(draft, Proposal(operations)))
    after = other.replace("metric: start", "metric: begin").replace("core/start", "core/go")
    assert draft.data("sources/metrics/payments/other.yaml").decode() == after
    assert draft.data("sources/metrics/core/go.yaml").decode() == f"{metric}former_ids: [start]\n"


def test_a_former_id_that_is_used_again_is_no_longer_listed(site: Path) -> None:
    assert apply(site, op("rename", "process", "launch", to="ship")) == 0
    assert apply(site, op("rename", "process", "ship", to="launch")) == 0
    assert (site / "sources/processes/launch.yaml").read_text() == f"{PROCESS}former_ids: [ship]\n"


def test_a_finding_that_only_counts_more_is_not_new(site: Path) -> None:
    (site / "sources/handbook.yaml").write_text("limits: {process_steps: 1}\n")
    step = {"id": "tell", "name": "Tell", "role": "pm", "what": "Tell them."}
    assert apply(site, op("insert", "process", "launch", path="/steps", value=step)) == 0
