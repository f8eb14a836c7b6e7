"""Handbooks that extend another: three groups over one core, in one repository."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from handbook.base.findings import Finding
from handbook.loaded.handbook import Handbook, load
from handbook.publish.contents import SiteContents, make_contents
from tests.conftest import TODAY
from tests.effort import runs
from tests.sites import WITHOUT_HELP

CORE = {
    "mkdocs.yml": f"site_name: Core\n{WITHOUT_HELP}",
    "docs/index.md": "# Core\n",
    "docs/how.md": "# How we work\n\nSee [squad](glossary/squad.md).\n",
    "docs/images/map.png": "PNG",
    "sources/handbook.yaml": "owner: ops\naudience: public\nlimits: {process_steps: 3}\n",
    "sources/teams.yaml": "teams:\n  - id: ops\n    name: Ops\n    summary: Keeps the core.\n",
    "sources/roles.yaml": "roles:\n  - {id: pm, name: PM, summary: Decides.}\n",
    "sources/glossary.yaml": "terms:\n  - {id: squad, name: Squad, summary: A team.}\n"
    "  - {id: pay-band, name: Pay band, summary: A range., audience: restricted}\n",
}
GROUP = {
    "mkdocs.yml": f"site_name: Group\n{WITHOUT_HELP}",
    "docs/index.md": "# Group\n",
    "sources/handbook.yaml": "extends: [../core]\n",
}
TERMS = "terms:\n  - id: squad\n    name: Pod\n    summary: A small team.\n    overrides: true\n"

Repository = Callable[..., Path]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Writes a repository with a core and groups, and gives its top."""

    def make(core: Mapping[str, str] | None = None, **groups: Mapping[str, str]) -> Path:
        (tmp_path / ".git").mkdir(exist_ok=True)
        for folder, files in {"core": {**CORE, **(core or {})}, **groups}.items():
            for name, text in ({**GROUP, **files} if folder != "core" else files).items():
                path = tmp_path / folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return tmp_path

    return make


def contents_of(handbook: Handbook, **own: object) -> SiteContents:
    return make_contents(handbook, {"site_name": "Group", **own})


def lines(findings: Iterable[Finding]) -> list[str]:
    return [f"{each.path}:{each.span.line}: {each.code} {each.message}" for each in findings]


def found(site: Path) -> list[str]:
    return lines(tuple(load(site, TODAY).findings))


def test_three_groups_share_one_core_and_each_has_its_own(repository: Repository) -> None:
    own = "tools:\n  - {id: pos, name: Till, summary: Sells., category: analytics, status: proposed}\n"
    top = repository(
        pay={"tools_inventory.yaml": own},
        web={"sources/glossary.yaml": TERMS, "docs/how.md": "# How the web group works\n"},
        app={},
    )
    pay, web, app = (load(top / name, TODAY) for name in ("pay", "web", "app"))
    assert [lines(tuple(each.findings)) for each in (pay, web, app)] == [[], [], []]
    assert set(pay.entries("tool")) == {"pos"}
    assert not app.entries("tool")
    assert [each.entry("term", "squad").name for each in (pay, web, app)] == ["Squad", "Pod", "Squad"]
    pages = {each: contents_of(each).pages for each in (pay, web)}
    assert "A small team." in pages[web]["glossary/squad.md"].markdown
    assert "tools/pos.md" in pages[pay]
    assert {page.shown_path for page in web.pages.values()} == {"docs/index.md", "docs/how.md"}
    assert {page.shown_path for page in app.pages.values()} == {"docs/index.md", "../core/docs/how.md"}
    assert contents_of(app).inherited.keys() == {"how.md", "images/map.png"}


