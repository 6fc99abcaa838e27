"""Answers out of a release, kept whole and compressed: asked again, they cost no query, no rendering, no compression.

A cache belongs to one web process and is bounded in bytes; what was used longest ago leaves first. Its keys name the
release, so that a new one begins anew. Errors, streamed answers and what an answer forbids to store are never kept.
What is kept is answered before the application is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from cachetools import LRUCache
from flask import Flask, Response, g, request
from werkzeug.http import is_resource_modified, remove_entity_headers

from server.current import Current, NoReleaseError, Release
from server.operations.observation import Observed, observe
from server.operations.request_id import HEADER, identity
from server.remote.current import RemoteCurrent
from server.store import StoreError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST = 256 * 1024  # bytes of an answer that is kept
_VARYING = ("Accept", "Accept-Encoding", "Accept-Profile")
_VARYING_NAMES = frozenset(name.lower() for name in _VARYING)
_VARYING_KEYS = tuple(f"HTTP_{name.upper().replace('-', '_')}" for name in _VARYING)
_ELSEWHERE = frozenset({None, "health", "metrics"})  # blueprints that answer without a release; None has static files
_OVERHEAD = 1024  # bytes that an entry takes beside its body and its key, generously
_KEPT_STATUS = frozenset({200, 301, 303})

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was sent, and the rule of the address that it was sent at; `size` counts its key as well."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    route: str
    size: int

    def unchanged_for(self, environ: WSGIEnvironment) -> bool:
        """Whether the client holds it already (RFC 9110, 13.1)."""
        if "HTTP_IF_NONE_MATCH" not in environ and "HTTP_IF_MODIFIED_SINCE" not in environ:
            return False
        found = dict(self.headers)
        return not is_resource_modified(environ, found.get("ETag"), last_modified=found.get("Last-Modified"))


class AnswerCache:
    """Answers by what they depend on; safe to use from several threads."""

    def __init__(self, size: int) -> None:
        self._lock = threading.Lock()
        self._kept: LRUCache[Key, Kept] = LRUCache(size, getsizeof=lambda kept: kept.size)
        self.recalled = 0  # answers that were given from here

    @property
    def size(self) -> int:
        """Bytes that are in use."""
        return int(self._kept.currsize)

    def recall(self, environ: WSGIEnvironment, release: Release) -> Kept | None:
        """The answer to a request out of a release if it is kept."""
        if not _may_be_kept(environ):
            return None
        with self._lock:
            key = _key(environ, release)
            kept = self._kept.get(key) or self._kept.get(_at_host(key, environ))
            self.recalled += kept is not None
        return kept

    def keep(self, response: Response) -> Response:
        """The answer itself, which is kept where it may be."""
        if request.method != "GET" or not _may_be_kept(request.environ) or not _keepable(response):
            return response
        key, body = _key(request.environ, g.release), response.get_data()
        if "host_matters" in g:
            key = _at_host(key, request.environ)
        headers = tuple((name, value) for name, value in response.headers if name != "Date")
        size = _OVERHEAD + len(body) + sum(map(len, key)) + sum(len(name) + len(value) for name, value in headers)
        if size <= min(LARGEST, self._kept.maxsize):
            with self._lock:
                route = request.url_rule.rule if request.url_rule else "none"
                self._kept[key] = Kept(response.status, headers, body, route, size)
        return response


class _Recalling:
    """A WSGI application that answers what is kept, and asks another one for the rest."""

    def __init__(self, app: Flask, cache: AnswerCache, asked: WSGIApplication) -> None:
        self._app, self._cache, self._asked = app, cache, asked

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun = perf_counter()
        release = _current_release(self._app.extensions["current"])
        kept = self._cache.recall(environ, release) if release else None
        if kept is None or release is None:
            return self._asked(environ, start_response)
        status, headers, body = kept.status, [*kept.headers, (HEADER, identity(environ))], kept.body
        if kept.status.startswith("200") and kept.unchanged_for(environ):
            status, body = "304 NOT MODIFIED", b""
            remove_entity_headers(headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            body = b""
        observe(self._app, _observed(environ, kept, int(status[:3]), len(body), release.id, perf_counter() - begun))
        start_response(status, headers)
        return [body]


def _observed(environ: WSGIEnvironment, kept: Kept, status: int, size: int, release: str, seconds: float) -> Observed:
    return Observed(
        request_id=identity(environ),
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace"),
        route=kept.route,
        probe=False,
        client=environ.get("REMOTE_ADDR", ""),
        status=status,
        seconds=seconds,
        size=size,
        release=release,
        kept=True,
        query=None,
        failure=None,
    )


def init_app(app: Flask, size: int) -> None:
    """Keeps answers of the application in up to `size` bytes, none for 0.

    What is registered before adds to every answer that is made; what comes after is kept with the answer.
    """
    if size:
        cache = app.extensions["cache"] = AnswerCache(size)
        app.after_request(cache.keep)
        app.wsgi_app = _Recalling(app, cache, app.wsgi_app)  # type: ignore[method-assign]


def beyond_release() -> None:
    """Says that the answer depends on more than the release, so that it is not kept."""
    g.beyond_release = True


def by_host() -> str:
    """The address by which the client calls this server, for an answer that depends on it and is kept by it."""
    g.host_matters = True
    return request.host_url


def _current_release(current: Current | RemoteCurrent) -> Release | None:
    try:
        return current.release()
    except (NoReleaseError, StoreError):
        return None  # the view will meet it and say so


def _may_be_kept(environ: WSGIEnvironment) -> bool:
    """Whether the request asks for what everybody may read (RFC 9111, 3.5)."""
    return environ["REQUEST_METHOD"] in ("GET", "HEAD") and "HTTP_AUTHORIZATION" not in environ


def _keepable(response: Response) -> bool:
    return (
        response.status_code in _KEPT_STATUS
        and "release" in g
        and "beyond_release" not in g
        and request.blueprint not in _ELSEWHERE
        and not response.is_streamed
        and not response.cache_control.no_store
        and not response.cache_control.private
        and all(name.lower() in _VARYING_NAMES for name in response.vary)
    )


def _at_host(key: Key, environ: WSGIEnvironment) -> Key:
    return (*key, environ.get("HTTP_HOST", ""))


def _key(environ: WSGIEnvironment, release: Release) -> Key:
    """What an answer depends on: the release, the address as it was asked for, the headers that answers vary by."""
    return (
        release.id,
        release.published.isoformat(),
        environ["wsgi.url_scheme"],
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        *(environ.get(name, "") for name in _VARYING_KEYS),
    )
