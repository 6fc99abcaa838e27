"""The release that is being served: opened once, exchanged when a new one is published.

On disk `DATA/current` is a link to `DATA/releases/<id>`, which holds `store/` and `release.json`. The link is
looked at once a second at most. A request keeps the release it began with; the old one is let go when its last
reader has finished.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from server.descriptions.served import Descriptions, descriptions_of
from server.publishing.manifest import description_of
from server.settings import Settings
from server.sparql.messages import Query
from server.sparql.places import Places
from server.sparql.workers import Answer, Limits, WorkerPool
from server.store import EmbeddedStore, Store, StoreError

logger = logging.getLogger("recalling")
LOOK_AGAIN = 1.0  # seconds


class NoReleaseError(Exception):
    """Nothing has been published in the data folder, or what is there cannot be read."""


class Queries(Protocol):
    """What answers clients' queries to a release, within limits."""

    limits: Limits

    def answer(self, query: Query, client: str = "") -> Answer:
        """The answer to a query of a client, who is known by address. Raises QueryError."""
        ...

    def retire(self) -> None:
        """Ends what is kept for queries; those that are being answered go on."""
        ...


@dataclass(frozen=True, slots=True)
class Release:
    """A published release: its id, the base of its IRIs, when it was published, its description, the ways to ask it.

    `descriptions` are what it says of things, None where it was published without, or is in another engine.
    """

    id: str
    base: str
    published: datetime
    description: dict[str, Any]
    store: Store
    workers: Queries
    descriptions: Descriptions | None = None


def limits_of(settings: Settings) -> Limits:
    """The bounds of queries that the operator has set."""
    return Limits(
        workers=settings.query_workers,
        seconds=settings.time_limit,
        waiting=settings.queue_limit,
        patience=settings.queue_time,
        memory=settings.worker_memory,
        result=settings.result_limit,
        client=settings.client_limit,
    )


class Current:
    """The current release of a data folder; safe to use from several threads."""

    def __init__(self, settings: Settings, places: Places | None = None) -> None:
        self._link = settings.data / "current"
        self._limits = limits_of(settings)
        self._places = places or Places(settings.client_limit)  # one for all releases that are served in turn
        self._lock = threading.Lock()
        self._release: Release | None = None
        self._target: tuple[Path, int] | None = None
        self._looked = float("-inf")

    def release(self) -> Release:
        """The release to answer from now. Raises NoReleaseError where there is none."""
        with self._lock:
            now = time.monotonic()
            if self._release is None or now - self._looked >= LOOK_AGAIN:
                self._looked = now
                self._follow()
            if self._release is None:
                raise NoReleaseError(f"no release is published in {self._link.parent}")
            return self._release

    def close(self) -> None:
        """Ends the workers of the current release."""
        with self._lock:
            if self._release:
                self._release.workers.retire()
            self._release = None

    def _follow(self) -> None:
        folder = self._link.resolve()
        try:
            target = folder, (folder / "release.json").stat().st_ino  # a restored release has the id it had before
        except OSError:
            return  # a release once opened goes on being served when its folder is taken away
        if target == self._target and self._release is not None:
            return
        try:
            opened = self._open(folder)
        except (NoReleaseError, StoreError) as error:
            if self._release is None:
                raise
            logger.error("the release that is served stays: %s", error)
            return
        if self._release:
            self._release.workers.retire()
        self._release, self._target = opened, target

    def _open(self, folder: Path) -> Release:
        try:
            description = description_of(folder)
            published = datetime.fromtimestamp(int(self._link.lstat().st_mtime), UTC)
            identifier, base = str(description["id"]), str(description["base"])
        except (OSError, ValueError, KeyError) as error:
            raise NoReleaseError(f"{folder / 'release.json'} cannot be read: {error}") from error
        path = folder / "store"
        workers = WorkerPool(path, self._limits, self._places)
        store, described = EmbeddedStore(path), descriptions_of(folder)
        return Release(identifier, base, published, description, store, workers, described)
