"""What the web process and a query worker say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a query gives: rows, true or false, or a graph."""

    SOLUTIONS = "solutions"
    BOOLEAN = "boolean"
    GRAPH = "graph"


@dataclass(frozen=True, slots=True)
class Query:
    """A query that has passed the protocol's checks, and how its answer is to be written.

    `graphs_named` are those of the query's own FROM clauses, None of a query that has not been screened: whoever
    evaluates it does that first. A request's own dataset takes their place. Without either, the union of all graphs
    is the default graph. `results` and `graphs` are media types that pyoxigraph knows; None where the client accepts
    none for such an answer. `base` resolves the relative IRIs of a query without a base of its own: the endpoint's
    address (RFC 3986, 5.1.3).
    """

    text: str
    graphs_named: tuple[str, ...] | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    results: str | None
    graphs: str | None
    prefixes: tuple[tuple[str, str], ...] = ()
    base: str | None = None


class Outcome(StrEnum):
    """The first word of each message from a worker."""

    READY = "ready"  # of one that has started, before any query
    PART = "part"  # the beginning of a long answer, or more of it
    END = "end"  # the kind of the answer, and its bytes that no part has brought
    SYNTAX = "syntax"  # line, column, token and reason, as JSON, or what the engine says
    UNKNOWN_GRAPH = "unknown graph"  # its IRI
    REFUSED = "refused"  # why
    BOUND = "bound"  # which
    UNACCEPTABLE = "unacceptable"  # the kind of the answer
    FAILED = "failed"  # what the engine says
    UNREADABLE = "unreadable"  # the store, and what the engine says


Message = tuple[Outcome, str, bytes]
