"""A backup: one compressed tar with all that is needed to serve the same releases again, at the same addresses.

    recalling-backup.json     first: the format's edition, the releases, each file with its size and its SHA-256
    releases/<id>/…           the served release and the previous one, whole: with their stores, so that the answers
                              are the same whichever version of the program restores them
    parts/<id>/…              the parts that these are made of, each once
    history/…                 the publications, what is gone, the ontology's documents by version
    corrections/…             what an operator withdraws or replaces

What a release folder holds never changes after its publication, so that it is copied while readers use it; only
builds have to wait. The same data make the same bytes.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO

from server.publishing.disk import UNFINISHED, force
from server.publishing.history import FOLDER
from server.publishing.manifest import PARTS, read_manifest
from server.publishing.release import CORRECTIONS, CURRENT, LOCK, PREVIOUS, RELEASES, ReleaseError, current

MANIFEST = "recalling-backup.json"
EDITION = 2
_READ = (1, EDITION)  # the first had releases that were written whole
_NAME = re.compile(r"[\w-][\w.-]*")


class BackupError(Exception):
    """A backup that cannot be written, or must not be restored; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a backup: its bytes and their SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `published` is when the current release was, in seconds since 1970; `previous` may be ""."""

    version: str
    current: str
    published: int
    previous: str
    files: Mapping[str, File]

    @property
    def releases(self) -> tuple[str, ...]:
        """The ids of the releases, the previous one first."""
        return tuple(dict.fromkeys(identity for identity in (self.previous, self.current) if identity))

    @property
    def size(self) -> int:
        """The bytes of all files, as they are when they are restored."""
        return sum(file.size for file in self.files.values())

    def as_json(self) -> str:
        """The text of the list that a backup begins with."""
        return json.dumps({"edition": EDITION, **asdict(self)}, indent=1) + "\n"

    @staticmethod
    def of(text: str) -> Manifest:
        """The list in a text. Raises ValueError where it is none, is of another edition or names files elsewhere."""
        record = json.loads(text)
        if not isinstance(record, dict) or record.pop("edition", None) not in _READ:
            raise ValueError(f"this program restores editions up to {EDITION}")
        try:
            files = {str(name): File(**file) for name, file in record.pop("files").items()}
            manifest = Manifest(**record, files=files)
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"its list is not whole: {error}") from error
        for name in files:
            _check(name, manifest.releases)
        return manifest


def _check(name: str, releases: tuple[str, ...]) -> None:
    """Raises ValueError for a path of no release of the backup, no part, and neither history nor corrections."""
    folder, *rest = name.split("/")
    inside = (
        folder == FOLDER
        or (folder == CORRECTIONS and len(rest) == 1)
        or (folder == RELEASES and len(rest) > 1 and rest[0] in releases)
        or (folder == PARTS and len(rest) == 2)
    )
    if not inside or not rest or not all(_NAME.fullmatch(part) for part in rest):
        raise ValueError(f"{name!r} is no place in a data folder")


def back_up(data: Path, file: Path) -> Manifest:
    """Write a backup of a data folder to a file, whole or not at all, and say what it holds.

    Raises ReleaseError where nothing is published or a build is writing, BackupError where the file cannot be written.
    """
    fresh = file.with_name(f"{UNFINISHED}{file.name}")
    with _unchanging(data):
        manifest = _manifest(data)
        try:
            with fresh.open("wb") as stream:
                _write(stream, data, manifest)
            force(fresh)
            fresh.replace(file)
            force(file.parent)
        except OSError as error:
            raise BackupError(f"cannot write {file}: {error.strerror or error}") from error
        finally:
            fresh.unlink(missing_ok=True)
    return manifest


@contextmanager
def _unchanging(data: Path) -> Iterator[None]:
    """Keep builds from changing a data folder; readers are not concerned."""
    if not (data / LOCK).exists():  # nobody has built here
        yield
        return
    with (data / LOCK).open() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError(f"a build is writing to {data}; wait for it to end") from error
        yield


def _manifest(data: Path) -> Manifest:
    release = current(data)
    if release is None:
        raise ReleaseError(f"there is no release in {data} to back up")
    before = data / PREVIOUS
    previous = before.resolve().name if before.exists() else ""
    releases = [data / RELEASES / name for name in {release.folder.name, previous} if name]
    parts = {part.folder for one in releases for part in read_manifest(one).parts.values() if part.id}
    folders = [data / CORRECTIONS, data / FOLDER, *releases, *parts]
    paths = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    names = sorted(path.relative_to(data).as_posix() for path in paths if not path.name.startswith("."))
    return Manifest(
        version=version("recalling"),
        current=release.folder.name,
        published=int((data / CURRENT).lstat().st_mtime),
        previous=previous,
        files={name: measured(data / name) for name in names},
    )


def measured(path: Path) -> File:
    """The size and the sum of a file."""
    with path.open("rb") as content:
        return File(os.fstat(content.fileno()).st_size, hashlib.file_digest(content, "sha256").hexdigest())


def _write(stream: IO[bytes], data: Path, manifest: Manifest) -> None:
    with (
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=stream, mtime=0) as compressed,
        tarfile.open(fileobj=compressed, mode="w|") as tar,
    ):
        text = manifest.as_json().encode()
        _add(tar, MANIFEST, len(text), io.BytesIO(text))
        for name, file in manifest.files.items():
            with (data / name).open("rb") as content:
                _add(tar, name, file.size, content)


def _add(tar: tarfile.TarFile, name: str, size: int, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o644
    tar.addfile(member, content)
