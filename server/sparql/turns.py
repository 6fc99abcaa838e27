"""A number of places, given in turn to the clients that wait, so that one with many requests holds up nobody else.

One client never has the last place, nor the last of those in which to wait, where there are more than one.
"""

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
    waits longest: nobody else is woken, and nobody overtakes. Nobody, the empty name, is the server itself, which may
    have all places.
    """

    def __init__(self, number: int, waiting: int, patience: float) -> None:
        self._lock = threading.Lock()
        self._free = number
        self._most_of_one = max(1, number - 1)
        self._most_waiting_of_one = max(1, waiting - 1)
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
            if self._free and self._may_have(client):
                self._free -= 1
                self._give(client)
                return
            theirs = sum(turn.client == client for turn in self._queue) if client else 0
            if len(self._queue) >= self._most or theirs >= self._most_waiting_of_one:
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

    def _may_have(self, client: str) -> bool:
        return not client or self._having[client] < self._most_of_one

    def _return(self, client: str) -> None:
        with self._lock:
            self._having[client] -= 1
            self._free += 1
            # One who comes may be passed over by the bound of a client, so more than one place may be free here.
            while self._free and (next_ones := [turn for turn in self._queue if self._may_have(turn.client)]):
                turn = min(next_ones, key=lambda one: self._last.get(one.client, 0))  # the first of equals
                self._queue.remove(turn)
                self._free -= 1
                self._give(turn.client)
                turn.come.release()
            self._forget(client)

    def _forget(self, client: str) -> None:
        """Keep nothing of a client that has gone, or it would grow with every client there ever was."""
        if not self._having[client] and all(turn.client != client for turn in self._queue):
            del self._having[client]
            self._last.pop(client, None)
