"""An instance of the server that holds whatever a suite wants it to hold."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from server.app import create_app
from server.settings import Settings

BASE = "http://localhost:8000/"


def publish(
    data: Path, quads: Iterable[ox.Quad], names: Iterable[str] = (), graphs: Sequence[Mapping[str, object]] = ()
) -> Path:
    """A release of the given quads; graphs of the given `names` exist even where empty, `graphs` are its records."""
    folder = data / "releases" / "suite"
    folder.mkdir(parents=True)
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(quads)
    for name in names:
        store.add_graph(ox.NamedNode(name))
    store.flush()
    del store
    record = {"id": "suite", "base": BASE, "reports": [], "graphs": graphs}
    (folder / "release.json").write_text(json.dumps(record), encoding="utf-8")
    (data / "current").symlink_to(folder)
    return folder


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which an application is served on loopback until the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        app.extensions["current"].close()


def application(data: Path) -> Flask:
    """The public application over a data folder."""
    return create_app(Settings(data=data, query_workers=1))
