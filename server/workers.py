"""Queries in processes of their own, so that the time limit really ends the work: the worker is killed.

A pool belongs to one release and one web process, and starts its workers when they are first needed. `retire` lets
those that are busy finish.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from server.messages import Kind, Message, Outcome, Query

SLOW_READERS = 6  # times the time limit: how long a client may take to read an answer before its worker is needed back


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds: number of workers, seconds a query, queries waiting, seconds of waiting, bytes of memory and result."""

    workers: int = 2
    seconds: float = 20.0
    waiting: int = 32
    patience: float = 10.0
    memory: int = 2 * 1024**3
    result: int = 256 * 1024**2


class QueryError(Exception):
    """A query that got no answer."""


class QuerySyntaxError(QueryError):
    """The engine cannot parse the query; the message is the mistake as JSON, or what the engine says."""


class UnknownGraphError(QueryError):
    """The query asks for a graph that the release does not hold; the message is its IRI."""


class UnacceptableError(QueryError):
    """The client accepts no form in which this kind of answer can be written."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind.value)
        self.kind = kind


class TimeLimitError(QueryError):
    """The query was ended at the time limit."""


class BusyError(QueryError):
    """All workers are busy and too many queries wait."""


class ExhaustedError(QueryError):
    """The worker died, most likely because the query needed more memory than a worker may have."""


class ResultLimitError(QueryError):
    """The answer is larger than the limit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that has begun: its kind and its bytes; closing the iterator early ends the work."""

    kind: Kind
    chunks: Iterator[bytes]


class _Worker:
    """One process with a store open for reading."""

    def __init__(self, store: Path, memory: int) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            arguments = [str(theirs.fileno()), str(store), str(memory)]
            command = [sys.executable, "-P", "-m", "server.worker", *arguments]
            # A session of its own: an interrupt in the terminal is for the web server, which then lets workers go.
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], start_new_session=True)  # noqa: S603
        self._connection = Connection(ours.detach())

    def send(self, query: Query) -> None:
        try:
            self._connection.send(query)
        except OSError as error:
            raise ExhaustedError("the worker is gone") from error

    def receive(self, seconds: float) -> Message:
        """The next message. Raises TimeLimitError when none comes in time, ExhaustedError when the process is gone."""
        try:
            if not self._connection.poll(max(seconds, 0)):
                raise TimeLimitError
            message: Message = self._connection.recv()
        except (EOFError, OSError) as error:
            raise ExhaustedError("the worker died") from error
        return message

    def end(self) -> None:
        """Ends the process at once, whatever it is doing."""
        self._process.kill()
        self._connection.close()
        self._process.wait()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None


class WorkerPool:
    """Up to `limits.workers` processes that answer queries to one store."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self.limits = limits
        self._store = store
        self._free: list[_Worker] = []
        self._running = 0
        self._waiting = 0
        self._retired = False
        self._change = threading.Condition()

    def answer(self, query: Query) -> Answer:
        """The answer to a query, once its beginning is known. Raises QueryError; later errors come while reading it."""
        worker = self._take()
        budget = _Budget(self.limits.seconds)
        answered = False
        try:
            worker.send(query)
            outcome, word = budget.receive(worker)
            answered = True
        finally:
            if not answered:
                self._drop(worker)
        if outcome is not Outcome.BEGIN:
            self._give_back(worker)
            raise _refusal(outcome, str(word))
        return Answer(Kind(str(word)), self._read(worker, budget))

    def _read(self, worker: _Worker, budget: _Budget) -> Iterator[bytes]:
        finished, size = False, 0
        try:
            while True:
                outcome, data = budget.receive(worker)
                if outcome is Outcome.END:
                    finished = True
                    return
                if outcome is not Outcome.DATA or not isinstance(data, bytes):
                    finished = True
                    raise _refusal(outcome, str(data))
                size += len(data)
                if size > self.limits.result:
                    raise ResultLimitError
                yield data
        finally:
            if finished:
                self._give_back(worker)
            else:
                self._drop(worker)

    def retire(self) -> None:
        """Ends the workers: those that are free now, the others when they have finished."""
        with self._change:
            self._retired = True
            free, self._free = self._free, []
            self._running -= len(free)
            self._change.notify_all()
        for worker in free:
            worker.end()

    def _take(self) -> _Worker:
        """A free worker, a new one where there may be more, or the next that becomes free."""
        with self._change:
            while self._free:
                worker = self._free.pop()
                if worker.alive:
                    return worker
                self._running -= 1
                worker.end()
            if self._running >= self.limits.workers and not self._wait():
                raise BusyError
            if self._free:
                return self._free.pop()
            self._running += 1
        return _Worker(self._store, self.limits.memory)

    def _wait(self) -> bool:
        """Whether a worker is free, or may be started, before patience ends; False at once when too many wait."""
        if self._waiting >= self.limits.waiting:
            return False
        self._waiting += 1
        try:
            return self._change.wait_for(
                lambda: bool(self._free) or self._running < self.limits.workers, self.limits.patience
            )
        finally:
            self._waiting -= 1

    def _give_back(self, worker: _Worker) -> None:
        with self._change:
            if not self._retired:
                self._free.append(worker)
                self._change.notify()
                return
        self._drop(worker)

    def _drop(self, worker: _Worker) -> None:
        worker.end()
        with self._change:
            self._running -= 1
            self._change.notify()


class _Budget:
    """The time that a query may still use. Only waiting for the worker counts, but a reader may not take for ever."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._until = time.monotonic() + seconds * SLOW_READERS

    def receive(self, worker: _Worker) -> Message:
        begin = time.monotonic()
        message = worker.receive(min(self._left, self._until - begin))
        self._left -= time.monotonic() - begin
        return message


def _refusal(outcome: Outcome, word: str) -> QueryError:
    match outcome:
        case Outcome.SYNTAX:
            return QuerySyntaxError(word)
        case Outcome.UNKNOWN_GRAPH:
            return UnknownGraphError(word)
        case Outcome.UNACCEPTABLE:
            return UnacceptableError(Kind(word))
        case _:
            return QueryError(word)
