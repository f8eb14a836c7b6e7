"""What is to be decided in entries and pages. A fact that is not decided yet is absent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handbook.base.findings import Finding
from handbook.base.language import N_, _
from handbook.base.named_tuples import NamedTuple
from handbook.link.catalogue import Catalogue, Entry
from handbook.read.context import Context
from handbook.read.first_day import requested_tags
from handbook.read.life import is_record
from handbook.read.schemas.places import shape_at
from handbook.read.values import day_at, owner_ids, state_of, value_at
from handbook.status.task import Place, Task, places_of

_UNFINISHED = frozenset({"HB312", "HB333"})
"""The rules about text that is not finished, or waits for a decision."""
_FEW = 5
"""Fewer entries can well have the same owner."""


class _Wanted(NamedTuple):
    """Fields without which an entry is of little use.

    Attributes:
        id: The name of the task for scripts.
        kind: The content type.
        fields: The fields, of which one is enough; `access.takes` is a field of a mapping.
        title: What to do.
        why: Why it matters.
    """

    id: str
    kind: str
    fields: tuple[str, ...]
    title: str
    why: str

    def is_lost(self, data: Mapping[str, Any]) -> bool:
        """Return whether an entry has none of the fields; of a mapping that it lacks, another task asks."""
        pointers = [tuple(field.split(".")) for field in self.fields]
        return all(
            value_at(data, each) is None and value_at(data, each[:-1]) is not None for each in pointers
        )


_WANTED = (
    _Wanted(
        "team-channel",
        "team",
        ("channel",),
        N_("Say where to ask each team"),
        N_(
            "Pages name the owner, and readers look for the `channel` of the team: in the chat, or an email "
            "address."
        ),
    ),
    _Wanted(
        "tool-owner",
        "tool",
        ("owner",),
        N_("Find an owner for each tool"),
        N_("A tool that everyone uses and no one owns is paid for without question. Set `owner`."),
    ),
    _Wanted(
        "tool-access",
        "tool",
        ("access",),
        N_("Say how to get access to each tool"),
        N_("It is the first question of a new colleague. Write the steps in `access.how`."),
    ),
    _Wanted(
        "tool-approval",
        "tool",
        ("access.approver", "access.takes", "access.sso", "access.message"),
        N_("Say who approves access to each tool, and how long it takes"),
        N_("Check the steps in `access.how`, and set `access.approver` and `access.takes`."),
    ),
    _Wanted(
        "tool-use",
        "tool",
        ("use_when",),
        N_("Say when to use each tool"),
        N_("Where two tools are alike, readers need `use_when` to choose."),
    ),
    _Wanted(
        "tool-cost",
        "tool",
        ("cost",),
        N_("Write what each tool costs"),
        N_("The tool audit adds up `cost`, and says what can be saved."),
    ),
)
"""The fields to ask for, in order of worth."""
_NOT_YET = "proposed"


def field_tasks(context: Context, catalogue: Catalogue) -> Iterator[Task]:
    """Yield the fields that entries in use still need."""
    for wanted in _WANTED:
        kind = catalogue.kinds.get(wanted.kind)
        known = [field for field in wanted.fields if kind and shape_at(kind.shape, field.split("."))]
        if not known:
            continue
        entries = [
            entry
            for entry in own(context, catalogue.counted.entries(wanted.kind).values())
            if not is_record(entry.data) and state_of(entry.data) != _NOT_YET and wanted.is_lost(entry.data)
        ]
        if entries:
            yield Task(wanted.id, _(wanted.title), _(wanted.why), places_of(entries))


def inventory_tasks(catalogue: Catalogue) -> Iterator[Task]:
    """Yield the inventory of tools if there is nothing in it yet."""
    kind = catalogue.kinds.get("tool")
    if kind and not catalogue.counted.entries("tool"):
        title = _("Add your tools")
        why = _(
            "Jobs, access, costs and the tool picker start with them. `handbook import tool FILE` reads a "
            "list, and `handbook new tool ID` adds one."
        )
        yield Task("tools", title, why, (Place(kind.sources[0]),))


def first_day_tasks(context: Context, catalogue: Catalogue) -> Iterator[Task]:
    """Yield the tools that a page with one message for all of them might have to ask for.

    The message is sent in the chat, which therefore needs no tag. Once one tool has the tag, others
    without it are asked about until someone has confirmed them.
    """
    tags = requested_tags(context.pages)
    if not tags or "tool" not in catalogue.kinds:
        return
    chat = context.settings.jobs.get("chat")
    tools = [
        tool
        for tool in own(context, catalogue.counted.entries("tool").values())
        if state_of(tool.data) == "active" and "access" in tool.data and tool.id != chat
    ]
    without = [tool for tool in tools if set(tags).isdisjoint(tool.data.get("tags", ()))]
    if len(without) < len(tools):
        without = [tool for tool in without if not day_at(tool.data, ("review", "last"))]
    if without:
        title = _("Say which tools a new colleague requests on the first day")
        why = _(
            "The message on the page for new colleagues lists the active tools with the tag `%(tag)s`. Add "
            "it to `tags` of these tools, and run `handbook confirm` for those that can wait.",
            tag=tags[0],
        )
        yield Task("first-day", title, why, places_of(without))


def example_tasks(context: Context, catalogue: Catalogue) -> Iterator[Task]:
    """Yield the entries that are still examples."""
    entries = [entry for entry in own(context, catalogue.all()) if entry.is_example]
    if entries:
        title = _("Replace the examples")
        why = _("Write your own and remove `example: true`, or remove the entry with `handbook remove`.")
        yield Task("examples", title, why, places_of(entries))


def text_tasks(context: Context, catalogue: Catalogue, findings: Iterable[Finding]) -> Iterator[Task]:
    """Yield the texts that are not finished."""
    gate = catalogue.gate
    hidden = {page.shown_path for page in context.pages if page.path in gate.hidden_texts}
    places = tuple(
        Place(finding.path, finding.span.line, finding.message)
        for finding in findings
        if finding.code in _UNFINISHED
        and (finding.kind, finding.id) not in gate.hidden
        and finding.path not in hidden
    )
    if places:
        yield Task("texts", _("Finish the texts"), _("Readers trust a page less that has a gap."), places)


def review_tasks(context: Context, catalogue: Catalogue) -> Iterator[Task]:
    """Yield the entries and pages that no one has confirmed, and their owners if they are all the same."""
    both = [*own(context, catalogue.counted.all()), *own(context, catalogue.imprints.values())]
    unseen = [entry for entry in both if _is_unseen(entry.data)]
    owners = {owner_ids(entry.data) for entry in unseen}
    teams = own(context, catalogue.counted.entries("team").values()) if "team" in catalogue.kinds else []
    if len(unseen) >= _FEW and len(owners) == 1 and len(teams) > 1:
        title = _("Share out the owners")
        why = _("Everything that no one has reviewed yet has the same owner. Give parts of it to your teams.")
        yield Task("owners", title, why, places_of(teams))
    if unseen:
        unseen.sort(
            key=lambda entry: (str(day_at(entry.data, ("review", "next"))), entry.path, entry.span.line)
        )
        title = _("Confirm what you have read")
        why = _(
            "No one has confirmed these entries and pages yet. Read each and run `handbook confirm`. It sets "
            "the date of this review and of the next one: half a year later, or the day in `--next`."
        )
        yield Task("reviews", title, why, places_of(unseen))


def reviewer_tasks(context: Context, catalogue: Catalogue) -> Iterator[Task]:
    """Yield the teams that own something and that no review of a change can ask."""
    kind = catalogue.kinds.get("team")
    if kind is None or shape_at(kind.shape, ("reviewers",)) is None:
        return
    both = [*catalogue.counted.all(), *catalogue.imprints.values()]
    owners = {owner for entry in both for owner in owner_ids(entry.data)} | {context.settings.owner}
    teams = own(context, catalogue.counted.entries("team").values())
    without = [team for team in teams if team.id in owners and not team.data.get("reviewers")]
    if without:
        title = _("Say who reviews changes for each team")
        why = _("Set `reviewers` to accounts or groups, and run `handbook codeowners`.")
        yield Task("team-reviewers", title, why, places_of(without))


def own(context: Context, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries in files of the site itself; those of layers are decided elsewhere."""
    return [entry for entry in entries if context.site.layer_of(entry.path) is None]


def _is_unseen(data: Mapping[str, Any]) -> bool:
    return bool(day_at(data, ("review", "next"))) and not day_at(data, ("review", "last"))
