"""Hide the differences between operating systems: links, locks and exchanging names."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

_NO_EXCHANGE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
"""The errors of the kernel if it, or this file system, cannot exchange two names."""

_IN_THIS_FOLDER = -100
_EXCHANGE = 2
"""The flag has the same value on Linux (`RENAME_EXCHANGE`) and on macOS (`RENAME_SWAP`)."""


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """The place of the lock: after the text, so that other programs can still read the text."""

    _PATIENCE = (0.1, 0.2, 0.4, 0.8)
    """Seconds between attempts: virus scanners and indexers hold new files open for a moment."""

    def exchange(first: Path, second: Path) -> bool:  # noqa: ARG001
        """Exchange two names in one step; return false, without changes, if this system cannot."""
        return False

    def file_handles() -> int:
        """Return how many files this process can have open."""
        return 512

    def lock(file: int) -> bool:
        """Take the lock of an open file, unless another process has it; it ends with the process."""
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True

    def remove_locked(file: int, path: Path) -> None:
        """Remove a file that this process has locked, unless another process is waiting for it."""
        # An open file cannot be removed here, so a waiting process cannot lose it either.
        os.close(file)
        with suppress(OSError):
            path.unlink()

    def rename(path: Path, target: Path) -> None:
        """Give a file or folder another name, once no other program holds it open."""
        for pause in _PATIENCE:
            try:
                path.rename(target)
            except PermissionError:
                time.sleep(pause)
            else:
                return
        path.rename(target)

    def is_link(path: Path | os.DirEntry[str]) -> bool:
        """Return whether a path is a link: symbolic, or what Windows calls a junction."""
        try:
            return path.stat(follow_symlinks=False).st_reparse_tag in _LINKS
        except OSError:
            return False

    _LINKS = {stat.IO_REPARSE_TAG_SYMLINK, stat.IO_REPARSE_TAG_MOUNT_POINT}

else:
    import fcntl
    import resource

    def exchange(first: Path, second: Path) -> bool:
        """Exchange two names in one step; return false, without changes, if this system cannot."""
        library = ctypes.CDLL(None, use_errno=True)
        names, flag = (os.fsencode(first), os.fsencode(second)), ctypes.c_uint(_EXCHANGE)
        if sys.platform == "darwin":
            call, words = getattr(library, "renamex_np", None), (*names, flag)
        else:
            call = getattr(library, "renameat2", None)
            words = (_IN_THIS_FOLDER, names[0], _IN_THIS_FOLDER, names[1], flag)
        if call is None:
            return False
        if call(*words) == 0:
            return True
        code = ctypes.get_errno()
        if code in _NO_EXCHANGE:
            return False
        raise OSError(code, os.strerror(code), str(second))

    def file_handles() -> int:
        """Return how many files this process can have open."""
        limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        return sys.maxsize if limit == resource.RLIM_INFINITY else limit

    def lock(file: int) -> bool:
        """Take the lock of an open file, unless another process has it; it ends with the process."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        # Child processes hold the lock, too. They might continue to write after this one has been killed.
        os.set_inheritable(file, True)  # noqa: FBT003
        return True

    def remove_locked(file: int, path: Path) -> None:
        """Remove a file that this process has locked, unless another process is waiting for it."""
        # Remove it while locked: a waiting process notices and starts again.
        path.unlink(missing_ok=True)
        os.close(file)

    def rename(path: Path, target: Path) -> None:
        """Give a file or folder another name, once no other program holds it open."""
        path.rename(target)

    def is_link(path: Path | os.DirEntry[str]) -> bool:
        """Return whether a path is a link: symbolic, or what Windows calls a junction."""
        return path.is_symlink()
