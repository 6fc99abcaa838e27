"""The web server: granian with our application, in a main process and `web_workers` that answer.

SIGTERM or SIGINT to the main process: no request is taken any more, those that are being answered end, then the
program does, with status 0. What has not ended after `Settings.stop_time` is killed: a client that sends or reads no
further must not hold the server. A web process that dies is started anew; one whose main process dies ends by itself.
"""

from __future__ import annotations

import ctypes
import gc
import math
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from server.app import create_app
from server.operations import logs, probes
from server.operations.metrics import SHARED
from server.settings import Settings

_GRANIAN_LOG = {"loggers": {"_granian": {"handlers": [], "propagate": True}}}  # its errors go to our log
# Of glibc's malloc.h:
_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3
_HEAPS = 2
_LARGE = 128 * 1024  # bytes: glibc's own first bound
# The counts of the processes are mapped files: a page that finds no room on a full disk ends the process (SIGBUS), so
# they lie apart from the folder of long answers.
_MEMORY = "/dev/shm"  # noqa: S108 - the folder in it is made by tempfile
# Seconds that a thread may have the interpreter while others wait. A page gives it up some thirty times, for each
# lookup in the store, and waits as long each time to have it again from one that searches.
_TURN = 0.001
_SPARE_FILES = 256  # descriptors of a web process that are not connections: the store, workers, long answers, the index


def serve(settings: Settings) -> None:
    """Serves until it is interrupted or terminated. Prints the address to open as its last line once it listens.

    Ends the program with a message where the address cannot be had.
    """
    _check_address(settings.host, settings.port, "Choose another --port.")
    if settings.health_port:
        _check_address(settings.host, settings.health_port, "Choose another RECALLING_HEALTH_PORT.")
    logs.configure(settings.log)
    _fork_interruptible()
    connections = _connections(settings)
    server = Server(
        "server.app:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_workers,
        blocking_threads=settings.web_threads,
        # HTTP/1 alone: without TLS no browser speaks HTTP/2, and its streams would be requests past `backpressure`.
        http=HTTPModes.http1,
        # From the first moment of a connection, and between two requests, until the headers of a request are whole.
        http1_settings=HTTP1Settings(header_read_timeout=round(settings.header_time * 1000)),
        backlog=connections,
        backpressure=connections,
        log_level=LogLevels.error,
        log_dictconfig=_GRANIAN_LOG,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=settings.stop_time,
        # Looked at each half minute; a process that gives its place to another first answers what it has begun.
        workers_max_rss=math.ceil(settings.web_memory / 2**20),
    )
    memory = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="recalling-metrics-", dir=memory) as shared:
        server.serve(target_loader=partial(load, settings, shared), wrap_loader=False)


def _connections(settings: Settings) -> int:
    """How many connections a web process holds: as many as are set, or as the system gives it descriptors for.

    Those beyond wait unheard, probes among them, so the number is large: an idle connection costs little and is soon
    closed. granian's own is 1024 for all processes, which one client can open.
    """
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        return max(16, min(settings.connections, most - _SPARE_FILES))
    return settings.connections


def _fork_interruptible() -> None:
    """Lets SIGTERM end a forked process from its first moment.

    Until granian's own handler stands there, a copy of the main process's would take the signal, and the process stay.
    """
    os.register_at_fork(
        before=partial(signal.pthread_sigmask, signal.SIG_BLOCK, {signal.SIGTERM}),
        after_in_parent=partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, {signal.SIGTERM}),
        after_in_child=_end_when_terminated,
    )


def _end_when_terminated() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _check_address(host: str, port: int, advice: str) -> None:
    """Ends the program where another server listens: granian would share the port with it, and each answer half."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that have just ended do no harm
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SystemExit(f"Cannot listen at {host}:{port}: {reason}. {advice}") from error


def load(settings: Settings, shared: str) -> Flask:
    """The application of one web process, which ends when the main one does; `shared` is where it counts."""
    _limit_heaps()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # a terminal interrupts all; the main process decides
    threading.Thread(target=_end_with, args=(os.getppid(), shared), daemon=True).start()
    threading.Thread(target=_announce, args=(settings, shared), daemon=True).start()
    os.environ[SHARED] = shared
    logs.configure(settings.log)
    app = create_app(settings)
    probes.start(settings, app.extensions["current"])
    sys.setswitchinterval(_TURN)
    gc.freeze()  # garbage is looked for when there is much of it, not only when there is as much as there is program
    return app


def _limit_heaps() -> None:
    """Keeps memory from creeping where the C library is glibc.

    Threads share two heaps, since each heap keeps the most it held. What is large is never taken from them, but given
    back when it is free: glibc would raise its bound of what is large with each such piece.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_M_ARENA_MAX, _HEAPS)
        library.mallopt(_M_MMAP_THRESHOLD, _LARGE)


def _announce(settings: Settings, shared: str) -> None:
    """Prints the address when the first web process listens: whoever reads the line can open it."""
    while True:
        try:
            socket.create_connection((settings.host, settings.port)).close()
            break
        except OSError:
            time.sleep(0.05)
    with suppress(OSError):  # another process has said it, or the server has ended
        Path(shared, "announced").touch(exist_ok=False)
        print(f"Recalling is served at {settings.address}", flush=True)


def _end_with(parent: int, shared: str) -> None:
    """Ends this process as on SIGTERM when its parent is gone: nobody would, and it would keep the port."""
    while os.getppid() == parent:
        time.sleep(1)
    shutil.rmtree(shared, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)
