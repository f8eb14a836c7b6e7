"""`handbook rename`, `retire`, `remove` and `confirm`: what names an entry follows, or nothing changes."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from handbook.cli import main
from handbook.loaded.handbook import load
from handbook.read.files import find_site
from handbook.write import journal
from handbook.write.hidden_names import ALL, workspace_of
from tests.effort import runs
from tests.sites import CONFIG, copy_shipped_site, write_site

TOOLS = """# Our tools.
tools:
  - id: linear  # since 2020
    name: Linear
    summary: Plans the work.
    category: project-management
    status: active
    owner: [product-ops, design]
    review: {last: 2026-01-05, next: 2026-04-06}
    notes: Use it as the [launch](processes/launch.md) says, with [Jira](tools/jira.md) for old tickets.

  - id: jira
    name: Jira
    summary: Holds old tickets.
    category: project-management
    status: active
    owner: design
    cost: {amount: 8, currency: EUR, period: month}
    integrations:
      - {tool: linear, direction: sends, carries: Tickets.}
"""
BOARD = "  - {id: board, name: Board, summary: A., category: roadmap, status: retired, replaced_by: jira}\n"
LAUNCH = """name: Launch
summary: Brings a feature out.
why: Customers need it.
owner: product-ops
trigger: A feature is ready.
steps:
  - id: decide
    name: Decide
    role: product-manager
    what: "Say yes or no in [it](tools/linear.md 'Linear')."
    tools: [linear, "jira"]
"""
FILES = {
    "mkdocs.yml": f"{CONFIG}nav: [index.md, Plans: tools/linear.md, tools/, processes/, teams/, roles/]\n",
    "tools_inventory.yaml": TOOLS,
    "sources/processes/launch.yaml": LAUNCH,
    "sources/teams.yaml": (
        "teams:\n  - {id: product-ops, name: Product operations, summary: Keeps it.}\n"
        "  - {id: design, name: Design, summary: Draws it.}\n"
    ),
    "sources/roles.yaml": "roles:\n  - {id: product-manager, name: Product manager, summary: Decides.}\n",
    "sources/handbook.yaml": "owner: product-ops\n",
    "sources/gone.yaml": (
        "gone:\n  - {id: trac, kind: tool, day: 2025-01-07, why: Linear is faster., instead: linear}\n"
    ),
    "docs/index.md": (
        "---\nowner: product-ops\nreview: {last: 2026-01-05, next: 2030-01-07}\n---\n\n# Home\n\n"
        'We plan in {{ ref("tool", "linear") }}: see [the tool](tools/linear.md#top).\n'
    ),
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site in which commands run."""
    monkeypatch.chdir(write_site(tmp_path, FILES))
    return tmp_path


