"""Clients' queries to a release in another engine: the same bounds, the same errors, the same forms of answers."""

from __future__ import annotations

import io

import pyoxigraph as ox

from server.remote.endpoint import Dataset, Endpoint, Received
from server.remote.results import canonical
from server.sparql.failures import UnacceptableError, UnknownGraphError
from server.sparql.messages import Kind, Query
from server.sparql.places import Places
from server.sparql.screening import admitted, form_of, has_relative_iri
from server.sparql.turns import Turns
from server.sparql.workers import Answer, Limits, chunks_of

_KINDS = {"SELECT": Kind.SOLUTIONS, "ASK": Kind.BOOLEAN, "CONSTRUCT": Kind.GRAPH, "DESCRIBE": Kind.GRAPH}
_RESULTS, _TRIPLES = "application/sparql-results+json", "application/n-triples"


class RemoteQueries:
    """At most `limits.workers` queries at the same time; `limits.waiting` others wait as long as `limits.patience`."""

    def __init__(self, endpoint: Endpoint, dataset: Dataset, limits: Limits, places: Places) -> None:
        self.limits = limits
        self._endpoint = endpoint
        self._dataset = dataset
        self._places = places
        self._turns = Turns(limits.workers, limits.waiting, limits.patience)

    def answer(self, query: Query, client: str = "") -> Answer:
        """The answer to a client's query. Raises QueryError."""
        graphs = admitted(query.text) if query.graphs_named is None else query.graphs_named
        kind = _KINDS.get(form_of(query.text), Kind.SOLUTIONS)
        wanted = query.graphs if kind is Kind.GRAPH else query.results
        if wanted is None:
            raise UnacceptableError(kind)
        plain = _TRIPLES if kind is Kind.GRAPH else _RESULTS  # the forms that engines write alike
        with self._places.taken(client) as begin, self._turns.taken(client):
            begin()
            received = self._endpoint.ask(_based(query), plain, self._dataset_of(query, graphs))
        return _written(received, wanted, kind, query)

    def retire(self) -> None:
        """Nothing: the engine and its connections are not this release's own."""

    def _dataset_of(self, query: Query, graphs: tuple[str, ...]) -> Dataset:
        """The dataset that the request names, the query's own, or that of the release. Raises UnknownGraphError."""
        for name in query.default_graphs + query.named_graphs or graphs:
            if ":" in name and name not in self._dataset.named:
                raise UnknownGraphError(name)
        if query.default_graphs or query.named_graphs:
            return Dataset(query.default_graphs, query.named_graphs)
        return Dataset() if graphs else self._dataset


def _based(query: Query) -> str:
    """The query, after its base where it has relative IRIs; else as it is, so that an engine counts columns right."""
    return f"BASE <{query.base}> {query.text}" if query.base and has_relative_iri(query.text) else query.text


def _written(received: Received, wanted: str, kind: Kind, query: Query) -> Answer:
    """The answer in the form that the client wants."""
    if received.media_type == wanted == _TRIPLES:
        return Answer(kind, chunks_of(received.content), received.size)
    with received.content as content:
        body = content.read()
    output = io.BytesIO()
    if kind is Kind.GRAPH:
        quads = ox.parse(body, ox.RdfFormat.N_TRIPLES)
        form = ox.RdfFormat.from_media_type(wanted)
        ox.serialize((quad.triple for quad in quads), output, form, prefixes=dict(query.prefixes))
    else:
        results = ox.parse_query_results(canonical(body), ox.QueryResultsFormat.JSON)
        results.serialize(output, ox.QueryResultsFormat.from_media_type(wanted))
    return Answer(kind, (output.getvalue(),), output.tell())
