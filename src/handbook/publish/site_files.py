"""The files of a served site, which browsers read while they are replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree


def remove_file(folder: Path, path: str) -> None:
    """Remove a file, and the folders that only had this one."""
    (folder / path).unlink(missing_ok=True)
    for above in Path(path).parents[:-1]:
        if any((folder / above).iterdir()):
            break
        (folder / above).rmdir()


def replace_files(folder: str, files: Mapping[str, bytes]) -> None:
    """Write files that have changed. A browser that is reading an old one gets all of it."""
    for path, content in files.items():
        target = Path(folder, path)
        if target.is_file() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(f".{target.name}.new")
        new.write_bytes(content)
        new.replace(target)


@contextmanager
def kept_on_failure(folder: Path) -> Iterator[None]:
    """Empty a folder, and bring back what it had if what is done with it fails."""
    before = folder.with_name(f"{folder.name}.before")
    folder.rename(before)
    folder.mkdir()
    try:
        yield
    except BaseException:
        rmtree(folder)
        before.rename(folder)
        raise
    rmtree(before)
