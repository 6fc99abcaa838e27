"""A backup put back: all of it is unpacked beside what is served and held against its sums, then exchanged.

Readers find the releases as they were or as they are in the backup. An error changes nothing. Who is interrupted while
the folders are exchanged restores again.
"""

from __future__ import annotations

import gzip
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.operations.backup import MANIFEST, BackupError, Manifest, measured
from server.publishing.disk import exchange, force, point, unfinished_folder
from server.publishing.history import FOLDER
from server.publishing.manifest import PARTS
from server.publishing.release import CORRECTIONS, CURRENT, LOCK, PREVIOUS, RELEASES, release_at, writing


def restore(file: Path, data: Path, replace: bool = False) -> Manifest:
    """Put what a backup holds into an empty data folder, or with `replace` in the place of what one holds.

    Returns what the backup holds. Raises BackupError for a file that is no whole backup, for a folder that is not empty
    and for want of room; ReleaseError where a build is writing or the folder cannot be written.
    """
    manifest = manifest_of(file)
    with writing(data):
        _check_room(data, manifest, replace)
        folder = unfinished_folder(data)
        try:
            _unpack(file, manifest, folder)
            _exchange(folder, data, manifest)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return manifest


def manifest_of(file: Path) -> Manifest:
    """What a backup holds. Raises BackupError where the file is none."""
    with _reading(file) as tar:
        first = tar.next()
        content = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
        if content is None:
            raise BackupError(f"{file} is not a backup of recalling: it does not begin with {MANIFEST}")
        try:
            return Manifest.of(content.read().decode())
        except ValueError as error:
            raise BackupError(f"{file} cannot be restored: {error}") from error


@contextmanager
def _reading(file: Path) -> Iterator[tarfile.TarFile]:
    """A backup to be read once, from its beginning."""
    try:
        with gzip.open(file) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            yield tar
    except (gzip.BadGzipFile, tarfile.TarError, EOFError, zlib.error) as error:
        raise BackupError(f"{file} is not a backup, or is truncated or damaged: {error}") from error


def _check_room(data: Path, manifest: Manifest, replace: bool) -> None:
    held = [path.name for path in data.iterdir() if path.name not in (LOCK, RELEASES)]
    if not replace and (held or any((data / RELEASES).iterdir())):
        raise BackupError(f"{data} is not empty; name another folder, or replace what it holds with --force")
    free = shutil.disk_usage(data).free
    if manifest.size > free:
        raise BackupError(f"the backup needs {manifest.size} bytes in {data}, where {free} are free")


def _unpack(file: Path, manifest: Manifest, folder: Path) -> None:
    """Write the files of a backup into a folder and hold each against its sum.

    Only what the list names is written, as a plain file, at the path in the list, which was checked to stay inside.
    """
    left = dict(manifest.files)
    with _reading(file) as tar:
        for member in tar:
            if member.name == MANIFEST:
                continue
            expected = left.pop(member.name, None)
            content = tar.extractfile(member) if member.isreg() else None
            if expected is None or content is None or member.size != expected.size:
                raise BackupError(f"{file} holds {member.name!r}, which is not as its list has it")
            path = folder / member.name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as copy:
                shutil.copyfileobj(content, copy)
            if measured(path) != expected:
                raise BackupError(f"{file} is damaged: the sum of {member.name} is not that of its list")
    if left:
        raise BackupError(f"{file} is not whole: it lacks {len(left)} files, {min(left)} among them")


def _exchange(folder: Path, data: Path, manifest: Manifest) -> None:
    """Put all that a backup holds, and the links, in their places; what was there is left in the folder."""
    for identity in manifest.releases:
        release_at(folder / RELEASES / identity)
    for path in sorted(folder.rglob("*"), reverse=True):
        force(path)
    (data / PARTS).mkdir(exist_ok=True)
    for part in sorted((folder / PARTS).iterdir()) if (folder / PARTS).exists() else ():
        exchange(part, data / PARTS / part.name)
    for identity in manifest.releases:
        exchange(folder / RELEASES / identity, data / RELEASES / identity)
    (folder / FOLDER).mkdir(exist_ok=True)
    exchange(folder / FOLDER, data / FOLDER)
    if any((place / CORRECTIONS).exists() for place in (folder, data)):
        (folder / CORRECTIONS).mkdir(exist_ok=True)
        exchange(folder / CORRECTIONS, data / CORRECTIONS)
    point(data / CURRENT, Path(RELEASES) / manifest.current, manifest.published)
    if manifest.previous:
        point(data / PREVIOUS, Path(RELEASES) / manifest.previous, manifest.published)
    else:
        (data / PREVIOUS).unlink(missing_ok=True)
