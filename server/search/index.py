"""The index of a release: one SQLite file beside the store, made when the release is built and only read afterwards.

It begins as a copy of that of the release before, which costs nothing where the file system shares blocks; then what is
said of the things that a part tells of is written anew.

    thing      everything that is found
    facet      what it has in each facet
    key        its names and symbols without differences of spelling; `straight` ones mean it
    wordless   sessions of whose reports there are facts only
    listed     the paths of all things with a name, for the lists of pages
    stems      full text by stems, for those who search
    spelt      full text as spelt, for those who are still typing, and `spelling`, its words

Two releases of the same parts find the same; their files differ in the order in which things came.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import RDF, RDFS

from server.publishing.disk import copy, told_as_files, unfinished_folder
from server.search.entries import LENDING, Entry, entry_of, without_words
from server.search.keys import key
from server.search.quads import Quads

FILE = "search-2.sqlite"  # with the version of the tables below: an index of another version is as good as none
_SCHEMA = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, weight REAL NOT NULL,
  named INTEGER NOT NULL, title TEXT NOT NULL, names TEXT NOT NULL, text TEXT NOT NULL, place TEXT NOT NULL);
CREATE TABLE facet (name TEXT, value TEXT, thing INTEGER, PRIMARY KEY (name, value, thing)) WITHOUT ROWID;
CREATE INDEX facet_of_thing ON facet (thing);
CREATE TABLE key (key TEXT, thing INTEGER, straight INTEGER, PRIMARY KEY (key, thing)) WITHOUT ROWID;
CREATE INDEX key_of_thing ON key (thing);
CREATE TABLE wordless (session TEXT PRIMARY KEY);
CREATE TABLE listed (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE stems USING fts5(title, names, text, content='thing', content_rowid='id',
  tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE spelt USING fts5(title, names, text, content='thing', content_rowid='id', detail='column',
  prefix='1 2 3', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE spelling USING fts5vocab('spelt', 'row');
"""
_FULL_TEXT = ("stems", "spelt")
_COLUMNS = "path, kind, weight, named, title, names, text, place"
_UNLISTED = ("evidence/", "graph/", "release/")  # what they say stands on the pages of the things they are about


