"""The store that pages and descriptions ask, behind an endpoint: each method is one query in standard SPARQL."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from server.remote.endpoint import Dataset, Endpoint
from server.remote.results import canonical
from server.sparql.failures import QueryError
from server.store import ANYTHING, Row, StoreError

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


class RemoteStore:
    """The graphs of one release in another engine. Methods raise StoreError where the engine does not answer."""

    def __init__(self, endpoint: Endpoint, dataset: Dataset) -> None:
        self._endpoint = endpoint
        self._dataset = dataset

    def select(self, query: str) -> list[Row]:
        solutions = ox.parse_query_results(canonical(self._ask(query, _RESULTS)), ox.QueryResultsFormat.JSON)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("not a SELECT")
        names = [variable.value for variable in solutions.variables]
        return [{name: value for name in names if (value := found[name]) is not None} for found in solutions]

    def ask(self, query: str) -> bool:
        return bool(ox.parse_query_results(canonical(self._ask(query, _RESULTS)), ox.QueryResultsFormat.JSON))

    def construct(self, query: str) -> Iterator[ox.Triple]:
        quads = ox.parse(self._ask(query, _TRIPLES), ox.RdfFormat.N_TRIPLES)
        return (quad.triple for quad in quads)

    def quads_from(self, subject: ox.NamedNode) -> list[ox.Quad]:
        rows = self.select(f"SELECT ?g ?p ?o WHERE {{ GRAPH ?g {{ {subject} ?p ?o }} }}")
        return [ox.Quad(subject, row["p"], row["o"], row["g"]) for row in rows]  # type: ignore[arg-type]

    def quads_to(self, thing: ox.NamedNode, limit: int, offset: int = 0) -> list[ox.Quad]:
        pattern = f"SELECT ?g ?s ?p WHERE {{ GRAPH ?g {{ ?s ?p {thing} }} }}"
        rows = self.select(f"{pattern} ORDER BY ?s ?p ?g LIMIT {limit} OFFSET {offset}")
        return [ox.Quad(row["s"], row["p"], thing, row["g"]) for row in rows]  # type: ignore[arg-type]

    def graph(self, name: ox.NamedNode) -> Iterator[ox.Quad]:
        triples = self.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}")
        return (ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)

    def knows(self, thing: ox.NamedNode) -> bool:
        places = (f"{thing} ?p ?o", f"?s ?p {thing}", f"?s {thing} ?o")
        patterns = [*(f"{{ {place} }}" for place in places), f"{{ GRAPH {thing} {{ ?s ?p ?o }} }}"]
        return self.ask(f"ASK {{ {' UNION '.join(patterns)} }}")

    def check(self) -> None:
        self.ask(ANYTHING)

    def _ask(self, query: str, accept: str) -> bytes:
        try:
            received = self._endpoint.ask(query, accept, self._dataset)
        except QueryError as error:
            raise StoreError(f"{self._endpoint.address} does not answer: {type(error).__name__} {error}") from error
        with received.content as content:
            return content.read()
