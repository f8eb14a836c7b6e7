"""A folder is replaced whole or not at all, whatever stops it."""

from __future__ import annotations

import ctypes
import errno
import importlib.util
import json
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace
from unittest.mock import Mock

import pytest

from handbook.cli import TERMINATED, main
from handbook.read.files import Site
from handbook.write import folder as folder_module
from handbook.write import journal, system, target, workspace
from handbook.write.errors import NotWrittenError
from handbook.write.files import undo_stopped_change
from handbook.write.folder import prepare_target, replace_folder
from handbook.write.hidden_names import workspace_of
from handbook.write.target import MARK, mark
from tests.effort import runs
from tests.sites import write_site
from tests.trees import tree
from tests.write.stopping import leave_between_two_renames

SEED = 20261129
STOPPING = Path(__file__).with_name("stopping.py")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that was built before."""
    root = tmp_path / "handbook"
    (root / "site").mkdir(parents=True)
    mark(root / "site")
    (root / "site/index.html").write_text("old", encoding="utf-8")
    return Site(root, root / "docs")


def build(site: Site, text: str = "new") -> None:
    with replace_folder(site, site.root / "site") as new:
        (new / "index.html").write_text(text, encoding="utf-8")


def stop_halfway(site: Site, stop: BaseException) -> None:
    with replace_folder(site, site.root / "site") as new:
        (new / "index.html").write_text("half", encoding="utf-8")
        raise stop


def published(site: Site) -> str:
    return (site.root / "site/index.html").read_text(encoding="utf-8")


def only_the_site_is_there(site: Site) -> bool:
    return [path.name for path in site.root.iterdir()] == ["site"]


def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "exchange", lambda *_: False)


@pytest.mark.parametrize("can_exchange", [True, False])
def test_the_new_folder_replaces_the_old_one_and_nothing_stays_next_to_it(
    site: Site, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool
) -> None:
    if not can_exchange:
        no_exchange(monkeypatch)
    build(site)
    assert published(site) == "new"
    assert (site.root / "site" / MARK).is_file()
    assert stat.S_IMODE((site.root / "site").stat().st_mode) == 0o755
    assert only_the_site_is_there(site)


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="other systems can't")
def test_names_are_exchanged_in_one_step(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert system.exchange(tmp_path / "one", tmp_path / "two")
    assert (tmp_path / "one/two").exists()
    assert (tmp_path / "two/one").exists()
    with pytest.raises(FileNotFoundError):
        system.exchange(tmp_path / "one", tmp_path / "three")


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP])
def test_a_file_system_that_cannot_exchange_names_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    library = SimpleNamespace(renameat2=lambda *_: -1, renamex_np=lambda *_: -1)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: library)
    monkeypatch.setattr(ctypes, "get_errno", lambda: code)
    assert not system.exchange(tmp_path / "one", tmp_path / "two")


def test_a_library_that_cannot_exchange_names_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace())
    assert not system.exchange(tmp_path / "one", tmp_path / "two")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed halfway")
@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_a_run_that_is_killed_at_any_line_leaves_the_old_site_or_the_new_one(
    tmp_path: Path, way: str
) -> None:
    tries = runs(sample=15, full=200)
    words = [sys.executable, str(STOPPING), str(tmp_path / "handbook"), way, str(SEED), str(tries)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["lines"] >= 40
    assert told["tried"] >= tries - 2
    assert {"old", "new"} <= told.keys()
    assert ("missing" in told) == (way == "renames")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, ValueError])
def test_what_stops_a_run_leaves_everything_as_it_was(site: Site, stop: type[BaseException]) -> None:
    before = tree(site.root)
    with pytest.raises(stop):
        stop_halfway(site, stop())
    assert tree(site.root) == before


def test_a_full_disk_is_told_in_one_line_and_leaves_everything_as_it_was(site: Site) -> None:
    before = tree(site.root)
    with pytest.raises(NotWrittenError, match=r"Could not write .*site: no space left on device$"):
        stop_halfway(site, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert tree(site.root) == before


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_what_stops_a_run_between_two_renames_puts_the_old_site_back(
    site: Site, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    no_exchange(monkeypatch)
    before, rename = tree(site.root), system.rename

    def fail_at_the_second(path: Path, to: Path) -> None:
        if path.name.startswith("tmp"):
            raise stop
        rename(path, to)

    monkeypatch.setattr(system, "rename", fail_at_the_second)
    with pytest.raises((KeyboardInterrupt, NotWrittenError)):
        build(site)
    assert tree(site.root) == before


def test_folders_above_a_target_are_removed_again_when_nothing_was_built(site: Site) -> None:
    before = tree(site.root)
    with pytest.raises(KeyError), replace_folder(site, site.root / "a/b/site"):
        raise KeyError
    assert tree(site.root) == before
    with replace_folder(site, site.root / "a/b/site"):
        pass
    assert (site.root / "a/b/site" / MARK).is_file()


def test_what_was_put_into_the_target_meanwhile_stays(site: Site) -> None:
    place = site.root / "elsewhere"
    new = replace_folder(site, place)
    new.__enter__()
    place.mkdir()
    (place / "precious.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(NotWrittenError, match="contains other files than a build"):
        new.__exit__(None, None, None)
    assert (place / "precious.txt").read_text(encoding="utf-8") == "precious"


def test_a_folder_in_the_way_that_is_not_ours_stays(site: Site) -> None:
    (workspace_of(site.root / "site")).mkdir()
    (workspace_of(site.root / "site") / "precious.txt").write_text("precious", encoding="utf-8")
    before = tree(site.root)
    with pytest.raises(NotWrittenError, match=r"is in the way\. Move it elsewhere"):
        build(site)
    assert tree(site.root) == before


def test_a_link_in_the_place_of_our_folder_is_not_followed(site: Site, tmp_path: Path) -> None:
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim/.gitignore").write_text("precious", encoding="utf-8")
    workspace_of(site.root / "site").symlink_to(tmp_path / "victim")
    before = tree(tmp_path)
    with pytest.raises(NotWrittenError, match=r"is in the way\. Move it elsewhere"):
        build(site)
    assert tree(tmp_path) == before


def test_a_link_that_pretends_to_be_set_aside_is_not_put_in_place(site: Site, tmp_path: Path) -> None:
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim/precious.txt").touch()
    room = workspace_of(site.root / "new")
    room.mkdir()
    (room / ".gitignore").touch()
    (room / workspace.SET_ASIDE).symlink_to(tmp_path / "victim")
    prepare_target(site, site.root / "new")
    assert only_the_site_is_there(site)
    assert (tmp_path / "victim/precious.txt").exists()


def test_leftovers_of_a_killed_run_are_cleared_and_its_site_comes_back_before_anything_else(
    site: Site,
) -> None:
    room = workspace_of(site.root / "site")
    room.mkdir()
    (room / ".gitignore").touch()
    (room / "tmp123/tools").mkdir(parents=True)
    (site.root / "site").rename(room / workspace.SET_ASIDE)
    prepare_target(site, site.root / "site")
    assert published(site) == "old"
    assert only_the_site_is_there(site)


def test_any_command_brings_back_the_site_of_a_killed_build(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_site(site.root, {"sources/teams.yaml": "teams: []\n"})
    leave_between_two_renames(site.root)
    monkeypatch.chdir(site.root / "sources")
    assert main(["list", "team"]) == 0
    assert published(site) == "old"
    assert not list(site.root.glob(".*.handbook-build"))
    assert "Back to what they were: site. Run that command again\n" in capsys.readouterr().err


def test_a_command_does_not_wait_for_a_build_that_has_begun_since(site: Site) -> None:
    room = leave_between_two_renames(site.root)
    key = os.open(room / ".gitignore", os.O_RDWR)
    assert system.lock(key)
    assert undo_stopped_change(site.root) == []
    assert (room / workspace.SET_ASIDE).is_dir()
    os.close(key)


def test_a_command_says_nothing_of_a_site_that_it_cannot_bring_back(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_between_two_renames(site.root)
    refuse = Mock(side_effect=OSError(errno.EROFS, os.strerror(errno.EROFS)))
    monkeypatch.setattr(system, "lock", refuse)
    assert undo_stopped_change(site.root) == []
    monkeypatch.undo()
    assert undo_stopped_change(site.root) == [("site", True)]


def test_a_folder_without_room_for_a_record_is_replaced_all_the_same(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_exchange(monkeypatch)
    monkeypatch.setattr(journal, "begin", Mock(side_effect=OSError(errno.EROFS, os.strerror(errno.EROFS))))
    build(site)
    assert published(site) == "new"
    assert only_the_site_is_there(site)


BUILD = """
import sys, time
from pathlib import Path
from handbook.read.files import Site
from handbook.write.folder import replace_folder
root, text = Path(sys.argv[1]), sys.argv[2]
with replace_folder(Site(root, root / "docs"), root / "site") as new:
    print("begun", flush=True)
    for number in range(20):
        (new / f"{number}.html").write_text(text, encoding="utf-8")
        time.sleep(0.01)
    while (root / "hold").exists():
        time.sleep(0.01)
