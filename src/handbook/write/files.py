"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from handbook.write.errors import NotWrittenError


def put(root: Path, path: str, data: bytes) -> None:
    """Puts a text where it belongs: it is written beside that place first, and then takes it at once.

    Args:
        root: The site's folder.
        path: Where the text belongs, relative to it.
        data: The text.

    Raises:
        NotWrittenError: The system does not let us.
    """
    target = Path(os.path.normpath(root.resolve() / path))
    if target.resolve() != target:
        raise NotWrittenError(f"{path} is a link, or in a folder that is one. Replace the link with a copy.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode if target.exists() else _usual_mode()
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            beside = Path(file.name)
            try:
                file.write(data)
                file.close()
                beside.chmod(mode)
                beside.replace(target)
            except OSError:
                beside.unlink(missing_ok=True)
                raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise NotWrittenError(f"{path} cannot be written: {reason}") from error


def _usual_mode() -> int:
    """What a new file may be used for, as everywhere on this system."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
