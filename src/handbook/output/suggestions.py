"""Comments on a pull request of GitHub that suggest corrections, which reviewers commit with a click.

Each line is the JSON of one comment, as GitHub's API takes it. GitHub refuses comments on lines that the pull
request doesn't change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from handbook.base.findings import Finding
from handbook.base.report import Report
from handbook.output.corrected_lines import CorrectedLines, corrected_lines
from handbook.output.github import with_code
from handbook.output.host_html import html_of
from handbook.output.ordering import by_harm

_FENCE = re.compile("`{3,}")


def render(report: Report) -> str:
    """Render a comment for each finding with a fix in one place, the most harmful first."""
    return "".join(f"{json.dumps(comment)}\n" for comment in _comments(report))


def _comments(report: Report) -> Iterator[dict[str, object]]:
    suggested: set[CorrectedLines] = set()
    for finding in by_harm(report):
        changed = corrected_lines(finding.fix, report.lines)
        # A suggestion can't change two files, and two mistakes of a line can have one correction.
        if len(changed) != 1 or changed[0] in suggested:
            continue
        (part,) = changed
        suggested.add(part)
        start = {"start_line": part.first, "start_side": "RIGHT"} if part.first < part.last else {}
        yield {"path": part.path, "line": part.last, "side": "RIGHT", **start, "body": _body(finding, part)}


def _body(finding: Finding, part: CorrectedLines) -> str:
    said = f"{finding.code} {finding.severity}: {finding.full_message}"
    fence = max(["``", *_FENCE.findall(part.text)], key=len) + "`"
    # HTML, so that nothing in the message counts as Markdown.
    head = f"<p>{html_of(with_code(said))}</p>"
    return f"{head}\n\n{fence}suggestion\n{part.text}\n{fence}"
