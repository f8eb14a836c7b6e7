"""Regular expressions are compiled when they are first used."""

from __future__ import annotations

import copy
import re
from contextlib import suppress

import pytest

from handbook.base.regex import compiled_on_use


def test_the_regular_expressions_of_a_package_are_compiled_when_they_are_used() -> None:
    compile_now = re.compile
    with compiled_on_use("re"):
        assert re.compile is compile_now, "it is imported already"
    with suppress(ImportError), compiled_on_use("a_new_package"):
        found, invalid = re.compile("a(?P<part>b)", re.IGNORECASE), re.compile("(")
        raise ImportError
    assert re.compile is compile_now
    match = copy.deepcopy([found])[0].match("AB")
    assert match
    assert match["part"] == "B"
    assert found.pattern == "a(?P<part>b)"
    with pytest.raises(re.error):
        invalid.match("")
