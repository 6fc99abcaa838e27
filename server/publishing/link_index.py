"""What documents hold of what links are made of, found by what links join: one file of SQLite beside the parts.

    DATA/links.sqlite    the rows of every part that was ever linked, by their keys

The rows are those of `mappings.links`: rows, chain_rows, alike.

A part is immutable, and so are its rows; which parts are in force is for the release to say. What is not there, or was
written by another version, is read from the part again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

from rdflib import RDF, Graph

from mappings import iris
from mappings.graph import sorted_triples
from mappings.links.alike import rows_of_paragraphs
from mappings.links.chain_rows import rows_of_texts
from mappings.links.held import held
from mappings.links.rows import Row, rows_of
from ontology.terms import BASE, REC
from server.publishing.carried import FILE as BROUGHT
from server.publishing.carried import CarriedLink, links_in
from server.publishing.dumps import joined, lines, merged
from server.publishing.manifest import StoredPart, is_report
from server.publishing.release import PartFiles

FILE = "links.sqlite"
_EDITION = 3
_SCHEMA = f"""
CREATE TABLE part (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE row (number INTEGER PRIMARY KEY, part INTEGER NOT NULL, content TEXT NOT NULL);
CREATE INDEX row_of_part ON row (part);
CREATE TABLE key (key TEXT, row INTEGER, PRIMARY KEY (key, row)) WITHOUT ROWID;
CREATE INDEX key_of_row ON key (row);
PRAGMA user_version = {_EDITION};
"""


class LinkIndex:
    """The index of a data folder. Use it as a context, under `writing`: what was kept until then stays kept."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE
        self._index = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            index = sqlite3.connect(self._path, isolation_level=None)
            if index.execute("PRAGMA user_version").fetchone()[0] == _EDITION:
                return index
            index.close()
        except sqlite3.DatabaseError:  # damaged: nothing in it is its own
            pass
        for path in (self._path, self._path.with_name(f"{FILE}-journal")):
            path.unlink(missing_ok=True)
        index = sqlite3.connect(self._path, isolation_level=None)
        index.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
        return index

    def __enter__(self) -> LinkIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._index.close()

    def keep(self, part: StoredPart, base: str) -> None:
        """Keep the rows of a document, unless they are kept already. All of them or none."""
        if self._index.execute("SELECT 1 FROM part WHERE id = ?", (part.id,)).fetchone():
            return
        rows = list(_rows(part, PartFiles(part, base)))
        self._index.execute("BEGIN")
        number = self._index.execute("INSERT INTO part (id) VALUES (?)", (part.id,)).lastrowid
        for row in rows:
            content = json.dumps([row.table, row.iri, row.keys, row.values], ensure_ascii=False)
            own = self._index.execute("INSERT INTO row (part, content) VALUES (?, ?)", (number, content)).lastrowid
            self._index.executemany("INSERT INTO key VALUES (?, ?)", ((key, own) for key in dict.fromkeys(row.keys)))
        self._index.execute("COMMIT")

    def rows(self, part: str) -> Iterator[Row]:
        """The rows of a part by its id."""
        query = "SELECT content FROM row JOIN part ON part.number = row.part WHERE part.id = ? ORDER BY row.number"
        return (_read(content) for (content,) in self._index.execute(query, (part,)).fetchall())

    def having(self, key: str, force: frozenset[str]) -> list[tuple[str, Row]]:
        """The rows that have a key, each with its part, of the parts in force."""
        query = "SELECT id, content FROM key JOIN row ON row.number = key.row JOIN part ON part.number = row.part"
        found = self._index.execute(f"{query} WHERE key = ? ORDER BY row.number", (key,)).fetchall()
        return [(part, _read(content)) for part, content in found if part in force]

    def each(self, key: str, force: frozenset[str]) -> Iterator[Row]:
        """The rows that have a key, of the parts in force, as far as they are asked for."""
        query = "SELECT id, content FROM key JOIN row ON row.number = key.row JOIN part ON part.number = row.part"
        found = self._index.execute(f"{query} WHERE key = ?", (key,))
        return (_read(content) for part, content in found if part in force)

    def forget(self, parts: Iterable[str]) -> None:
        """Drop the rows of all parts but some."""
        kept = set(parts)
        gone = [row for row in self._index.execute("SELECT number, id FROM part") if row[1] not in kept]
        self._index.execute("BEGIN")
        for number, _ in gone:
            self._index.execute("DELETE FROM key WHERE row IN (SELECT number FROM row WHERE part = ?)", (number,))
            self._index.execute("DELETE FROM row WHERE part = ?", (number,))
            self._index.execute("DELETE FROM part WHERE number = ?", (number,))
        self._index.execute("COMMIT")


def _rows(part: StoredPart, files: Mapping[str, str]) -> Iterator[Row]:
    """What links, the chain and pairs of paragraphs are made of in a part."""
    said = merged([files["asserted.nq"]])
    yield from rows_of_paragraphs(said)
    if not is_report(part.path):
        yield from rows_of_texts(merged([_head(part.path, files["asserted.nq"])]), said, {})
        return
    known = held(said)
    yield from rows_of(known)
    yield from rows_of_texts(said, said, {one.iri: one.closed for one in known.sessions if one.closed})
    if BROUGHT in files:
        yield from map(_row, links_in(Graph().parse(data=files[BROUGHT], format="turtle")))


def _head(path: str, dump: str) -> str:
    """What an official part says of the work itself, of the draft in it and of the act: not its paragraphs."""
    work = BASE + path
    named = (f"<{work}> ", f"<{work}/draft> ", f"<{BASE}act/{path.removeprefix('document/')}> ")
    return joined(line for line in lines(dump) if line.startswith(named))


def _read(content: str) -> Row:
    table, iri, keys, values = json.loads(content)
    return Row(table, iri, tuple(keys), values)


def _row(link: CarriedLink) -> Row:
    """A link that a report brings, found by its subject and by the facts that it stands on."""
    facts = sorted(iris.fact_of(str(target)) for target in link.targets)
    about = about_of(link.asserted)
    keys = (f"brought about {about[0]} {about[1]}", *(f"brought to {fact}" for fact in facts))
    values = {
        "about": about,
        "facts": facts,
        "asserted": sorted_triples(link.asserted).split("\n")[:-1],
        "evidence": sorted_triples(link.evidence).split("\n")[:-1],
    }
    return Row("brought", str(link.annotation), keys, values)


def about_of(said: Graph) -> tuple[str, str]:
    """The property and the subject of a link: of an answer `rec:fulfilledMandate` and the request."""
    if (None, RDF.type, REC.Fulfilment) in said:
        return str(REC.fulfilledMandate), str(next(said.objects(None, REC.fulfilledMandate)))
    subject, predicate, _ = next(iter(said))
    return str(predicate), str(subject)
