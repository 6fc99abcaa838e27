"""The files that a release offers to take along: the whole and each unit as N-Quads and TriG, compressed.

    RELEASE/downloads/all.nq.gz  all.trig.gz  report/ccpcj/31.nq.gz  report/ccpcj/31.trig.gz  links.nq.gz …
    RELEASE/downloads.json       what each holds, its sizes and checksums, compressed and plain

Only the compressed files stand on the disk; the plain ones are what they expand to. The same quads make the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from server.publishing.units import by_unit
from server.requests import prefixes

WHOLE = "all"
FOLDER, MANIFEST = "downloads", "downloads.json"
FORMS = ("nq", "trig")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take along. `path` is that of the plain file, "report/ccpcj/31.nq"; sizes are in bytes."""

    unit: str
    form: str
    path: str
    quads: int
    size: int
    sha256: str
    packed_size: int
    packed_sha256: str


class _Measured:
    """A file that is written compressed, without a time in its head, and counted and hashed on its way."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._packed = gzip.GzipFile(filename="", mode="wb", fileobj=self._file, mtime=0, compresslevel=6)
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self._hash.update(data)
        return self._packed.write(data)

    def flush(self) -> None:
        """Nothing: a flush would change the compressed bytes."""

    def close(self) -> str:
        """The hash of what was written, when all of it is in the file."""
        self._packed.close()
        self._file.close()
        return self._hash.hexdigest()


class _OrderedPrefixes:
    """Passes Turtle on with the prefixes at its head in order: the engine writes them in a different one each time."""

    def __init__(self, output: _Measured) -> None:
        self._output = output
        self._head = b""
        self._in_head = True

    def write(self, data: bytes) -> int:
        if not self._in_head:
            return self._output.write(data)
        self._head += data
        if any(line[:8] != b"@prefix "[: len(line)] for line in self._head.split(b"\n")):
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Pass the head on; what comes after it is not held back any more."""
        if self._in_head:
            lines = self._head.splitlines(keepends=True)
            prefixes = [line for line in lines if line.startswith(b"@prefix ")]
            self._output.write(b"".join([*sorted(prefixes), *lines[len(prefixes) :]]))
            self._in_head = False


def write_downloads(folder: Path, base: str) -> None:
    """Write the downloads of the release in a folder and their manifest."""
    units = by_unit(path.relative_to(folder).as_posix() for path in (folder / "dumps").rglob("*.nq"))
    whole = tuple(dump for dumps in units.values() for dump in dumps)
    made = [
        _write(folder, unit, form, dumps, base) for unit, dumps in {WHOLE: whole, **units}.items() for form in FORMS
    ]
    manifest = json.dumps([asdict(download) for download in made], indent=1) + "\n"
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")


def read_downloads(folder: Path) -> tuple[Download, ...]:
    """The downloads of the release in a folder, none where it was built without."""
    path = folder / MANIFEST
    if not path.is_file():
        return ()
    return tuple(Download(**record) for record in json.loads(path.read_text(encoding="utf-8")))


def _write(folder: Path, unit: str, form: str, dumps: Sequence[str], base: str) -> Download:
    path = folder / FOLDER / f"{unit}.{form}.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    output = _Measured(path)
    files = [folder / dump for dump in dumps]
    if form == "nq":
        for piece in chain.from_iterable(map(_pieces, files)):
            output.write(piece)
    else:
        quads = chain.from_iterable(ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS) for file in files)
        ordered = _OrderedPrefixes(output)
        ox.serialize(quads, cast(BinaryIO, ordered), ox.RdfFormat.TRIG, prefixes=dict(prefixes(base)))
        ordered.flush()
    digest = output.close()
    count = sum(piece.count(b"\n") for file in files for piece in _pieces(file))
    packed = hashlib.sha256()
    for piece in _pieces(path):
        packed.update(piece)
    size = path.stat().st_size
    return Download(unit, form, f"{unit}.{form}", count, output.size, digest, size, packed.hexdigest())


def _pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a megabyte at a time."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
