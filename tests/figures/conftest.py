"""Small handbooks to work figures out from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handbook.figures.basis import Basis
from handbook.handbook import load
from tests.conftest import TODAY, MakeSite

MakeBasis = Callable[[Mapping[str, str]], Basis]


@pytest.fixture
def make_basis(make_site: MakeSite) -> MakeBasis:
    """Loads a site made of these files, on the day that the tests take for today."""

    def make(files: Mapping[str, str]) -> Basis:
        handbook = load(make_site(files), TODAY)
        assert [finding for finding in handbook.report.findings if finding.code < "HB3"] == []
        return handbook.basis

    return make
