"""The web server: granian with our application."""

from __future__ import annotations

from functools import partial

from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from server.app import create_app
from server.settings import Settings


def serve(settings: Settings) -> None:
    """Serves until it is interrupted. Prints the address to open as its last line once it listens."""
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


def load(settings: Settings) -> Flask:
    """The application of one web process."""
    return create_app(settings)
