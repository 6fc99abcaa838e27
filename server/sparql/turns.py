"""A number of places, given in turn to the clients that wait, so that one with many requests holds up nobody else.

One client never has the last place, nor the last of those in which to wait, where there are more than one; nor have
all those together whose work took much of late. So who asks for little finds a place that no long work holds.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from server.sparql.failures import BusyError

# A client is charged the time beyond SHORT that it has a place; who is charged HEAVY seconds more than FREELY of the
# time since is a heavy client. A person at the editor is charged nothing: of the 44 queries of the gallery half take
# 0.02 CPU seconds, nine in ten 0.11, the longest 0.71 (two real reports and the samples).
SHORT = 1.0  # seconds
HEAVY = 5.0  # seconds
FREELY = 0.1  # of a second for each that goes by


class _Turn:
    """One who waits: `come` is released when a place is theirs."""

    def __init__(self, client: str) -> None:
        self.client, self.come = client, threading.Lock()
        self.come.acquire()


class _Use:
    """What each client was charged of late: seconds, less those that all may have freely."""

    def __init__(self) -> None:
        self._taken: dict[str, tuple[float, float]] = {}  # and the moment at which they were so many

    def add(self, client: str, seconds: float) -> None:
        now = time.monotonic()
        self._taken[client] = (self.of(client, now) + seconds, now)
        # Nothing is kept of who has taken little, or it would grow with every client there ever was.
        self._taken = {name: taken for name, taken in self._taken.items() if self.of(name, now)}

    def of(self, client: str, now: float) -> float:
        seconds, moment = self._taken.get(client, (0.0, now))
        return max(0.0, seconds - FREELY * (now - moment))

    def is_heavy(self, client: str) -> bool:
        return bool(client) and self.of(client, time.monotonic()) > HEAVY


class Turns:
    """Places for `number` at a time; up to `waiting` more wait for up to `patience` seconds. Safe to use from threads.

    A place that becomes free is handed to the client that was given one longest ago, of its requests to the one that
    waits longest: nobody else is woken, and nobody overtakes. Nobody, the empty name, is the server itself, which may
    have all places.
    """

    def __init__(self, number: int, waiting: int, patience: float, *, own: bool = False) -> None:
        """`own`: the work is the web process's own, so it is charged from the first moment, not after SHORT, and a
        place that a heavy client had stays empty as long again: pages need the processor as well.
        """
        self._own = own
        self._lock = threading.Lock()
        self._free = number
        self._most_of_one = max(1, number - 1)
        self._most_of_heavy = max(1, number // 2)
        self._most_waiting_of_one = max(1, waiting - 1)
        self._most = waiting
        self._patience = patience
        self._queue: list[_Turn] = []
        self._given = 0
        self._last: dict[str, int] = {}  # of each client that has a place or waits: when it was last given one
        self._having: Counter[str] = Counter()
        self._use = _Use()

    @property
    def free(self) -> int:
        """How many places nobody has."""
        return self._free

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._queue)

    def is_heavy(self, client: str) -> bool:
        """Whether the work of a client has taken much of late."""
        with self._lock:
            return self._use.is_heavy(client)

    @contextmanager
    def taken(self, client: str = "") -> Iterator[None]:
        """A place as long as the block lasts. Raises BusyError where too many wait, or the wait takes too long."""
        self._take(client)
        begun = time.monotonic()
        try:
            yield
        finally:
            seconds = time.monotonic() - begun
            if self._own and self.is_heavy(client):
                resting = threading.Timer(seconds, self._return, (client, seconds))
                resting.daemon = True
                resting.start()
            else:
                self._return(client, seconds)

    def _take(self, client: str) -> None:
        with self._lock:
            if self._free and self._may_have(client):
                self._free -= 1
                self._give(client)
                return
            if len(self._queue) >= self._most or not self._may_wait(client):
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
        """Whether a client may have one more place: neither it nor the heavy ones together the last."""
        if not client:
            return True
        if self._having[client] >= self._most_of_one:
            return False
        return not self._use.is_heavy(client) or sum(self._heavy(self._having.elements())) < self._most_of_heavy

    def _may_wait(self, client: str) -> bool:
        """Whether a client may wait: it never has the last place for that, heavy ones together only half of them."""
        if not client:
            return True
        waiting = [turn.client for turn in self._queue]
        if waiting.count(client) >= self._most_waiting_of_one:
            return False
        return not self._use.is_heavy(client) or sum(self._heavy(waiting)) < max(1, self._most // 2)

    def _heavy(self, clients: Iterable[str]) -> Iterator[bool]:
        return (self._use.is_heavy(client) for client in clients)

    def _return(self, client: str, seconds: float) -> None:
        with self._lock:
            self._use.add(client, seconds if self._own else max(0.0, seconds - SHORT))
            self._having[client] -= 1
            self._free += 1
            # One who comes may be passed over by these bounds, so more than one place may be free here.
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
