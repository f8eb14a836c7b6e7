"""The names of the tools that do the jobs which texts mark: `$tracker`, `$chat`."""

from __future__ import annotations

from handbook.base.language import Language
from handbook.read.audience_fields import lowest_audience
from handbook.read.audiences import may_see
from handbook.read.context import Context
from handbook.read.languages import make_language

_TOOL = "tool"
_NAME = "name"


def language_for(context: Context, audience: str) -> Language:
    """Return the language of a site's readers, with the company's words for terms and its tools for jobs."""
    settings = context.settings
    tools = {job: _name(context, tool, audience) for job, tool in settings.jobs.items()}
    return make_language(context.site.language, settings.words, tools)


def _name(context: Context, tool: str, audience: str) -> str | None:
    """Return the name of a tool that an audience can see; `None` if there is none."""
    entry = context.ids.get(_TOOL, {}).get(tool)
    field = entry.kind.shape.field(_NAME) if entry else None
    if entry is None or field is None:
        return None
    name = entry.value.get(_NAME)
    is_seen = may_see(audience, lowest_audience(entry)) and may_see(audience, field.audience)
    return name if is_seen and isinstance(name, str) else None
