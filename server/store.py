"""The one door to the graph: whatever engine holds it, pages and descriptions ask it through `Store`.

Terms are pyoxigraph's. The default graph holds every statement of the named graphs once: queries see their union.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]
ANYTHING = "ASK { ?s ?p ?o }"
_KEY_FILE = "CURRENT"  # RocksDB's name for the file by which a database is opened


class StoreError(Exception):
    """A store that cannot be opened or read; the message names it."""


class Store(Protocol):
    """What the server needs of a graph. Queries are the server's own; what a client sends goes to the workers."""

    def select(self, query: str) -> list[Row]:
        """The rows of a SELECT; a variable without a value is absent from its row."""
        ...

    def ask(self, query: str) -> bool:
        """The answer of an ASK."""
        ...

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE."""
        ...

    def quads_from(self, subject: ox.NamedNode) -> list[ox.Quad]:
        """All quads with this subject, in every graph."""
        ...

    def quads_to(self, thing: ox.NamedNode, limit: int, offset: int = 0) -> list[ox.Quad]:
        """Quads with this object, at most `limit` after the first `offset`, in the store's own stable order."""
        ...

    def graph(self, name: ox.NamedNode) -> Iterator[ox.Quad]:
        """The quads of a named graph; none where there is no such graph."""
        ...

    def knows(self, thing: ox.NamedNode) -> bool:
        """Whether anything is said of the thing, or with it as object, property or graph."""
        ...

    def check(self) -> None:
        """Asks the engine something small. Raises StoreError where it does not answer as it should."""
        ...


class EmbeddedStore:
    """A store on disk, opened for reading only. Methods raise StoreError where its files cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._telling():
            self._store = ox.Store.read_only(str(path))

    def select(self, query: str) -> list[Row]:
        with self._telling():
            solutions = self._solutions(query)
            names = [variable.value for variable in solutions.variables]
            return [{name: value for name in names if (value := found[name]) is not None} for found in solutions]

    def ask(self, query: str) -> bool:
        with self._telling():
            return bool(self._query(query))

    def construct(self, query: str) -> Iterator[ox.Triple]:
        with self._telling():
            triples = self._query(query)
            if not isinstance(triples, ox.QueryTriples):
                raise TypeError("neither a CONSTRUCT nor a DESCRIBE")
            yield from triples

    def quads_from(self, subject: ox.NamedNode) -> list[ox.Quad]:
        with self._telling():
            found = self._solutions(f"SELECT ?p ?o ?g {{ GRAPH ?g {{ {subject} ?p ?o }} }}")
            return [ox.Quad(subject, row[0], row[1], row[2]) for row in found]

    def quads_to(self, thing: ox.NamedNode, limit: int, offset: int = 0) -> list[ox.Quad]:
        bounds = f"LIMIT {limit} OFFSET {offset}"
        with self._telling():
            found = self._solutions(f"SELECT ?s ?p ?g {{ GRAPH ?g {{ ?s ?p {thing} }} }} {bounds}")
            return [ox.Quad(row[0], row[1], thing, row[2]) for row in found]

    def graph(self, name: ox.NamedNode) -> Iterator[ox.Quad]:
        with self._telling():
            yield from self._store.quads_for_pattern(None, None, None, name)

    def knows(self, thing: ox.NamedNode) -> bool:
        patterns = (
            (thing, None, None, None),
            (None, None, thing, None),
            (None, None, None, thing),
            (None, thing, None, None),
        )
        with self._telling():
            return any(next(iter(self._store.quads_for_pattern(*pattern)), None) is not None for pattern in patterns)

    def check(self) -> None:
        if not (self._path / _KEY_FILE).is_file():  # what is open is still read, but no worker could open it any more
            raise StoreError(f"the store {self._path} has been taken away")
        with self._telling():  # no ASK: the engine evaluates one over damaged blocks without end
            next(iter(self._store.quads_for_pattern(None, None, None, None)), None)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Says of what cannot be read which store it is; the engine has two errors for it."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the store {self._path} cannot be read: {error}") from error

    def _solutions(self, query: str) -> ox.QuerySolutions:
        """The rows of a SELECT. It gives the quads of a pattern in less than half the time of `quads_for_pattern`."""
        solutions = self._query(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("not a SELECT")
        return solutions

    def _query(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return self._store.query(query)
