"""Linting whole documents: what the handbook hands out, places, hostile text, and the command."""

from __future__ import annotations

import html
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from handbook.base.report import Report
from handbook.cli import main
from handbook.link.catalogue import Entry
from handbook.lint.formats import read_bytes
from handbook.lint.linter import lint
from handbook.lint.manuscript import MOST_CHARACTERS, Heading, read_text, take_apart
from handbook.lint.outline import out_of_order
from handbook.lint.rules.examples import DOCUMENT, FILES
from handbook.loaded.handbook import Handbook, load
from handbook.read.files import find_site
from handbook.render.downloads import Downloads
from tests.effort import FULL
from tests.lint.word import paragraph, table, word_file
from tests.sites import ROOT, write_site

TICKS = "".join(f"{'`' * length} " for length in range(1, 700))
"""Code that never ends, with marks of every length."""

PIECES = (
    "## Probelm\n\n",
    "- TODO\n\n",
    "## TODO\n\n",
    "a\n-\n",
    "## [\n",
    "{{",
    "{{ {%",
    "`",
    "[insert ",
    "<!--",
    "> ",
    "| a ",
)

VALUES = {
    "text": "Reporting",
    "number": "3",
    "date": "2026-12-02",
    "link": "https://example.com/plan",
    "team": "Product management",
}


@pytest.fixture(scope="module")
def shipped() -> Handbook:
    return load(find_site(ROOT))


def downloaded(handbook: Handbook, template: Entry) -> str:
    return Downloads(handbook.catalogue, handbook.site).text(template, "markdown")


def filled_in(template: Entry, download: str) -> str:
    """A download as somebody fills it in: values behind the colons, text in place of the guidance."""
    lines = download.replace(": title\n", ": saved filters\n").splitlines()
    for field in template.data.get("fields", ()):
        value = field["choices"][-1] if field["type"] == "choice" else VALUES[field["type"]]
        lines = [
            line.replace(":", f": {value}", 1) if line.startswith(f"{field['id']}:") else line
            for line in lines
        ]
    text = "\n".join("Our own words." if line.startswith("> ") else line for line in lines if line != ">")
    return f"{text}\n"


def report_on(handbook: Handbook, folder: Path, text: str) -> Report:
    path = folder / "doc.md"
    path.write_bytes(text.encode())
    return lint(handbook.catalogue, {"doc.md": path}).report