def contents(site: Path) -> dict[str, bytes]:
    """All files of a site."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def problems(site: Path) -> list[str]:
    """The errors of a site, and the warnings about names and about what has ended."""
    findings = [each for each in load(find_site(site)).findings if not "HB3" <= each.code <= "HB344"]
    return [f"{each.path}: {each.code} {each.message}" for each in findings]


def test_everything_that_names_an_entry_follows_a_new_id(site: Path) -> None:
    before = contents(site)
    assert problems(site) == []
    assert main(["rename", "tool", "linear", "plans"]) == 0
    assert problems(site) == []
    after = contents(site)
    for path in ("mkdocs.yml", "docs/index.md", "sources/gone.yaml", "sources/processes/launch.yaml"):
        expected = before[path].replace(b"tools/linear", b"tools/plans").replace(b'"linear"', b'"plans"')
        expected = expected.replace(b"instead: linear", b"instead: plans").replace(b"[linear, ", b"[plans, ")
        assert after[path] == expected
    text = after["tools_inventory.yaml"].decode()
    assert "  - id: plans  # since 2020\n" in text
    assert "{tool: plans, direction" in text
    assert "former_ids: [linear]" in text


def test_in_a_worktree_of_git_entries_change_too(site: Path) -> None:
    (site / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    assert main(["rename", "tool", "linear", "plans"]) == 0


def test_a_warning_about_the_page_of_an_entry_is_not_new_when_the_page_has_another_name(site: Path) -> None:
    page = site / "docs/index.md"
    text = page.read_text(encoding="utf-8").replace("#top", "#nowhere")
    page.write_text(text, encoding="utf-8")
    assert any("`tools/linear.md` has no anchor" in each for each in problems(site))
    assert main(["rename", "tool", "linear", "plans"]) == 0
    assert "tools/plans.md#nowhere" in page.read_text(encoding="utf-8")


def test_a_team_is_renamed_on_pages_and_in_settings_too(site: Path) -> None:
    assert main(["codeowners"]) == 0
    assert main(["rename", "team", "product-ops", "ops"]) == 0
    assert problems(site) == []
    assert "owner: ops\n" in (site / "docs/index.md").read_text(encoding="utf-8")
    assert (site / "sources/handbook.yaml").read_text(encoding="utf-8") == "owner: ops\n"
    assert "[ops, design]" in (site / "tools_inventory.yaml").read_text(encoding="utf-8")


def test_an_entry_with_a_file_of_its_own_gets_another_file(site: Path) -> None:
    assert main(["rename", "process", "launch", "ship"]) == 0
    assert not (site / "sources/processes/launch.yaml").exists()
    ship = (site / "sources/processes/ship.yaml").read_text(encoding="utf-8")
    assert ship.startswith(LAUNCH)
    assert "former_ids: [launch]" in ship
    assert "(processes/ship.md)" in (site / "tools_inventory.yaml").read_text(encoding="utf-8")
    assert problems(site) == []


def test_a_dry_run_shows_the_changes_and_whom_they_reach_and_writes_nothing(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(site)
    assert main(["rename", "tool", "linear", "plans", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "-  - id: linear  # since 2020\n+  - id: plans  # since 2020\n" in said
    assert "+++ b/docs/index.md\n" in said
    assert "It reaches the entries and pages of design (2 places), product-ops (3 places).\n" in said
    assert contents(site) == before


def test_the_next_review_is_a_date(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(site)
    with pytest.raises(SystemExit):
        main(["confirm", "team", "design", "--next", "soon"])
    assert "argument --next: `soon` is not a date as YYYY-MM-DD" in capsys.readouterr().err
    assert contents(site) == before


def test_an_entry_that_is_named_elsewhere_is_not_removed(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(site)
    assert main(["remove", "tool", "jira", "--why", "No one used it."]) == 1
    said = capsys.readouterr().out
    assert "sources/processes/launch.yaml:11:21: HB201 error: Tool `jira` was removed on " in said
    assert re.search(r"^tools_inventory\.yaml:10:\d+: HB208 error: ", said, re.MULTILINE)
    assert said.endswith("Nothing was changed.\n")
    assert contents(site) == before


def today() -> date:
    """The day, as the command takes it."""
    return date.today()  # noqa: DTZ011


def test_a_removed_entry_is_listed_with_its_reason_for_those_who_could_see_it(site: Path) -> None:
    fields = "summary: A., category: roadmap, status: trial, former_ids: [board], audience: restricted"
    miro = f"  - {{id: miro, name: Miro, {fields}}}\n"
    write_site(site, {**FILES, "tools_inventory.yaml": TOOLS + miro})
    before = today()
    assert main(["remove", "tool", "miro", "--why", "No one: used it."]) == 0
    assert (site / "tools_inventory.yaml").read_text(encoding="utf-8") == TOOLS
    gone = load(find_site(site)).context.gone["tool", "miro"]
    assert (gone.id, gone.name, gone.why) == ("miro", "Miro", "No one: used it")
    assert (gone.audience, gone.others) == ("restricted", (("tool", "board"),))
    # The day can end meanwhile.
    assert gone.day in {before.isoformat(), today().isoformat()}


def test_the_first_removal_begins_the_list(site: Path) -> None:
    (site / "sources/gone.yaml").unlink()
    (site / "sources/faq.yaml").write_text(
        "questions:\n  - {id: why, name: Why?, topic: tools, answer: For you.}\n", encoding="utf-8"
    )
    assert main(["editor"]) == 0
    assert main(["remove", "question", "why", "--why", "No one asks."]) == 0
    lines = (site / "sources/gone.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../.vscode/schemas/gone.schema.json"
    assert lines[2:4] == ["gone:", "  - id: why"]
    assert '"why"' not in (site / ".vscode/schemas/ids.schema.json").read_text(encoding="utf-8")
    assert problems(site) == []


def test_references_and_the_address_go_to_the_entry_that_replaces_a_removed_one(site: Path) -> None:
    step = LAUNCH[LAUNCH.index("  - id") :]
    steps = LAUNCH.replace('[linear, "jira"]', '["jira"]') + step.replace("decide", "tell")
    write_site(site, {**FILES, "sources/processes/launch.yaml": steps})
    assert main(["remove", "tool", "jira", "--instead", "linear"]) == 0
    steps = (site / "sources/processes/launch.yaml").read_text(encoding="utf-8")
    assert re.findall("tools: (.*)", steps) == ['["linear"]', "[linear]"]
    text = (site / "tools_inventory.yaml").read_text(encoding="utf-8")
    assert "[Jira](tools/linear.md)" in text
    assert "former_ids: [jira]" in text
    assert problems(site) == []


def test_a_retired_tool_costs_and_connects_nothing_and_steps_name_its_replacement(site: Path) -> None:
    tools = TOOLS.replace(", with [Jira](tools/jira.md) for old tickets", "")
    write_site(site, {**FILES, "tools_inventory.yaml": tools})
    assert main(["retire", "tool", "jira", "--instead", "linear"]) == 0
    text = (site / "tools_inventory.yaml").read_text(encoding="utf-8")
    assert text.startswith(tools.partition("    status: active\n    owner: design")[0])
    assert text.endswith("    status: retired\n    owner: design\n    replaced_by: linear\n")
    assert "tools: [linear]" in (site / "sources/processes/launch.yaml").read_text(encoding="utf-8")
    assert problems(site) == []


def test_a_tool_is_retired_and_the_places_that_still_send_people_to_it_are_listed(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_site(site, {**FILES, "tools_inventory.yaml": TOOLS + BOARD})
    assert main(["retire", "tool", "jira"]) == 0
    said = capsys.readouterr().out.partition("\nStill to change:\n")[2]
    *lines, last = said.splitlines()
    assert last == "Still named in tools_inventory.yaml:10."
    places = [line.partition(": ")[0] for line in lines]
    assert places == [
        "sources/processes/launch.yaml:11:21",
        "tools_inventory.yaml:18:92",
    ]
    assert "sources/processes/launch.yaml:11:21: HB345 warning: The tool `jira` is no longer" in said
    assert load(find_site(site)).context.ids["tool"]["jira"].value["status"] == "retired"


@pytest.mark.parametrize("already", ["", "status: retired", "status: retired\n    replaced_by: linear"])
def test_a_tool_that_is_retired_already_gets_a_replacement_wherever_it_is_named(
    site: Path, capsys: pytest.CaptureFixture[str], already: str
) -> None:
    tools = TOOLS.partition("    cost:")[0].replace("for old tickets", "for bugs")
    steps = LAUNCH.replace('[linear, "jira"]', "[jira]")
    if already:
        tools = already.join(tools.rsplit("status: active", 1))
    write_site(site, {**FILES, "tools_inventory.yaml": tools, "sources/processes/launch.yaml": steps})
    if not already:
        assert main(["retire", "tool", "jira"]) == 0
        assert "[jira]" in (site / "sources/processes/launch.yaml").read_text(encoding="utf-8")
    assert main(["retire", "tool", "jira", "--instead", "linear"]) == 0
    assert "[linear]" in (site / "sources/processes/launch.yaml").read_text(encoding="utf-8")
    assert load(find_site(site)).context.ids["tool"]["jira"].value["replaced_by"] == "linear"
    capsys.readouterr()
    assert main(["retire", "tool", "jira", "--instead", "linear"]) == 0
    said = "The handbook says this already.\n\nStill to change:\ntools_inventory.yaml:10:"
    assert capsys.readouterr().out.startswith(said)


def test_texts_and_circles_do_not_keep_a_tool_that_has_a_replacement(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tools = TOOLS.replace("for old tickets", "for bugs").replace(
        "active\n", "active\n    replaced_by: jira\n", 1
    )
    write_site(site, {**FILES, "tools_inventory.yaml": tools})
    assert main(["retire", "tool", "jira", "--instead", "linear"]) == 0
    said = capsys.readouterr().out.partition("\nStill to change:\n")[2]
    assert said.startswith("tools_inventory.yaml:10:")
    assert said.count("\n") == 1
    assert "replaced_by" not in load(find_site(site)).context.ids["tool"]["linear"].value


def test_a_replacement_is_in_use(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_site(site, {**FILES, "tools_inventory.yaml": TOOLS + BOARD})
    assert main(["retire", "tool", "jira", "--instead", "board"]) == 2
    assert "error: `board` has ended too. Name an entry that is in use" in capsys.readouterr().err


def test_texts_that_name_what_is_gone_are_listed_and_those_of_a_renamed_entry_are_not(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = FILES["docs/index.md"] + "\nAsk in Jira. Jiraffe, jira and `Jira` are others.\n" + "\nJira\n" * 12
    write_site(site, {**FILES, "docs/index.md": page})
    assert main(["rename", "tool", "jira", "tickets"]) == 0
    assert "Still named" not in capsys.readouterr().out
    assert main(["retire", "tool", "tickets"]) == 0
    said = capsys.readouterr().out.splitlines()[-1]
    assert said.startswith("Still named in docs/index.md:10, docs/index.md:12, ")
    assert said.endswith(", docs/index.md:28 and 4 more.")


def test_what_is_still_right_gets_new_review_dates(site: Path) -> None:
    before = today()
    assert main(["confirm", "tool", "linear"]) == 0
    review = load(find_site(site)).context.ids["tool"]["linear"].value["review"]
    last, following = (date.fromisoformat(review[name]) for name in ("last", "next"))
    assert last in {before, today()}
    assert (following - last).days == 91
    tools = (site / "tools_inventory.yaml").read_text(encoding="utf-8")
    write_site(site, {**FILES, "tools_inventory.yaml": tools.replace(f"last: {last}, ", "")})
    assert main(["confirm", "tool", "linear"]) == 0
    review = load(find_site(site)).context.ids["tool"]["linear"].value["review"]
    last, following = (date.fromisoformat(review[name]) for name in ("last", "next"))
    assert (following - last).days == 182
    assert main(["confirm", "team", "design", "product-ops", "--next", "2099-01-05"]) == 0
    teams = load(find_site(site)).context.ids["team"]
    assert {team.value["review"]["next"] for team in teams.values()} == {"2099-01-05"}


def test_a_page_gets_new_review_dates_and_all_else_stays(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = b"# Home \xc3\xbc\r\n\r\n---\r\nreview: {last: 2020-01-01}\r\n"
    front = (
        b"---\r\n# Ours.\r\nowner: design\r\nreview: {last: 2026-01-05, next: 2026-01-12} # weekly\r\n---\r\n"
    )
    page = site / "docs/index.md"
    page.write_bytes(b"\xef\xbb\xbf" + front + body)
    assert main(["confirm", "page", "index", "--next", "2026-01-19"]) == 2
    before = today()
    assert main(["confirm", "page", "docs/index.md"]) == 0
    assert page.read_bytes() in {
        b"\xef\xbb\xbf" + front.replace(b"last: 2026-01-05, next: 2026-01-12", dates) + body
        for day in (before, today())
        for dates in [f"last: {day}, next: {day + timedelta(7)}".encode()]
    }
    page.write_bytes(body)
    assert main(["confirm", "page", "index"]) == 2
    assert (
        "docs/index.md has no front matter. Start it with its `owner` and `review`, between"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("rename tool linaer x", "Unknown tool `linaer`. Did you mean `linear`?"),
        ("rename tol linear x", "Unknown content type `tol`. Did you mean `tool`?"),
        ("rename tool linear jira", "ID `jira` is already used in tools_inventory.yaml:12. Use another one."),
        ("rename tool linear Plans", "Invalid format for `id`: `Plans`. Did you mean `plans`?"),
        ("remove tool linear --instead linear", "An entry cannot replace itself"),
        ("remove tool jira --instead linaer", "Unknown tool `linaer`. Did you mean `linear`?"),
        ("retire team design", 'Teams have no status for this. Run `handbook remove team design --why "The '),
        (
            "retire team design --instead product-ops",
            "Teams have no status for this. Run `handbook remove team design --instead product-ops`.",
        ),
        ("retire tool jira --instead linaer", "Unknown tool `linaer`. Did you mean `linear`?"),
        ("retire tool jira --instead jira", "An entry cannot replace itself"),
        (
            "confirm team design",
            "The date of the next review of `design` is unknown. Run `handbook confirm team",
        ),
        ("confirm page docs/indx.md", "Unknown page `docs/indx.md`. Did you mean `docs/index.md`?"),
        ("confirm team design --next 2020-01-06", "The next review, 2020-01-06, must be after today"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_and_nothing_changes(
    site: Path, capsys: pytest.CaptureFixture[str], words: str, message: str
) -> None:
    before = contents(site)
    assert main(words.split()) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"handbook: error: {message}")
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert contents(site) == before


BROKEN = [
    ("remove tool jira --why x", "sources/gone.yaml", "gone:\n\t- id: trac\n", "sources/gone.yaml:2:1: "),
    ("remove tool jira --why x", "sources/gone.yaml", "# \udcff\n", "sources/gone.yaml:1:"),
    ("remove tool jira --why x", "sources/gone.yaml", "null\n", "sources/gone.yaml:"),
    ("remove tool jira --instead linear", "sources/roles.yaml", "roles: [\n", "sources/roles.yaml:"),
    (
        "rename tool linear plans",
        "sources/processes/launch.yaml",
        "steps: [\n",
        "sources/processes/launch.yaml:",
    ),
    ("rename tool linear plans", "sources/handbook.yaml", "owner: '\n", "sources/handbook.yaml:"),
    ("rename tool linear plans", "docs/index.md", "# \udcff [a](tools/linear.md)\n", "docs/index.md:1:"),
    ("rename tool linear plans", "docs/index.md", "---\nowner: [\n---\n# Home\n", "docs/index.md:"),
]


@pytest.mark.parametrize(("words", "path", "text", "place"), BROKEN)
def test_nothing_changes_while_a_file_that_might_have_to_follow_has_faults(  # noqa: PLR0917
    site: Path, capsys: pytest.CaptureFixture[str], words: str, path: str, text: str, place: str
) -> None:
    (site / path).write_bytes(text.encode("utf-8", "surrogateescape"))
    before = contents(site)
    assert main(words.split()) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"handbook: error: {place}")
    assert said.err.count("\n") == 1
    assert contents(site) == before


@pytest.mark.parametrize(
    ("before", "start"),
    [
        ("# Ours", "# Ours\ngone:\n  - id: miro\n"),
        ("{}\n", "{gone: [{id: miro, "),
        ("gone: []\n", "gone:\n  - id: miro\n"),
    ],
)
def test_an_empty_list_of_removed_entries_is_begun(site: Path, before: str, start: str) -> None:
    miro = "  - {id: miro, name: Miro, summary: A., category: roadmap, status: trial}\n"
    write_site(site, {**FILES, "tools_inventory.yaml": TOOLS + miro, "sources/gone.yaml": before})
    assert main(["remove", "tool", "miro", "--why", "No one used it."]) == 0
    assert (site / "sources/gone.yaml").read_text(encoding="utf-8").startswith(start)


def test_reviews_from_the_first_to_the_last_day_tell_no_next_one(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tools = TOOLS.replace("{last: 2026-01-05, next: 2026-04-06}", "{last: 0001-01-01, next: 9999-12-31}")
    write_site(site, {**FILES, "tools_inventory.yaml": tools})
    assert main(["confirm", "tool", "linear"]) == 2
    assert "of `linear` is unknown. Run `handbook confirm tool linear --next 2" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["rename", "retire", "remove", "confirm"])
def test_the_help_has_two_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert capsys.readouterr().out.count(f"\n  handbook {command} ") == 2


def test_every_entry_of_the_shipped_handbook_can_be_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = copy_shipped_site(tmp_path)
    monkeypatch.chdir(site)
    before = load(find_site(site))
    names = [(entry.kind.name, entry.id) for entry in before.context.entries]
    chosen = random.Random(18).sample(names, runs(1, len(names)))  # noqa: S311 - for a test
    for kind, entry_id in chosen:
        assert main(["rename", kind, entry_id, f"new-{entry_id}"]) == 0, (kind, entry_id)
    after = load(find_site(site))
    assert {each.message for each in after.findings} <= {each.message for each in before.findings}
    assert len(after.context.entries) == len(before.context.entries)
    for kind, entry_id in chosen:
        assert after.context.former[kind, entry_id].id == f"new-{entry_id}"


def test_a_command_undoes_what_a_killed_one_left_half_done(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, tools = (site / "docs/new.md", site / "tools_inventory.yaml")
    room = workspace_of(site / ALL)
    room.mkdir()
    (room / ".gitignore").write_text("*\n", encoding="utf-8")
    changes = {"docs/new.md": (b"", b"# New\n"), "tools_inventory.yaml": (tools.read_bytes(), b"tools: []\n")}
    journal.begin(room, changes)
    page.write_bytes(b"# New\n")
    monkeypatch.chdir(site / "sources")
    assert main(["show", "tool", "jira"]) == 0
    assert capsys.readouterr().err == (
        "handbook: note: a command was killed before it had changed all its files. Back to what they were: "
        "docs/new.md. Run that command again\n"
    )
    assert not page.exists()
    assert not room.exists()
