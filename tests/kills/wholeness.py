"""Whether a data folder serves one whole release, and whether nothing of an interrupted writer is left in it."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from server.dataset.downloads import WHOLE, downloads_of, files_of
from server.intake.jobs import Jobs
from server.publishing.history import History
from server.publishing.manifest import Manifest
from server.publishing.release import current
from server.questions import questions
from server.table import ask
from tests.kills.watch import COUNT

MADE = ("release.json", "statistics.json", "schema.json", "store", "search-2.sqlite", "things-1.sqlite")


@dataclass(frozen=True, slots=True)
class Whole:
    """A release that was found whole: its id and how many quads its named graphs hold."""

    id: str
    quads: int


def whole(data: Path) -> Whole:
    """The release that is served, and the last of the history. Raises AssertionError where any of it disagrees."""
    found, history = served(data), History(data)
    entries = history.newest(len(history))
    assert entries[0].release == found.id, "the history ends with another release"
    assert [entry.number for entry in entries] == list(range(len(entries), 0, -1))
    return found


def served(data: Path) -> Whole:
    """The release that is served from a folder. Raises AssertionError where any of it is missing or disagrees."""
    release = current(data)
    assert release is not None, "no release is served"
    folder = release.folder
    missing = [name for name in MADE if not (folder / name).exists()]
    assert not missing, f"{folder} is without {missing}"
    lines: set[str] = set()
    for graph in release.manifest.graphs:
        dump = release.manifest.file(graph.file).read_bytes()
        assert hashlib.sha256(dump).hexdigest() == graph.sha256, graph.file
        assert dump.count(b"\n") == graph.quads, graph.file
        lines.update(line for line in dump.decode().split("\n") if line)
    _check_downloads(release.manifest)
    store = Store.read_only(str(release.store))
    (named,) = (int(row["n"].value) for row in store.query(COUNT))
    assert named == len(lines), f"the store holds {named} quads, the dumps {len(lines)}"
    assert len(store) == named + len({line[: line.rindex(" <")] for line in lines})
    ask(release.store, questions()[0].at(release.base))
    return Whole(release.id, named)


def _check_downloads(manifest: Manifest) -> None:
    downloads = downloads_of(manifest)
    assert downloads
    for download in downloads:
        packed = b"".join(file.read_bytes() for file in files_of(manifest, download))
        plain = gzip.decompress(packed)
        assert (len(packed), len(plain)) == (download.packed_size, download.size)
        if download.unit != WHOLE:
            hashes = hashlib.sha256(plain).hexdigest(), hashlib.sha256(packed).hexdigest()
            assert hashes == (download.sha256, download.packed_sha256)


def tidy(data: Path, keep: int = 2) -> None:
    """Check what a writer that ended well leaves. Raises AssertionError."""
    left = [
        path for folder in (data, data / "releases", data / "history", data / "parts") for path in folder.glob(".*")
    ]
    assert not left, f"unfinished: {left}"
    assert all(job.state.ended for job in Jobs(data).all()), "a job that nobody works on does not end"
    assert len(list((data / "releases").iterdir())) <= keep
    history = History(data)
    if len(history) > 1:
        assert (data / "previous").resolve().name == history.newest(1, 1)[0].release, "previous is not the one before"