class GrowingIndex:
    """The index of a release that is being written. Methods raise OSError where the disk does not take it."""

    def __init__(self, folder: Path, base: str, before: Path | None = None) -> None:
        """An index in a folder, as that in the folder of the release before, or empty."""
        self._base = base
        with told_as_files():
            if before is not None and indexed(before):
                copy(before / FILE, folder / FILE)
            self._index = sqlite3.connect(folder / FILE, isolation_level=None)
            self._index.execute("PRAGMA journal_mode = OFF")
            self._index.execute("PRAGMA synchronous = OFF")  # the folder is forced to the disk as a whole
            if before is None or not indexed(before):
                self._index.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file; nothing is written any more."""
        self._index.close()

    def tell(self, store: ox.Store, said: Iterable[ox.Quad]) -> None:
        """Write anew what is known of the things that statements tell of, those that came and those that went."""
        quads, touched = Quads(store, self._base), set[str]()
        lending = {quads.predicate(one) for one in LENDING}
        for quad in said:
            touched.update(one for one in (quads.path(quad.subject),) if one)
            if quad.predicate in lending:
                touched.update(one for one in (quads.path(quad.object),) if one)
        paths = sorted(touched | {found for path in touched for found in quads.links(path, *LENDING) if found})
        with told_as_files():
            self._index.execute("BEGIN")
            for path in paths:
                self._replace(path, entry_of(quads, path))
                self._list(quads, path)
            self._index.execute("DELETE FROM wordless")
            rows = ((session,) for session in dict.fromkeys(without_words(quads)))
            self._index.executemany("INSERT INTO wordless VALUES (?)", rows)
            self._index.execute("COMMIT")

    def merge(self) -> None:
        """Bring the parts of the index together that each change adds: takes as long as there is to search."""
        with told_as_files():
            for table in _FULL_TEXT:
                self._index.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")
            self._index.execute("VACUUM")

    def _list(self, quads: Quads, path: str) -> None:
        listed = path.rstrip("/")
        self._index.execute("DELETE FROM listed WHERE path = ?", (listed,))
        if not path.startswith(_UNLISTED) and quads.words(path, RDFS.label):
            self._index.execute("INSERT INTO listed VALUES (?)", (listed,))

    def _replace(self, path: str, entry: Entry | None) -> None:
        """Write the entry of a thing in place of the one that is there; nothing where they are the same."""
        held = self._index.execute(f"SELECT id, {_COLUMNS} FROM thing WHERE path = ?", (path,)).fetchone()  # noqa: S608
        rows = _rows(entry) if entry else None
        if held and rows and rows == self._held(held):
            return
        if held:
            self._remove(held)
        if rows:
            number = self._index.execute("SELECT coalesce(max(id), 0) + 1 FROM thing").fetchone()[0]
            self._index.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *rows.thing))
            self._index.executemany("INSERT INTO facet VALUES (?, ?, ?)", ((*one, number) for one in rows.facets))
            keys = ((name, number, straight) for name, straight in rows.keys)
            self._index.executemany("INSERT INTO key VALUES (?, ?, ?)", keys)
            _, _, _, _, title, names, text, _ = rows.thing
            for table in _FULL_TEXT:
                self._index.execute(
                    f"INSERT INTO {table}(rowid, title, names, text) VALUES (?, ?, ?, ?)",  # noqa: S608
                    (number, title, names, text),
                )

    def _held(self, thing: tuple[object, ...]) -> _Rows:
        number = thing[0]
        facets = self._index.execute("SELECT name, value FROM facet WHERE thing = ?", (number,))
        keys = self._index.execute("SELECT key, straight FROM key WHERE thing = ?", (number,))
        return _Rows(thing[1:], frozenset(facets), frozenset(keys))

    def _remove(self, thing: tuple[object, ...]) -> None:
        number, _, _, _, _, title, names, text, _ = thing
        for table in _FULL_TEXT:
            self._index.execute(
                f"INSERT INTO {table}({table}, rowid, title, names, text) VALUES ('delete', ?, ?, ?, ?)",  # noqa: S608
                (number, title, names, text),
            )
        self._index.execute("DELETE FROM facet WHERE thing = ?", (number,))
        self._index.execute("DELETE FROM key WHERE thing = ?", (number,))
        self._index.execute("DELETE FROM thing WHERE id = ?", (number,))


@dataclass(frozen=True, slots=True)
class _Rows:
    """A thing as the tables hold it: its columns, its facets, its keys with whether each means it."""

    thing: tuple[object, ...]
    facets: frozenset[tuple[str, str]]
    keys: frozenset[tuple[str, int]]


def _rows(entry: Entry) -> _Rows:
    names, kind = "\n".join(entry.names), entry.kind
    thing = (entry.path, kind.name, kind.weight, int(kind.named), entry.title, names, entry.text, entry.place)
    straight = {key(name) for name in entry.straight}
    other = {key(name) for name in (entry.title, *entry.names)} - straight
    keys = frozenset({*((name, 1) for name in straight if name), *((name, 0) for name in other if name)})
    return _Rows(thing, frozenset(entry.facets), keys)


def write_index(folder: Path, base: str) -> None:
    """Write the index of the release in a folder anew, whose store must be complete and closed: all or nothing.

    Raises OSError where the disk does not take it, as other files do.
    """
    store = ox.Store.read_only(str(folder / "store"))
    unfinished = unfinished_folder(folder)
    try:
        index = GrowingIndex(unfinished, base)
        index.tell(store, _of_classes(store))
        index.merge()
        index.close()
        (unfinished / FILE).replace(folder / FILE)
    finally:
        shutil.rmtree(unfinished)


def _of_classes(store: ox.Store) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), None, ox.DefaultGraph())


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
