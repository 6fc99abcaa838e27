"""Headers that every answer carries: caching by release, cross-origin reading, and what protects a reader's browser."""

from __future__ import annotations

from flask import Flask, Response, g, request

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_EXPOSED = "Link, ETag, Location, Retry-After, Content-Disposition"


def init_app(app: Flask) -> None:
    """Adds the headers to all answers of the application, errors included."""
    app.before_request(_preflight)
    app.after_request(_protect)
    app.after_request(_validate)


def _preflight() -> Response | None:
    """The answer to a browser that asks whether a page of another origin may read here: all may."""
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _protect(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _validate(response: Response) -> Response:
    """Gives an answer out of a release the release's validator, so that the same question again costs nothing.

    The address and the chosen form are the rest of the cache's key (`Vary`), so one weak validator serves all forms.
    """
    if "release" not in g or response.status_code != 200 or request.method not in ("GET", "HEAD"):
        return response
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "public, max-age=60, must-revalidate"
    if "ETag" not in response.headers:
        response.set_etag(f"{g.release.id}-{(response.mimetype or '').rpartition('/')[2]}", weak=True)
    response.make_conditional(request)
    return response