"""


def start(site: Site, text: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", BUILD, str(site.root), text]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_builds_at_the_same_time_wait_for_each_other_and_end_whole(site: Site) -> None:
    count = runs(sample=3, full=12)
    waiting = f"handbook: waiting for another command that is writing {site.root / 'site'}\n"
    hold = site.root / "hold"
    hold.touch()
    first = start(site, "0")
    assert first.stdout
    assert first.stdout.readline() == "begun\n"
    builds = [start(site, str(number)) for number in range(1, count)]
    assert builds[0].stderr
    assert builds[0].stderr.readline() == waiting
    hold.unlink()
    told = [build.communicate(timeout=120)[1] for build in (first, *builds)]
    assert [build.returncode for build in (first, *builds)] == [0] * count
    assert set(told) <= {"", waiting}
    texts = [path.read_text(encoding="utf-8") for path in (site.root / "site").glob("*.html")]
    assert len(texts) == 20
    assert len(set(texts)) == 1
    assert only_the_site_is_there(site)


def test_a_build_leaves_the_work_of_a_running_one_alone(site: Site) -> None:
    running = start(site, "first")
    assert running.stdout
    assert running.stdout.readline() == "begun\n"
    build(site, "second")
    assert running.wait() == 0
    assert published(site) == "second"
    running.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="there, a lock ends with the process that took it")
def test_the_engine_of_a_killed_build_is_waited_for(site: Site) -> None:
    begun, ended = site.root / "begun", site.root / "ended"
    engine = (
        f"import time; open({str(begun)!r}, 'w').close(); time.sleep(0.3); open({str(ended)!r}, 'w').close()"
    )
    command = """