@pytest.mark.parametrize(
    ("extends", "expected"),
    [
        ("../cor", "Unknown folder `../cor` | Did you mean `../core`?"),
        (
            "../core/docs",
            "The folder `../core/docs` is not a handbook: `mkdocs.yml` is missing | ",
        ),
        (
            "../../elsewhere",
            "The folder `../../elsewhere` is outside this repository | Add it",
        ),
        ("/etc", "Invalid layer `/etc` | Use the path of a folder with `mkdocs.yml`"),
        ("https://example.com/core", "Invalid layer `https://example.com/core` | Use the path"),
        (".", "`.` is this handbook itself | Remove the line"),
        ("../link", "The folder `../link` is a link, or behind one | Use the folder that the link opens"),
        ("../loop", "In the layer `../loop`: `../pay` extends this handbook, so neither can be below"),
        ("../lost", "In the layer `../lost`: Unknown folder `../gone` | "),
        ("../core/, ../core", "Duplicate layer `../core` | Remove one of the two lines"),
        ("package:no_such_handbook", "The package `no_such_handbook` is not installed | Install it"),
        ("package:json", "The package `json` contains no handbook | Use a package that has `mkdocs.yml`"),
        ("package:acme-handbook", "Invalid package name `acme-handbook` | Use the name as in `import`"),
        ("package:os.path", "Invalid package name `os.path` | Use the name as in `import`"),
    ],
)
def test_what_cannot_be_extended_is_one_error_at_its_line(
    repository: Repository, extends: str, expected: str
) -> None:
    top = repository(
        pay={
            "sources/handbook.yaml": f"limits: {{process_steps: 3}}\nextends: [{extends}]\n",
            # What the core would have must not be missing too.
            "sources/squads.yaml": "- nothing\n",
            "docs/index.md": "---\nowner: ops\n---\n\n# Pay\n",
        },
        loop={"sources/handbook.yaml": "extends: [../pay]\n"},
        lost={"sources/handbook.yaml": "extends: [../gone]\n"},
    )
    (top / "link").symlink_to(top / "core")
    (finding,) = load(top / "pay", TODAY).findings
    assert (finding.path, finding.code, finding.span.line) == ("sources/handbook.yaml", "HB211", 2)
    assert f"{finding.message} | {finding.hint}".startswith(expected)


def test_of_unreadable_settings_only_that_is_reported(repository: Repository) -> None:
    page = '# Pay\n\n{{ ref("term", "squad") }}, [how](how.md)\n'
    top = repository(
        pay={"sources/handbook.yaml": "extends: [../core]\nowner: 'ops\n", "docs/index.md": page},
        web={"sources/handbook.yaml": "extends: [1, ../cor]\n"},
        app={"sources/handbook.yaml": "extends: ../core\n", "docs/index.md": page},
    )
    assert [line.partition(" ")[2][:5] for line in found(top / "pay")] == ["HB004"]
    (finding,) = load(top / "web", TODAY).findings
    assert (finding.code, finding.span.column) == ("HB211", 14)
    assert [line.partition(" ")[2][:5] for line in found(top / "app")] == ["HB103"]


def test_a_link_below_is_not_followed(repository: Repository) -> None:
    top = repository(pay={})
    (top / "core/docs/secret.md").symlink_to("/etc/hosts")
    (broken,) = load(top / "pay", TODAY).findings
    assert (broken.code, "../core/docs/secret.md:1" in broken.message) == ("HB213", True)


def test_a_later_entry_replaces_one_below_only_when_it_says_so(repository: Repository) -> None:
    silent = TERMS.replace("    overrides: true\n", "")
    top = repository(
        pay={"sources/glossary.yaml": silent},
        web={"sources/glossary.yaml": TERMS.replace("id: squad", "id: sqad")},
        app={"sources/glossary.yaml": TERMS.replace("overrides: true", "overrides: yes")},
    )
    (twice,) = load(top / "pay", TODAY).findings
    assert (twice.code, twice.span.line) == ("HB202", 2)
    assert "already used in ../core/sources/glossary.yaml:2" in twice.message
    assert twice.hint == "Add `overrides: true` to replace that entry, or rename this one"
    assert found(top / "web") == [
        "sources/glossary.yaml:5: HB212 Nothing to override: no handbook below has the term `sqad`"
    ]
    assert "sources/glossary.yaml:5: HB108 `overrides` must be `true` or `false`" in found(top / "app")


