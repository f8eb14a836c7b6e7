"""Pages are rendered in a sandbox, by us, for every engine; and what cannot be rendered is a finding."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as EnginePage
from mkdocs_macros.plugin import MacrosPlugin

from handbook.base.findings import Finding
from handbook.loaded.handbook import Handbook, load
from handbook.publish.page_macros import RENDERER
from handbook.publish.page_rendering import SiteMacroError
from handbook.publish.portable_pages import PortablePages
from handbook.publish.staged_pages import StagedPages
from handbook.read.files import find_site
from handbook.read.macro_settings import is_rendered, make_macro_settings
from handbook.read.pages import Page
from handbook.render.render import Renderer
from handbook.render.repository import Repository
from handbook.render.sandbox import RENDERING_ERRORS, Sandbox
from tests.cases import read_cases
from tests.conftest import TODAY
from tests.sites import CONFIG, TOOL, WITH_HELP, WITHOUT_HELP, run, write_site

CASES = read_cases(Path(__file__).parent / "cases/page_templates.yaml")
HIDDEN = "this is in no page"
SITE_CONFIG = CONFIG.replace(
    "  - macros:\n      modules: [handbook.publish.page_macros]\n",
    f"  - macros:\n      module_name: macros\nextra:\n  token: {HIDDEN}\n",
)
MODULE = """
from pathlib import Path

from handbook.publish import page_macros


def define_env(env):
    page_macros.define_env(env)
    env.variables["company"] = "Acme"

    @env.macro
    def teams():
        return [{"name": "Core", "size": 4, "lead": None}, {"name": "Growth", "size": 2, "lead": "PM"}]

    @env.macro
    def rows(text="[a](b) "):
        return text * 5000

    @env.macro
    def fail(what):
        raise OSError(what)

    @env.macro
    def settings():
        return env.conf

    def here():
        return Path(__file__)

    env.macro(here, "here")

    @env.filter
    def shout(text):
        return text.upper() + "!"

    env.filter(broken, name="broken")


def broken(text):
    raise RuntimeError(text)
