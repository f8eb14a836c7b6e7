"""What is to be decided for the whole site: its addresses, its checks, the tools for its jobs, its looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handbook.base.language import _
from handbook.base.spelling import JOBS
from handbook.check.code_owners import read_code_owners
from handbook.read.context import Context
from handbook.read.edit_uri import MAIN, edit_uri
from handbook.read.files import CONFIG, WORKFLOWS, Site, read_config, repository_top
from handbook.read.life import has_ended
from handbook.read.plain_file import read_bounded
from handbook.read.requirements import FILE, unfound_engine
from handbook.read.settings import SETTINGS_FILE
from handbook.read.values import as_mapping, value_at
from handbook.status.task import Place, Task

_PIPELINE = ".gitlab-ci.yml"
_OUR_NAME = b"handbook"
"""What the files for CI have in them if they check or build a handbook."""


_PICKER = "tool_picker("
_KIND_OF = {"flags": "flag", "feedback": "feedback_source"}
"""The content types without which a handbook has little use for a job."""


def address_tasks(site: Site) -> Iterator[Task]:
    """Yield what is missing of the addresses of a site, and of the checks of its changes."""
    config = read_config(site.root / CONFIG)
    place = (Place(CONFIG),)
    if not config.get("repo_url"):
        title = _("Say where the repository is")
        why = _(
            "Without `repo_url`, a change can only be copied as a message, and pages have no link to report "
            "a problem."
        )
        yield Task("repository", title, why, place)
    elif config.get("edit_uri") is None and not edit_uri(str(config["repo_url"]), MAIN, ""):
        title = _("Say where files are edited")
        why = _(
            "Set `edit_uri` to the path from `repo_url` to the editor of the docs folder, such as "
            "`edit/main/docs/`. Without it, pages have no link to their file."
        )
        yield Task("editor", title, why, place)
    if not _has_checks(site):
        title = _("Check every change")
        why = _("Without a workflow that runs `handbook validate`, mistakes reach readers.")
        yield Task("checks", title, why)
    if not config.get("site_url"):
        title = _("Say where the site is")
        why = _("The calendar feed, the digest and search engines need `site_url`.")
        yield Task("address", title, why, place)


def _has_checks(site: Site) -> bool:
    """Return whether CI does anything with a handbook."""
    top = repository_top(site.root)
    files = [top / _PIPELINE, *sorted((top / WORKFLOWS).glob("*.y*ml"))]
    return any(_OUR_NAME in (read_bounded(path) or b"") for path in files)


def job_tasks(context: Context) -> Iterator[Task]:
    """Yield the jobs without a tool that does them, and those with one that has ended."""
    if "tool" not in context.kinds:
        return
    settings = context.settings
    known = settings.jobs.keys() | settings.words.keys()
    open_jobs = [job for job in JOBS if job not in known and _KIND_OF.get(job, "tool") in context.kinds]
    if open_jobs:
        title = _("Choose the tool for each job")
        why = _(
            "Texts name the job and readers see the tool. Set `jobs`; for a job that no tool does, set the "
            "phrase in `words`."
        )
        places = tuple(_of_settings(context, "jobs", job) for job in open_jobs)
        yield Task("jobs", title, why, places)
    tools = context.ids.get("tool", {})
    ended = [job for job, tool in settings.jobs.items() if tool in tools and has_ended(tools[tool].value)]
    if ended:
        title = _("Choose another tool for a job")
        why = _("Texts send readers to a tool that is being phased out or is gone.")
        yield Task("ended-jobs", title, why, tuple(_of_settings(context, "jobs", job) for job in ended))


def picker_tasks(context: Context) -> Iterator[Task]:
    """Yield the page that helps to choose a tool, once someone has said which teams a tool suits."""
    tools = context.ids.get("tool", {}).values()
    is_shown = any(_PICKER in page.text for page in context.pages)
    if not is_shown and any("fit" in tool.value and not has_ended(tool.value) for tool in tools):
        title = _("Help teams to choose a tool")
        why = _(
            "Your tools say in `fit` which teams they suit. Add a page with the macro `tool_picker()`, such "
            "as `docs/tools/pick.md`: it asks three questions and shows the tools that fit."
        )
        yield Task("picker", title, why)


def time_tasks(context: Context) -> Iterator[Task]:
    """Yield the time zone if there are times and no one has said in which."""
    settings = as_mapping(context.setting.value if context.setting else None)
    processes = (entry.value for entry in context.ids.get("process", {}).values())
    events = (event for value in processes for event in value.get("calendar") or ())
    if "timezone" not in settings and any("at" in as_mapping(event) for event in events):
        title = _("Say in which time zone your times are")
        why = _("The calendar and its feed take them for UTC. Set `timezone`, such as `Europe/Berlin`.")
        yield Task("timezone", title, why, (_of_settings(context, "timezone"),))


def owner_tasks(context: Context) -> Iterator[Task]:
    """Yield what is missing for the owners of the handbook and of its files."""
    if not context.settings.owner and ("team" in context.kinds or "role" in context.kinds):
        title = _("Say who owns the handbook")
        why = _("`owner` is the team or role for every page without one of its own, and for the settings.")
        yield Task("owner", title, why, (_of_settings(context, "owner"),))
    owners = read_code_owners(context.site)
    known = (entry.value for kind in ("team", "role") for entry in context.ids.get(kind, {}).values())
    has_reviewers = any(value.get("reviewers") for value in known)
    if has_reviewers and not any(
        line.strip() and not line.lstrip().startswith("#") for line in owners.text.splitlines()
    ):
        title = _("Ask the owners for their review")
        why = _(
            "Run `handbook codeowners`. GitHub and GitLab then ask the `reviewers` of your teams about each "
            "change."
        )
        yield Task("code-owners", title, why)


def engine_tasks(site: Site) -> Iterator[Task]:
    """Yield what CI lacks to install the engine."""
    text = (read_bounded(site.root / FILE) or b"").decode("utf-8", "replace")
    line = unfound_engine(text)
    if line:
        title = _("Say where CI gets the engine")
        why = _(
            "Its name in the public index is not ours. Write `product-handbook @ ADDRESS --hash=sha256:...` "
            "with the address of the wheel, or keep the version with its hash and add `--index-url` below, "
            "with an index of your own."
        )
        yield Task("engine", title, why, (Place(FILE, line),))


def look_tasks(site: Site) -> Iterator[Task]:
    """Yield what is missing of the looks of a site."""
    theme = as_mapping(read_config(site.root / CONFIG).get("theme"))
    place = (Place(CONFIG),)
    if not theme.get("logo") and not value_at(theme, ("icon", "logo")):
        title = _("Choose a logo")
        why = _("Set `theme.logo` to a picture in the docs folder, or `theme.icon.logo` to an icon.")
        yield Task("logo", title, why, place)
    palette = theme.get("palette")
    parts = palette if isinstance(palette, list) else [palette]
    if not any(isinstance(part, Mapping) and part.get("primary") for part in parts):
        title = _("Choose a colour")
        why = _("Set `theme.palette.primary`. The colours of the handbook follow it.")
        yield Task("colour", title, why, place)


def _of_settings(context: Context, *names: str) -> Place:
    """Return the place of a setting, or of the nearest one around it."""
    known: list[Any] = []
    value: Any = context.setting.value if context.setting else None
    for name in names:
        if not isinstance(value, Mapping) or name not in value:
            break
        known, value = [*known, name], value[name]
    line = context.setting.source.document.key_span(tuple(known)).line if known and context.setting else 1
    return Place(SETTINGS_FILE, line, names[-1])
