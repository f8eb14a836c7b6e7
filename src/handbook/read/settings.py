"""The settings of a handbook: severities, limits, currencies, time zone, owner, audience."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from handbook.base.named_tuples import NamedTuple
from handbook.base.spelling import Word
from handbook.read.audiences import USUAL
from handbook.read.day import PINNED
from handbook.read.values import as_mapping, list_at

SETTINGS_FILE = "sources/handbook.yaml"
SETTINGS_SCHEMA = "handbook.schema.json"
OFF = "off"
"""The value that switches off a kind."""

NAMESPACES = "namespaces"
"""The setting with the namespaces of entries, and their titles."""

EXTENDS = "extends"
"""The setting with the handbooks that this one extends."""

_OF_ONE_SITE = frozenset({EXTENDS, PINNED, "audience", "security", "trusted_files"})
"""Settings that a layer does not hand on: who sees a site, what can run in it, and its pinned day."""

_WHOLE = frozenset({"currency"})
"""Settings whose parts belong together."""

_ADD = "add"
"""The key of words to add to others: those of the schemas and of layers."""


class Limits(NamedTuple):
    """The limits of content rules.

    Attributes:
        process_steps: The most steps of a process.
        notice_days: The number of days before the notice deadline at which a contract is reported.
        id_length: The most characters of an ID.
        name_length: The most characters of a name.
        summary_length: The most characters of a summary.
    """

    process_steps: int = 12
    notice_days: int = 30
    id_length: int = 64
    name_length: int = 100
    summary_length: int = 400


class Rate(NamedTuple):
    """An exchange rate.

    Attributes:
        currency: The other currency.
        rate: The value of one unit in the currency of the totals.
        on: The date of the rate, as YYYY-MM-DD.
    """

    currency: str
    rate: int | float
    on: str


class Currencies(NamedTuple):
    """The currencies of totals.

    Attributes:
        report_in: The currency of totals; empty if each currency has a total of its own.
        rates: The exchange rates of other currencies.
    """

    report_in: str = ""
    rates: tuple[Rate, ...] = ()


class Security(NamedTuple):
    """The additions to the content security policy that the theme needs.

    Attributes:
        allow_hosts: Other hosts that pages can load from.
        allow_inline_from: Plugins with inline scripts that pages can run.
    """

    allow_hosts: tuple[str, ...] = ()
    allow_inline_from: tuple[str, ...] = ()

    def allows(self, host: str) -> bool:
        """Return whether pages can load from a host. `*.` before a host allows its subdomains."""
        return any(
            host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed
            for allowed in self.allow_hosts
        )


TRACKERS = ("github", "gitlab", "jira", "linear")
"""The trackers in which items of checklists can become issues."""


class Tracker(NamedTuple):
    """A tracker in which items of checklists become issues.

    Attributes:
        format: `github`, `gitlab`, `jira` or `linear`; empty if it isn't one of these.
        address: The URL of the repository on GitHub, if it isn't that of the handbook.
    """

    format: str = ""
    address: str = ""


class Settings(NamedTuple):
    """The settings of a site.

    Attributes:
        severities: `error`, `warning` or `off`, by the code of a rule; rules without one keep their own.
        limits: The limits of content rules.
        currencies: The currencies of totals.
        timezone: The time zone of the times in the handbook.
        owner: The ID of the team or role that owns the handbook; empty if there is none.
        audience: The audience of the site.
        trusted_files: Files below the docs folder that can run in a reader's browser, as paths from the
            site's folder.
        security: The additions to the content security policy.
        namespaces: The titles of the namespaces, by name.
        words: The company's words for terms that texts mark, such as `$squad`, by the term.
        jobs: The IDs of the tools for jobs that texts mark, such as `$tracker`, by the job.
        holidays: The days on which no one works, apart from weekends, as YYYY-MM-DD.
        synonyms: Groups of phrases with the same meaning, for the search.
        tracker: The tracker in which items of checklists become issues, if the settings say it.
        proposals_audience: The audience that can read the issues with proposals.
        as_of: The day that counts as today, as YYYY-MM-DD; empty for the current day.
    """

    severities: Mapping[str, str] = MappingProxyType({})
    limits: Limits = Limits()
    currencies: Currencies = Currencies()
    timezone: str = "UTC"
    owner: str = ""
    audience: str = USUAL
    trusted_files: frozenset[str] = frozenset()
    security: Security = Security()
    namespaces: Mapping[str, str] = MappingProxyType({})
    words: Mapping[str, Word] = MappingProxyType({})
    jobs: Mapping[str, str] = MappingProxyType({})
    holidays: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    tracker: Tracker = Tracker()
    proposals_audience: str = USUAL
    as_of: str = ""


def kinds_off(value: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the kinds that settings switch off. Wrong values are ignored; others report them.

    Args:
        value: The content of the file, valid or not.
    """
    kinds = as_mapping(value.get("kinds"))
    return frozenset(str(name) for name, state in kinds.items() if state == OFF)


