"""A number of places, given to those who wait in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from server.sparql.failures import BusyError


class Turns:
    """Places for `number` at a time; up to `waiting` more wait for up to `patience` seconds. Safe to use from threads.

    A place that becomes free is handed to the one who waits longest: nobody else is woken, and nobody overtakes.
    """

    def __init__(self, number: int, waiting: int, patience: float) -> None:
        self._lock = threading.Lock()
        self._free = number
        self._most = waiting
        self._patience = patience
        self._queue: deque[threading.Lock] = deque()

    @property
    def free(self) -> int:
        """How many places nobody has."""
        return self._free

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._queue)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A place as long as the block lasts. Raises BusyError where too many wait, or the wait takes too long."""
        self._take()
        try:
            yield
        finally:
            self._give()

    def _take(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if len(self._queue) >= self._most:
                raise BusyError
            turn = threading.Lock()
            turn.acquire()
            self._queue.append(turn)
        if turn.acquire(timeout=self._patience):
            return
        with self._lock:
            if turn in self._queue:
                self._queue.remove(turn)
                raise BusyError

    def _give(self) -> None:
        with self._lock:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._free += 1
