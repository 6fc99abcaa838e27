"""Liveness and readiness at a port of their own, for those who watch the server: no flood of requests reaches it.

Each web process answers there for itself, from a thread that does nothing else, and the system gives each probe to one
of the processes. So it is answered when every thread for requests is taken, or every connection; only a process that
hangs as a whole does not answer.
"""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from server.current import Current, NoReleaseError
from server.operations.health import readiness
from server.remote.current import RemoteCurrent
from server.settings import Settings
from server.store import StoreError

PATIENCE = 5  # seconds that a watcher may take to send its request


def start(settings: Settings, current: Current | RemoteCurrent) -> None:
    """Answers probes from now on, where the settings give them a port."""
    if settings.health_port:
        listener = _listener(settings.host, settings.health_port, current)
        threading.Thread(target=listener.serve_forever, daemon=True).start()


def _listener(host: str, port: int, current: Current | RemoteCurrent) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        timeout = PATIENCE

        def do_GET(self) -> None:
            status, words = _answer(self.path, current)
            body = f"{words}\n".encode()
            self.send_response_only(status)
            for name, value in (("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: machines ask every few seconds."""

    class Listener(ThreadingHTTPServer):
        address_family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        allow_reuse_port = True  # the web processes of a server share it, as they share the port for requests

        def handle_error(self, request: object, client_address: object) -> None:
            """Nothing: a watcher that leaves is no fault."""

    return Listener((host, port), Handler)


def _answer(path: str, current: Current | RemoteCurrent) -> tuple[int, str]:
    match path:
        case "/health/live":
            return 200, "live"
        case "/health/ready":
            try:
                return 200, readiness(current.release())
            except (NoReleaseError, StoreError) as error:
                return 503, f"not ready: {error}"
        case _:
            return 404, "only /health/live and /health/ready are here"
