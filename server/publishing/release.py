"""Releases on disk: what is served is always one whole release, old or new.

    DATA/releases/<id>/store/                      the quads, indexed
                       dumps/ontology.nq           vocabulary, concept schemes and their closure
                       dumps/release.nq            the release's own description
                       dumps/report/<body>/<n>/    one report: asserted, inferred and evidence quads, sorted;
                                                   validation.ttl, coverage.json, report.json
                       validation.ttl              the validation results of all reports
                       coverage.json               how much of each report was understood
                       release.json                id, base, version, graphs with counts and hashes, reports
                       downloads/ downloads.json statistics.json sitemaps/   made of the above, for those who take it
                       search-1.sqlite             made of the store, for those who search
    DATA/current -> releases/<id>                  DATA/previous -> the one before
    DATA/sources/<sha256>/                         files as they came (server.publishing.sources)
    DATA/history/                                  what was published when, and what changed (server.history)
    DATA/lock                                      held while a build writes

The id is a hash of what the release holds, so that the same reports make the same release. A release is written in
a folder beside the others, forced to the disk and renamed; then the link is replaced, whose time is that of the
publication. No file of a release depends on the clock. Whatever moment a writer is interrupted at, the next one finds
a whole release, and finishes what is to be done after the link was replaced.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyoxigraph import Quad, RdfFormat, Store, parse

from mappings.iris import encode
from ontology.terms import BASE
from server.publishing.disk import force, point, remove, sweep, unfinished_folder
from server.publishing.dumps import joined, lines
from server.publishing.gone import remember
from server.publishing.history import FOLDER, History, following

CURRENT, PREVIOUS, RELEASES, LOCK = "current", "previous", "releases", "lock"
SOURCES = "sources"
_TOKEN = re.compile(r'''"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\]|\\.)*"|<[^>]*>''', re.DOTALL)


class ReleaseError(Exception):
    """A release that cannot be written or read; the message names the folder and says what to do."""


class AnotherBuildError(ReleaseError):
    """Another build is writing to the data folder."""


@dataclass(frozen=True, slots=True, order=True)
class ReportName:
    """The report a part is about: the body's key, the session's ordinal or year, and its name if it is no number."""

    body: str
    session: int
    session_name: str = ""

    @property
    def path(self) -> str:
        """Its folder in the dumps, and its graph after `graph/`: "report/ccpcj/31"."""
        return f"report/{self.body}/{self.session_name or self.session}"

    @property
    def graph(self) -> str:
        """The IRI of the graph of its asserted facts, with the default base."""
        return f"{BASE}graph/{self.path}"


@dataclass(frozen=True, slots=True, order=True)
class WorkName:
    """The official text a part is about, by its symbol."""

    symbol: str

    @property
    def path(self) -> str:
        """Its folder in the dumps, and its graph after `graph/`: "document/A/RES/77/231"."""
        return f"document/{encode(self.symbol)}"

    @property
    def graph(self) -> str:
        """The IRI of the graph of its asserted facts, with the default base."""
        return f"{BASE}graph/{self.path}"


PartName = ReportName | WorkName


@dataclass(frozen=True, slots=True)
class Part:
    """All that a release holds of one report or official text: its files by their names, with the default base."""

    name: PartName
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Release:
    """A release that stands on the disk."""

    folder: Path
    id: str
    base: str
    reports: tuple[ReportName, ...]
    works: tuple[WorkName, ...] = ()

    @property
    def names(self) -> tuple[PartName, ...]:
        """What it holds: reports in the order of body and session, then official texts in that of their symbols."""
        return (*sorted(self.reports), *sorted(self.works))

    @property
    def store(self) -> Path:
        """The folder of the indexed quads."""
        return self.folder / "store"

    @property
    def dumps(self) -> Path:
        """The folder of the sorted N-Quads."""
        return self.folder / "dumps"


def rebase(text: str, old: str, new: str) -> str:
    """N-Quads or Turtle with each IRI of one base moved to the other.

    Literals stay as they are, but for those that are the whole address of the base or of its vocabulary, such as the
    namespace that the vocabulary prefers.
    """
    addresses = {f'"{old}{path}"': f'"{new}{path}"' for path in ("", "def/")}

    def move(token: re.Match[str]) -> str:
        word = token.group()
        if word in addresses:
            return addresses[word]
        return f"<{new}{word[len(old) + 1 :]}" if word.startswith(f"<{old}") else word

    return text if old == new else _TOKEN.sub(move, text)


def current(data: Path) -> Release | None:
    """The release that is served from a data folder, None where there is none yet."""
    return release_at((data / CURRENT).resolve()) if (data / CURRENT).exists() else None


def release_at(folder: Path) -> Release:
    """The release in a folder. Raises ReleaseError where it is not whole."""
    try:
        record = json.loads((folder / "release.json").read_text(encoding="utf-8"))
        reports = tuple(
            ReportName(report["body"], report["session"], report.get("sessionName", "")) for report in record["reports"]
        )
        works = tuple(WorkName(work["symbol"]) for work in record.get("works", ()))
        return Release(folder, record["id"], record["base"], reports, works)
    except (OSError, ValueError, KeyError) as error:
        raise ReleaseError(f"{folder} is not a whole release ({error}); build into another folder") from error


def parts_of(release: Release) -> Iterator[Part]:
    """The parts of a release, with the default base again, in their order."""
    for name in release.names:
        folder = release.dumps / name.path
        files = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir()) if file.is_file()}
        yield Part(name, moved(files, release.base, BASE))


def moved(files: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    """Files of a release with another base: the IRIs of N-Quads (sorted again) and Turtle change, other files stay."""
    if old == new:
        return dict(files)

    def move(name: str, text: str) -> str:
        if name.endswith(".nq"):
            return joined(lines(rebase(text, old, new)))
        return rebase(text, old, new) if name.endswith(".ttl") else text

    return {name: move(name, text) for name, text in files.items()}


@contextmanager
def writing(data: Path) -> Iterator[None]:
    """Hold the lock of a data folder; AnotherBuildError where it is held, ReleaseError where the folder takes nothing.

    What an interrupted build left behind is removed, and what it left undone is done.
    """
    try:
        (data / RELEASES).mkdir(parents=True, exist_ok=True)
        with (data / LOCK).open("w") as handle:
            _hold(handle, data)
            for folder in (data, data / RELEASES, data / FOLDER, data / SOURCES):
                sweep(folder)
            _point_to_previous(data)
            yield
    except OSError as error:  # of the engine as well
        raise ReleaseError(f"cannot write to {data}: {error.strerror or error}") from error


def _hold(handle: IO[str], data: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AnotherBuildError(f"another build is writing to {data}; wait for it to end") from error


def write(
    data: Path, files: Mapping[str, str], identity: str, complete: Callable[[Path], None] = lambda _: None
) -> Release:
    """Write a release of the given files (path in the release → contents) and serve it.

    `complete` adds to its folder what is made of them and of the store. Call it under `writing`. Either all of it is
    there in the end or what was served stays as it was.
    """
    final = data / RELEASES / identity
    if not final.exists():
        unfinished = unfinished_folder(data / RELEASES)
        try:
            _fill(unfinished, files, complete)
            unfinished.rename(final)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        force(final.parent)
    serve(data, final)
    return release_at(final)


def _fill(folder: Path, files: Mapping[str, str], complete: Callable[[Path], None]) -> None:
    store = Store(str(folder / "store"))
    for name, text in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        if name.endswith(".nq"):
            _load(store, path)
    store.flush()
    store.optimize()
    del store
    complete(folder)
    for path in sorted(folder.rglob("*"), reverse=True):
        force(path)
    force(folder)


def _load(store: Store, path: Path) -> None:
    """Load a dump into its named graphs and, each statement once, into the default graph.

    The engine's own union of named graphs counts a statement as often as there are graphs that hold it; the union that
    SPARQL defines (RDF 1.1 Semantics, merge of graphs) counts it once.
    """
    store.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
    store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in parse(path=str(path), format=RdfFormat.N_QUADS))


def serve(data: Path, final: Path) -> None:
    """Point `current` at a release and `previous` at the one that was served before, and keep it in the history.

    Call it under `writing`. Nothing changes where the release is served already.
    """
    history = History(data)
    served = (data / CURRENT).resolve() if (data / CURRENT).exists() else None
    if served is not None and not len(history):
        history.append(following(data, None, served, int((data / CURRENT).lstat().st_mtime)))
    if served == final.resolve():
        return
    entry = following(data, served, final, int(time.time()))
    history.append(entry)
    if served is not None and release_at(served).base == entry.base:
        remember(data, served, final, entry)
    point(data / CURRENT, Path(RELEASES) / final.name, entry.published)
    _point_to_previous(data)


def _point_to_previous(data: Path) -> None:
    """Point `previous` at the release before the served one, where the history knows it and it is there."""
    newest = History(data).newest(2)
    if len(newest) == 2 and (data / RELEASES / newest[1].release).is_dir():
        target = Path(RELEASES) / newest[1].release
        link = data / PREVIOUS
        if not link.is_symlink() or link.readlink() != target:
            point(link, target, newest[0].published)


def roll_back(data: Path) -> Release:
    """Serve the previous release again; what was served becomes the previous one. Raises ReleaseError without one."""
    with writing(data):
        previous = data / PREVIOUS
        if not previous.exists():
            raise ReleaseError(f"there is no release before the one that {data} serves")
        final = previous.resolve()
        serve(data, final)
        return release_at(final)


def prune(data: Path, keep: int) -> None:
    """Remove all but the last `keep` releases; the current and the previous one stay. Call it under `writing`."""
    newest = [entry.release for entry in History(data).newest(keep)]
    kept = {*newest, *((data / link).resolve().name for link in (CURRENT, PREVIOUS))}
    for folder in sorted((data / RELEASES).iterdir()):
        if folder.name not in kept and not folder.name.startswith("."):
            remove(folder)


def digest(files: Mapping[str, str], *more: str) -> str:
    """Sixteen hexadecimal digits that tell one content from another."""
    total = hashlib.sha256()
    for word in (*more, *(item for name in sorted(files) for item in (name, sha256(files[name])))):
        total.update(word.encode() + b"\0")
    return total.hexdigest()[:16]


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