def test_a_chain_of_three_is_read_from_the_bottom(repository: Repository) -> None:
    top = repository(
        region={"sources/glossary.yaml": TERMS, "sources/handbook.yaml": "extends: [../core]\nowner: eu\n"},
        pay={
            "sources/handbook.yaml": "extends: [../region, ../core]\n",
            "sources/glossary.yaml": TERMS.replace("Pod", "Crew"),
            "sources/teams.yaml": "teams:\n  - {id: eu, name: EU, summary: Sells.}\n",
        },
    )
    handbook = load(top / "pay", TODAY)
    assert not handbook.findings
    assert [layer.prefix for layer in handbook.site.layers] == ["../core/", "../region/"]
    assert handbook.entry("term", "squad").name == "Crew"
    assert handbook.context.settings.owner == "eu"


def test_settings_are_handed_on_except_those_that_loosen_a_guard(repository: Repository) -> None:
    core = (
        "owner: ops\naudience: public\nlimits: {process_steps: 3, notice_days: 9}\n"
        "trusted_files: [docs/count.js, docs/film.md]\nsecurity: {allow_hosts: [a.example.com]}\n"
    )
    top = repository(
        {
            "sources/handbook.yaml": core,
            "docs/count.js": "document.title = 'Counted'\n",
            "docs/film.md": "# Film\n\n<script>play()</script>\n",
        },
        pay={"sources/handbook.yaml": "extends: [../core]\nlimits: {process_steps: 5}\n"},
    )
    handbook = load(top / "pay", TODAY)
    assert not handbook.findings
    settings = handbook.context.settings
    limits = settings.limits
    assert (settings.owner, settings.audience) == ("ops", "internal")
    assert (limits.process_steps, limits.notice_days) == (5, 9)
    assert settings.security == ((), ())
    # A page that the core trusts is part of the core. Its scripts are for its own site.
    assert contents_of(handbook).inherited.keys() == {"film.md", "how.md", "images/map.png"}


def test_errors_below_are_one_finding_and_its_content_rules_none(repository: Repository) -> None:
    top = repository(
        {
            "sources/roles.yaml": "roles:\n  - {id: pm, nam: PM}\n  - {id: po, name: TODO, summary: B.}\n",
            "docs/how.md": "# How\n\n{{ lost() }}\n",
        },
        pay={},
    )
    (broken,) = load(top / "pay", TODAY).findings
    assert (broken.path, broken.span.line, broken.code) == ("sources/handbook.yaml", 1, "HB213")
    assert broken.message == (
        "The handbook `../core` has 3 errors here, the first in ../core/docs/how.md:3: "
        "Unknown macro or variable `lost`; others in `../core/sources/roles.yaml`"
    )
    assert any("TODO" in line for line in found(top / "core"))


def test_schemas_and_views_come_from_the_nearest_layer(repository: Repository) -> None:
    schema = """{"$id": "goal.schema.json", "title": "Goal", "type": "object", "required": ["name"],
        "x-kind": {"name": "goal", "plural": "goals", "title": "Goals", "sources": ["sources/goals.yaml"],
        "page": "goals"}, "additionalProperties": false,
        "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}"""
    core = {
        "schemas/goal.schema.json": schema,
        "macros/goal.jinja": "{% include 'note.jinja' %}",
        "macros/note.jinja": "The core's.",
    }
    goals = {"sources/goals.yaml": "goals:\n  - {id: grow, name: Grow}\n"}
    top = repository(core, pay=goals, web={**goals, "macros/note.jinja": "The group's."})
    shown = {
        name: contents_of(load(top / name, TODAY)).pages["goals/grow.md"].markdown for name in ("pay", "web")
    }
    assert "The core&#39;s." in shown["pay"] or "The core's." in shown["pay"]
    assert "The group's." in shown["web"]


