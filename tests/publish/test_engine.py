"""An engine is a program of its own, whether it starts from nothing or as a copy of the command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handbook.publish import engine
from tests.sites import CONFIG, TOOL, run, write_site

_ENGINE = """
import os, sys
print(sys.argv[1:], os.getcwd() == sys.argv[1], os.environ["ADDED"], __name__)
print("unusual: \\u00e9", file=sys.stderr)
{}
"""
_ENDS = {
    "": (0, ""),
    "sys.exit(3)": (3, ""),
    "sys.exit('Stopped.')": (1, "Stopped.\n"),
    "sys.exit()": (0, ""),
    "sys.stdout.flush(); os.write(2, b'\\xff'); os._exit(7)": (7, "\ufffd"),
}
_HOOK = """
from handbook.publish import loading

def on_post_build(config):
    import logging
    logging.getLogger("mkdocs.hook").warning(f"Loaded again: {loading._load.cache_info().misses}")
"""


@pytest.mark.parametrize(
    "is_copy",
    [False, pytest.param(True, marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="needs copies"))],
)
@pytest.mark.parametrize("end", _ENDS)
def test_an_engine_ends_and_says_what_it_says_as_a_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, *, is_copy: bool
) -> None:
    monkeypatch.setattr(engine, "_can_copy", lambda: is_copy)
    (tmp_path / "own_engine.py").write_text(_ENGINE.format(end), encoding="utf-8")
    folder = tmp_path.resolve()
    before = (Path.cwd(), dict(os.environ))
    done = engine.run_engine(
        ["own_engine", str(folder)], folder, {"ADDED": "yes", "PYTHONIOENCODING": "utf-8"}
    )
    code, said = _ENDS[end]
    assert done.returncode == code
    words = f"[{str(folder)!r}] True yes __main__\n"
    assert sorted(done.stdout.splitlines()) == sorted(f"{words}unusual: é\n{said}".splitlines())
    assert (Path.cwd(), dict(os.environ)) == before


def test_an_error_is_shown_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own_engine.py").write_text("raise ValueError('wrong')", encoding="utf-8")
    for can_copy in {False, hasattr(os, "fork")}:
        monkeypatch.setattr(engine, "_can_copy", lambda can_copy=can_copy: can_copy)
        done = engine.run_engine(["own_engine"], tmp_path, {})
        assert done.returncode == 1
        assert done.stdout.endswith("ValueError: wrong\n")
        assert "own_engine.py" in done.stdout


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs copies")
def test_where_ended_children_are_ignored_the_end_of_an_engine_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_can_copy", lambda: True)
    (tmp_path / "own_engine.py").write_text("raise SystemExit(3)", encoding="utf-8")
    usual = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert engine.run_engine(["own_engine"], tmp_path, {}).returncode == 3
        assert signal.getsignal(signal.SIGCHLD) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGCHLD, usual)


_ALONE = """
import os, sys
from pathlib import Path
from handbook.publish import engine
engine._can_copy = lambda: True
engine.run_engine(["own_engine"], Path.cwd(), {})
"""
_TALKS = """
import os, signal
from pathlib import Path
signal.alarm(15)
os.kill(os.getppid(), signal.SIGKILL)
while os.getppid() == int(os.environ["STARTED"]):
    pass
try:
    os.write(1, b"x" * 1_000_000)
except OSError:
    pass
Path("ended").touch()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs copies")
def test_an_engine_whose_command_was_killed_waits_for_no_reader(tmp_path: Path) -> None:
    (tmp_path / "own_engine.py").write_text(_TALKS, encoding="utf-8")
    alone = _ALONE.replace("{}", '{"STARTED": str(os.getpid())}')
    done = subprocess.run([sys.executable, "-c", alone], cwd=tmp_path, check=False)
    assert done.returncode == -signal.SIGKILL
    for _ in range(200):
        if (tmp_path / "ended").exists():
            return
        time.sleep(0.05)
    pytest.fail("The engine waits.")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs copies")
def test_a_build_loads_the_handbook_once(tmp_path: Path) -> None:
    config = f"{CONFIG}hooks: [hook.py]\n"
    site = write_site(tmp_path, {"mkdocs.yml": config, "hook.py": _HOOK})
    done = run(site, "build")
    assert "Loaded again: 0\n" in done.stderr


_WRITES = """
from pathlib import Path

def on_startup(**_):
    path = Path("tools_inventory.yaml")
    path.write_text(path.read_text().replace("name: Linear", "name: Renamed at the start"))
"""


def test_a_build_has_what_a_plugin_writes_at_its_start(tmp_path: Path) -> None:
    config = f"{CONFIG}hooks: [hook.py]\n"
    site = write_site(tmp_path, {"mkdocs.yml": config, "hook.py": _WRITES, "tools_inventory.yaml": TOOL})
    run(site, "build")
    assert "Renamed at the start" in (site / "site/tools/linear/index.html").read_text(encoding="utf-8")
