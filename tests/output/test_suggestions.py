"""Comments on a pull request that suggest corrections."""

from __future__ import annotations

import json
from typing import Any

from handbook.base.findings import Finding, Severity
from handbook.base.fixes import Edit, Fix
from handbook.base.report import make_report
from handbook.base.span import Span
from handbook.loaded.rulebook import RULEBOOK
from handbook.output.suggestions import render

LINES = {
    ("ä.yaml", 2): "- ä: 'b'",
    ("ä.yaml", 3): "- ```x",
    ("z.yaml", 4): "- gone",
    ("z.yaml", 5): "- stays",
}


def comments(*fixes: Fix) -> list[dict[str, Any]]:
    """The comments on findings with these fixes."""
    findings = [
        Finding("a", Span(), "HB104", Severity.ERROR, "Wrong `*x*` of @team", "Use <b>", fix=fix)
        for fix in fixes
    ]
    text = render(make_report(findings, LINES, RULEBOOK.values(), files=1))
    return [json.loads(line) for line in text.splitlines()]


def test_a_suggestion_is_the_new_line_below_the_message_which_is_no_markup_and_mentions_no_one() -> None:
    fix = Fix((Edit("ä.yaml", Span(2, 7, 2, 8), "B"),))
    (comment,) = comments(fix, fix)
    body = comment.pop("body")
    assert comment == {"path": "ä.yaml", "line": 2, "side": "RIGHT"}
    assert body == (
        "<p>HB104 error: Wrong <code>*x*</code> of @\u2060team. Use &lt;b&gt;</p>\n\n"
        "```suggestion\n- ä: 'B'\n```"
    )


def test_a_suggestion_can_take_lines_away_and_contain_the_marks_around_it() -> None:
    (lines,) = comments(Fix((Edit("z.yaml", Span(4, 1, 5, 1), ""),)))
    assert (lines["start_line"], lines["line"]) == (4, 5)
    assert lines["body"].endswith("\n```suggestion\n- stays\n```")
    (fenced,) = comments(Fix((Edit("ä.yaml", Span(3, 6, 3, 7), "y"),)))
    assert fenced["body"].endswith("\n````suggestion\n- ```y\n````")


def test_a_correction_of_several_files_or_of_unknown_lines_is_not_suggested() -> None:
    edits = (Edit("ä.yaml", Span(2, 7, 2, 8), "B"), Edit("z.yaml", Span(4, 1, 5, 1), ""))
    assert comments(Fix(edits), Fix((Edit("z.yaml", Span(9, 1, 9, 2), ""),)), Fix()) == []
