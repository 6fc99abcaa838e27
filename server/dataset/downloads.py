"""The files that a release offers to take along: the whole and each part as N-Quads and TriG, plain and compressed.

A part's files stand beside it, compressed (server.publishing.parts). The whole is written nowhere: its files are those
of the parts one after another, in the order of their paths, while they are sent. So its length is known and any range
of it can be had; it has no checksum of its own, and is checked by those of the parts.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from server.publishing.manifest import Manifest, StoredPart
from server.publishing.parts import FORMS

WHOLE = "all"


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take along. `path` is that of the plain file, "report/ccpcj/31.nq"; sizes are in bytes.

    The checksums of the whole are "".
    """

    unit: str
    form: str
    path: str
    quads: int
    size: int
    sha256: str
    packed_size: int
    packed_sha256: str


def downloads_of(manifest: Manifest) -> tuple[Download, ...]:
    """The downloads of a release, the whole first; none where it was written without."""
    parts = [part for part in manifest.parts.values() if part.downloads]
    each = tuple(_of(part, form) for part in parts for form in FORMS)
    return (*(_whole(each, form) for form in FORMS), *each) if parts else ()


def download_at(manifest: Manifest, path: str) -> Download | None:
    """The download whose plain file has a path, None where there is none."""
    unit, _, form = path.rpartition(".")
    if unit == WHOLE:
        return next((one for one in downloads_of(manifest) if one.path == path), None)
    part = manifest.parts.get(unit)
    return _of(part, form) if part and form in part.downloads else None


def files_of(manifest: Manifest, download: Download) -> list[Path]:
    """The compressed files that make a download, one after another."""
    units = manifest.parts if download.unit == WHOLE else [download.unit]
    return [manifest.parts[unit].folder / f"all.{download.form}.gz" for unit in units if manifest.parts[unit].downloads]


def _of(part: StoredPart, form: str) -> Download:
    packed = part.downloads[form]
    return Download(
        part.path,
        form,
        f"{part.path}.{form}",
        part.quads,
        packed.size,
        packed.sha256,
        packed.packed_size,
        packed.packed_sha256,
    )


def _whole(each: Sequence[Download], form: str) -> Download:
    of_form = [one for one in each if one.form == form]
    quads, size, packed = (sum(getattr(one, name) for one in of_form) for name in ("quads", "size", "packed_size"))
    return Download(WHOLE, form, f"{WHOLE}.{form}", quads, size, "", packed, "")


class Joined(io.RawIOBase):
    """Files as one that can be read from anywhere. Of each the size is known, so that only what is read is opened."""

    def __init__(self, files: Sequence[tuple[Path, int]]) -> None:
        super().__init__()
        self._files = [path for path, _ in files]
        self._ends = list(accumulate(size for _, size in files))
        self._place, self._open, self._file = 0, -1, io.BytesIO()

    def readable(self) -> bool:
        """That it can be read."""
        return True

    def seekable(self) -> bool:
        """That it can be read from anywhere."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to an offset from the beginning, from here or from the end."""
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._ends[-1] if self._ends else 0}[whence]
        self._place = max(0, begin + offset)
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read into a buffer as much as stands in one file; 0 at the end."""
        number = bisect_right(self._ends, self._place)
        if number == len(self._files):
            return 0
        if number != self._open:
            self._file.close()
            self._file, self._open = self._files[number].open("rb"), number  # type: ignore[assignment]
        self._file.seek(self._place - (self._ends[number - 1] if number else 0))
        read = self._file.readinto(buffer)
        self._place += read
        return read

    def close(self) -> None:
        """Close the file that was read last."""
        self._file.close()
        super().close()


def joined(manifest: Manifest, download: Download) -> Joined:
    """The compressed bytes of the whole."""
    sizes = [part.downloads[download.form].packed_size for part in manifest.parts.values() if part.downloads]
    return Joined(list(zip(files_of(manifest, download), sizes, strict=True)))


def pieces(files: Sequence[Path], size: int = 1 << 20) -> Iterator[bytes]:
    """What compressed files expand to, one after another, a megabyte at a time."""
    import gzip

    for path in files:
        with gzip.open(path) as packed:
            while piece := packed.read(size):
                yield piece
