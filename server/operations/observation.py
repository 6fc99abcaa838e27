"""What is seen of each request: measured once, for the log and for the metrics."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from flask import Flask, Response, current_app, g, request

from server.operations import logs
from server.operations.request_id import request_id
from server.sparql.failures import QueryError

PROBES = ("health.live", "health.ready")  # asked every few seconds by machines: they would drown what readers do


@dataclass(frozen=True, slots=True)
class ObservedQuery:
    """What became of a client's query, in a word, and the seconds that it waited and ran."""

    outcome: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong here, in words; with the exception where nobody foresaw it."""

    words: str
    unforeseen: Exception | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """A request and its answer; seconds until the answer could be sent, bytes of its body where they are known.

    `kept` tells that it was given from what was answered before (server.cache), so no query ran.
    """

    request_id: str
    method: str
    path: str
    route: str
    probe: bool
    client: str
    status: int
    seconds: float
    size: int | None
    release: str | None
    kept: bool
    query: ObservedQuery | None
    failure: Failure | None


def init_app(app: Flask) -> None:
    """Observes all requests of the application; to be called first, so that it sees answers as they are sent."""
    app.before_request(_begin)
    app.after_request(_end)


def observe(app: Flask, observed: Observed) -> None:
    """Logs and counts a request of an application."""
    logs.write(observed)
    if metrics := app.extensions["metrics"]:
        metrics.count(observed)


@contextmanager
def observed_query() -> Iterator[None]:
    """Observes the query that is answered within the block, as the one of the current request."""
    begun, outcome = perf_counter(), "failed"
    try:
        yield
        outcome = "answered"
    except QueryError as error:
        outcome = error.outcome
        raise
    finally:
        g.query = ObservedQuery(outcome, perf_counter() - begun)


def _begin() -> None:
    g.begun = perf_counter()


def _end(response: Response) -> Response:
    observed = Observed(
        request_id(),
        request.method,
        request.path,
        request.url_rule.rule if request.url_rule else "none",
        request.endpoint in PROBES,
        request.remote_addr or "",
        response.status_code,
        perf_counter() - g.begun,
        0 if request.method == "HEAD" else response.content_length,
        g.release.id if "release" in g else None,
        False,
        g.get("query"),
        g.get("failure"),
    )
    observe(current_app, observed)
    return response
