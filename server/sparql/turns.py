"""A number of places, given in turn to the clients that wait, so that one with many requests holds up nobody else."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from server.sparql.failures import BusyError


class _Turn:
    """One who waits: `come` is released when a place is theirs."""

    def __init__(self, client: str) -> None:
        self.client, self.come = client, threading.Lock()
        self.come.acquire()


class Turns:
    """Places for `number` at a time; up to `waiting` more wait for up to `patience` seconds. Safe to use from threads.

    A place that becomes free is handed to the client that was given one longest ago, of its requests to the one that
    waits longest: nobody else is woken, and nobody overtakes.
    """

    def __init__(self, number: int, waiting: int, patience: float) -> None:
        self._lock = threading.Lock()
        self._free = number
        self._most = waiting
        self._patience = patience
        self._queue: list[_Turn] = []
        self._given = 0
        self._last: dict[str, int] = {}  # of each client that has a place or waits: when it was last given one
        self._having: Counter[str] = Counter()

    @property
    def free(self) -> int:
        """How many places nobody has."""
        return self._free

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._queue)

    @contextmanager
    def taken(self, client: str = "") -> Iterator[None]:
        """A place as long as the block lasts. Raises BusyError where too many wait, or the wait takes too long."""
        self._take(client)
        try:
            yield
        finally:
            self._return(client)

    def _take(self, client: str) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                self._give(client)
                return
            if len(self._queue) >= self._most:
                raise BusyError
            turn = _Turn(client)
            self._queue.append(turn)
        if turn.come.acquire(timeout=self._patience):
            return
        with self._lock:
            if turn in self._queue:
                self._queue.remove(turn)
                self._forget(client)
                raise BusyError

    def _give(self, client: str) -> None:
        self._given += 1
        self._last[client] = self._given
        self._having[client] += 1

    def _return(self, client: str) -> None:
        with self._lock:
            self._having[client] -= 1
            if self._queue:
                turn = min(self._queue, key=lambda one: self._last.get(one.client, 0))  # the first of equals
                self._queue.remove(turn)
                self._give(turn.client)
                turn.come.release()
            else:
                self._free += 1
            self._forget(client)

    def _forget(self, client: str) -> None:
        """Keep nothing of a client that has gone, or it would grow with every client there ever was."""
        if not self._having[client] and all(turn.client != client for turn in self._queue):
            del self._having[client]
            self._last.pop(client, None)
