"""Every error that a client sees: one type, one place that turns exceptions into answers.

For programs an answer is `application/problem+json` (RFC 9457), for people a page. Nothing of a traceback reaches them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import get_input_stream

from server.current import NoReleaseError
from server.negotiation import NotAcceptableError, UnknownFormatError, prefers_html
from server.operations.observation import Failure
from server.operations.request_id import request_id, request_urn
from server.store import StoreError

DRAINED = 16 * 1024**2  # bytes of a request that is refused
DRAINING = 5.0  # seconds
SHOWN = 200  # characters of what a client sent, on either side of a mistake


@dataclass(eq=False)  # not frozen: Python notes on an exception where it was raised
class Problem(Exception):
    """An answer that says what is wrong: RFC 9457's members, and `more` of our own beside them."""

    status: int
    title: str
    detail: str
    more: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self, instance: str) -> dict[str, object]:
        """The members of the problem document; `instance` is the URI of this occurrence."""
        named = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail}
        return {**named, "instance": instance, **self.more}


def not_found(detail: str) -> Problem:
    """404: there is nothing at this address."""
    return Problem(404, "Not found", detail)


def bad_request(detail: str, **more: object) -> Problem:
    """400: the request cannot be understood."""
    return Problem(400, "Bad request", detail, more)


def refused(detail: str) -> Problem:
    """403: understood, and not done here."""
    return Problem(403, "Refused", detail)


def not_acceptable(error: NotAcceptableError) -> Problem:
    """406, with the list of the forms there are."""
    offered = [form.media_type for form in error.offered]
    return Problem(406, "Not acceptable", f"This is available as {', '.join(offered)}.", {"offered": offered})


def unknown_format(error: UnknownFormatError) -> Problem:
    """400, with the list of the forms there are, by the names that `format` knows."""
    names = [form.name for form in error.offered]
    return bad_request(f"There is no format {shorten(error.word)!r} here; there are {', '.join(names)}.", offered=names)


def shorten(words: str) -> str:
    """What a client sent, as far as a message can repeat it."""
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def pointed(line: str, column: int) -> str:
    """A line with a caret under a column, counted from 1; of a long line, what stands around it."""
    start = max(0, column - 1 - SHOWN)
    return f"{line[start : column - 1 + SHOWN]}\n{' ' * (column - 1 - start)}^"


def init_app(app: Flask) -> None:
    """Answers all exceptions of the application in its own form."""
    app.register_error_handler(Problem, answer)
    app.register_error_handler(NotAcceptableError, lambda error: answer(not_acceptable(error)))
    app.register_error_handler(UnknownFormatError, lambda error: answer(unknown_format(error)))
    app.register_error_handler(NoReleaseError, _no_release)
    app.register_error_handler(StoreError, _no_store)
    app.register_error_handler(OSError, _no_store)  # the disk: what comes over a network has its own errors
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def answer(problem: Problem) -> Response:
    """The response that tells a client of a problem, in the form it prefers."""
    _drain(problem.status)
    if prefers_html(request):
        words = HTTPStatus(problem.status).phrase
        body = render_template("problem.html", problem=problem, words=words, request_id=request_id())
        response = Response(body, problem.status, content_type="text/html; charset=utf-8")
    else:
        body = json.dumps(problem.document(request_urn()), ensure_ascii=False, indent=1) + "\n"
        response = Response(body, problem.status, content_type="application/problem+json")
    response.headers.update(dict(problem.headers))
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def _no_release(error: Exception) -> Response:
    g.pop("release", None)
    g.failure = Failure(str(error))
    detail = "Nothing has been published here yet. Run `recalling build REPORT...` with the same data folder."
    return answer(Problem(503, "No release", detail, headers={"Retry-After": "30"}))


def _no_store(error: Exception) -> Response:
    g.pop("release", None)
    g.failure = Failure(str(error))
    detail = "The store behind this server does not answer. It has been logged; try again later."
    return answer(Problem(503, "No store", detail, headers={"Retry-After": "30"}))


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        limit = request.max_content_length
        return answer(Problem(status, error.name, f"A request may have {limit} bytes.", {"limit": limit}))
    given = error.get_response().headers
    headers = {name: given[name] for name in ("Allow", "Content-Range", "Retry-After") if name in given}
    detail = error.description or error.name
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} is not done at this address, only {headers['Allow']}."
    return answer(Problem(status, error.name, detail, headers=headers))


def _drain(status: int) -> None:
    """Reads what a client goes on sending, to bounds: one that is cut off in its sentence sees no answer.

    A body that was read already is left alone: some servers wait for more than it has. So is that of a client with
    too many requests: it may never come.
    """
    too_large = status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if status == HTTPStatus.TOO_MANY_REQUESTS or request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if "stream" in request.__dict__ and not too_large:
        return
    stream = request.environ["wsgi.input"] if too_large else get_input_stream(request.environ)
    left, until = DRAINED, time.monotonic() + DRAINING
    with suppress(Problem):  # it need not be whole any more
        while left > 0 and time.monotonic() < until and (part := stream.read(min(left, 64 * 1024))):
            left -= len(part)


def _unforeseen(error: Exception) -> Response:
    g.failure = Failure("unforeseen", error)
    return answer(Problem(500, "Internal error", "Something went wrong here. It has been logged."))
