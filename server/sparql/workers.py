"""Queries in processes of their own, so that the time limit really ends the work: the worker is killed.

A pool belongs to one release and one web process. One worker more than are at work is kept, with the store open, so
that nobody waits until the successor of one that was killed has started. `retire` lets those that are busy finish.
"""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO

from server.sparql.confinement import BESIDE, NICE
from server.sparql.failures import (
    BoundError,
    BusyError,
    EvaluationError,
    ExhaustedError,
    NoRoomError,
    QueryError,
    QuerySyntaxError,
    RefusedError,
    ResultLimitError,
    TimeLimitError,
    UnacceptableError,
    UnknownGraphError,
)
from server.sparql.messages import Kind, Message, Outcome, Query
from server.sparql.places import Places
from server.sparql.turns import Turns
from server.store import StoreError

# Seconds of a processor until a query gives way to short ones: the longest of the gallery takes 0.71 over two real
# reports and the samples.
LONG = 1.0
IN_MEMORY = 1024**2  # bytes of an answer; a longer one waits on the disk until it is sent
CHUNK = 256 * 1024
_TICKS = os.sysconf("SC_CLK_TCK")  # a second, in which the system counts what a process takes


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds: workers at work, seconds a query, queries waiting, seconds of waiting, bytes of memory and result.

    `client` is how many queries of one client may wait or run.
    """

    workers: int = 3
    seconds: float = 20.0
    waiting: int = 32
    patience: float = 10.0
    memory: int = 2 * 1024**3
    result: int = 256 * 1024**2
    client: int = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: its kind, its bytes (a small one in one piece, at hand), and how many they are."""

    kind: Kind
    chunks: Iterable[bytes]
    size: int


class _Worker:
    """One process with a store open for reading."""

    def __init__(self, store: Path, memory: int) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            arguments = [str(theirs.fileno()), str(store), str(memory)]
            command = [sys.executable, "-P", "-m", "server.sparql.worker", *arguments]
            # A group of its own: an interrupt in the terminal is for the web server, which then lets workers go.
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], process_group=0)  # noqa: S603
        self._weigh(BESIDE)
        self._connection = Connection(ours.detach())
        self._said = select.poll()
        self._said.register(self._connection, select.POLLIN)
        self.gives_way = False
        self._ready = False

    @property
    def ready(self) -> bool:
        """Whether the process has started and the store is open, or cannot be."""
        self._ready = self._ready or self.says_in(0)
        return self._ready

    def give_way(self) -> None:
        """Takes weight from the process at the processor, all its threads; it cannot be given back."""
        if not self.gives_way:
            self.gives_way = True
            self._weigh(NICE)

    def _weigh(self, nice: int) -> None:
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PGRP, self._process.pid, nice)

    def send(self, query: Query) -> None:
        try:
            self._connection.send(query)
        except OSError as error:
            raise ExhaustedError("the worker is gone") from error

    def says_in(self, seconds: float) -> bool:
        """Whether the process says something, or ends, within some seconds."""
        return bool(self._said.poll(max(seconds, 0) * 1000))

    def receive(self, seconds: float) -> Message:
        """The next message. Raises TimeLimitError when none comes in time, ExhaustedError when the process is gone."""
        try:
            if not self.says_in(seconds):
                raise TimeLimitError
            message: Message = self._connection.recv()
        except (EOFError, OSError) as error:
            raise ExhaustedError("the worker died") from error
        return message

    @property
    def taken(self) -> float:
        """Seconds of a processor that the process has taken; 0 where it has ended, or the system does not tell."""
        try:
            told = Path(f"/proc/{self._process.pid}/stat").read_text()
        except OSError:
            return 0.0
        user, system = told.rpartition(")")[2].split()[11:13]  # proc(5): the fields 14 and 15
        return (int(user) + int(system)) / _TICKS

    def end(self) -> None:
        """Ends the process at once, whatever it is doing."""
        self._process.kill()
        self._connection.close()
        self._process.wait()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None