import sys
from pathlib import Path
from handbook.publish.engine import run_engine
from handbook.read.files import Site
from handbook.write.folder import replace_folder
root = Path(sys.argv[1])
with replace_folder(Site(root, root / "docs"), root / "site"):
    run_engine(["waiting"], root, {})
"""
    (site.root / "waiting.py").write_text(engine, encoding="utf-8")
    words = [sys.executable, "-c", command, str(site.root)]
    with subprocess.Popen(words) as killed:
        while not begun.exists():
            time.sleep(0.01)
        killed.kill()
    build(site)
    assert ended.exists()
    assert published(site) == "new"


_STOPPED = """
from pathlib import Path
from handbook.cli import main, program
from handbook.publish.engine import run_engine
from handbook.read.files import Site
from handbook.write.folder import replace_folder

def run(_):
    root = Path.cwd()
    with replace_folder(Site(root, root / "docs"), root / "site"):
        run_engine(["waiting"], root, {})

program.run = run
raise SystemExit(main())
"""
_WAITING = """
import os, time
from pathlib import Path
Path("new").write_text(str(os.getpid()))
Path("new").rename("begun")
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there, a process that another one ends can't clean up")
def test_a_build_that_is_terminated_ends_its_engine_and_leaves_nothing(site: Site) -> None:
    (site.root / "waiting.py").write_text(_WAITING, encoding="utf-8")
    begun = site.root / "begun"
    words = [sys.executable, "-c", _STOPPED]
    with subprocess.Popen(words, cwd=site.root, stderr=subprocess.PIPE) as stopped:
        while not begun.exists():
            time.sleep(0.01)
        stopped.terminate()
        assert (stopped.communicate(timeout=30)[1], stopped.returncode) == (b"", TERMINATED)
    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text(encoding="utf-8")), 0)
    assert not list(site.root.glob(".site*"))