def says_off(name: str) -> tuple[str, str]:
    """Return what to say of a kind that is off, and how to switch it on."""
    hint = f"Remove `{name}: off` from {SETTINGS_FILE} to switch it on"
    return f"The content type `{name}` is off", hint


def make_settings(value: Mapping[str, Any], wrong: frozenset[tuple[str | int, ...]]) -> Settings:
    """Return the settings from a file.

    Args:
        value: The content of the file.
        wrong: The places in it that its schema refuses. They are ignored.
    """

    def part(name: str) -> dict[str, Any]:
        found = as_mapping(value.get(name))
        return {key: each for key, each in found.items() if (name, key) not in wrong}

    known = Limits._fields
    limits = {name: number for name, number in part("limits").items() if name in known}
    names = ("timezone", "owner", "audience", PINNED)
    single = {name: value[name] for name in names if name in value and (name,) not in wrong}
    security = {name: _strings(each) for name, each in part("security").items() if name in Security._fields}
    return Settings(
        severities=MappingProxyType(part("rules")),
        limits=Limits(**limits),
        currencies=_currencies(value, wrong),
        trusted_files=trusted_files(value),
        holidays=_strings(value.get("holidays")) if ("holidays",) not in wrong else (),
        security=Security(**security),
        synonyms=tuple(map(_strings, list_at(part("search"), ("synonyms",)))),
        namespaces=MappingProxyType(part(NAMESPACES)),
        words=_words(part("words"), {place[1] for place in wrong if place[:1] == ("words",) and place[1:]}),
        jobs=MappingProxyType({job: tool for job, tool in part("jobs").items() if isinstance(tool, str)}),
        tracker=_tracker(part("tracker"), part("jobs").get("tracker")),
        proposals_audience=part("proposals").get("audience", USUAL),
        **single,
    )


def merge_settings(values: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the settings of a site over those of its layers.

    Args:
        values: The contents of the settings files, the site's own last.
    """
    *below, own = values
    merged: Mapping[str, Any] = {}
    for value in below:
        merged = _joined(merged, {name: each for name, each in value.items() if name not in _OF_ONE_SITE})
    return _joined(merged, own)


def _joined(below: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return two mappings as one; the second overrides the first key by key."""
    joined = dict(below)
    for name, each in own.items():
        former = below.get(name)
        if isinstance(each, Mapping) and isinstance(former, Mapping) and name not in _WHOLE:
            joined[name] = _joined(former, each)
        elif isinstance(each, Mapping) and isinstance(former, list) and isinstance(each.get(_ADD), list):
            joined[name] = [*former, *each[_ADD]]
        elif name == _ADD and isinstance(each, list) and isinstance(former, list):
            joined[name] = [*former, *each]
        else:
            joined[name] = each
    return joined


def trusted_files(value: Mapping[str, Any]) -> frozenset[str]:
    """Return the files that settings trust, as paths from the site's folder."""
    return frozenset(_strings(value.get("trusted_files")))


def _words(found: Mapping[str, Any], wrong: Collection[str | int]) -> Mapping[str, Word]:
    pairs = {
        name: (each.get("one"), each.get("many")) if isinstance(each, dict) else (each, "")
        for name, each in found.items()
        if name not in wrong
    }
    return MappingProxyType(
        {
            name: Word(one, many)
            for name, (one, many) in pairs.items()
            if isinstance(one, str) and isinstance(many, str)
        }
    )


def _tracker(found: Mapping[str, Any], job: object) -> Tracker:
    """Return the tracker; without a setting, the tool of the job if it has a format of its own."""
    own = {name: str(each) for name, each in found.items() if name in Tracker._fields}
    return Tracker(**{"format": str(job) if job in TRACKERS else "", **own})


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _currencies(value: Mapping[str, Any], wrong: frozenset[tuple[str | int, ...]]) -> Currencies:
    found = value.get("currency")
    if not found or any(place[0] == "currency" for place in wrong if place):
        return Currencies()
    return Currencies(found["report_in"], tuple(Rate(**each) for each in found["rates"]))