class WorkerPool:
    """Up to `limits.workers` processes that answer queries to one store, and one that stands ready."""

    def __init__(self, store: Path, limits: Limits, places: Places | None = None) -> None:
        self.limits = limits
        self._places = places or Places(limits.client)
        self._turns = Turns(limits.workers, limits.waiting, limits.patience)
        self._store = store
        self._lock = threading.Lock()
        self._free: list[_Worker] = []
        self._retired = False

    def answer(self, query: Query, client: str = "") -> Answer:
        """The answer to a client's query. Raises QueryError: an answer that was begun and cannot be ended is none."""
        with self._places.taken(client) as begin, self._turns.taken(client):
            begin()
            return self._ask(self._worker(self._turns.is_heavy(client)), query)

    def _ask(self, worker: _Worker, query: Query) -> Answer:
        finished = False
        try:
            worker.send(query)
            answer = self._read(worker)
            finished = True
        except (QuerySyntaxError, RefusedError, BoundError, UnknownGraphError, UnacceptableError, EvaluationError):
            finished = True
            raise
        finally:
            if not (finished and self._kept(worker)):
                worker.end()
                self._prepare()
        return answer

    def _read(self, worker: _Worker) -> Answer:
        """What the worker says until the end of its answer, of a long one in a temporary file; its time is limited."""
        until = time.monotonic() + self.limits.seconds
        long = worker.taken + LONG
        size, content = 0, None
        while True:
            while not worker.gives_way and not worker.says_in(min(LONG, until - time.monotonic())):
                if worker.taken > long or time.monotonic() > until:
                    worker.give_way()
            outcome, word, data = worker.receive(until - time.monotonic())
            size += len(data)
            if size > self.limits.result:
                raise ResultLimitError
            match outcome:
                case Outcome.READY:
                    pass
                case Outcome.PART:
                    content = content or tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when read
                    keep(content, data)
                case Outcome.END if content:
                    keep(content, data)
                    return Answer(Kind(word), chunks_of(content), size)
                case Outcome.END:
                    return Answer(Kind(word), (data,), size)
                case _:
                    raise _refusal(outcome, word)

    def retire(self) -> None:
        """Ends the workers: those that are free now, the others when they have finished."""
        with self._lock:
            self._retired = True
            free, self._free = self._free, []
        for worker in free:
            worker.end()

    def _worker(self, heavy: bool) -> _Worker:
        """A worker that lives: one that gives way for a heavy client, for others one that does not.

        Raises BusyError where the system has none to give.
        """
        while (worker := self._unused(heavy)) is not None:
            if worker.alive and worker.gives_way <= heavy:
                break
            worker.end()
        else:
            try:
                worker = _Worker(self._store, self.limits.memory)
            except OSError as error:
                raise BusyError from error
        if heavy:
            worker.give_way()
        self._prepare()
        return worker

    def _prepare(self) -> None:
        """Start a worker where none is free, so that it is ready when it is wanted."""
        with self._lock, suppress(OSError):  # the system may have none to give now
            if not (self._free or self._retired):
                self._free.append(_Worker(self._store, self.limits.memory))

    def _unused(self, heavy: bool) -> _Worker | None:
        """A free worker if there is one: one that gives way or does not, as it is wanted, rather one that is ready."""
        with self._lock:
            self._free.sort(key=lambda worker: (worker.gives_way == heavy, worker.ready))
            return self._free.pop() if self._free else None

    def _kept(self, worker: _Worker) -> bool:
        """Whether a worker is kept for the next query."""
        with self._lock:
            if not self._retired:
                self._free.append(worker)
            return not self._retired


def keep(content: IO[bytes], part: bytes) -> None:
    """Add a part to what is kept of an answer until it is sent. Raises NoRoomError."""
    try:
        content.write(part)
    except OSError as error:
        raise NoRoomError from error


def chunks_of(content: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file from its beginning; it is closed at the end."""
    with content:
        content.seek(0)
        while chunk := content.read(CHUNK):
            yield chunk


def _refusal(outcome: Outcome, word: str) -> QueryError | StoreError:
    match outcome:
        case Outcome.SYNTAX:
            return QuerySyntaxError(word)
        case Outcome.REFUSED:
            return RefusedError(word)
        case Outcome.BOUND:
            return BoundError(word)
        case Outcome.UNKNOWN_GRAPH:
            return UnknownGraphError(word)
        case Outcome.UNACCEPTABLE:
            return UnacceptableError(Kind(word))
        case Outcome.UNREADABLE:
            return StoreError(word)
        case _:
            return EvaluationError(word)
