"""Write the entries of the tools that a company has chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.words import enumerated, shown, suggestion
from handbook.read.first_day import FIRST_DAY
from handbook.read.schemas.shapes import Shape
from handbook.starter.answers import AnswerError
from handbook.starter.days import next_review
from handbook.starter.plan import Plan, Tool, catalogue, job_names
from handbook.starter.translating import Translator
from handbook.write.lines import Writer

_HEAD = """\
# yaml-language-server: $schema=.vscode/schemas/collections.schema.json
# Every tool of the product team: owner, access, cost, seats and integrations.
"""
_ACCESS = "Ask the owner of this tool. Say which $squad you are in, and from which day you need access."
_LONGEST = 60
_CHAT = "chat"
"""The job of the tool that the request for access is sent with, so that it needs none itself."""
_NONE = frozenset({"", "-", "no", "none", "nothing", "kein", "keine", "keines", "keins", "nein"})
"""What people write for a job that no tool does."""
_NO_WORD = re.compile(r"[^a-z0-9]+")


class Chosen(NamedTuple):
    """The tools of a company.

    Attributes:
        tools: The tools, in the order of the inventory.
        jobs: The ID of the tool of each job that has one.
        without: The jobs that no tool does, as the company says.
    """

    tools: Sequence[Tool]
    jobs: Mapping[str, str]
    without: Sequence[str] = ()


def find_tool(written: str, job: str = "") -> Tool:
    """Return a tool of the catalogue by its ID or name, or else a new one with that name.

    Args:
        written: The ID or the name.
        job: The job of a tool that is not in the catalogue.

    Raises:
        AnswerError: It has no letter or digit, or it is not in the catalogue and has no job.
    """
    name = " ".join(written.split())
    folded = name.casefold()
    for tool in catalogue().values():
        if folded in (tool.id, tool.name.casefold(), *tool.also):
            return tool
    tool_id = _NO_WORD.sub("-", folded).strip("-")
    if not tool_id:
        raise AnswerError(f"A tool needs a name with letters or digits, not `{written}`")
    if len(name) > _LONGEST:
        raise AnswerError(f"Use a name of at most {_LONGEST} characters for a tool, not {shown(name)}")
    if not job:
        jobs = enumerated(job_names())
        hint = suggestion(tool_id, catalogue()) or f"Say `JOB={name}`, with a job: {jobs}"
        raise AnswerError(f"Unknown tool `{name}`", hint)
    return Tool(tool_id, name, "", "", [job], "")


def choose(named: Iterable[str]) -> Chosen:
    """Return the tools that a company named, each with its jobs.

    A tool that is named without a job gets those that it is made for, if no other tool is named for them.

    Args:
        named: The tools: an ID or a name, or `JOB=` before it. `JOB=none` is a job that no tool does.

    Raises:
        AnswerError: A tool or a job is unknown, or a job has two tools.
    """
    tools: dict[str, Tool] = {}
    jobs: dict[str, str] = {}
    made_for: list[tuple[str, str]] = []
    without: set[str] = set()
    for each in named:
        job, is_given, written = each.partition("=")
        job = job.strip().casefold() if is_given else ""
        if is_given and job not in job_names():
            hint = suggestion(job, job_names()) or f"Use one of {', '.join(job_names())}"
            raise AnswerError(f"Unknown job `{job}`", hint)
        if (written if is_given else each).strip().casefold() in _NONE:
            without.add(job)
            continue
        tool = find_tool(written if is_given else each, job)
        tools.setdefault(tool.id, tool)
        if not job:
            made_for += [(own, tool.id) for own in tool.jobs]
        elif jobs.setdefault(job, tool.id) != tool.id:
            raise AnswerError(f"Job `{job}` has two tools, `{jobs[job]}` and `{tool.id}`", "Choose one")
    for job, tool_id in made_for:
        if job not in without:
            jobs.setdefault(job, tool_id)
    open_jobs = [job for job in job_names() if job in without and job not in jobs]
    return Chosen(list(tools.values()), {job: jobs[job] for job in job_names() if job in jobs}, open_jobs)


def inventory(chosen: Chosen, plan: Plan, shape: Shape, today: date, translator: Translator) -> str:
    """Return the inventory with the tools of a company.

    Args:
        chosen: The tools.
        plan: What the handbook says about their jobs.
        shape: The schema of a tool.
        today: The day of the new handbook.
        translator: Translates the texts.
    """
    if not chosen.tools:
        return f"{_HEAD}tools: []\n"
    lines: list[str] = []
    for index, tool in enumerate(chosen.tools):
        fields = _fields(tool, chosen.jobs, plan, translator)
        fields["review"] = {"next": next_review(today, index).isoformat()}
        lines += [""] if lines else []
        lines += [f"  {line}" if line else "" for line in Writer().item(fields, shape)]
    return f"{_HEAD}tools:\n" + "".join(f"{line}\n" for line in lines)


def _fields(tool: Tool, jobs: Mapping[str, str], plan: Plan, translator: Translator) -> dict[str, Any]:
    own = [job for job, tool_id in jobs.items() if tool_id == tool.id]
    said = [plan.jobs[job] for job in own]
    # Where another tool has the job, only the company can say what this one is for.
    first = said[0] if said else plan.jobs[tool.jobs[0]]
    fields = {
        "id": tool.id,
        "name": tool.name,
        "summary": translator.line(tool.summary or first["summary"]),
        "category": first["category"],
        "status": "active",
        "vendor": tool.vendor,
        "owner": plan.owner,
        "use_when": [translator.line(text) for job in said for text in job["use_when"]],
        "not_for": [translator.line(text) for job in said for text in job.get("not_for", ())],
        "access": {"how": translator.line(_ACCESS)},
        "capabilities": list(tool.capabilities),
        "tags": [] if _CHAT in own else [FIRST_DAY],
        "links": [{"title": tool.name, "url": tool.website}] if tool.website else [],
    }
    return {name: value for name, value in fields.items() if value}
