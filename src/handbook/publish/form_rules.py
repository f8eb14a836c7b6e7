"""The content rules that need no more than an entry, as data for the form.

Each names a general check of `form_rules.js` with its fields, and has words for people who fill in a form.
What `handbook validate` needs as well, such as patterns and limits, is from the rules themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handbook.base.language import _
from handbook.base.named_tuples import NamedTuple
from handbook.check.dependencies import dependencies
from handbook.check.rules.hb323_days_in_order import ORDERS
from handbook.check.runner import rules_off
from handbook.kinds.any.hb345_ended_in_use import OF_THE_PAST, RECORD_KINDS, STANDING
from handbook.kinds.any.hb375_future_day import PAST, STARTED
from handbook.kinds.experiment.hb321_variant_shares import CLOSE
from handbook.kinds.experiment.hb376_early_decision import EARLY
from handbook.kinds.process.hb306_change_management import NEEDED, NEEDED_OF_RITUAL
from handbook.kinds.query.hb325_query_parameter import PARAMETER
from handbook.kinds.tool.hb347_leftovers import LEFTOVERS
from handbook.loaded.site_rules import SITE_RULES
from handbook.publish.form_check_data import Check, in_script, make_check
from handbook.publish.form_process_rules import process_checks
from handbook.publish.form_text_rules import text_checks
from handbook.read.context import Context
from handbook.read.life import ENDED, RECORD_STATES
from handbook.read.schemas.kinds import Kind
from handbook.read.settings import Settings
from handbook.read.yaml.document import Pointer

_PAST = -1
"""The days until a date that has passed, at most."""
_SEVERAL = frozenset({"needed", "order", "past", "unique", "unwanted"})
"""The checks of any number of fields. Others need all of theirs."""


class ContentRules(NamedTuple):
    """What a site says about the content rules.

    Attributes:
        severities: The severity of each rule that is on, by its code.
        settings: The settings of the site.
        today: The date that counts as today; empty for that of the reader.
        targets: The list whose items others of the entry depend on, such as `#groups/items`, by content type.
    """

    severities: Mapping[str, str]
    settings: Settings
    today: str
    targets: Mapping[str, str]


def content_rules(context: Context) -> ContentRules:
    """Return what a site says about the content rules."""
    settings, off = context.settings, rules_off(context, SITE_RULES)
    on = (rule for rule in SITE_RULES if rule.code not in off)
    severities = {rule.code: settings.severities.get(rule.code, rule.severity) for rule in on}
    targets = {entry.kind.name: waits[0].reference for entry, waits in dependencies(context)}
    return ContentRules(severities, settings, str(settings.as_of or ""), targets)


def describe_rules(kind: Kind, field: Mapping[str, Any], rules: ContentRules) -> dict[str, Any]:
    """Return the rules about the entries of a content type, as `Rules` in `form_rules.js` has them.

    Args:
        kind: The content type.
        field: Its fields that the audience can see.
        rules: What the site says about the rules.
    """
    status = kind.shape.field("status")
    meanings = status.meanings if status else {}
    choices = field.get("fields", {}).get("status", {}).get("choices", ())
    return {
        "checks": list(_described(kind, field, rules)),
        "states": {each: meanings.get(each, each) for each, _name in choices},
        "today": rules.today,
        "targets": rules.targets.get(kind.name, ""),
    }


def _described(kind: Kind, field: Mapping[str, Any], rules: ContentRules) -> Iterator[dict[str, Any]]:
    for check in (*_checks(kind, rules.settings), *text_checks(rules.settings), *process_checks()):
        paths = [path.split("/") for path in check.fields]
        known = [path for path in paths if _is_known(field, path)]
        is_complete = bool(known) if check.check in _SEVERAL else known == paths
        if check.kind in ("", kind.name) and check.code in rules.severities and is_complete:
            yield {
                "code": check.code,
                "check": check.check,
                "fields": known,
                "message": check.message,
                "hint": check.hint,
                "isAdvice": rules.severities[check.code] != "error",
                **check.more,
            }


def _is_known(field: Mapping[str, Any], path: Sequence[str]) -> bool:
    """Return whether the audience can see the field at a path."""
    at: Any = field
    for part in path:
        at = (at.get("items") if part == "*" else at.get("fields", {}).get(part)) or {}
    return bool(at)


def _path(pointer: Pointer) -> str:
    return "/".join(map(str, pointer))


def _checks(kind: Kind, settings: Settings) -> Iterator[Check]:
    """Yield the checks, in the language of the readers."""
    limits = settings.limits
    missing = _("%(name)s is missing")
    more_than = _("%(value)s is more than %(limit)s, the value of %(name)s")
    before = _("%(later)s is before %(earlier)s, the date of %(name)s")
    future = _("%(name)s is %(day)s, in the future")
    if settings.as_of:
        future = _("%(name)s is %(day)s, in the future: `as_of` in the settings says that today is %(today)s")
    long = _("%(name)s has %(num)s characters, maximum %(limit)s")
    one_number, one_date = _("Correct one of the two numbers"), _("Correct one of the two dates")
    # Without steps, a process is a ritual and needs less.
    of_steps = {"given": "steps"} if kind.shape.field("steps") else {}
    other = _("Choose one that is in use, or leave it empty")
    in_use = _("It is needed in everything that is in use")
    yield from (
        make_check("tool", "HB301", "needed", "owner", when=["active"], message=missing, hint=in_use),
        make_check("tool", "HB302", "needed", "access", when=["active"], message=missing, hint=in_use),
        make_check(
            "tool", "HB303", "most", "seats/active", "seats/licensed", message=more_than, hint=one_number
        ),
        make_check(
            *("tool", "HB304", "due", "contract/renews_on", "contract/notice_days"),
            within=limits.notice_days,
            unless=["retired"],
            message=_("The contract must be renewed or cancelled by %(day)s"),
            hint=_("Once that is decided, enter the next renewal date"),
        ),
        make_check(
            *("", "HB305", "due", "review/next"),
            within=_PAST,
            unless=["retired"],
            without="example",
            message=_("The review is overdue since %(day)s"),
            hint=_("Check the content, then enter the date of the next review"),
        ),
        *(
            make_check(
                *("process", "HB306", "needed", name),
                message=missing,
                hint=_("People need it to follow a new way of working"),
                **({} if name in NEEDED_OF_RITUAL else of_steps),
            )
            for name in NEEDED
        ),
        make_check(
            *("process", "HB307", "length", "steps"),
            most=limits.process_steps,
            message=_("%(name)s has %(num)s items, maximum %(limit)s"),
            hint=_("Split the process, or merge steps"),
        ),
        make_check(
            *("experiment", "HB308", "due", "planned_end"),
            within=_PAST,
            when=["running"],
            without="decision",
            message=_("The experiment is still running after its planned end"),
            hint=_("Analyse it and decide, or change the status"),
        ),
        make_check(
            *("experiment", "HB309", "needed", "results"),
            when=["decided"],
            at=["status"],
            message=missing,
            hint=_("Add the counts for each variant, or choose another status"),
        ),
        make_check(
            *("flag", "HB310", "needed", "expires_on"),
            message=missing,
            hint=_("Enter the date from which the code no longer needs the flag"),
        ),
        make_check(
            *("flag", "HB310", "due", "expires_on"),
            within=_PAST,
            message=_("The flag has expired"),
            hint=_("Remove it from the code, or enter a new date"),
        ),
        make_check(
            *("", "HB311", "unique", "name", "aliases/*"),
            message=_("%(value)s is already the name of another entry"),
            hint=_("Use another name, or change that entry"),
        ),
        make_check(
            *("experiment", "HB321", "sum", "variants/*/share"),
            total=100,
            close=CLOSE,
            message=_("The traffic split adds up to %(sum)s, not 100"),
            hint=_("Change the shares of the variants"),
        ),
        make_check(
            *("experiment", "HB322", "most", "results/*/conversions", "results/*/participants"),
            message=more_than,
            hint=one_number,
        ),
        *(
            make_check("", "HB323", "order", *map(_path, order), message=before, hint=one_date)
            for order in ORDERS
        ),
        make_check(
            *("query", "HB325", "declared", "sql", "parameters/*/name"),
            given="sql",
            pattern=in_script(PARAMETER),
            message=_("%(value)s is not explained in %(name)s"),
            hint=_("Add it there, or correct the query"),
        ),
        make_check(
            *("query", "HB325", "used", "sql", "parameters/*/name"),
            given="sql",
            pattern=in_script(PARAMETER),
            message=_("%(value)s is not used in %(name)s"),
            hint=_("Use it there with a colon before its name, or remove it here"),
        ),
        make_check("theme", "HB326", "order", "evidence/from", "evidence/to", message=before, hint=one_date),
        make_check(
            *("", "HB327", "later"),
            field="due_day",
            message=_(
                "%(value)s is due on day %(day)s, before %(other)s, which it depends on (day %(limit)s)"
            ),
            hint=_("Change one of the two due days, or remove the dependency"),
        ),
        *(
            make_check("", "HB332", "length", name, most=most, message=long, hint=_("Shorten it"))
            for name, most in (
                ("id", limits.id_length),
                ("name", limits.name_length),
                ("summary", limits.summary_length),
            )
        ),
        make_check(
            *("", "HB346", "replaced", "replaced_by"),
            when=sorted(ENDED),
            faults={
                "circle": (_("Circular replacement: %(way)s"), other),
                "ended": (_("%(name)s has ended too"), other),
            },
        ),
        make_check(
            *("", "HB346", "unwanted", "replaced_by"),
            unless=["", *sorted(ENDED)],
            message=_("Only what has ended has a replacement"),
            hint=_("Empty this field, or change the status"),
        ),
        make_check(
            *("tool", "HB347", "unwanted", *LEFTOVERS),
            when=["retired"],
            message=_("A tool that is no longer available has no %(names)s"),
            hint=_("Remove what has ended, or change the status"),
        ),
        make_check(
            *("", "HB359", "unwanted", "example"),
            message=_("This entry is an example"),
            hint=_("Empty this field once the entry is your own"),
        ),
        make_check(
            *("flag", "HB374", "stage", "rollout/percentage", "stages/*/percentage", "stages/*/reached_on"),
            message=_("%(value)s differs from %(other)s, the rollout of the stage reached on %(day)s"),
            hint=_("Correct it, or enter the date of the stage that the flag has reached"),
        ),
        make_check(
            *("", "HB375", "past", *map(_path, PAST)),
            message=future,
            hint=_("Enter the day it was, or leave it empty until then"),
        ),
        make_check(
            *("", "HB375", "past", _path(STARTED)),
            when=["running"],
            message=future,
            hint=_("Enter the day it was, or change the status"),
        ),
        *(
            make_check(
                *("experiment", "HB376", "unwanted", *names),
                when=[state],
                at=["status"],
                message=_("An experiment with this status has no %(names)s yet"),
                hint=_("Change the status, or remove what is not known yet"),
            )
            for state, names in EARLY.items()
        ),
    )
    if kind.name not in RECORD_KINDS:
        yield make_check(
            *("", "HB345", "ended"),
            unless=sorted(RECORD_STATES),
            past=sorted(OF_THE_PAST),
            standing=sorted(STANDING),
            faults={
                "gone": (_("%(name)s is no longer available"), other),
                "leaving": (_("%(name)s is being phased out"), other),
            },
        )
