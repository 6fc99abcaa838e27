"""Descriptions of things in the forms of RDF, sent in front of the framework: the same answers for a tenth of the work.

What is answered is a GET or HEAD of `PATH.ttl` and the like without parameters, without a profile, a condition, a range
or a coding, of a thing that the release describes. All else, and whatever is not as it should be, is asked of the
framework, which knows what to say. A request has been counted for its client before, and its place in the cache was
looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from time import perf_counter, time
from typing import TYPE_CHECKING, cast

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date, quote_etag
from werkzeug.routing import RequestRedirect

from mappings.iris import encode
from server.clients import REFUSED
from server.compression import CODINGS
from server.current import NoReleaseError, Release
from server.descriptions.served import Description
from server.doors.things import FORMS
from server.headers import CACHED, constant_headers, validator
from server.linked_data.links import doors_of_classes, links_of
from server.linked_data.profiles import INFERRED, profile_links
from server.negotiation import CITATIONS, DESCRIPTIONS, HTML, TURTLE, Form, by_suffix
from server.operations.observation import Observed, observe
from server.operations.request_id import HEADER, identity
from server.requests import address_at, is_host
from server.serialization import serialized
from server.store import StoreError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from server.settings import Settings

_UNKNOWN = (  # what an answer may depend on that is not looked at here
    "QUERY_STRING",
    "SCRIPT_NAME",
    "HTTP_ACCEPT_PROFILE",
    "HTTP_CONTENT_DIGEST",
    "HTTP_CONTENT_ENCODING",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_RANGE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_REPR_DIGEST",
    "HTTP_TRANSFER_ENCODING",
)
_VIEW = "resources.resource"
_encoded = lru_cache(maxsize=4096)(encode)


class Lane:
    """A WSGI application that sends descriptions, and asks another one for the rest."""

    def __init__(self, app: Flask, asked: WSGIApplication) -> None:
        self._app, self._asked = app, asked
        self._hsts = cast("Settings", app.extensions["settings"]).hsts
        self._route = lru_cache(maxsize=4096)(self._found_route)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun = perf_counter()
        if (asked := self._asked_for(environ)) is None:
            return self._asked(environ, start_response)
        release, path, form, described = asked
        method, stem = environ["REQUEST_METHOD"], path.removesuffix(f".{form.name}")
        body = _body(described, form, release.base)
        headers = [
            ("Content-Length", str(len(body))),
            ("Link", _links(release.base, stem, form, tuple(described.asserted), tuple(described.classes))),
            ("Date", _date(int(time()))),
            *_of_release(release.id, release.base, release.published, form),
            *constant_headers(self._hsts if environ["wsgi.url_scheme"] == "https" else 0),
            (HEADER, identity(environ)),
        ]
        sent = b"" if method == "HEAD" else body
        observed = Observed(
            request_id=identity(environ),
            method=method,
            path=f"/{path}",
            route=self._route(path)[1],
            probe=False,
            client=environ.get("REMOTE_ADDR", ""),
            status=200,
            seconds=perf_counter() - begun,
            size=len(sent),
            release=release.id,
            kept=False,
            query=None,
            failure=None,
        )
        observe(self._app, observed)
        start_response("200 OK", headers)
        return [sent]

    def _asked_for(self, environ: WSGIEnvironment) -> tuple[Release, str, Form, Description] | None:
        """What a request asks for, its path without the first slash; None where it is to be asked elsewhere."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or REFUSED in environ:
            return None
        if any(environ.get(name) for name in _UNKNOWN) or environ.get("CONTENT_LENGTH", "0") not in ("", "0"):
            return None
        if not is_host(environ.get("HTTP_HOST", "")) or _takes_codings(environ.get("HTTP_ACCEPT_ENCODING", "")):
            return None
        try:
            path = environ.get("PATH_INFO", "")[1:].encode("latin-1").decode()
        except ValueError:
            return None
        form, _ = self._route(path)
        if form is None:
            return None
        try:
            release = self._app.extensions["current"].release()
        except (NoReleaseError, StoreError):
            return None
        told = release.descriptions
        if told is None or told.may_know(_encoded(path)):
            return None  # the path may be that of a thing whose symbol ends like a suffix
        described = told.of(_encoded(path.removesuffix(f".{form.name}")))
        return (release, path, form, described) if described else None

    def _found_route(self, path: str) -> tuple[Form | None, str]:
        """The form that a path asks for where it is that of a description, and the rule that it falls under."""
        found = by_suffix(path, (*DESCRIPTIONS, *CITATIONS, *FORMS))
        if path.startswith("/") or found is None or found[1] not in DESCRIPTIONS or found[1] is HTML:
            return None, ""
        try:
            rule, _ = self._app.url_map.bind("localhost").match(f"/{path}", method="GET", return_rule=True)
        except (HTTPException, RequestRedirect):
            return None, ""
        return (found[1], rule.rule) if rule.endpoint == _VIEW else (None, "")


def init_app(app: Flask) -> None:
    """Sends descriptions in front of the application; to be called before what counts its requests."""
    app.wsgi_app = Lane(app, app.wsgi_app)  # type: ignore[method-assign]


def _body(described: Description, form: Form, base: str) -> bytes:
    whole = described.turtle if form is TURTLE else None
    return whole or serialized(described.quads(), form, base, described.thing.value)


@lru_cache(maxsize=1024)
def _links(base: str, path: str, form: Form, asserted: tuple[str, ...], classes: tuple[str, ...]) -> str:
    here = f"{address_at(base + encode(path.rstrip('/')), base, '')}.{form.name}"
    links = profile_links(here, INFERRED, form.media_type, base)
    return ", ".join((links_of(base, "", path, form, asserted, doors_of_classes(classes, base)), *links))


@lru_cache(maxsize=2)
def _date(second: int) -> str:
    return http_date(second)


@lru_cache(maxsize=64)
def _of_release(identity: str, base: str, published: datetime, form: Form) -> tuple[tuple[str, str], ...]:
    """The headers of a description that tell of its form and of the release that it is out of."""
    return (
        ("Content-Type", form.content_type),
        ("Content-Profile", f"<{INFERRED.iri(base)}>"),
        ("Vary", "Accept-Profile, Accept-Encoding"),
        ("Cache-Control", CACHED),
        ("ETag", quote_etag(validator(identity, form.media_type), weak=True)),
        ("Last-Modified", http_date(published)),
    )


@lru_cache(maxsize=256)
def _takes_codings(header: str) -> bool:
    """Whether a client takes an answer that is coded, by its `Accept-Encoding` in plain terms (server.compression)."""
    return any(header.find(f"{coding};") >= 0 for coding in CODINGS)
