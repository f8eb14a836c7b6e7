"""Small sites to test with, written where a test can change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from handbook.check.checker import find_all
from handbook.check.sources import read_context
from handbook.figures.basis import Basis
from handbook.findings import Finding
from handbook.handbook import load
from handbook.read.files import Site, find_site
from tests.sites import ROOT, run

TODAY = date(2026, 11, 23)
"""The day on which every test about days takes place."""

MakeSite = Callable[[Mapping[str, str | bytes]], Site]
MakeBasis = Callable[[Mapping[str, str]], Basis]


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Writes files into an empty site and gives the site."""

    def make(files: Mapping[str, str | bytes]) -> Site:
        for name, content in {"mkdocs.yml": "site_name: Test\n", **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return find_site(tmp_path)

    return make


@pytest.fixture
def make_basis(make_site: MakeSite) -> MakeBasis:
    """Loads a site made of these files, on the day that the tests take for today."""

    def make(files: Mapping[str, str]) -> Basis:
        handbook = load(make_site(files), TODAY)
        assert [finding for finding in handbook.report.findings if finding.code < "HB3"] == []
        return handbook.basis

    return make


@pytest.fixture
def check(make_site: MakeSite) -> Callable[[Mapping[str, str | bytes]], list[Finding]]:
    """The findings of a site made of these files."""
    return lambda files: find_all(read_context(make_site(files), TODAY))


@pytest.fixture(scope="session")
def shipped_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's handbook, built strictly by MkDocs."""
    target = tmp_path_factory.mktemp("shipped") / "site"
    done = run(ROOT, "build", "--strict", "--site-dir", str(target))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return target


@pytest.fixture(scope="session")
def zensical_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's handbook, built strictly by Zensical."""
    target = tmp_path_factory.mktemp("zensical") / "site"
    done = run(ROOT, "build", "--engine", "zensical", "--strict", "--site-dir", str(target))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return target
