"""Texts name the job; readers see the tool that does it."""

from __future__ import annotations

import pytest

from handbook.base.language import Language
from handbook.base.spelling import JOBS, Word
from handbook.loaded.handbook import Handbook, load
from handbook.publish.contents import make_contents
from handbook.read.languages import make_language
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from tests.conftest import MakeSite
from tests.render.conftest import MakeHandbook
from tests.shipped import load_shipped

TOOLS = """tools:
  - id: linear
    name: iOS-thing
    summary: "Say it in $chat. $Chat and $tracker have it."
    category: project-management
    status: trial
  - id: vault
    name: "Vault <i>*x*</i> {{ 7 * 7 }}"
    summary: Keeps secrets.
    category: project-management
    status: trial
    audience: restricted
"""
JOBS_OF_BOTH = "jobs: {tracker: linear, documents: vault, customer-success: vault}\n"
PAGE = "# In $tracker\n\n$Tracker, $documents, $Customer-success; `$tracker`.\n"


def texts_of(handbook: Handbook) -> tuple[str, str]:
    """The page and the summary of the first tool."""
    renderer = Renderer(handbook.basis, Repository(handbook.site, None, None))
    page = renderer.page(handbook.pages["index.md"].body, "index.md")
    return page.partition("data/")[0], str(handbook.entry("tool", "linear").data["summary"])


@pytest.mark.parametrize(
    ("settings", "page", "summary"),
    [
        pytest.param(
            "rules: {}\n",
            "# In the tracker\n\nThe tracker, the document space, $Customer-success; `$tracker`.\n",
            "Say it in the chat. The chat and the tracker have it.",
            id="no jobs",
        ),
        pytest.param(
            JOBS_OF_BOTH,
            "# In iOS-thing\n\niOS-thing, the document space, The customer success tool; `$tracker`.\n",
            "Say it in the chat. The chat and iOS-thing have it.",
            id="one of the tools is hidden",
        ),
        pytest.param(
            "jobs: {tracker: vault}\nwords: {chat: our room, tracker: myBoard, customer-success: support}\n",
            "# In myBoard\n\nmyBoard, the document space, Support; `$tracker`.\n",
            "Say it in our room. Our room and myBoard have it.",
            id="words for jobs",
        ),
    ],
)
def test_a_job_is_said_by_its_tool_or_a_phrase(
    make_handbook: MakeHandbook, settings: str, page: str, summary: str
) -> None:
    files = {"tools_inventory.yaml": TOOLS, "docs/index.md": PAGE, "sources/handbook.yaml": settings}
    assert texts_of(make_handbook(files)) == (page, summary)


def test_a_name_with_markup_is_shown_as_it_is(make_site: MakeSite) -> None:
    files = {"tools_inventory.yaml": TOOLS, "docs/index.md": PAGE, "sources/handbook.yaml": JOBS_OF_BOTH}
    page, _ = texts_of(load(make_site(files), audience="restricted"))
    assert "Vault &#60;i&#62;&#42;x&#42;&#60;/i&#62; &#123;&#123; 7 &#42; 7 &#125;&#125;" in page


def test_nothing_that_is_published_names_a_hidden_tool(make_handbook: MakeHandbook) -> None:
    nav = [{"In $documents": ["index.md"]}]
    page = f"---\ntitle: In $documents\ndescription: For $documents.\n---\n{PAGE}"
    files = {"tools_inventory.yaml": TOOLS, "docs/index.md": page, "sources/handbook.yaml": JOBS_OF_BOTH}
    handbook = make_handbook(files)
    contents = make_contents(handbook, {"site_name": "Test", "nav": nav})
    assert {"In the document space": ["index.md"]} in (contents.navigation or [])
    published = [*contents.files.values(), *(page.markdown.encode() for page in contents.pages.values())]
    assert not [text for text in published if b"Vault" in text]
    assert "Vault" not in str(texts_of(handbook))


def test_a_settings_file_with_a_wrong_job_names_the_nearest_tool(make_site: MakeSite) -> None:
    settings = "jobs: {tracker: lineaar, squad: linear}\nwords: {squad: pod, tracker: the *x*}\n"
    handbook = load(make_site({"tools_inventory.yaml": TOOLS, "sources/handbook.yaml": settings}))
    found = [
        (finding.code, finding.pointer, finding.hint)
        for finding in handbook.findings
        if finding.path == "sources/handbook.yaml"
    ]
    assert [each[:2] for each in found] == [
        ("HB201", "/jobs/tracker"),
        ("HB102", "/jobs/squad"),
        ("HB103", "/words/squad"),
        ("HB105", "/words/tracker"),
    ]
    assert found[0][2] == "Did you mean `linear`?"
    assert handbook.language.with_words("$Tracker of a $squad") == "The tracker of a squad"


def test_jobs_are_switched_off_with_the_tools(make_handbook: MakeHandbook) -> None:
    settings = f"kinds: {{tool: off}}\n{JOBS_OF_BOTH}"
    files = {
        "tools_inventory.yaml": TOOLS,
        "docs/index.md": "# In $tracker\n",
        "sources/handbook.yaml": settings,
    }
    assert make_handbook(files).language.with_words("$tracker") == "the tracker"


def test_ordinary_words_are_no_unmarked_terms(make_handbook: MakeHandbook) -> None:
    settings = f"{JOBS_OF_BOTH}words: {{chat: our channel, feedback: the inbox, video: the recorder}}\n"
    page = "# Home\n\nA chat about feedback, a video in Linear.\n"
    handbook = make_handbook(
        {"docs/index.md": page, "tools_inventory.yaml": TOOLS, "sources/handbook.yaml": settings}
    )
    assert "HB336" not in {finding.code for finding in handbook.findings}


def test_a_typo_in_a_mark_is_reported_and_other_dollars_are_not(make_handbook: MakeHandbook) -> None:
    page = (
        "# In $trakcer\n\n$Document of $customer-sucess; $squads, $USER, $plan, $5, \\$trackr, `$chatt` $.\n"
    )
    files = {"docs/index.md": page, "tools_inventory.yaml": TOOLS, "sources/handbook.yaml": JOBS_OF_BOTH}
    found = [each for each in make_handbook(files).findings if each.code == "HB361"]
    assert [(each.span.line, each.span.column, each.message, each.hint.split("`")[1]) for each in found] == [
        (1, 6, "Unknown mark `$trakcer`", "$tracker"),
        (3, 1, "Unknown mark `$Document`", "$Documents"),
        (3, 14, "Unknown mark `$customer-sucess`", "$customer-success"),
    ]


def test_german_phrases_follow_a_preposition_such_as_in_or_aus() -> None:
    german = make_language("de", {"chat": Word("unser Kanal")}, {"tracker": "Linear", "video": None})
    assert german.with_words("In $tracker, aus $roadmap, in $chat, mit $video") == (
        "In Linear, aus dem Roadmap-Tool, in unser Kanal, mit dem Tool für „video“"
    )


def test_german_articles_are_contracted_with_their_preposition() -> None:
    german = make_language("de", {}, {})
    text = "In $chat, zu $documents, von\n$feedback und Berlin $chat"
    assert german.with_words(text) == "Im Chat, zur Dokumentenablage, vom\nFeedback-Tool und Berlin dem Chat"


def test_every_built_in_job_has_a_tool_here_and_a_phrase_without() -> None:
    handbook = load_shipped()
    for job, phrase in JOBS.items():
        name = handbook.entry("tool", handbook.context.settings.jobs[job]).name
        assert handbook.language.with_words(f"${job}") == name
        assert Language().with_words(f"${job.capitalize()}") == phrase[:1].upper() + phrase[1:]