def test_a_package_is_found_without_being_imported(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = {f"acme_handbook/{name}": text for name, text in CORE.items()}
    package |= {"acme_handbook/__init__.py": "raise SystemExit\n"}
    group = {"sources/handbook.yaml": "extends: ['package:acme_handbook']\n"}
    top = repository(**{"pay": group, "env/site-packages": package})
    monkeypatch.syspath_prepend(str(tmp_path / "env/site-packages"))
    handbook = load(top / "pay", TODAY)
    assert not handbook.findings
    assert "acme_handbook" not in sys.modules
    assert handbook.entry("term", "squad").path == "package:acme_handbook/sources/glossary.yaml"
    contents = contents_of(handbook, repo_url="https://github.com/acme/pay", edit_uri="edit/main/docs/")
    assert contents.edit_url("glossary/squad.md") is None
    assert "https://github.com/acme/pay/issues/new" in unescape(contents.pages["glossary/squad.md"].markdown)


@pytest.mark.parametrize("is_link", [True, False], ids=["link", "folder"])
def test_a_package_in_the_repository_is_not_installed(
    *, is_link: bool, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = repository(pay={"sources/handbook.yaml": "extends: ['package:elsewhere']\n"})
    (top / "core").rename(tmp_path / "pay/elsewhere")
    if is_link:
        target = tmp_path.parent / f"{tmp_path.name}-outside"
        (tmp_path / "pay/elsewhere").rename(target)
        (tmp_path / "pay/elsewhere").symlink_to(target)
    # As with `python -m handbook` in this folder.
    monkeypatch.syspath_prepend(str(top / "pay"))
    handbook = load(top / "pay", TODAY)
    assert lines(handbook.findings) == [
        "sources/handbook.yaml:1: HB211 The package `elsewhere` is not installed"
    ]
    assert not handbook.entries("term")


def test_a_folder_with_too_long_a_name_is_unknown(repository: Repository) -> None:
    top = repository(pay={"sources/handbook.yaml": f"extends: [{'a' * 300}]\n"})
    (finding,) = load(top / "pay", TODAY).findings
    assert (finding.code, finding.span.line) == ("HB211", 1)
    assert "Unknown folder" in finding.message


def test_what_is_hidden_below_stays_hidden(repository: Repository) -> None:
    page = "---\naudience: restricted\n---\n\n# Salaries\n\n![Secret chart](images/secret.png)\n"
    top = repository({"docs/pay.md": page, "docs/images/secret.png": "PNG"}, pay={})
    handbook = load(top / "pay", TODAY)
    contents = contents_of(handbook)
    assert "glossary/pay-band.md" not in contents.pages
    assert contents.inherited.keys() == {"how.md", "images/map.png"}
    assert "glossary/pay-band.md" in contents_of(load(top / "pay", TODAY, "restricted")).pages
    # An entry without an audience is for the company, below as above.
    (top / "pay/docs/index.md").write_text("---\naudience: public\n---\n\n# Pay\n")
    public = contents_of(load(top / "pay", TODAY, "public"))
    assert (set(public.pages), dict(public.inherited)) == (
        {"changes.md"},
        {"images/map.png": top / "core/docs/images/map.png"},
    )


_BAND = "terms:\n  - {id: pay-band, name: Pay band, summary: A range., overrides: true}\n"


@pytest.mark.parametrize(
    "group",
    [
        {"docs/pay.md": "# Pay\n"},
        {"sources/glossary.yaml": _BAND},
        {"sources/handbook.yaml": "extends: [../core]\nkinds: {term: off}\n"},
    ],
    ids=["page", "entry", "kind"],
)
def test_a_picture_of_hidden_content_stays_hidden_without_it(
    group: dict[str, str], repository: Repository
) -> None:
    page = "---\naudience: restricted\n---\n\n# Salaries\n\n![Chart](images/page.png)\n"
    note = ", audience: restricted, more: '![Chart](images/entry.png)'}"
    text = CORE["sources/glossary.yaml"].replace(", audience: restricted}", note)
    pictures = {"docs/images/page.png": "PNG", "docs/images/entry.png": "PNG"}
    core = {"docs/pay.md": page, "sources/glossary.yaml": text, **pictures}
    top = repository(core, pay={}, web=group)
    for name in ("pay", "web"):
        assert (
            contents_of(load(top / name, TODAY)).inherited.keys()
            & {
                "images/page.png",
                "images/entry.png",
            }
            == set()
        )


@pytest.mark.parametrize(
    ("config", "entry", "page"),
    [
        ("", "mono/edit/main/core/sources/glossary.yaml#L2", "mono/edit/main/core/docs/how.md"),
        (
            "repo_url: https://github.com/acme/core\nedit_uri: edit/main/docs/\n",
            "core/edit/main/sources/glossary.yaml#L2",
            "core/edit/main/docs/how.md",
        ),
    ],
    ids=["one repository", "a repository of its own"],
)
def test_edit_links_open_the_layer(repository: Repository, config: str, entry: str, page: str) -> None:
    top = repository({"mkdocs.yml": f"site_name: Core\n{config}"}, pay={})
    own = {"repo_url": "https://github.com/acme/mono", "edit_uri": "edit/main/pay/docs/"}
    contents = contents_of(load(top / "pay", TODAY), **own)
    github = "https://github.com/acme"
    assert contents.edit_url("glossary/squad.md") == f"{github}/{entry}"
    assert f"{github}/{entry}" in unescape(contents.pages["glossary/squad.md"].markdown)
    assert contents.edit_url("how.md") == f"{github}/{page}"
    assert f"{github}/{page}" in unescape(contents.renderer.page("# How\n", "how.md"))
    assert (
        contents.renderer.repository.edit_url("docs/index.md") == f"{github}/mono/edit/main/pay/docs/index.md"
    )


def test_a_file_of_a_layer_is_recognised_by_its_path(repository: Repository) -> None:
    top = repository(pay={}, **{"core/groups/web": {"sources/handbook.yaml": "extends: [../..]\n"}})
    site = load(top / "core/groups/web", TODAY).site
    assert site.layer_of("../../sources/roles.yaml") == site.layers[0]
    # The repository of a layer has other files, too.
    assert site.layer_of("../../CODEOWNERS") is None
    assert site.layer_of("sources/handbook.yaml") is None


def test_the_words_of_a_core_are_those_of_its_groups(repository: Repository) -> None:
    tool = "tools:\n  - {id: till, name: Till, summary: Sells., category: CATEGORY, status: proposed}\n"
    words = "vocabularies: {tool_category: {add: [WORD]}}\n"
    top = repository(
        {
            "sources/handbook.yaml": words.replace("WORD", "till"),
            "tools_inventory.yaml": tool.replace("CATEGORY", "till"),
        },
        pay={
            "sources/handbook.yaml": "extends: [../core]\n" + words.replace("WORD", "ledger"),
            "tools_inventory.yaml": tool.replace("CATEGORY", "ledger")
            .replace("till", "book")
            .replace("Till", "Book"),
        },
    )
    assert [found(top / "pay"), found(top / "core")] == [[], []]


def test_files_that_the_core_switches_off_are_named(repository: Repository) -> None:
    core = {"sources/handbook.yaml": f"{CORE['sources/handbook.yaml']}kinds: {{metric: off}}\n"}
    metric = "name: Churn\nsummary: s.\nstatus: proposed\ndefinition: d.\n"
    top = repository(core, pay={"sources/metrics/churn.yaml": metric})
    (finding,) = load(top / "pay", TODAY).findings
    assert lines([finding]) == ["sources/handbook.yaml:1: HB331 Metrics are off, so 1 file isn't read"]
    assert finding.hint == "Remove sources/metrics/churn.yaml, or add `metric: on` to `kinds`"


@pytest.mark.parametrize("config", ["site_name: [x\ndocs_dir: pages\n", "docs_dir: a\ndocs_dir: b\n"])
def test_a_layer_whose_configuration_is_unclear_is_not_used(config: str, repository: Repository) -> None:
    top = repository({"mkdocs.yml": config}, pay={})
    assert lines(load(top / "pay", TODAY).findings) == [
        "sources/handbook.yaml:1: HB211 mkdocs.yml in `core` can't be read"
    ]


def test_a_tower_of_layers_has_a_limit(repository: Repository) -> None:
    count = runs(sample=150, full=1200)
    names = [f"g{number}" for number in range(count)]
    settings = {
        name: {"sources/handbook.yaml": f"extends: [../{below}]\n"} for name, below in pairwise(names)
    }
    top = repository(**settings)
    (finding,) = load(top / "g0", TODAY).findings
    assert (finding.code, finding.span.line) == ("HB211", 1)
    assert "more than 100 handbooks below each other" in finding.message
    (top / "g0/sources/handbook.yaml").write_text(f"extends:\n  - ../g{count}\n  - ../g1\n", encoding="utf-8")
    (top / f"g{count}").mkdir()
    assert {each.span.line for each in load(top / "g0", TODAY).findings if each.code == "HB211"} == {2, 3}