"""
FILES = {"mkdocs.yml": SITE_CONFIG, "macros/__init__.py": MODULE, "tools_inventory.yaml": TOOL}


class Rendered:
    """The pages of one site, rendered as an engine without plugins has them."""

    def __init__(self, folder: Path) -> None:
        self.site = find_site(folder)
        self.handbook: Handbook = load(self.site, TODAY)
        self.findings: list[Finding] = []
        renderer = Renderer(self.handbook.basis, Repository(self.site, None, None), from_source=True)

        def report(finding: Finding, _line: str) -> None:
            self.findings.append(finding)

        sys.modules.pop("macros", None)  # Python has the one of another site from an earlier test.
        config = load_config(str(folder / "mkdocs.yml"))
        self.portable = PortablePages(self.handbook, renderer, (), "")
        self.pages = StagedPages(self.handbook, config, report, self.portable, {RENDERER: renderer})

    def render(self, text: str) -> str:
        """The text of a page, without its front matter."""
        page = Page("new.md", "docs/new.md", text)
        self.findings.clear()
        body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
        return self.pages.render(body, page)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rendered]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDBOOK_TOKEN", HIDDEN)
        yield Rendered(write_site(tmp_path_factory.mktemp("site"), FILES))


@pytest.fixture
def check_page(check: Callable[[Mapping[str, str | bytes]], list[Finding]]) -> Callable[[str], list[Finding]]:
    """The findings of a page of that site."""
    return lambda text: check({**FILES, "docs/new.md": text})


def case_name(case: Mapping[str, Any]) -> str:
    return str(case["text"]).replace("\n", " ")[:60]


@pytest.mark.parametrize("case", CASES["refused"], ids=case_name)
def test_what_a_page_may_not_use_is_found_and_not_rendered(
    case: Mapping[str, Any], check_page: Callable[[str], list[Finding]], rendered: Rendered
) -> None:
    findings = [finding for finding in check_page(case["text"]) if finding.code == "HB207"]
    shown = [f"{found.span.line}:{found.span.column} {found.message}" for found in findings]
    assert any(line.startswith(case["finds"]) for line in shown), shown
    assert all(found.hint for found in findings)
    if "hint" in case:
        assert findings[0].hint == case["hint"]
    assert rendered.render(case["text"]) == ""
    assert {found.message for found in rendered.findings} == {found.message for found in findings}


@pytest.mark.parametrize("case", CASES["refused"] + CASES["failing"], ids=case_name)
def test_what_a_page_may_not_use_leads_nowhere_unchecked_either(
    case: Mapping[str, Any], rendered: Rendered
) -> None:
    rendered.render("{{ company }}")
    sandbox = rendered.pages._plugins[0]._env  # noqa: SLF001
    assert isinstance(sandbox, Sandbox)
    try:
        text = sandbox.from_string(case["text"]).render()
    except (*RENDERING_ERRORS, SiteMacroError):
        return
    for leak in (HIDDEN, "<class", "<function", "<module", "<built-in", "root:", "os.environ"):
        assert leak not in text


@pytest.mark.parametrize("case", CASES["allowed"], ids=case_name)
def test_what_a_page_may_use_is_rendered(
    case: Mapping[str, Any], check_page: Callable[[str], list[Finding]], rendered: Rendered
) -> None:
    assert [finding for finding in check_page(case["text"]) if finding.code == "HB207"] == []
    assert rendered.render(case["text"]) == case["shows"]
    assert rendered.findings == []


@pytest.mark.parametrize("case", CASES["failing"], ids=case_name)
def test_what_fails_while_it_is_rendered_is_a_finding_at_its_line(
    case: Mapping[str, Any], check_page: Callable[[str], list[Finding]], rendered: Rendered
) -> None:
    assert [finding for finding in check_page(case["text"]) if finding.code == "HB207"] == []
    assert rendered.render(case["text"]).strip() in {"", "One"}
    (finding,) = rendered.findings
    assert (finding.code, finding.path, finding.span.line) == ("HB207", "new.md", case["line"])
    assert case["says"] in finding.message


def test_large_results_of_a_macro_are_not_judged_but_what_a_page_hands_it_is(rendered: Rendered) -> None:
    assert rendered.render("{{ rows() }}") == "[a](b) " * 5000
    assert rendered.findings == []
    assert rendered.render("{{ rows('[' * 2000) }}") == ""
    assert len(rendered.findings) == 1


@pytest.mark.filterwarnings("ignore:GitWildMatchPattern:DeprecationWarning")
@pytest.mark.parametrize(
    ("by_default", "forced", "front_matter"),
    [
        *product(
            (True, False),
            ("", "*.md", "other/"),
            ("", "title: A", "render_macros: true", "render_macros: false"),
        ),
        *product((True, False), ("",), ("{render_macros: false}", '"render_macros" : false')),
    ],
)
def test_the_pages_that_are_rendered_are_those_that_mkdocs_macros_renders(
    by_default: bool,  # noqa: FBT001
    forced: str,
    front_matter: str,
    tmp_path: Path,
) -> None:
    options = {"render_by_default": by_default, "force_render_paths": forced}
    site = write_site(tmp_path, {"mkdocs.yml": "site_name: A\n"})
    config = load_config(str(site / "mkdocs.yml"))
    plugin = MacrosPlugin()
    plugin.load_config(options)
    plugin.on_config(config)  # type: ignore[no-untyped-call]
    text = f"---\n{front_matter}\n---\n" + "{{ 1 + 1 }}"
    (site / "docs/index.md").write_text(text, "utf-8")
    page = EnginePage(None, File("index.md", config.docs_dir, config.site_dir, True), config)  # noqa: FBT003
    page.read_source(config)
    theirs = plugin.on_page_markdown(page.markdown, page, config)
    meta = Page("index.md", "docs/index.md", text).meta
    ours = is_rendered(meta, "index.md", make_macro_settings(options))
    assert ours == theirs.endswith("2")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_both_engines_show_the_finding_and_render_no_title(tmp_path: Path, engine: str) -> None:
    title = '---\ntitle: "{{ company }} {{ environment }}"\ndescription: "{{ 7 * 7 }}"\n---\n\n'
    body = "{% for team in teams() %}\n- {{ team.name | shout }}\n{% endfor %}\n"
    files = {**FILES, "docs/index.md": f"{title}# Home\n\n{body}", "docs/other.md": "# {{ company }}\n"}
    site = write_site(tmp_path, files)
    done = run(site, "build", "--engine", engine)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (site / "site/index.html").read_text("utf-8")
    assert "CORE!" in page
    assert "{{ company }} {{ environment }}" in page
    assert "mkdocs_version" not in page
    assert ">49<" not in page
    (site / "docs/index.md").write_text(
        f"{title}# Home\n\nOne\n\n{{{{ 1 / 0 }}}}\n\n{{{{ fail('x') }}}}\n", "utf-8"
    )
    done = run(site, "build", "--engine", engine)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    assert (
        "docs/index.md:10:1: HB207 error: The macros on this page cannot be rendered: division by zero"
        in said
    )
    assert HIDDEN not in said


def test_options_that_would_give_pages_more_are_found(
    check: Callable[[Mapping[str, str | bytes]], list[Finding]],
) -> None:
    config = WITH_HELP + "      j2_variable_start_string: '[['\n      include_yaml: [secrets.yml]\n"
    findings = check({"mkdocs.yml": config, "tools_inventory.yaml": TOOL, "docs/index.md": "# Home\n"})
    assert [finding.message for finding in findings] == [
        "Pages can't use the mkdocs-macros option `include_yaml`",
        "Pages can't use the mkdocs-macros option `j2_variable_start_string`",
    ]
    assert {finding.path for finding in findings} == {"mkdocs.yml"}


def test_a_page_says_render_macros_instead_of_ignore_macros(
    check: Callable[[Mapping[str, str | bytes]], list[Finding]],
) -> None:
    (finding,) = check({**FILES, "docs/index.md": "---\nignore_macros: true\n---\n# A\n"})
    assert (finding.code, finding.span.line, finding.span.column) == ("HB207", 2, 1)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["list", "mapping", "inherited"])
def test_zensical_never_renders_pages_itself(tmp_path: Path, form: str) -> None:
    head = f"site_name: A\n{WITHOUT_HELP}theme: {{name: material, font: false}}\n"
    listed = "plugins: [search, handbook, {macros: {modules: [handbook.publish.page_macros]}}]\n"
    mapping = "plugins: {search: {}, handbook: {}, macros: {modules: [handbook.publish.page_macros]}}\n"
    files = {
        "list": {"mkdocs.yml": head + listed},
        "mapping": {"mkdocs.yml": head + mapping},
        "inherited": {"mkdocs.yml": f"INHERIT: base.yml\n{head}", "base.yml": listed},
    }[form]
    text = '# Home\n\n{{ ref("tool", "linear") }} {% raw %}{{ 7 * 7 }}{% endraw %}\n'
    site = write_site(tmp_path, {**files, "docs/index.md": text})
    done = run(site, "build", "--engine", "zensical")
    assert done.returncode == 0, done.stdout + done.stderr
    page = (site / "site/index.html").read_text("utf-8")
    assert "{{ 7 * 7 }}" in page
    assert ">Linear</a>" in page
    # The search of the theme is off, whoever lists it.
    assert not (site / "site/search.json").exists()
    assert (site / "site/assets/handbook/search/index.json").is_file()


@pytest.mark.parametrize("word", ["no", "0", '"false"', "null", "[1]"])
def test_whether_macros_are_rendered_is_said_by_true_or_false(
    check: Callable[[Mapping[str, str | bytes]], list[Finding]], word: str
) -> None:
    (finding,) = check({**FILES, "docs/index.md": f"---\nrender_macros: {word}\n---\n# {{{{ a }}}}\n"})
    assert (finding.code, finding.span.line) == ("HB207", 2)
    assert finding.message == "`render_macros` must be `true` or `false`"


def test_a_section_whose_macros_have_nothing_to_show_is_left_out(rendered: Rendered) -> None:
    page = """# Page

{{ entries("metric") }}

## Metrics

{{ ref("tool", "linear") }} has none of these:

{{ metrics_table() }}

## Tools

{{ tools_table() }}
"""
    shown = rendered.render(page)
    assert "## Metrics" not in shown
    assert "## Tools" in shown
    assert shown.count("No metrics yet.") == 1
    wrong = page.replace("metrics_table()", 'ref("tool", "none")')
    assert rendered.render(wrong)
    assert len(rendered.findings) == 1
