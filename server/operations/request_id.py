"""The name of each request, by which its answer, its line in the log and a reader's complaint are found together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from flask import Flask, Response, request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

HEADER = "X-Request-Id"
_PLACE = "recalling.request_id"  # in the environment of the request
_TAKEN_OVER = re.compile(r"[A-Za-z0-9._-]{1,64}")


def init_app(app: Flask) -> None:
    """Names the request in every answer of the application."""
    app.after_request(_name)


def identity(environ: WSGIEnvironment) -> str:
    """The id of a request: the client's own where it is 1 to 64 letters, digits, dots, `_` and `-`."""
    if _PLACE not in environ:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        environ[_PLACE] = given if _TAKEN_OVER.fullmatch(given) else uuid4().hex
    return cast(str, environ[_PLACE])


def request_id() -> str:
    """The id of the current request."""
    return identity(request.environ)


def request_urn() -> str:
    """The id as the URI that a problem document names its occurrence by (RFC 9457, 3.1.5)."""
    return f"urn:request:{request_id()}"


def _name(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    return response
