"""Headers that every answer carries: caching by release, cross-origin reading, and what protects a reader's browser."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import cast

from flask import Flask, Response, current_app, g, request

from server.settings import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_POLICY = "Content-Security-Policy"
CACHED = "public, max-age=60, must-revalidate"
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
    seconds = cast(Settings, current_app.extensions["settings"]).hsts
    for name, value in constant_headers(seconds if request.is_secure else 0):
        if name == _POLICY:
            response.headers.setdefault(name, value)  # a page that others may frame has its own
        else:
            response.headers[name] = value
    return response


@cache
def constant_headers(hsts: int) -> tuple[tuple[str, str], ...]:
    """What every answer has; with seconds for which browsers keep to https, 0 where the request did not come by it.

    Over http the header has no meaning (RFC 6797, section 7.2).
    """
    always = (
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", _EXPOSED),
        (_POLICY, POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
    )
    return (*always, ("Strict-Transport-Security", f"max-age={hsts}")) if hsts else always


def _validate(response: Response) -> Response:
    """Gives an answer out of a release the release's validators, so that the same question again costs nothing."""
    if "release" not in g or request.method not in ("GET", "HEAD"):
        return response
    if response.status_code in _REDIRECTIONS:  # without it a browser keeps a 301 for good
        response.headers.setdefault("Cache-Control", CACHED)
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
    response.headers.setdefault("Cache-Control", CACHED)
    if "ETag" not in response.headers:
        response.set_etag(_validator(media_type), weak=True)
    response.last_modified = g.release.published


def _validator(media_type: str) -> str:
    return validator(g.release.id, media_type)


def validator(release: str, media_type: str) -> str:
    """What tells a form of an answer out of a release from others."""
    return f"{release}-{media_type.rpartition('/')[2]}"
