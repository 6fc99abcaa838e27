"""What a release is made of: release.json names its parts, a line for each, and where each of their files stands.

    DATA/releases/<id>/release.json    the manifest
    DATA/parts/<id>/part.json          a part's own line of every manifest that names it

A part has a path, "report/ccpcj/31", "document/A/RES/77/231", "links", "chain", "similar", "ontology" or "release", and
one graph or more. Together the parts of a manifest hold every quad of a release once. A file is known by its path in
the dumps, "dumps/report/ccpcj/31/asserted.nq", whatever folder it stands in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from mappings.iris import encode
from ontology.terms import BASE

FILE, PARTS, LINE = "release.json", "parts", "part.json"


@dataclass(frozen=True, slots=True)
class GraphRecord:
    """A named graph: the file that holds its quads, how many they are, and the hash of the file."""

    graph: str
    file: str
    quads: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Packed:
    """The quads of a part in one file, plain and compressed: bytes and hashes."""

    size: int
    sha256: str
    packed_size: int
    packed_sha256: str


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part on the disk. `id` is a hash of what it holds, "" in a release that was written before there were parts.

    `record` says which report or official text it is and what it was read from; empty where it is neither. `newest` is
    the newest day on which something happened that it tells of, as ISO 8601, "" where none is known, None in a part
    that was written before parts knew theirs.
    """

    path: str
    id: str
    graphs: tuple[GraphRecord, ...]
    downloads: Mapping[str, Packed]
    record: Mapping[str, Any]
    folder: Path = field(compare=False)
    newest: str | None = field(default=None, compare=False)

    def file(self, name: str) -> Path:
        """The place of a file by its name or by its path in the dumps."""
        if self.id:
            return self.folder / name.removeprefix(f"dumps/{self.path}/")
        return self.folder / (name if name.startswith("dumps/") else f"dumps/{self.path}/{name}")

    @property
    def quads(self) -> int:
        """How many quads its graphs hold."""
        return sum(graph.quads for graph in self.graphs)

    @property
    def line(self) -> str:
        """The part as a line of a manifest."""
        downloads = {form: asdict(packed) for form, packed in self.downloads.items()}
        graphs = [asdict(graph) for graph in self.graphs]
        line = {"path": self.path, "part": self.id, "graphs": graphs, "downloads": downloads, "record": self.record}
        newest = {} if self.newest is None else {"newest": self.newest}
        return json.dumps({**line, **newest}, ensure_ascii=False)

    @staticmethod
    def of(line: Mapping[str, Any], parts: Path) -> StoredPart:
        """The part in a line, as it was parsed; `parts` is the folder of the parts."""
        graphs = tuple(GraphRecord(**graph) for graph in line["graphs"])
        downloads = {form: Packed(**packed) for form, packed in line["downloads"].items()}
        folder = parts / line["part"]
        return StoredPart(line["path"], line["part"], graphs, downloads, line["record"], folder, line.get("newest"))


@dataclass(frozen=True, slots=True)
class Manifest:
    """A release: its id, the version of the program, the base of its IRIs, its parts by their paths, in order.

    `as_of` is the day as of which it tells what became of requests, as ISO 8601; "" where no day is known.
    """

    id: str
    version: str
    base: str
    parts: Mapping[str, StoredPart]
    as_of: str = ""

    @property
    def graphs(self) -> Iterator[GraphRecord]:
        """All graphs, in the order of the paths of the parts."""
        return (graph for part in self.parts.values() for graph in part.graphs)

    @property
    def quads(self) -> int:
        """How many quads the named graphs hold."""
        return sum(part.quads for part in self.parts.values())

    @property
    def reports(self) -> tuple[StoredPart, ...]:
        """The parts that are reports, in the order of body and session."""
        reports = (part for path, part in self.parts.items() if is_report(path))
        return tuple(sorted(reports, key=lambda part: (part.record["body"], part.record["session"], part.path)))

    @property
    def works(self) -> tuple[StoredPart, ...]:
        """The parts that are official texts."""
        return tuple(part for path, part in self.parts.items() if path.startswith("document/"))

    @property
    def text(self) -> str:
        """The text of release.json."""
        head = json.dumps({"id": self.id, "version": self.version, "base": self.base, "asOf": self.as_of})
        lines = ",\n".join(part.line for part in self.parts.values())
        return f'{head[:-1]}, "parts": [\n{lines}\n]}}\n'

    def having(self, part: StoredPart) -> Manifest:
        """The manifest with one part more, or with another version of it."""
        return manifest_of(self.id, self.version, self.base, {**self.parts, part.path: part}.values(), self.as_of)

    def file(self, dump: str) -> Path:
        """The place of a dump by its path."""
        return self.parts[path_of(dump)].file(dump)


