"""Named tuples are those of `typing`."""

from __future__ import annotations

import copy
import typing
from typing import Any

import pytest

from handbook.base.named_tuples import NamedTuple


class Ours(NamedTuple):
    first: int
    second: str = "b"

    @property
    def double(self) -> int:
        return 2 * self.first


class Theirs(typing.NamedTuple):
    first: int
    second: str = "b"

    @property
    def double(self) -> int:
        return 2 * self.first


class Below(Ours):
    """Has attributes of its own, as the context of rules."""


@pytest.mark.parametrize(
    "do",
    [
        lambda kind: kind(1),
        lambda kind: kind(second="c", first=2),
        lambda kind: kind(1)._replace(second="d").second,
        lambda kind: kind(3)._asdict(),
        lambda kind: (kind(4).double, kind(4)[1], len(kind(4)), hash(kind(4)), kind._fields),
        lambda kind: {(1, "b"): "equal"}[kind(1)],
        lambda kind: (copy.copy(kind(5)), copy.deepcopy(kind(5)), kind._field_defaults),
        lambda kind: match(kind(6)),
    ],
)
def test_they_do_what_those_of_typing_do(do: typing.Callable[[Any], object]) -> None:
    assert repr(do(Ours)).replace("Ours", "Theirs") == repr(do(Theirs))


def match(value: object) -> object:
    match value:
        case Ours(first, second) | Theirs(first, second):
            return first, second
    return None


@pytest.mark.parametrize(
    "do",
    [
        lambda kind: kind(),
        lambda kind: kind(1, "b", 3),
        lambda kind: kind(1, third=3),
        lambda kind: kind(1)._replace(third=3),
        lambda kind: setattr(kind(1), "first", 2),
        lambda kind: setattr(kind(1), "third", 3),
    ],
)
def test_they_refuse_what_those_of_typing_refuse(do: typing.Callable[[Any], object]) -> None:
    for kind in (Ours, Theirs):
        with pytest.raises((TypeError, ValueError, AttributeError)):
            do(kind)


def test_a_class_below_one_can_have_attributes() -> None:
    below = Below(1)._replace(first=2)
    vars(below)["more"] = 3
    assert (type(below), below.double, vars(below)) == (Below, 4, {"more": 3})
