"""Whether the server lives, and whether it can answer: for those who watch and balance it."""

from __future__ import annotations

from flask import Blueprint, Response

from server.current import Release
from server.requests import release

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
def live() -> Response:
    """200 as long as requests are answered at all, whatever has become of the store."""
    return _uncached("live")


@blueprint.get("/health/ready")
def ready() -> Response:
    """200 where a release is published and its store, asked now, answers; 503 otherwise, as for every page."""
    return _uncached(readiness(release()))


def readiness(current: Release) -> str:
    """That a release can be queried, in words. Raises StoreError where its store, asked now, does not answer."""
    current.store.check()
    return f"ready: release {current.id}"


def _uncached(words: str) -> Response:
    response = Response(f"{words}\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
