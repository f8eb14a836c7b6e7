"""Small sites to test with, written where a test can change them."""

from __future__ import annotations

import gc
import itertools
import os
import re
import shutil
import signal
from collections.abc import Callable, Generator, Mapping
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from filelock import FileLock
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from handbook.base.findings import Finding
from handbook.check.runner import find_all
from handbook.cli import main
from handbook.kinds.any.basis import Basis
from handbook.loaded.handbook import load
from handbook.loaded.site_rules import SITE_RULES
from handbook.read.files import Site, find_site
from handbook.read.sources import read_context
from tests.effort import FULL
from tests.sites import HOSTILE, ROOT, build, write_site

# What a shell starts in the background ignores interrupts, and would hand that on to the commands under test.
signal.signal(signal.SIGINT, signal.default_int_handler)

TODAY = date(2026, 11, 23)
"""The day on which every test about days takes place."""

MakeSite = Callable[[Mapping[str, str | bytes]], Site]
MakeBasis = Callable[[Mapping[str, str]], Basis]
Command = Callable[..., CompletedProcess[str]]
MakeOnce = Callable[[str, Callable[[Path], None]], Path]

# The gate tries the same cases in every run; `make test-all` tries others each time, and more of them.
settings.register_profile("gate", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("full", deadline=None, print_blob=True, max_examples=200)
settings.load_profile("full" if FULL else "gate")
if not FULL:
    # Constants in the code that happens to be loaded would make other cases in another order of the tests.
    providers._get_local_constants = lambda: providers._local_constants  # noqa: SLF001

_FOLDERS = itertools.count()

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder there that only its user can read
_ROOM = 4 * 2**30


def _has_room(folder: Path) -> bool:
    """Whether a folder has room, in bytes, for all that the tests write, and programs can run there."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    state = os.statvfs(folder)
    return state.f_bavail * state.f_frsize >= _ROOM and not state.f_flag & os.ST_NOEXEC


def pytest_configure() -> None:
    """Writes the thousands of small sites to memory where there is room: a disk takes longer."""
    if _has_room(_IN_MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_IN_MEMORY))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leaves the thousands of tests and all that they import out of the search for garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts slow tests first in the share of each process, so that none is alone with one in the end."""
    slow = [item for item in items if item.get_closest_marker("slow")]
    others = [item for item in items if not item.get_closest_marker("slow")]
    shares = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [
        item
        for share in range(shares)
        for part in (slow, others)
        for item in part[len(part) * share // shares : len(part) * (share + 1) // shares]
    ]


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """Keeps what runs remember out of the cache folder of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(folder))
        yield


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one test. pytest's own looks for a free number among the thousands of others."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    return tmp_path_factory.mktemp(f"{name}{next(_FOLDERS)}", numbered=False)


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
    return lambda files: find_all(read_context(make_site(files), TODAY), SITE_RULES)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `handbook` in a folder as `tests.sites.run` does, but in this process."""

    def call(folder: Path, *words: str) -> CompletedProcess[str]:
        monkeypatch.chdir(folder)
        try:
            code = main(words)
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return CompletedProcess(words, code, said.out, said.err)

    return call


@pytest.fixture(scope="session")
def make_once(tmp_path_factory: pytest.TempPathFactory) -> MakeOnce:
    """Fills a folder once in a run of the tests, whichever of the processes needs it first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make(name: str, fill: Callable[[Path], None]) -> Path:
        folder = shared / name
        with FileLock(f"{folder}.lock"):
            if not Path(f"{folder}.done").exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                Path(f"{folder}.done").touch()
        return folder

    return make


@pytest.fixture(scope="session")
def shipped_build(make_once: MakeOnce) -> Path:
    """This repository's handbook, built strictly by MkDocs."""
    return make_once("shipped", lambda folder: build(ROOT, folder / "site", "--strict")) / "site"


@pytest.fixture(scope="session")
def zensical_build(make_once: MakeOnce) -> Path:
    """This repository's handbook, built strictly by Zensical."""
    options = ("--strict", "--engine", "zensical")
    return make_once("zensical", lambda folder: build(ROOT, folder / "site", *options)) / "site"


@pytest.fixture(scope="session", params=["mkdocs", "zensical"])
def hostile_build(request: pytest.FixtureRequest, make_once: MakeOnce) -> Path:
    """A site with text that tries to run in the reader's browser, built by each engine."""

    def fill(folder: Path) -> None:
        build(write_site(folder, HOSTILE), folder / "site", "--engine", request.param)

    return make_once(f"hostile-{request.param}", fill) / "site"
