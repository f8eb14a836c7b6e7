"""The steps from our files to those of a company: each takes a text or a value and gives one."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from handbook.read.requirements import unfound_engine
from handbook.starter import engine
from handbook.starter.answers import AnswerError, TeamWord
from handbook.starter.automation import in_folder, of_site, on_branch
from handbook.starter.days import first_day, next_review
from handbook.starter.hosts import host_of, repository_url
from handbook.starter.inventory import choose
from handbook.starter.plan import catalogue, job_names
from handbook.starter.reading_answers import read_language, read_pillars, read_tools
from handbook.starter.rewriting import rewritten
from handbook.starter.team_word import read_word
from handbook.starter.zone import zone_of_computer
from handbook.write.upgrading.packages import Engine, requirements, with_new_packages

ENTRY = """# About the file.
- id: a

  # About the name.
  name: A
  tools: [x, y]
  raci:
    # One.
    - who: b
      what: B

    # Two.
    - who: c
  review: {last: 2026-01-01, next: 2027-01-01}

# About b.
- id: b
  who:
    - x
    - y
  review:
    last: 2026-01-01
    next: 2027-01-01
"""


def test_values_are_removed_with_their_comments_and_replaced_in_their_layout() -> None:
    new = rewritten(
        ENTRY,
        {(0, "name"), (0, "raci", 0)},
        {
            (0, "tools"): ["z"],
            (0, "review"): {"next": "2027-02-01"},
            (0, "raci", 0, "who"): "lost",
            (1, "who"): ["z", "w"],
            (1, "review"): {"next": "2027-03-01"},
        },
    )
    assert new == (
        "# About the file.\n- id: a\n\n  tools: [z]\n  raci:\n    # Two.\n    - who: c\n"
        "  review: {next: 2027-02-01}\n\n# About b.\n- id: b\n  who:\n    - z\n    - w\n"
        "  review:\n    next: 2027-03-01\n"
    )
    assert rewritten(ENTRY, {(0,)}, {}).startswith("# About b.\n- id: b\n")
    assert rewritten(ENTRY, {(1,)}, {}).endswith("next: 2027-01-01}\n")


def test_reviews_are_spread_over_the_working_days_of_the_coming_quarter() -> None:
    today = date(2026, 11, 29)
    days = [next_review(today, index) for index in range(120)]
    weeks = Counter((day - today) // timedelta(days=7) for day in days)
    assert min(days) > today + timedelta(days=7)
    assert max(days) <= today + timedelta(days=91)
    assert all(day.isoweekday() < 6 for day in days)
    assert len(weeks) >= 11
    assert max(weeks.values()) <= 13


@pytest.mark.parametrize(
    ("repeats", "day"),
    [
        ("every other Thursday", 3),
        ("first Monday of the month", 7),
        ("15th of each month", 2),
        ("every Wednesday", 2),
    ],
)
def test_events_begin_on_their_next_weekday(repeats: str, day: int) -> None:
    assert first_day(repeats, date(2026, 12, 2)) == date(2026, 12, day)


def test_a_tool_gets_the_job_that_is_named_or_else_those_that_it_is_made_for() -> None:
    assert choose([]).jobs == {}
    assert choose(["Notion"]).jobs == {"documents": "notion"}
    assert choose(["Productboard", "feedback=Canny"]).jobs == {"roadmap": "productboard", "feedback": "canny"}
    assert choose(["teams", "ADO", "GA4", "GitLab"]).jobs == {
        "tracker": "azure-devops",
        "analytics": "google-analytics",
        "chat": "microsoft-teams",
    }
    assert choose(["none"]) == choose([])
    without = choose(["Productboard", "feedback=keins", "flags=None"])
    assert (without.jobs, without.without) == ({"roadmap": "productboard"}, ["feedback", "flags"])
    both = choose(["notion", "LINEAR", "flags=PostHog", "chat=Brieftaube ☎"])
    assert [tool.id for tool in both.tools] == ["notion", "linear", "posthog", "brieftaube"]
    assert both.jobs == {
        "tracker": "linear",
        "documents": "notion",
        "flags": "posthog",
        "chat": "brieftaube",
    }


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("jirra", "Did you mean `jira`?"),
        (
            "Our own",
            "Say `JOB=Our own`, with a job: tracker, roadmap, documents, analytics, feedback, flags or chat",
        ),
        ("tracer=x", "Did you mean `tracker`?"),
        ("chat=slack, chat=discord", "Choose one"),
        ("chat=???", ""),
    ],
)
def test_tools_that_no_one_can_know(written: str, hint: str) -> None:
    with pytest.raises(AnswerError) as refused:
        read_tools(written)
    assert refused.value.hint == hint


def test_the_catalogue_has_facts_for_known_jobs() -> None:
    for tool in catalogue().values():
        assert set(tool.jobs) <= set(job_names()), tool.id
        assert tool.vendor, tool.id
        assert tool.website.startswith("https://"), tool.id
        assert tool.summary.endswith("."), tool.id
    names = [name for tool in catalogue().values() for name in {tool.id, tool.name.casefold(), *tool.also}]
    assert sorted(names) == sorted({name.casefold() for name in names})


def test_words_and_pillars() -> None:
    assert read_word("pod", "en") == TeamWord("pod", "pods")
    assert read_word(" Crew / Crews ", "fr") == TeamWord("Crew", "Crews")
    assert read_word(" Die  Einheit/Einheiten", "de-AT") == TeamWord("Einheit", "Einheiten", 1)
    assert read_word("pod", "de") == TeamWord("Pod", "Pods", 2)
    for written in ("Kreis", "der Kreis", "Kreis/Kreise", "der /Kreise", "", "die <b>/x"):
        with pytest.raises(AnswerError, match=r"article or the plural|no word"):
            read_word(written, "de")
    assert read_pillars("tools, data") == ["data", "tools"]
    for written in ("", " , ", "dta"):
        with pytest.raises(AnswerError):
            read_pillars(written)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("acme/handbook", "https://github.com/acme/handbook"),
        ("git@gitlab.com:acme/docs/handbook.git", "https://gitlab.com/acme/docs/handbook"),
        ("ssh://git@git.acme.example:2222/a/b.git", "https://git.acme.example/a/b"),
        ("https://me:secret@github.com/acme/handbook/", "https://github.com/acme/handbook"),
        ("", ""),
    ],
)
def test_the_address_of_a_repository_for_readers(written: str, url: str) -> None:
    assert repository_url(written) == url


@pytest.mark.parametrize(
    "written",
    [
        "handbook",
        "ftp://a/b",
        "https://github.com",
        "https://github.com/acme",
        "https://a.example:99999/b/c",
        "https://a.example/b\\c",
        "./handbook",
        "https://a.example/../b",
        "a b/c",
        'https://a/"b',
    ],
)
def test_what_is_no_address(written: str) -> None:
    with pytest.raises(AnswerError):
        repository_url(written)


def test_what_follows_from_the_host() -> None:
    assert host_of("https://github.com/Acme/book", "docs/book/", "main") == (
        "github",
        "edit/main/docs/book/docs/",
        "https://acme.github.io/book/",
    )
    assert host_of("https://github.com/Acme/acme.github.io", "", "main").site_url == "https://acme.github.io/"
    assert host_of("https://gitlab.acme.example/a/b", "", "trunk") == ("gitlab", "-/edit/trunk/docs/", "")
    assert host_of("", "", "main") == ("", "", "")


def test_a_site_gets_its_own_part_of_our_workflows() -> None:
    ours = (
        "steps:\n  # engine: ours\n  - run: pip install .\n"
        "  # site: - run: pip install -r ./requirements.txt\n"
        "  # site:   working-directory: .\n  # end\n  - uses: ./.github/actions/a\n    path: [./site, a]\n"
        "  # engine: ours alone\n  - run: make\n  # end\nbranches: [main]\ndirectory: /\n"
    )
    text = of_site(ours)
    assert text == (
        "steps:\n  - run: pip install -r ./requirements.txt\n    working-directory: .\n"
        "  - uses: ./.github/actions/a\n    path: [./site, a]\nbranches: [main]\ndirectory: /\n"
    )
    assert in_folder(text, "") == text
    assert on_branch(in_folder(text, "a/b/"), "trunk") == (
        "steps:\n  - run: pip install -r a/b/requirements.txt\n    working-directory: a/b\n"
        '  - uses: ./.github/actions/a\n    path: [a/b/site, a]\nbranches: ["trunk"]\ndirectory: /a/b\n'
    )


def test_the_engine_is_named_in_one_line_and_an_upgrade_writes_the_others() -> None:
    new = requirements(Engine("ff"))
    head, _, packages = new.partition("\nattrs==")
    assert head.startswith("# What the handbook is built with.")
    assert packages.endswith(" \\\n    --hash=sha256:ff\n")
    assert new.count("product-handbook==") == 1
    assert "# via" not in new
    assert with_new_packages(new) == new
    old = f"{head}\nattrs==1\nproduct-handbook==9 \\\n    --hash=sha256:00\nours==1\n"
    start = new.index("product-handbook==")
    assert with_new_packages(old) == f"{new[:start]}product-handbook==9 \\\n    --hash=sha256:00\nours==1\n"
    assert with_new_packages("product-handbook==9\n") == "product-handbook==9\n"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://acme.test/product_handbook.whl", "https://acme.test/product_handbook.whl"),
        ("https://me:secret@acme.test/product_handbook.whl", ""),
        ("https://acme.test/product_handbook.whl?token=secret", ""),
        ("file:///home/me/product_handbook.whl", ""),
    ],
)
def test_ci_installs_the_wheel_that_was_installed_from_an_address(
    url: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = json.dumps({"url": url, "archive_info": {"hashes": {"sha256": "ff"}}})
    monkeypatch.setattr(engine, "distribution", lambda _: SimpleNamespace(read_text=lambda _: noted))
    found = engine.read_engine()
    assert found == Engine("ff", address)
    text = requirements(found)
    assert bool(unfound_engine(text)) is not bool(address)
    assert "secret" not in text
    if address:
        assert text.endswith(f"\nproduct-handbook @ {address} \\\n    --hash=sha256:ff\n")


def test_languages_by_code_and_by_name() -> None:
    assert [read_language(each) for each in ("DE", " Deutsch ", "german", "English", "pt-BR")] == [
        *("de", "de", "de", "en", "pt-BR")
    ]


def test_the_time_zone_of_a_computer_counts_only_if_it_is_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    for name, zone in {"Europe/Berlin": "Europe/Berlin", "Etc/UTC": "", "UTC": "", "No/Where": ""}.items():
        link = tmp_path / name.replace("/", "-")
        link.symlink_to(f"/usr/share/zoneinfo/{name}")
        assert zone_of_computer(link) == zone
    assert zone_of_computer(tmp_path / "none") == ""
    monkeypatch.setenv("TZ", ":Asia/Tokyo")
    assert zone_of_computer(link) == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("written", "code"),
    [("de_DE", "de"), ("de-AT", "de"), ("en-GB", "en"), ("pt_br", "pt-BR"), ("sr-Latn", "sr")],
)
def test_a_language_is_one_that_the_theme_has(written: str, code: str) -> None:
    assert read_language(written) == code


@pytest.mark.parametrize("written", ["xx", "xxx", "x-y", "../de"])
def test_what_is_no_language_of_the_theme(written: str) -> None:
    with pytest.raises(AnswerError):
        read_language(written)


def test_a_new_tool_has_a_short_name_on_one_line() -> None:
    assert choose(["tracker=My\n tool"]).tools[0].name == "My tool"
    with pytest.raises(AnswerError, match="at most 60 characters"):
        choose([f"tracker={'a' * 61}"])
