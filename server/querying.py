"""Evaluating a client's query: what may not run is refused, and every way to fail becomes a Problem that says why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from server.errors import Problem, bad_request, refused
from server.messages import Kind, Query
from server.negotiation import GRAPHS, RESULTS, Form, NotAcceptableError
from server.requests import prefixes, release
from server.screening import Refusal, Screened, screen
from server.workers import (
    Answer,
    BusyError,
    ExhaustedError,
    QueryError,
    QuerySyntaxError,
    ResultLimitError,
    TimeLimitError,
    UnacceptableError,
)

UPDATE_REFUSED = "This endpoint only reads: SPARQL updates are refused."
SERVICE_REFUSED = "This endpoint reaches no other host: SERVICE is refused."
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as a client sent it: its text and the dataset that the request names for it."""

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


def run(asked: Asked, results: Form | None, graphs: Form | None) -> Answer:
    """The beginning of an answer in the given forms. Raises the Problem that tells why there is none."""
    screened = screen(asked.text)
    _refuse(screened)
    current = release()
    own_dataset = screened.names_dataset or bool(asked.default_graphs or asked.named_graphs)
    query = Query(
        text=asked.text,
        union=not own_dataset,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        results=results.media_type if results else None,
        graphs=graphs.media_type if graphs else None,
        prefixes=prefixes(current.base),
    )
    try:
        return current.workers.answer(query)
    except UnacceptableError as error:
        raise NotAcceptableError(GRAPHS if error.kind is Kind.GRAPH else RESULTS) from error
    except QueryError as error:
        raise problem_of(error, asked.text, current.workers.limits.seconds) from error


def _refuse(screened: Screened) -> None:
    match screened.refusal:
        case Refusal.UPDATE:
            raise refused(UPDATE_REFUSED)
        case Refusal.SERVICE:
            raise refused(SERVICE_REFUSED)


def problem_of(error: QueryError, text: str, seconds: float) -> Problem:
    """What a client is told of a query that got no answer."""
    match error:
        case QuerySyntaxError():
            return syntax_problem(str(error), text)
        case TimeLimitError():
            detail = f"The query was ended after {seconds:g} seconds, the limit for one query."
            return Problem(503, "Time limit", detail, {"limit": seconds}, {"Retry-After": "60"})
        case BusyError():
            detail = "All workers are busy with other queries; try again."
            return Problem(503, "Busy", detail, headers={"Retry-After": "10"})
        case ExhaustedError():
            return Problem(503, "Memory limit", "The query needed more memory than one query may use.")
        case ResultLimitError():
            return Problem(503, "Result limit", "The answer is larger than one answer may be; use LIMIT.")
        case _:
            return bad_request(str(error) or "The query cannot be evaluated.")


def syntax_problem(message: str, text: str) -> Problem:
    """A syntax error with its line, its column and the line itself, out of the engine's message."""
    found = _POSITION.match(message)
    if found is None:
        return Problem(400, "Syntax error", message)
    line, column = int(found.group(1)), int(found.group(2))
    lines = text.splitlines() or [""]
    source = lines[min(line, len(lines)) - 1]
    detail = f"Line {line}, column {column}: {_expected(found.group(3))}"
    caret = f"{source}\n{' ' * (column - 1)}^"
    return Problem(400, "Syntax error", detail, {"line": line, "column": column, "source": caret})


def _expected(words: str) -> str:
    """The engine's expectation without its character classes, which mean nothing to a reader."""
    names = [part.strip() for part in words.removeprefix("expected ").removeprefix("one of ").split(", ")]
    readable = [name for name in names if name and "[" not in name and "\\u" not in name and "]" not in name]
    if "Prefix not found" in readable:
        return "this prefix is not declared; add a PREFIX line for it."
    if not readable:
        return "this cannot stand here."
    return f"this cannot stand here; expected {', '.join(readable[:8])} or another form."
