"""Releases on disk: what is served is always one whole release, old or new.

    DATA/releases/<id>/release.json     the manifest: id, base, version, the parts with their graphs, counts and hashes
                       store/           the quads, indexed
                       statistics.json  how much there is of what
                       schema.json      and of what in which classes
                       search-2.sqlite  made of the store, for those who search
                       things-1.sqlite  which parts say something of which thing (server.descriptions)
    DATA/parts/<id>/                    what the releases are made of (server.publishing.parts)
    DATA/current -> releases/<id>       DATA/previous -> the one before
    DATA/sources/<sha256>/              files as they came (server.publishing.sources)
    DATA/corrections/                   what an operator withdraws or replaces (server.publishing.corrections)
    DATA/history/                       what was published when, and what changed (server.publishing.history)
    DATA/lock                           held while a build writes

The id is a hash of what the release holds, so that the same reports make the same release. A release is written in
a folder beside the others, forced to the disk and renamed; then the link is replaced, whose time is that of the
publication. No file of a release depends on the clock. Whatever moment a writer is interrupted at, the next one finds
a whole release, and finishes what is to be done after the link was replaced.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mappings.iris import encode
from ontology.terms import BASE
from server.publishing.disk import force, point, remove, sweep, unfinished_folder
from server.publishing.dumps import joined, lines
from server.publishing.gone import remember
from server.publishing.history import FOLDER, History, following
from server.publishing.manifest import FILE, LINE, PARTS, Manifest, StoredPart, is_report, read_manifest

CURRENT, PREVIOUS, RELEASES, LOCK = "current", "previous", "releases", "lock"
SOURCES, CORRECTIONS = "sources", "corrections"
_TEXTS = (".ttl", ".json", ".jsonl", ".txt")  # of a part, beside its graphs
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


@dataclass(frozen=True, slots=True, order=True)
class OwnName:
    """A part that is of no document: "ontology", "links", "chain", "similar" or "release"."""

    path: str

    @property
    def graph(self) -> str:
        """The IRI of the graph of what is asserted in it, with the default base."""
        return f"{BASE}graph/{self.path}"


PartName = ReportName | WorkName | OwnName


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
    def names(self) -> tuple[ReportName | WorkName, ...]:
        """What it holds: reports in the order of body and session, then official texts in that of their symbols."""
        return (*sorted(self.reports), *sorted(self.works))

    @property
    def store(self) -> Path:
        """The folder of the indexed quads."""
        return self.folder / "store"

    @property
    def manifest(self) -> Manifest:
        """What it is made of."""
        return read_manifest(self.folder)

    def dump(self, path: str) -> Path:
        """The place of a dump: "report/ccpcj/31/asserted.nq"."""
        return self.manifest.file(f"dumps/{path}")

    def dumps(self) -> dict[str, Path]:
        """The places of all dumps by their paths, "dumps/report/ccpcj/31/asserted.nq", in order."""
        manifest = self.manifest
        return {graph.file: manifest.file(graph.file) for graph in manifest.graphs}


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
        manifest = read_manifest(folder)
        reports = tuple(_report_name(part) for part in manifest.reports)
        works = tuple(_work_name(part) for part in manifest.works)
        return Release(folder, manifest.id, manifest.base, reports, works)
    except (OSError, ValueError, KeyError) as error:
        raise ReleaseError(f"{folder} is not a whole release ({error}); build into another folder") from error


def _report_name(part: StoredPart) -> ReportName:
    record = part.record
    return ReportName(record["body"], record["session"], record.get("sessionName", ""))


def _work_name(part: StoredPart) -> WorkName:
    return WorkName(str(part.record["symbol"]))


def name_of(part: StoredPart) -> ReportName | WorkName:
    """The name of a report or official text."""
    return _report_name(part) if is_report(part.path) else _work_name(part)


class PartFiles(Mapping[str, str]):
    """The files of a part by their names, with the default base: each is read from the disk when it is asked for."""

    def __init__(self, part: StoredPart, base: str) -> None:
        self._base = base
        graphs = {graph.file.removeprefix(f"dumps/{part.path}/"): part.file(graph.file) for graph in part.graphs}
        others = (path for path in part.file(".").glob("*") if path.suffix in _TEXTS and path.name != LINE)
        self._paths = {**graphs, **{path.name: path for path in others}}

    def __getitem__(self, name: str) -> str:
        text = self._paths[name].read_text(encoding="utf-8")
        return moved({name: text}, self._base, BASE)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._paths))

    def __len__(self) -> int:
        return len(self._paths)


def part_named(manifest: Manifest, name: PartName) -> Part:
    """A part of a release, its files to be read when they are asked for."""
    return Part(name, PartFiles(manifest.parts[name.path], manifest.base))


def parts_of(release: Release) -> Iterator[Part]:
    """The reports and official texts of a release, with the default base, in their order."""
    manifest = release.manifest
    return (part_named(manifest, name) for name in release.names)


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
            for folder in (data, data / RELEASES, data / FOLDER, data / SOURCES, data / PARTS):
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


def write(data: Path, identity: str, fill: Callable[[Path], Manifest]) -> Release:
    """Write a release of that id and serve it. Call it under `writing`.

    `fill` makes all of its folder but the manifest, which it returns. Either all of it is there in the end or what was
    served stays as it was.
    """
    final = data / RELEASES / identity
    if not final.exists():
        unfinished = unfinished_folder(data / RELEASES)
        try:
            manifest = fill(unfinished)
            (unfinished / FILE).write_text(manifest.text, encoding="utf-8")
            for path in sorted(unfinished.rglob("*"), reverse=True):
                force(path)
            force(unfinished)
            unfinished.rename(final)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        force(final.parent)
    serve(data, final)
    return release_at(final)


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
    folders = [folder for folder in sorted((data / RELEASES).iterdir()) if not folder.name.startswith(".")]
    own = {name: _own_parts(data / RELEASES / name) for name in (folder.name for folder in folders)}
    needed = {place for name, places in own.items() if name in kept for place in places}
    for folder in (folder for folder in folders if folder.name not in kept):
        remove(folder)
        for place in own[folder.name] - needed:
            if place.exists():
                remove(place)


def _own_parts(folder: Path) -> set[Path]:
    """The folders of the parts of a release that are of no document: they go with the last release that has them."""
    try:
        parts = read_manifest(folder).parts
    except (OSError, ValueError, KeyError):  # a release that is damaged can be removed as well
        return set()
    return {parts[path].folder for path in ("links", "chain", "similar", "release") if path in parts and parts[path].id}


def orphans(data: Path) -> list[Path]:
    """The folders of the parts that no release names. Call it under `writing`."""
    releases = [release_at(folder) for folder in (data / RELEASES).iterdir()]
    named = {part.id for release in releases for part in release.manifest.parts.values()}
    places = (data / PARTS).iterdir() if (data / PARTS).is_dir() else ()
    return [place for place in sorted(places) if place.name not in named]


def digest(files: Mapping[str, str], *more: str) -> str:
    """Sixteen hexadecimal digits that tell one content from another."""
    total = hashlib.sha256()
    for word in (*more, *(item for name in sorted(files) for item in (name, sha256(files[name])))):
        total.update(word.encode() + b"\0")
    return total.hexdigest()[:16]


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