TEMPLATES = sorted(path.stem for path in (ROOT / "sources/templates").glob("*.yaml"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_download_that_nobody_filled_in_has_one_finding_for_each_thing_to_do(
    template: str, shipped: Handbook, tmp_path: Path
) -> None:
    entry = shipped.catalogue.entry("template", template)
    report = report_on(shipped, tmp_path, downloaded(shipped, entry))
    required = [field for field in entry.data.get("fields", ()) if field.get("required")]
    expected = ["HB506"] * len(required) + ["HB516"] * len(entry.data["sections"]) + ["HB518"]
    assert sorted(finding.code for finding in report.findings) == expected


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_download_that_somebody_filled_in_has_no_findings(
    template: str, shipped: Handbook, tmp_path: Path
) -> None:
    entry = shipped.catalogue.entry("template", template)
    report = report_on(shipped, tmp_path, filled_in(entry, downloaded(shipped, entry)))
    assert list(report.findings) == []


def exported(template: Entry, document: str, form: str) -> bytes:
    """A filled-in download as another program exports it: its fields by name, as lines or a table."""
    _, front_matter, body = document.split("---\n", 2)
    fields = {field["id"]: field["name"] for field in template.data.get("fields", ())}
    values = [line.partition(":")[::2] for line in front_matter.splitlines() if ":" in line]
    pairs = [(fields.get(name, name), value.strip().strip('"')) for name, value in values]
    title, _, sections = body.strip().partition("\n")
    if form == "Notion":
        lines = "".join(f"{name}: {value}\n" for name, value in pairs)
        return f"{title}\n\n{lines}\n{sections}\n".encode()
    if form == "Word":
        names = [line.removeprefix("## ") for line in sections.splitlines() if line.startswith("## ")]
        text = "".join(paragraph(name, "Heading1") + paragraph("Our own words.") for name in names)
        return word_file(paragraph(title.removeprefix("# "), "Title") + table(pairs) + text)
    rows = "".join(
        f"<tr><th>{html.escape(name)}</th><td>{html.escape(value)}</td></tr>" for name, value in pairs
    )
    text = MarkdownIt().render(f"{title}\n\n<table><tbody>{rows}</tbody></table>\n\n{sections}")
    return f"<!DOCTYPE html><html><body>{text}</body></html>".encode()


@pytest.mark.parametrize("form", ["Notion", "Confluence", "Word"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_filled_in_document_has_no_findings_in_another_form_either(
    template: str, form: str, shipped: Handbook, tmp_path: Path
) -> None:
    entry = shipped.catalogue.entry("template", template)
    document = exported(entry, filled_in(entry, downloaded(shipped, entry)), form)
    (tmp_path / "doc").write_bytes(document)
    report, (progress,) = lint(shipped.catalogue, {"doc": tmp_path / "doc"})
    assert list(report.findings) == []
    assert progress.is_complete


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_examples_of_a_template_are_known_when_they_are_left_in(
    template: str, shipped: Handbook, tmp_path: Path
) -> None:
    entry = shipped.catalogue.entry("template", template)
    example = next(section["example"] for section in entry.data["sections"] if section.get("example"))
    text = filled_in(entry, downloaded(shipped, entry)).replace("Our own words.", example, 1)
    report = report_on(shipped, tmp_path, text)
    assert {finding.code for finding in report.findings} == {"HB517"}


LINES = st.text(st.characters(codec="utf-8", exclude_characters="\n\r\0"), max_size=12)


@given(
    comments=st.lists(st.from_regex(r"#[ a-z:-]{0,8}", fullmatch=True), max_size=4),
    above=st.lists(LINES.map(lambda line: f"a {line.strip()}"), max_size=4),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from(["", "\ufeff"]),
    setext=st.booleans(),
)
def test_places_count_from_the_first_line_whatever_stands_above(
    comments: list[str], above: list[str], end: str, mark: str, *, setext: bool
) -> None:
    top = ["---", *comments, "title: x", "---", "", *above, ""]
    lines = [*top, *(["Planted", "---"] if setext else ["##   *Planted*"])]
    manuscript = take_apart(read_text((mark + end.join(lines)).encode()))
    document = manuscript.front_matter.document
    assert document.value_span(("title",)).line == len(comments) + 2
    (heading,) = [part for part in manuscript.parts if isinstance(part, Heading)]
    assert (heading.level, heading.name) == (2, "Planted")
    assert (heading.span.line, heading.span.column) == (len(top) + 1, 1 if setext else 6)
    line = manuscript.file.line(heading.span.line)
    assert line[heading.span.column - 1 : heading.span.end_column - 1] == (
        "Planted" if setext else "*Planted*"
    )


@given(st.permutations(range(7)))
def test_as_few_sections_as_can_be_are_moved_and_the_rest_is_in_order(order: list[int]) -> None:
    moved = out_of_order(order)
    kept = [number for number in order if number not in moved]
    assert kept == sorted(kept)
    longest = [1] * len(order)
    for here, number in enumerate(order):
        for before in range(here):
            if order[before] < number:
                longest[here] = max(longest[here], longest[before] + 1)
    assert len(kept) == max(longest)


@given(st.binary(max_size=300) | st.text(alphabet="-#>` \n\r:a[]<!|*{}TODO", max_size=200).map(str.encode))
def test_whatever_the_file_holds_it_can_be_taken_apart(data: bytes) -> None:
    manuscript = take_apart(read_text(data))
    last = manuscript.file.text.count("\n") + manuscript.file.text.count("\r") + 1
    assert all(1 <= part.span.line <= last for part in manuscript.parts)


HTML = (
    *(
        "<h2>",
        "</h2>",
        "<p>",
        "<td>",
        "<tr>",
        "<table>",
        "</table>",
        "<li>",
        "<ol>",
        "</ul>",
        "<b>",
        "<a href=x>",
    ),
    *("<!--", "-->", "<![x", "<?", "</", "<", "&#", "<script>", "|", "```", "# ", "\n", "a", "<blockquote>"),
)


@given(st.lists(st.sampled_from(HTML), max_size=30))
def test_whatever_the_html_holds_its_text_is_read(pieces: list[str]) -> None:
    reading = read_bytes(f"<html>{''.join(pieces)}<p>last".encode())
    assert reading.file.faults or take_apart(reading.file).parts is not None


def test_a_document_that_is_too_long_is_not_checked(tmp_path: Path) -> None:
    handbook = load(find_site(write_site(tmp_path, FILES)))
    (finding,) = report_on(handbook, tmp_path, "## TODO\n" * 40_000).findings
    assert (finding.code, finding.message) == (
        "HB501",
        "Document too long: 320,000 characters, maximum 300,000",
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [pytest.param(piece, id=repr(piece[:12])) for piece in (*PIECES, TICKS)],
)
def test_the_longest_document_of_anything_is_checked_within_seconds(piece: str, tmp_path: Path) -> None:
    """An eighth of it in a quarter of the time, since others work too; all of it with `make test-all`."""
    part = 1 if FULL else 8
    handbook = load(find_site(write_site(tmp_path, FILES)))
    text = DOCUMENT + piece * ((MOST_CHARACTERS // part - len(DOCUMENT)) // len(piece))
    started = time.process_time()
    report_on(handbook, tmp_path, text)
    assert time.process_time() - started < (10 if FULL else 2.5)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_site(
        tmp_path, {**FILES, "drafts/good.md": DOCUMENT, "bad.md": DOCUMENT.replace("## Goal", "## Gaol")}
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_several_documents_are_checked_in_one_run_and_shown_from_the_current_folder(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", "drafts/good.md", str(here / "bad.md")]) == 1
    out = capsys.readouterr().out
    assert out.startswith("bad.md:14:4: HB511 error: Unknown section `Gaol`\n")
    assert out.endswith("\n\nFound 1 error in 1 file.\n")


@pytest.mark.usefixtures("here")
def test_a_document_without_findings_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "drafts/good.md", "--template", "brief"]) == 0
    assert capsys.readouterr().out == "Checked 1 file: no problems found.\n"


@pytest.mark.usefixtures("here")
def test_findings_come_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "bad.md", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(one["code"], one["path"], one["line"]) for one in found["findings"]] == [("HB511", "bad.md", 14)]
    assert found["summary"] == {"files": 1, "entries": 0, "errors": 1, "warnings": 0, "known": 0}


@pytest.fixture
def unfinished(here: Path) -> Path:
    """A document in which a section is missing, and another needs work."""
    text = DOCUMENT.replace("## Goal", "## Risks").replace("Six questions", "[needs data]")
    (here / "unfinished.md").write_text(text.replace("squad: Reporting", "squad:"), encoding="utf-8")
    return here


@pytest.mark.usefixtures("unfinished")
def test_the_report_ends_with_the_state_of_each_section(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "unfinished.md", "drafts/good.md"]) == 1
    out = capsys.readouterr().out
    table = out.partition("in 1 file.\n\n")[2].splitlines()
    assert table == [
        "unfinished.md: Short brief, 1 of 2 required sections complete, 2 of 3 required fields",
        "",
        "Section  Required  State       Line",
        "Problem  yes       complete    10",
        "Goal     yes       missing",
        "Risks    no        unfinished  14",
    ]


@pytest.mark.usefixtures("unfinished")
def test_the_state_of_each_section_is_in_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "unfinished.md", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert len(found["findings"]) == found["summary"]["errors"] == 3
    assert found["documents"] == [
        {
            "path": "unfinished.md",
            "template": "brief",
            "complete": False,
            "fields": {"required": 3, "valid": 2},
            "sections": [
                {"name": "Problem", "required": True, "state": "complete", "line": 10},
                {"name": "Goal", "required": True, "state": "missing", "line": None},
                {"name": "Risks", "required": False, "state": "unfinished", "line": 14},
            ],
        }
    ]


def test_a_comment_for_a_review_has_the_state_and_what_to_fix_and_calls_no_one(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = DOCUMENT.replace("## Goal", "## <b>@everyone</b> | x").replace("Six questions", "\n## Goal\n")
    (here / "@team_a.md").write_text(text.replace("Support", "TBD"), encoding="utf-8")
    assert main(["lint", "@team_a.md", "--format", "markdown"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        "**Found 1 error in 1 file.**\n\n### @\u2060team\\_a.md\n\nShort brief, 1 of 2 required"
    )
    assert "| Problem | yes | ❌ unfinished | 10 |\n| Goal | yes | ✅ complete | 17 |\n" in out
    assert "<td>Leftover placeholder <code>TBD</code></td>" in out
    assert "@everyone" not in out


def test_a_comment_fits_the_host_however_much_there_is_to_fix(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "bad.md").write_text(f"{DOCUMENT}\n" + "- TBD\n\n" * 900, encoding="utf-8")
    assert main(["lint", "bad.md", "--format", "markdown"]) == 1
    out = capsys.readouterr().out
    assert len(out.encode()) < 65_536
    assert out.rstrip().endswith("more left out.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["none.md"], "none.md: No such file."),
        (["drafts"], "drafts: This is a folder. Pass the files instead."),
        (["bad.md", "--template", "breif"], "Unknown template `breif`. Did you mean `brief`?"),
    ],
)
@pytest.mark.usefixtures("here")
def test_what_cannot_be_checked_is_said_in_one_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", *words]) == 2
    assert capsys.readouterr() == ("", f"handbook: error: {said}\n")


def test_a_handbook_with_errors_is_fixed_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "sources/teams.yaml").write_text("teams:\n  - {id: product, name: Product}\n", encoding="utf-8")
    assert main(["lint", "bad.md"]) == 2
    expected = "handbook: error: The handbook has 1 error. Run `handbook validate` and fix them first.\n"
    assert capsys.readouterr() == ("", expected)


def test_outside_a_handbook_there_is_nothing_to_check_against(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "doc.md").write_text(DOCUMENT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["lint", "doc.md"]) == 2
    assert "Missing mkdocs.yml in this folder and its parents" in capsys.readouterr().err