def test_a_lock_that_another_process_has_removed_counts_for_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, room, files = system.lock, workspace_of(site.root / "site"), list[int]()

    def lock_too_late(file: int) -> bool:
        files.append(file)
        if len(files) == 1:
            shutil.rmtree(room)
        return lock(file)

    monkeypatch.setattr(system, "lock", lock_too_late)
    with workspace.workspace(site.root / "site"):
        assert (room / ".gitignore").is_file()
    assert len(files) == 2
    assert only_the_site_is_there(site)


def test_a_site_that_is_half_removed_does_not_come_back(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    room = workspace_of(site.root / "site")
    (room / workspace.SET_ASIDE).mkdir(parents=True)
    (room / ".gitignore").touch()

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "rmtree", stop)
    with pytest.raises(KeyboardInterrupt):
        prepare_target(site, site.root / "site")
    monkeypatch.undo()
    assert not (room / workspace.SET_ASIDE).exists()
    assert published(site) == "old"


def as_on_windows(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module of what differs between systems, as Windows loads it."""
    fcntl = pytest.importorskip("fcntl")

    def locking(file: int, _mode: int, _size: int) -> None:
        assert os.lseek(file, 0, os.SEEK_CUR) == 1 << 30, "the lock would keep git from reading the text"
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PermissionError(errno.EACCES, "locked") from error

    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    monkeypatch.setattr(stat, "IO_REPARSE_TAG_SYMLINK", 0xA000000C, raising=False)
    monkeypatch.setattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.spec_from_file_location("system_of_windows", str(system.__file__))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.undo()
    return module


def test_windows_replaces_folders_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    windows = as_on_windows(monkeypatch)
    windows.is_link = system.is_link  # type: ignore[attr-defined]
    for module in (folder_module, target, workspace):
        monkeypatch.setattr(module, "system", windows)
    build(site)
    assert published(site) == "new"
    assert only_the_site_is_there(site)
    with workspace.workspace(site.root / "site") as room:
        file = os.open(room / ".gitignore", os.O_RDWR)
        assert not windows.lock(file)
        os.close(file)
        assert (room / ".gitignore").stat().st_size < 100
        assert (room / ".gitignore").read_text(encoding="utf-8").endswith("\n*\n")


def test_windows_waits_for_programs_that_hold_a_folder_open(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = as_on_windows(monkeypatch)
    pauses: list[float] = []
    monkeypatch.setattr(windows.time, "sleep", pauses.append)
    refusals = 3

    def rename(_: object) -> None:
        if len(pauses) < refusals:
            raise PermissionError

    windows.rename(SimpleNamespace(rename=rename), Path("new"))
    assert pauses == [0.1, 0.2, 0.4]
    refusals = 9
    with pytest.raises(PermissionError):
        windows.rename(SimpleNamespace(rename=rename), Path("new"))


@pytest.mark.parametrize(
    ("tag", "is_link"), [(0xA000000C, True), (0xA0000003, True), (0x9000601A, False), (0, False)]
)
def test_on_windows_a_junction_is_a_link_and_a_file_in_the_cloud_is_none(
    monkeypatch: pytest.MonkeyPatch, tag: int, *, is_link: bool
) -> None:
    windows = as_on_windows(monkeypatch)
    entry = SimpleNamespace(stat=lambda **_: SimpleNamespace(st_reparse_tag=tag))
    assert windows.is_link(entry) == is_link
