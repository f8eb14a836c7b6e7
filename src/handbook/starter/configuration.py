"""Write the settings of a new handbook: those of the site engine and those of the handbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from handbook.base.language import ENGLISH, N_, fill, speaking, translate
from handbook.base.spelling import TERMS
from handbook.read.files import config_document
from handbook.read.languages import make_language, nearest_language
from handbook.starter.answers import Answers
from handbook.starter.hosts import Host
from handbook.starter.inventory import Chosen
from handbook.starter.plan import Plan
from handbook.starter.rewriting import Place, rewritten
from handbook.starter.translating import Translator
from handbook.write.changed_values import part_at
from handbook.write.lines import Writer
from handbook.write.scalars import written

_ABOUT = N_('Settings of the whole handbook. For their meaning, see the page "Rules".')
_OWNER = N_("Default owner, shown on pages without an owner of their own.")
_TIMEZONE = N_("The time zone of all times.")
_JOBS = N_("The tools that do the jobs of product work. Texts name the job, and readers see the tool.")
_WORDS = (
    ("", N_("Our word for a team. Texts mark it: `$squad`, `$squads`.")),
    (
        N_("What readers see for jobs that no tool does. Texts mark them, such as `$chat`."),
        N_("Our word for a team, and what readers see for jobs without a tool. Texts mark both: `$squad`."),
    ),
)
"""Comments: whether there are jobs without a tool, and whether there is a word for a team."""
_OFF = N_("What we don't use yet. Remove a line to switch it on.")
_OWN_MODULE = "module_name: macros"
_MODULE = "modules: [handbook.publish.page_macros]"
_NAVIGATION = re.compile(r"^nav:\n(?:(?: .*)?\n)+", re.MULTILINE)
_NAVIGATION_TITLE = re.compile(r"^(?P<head>[ ]+- )(?P<title>[^:#\n]+)(?=:(?: |$))", re.MULTILINE)
_TEXTS: tuple[Place, ...] = (
    ("site_description",),
    ("extra", "without_tab"),
    ("theme", "palette", 0, "toggle", "name"),
    ("theme", "palette", 1, "toggle", "name"),
    ("markdown_extensions", 5, "toc", "permalink_title"),
)
"""The texts for readers."""
_SITE_NAME = "%(company)s product handbook"
_ADDRESS = re.compile(r"^#.*\nsite_url:.*\n", re.MULTILINE)
"""Our site says that it has no address, and why."""
_THEME = re.compile(r"^(  name: material\n)", re.MULTILINE)


def configuration(text: str, answers: Answers, host: Host, translator: Translator) -> str:
    """Return the configuration of the new site.

    Args:
        text: That of our site.
        answers: The answers of the company.
        host: What follows from the address of the repository.
        translator: Translates the texts.
    """
    name = fill(translator.line(_SITE_NAME), {"company": answers.company})
    values: dict[Place, Any] = {("site_name",): name}
    removed: set[Place] = {("copyright",)} if re.search(r"^copyright:", text, re.MULTILINE) else set()
    # A logo of their own is theirs to choose.
    removed.add(("theme", "icon"))
    if answers.repository:
        values[("repo_url",)] = answers.repository
    else:
        removed.add(("repo_url",))
    if host.edit_uri:
        values[("edit_uri",)] = host.edit_uri
    else:
        removed.add(("edit_uri",))
    said = config_document(text.encode()).value
    texts = {place: new for place in _TEXTS if (new := translator.line(old := part_at(said, place))) != old}
    new = rewritten(text, removed, values, texts).replace(_OWN_MODULE, _MODULE)
    new = _NAVIGATION.sub(lambda found: _with_titles(found[0], translator), new, count=1)
    if answers.language != ENGLISH:
        new = _THEME.sub(rf"\g<1>  language: {answers.language}\n", new, count=1)
    address = f"site_url: {host.site_url}\n" if host.site_url else ""
    return _ADDRESS.sub(lambda _: address, new, count=1)


def _with_titles(text: str, translator: Translator) -> str:
    """Return a navigation with translated titles."""
    return _NAVIGATION_TITLE.sub(lambda found: found["head"] + written(translator.line(found["title"])), text)


def settings(answers: Answers, plan: Plan, chosen: Chosen, translator: Translator) -> str:
    """Return the settings of the new handbook.

    Args:
        answers: The answers of the company.
        plan: What it gets.
        chosen: Its tools.
        translator: Translates the texts.
    """
    with speaking(make_language(answers.language, {})):
        return "\n".join(_settings(answers, plan, chosen, translator))


def _settings(answers: Answers, plan: Plan, chosen: Chosen, translator: Translator) -> Iterator[str]:
    """Yield the parts of the settings."""
    yield (
        "# yaml-language-server: $schema=../.vscode/schemas/handbook.schema.json\n"
        f"# {translate(_ABOUT)}\n{_part(_OWNER, {'owner': plan.owner})}"
    )
    if answers.timezone:
        yield _part(_TIMEZONE, {"timezone": answers.timezone})
    if chosen.jobs:
        yield _part(_JOBS, {"jobs": chosen.jobs})
    words: dict[str, Any] = {}
    if answers.word[:2] != TERMS["squad"]:
        words["squad"] = {"one": answers.word.one, "many": answers.word.many}
    words |= {job: translator.line(plan.jobs[job]["without"]) for job in chosen.without}
    if words:
        yield _part(_WORDS[bool(chosen.without)]["squad" in words], {"words": words})
    if plan.kinds_off:
        off = "".join(f"  {kind}: off\n" for kind in plan.kinds_off)
        yield f"# {translate(_OFF)}\nkinds:\n{off}"
    if nearest_language(answers.language) is None:
        yield "# Labels are in English until the engine has them in our language.\nrules:\n  HB337: off\n"


def _part(comment: str, value: Mapping[str, Any]) -> str:
    return f"# {translate(comment)}\n" + "".join(f"{line}\n" for line in Writer().fields(value))
