"""Evaluating a client's query: what may not run is refused, and every way to fail becomes a Problem that says why."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import request

from server.clients import client_of
from server.doors.hints import hints_of
from server.errors import Problem, bad_request, pointed, refused, shorten
from server.negotiation import GRAPHS, RESULTS, Form, NotAcceptableError
from server.operations.observation import observed_query
from server.remote.endpoint import UnreachableError
from server.requests import prefixes, release
from server.sparql.failures import (
    BusyError,
    ClientLimitError,
    ExhaustedError,
    NoRoomError,
    QueryError,
    QuerySyntaxError,
    RefusedError,
    ResultLimitError,
    TimeLimitError,
    UnacceptableError,
    UnknownGraphError,
)
from server.sparql.messages import Kind, Query
from server.sparql.screening import SHORT, admitted
from server.sparql.syntax import Mistake
from server.sparql.workers import Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as a client sent it: its text and the dataset that the request names for it."""

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]

    @property
    def dataset(self) -> tuple[tuple[str, str], ...]:
        """The parameters that name the dataset in an address."""
        default = (("default-graph-uri", name) for name in self.default_graphs)
        return (*default, *(("named-graph-uri", name) for name in self.named_graphs))


def run(asked: Asked, results: Form | None, graphs: Form | None) -> Answer:
    """The beginning of an answer in the given forms. Raises the Problem that tells why there is none."""
    try:
        with observed_query():
            return _answer(asked, results, graphs)
    except UnacceptableError as error:
        raise NotAcceptableError(GRAPHS if error.kind is Kind.GRAPH else RESULTS) from error
    except QueryError as error:
        problem = problem_of(error, asked.text, release().workers.limits.seconds)
        if hints := hints_of(asked.text, release()):
            problem.more = {**problem.more, "hints": [hint.member() for hint in hints]}
        raise problem from error


def _answer(asked: Asked, results: Form | None, graphs: Form | None) -> Answer:
    current = release()
    query = Query(
        text=asked.text,
        graphs_named=admitted(asked.text) if len(asked.text) <= SHORT else None,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        results=results.media_type if results else None,
        graphs=graphs.media_type if graphs else None,
        prefixes=prefixes(current.base),
        base=f"{current.base}sparql",
    )
    return current.workers.answer(query, client_of(request.remote_addr or ""))


def problem_of(error: QueryError, text: str, seconds: float) -> Problem:
    """What a client is told of a query that got no answer."""
    match error:
        case QuerySyntaxError():
            return syntax_problem(str(error), text)
        case UnknownGraphError():
            detail = f"There is no graph <{error}> in this release, and nothing is fetched from other hosts."
            return Problem(400, "Unknown graph", detail, {"graph": str(error)})
        case RefusedError():
            return refused(str(error))
        case ClientLimitError(limit=limit):
            detail = f"One client may have {limit} queries waiting or running at a time; wait for their answers."
            return Problem(429, "Too many queries at once", detail, {"limit": limit}, {"Retry-After": "10"})
        case TimeLimitError() | BusyError() | ExhaustedError() | ResultLimitError() | NoRoomError():
            return _limit(error, seconds)
        case UnreachableError():
            return Problem(502, "Engine unreachable", "The engine behind this server does not answer; try again later.")
        case _:
            return bad_request(str(error) or "The query cannot be evaluated.")


def _limit(error: QueryError, seconds: float) -> Problem:
    """503 for a query that came to one of the bounds."""
    match error:
        case TimeLimitError():
            detail = f"The query was ended after {seconds:g} seconds, the limit for one query."
            return Problem(503, "Time limit", detail, {"limit": seconds}, {"Retry-After": "60"})
        case BusyError():
            detail = "All workers are busy with other queries; try again."
            return Problem(503, "Busy", detail, headers={"Retry-After": "10"})
        case ExhaustedError():
            detail = "The query needed more memory than one query may use, or was nested too deeply."
            return Problem(503, "Memory limit", detail)
        case NoRoomError():
            detail = "There is no room here to keep so long an answer until it is sent; use LIMIT, or try again later."
            return Problem(503, "No room", detail, headers={"Retry-After": "60"})
        case _:
            return Problem(503, "Result limit", "The answer is larger than one answer may be; use LIMIT.")


def syntax_problem(message: str, text: str) -> Problem:
    """A syntax error with its line, its column and the line itself."""
    if not message.startswith("{"):
        return Problem(400, "Syntax error", message)
    mistake = Mistake(**json.loads(message))
    lines = text.splitlines() or [""]
    source = pointed(lines[min(mistake.line, len(lines)) - 1], mistake.column)
    detail = f"Line {mistake.line}, column {mistake.column}: {_in_words(mistake)}"
    return Problem(400, "Syntax error", detail, {"line": mistake.line, "column": mistake.column, "source": source})


def _in_words(mistake: Mistake) -> str:
    if mistake.reason == "Prefix not found":
        return f"the prefix of {shorten(mistake.found)} is not declared; add a PREFIX line for it."
    if mistake.reason and not mistake.found and not mistake.reason.startswith("expected "):
        return f"{mistake.reason}."  # about the query as a whole, which is as long as it wants to be
    what = f"“{shorten(mistake.found)}” cannot stand here" if mistake.found else "the query ends too early"
    return f"{what}: {mistake.reason}." if mistake.reason else f"{what}."
