"""Clients that break the rules of the connection itself: slow ones, ones that leave, ones that send no HTTP."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

LONG = f"GET /sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 20000')} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
BODY = b"POST /%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: 5000\r\n\r\n" + b" " * 2000
IDLE = 1000  # connections
NONE = 0  # the connection was ended without an answer


@dataclass(frozen=True, slots=True)
class Rude:
    """A way to misuse a connection: its name, the statuses that are meant, and what is done with it."""

    name: str
    meant: frozenset[int]
    act: Callable[[socket.socket, random.Random, threading.Event], int]


def _slow(connection: socket.socket, chance: random.Random, ended: threading.Event) -> int:
    """Reads a byte a second for a while, and leaves the rest."""
    connection.sendall(LONG)
    head = connection.recv(12)
    for _ in range(chance.randrange(5, 30)):
        if ended.wait(1) or not connection.recv(1):
            break
    return _status(head)


def _slow_request(connection: socket.socket, chance: random.Random, ended: threading.Event) -> int:
    """Sends a byte a second of a request that it never finishes."""
    for byte in LONG[: chance.randrange(5, 30)]:
        connection.sendall(bytes([byte]))
        if ended.wait(1):
            break
    return NONE


def _leave(connection: socket.socket, chance: random.Random, ended: threading.Event) -> int:
    """Asks for a long answer and is gone."""
    connection.sendall(LONG[: chance.randrange(len(LONG) + 1)])
    return NONE


def _noise(connection: socket.socket, chance: random.Random, ended: threading.Event) -> int:
    connection.sendall(chance.randbytes(chance.randrange(1, 5000)))
    connection.shutdown(socket.SHUT_WR)
    return _status(connection.recv(12))


def _cut_off(connection: socket.socket, chance: random.Random, ended: threading.Event) -> int:
    """Sends less than it has declared, and no more."""
    path, kind = chance.choice(((b"sparql", b"application/sparql-query"), (b"validate", b"text/turtle")))
    connection.sendall(BODY % (path, kind))
    connection.shutdown(socket.SHUT_WR)
    return _status(connection.recv(12))


def _slow_body(connection: socket.socket, chance: random.Random, ended: threading.Event) -> int:
    """Sends a byte a second of a body, and leaves."""
    connection.sendall(BODY % (b"validate", b"text/turtle"))
    for _ in range(chance.randrange(5, 30)):
        if ended.wait(1):
            break
        connection.sendall(b" ")
    return NONE


def _no_host(connection: socket.socket, chance: random.Random, ended: threading.Event) -> int:
    connection.sendall(b"GET / HTTP/1.1\r\n" + chance.choice((b"", b"Host: a\r\nHost: b\r\n")) + b"\r\n")
    return _status(connection.recv(12))


def idle(port: int, ended: threading.Event) -> None:
    """Holds a thousand connections that say nothing, and opens those anew that the server ends."""
    held: list[socket.socket] = []
    while not ended.wait(0.5):
        held = [one for one in held if not _gone(one)]
        with suppress(OSError):
            while len(held) < IDLE and not ended.is_set():
                held.append(socket.create_connection(("127.0.0.1", port), timeout=5))
    for one in held:
        one.close()


def _gone(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        if connection.recv(1):
            return False
    except BlockingIOError:
        return False
    except OSError:
        pass
    connection.close()
    return True


def _status(head: bytes) -> int:
    return int(head[9:12]) if head.startswith(b"HTTP/1.") and len(head) == 12 else NONE


RUDE = (
    Rude("slow reader", frozenset({NONE, 200, 429, 503}), _slow),
    Rude("slow writer", frozenset({NONE, 400, 408}), _slow_request),
    Rude("leaves", frozenset({NONE}), _leave),
    Rude("cut-off body", frozenset({400, 429, 503}), _cut_off),
    Rude("slow body", frozenset({NONE}), _slow_body),
    Rude("no host, two hosts", frozenset({400}), _no_host),
    Rude("random bytes", frozenset({NONE, 400}), _noise),
)


def act(rude: Rude, port: int, chance: random.Random, ended: threading.Event) -> int:
    """The status that came of it; a connection that the server ends is meant."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            return rude.act(connection, chance, ended)
    except TimeoutError:
        raise
    except OSError:  # reset, broken, not connected any more
        return NONE
