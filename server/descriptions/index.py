"""Which parts of a release say something of a thing, written when the release is published.

It begins as a copy of that of the release before, in which the things of the parts that came and went are exchanged.
A thing stands there by the hash of its path: what a part says of it is in the part's own file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from server.descriptions.pack import FILE as PACK
from server.descriptions.pack import Pack
from server.descriptions.things import FILE, has_things, signed
from server.descriptions.writing import write_pack
from server.publishing.disk import copy, told_as_files
from server.publishing.growing import Change, changes
from server.publishing.manifest import Manifest, StoredPart

_SCHEMA = """
CREATE TABLE part (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE known (thing INTEGER, part INTEGER, PRIMARY KEY (thing, part)) WITHOUT ROWID;
"""


def write_things(folder: Path, manifest: Manifest, before: tuple[Path, Manifest] | None) -> None:
    """Write the file of a release, from that of the one before where it has one: its folder and its manifest.

    A part that was written before parts had descriptions gets its own. Raises OSError where the disk does not take it.
    """
    old = before[1] if before and before[1].base == manifest.base and has_things(before[0]) else None
    with told_as_files():
        if before and old:
            copy(before[0] / FILE, folder / FILE)
        with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as index:
            index.execute("PRAGMA journal_mode = OFF")
            index.execute("PRAGMA synchronous = OFF")  # the folder is forced to the disk as a whole
            if not old:
                index.executescript(_SCHEMA)
            index.execute("BEGIN")
            for change in changes(old, manifest):
                _tell(index, change, manifest.base)
            index.execute("COMMIT")


def _tell(index: sqlite3.Connection, change: Change, base: str) -> None:
    number = index.execute("SELECT id FROM part WHERE path = ?", (change.path,)).fetchone()
    if change.before and number:
        gone = ((thing, number[0]) for thing in _things(change.before, base))
        index.executemany("DELETE FROM known WHERE thing = ? AND part = ?", gone)
        index.execute("DELETE FROM part WHERE id = ?", number)
    if change.after:
        new = index.execute("INSERT INTO part (path) VALUES (?) RETURNING id", (change.path,)).fetchone()[0]
        come = ((thing, new) for thing in _things(change.after, base))
        index.executemany("INSERT OR IGNORE INTO known VALUES (?, ?)", come)


def _things(part: StoredPart, base: str) -> Iterator[int]:
    """The things that a part tells of, as the table has them: SQLite's numbers have a sign."""
    place = part.folder / PACK
    if not place.exists():
        dumps = {graph.graph: part.file(graph.file).read_text(encoding="utf-8") for graph in part.graphs}
        write_pack(part.folder, dumps, base)
    return map(signed, Pack(place).hashes())
