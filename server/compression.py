"""Answers are compressed where the client takes it: zstd, Brotli, gzip or deflate, streamed answers as they come.

Flask-Compress takes `gzip;q=0` for a wish and `*` for all codings, a refused one as well. So it is given the header in
plain terms, and the cache before it keeps one answer for all the ways of saying the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Flask
from flask_compress import Compress
from werkzeug.http import parse_accept_header

from server.negotiation import DESCRIPTIONS, PROBLEM, RESULTS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CODINGS = ("zstd", "br", "gzip", "deflate")

_TEXTS = ("text/css", "text/javascript", "text/plain", "application/json", "image/svg+xml", "application/xml")


def init_app(app: Flask) -> None:
    """Compresses all answers of the application; to be called before what adds to them, and after the cache."""
    app.config["COMPRESS_MIMETYPES"] = [*(form.media_type for form in (*DESCRIPTIONS, *RESULTS, PROBLEM)), *_TEXTS]
    app.config["COMPRESS_ALGORITHM"] = app.config["COMPRESS_ALGORITHM_STREAMING"] = list(CODINGS)
    app.config["COMPRESS_EVALUATE_CONDITIONAL_REQUEST"] = False  # server.headers does, with the release's validator
    Compress(app)
    app.wsgi_app = _PlainTerms(app.wsgi_app)  # type: ignore[method-assign]


class _PlainTerms:
    """A WSGI application that is told of the codings that a client takes, and of no others."""

    def __init__(self, asked: WSGIApplication) -> None:
        self._asked = asked

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["HTTP_ACCEPT_ENCODING"] = taken(environ.get("HTTP_ACCEPT_ENCODING", ""))
        return self._asked(environ, start_response)


@lru_cache(maxsize=256)
def taken(header: str) -> str:
    """An `Accept-Encoding` with the weight of each coding of ours that another one accepts (RFC 9110, 12.5.3)."""
    accepted = parse_accept_header(header)
    weights = {coding: accepted.quality(coding) for coding in (*CODINGS, "identity")}
    return ", ".join(f"{coding};q={weight:g}" for coding, weight in weights.items() if weight > 0)
