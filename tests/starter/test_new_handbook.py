"""What a company gets: complete, valid, and theirs."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from handbook.loaded.handbook import load
from handbook.publish.pages import make_pages
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from handbook.starter.answers import PILLARS, STAGES, Answers
from handbook.starter.ground import Ground
from handbook.starter.making import make_handbook
from handbook.starter.plan import pillars_of
from tests.conftest import TODAY
from tests.effort import FULL
from tests.shipped import few_of
from tests.starter.companies import STACKS, make, traces, written

SUBSETS = [subset for size in range(1, 5) for subset in combinations(PILLARS, size)]
CASES = [(stage, subset, stack) for stage in STAGES for subset in SUBSETS for stack in STACKS]
SAMPLE = [("startup", tuple(pillars_of("startup")), "own"), ("enterprise", tuple(PILLARS), "none")]


@pytest.mark.parametrize(("stage", "pillars", "stack"), CASES if FULL else SAMPLE)
def test_it_is_valid_and_theirs_and_all_its_pages_render(
    stage: str, pillars: tuple[str, ...], stack: str, tmp_path: Path
) -> None:
    made = make(stage, pillars, stack)
    assert list(made.findings) == []
    assert made.untranslated == 0 or stage != "startup"
    assert list(traces(made, stack)) == []
    handbook = load(written(made, tmp_path), TODAY)
    assert list(handbook.findings) == []
    # The largest has the same views as the others.
    listed = handbook if stage == "startup" else few_of(handbook)
    pages = list(make_pages(listed, Renderer(listed.basis, Repository(listed.site, None, None))))
    assert len(pages) > 30
    for entry in (*handbook.context.entries, *handbook.context.imprints):
        review = entry.value.get("review")
        if review:
            assert set(review) == {"next"}, entry.id
            days = (date.fromisoformat(review["next"]) - TODAY).days
            assert 7 < days <= 92, entry.id


def test_without_experiments_no_text_counts_on_them() -> None:
    # What remains is general: advice on product operations, filled-in examples, a diary of a week.
    general = ("docs/product-ops/", "sources/checklists/", "sources/templates/", "sources/handbook.yaml")
    texts = {
        path: data.decode()
        for path, data in make("growth", tuple(pillars_of("growth")), "atlassian").files.items()
        if path.startswith(("docs/", "sources/", "mkdocs.yml")) and not path.startswith(general)
    }
    assert [path for path, text in texts.items() if "experiment" in text.casefold()] == []
    assert [path for path, text in texts.items() if "feature flag" in text.casefold()] == [
        "sources/processes/launch.yaml"
    ]
    assert "or another way to switch it off at once" in texts["sources/processes/launch.yaml"]


def test_no_text_leads_to_the_tool_picker_before_anyone_has_said_which_teams_a_tool_suits() -> None:
    files = make("enterprise", tuple(PILLARS), "none").files
    assert [path for path, data in files.items() if b"tools/pick" in data or b"(pick.md" in data] == []
    procurement = " ".join(files["sources/processes/tool-procurement.yaml"].decode().split())
    assert "Search the inventory by capability. Ask the owner of the nearest tool," in procurement


def test_a_job_that_no_tool_does_is_kept_with_a_phrase_and_is_no_task() -> None:
    files = make("startup", tuple(pillars_of("startup")), "own").files
    said = files["sources/handbook.yaml"].decode()
    assert "words:\n  squad:\n    one: Einheit\n    many: Einheiten\n  chat: dem Postfach\n" in said
    assert "chat:" not in said.partition("\njobs:")[2].partition("\n\n")[0]


def test_what_readers_see_of_the_word_for_a_team_is_the_companys() -> None:
    german = make("startup", tuple(pillars_of("startup")), "own").files
    assert b"- id: einheit\n" in german["sources/glossary.yaml"]
    assert b"  - id: einheit\n" in german["sources/templates/prd.yaml"]
    assert [path for path, data in german.items() if "«".encode() in data] == []
    # What product ops sees in an editor.
    assert b"\n# Einstellungen des ganzen Handbuchs." in german["sources/handbook.yaml"]
    assert b"\n# Jedes Tool des Produktteams:" in german["tools_inventory.yaml"]
    assert b"# Einstellungen der Website:" in german["mkdocs.yml"]
    assert b'"description": "Die Kategorien von Tools."' in german[".vscode/schemas/handbook.schema.json"]
    english = make("enterprise", tuple(PILLARS), "none").files
    assert b"- id: pod\n" in english["sources/glossary.yaml"]


def test_a_language_without_labels_of_ours_is_no_finding() -> None:
    made = make_handbook(Answers("Nordwind", "startup", ["tools"], language="fr"), TODAY, Ground())
    assert list(made.findings) == []


def test_the_message_that_asks_for_access_leaves_out_the_tool_it_is_sent_with() -> None:
    inventory = (
        make("growth", tuple(pillars_of("growth")), "atlassian").files["tools_inventory.yaml"].decode()
    )
    with_tag = {entry.split("\n")[0] for entry in inventory.split("- id: ")[1:] if "day-one" in entry}
    assert with_tag == {"jira", "confluence", "google-analytics"}


def test_a_tool_whose_job_another_does_says_nothing_of_that_job() -> None:
    inventory = make("startup", tuple(pillars_of("startup")), "own").files["tools_inventory.yaml"].decode()
    fields = {entry.split("\n")[0]: entry for entry in inventory.split("- id: ")[1:]}
    assert "use_when:" in fields["caf-mile"]
    assert "category: feedback\n" in fields["zendesk"]
    assert "use_when:" not in fields["zendesk"]
    assert "not_for:" not in fields["zendesk"]
