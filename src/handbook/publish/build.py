"""Build a site with an engine and replace the target folder only when the build succeeds."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from handbook.base.errors import HandbookError
from handbook.base.temporary import temporary_folder
from handbook.base.words import visible
from handbook.loaded.handbook import Handbook
from handbook.publish.contents import check_first_page
from handbook.publish.engine import run_engine
from handbook.publish.errors import CANNOT_WRITE, BuildError
from handbook.publish.handover import Handover
from handbook.publish.judging import failed
from handbook.publish.zensical import finish, stage
from handbook.read.files import CONFIG, Site
from handbook.render.environment import ViewError
from handbook.write.errors import NotWrittenError
from handbook.write.folder import replace_folder
from handbook.write.system import file_handles

QUIET = {"NO_MKDOCS_2_WARNING": "1"}
"""Turns off the notice about its end of life that Material prints at every start; see `--engine zensical`."""

_LEAST_SPACE = 1 << 16
"""Bytes that must be free after a build with Zensical, which silently truncates files on a full disk."""

_FEWEST_HANDLES = 32
"""Files that a process must be able to open. With fewer, git and Zensical fail in ways of their own."""

_PROGRESS = ("INFO ", "DEBUG ", "Build started", "Build finished", "No issues found")


def build_with_mkdocs(handbook: Handbook, target: Path, *, strict: bool, changes: str | None = None) -> None:
    """Build a site with MkDocs.

    Args:
        handbook: The handbook.
        target: The folder that the site replaces.
        strict: Whether warnings of the engine fail the build.
        changes: The changes since the previous version, as Markdown, if the build publishes a version.

    Raises:
        BuildError: MkDocs failed, or readers can't see the home page. The target is unchanged.
        NotWrittenError: The target must not be replaced, or the system denies writing.
    """
    check_handles()
    check_first_page(handbook)
    site = handbook.site
    with replace_folder(site, target) as folder, temporary_folder() as aside:
        # Not `--quiet`: that hides warnings from `--strict` as well.
        words = ["mkdocs", "build", "--config-file", str(site.root / CONFIG), "--site-dir", str(folder)]
        words += ["--strict"] if strict else []
        added = {**QUIET, **Handover(handbook.audience, changes).variables(Path(aside))}
        _check(run_engine(words, site.root, added, handbook), site)


def build_with_zensical(handbook: Handbook, target: Path, *, strict: bool) -> None:
    """Build a site with Zensical from a staged copy that includes the generated pages as files.

    Raises:
        BuildError: Zensical failed or is not installed. The target is unchanged.
        NotWrittenError: The target must not be replaced, or the system denies writing.
    """
    if find_spec("zensical") is None:
        raise BuildError("Zensical is not installed. Install this package with its extra `zensical`")
    check_handles()
    site = handbook.site
    if not Path(os.path.normpath(site.docs)).is_relative_to(site.root):
        raise BuildError(
            "Zensical can't read `docs_dir`, because it is outside the site's folder. Use `--engine mkdocs`"
        )
    with replace_folder(site, target) as folder, temporary_folder() as staging:
        # The project has the mode of the site's folder; the folder around it is private.
        project = Path(staging) / "project"
        try:
            contents = stage(handbook, project)
        except ViewError as error:
            raise BuildError(str(error)) from error
        words = ["zensical", "build", "--clean", *(["--strict"] if strict else [])]
        done = run_engine([*words, "--config-file", str(project / CONFIG)], project, QUIET)
        if shutil.disk_usage(project).free < _LEAST_SPACE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        _check(done, site)
        built, errors, warnings = finish(contents, project)
        if errors or (strict and warnings):
            raise BuildError(failed([*errors, *warnings]))
        sys.stderr.writelines(f"{warning}\n" for warning in warnings)
        shutil.copytree(built, folder, dirs_exist_ok=True)


ENGINES: dict[str, Callable[..., None]] = {"mkdocs": build_with_mkdocs, "zensical": build_with_zensical}


def check_handles() -> None:
    """Check that this process can open enough files.

    Raises:
        HandbookError: It can't.
    """
    limit = file_handles()
    if limit < _FEWEST_HANDLES:
        message = f"Only {limit} files can be open at a time, and a build needs {_FEWEST_HANDLES}"
        raise HandbookError(message, "Raise the limit, such as with `ulimit -n 1024`")


def _check(done: subprocess.CompletedProcess[str], site: Site) -> None:
    """Print the output of an engine without its progress messages.

    Raises:
        BuildError: The engine failed.
        NotWrittenError: The engine could not write.
    """
    if done.returncode == CANNOT_WRITE:
        raise NotWrittenError(done.stdout.strip().rpartition("\n")[2])
    # The output can quote pages, and a terminal must not obey control characters in them.
    output = done.stdout.replace(str(site.root), visible(str(site.root)))  # its name can have line breaks
    lines = [visible(line) for line in output.split("\n") if not line.startswith(_PROGRESS)]
    sys.stderr.write("\n".join(lines))
    if done.returncode:
        raise BuildError(f"{done.args[0]} failed with exit code {done.returncode}")
