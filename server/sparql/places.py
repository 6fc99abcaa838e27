"""Who waits for a worker and whose query runs: how many of them one client may have in a web process."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from server.sparql.failures import ClientLimitError

Watch = Callable[[int, int], None]


class Places:
    """Queries that wait or run, at most `limit` of one client; `watch` is told of both numbers at each change."""

    def __init__(self, limit: int, watch: Watch = lambda _waiting, _running: None) -> None:
        self.limit = limit
        self._watch = watch
        self._lock = threading.Lock()
        self._clients: Counter[str] = Counter()
        self._waiting = 0
        self._running = 0

    @contextmanager
    def taken(self, client: str) -> Iterator[Callable[[], None]]:
        """A place for a query as long as the block lasts; to be called when its turn has come.

        Raises ClientLimitError where the client has as many as it may. Nobody, the empty name, is the server itself.
        """
        begun = False

        def begin() -> None:
            nonlocal begun
            begun = True
            self._count(-1, 1)

        self._enter(client)
        try:
            yield begin
        finally:
            self._leave(client)
            self._count(*((0, -1) if begun else (-1, 0)))

    def _enter(self, client: str) -> None:
        with self._lock:
            if client and self._clients[client] >= self.limit:
                raise ClientLimitError(self.limit)
            self._clients[client] += 1
        self._count(1, 0)

    def _leave(self, client: str) -> None:
        with self._lock:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]  # or it would grow with every client there ever was

    def _count(self, waiting: int, running: int) -> None:
        with self._lock:
            self._waiting += waiting
            self._running += running
            self._watch(self._waiting, self._running)
