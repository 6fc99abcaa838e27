"""Headers that every answer carries: caching by release, cross-origin reading, and what protects a reader's browser."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from flask import Flask, Response, current_app, g, request

from server.settings import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_CACHED = "public, max-age=60, must-revalidate"
_REDIRECTIONS = frozenset({301, 303})
_EXPOSED = (
    "Link, ETag, Location, Retry-After, Content-Disposition, Content-Location, Content-Profile, Repr-Digest, "
    "X-Request-Id, Recalling-Hint"
)
# Fetch: "*" does not hold Authorization, and older browsers take it for a name.
_ALLOWED = "*, Accept, Accept-Profile, Authorization, Content-Type, If-None-Match, X-Request-Id"


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
    response.headers["Access-Control-Allow-Headers"] = _ALLOWED
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _protect(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    response.headers.setdefault("Content-Security-Policy", POLICY)  # a page that others may frame has its own
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    seconds = cast(Settings, current_app.extensions["settings"]).hsts
    if seconds and request.is_secure:  # over http the header has no meaning (RFC 6797, section 7.2)
        response.headers["Strict-Transport-Security"] = f"max-age={seconds}"
    return response


def _validate(response: Response) -> Response:
    """Gives an answer out of a release the release's validators, so that the same question again costs nothing."""
    if "release" not in g or request.method not in ("GET", "HEAD"):
        return response
    if response.status_code in _REDIRECTIONS:  # without it a browser keeps a 301 for good
        response.headers.setdefault("Cache-Control", _CACHED)
    if response.status_code != 200:
        return response
    _mark(response, response.mimetype or "")
    if response.is_streamed:
        response.automatically_set_content_length = False  # it would be read whole to be counted
    response.make_conditional(request)
    return response


def unchanged(media_types: Iterable[str]) -> Response | None:
    """304 where the client holds the answer out of the current release in one of these forms, so no work is begun."""
    if request.method not in ("GET", "HEAD"):
        return None
    for media_type in media_types:
        since = request.if_modified_since
        if request.if_none_match.contains_weak(_validator(media_type)) or (
            not request.if_none_match and since is not None and g.release.published <= since
        ):
            response = Response(status=304)
            _mark(response, media_type)
            return response
    return None


def _mark(response: Response, media_type: str) -> None:
    """One weak validator for each form: the address and the chosen form are the rest of the cache's key (`Vary`)."""
    response.headers.setdefault("Cache-Control", _CACHED)
    if "ETag" not in response.headers:
        response.set_etag(_validator(media_type), weak=True)
    response.last_modified = g.release.published


def _validator(media_type: str) -> str:
    return f"{g.release.id}-{media_type.rpartition('/')[2]}"
