"""The web server: granian with our application."""

from __future__ import annotations

import socket
from functools import partial

from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from server.app import create_app
from server.settings import Settings


def serve(settings: Settings) -> None:
    """Serves until it is interrupted. Prints the address to open as its last line once it listens.

    Ends the program with a message where the address cannot be had.
    """
    _check_address(settings)
    server = Server(
        "server.app:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_workers,
        blocking_threads=settings.web_threads,
        log_enabled=False,
        websockets=False,
        respawn_failed_workers=True,
    )
    server.on_startup(lambda: print(f"Recalling is served at {settings.address}", flush=True))
    server.serve(target_loader=partial(load, settings), wrap_loader=False)


def _check_address(settings: Settings) -> None:
    """Ends the program where another server listens: granian would share the port with it, and each answer half."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that have just ended do no harm
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SystemExit(
            f"Cannot listen at {settings.host}:{settings.port}: {reason}. Choose another --port."
        ) from error


def load(settings: Settings) -> Flask:
    """The application of one web process."""
    return create_app(settings)