def manifest_of(identity: str, version: str, base: str, parts: Iterable[StoredPart], as_of: str = "") -> Manifest:
    """A manifest of parts in any order."""
    ordered = {part.path: part for part in sorted(parts, key=lambda one: one.path)}
    return Manifest(identity, version, base, ordered, as_of)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the release in a folder. Raises OSError without one, ValueError and KeyError for a broken one."""
    place = folder / FILE
    stat = place.stat()
    return _read(place.resolve(), stat.st_ino, stat.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(place: Path, _inode: int, _changed: int) -> Manifest:
    record = json.loads(place.read_text(encoding="utf-8"))
    if "parts" in record:
        parts: Iterable[StoredPart] = (StoredPart.of(line, place.parents[2] / PARTS) for line in record["parts"])
    else:
        parts = _without_parts(record, place.parent)
    as_of = str(record.get("asOf", ""))
    return manifest_of(str(record["id"]), str(record.get("version", "")), str(record["base"]), parts, as_of)


def _without_parts(record: Mapping[str, Any], folder: Path) -> Iterator[StoredPart]:
    """The parts of a release that was written whole, without a manifest of parts."""
    found: dict[str, list[GraphRecord]] = {}
    for graph in record.get("graphs", ()):
        found.setdefault(path_of(graph["file"]), []).append(GraphRecord(**graph))
    records = {f"report/{one['body']}/{one.get('sessionName') or one['session']}": one for one in record["reports"]}
    records |= {f"document/{encode(one['symbol'])}": one for one in record.get("works", ())}
    for path in sorted({*found, *records}):
        yield StoredPart(path, "", tuple(found.get(path, ())), {}, records.get(path, {}), folder)


def quads_of(part: StoredPart | None) -> set[str]:
    """The quads of a part as lines of N-Quads; none without a part."""
    dumps = [part.file(graph.file) for graph in part.graphs] if part else []
    return {line for dump in dumps for line in dump.read_text(encoding="utf-8").split("\n") if line}


def path_of(dump: str) -> str:
    """The path of the part that a dump belongs to: "links" of dumps/links/inferred.nq, and of dumps/links.nq."""
    plain = dump.removeprefix("dumps/")
    return plain.rpartition("/")[0] or plain.removesuffix(".nq")


def is_report(path: str) -> bool:
    """Whether a part is a report."""
    return path.startswith("report/")


def graph_iri(dump: str, base: str = BASE) -> str:
    """The graph whose quads a dump holds: `graph/report/ccpcj/31` in dumps/report/ccpcj/31/asserted.nq."""
    path = dump.removeprefix("dumps/").removesuffix(".nq").removesuffix("/asserted")
    return f"{base}graph/{path}"


def description_of(folder: Path) -> dict[str, Any]:
    """What a server tells of the release in a folder: id, version, base, graphs, and the records of what it holds."""
    manifest = read_manifest(folder)
    described: dict[str, Any] = {"id": manifest.id, "version": manifest.version, "base": manifest.base}
    described["asOf"] = manifest.as_of
    described["graphs"] = [asdict(graph) for graph in manifest.graphs]
    described["reports"] = [dict(part.record) for part in manifest.reports]
    if works := [dict(part.record) for part in manifest.works]:
        described["works"] = works
    return described
