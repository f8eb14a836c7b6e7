"""Builds a site with an engine and puts it in place whole, or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from handbook.handbook import Handbook
from handbook.publish.audience import AudienceError, check_first_page, to_hand_over
from handbook.publish.edition import Edition
from handbook.publish.edition import to_hand_over as edition_to_hand_over
from handbook.publish.zensical import finish, stage
from handbook.read.files import CONFIG, Site

_GOES_WELL = ("INFO ", "DEBUG ", "Build started", "Build finished", "No issues found")


class BuildError(Exception):
    """The site engine refused; it has said why."""


def build_with_mkdocs(
    handbook: Handbook, target: Path, *, strict: bool, edition: Edition | None = None
) -> None:
    """Builds a site with MkDocs.

    Args:
        handbook: The handbook.
        target: The folder that the site takes the place of.
        strict: Whether the engine's warnings stop the build.
        edition: The version that it is published as, if it is.

    Raises:
        BuildError: MkDocs did not succeed. What stood at the target before still does.
    """
    _check_first_page(handbook)
    site = handbook.site
    with tempfile.TemporaryDirectory(prefix="handbook-") as aside, _in_place_of(target) as folder:
        # Not `--quiet`: that hides warnings from `--strict` as well.
        command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(site.root / CONFIG)]
        command += ["--site-dir", str(folder), *(["--strict"] if strict else [])]
        handed_over = to_hand_over(handbook.audience) | edition_to_hand_over(edition, Path(aside))
        _run(command, site.root, handed_over)


def build_with_zensical(handbook: Handbook, target: Path, *, strict: bool) -> None:
    """Builds a site with Zensical, from a staged copy in which the generated pages are written out.

    Raises:
        BuildError: Zensical did not succeed, or is not installed. What stood at the target before still does.
    """
    _check_first_page(handbook)
    if find_spec("zensical") is None:
        raise BuildError("Zensical is not installed: install this package with its extra `zensical`")
    with tempfile.TemporaryDirectory(prefix="handbook-") as staging, _in_place_of(target) as folder:
        project = Path(staging)
        pages = stage(handbook, project)
        command = [sys.executable, "-m", "zensical", "build", "--clean", *(["--strict"] if strict else [])]
        _run([*command, "--config-file", str(project / CONFIG)], project, to_hand_over(handbook.audience))
        finish(handbook, pages, project / "site")
        shutil.copytree(project / "site", folder, dirs_exist_ok=True)


ENGINES: dict[str, Callable[..., None]] = {"mkdocs": build_with_mkdocs, "zensical": build_with_zensical}


def serve(site: Site) -> int:
    """Serves the site with MkDocs until it is interrupted; gives MkDocs' exit code."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--config-file", str(site.root / CONFIG)]
    with subprocess.Popen(command, cwd=site.root, env=_environment()) as server:  # noqa: S603
        # Whoever ends this process means the server.
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            return server.wait()
        except KeyboardInterrupt:
            return 0


def _check_first_page(handbook: Handbook) -> None:
    try:
        check_first_page(handbook)
    except AudienceError as error:
        raise BuildError(str(error)) from error


def _run(command: Sequence[str], folder: Path, handed_over: Mapping[str, str]) -> None:
    """Runs an engine and passes on what it says, without its account of what goes well."""
    done = subprocess.run(  # noqa: S603
        command,
        check=False,
        cwd=folder,
        env={**_environment(), **handed_over},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    told = [line for line in done.stdout.splitlines(keepends=True) if not line.startswith(_GOES_WELL)]
    sys.stderr.writelines(told)
    if done.returncode:
        raise BuildError(f"{command[2]} stopped with exit code {done.returncode}")


def _environment() -> dict[str, str]:
    # Material prints a notice about its end of life at every start. `--engine zensical` is our answer to it.
    return os.environ | {"NO_MKDOCS_2_WARNING": "1"}


@contextmanager
def _in_place_of(target: Path) -> Iterator[Path]:
    """An empty folder that takes the target's place when all has gone well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    made.chmod(0o755)
    try:
        yield made
        old = made.with_name(f"{made.name}-old")
        if target.exists():
            target.rename(old)
        made.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(made, ignore_errors=True)
