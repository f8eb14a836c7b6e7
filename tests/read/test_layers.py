"""Handbooks that extend another: three groups over one core, in one repository."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from handbook.base.findings import Finding
from handbook.loaded.handbook import Handbook, load
from handbook.publish.contents import SiteContents, make_contents
from tests.conftest import TODAY

CORE = {
    "mkdocs.yml": "site_name: Core\n",
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
    "mkdocs.yml": "site_name: Group\n",
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


def lines(findings: list[Finding] | tuple[Finding, ...]) -> list[str]:
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
