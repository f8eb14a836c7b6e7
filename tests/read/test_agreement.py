"""The fast reader of schemas, the one that explains and plain jsonschema say the same of every value."""

from __future__ import annotations

import copy
import math
import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from handbook.read.schemas.explaining import errors
from handbook.read.schemas.registry import make_registry
from handbook.read.schemas.validation import Validator
from handbook.read.sources import read_context
from tests.cases import read_cases
from tests.conftest import TODAY, MakeSite
from tests.effort import runs
from tests.shipped import load_shipped
from tests.sites import ROOT

CASES = [
    pytest.param(case["files"], id=f"{path.stem}: {case['name']}")
    for path in sorted((ROOT / "tests" / "check" / "cases").glob("**/*.yaml"))
    for case in read_cases(path)
]
SHIPPED = load_shipped().context
KINDS = {**SHIPPED.kinds, **({"handbook": SHIPPED.settings_kind} if SHIPPED.settings_kind else {})}
ENTRIES = {
    name: [entry.value for entry in SHIPPED.entries if entry.kind.name == name] or [{}] for name in KINDS
}
if SHIPPED.setting:
    ENTRIES["handbook"] = [SHIPPED.setting.value]

ODD: list[Any] = [
    *(
        "",
        " ",
        "a\n",
        "a b",
        "index",
        "a--b",
        "A",
        "名前",
        "\u0661",
        "x" * 401,
        "null",
        "1.0",
        "1.",
        "USD",
        "usd",
    ),
    *(
        "2026-08-01",
        "2026-02-30",
        "2026-8-1",
        "20260801",
        "2026-08-01T00:00:00",
        "\u0662026-08-01",
        "30 minutes",
    ),
    *("https://example.com", "//example.com", "javascript:a", "mailto:a@b", "a b.md", "active", "public"),
    *(
        0,
        -1,
        1,
        1.0,
        1.5,
        731,
        10**30,
        -0.0,
        True,
        False,
        None,
        [],
        {},
        [1, 1.0],
        [True, 1],
        ["a", "a"],
        {"a": 1},
    ),
]


def has_pattern(_validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield ValidationError("")


def is_number(_checker: Any, value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


PLAIN: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {"pattern": has_pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("number", is_number),
)
"""The library's own reader, but for all that is known to differ: to JSON Schema, which reads patterns as
JavaScript does, `$` is the end and not also before a last line end; and infinity is no number."""


TIME_ZONES = available_timezones()
FORMATS = FormatChecker(Draft202012Validator.FORMAT_CHECKER.checkers)
FORMATS.checks("time-zone")(lambda value: not isinstance(value, str) or value in TIME_ZONES)
"""Those the library knows, and the one that is ours."""


@cache
def plain_reader(validator: Validator) -> Any:
    """The library's reader of the same schema. Its registry takes longer to make than most values to read."""
    return PLAIN(validator.schema, registry=make_registry(validator.others), format_checker=FORMATS)


def assert_agreement(validator: Validator, value: Any) -> None:
    fits = validator.fits(value)
    assert fits == plain_reader(validator).is_valid(value)
    found = list(errors(validator, value))
    assert fits == (not found)
    # Without a place in the schema, it is what the fast reader alone objects to.
    assert all(error.schema_path for error in found)


@pytest.mark.parametrize("files", CASES)
def test_all_readers_of_schemas_agree_on_every_entry_of_every_case(
    files: dict[str, str | bytes], make_site: MakeSite
) -> None:
    for entry in read_context(make_site(files), TODAY).entries:
        assert_agreement(entry.kind.validator, entry.plain_value)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every list and mapping in a value, with each of its keys."""
    for key, part in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(part, dict | list):
            yield from places(part)


def change(value: Any, chance: random.Random) -> None:
    """Deletes, renames, replaces, copies or adds something somewhere."""
    found = list(places(value))
    if not found:
        value["name"] = chance.choice(ODD)
        return
    container, key = chance.choice(found)
    what = chance.choice(["delete", "rename", "replace", "replace", "move", "add"])
    if what == "delete":
        del container[key]
    elif what == "replace":
        container[key] = copy.deepcopy(chance.choice(ODD))
    elif what == "move":
        other, there = chance.choice(found)
        container[key] = copy.deepcopy(other[there])
    elif isinstance(container, list):
        container.append(copy.deepcopy(container[key] if what == "rename" else chance.choice(ODD)))
    else:
        other_key = chance.choice([f"{key}s", str(key)[:-1], "id", "name", "links", "x-a", "名"])
        container[other_key] = container.pop(key) if what == "rename" else copy.deepcopy(chance.choice(ODD))


@settings(max_examples=runs(sample=15, full=120))
@given(data=st.data())
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_all_readers_of_schemas_agree_on_entries_that_were_changed(kind: str, data: st.DataObject) -> None:
    value = copy.deepcopy(dict(data.draw(st.sampled_from(ENTRIES[kind]))))
    chance = random.Random(data.draw(st.integers(0, 2**32)))  # noqa: S311 - the same again for the same number
    for _ in range(data.draw(st.integers(1, 3))):
        change(value, chance)
    assert_agreement(KINDS[kind].validator, value)
