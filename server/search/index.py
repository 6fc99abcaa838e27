"""The index of a release: one SQLite file beside the store, made when the release is built and only read afterwards.

    thing      everything that is found
    facet      what it has in each facet
    key        its names and symbols without differences of spelling; `straight` ones mean it
    wordless   sessions of whose reports there are facts only
    stems      full text by stems, for those who search
    spelt      full text as spelt, for those who are still typing, and `spelling`, its words

The same release makes the same file, byte by byte, with the same version of SQLite.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from server.search.entries import Entry, entries, without_words
from server.search.keys import key

FILE = "search-1.sqlite"  # with the version of the tables below: an index of another version is as good as none
_SCHEMA = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, weight REAL NOT NULL,
  named INTEGER NOT NULL, title TEXT NOT NULL, names TEXT NOT NULL, text TEXT NOT NULL, place TEXT NOT NULL);
CREATE TABLE facet (name TEXT, value TEXT, thing INTEGER, PRIMARY KEY (name, value, thing)) WITHOUT ROWID;
CREATE INDEX facet_of_thing ON facet (thing);
CREATE TABLE key (key TEXT, thing INTEGER, straight INTEGER, PRIMARY KEY (key, thing)) WITHOUT ROWID;
CREATE TABLE wordless (session TEXT PRIMARY KEY);
CREATE VIRTUAL TABLE stems USING fts5(title, names, text, content='thing', content_rowid='id',
  tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE spelt USING fts5(title, names, text, content='thing', content_rowid='id', detail='column',
  prefix='1 2 3', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE spelling USING fts5vocab('spelt', 'row');
"""
_FINISHED = """
INSERT INTO stems(stems) VALUES('rebuild'); INSERT INTO stems(stems) VALUES('optimize');
INSERT INTO spelt(spelt) VALUES('rebuild'); INSERT INTO spelt(spelt) VALUES('optimize');
VACUUM;
"""


def write_index(folder: Path, base: str) -> None:
    """Write the index of the release in a folder, whose store must be complete and closed: all of it or nothing.

    Raises OSError where the disk does not take it, as other files do.
    """
    store, unfinished = ox.Store.read_only(str(folder / "store")), folder / f".{FILE}"
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as index:
            index.executescript("PRAGMA journal_mode = OFF;" + _SCHEMA)
            _fill(index, entries(store, base))
            rows = [(session,) for session in without_words(store, base)]
            index.executemany("INSERT INTO wordless VALUES (?)", rows)
            index.executescript(_FINISHED)
        unfinished.replace(folder / FILE)
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) if full else OSError(str(error))) from error


def _fill(index: sqlite3.Connection, found: Iterable[Entry]) -> None:
    index.execute("BEGIN")
    for number, entry in enumerate(found, 1):
        row = (entry.path, entry.kind.name, entry.kind.weight, entry.kind.named, entry.title, "\n".join(entry.names))
        index.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *row, entry.text, entry.place))
        index.executemany("INSERT INTO facet VALUES (?, ?, ?)", ((*facet, number) for facet in entry.facets))
        straight = {key(name) for name in entry.straight}
        other = {key(name) for name in (entry.title, *entry.names)} - straight
        keys = [*((name, number, 1) for name in sorted(straight)), *((name, number, 0) for name in sorted(other))]
        index.executemany("INSERT INTO key VALUES (?, ?, ?)", (row for row in keys if row[0]))
    index.execute("COMMIT")


def indexed(folder: Path) -> bool:
    """Whether the release in a folder has an index."""
    return (folder / FILE).is_file()


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection | None]:
    """The index of the release in a folder, for reading; None where it has none."""
    if not indexed(folder):
        yield None
        return
    address = f"file:{quote(str(folder.resolve() / FILE))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as index:
        index.execute("PRAGMA temp_store = MEMORY")  # nothing of a search is written to the disk
        yield index
