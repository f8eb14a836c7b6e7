"""Builds a site with an engine and puts it in place whole, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.check.words import visible
from handbook.handbook import Handbook
from handbook.publish.audience import AudienceError, check_first_page, to_hand_over
from handbook.publish.edition import Edition
from handbook.publish.edition import to_hand_over as edition_to_hand_over
from handbook.publish.zensical import StageError, finish, stage
from handbook.read.files import CONFIG
from handbook.view.environment import ViewError
from handbook.write.errors import NotWrittenError
from handbook.write.folder import replace_folder

CANNOT_WRITE = 74
"""The exit code by which an engine with our plugin says that the system doesn't let it write (`EX_IOERR`)."""

QUIET = {"NO_MKDOCS_2_WARNING": "1"}
"""Material prints a notice about its end of life at every start. `--engine zensical` is our answer to it."""

_LEAST_SPACE = 1 << 16
"""Bytes that must be free after Zensical has run: it cuts off silently what it can't write."""

_GOES_WELL = ("INFO ", "DEBUG ", "Build started", "Build finished", "No issues found")


class BuildError(Exception):
    """The site engine refused; it has said why."""


def build_with_mkdocs(
    handbook: Handbook, target: Path, *, strict: bool, edition: Edition | None = None
) -> None:
    """Builds a site with MkDocs.

    Args:
        handbook: The handbook.
        target: The folder that is replaced by the site.
        strict: Whether the engine's warnings stop the build.
        edition: The version that it is published as, if it is.

    Raises:
        BuildError: MkDocs did not succeed. The target is as it was.
        NotWrittenError: The target must stay as it is, or the system doesn't let us write.
    """
    _check_first_page(handbook)
    site = handbook.site
    with replace_folder(site, target) as folder, TemporaryDirectory(prefix="handbook-") as aside:
        # Not `--quiet`: that hides warnings from `--strict` as well.
        command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(site.root / CONFIG)]
        command += ["--site-dir", str(folder), *(["--strict"] if strict else [])]
        handed_over = to_hand_over(handbook.audience) | edition_to_hand_over(edition, Path(aside))
        _check(_run(command, site.root, handed_over))


def build_with_zensical(handbook: Handbook, target: Path, *, strict: bool) -> None:
    """Builds a site with Zensical, from a staged copy in which the generated pages are written out.

    Raises:
        BuildError: Zensical did not succeed, or is not installed. The target is as it was.
        NotWrittenError: The target must stay as it is, or the system doesn't let us write.
    """
    _check_first_page(handbook)
    if find_spec("zensical") is None:
        raise BuildError("Zensical is not installed: install this package with its extra `zensical`")
    site = handbook.site
    if not Path(os.path.normpath(site.docs)).is_relative_to(site.root):
        raise BuildError(
            "Zensical can't read `docs_dir`: it's outside the handbook's folder; use `--engine mkdocs`"
        )
    with replace_folder(site, target) as folder, TemporaryDirectory(prefix="handbook-") as staging:
        project = Path(staging)
        try:
            pages = stage(handbook, project)
        except (StageError, ViewError) as error:
            raise BuildError(str(error)) from error
        command = [sys.executable, "-m", "zensical", "build", "--clean", *(["--strict"] if strict else [])]
        command += ["--config-file", str(project / CONFIG)]
        done = _run(command, project, to_hand_over(handbook.audience))
        if shutil.disk_usage(project).free < _LEAST_SPACE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        _check(done)
        errors, warnings = finish(handbook, pages, project / "site")
        if errors or (strict and warnings):
            raise BuildError("The handbook has findings\n\n" + "\n\n".join([*errors, *warnings]))
        sys.stderr.writelines(f"{warning}\n" for warning in warnings)
        shutil.copytree(project / "site", folder, dirs_exist_ok=True)


ENGINES: dict[str, Callable[..., None]] = {"mkdocs": build_with_mkdocs, "zensical": build_with_zensical}


def _check_first_page(handbook: Handbook) -> None:
    try:
        check_first_page(handbook)
    except AudienceError as error:
        raise BuildError(str(error)) from error


def _run(
    command: Sequence[str], folder: Path, handed_over: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run an engine."""
    return subprocess.run(  # noqa: S603
        command,
        check=False,
        cwd=folder,
        env={**os.environ, **QUIET, **handed_over},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        # It holds the lock of the folder that it writes into, even when this process is killed.
        close_fds=False,
    )


def _check(done: subprocess.CompletedProcess[str]) -> None:
    """Pass on what an engine said, without its account of what goes well.

    Raises:
        BuildError: It did not succeed.
        NotWrittenError: It could not write.
    """
    if done.returncode == CANNOT_WRITE:
        raise NotWrittenError(done.stdout.strip().rpartition("\n")[2])
    # What is in pages can be in it, and a terminal must not obey that.
    lines = [visible(line) for line in done.stdout.split("\n") if not line.startswith(_GOES_WELL)]
    sys.stderr.write("\n".join(lines))
    if done.returncode:
        raise BuildError(f"{done.args[2]} stopped with exit code {done.returncode}")
