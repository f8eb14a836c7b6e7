"""Findings about a page while it is rendered, at the line of its file."""

from __future__ import annotations

import re
import sys

from handbook.base.findings import Finding, Severity
from handbook.base.problem import span_of_word
from handbook.base.words import one_line
from handbook.check.page_names import TemplateProblem
from handbook.read.macro_calls import template_of
from handbook.read.pages import Page

CODE = "HB207"
"""The code of the rule that finds the same mistake in the text of a page."""
MARK = re.compile(r"\{[{%#]")
"""The start of a macro, a block or a comment."""
_TEMPLATE = "<template>"


def page_finding(
    markdown: str, page: Page | None, path: str, problem: TemplateProblem
) -> tuple[Finding, str]:
    """Return a finding about a page during rendering, and the line of the file that the finding is about.

    Args:
        markdown: The rendered text: the page without front matter, with the parts added to every page.
        page: The source page, if it belongs to the handbook.
        path: The path of the page below the docs folder.
        problem: The problem, at a line of the rendered text.
    """
    line = _line_of_file(markdown, page, problem.line) if page else problem.line
    lines = (page.text if page else markdown).split("\n")
    span = span_of_word(lines, line, problem.name)
    message, hint = one_line(problem.message), one_line(problem.hint)
    finding = Finding(page.shown_path if page else path, span, CODE, Severity.ERROR, message, hint)
    return finding, lines[span.line - 1]


def _line_of_file(markdown: str, page: Page, line: int) -> int:
    """Return the line of the file. The parts added to every page move tags down, but contain no tags."""
    above = "\n".join(markdown.split("\n")[: line - 1])
    rest = markdown.split("\n")[line - 1]
    before = len(MARK.findall(above))
    index = before if MARK.search(rest) else before - 1
    template = template_of(page)
    marks = list(MARK.finditer(template))
    if not 0 <= index < len(marks):
        return page.first_body_line
    at = template.count("\n", 0, marks[index].start()) + 1
    if index == before:
        return at
    return at + above[above.rfind(marks[index][0]) :].count("\n") + 1


def first_mark(markdown: str) -> int:
    """Return the line of the first macro, loop or condition. Rendered text has other lines than the file."""
    mark = MARK.search(markdown)
    return markdown.count("\n", 0, mark.start()) + 1 if mark else 1


def calling_line() -> int:
    """Return the line that calls a macro, which Jinja's compiled code knows."""
    frame = sys._getframe(1)  # noqa: SLF001
    while "__jinja_template__" not in frame.f_globals and frame.f_back:
        frame = frame.f_back
    return int(frame.f_globals["__jinja_template__"].get_corresponding_lineno(frame.f_lineno))


def line_of(error: BaseException) -> int:
    """Return the line of the text that raised an error."""
    line = getattr(error, "lineno", None) or 1
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _TEMPLATE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
