"""Writing so that a reader finds the old or the new, and whoever comes after an interruption as well.

A file or a link is made beside its place, under a name that tells that it is unfinished, and moved there when it is on
the disk. What still has such a name when nobody writes is of a writer that was interrupted.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = ".unfinished-"


def write_whole(path: Path, text: str) -> None:
    """Write a file, in UTF-8 and with the line ends of the text."""
    fresh = _beside(path)
    fresh.write_text(text, encoding="utf-8", newline="")
    force(fresh)
    fresh.replace(path)
    force(path.parent)


def point(link: Path, target: Path, moment: int) -> None:
    """Point a link at a path relative to it; the link's own time is the moment, in seconds since 1970."""
    fresh = _beside(link)
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    os.utime(fresh, (moment, moment), follow_symlinks=False)
    fresh.replace(link)
    force(link.parent)


def copy(old: Path, new: Path) -> None:
    """Copy a file; where the file system can, both share their blocks until one is changed."""
    with old.open("rb") as source, new.open("wb") as target:
        left = os.fstat(source.fileno()).st_size
        try:
            while left > 0 and (done := os.copy_file_range(source.fileno(), target.fileno(), left)):
                left -= done
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
                raise
        if left:
            shutil.copyfileobj(source, target)


@contextmanager
def told_as_files() -> Iterator[None]:
    """Says of a disk that does not take a file of SQLite what is said of other files: raises OSError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) if full else OSError(str(error))) from error


def unfinished_folder(parent: Path) -> Path:
    """A new folder, to be renamed when it is finished."""
    folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=parent))
    folder.chmod(0o755)
    return folder


def exchange(fresh: Path, place: Path) -> None:
    """Put a folder where another may be, which is then where the first was: in one step where the system can.

    Elsewhere there is nothing at the place between two renames.
    """
    if not place.exists():
        fresh.rename(place)
    elif not _exchanged(fresh, place):
        aside = _beside(place)
        place.rename(aside)
        fresh.rename(place)
        aside.rename(fresh)
    force(place.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the kernel has exchanged two names (renameat2 of Linux, which not every file system has)."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    here, flags = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return rename is not None and rename(here, bytes(one.absolute()), here, bytes(other.absolute()), flags) == 0


def remove(folder: Path) -> None:
    """Remove a folder that others may be looking for: it is gone in one step, its files after it."""
    removed = _beside(folder)
    folder.rename(removed)
    shutil.rmtree(removed)


def sweep(folder: Path) -> None:
    """Remove what interrupted writers left in a folder."""
    for left in folder.glob(f"{UNFINISHED}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


def force(path: Path) -> None:
    """Wait until a file or a folder's entries are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _beside(path: Path) -> Path:
    return path.with_name(f"{UNFINISHED}{path.name}")
