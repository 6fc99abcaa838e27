"""The IRIs that an earlier release had and its successor had not, with what replaces them where that is known.

    DATA/history/gone.txt    a line each, sorted by its bytes: path, path of the replacement or nothing, number of the
                             release that was the first without it; between them tabs, which no IRI holds

An address by position ("chapter/4/section/B/position/12") is that of a paragraph whose number was not printed. Where a
version of the report with numbers takes the place of one without, the paragraph of the same words has the number, and
what is told in that paragraph has addresses with it: the old ones lead there for good (`Gone.moved`).

Only what differs between two releases is looked at. The list is written before a release is served and is right for the
one before it as well: an IRI that comes back is not looked for here, because whoever asks has found it in the release
already, and its line stays until its part of the release changes again. It is searched, never read whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, RDFS

from server.publishing.disk import write_whole
from server.publishing.dumps import terms
from server.publishing.history import FOLDER, Change, Entry
from server.publishing.manifest import read_manifest

FILE = "gone.txt"
Signatures = Mapping[str, frozenset[str]]
Words = Mapping[str, str]  # what a paragraph says, by its path, white space aside
_BY_POSITION = re.compile(r"/(?P<address>(?:chapter|annex)/.*?/position/[0-9]+|position/[0-9]+)(?=/|$)")


@dataclass(frozen=True, slots=True)
class Gone:
    """An IRI that went, by its path after the base; `replacement` is a path as well, "" where none is known."""

    path: str
    replacement: str
    number: int

    @property
    def moved(self) -> bool:
        """Whether the same thing has a lasting address now, since its paragraph's number became known."""
        return bool(self.replacement and _BY_POSITION.search(self.path))


def look_up(data: Path, path: str) -> Gone | None:
    """What is known of a path that no release has now, None where none ever had it."""
    file = data / FOLDER / FILE
    if not file.is_file():
        return None
    wanted = path.encode()
    with file.open("rb") as lines:
        low, high = 0, file.stat().st_size
        while low < high:
            middle = (low + high) // 2
            lines.seek(middle)
            if middle:
                lines.readline()
            start = lines.tell()
            line = lines.readline()
            found = line.split(b"\t")[0]
            if line and found == wanted:
                return _read(line.decode())
            if line and found < wanted:
                low = start + len(line)
            else:
                high = middle
        lines.seek(low)
        line = lines.readline()
        return _read(line.decode()) if line.split(b"\t")[0] == wanted else None


def remember(data: Path, served: Path, final: Path, entry: Entry) -> None:
    """Add to the list what goes when a release takes the place of the served one. Nothing goes by moving to a base."""
    path = data / FOLDER / FILE
    gone, there = departures(served, final, entry.changes, entry.base, entry.number)
    known = {one.path: one for one in _all(path) if one.path not in there}
    known.update({one.path: one for one in gone})
    left = sorted(known.values(), key=lambda one: one.path.encode())
    write_whole(path, "".join(f"{one.path}\t{one.replacement}\t{one.number}\n" for one in left))


def departures(
    served: Path, final: Path, changes: Iterable[Change], base: str, number: int
) -> tuple[list[Gone], Set[str]]:
    """What goes with one release, and the paths that the changed units of the served one hold."""
    left: dict[str, str] = {}
    came: set[str] = set()
    there: set[str] = set()
    for change in changes:
        (old, said), (new, says) = (_described(folder, change.unit, base) for folder in (served, final))
        came |= new.keys() - old.keys()
        there |= old.keys()
        left.update(_replacements(old, new))
        left.update(_numbered(left, _addresses(said, says), new.keys()))
    return [Gone(path, replacement, number) for path, replacement in left.items() if path not in came], there


def _replacements(old: Signatures, new: Signatures) -> Iterator[tuple[str, str]]:
    """Each path that only the old unit has, with the only new one of the same label and classes, "" without such."""
    lost, gained = _by_signature(old, old.keys() - new.keys()), _by_signature(new, new.keys() - old.keys())
    for signature, paths in lost.items():
        others = gained.get(signature, [])
        alike = len(paths) == len(others) == 1 and any(f"<{RDFS.label}>" in word for word in signature)
        for path in paths:
            yield path, others[0] if alike else ""


def _by_signature(signatures: Signatures, paths: Iterable[str]) -> Mapping[frozenset[str], list[str]]:
    found = defaultdict[frozenset[str], list[str]](list)
    for path in sorted(paths):
        found[signatures[path]].append(path)
    return found


def _addresses(said: Words, says: Words) -> Mapping[str, str]:
    """The number of each paragraph that had an address by position: paragraphs of the same words, in their order."""
    numbered = defaultdict[str, list[str]](list)
    for path, words in says.items():
        if not _BY_POSITION.search(path):
            numbered[words].append(path.split("/", 3)[3])
    found: dict[str, str] = {}
    for path, words in said.items():
        if (address := _BY_POSITION.search(path)) and numbered[words]:
            found[address["address"]] = numbered[words].pop(0)
    return found


def _numbered(lost: Iterable[str], addresses: Mapping[str, str], now: Set[str]) -> Iterator[tuple[str, str]]:
    """Each lost path by position with the same path by number: of a paragraph, and of what is told in it."""
    for path in lost:
        found = _BY_POSITION.search(path)
        if found is None or not (address := addresses.get(found["address"])):
            continue
        # A report's parts and citations say "paragraph/119", facts that have the paragraph in their key "119".
        for words in (address, address.removeprefix("paragraph/")):
            if (path_now := f"{path[: found.start()]}/{words}{path[found.end() :]}") in now:
                yield path, path_now
                break


def _described(folder: Path, unit: str, base: str) -> tuple[Signatures, Words]:
    """The label and the classes of each subject of a unit with an IRI of ours; the words of paragraphs in order."""
    found = defaultdict[str, set[str]](set)
    words: dict[str, str] = {}
    orders: dict[str, int] = {}
    text, order = (f"<{base}def/{name}>" for name in ("text", "order"))
    telling = {f"<{RDF.type}>", f"<{RDFS.label}>"}
    part = read_manifest(folder).parts.get(unit)
    for graph in part.graphs if part else ():
        for line in part.file(graph.file).read_text(encoding="utf-8").split("\n") if part else ():
            if line.startswith(f"<{base}"):
                subject, predicate, value = line.split(" ", 2)
                path = subject[len(base) + 1 : -1]
                said = found[path]
                if not graph.file.endswith("/asserted.nq"):
                    continue
                if predicate in telling:
                    said.add(f"{predicate} {terms(line).value}")
                elif predicate == text and path.startswith("report/"):
                    words[path] = " ".join(terms(line).value.split())
                elif predicate == order:
                    orders[path] = int(value.split('"')[1])
    in_order = sorted(words, key=lambda path: orders.get(path, 0))
    return {path: frozenset(said) for path, said in found.items()}, {path: words[path] for path in in_order}


def _all(path: Path) -> Iterator[Gone]:
    if path.is_file():
        yield from (_read(line) for line in path.read_text(encoding="utf-8").split("\n") if line)


def _read(line: str) -> Gone:
    path, replacement, number = line.rstrip("\n").split("\t")
    return Gone(path, replacement, int(number))
