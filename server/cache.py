"""Answers out of a release, kept whole and compressed: asked again, they cost no query, no rendering, no compression.

A cache belongs to one web process and is bounded in bytes; what was used longest ago leaves first. Its keys name the
release, so that a new one begins anew. Errors, streamed answers and what an answer forbids to store are never kept.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import cast

from cachetools import LRUCache
from flask import Flask, Response, current_app, g, request

from server.current import Current, NoReleaseError, Release
from server.remote.current import RemoteCurrent
from server.store import StoreError

LARGEST = 256 * 1024  # bytes of an answer that is kept
_VARYING = ("Accept", "Accept-Encoding", "Accept-Profile")
_VARYING_NAMES = frozenset(name.lower() for name in _VARYING)
_ELSEWHERE = frozenset({None, "health", "metrics", "packages"})  # what answers without a release; None: static files
_OVERHEAD = 1024  # bytes that an entry takes beside its body and its key, generously
_KEPT_STATUS = frozenset({200, 301, 303})

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer as it was sent; `size` counts its key as well."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    size: int


class AnswerCache:
    """Answers by what they depend on; safe to use from several threads."""

    def __init__(self, size: int) -> None:
        self._lock = threading.Lock()
        self._kept: LRUCache[Key, _Kept] = LRUCache(size, getsizeof=lambda kept: kept.size)
        self.recalled = 0  # answers that were given from here

    @property
    def size(self) -> int:
        """Bytes that are in use."""
        return int(self._kept.currsize)

    def recall(self) -> Response | None:
        """The answer to the request if it is kept; the request is then answered out of the release that it names."""
        if not _may_be_kept() or (current := _current_release()) is None:
            return None
        with self._lock:
            kept = self._kept.get(_key(current))
            self.recalled += kept is not None
        if kept is None:
            return None
        g.release, g.recalled = current, True
        response = current_app.response_class(kept.body, kept.status)
        response.headers.clear()
        response.headers.extend(kept.headers)
        return response

    def keep(self, response: Response) -> Response:
        """The answer itself, which is kept where it may be."""
        if "recalled" in g or not _may_be_kept() or request.method != "GET" or not _keepable(response):
            return response
        key, body = _key(g.release), response.get_data()
        headers = tuple((name, value) for name, value in response.headers if name != "Date")
        size = _OVERHEAD + len(body) + sum(map(len, key)) + sum(len(name) + len(value) for name, value in headers)
        if size <= min(LARGEST, self._kept.maxsize):
            with self._lock:
                self._kept[key] = _Kept(response.status_code, headers, body, size)
        return response


def init_app(app: Flask, size: int) -> None:
    """Keeps answers of the application in up to `size` bytes, none for 0.

    What is registered before sees every request and adds to every answer; what comes after is kept with the answer.
    """
    if size:
        cache = app.extensions["cache"] = AnswerCache(size)
        app.before_request(cache.recall)
        app.after_request(cache.keep)


def beyond_release() -> None:
    """Says that the answer depends on more than the release, so that it is not kept."""
    g.beyond_release = True


def _current_release() -> Release | None:
    try:
        return cast(Current | RemoteCurrent, current_app.extensions["current"]).release()
    except (NoReleaseError, StoreError):
        return None  # the view will meet it and say so


def _may_be_kept() -> bool:
    """Whether the request reads a release, and what everybody may read (RFC 9111, 3.5)."""
    reads = request.method in ("GET", "HEAD") and "Authorization" not in request.headers
    return reads and request.blueprint not in _ELSEWHERE


def _keepable(response: Response) -> bool:
    return (
        response.status_code in _KEPT_STATUS
        and "release" in g
        and "beyond_release" not in g
        and not response.is_streamed
        and not response.cache_control.no_store
        and not response.cache_control.private
        and all(name.lower() in _VARYING_NAMES for name in response.vary)
    )


def _key(release: Release) -> Key:
    """What an answer depends on: the release, the address as it was asked for, the headers that answers vary by."""
    given = request.headers
    return (
        release.id,
        release.published.isoformat(),
        request.scheme,
        request.script_root,
        request.path,
        request.query_string.decode("latin-1"),
        *(given.get(name, "") for name in _VARYING),
    )
