"""A small release of an invented commission, and a real server in front of it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

BASE = "http://localhost:8000/"
COMMISSION = Path(__file__).with_name("commission.trig")
TEXT = "text/clcm/12/resolution/1"


def write_release(data: Path, identity: str = "one", base: str = BASE, more: str = "") -> Path:
    """Publishes the commission's graph in a data folder; `more` is TriG with the default base beside it."""
    folder = data / "releases" / identity
    folder.mkdir(parents=True)
    store = ox.Store(str(folder / "store"))
    for trig in (COMMISSION.read_text(encoding="utf-8"), more):
        quads = list(ox.parse(trig.replace(BASE, base).encode(), ox.RdfFormat.TRIG))
        store.extend(quads)
        store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)  # the union, as published
    store.flush()
    del store
    reports = [{"body": "clcm", "session": 12}]
    (folder / "release.json").write_text(
        json.dumps({"id": identity, "base": base, "reports": reports}), encoding="utf-8"
    )
    link = data / ".current"
    link.symlink_to(Path("releases") / identity)
    link.replace(data / "current")
    return folder


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def listening() -> Iterator[tuple[str, list[object]]]:
    """An address on loopback and the list of connections that reached it, until the block ends."""
    reached: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, peer = server.accept()
                except OSError:
                    return
                reached.append(peer)
                connection.close()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", reached


@contextmanager
def serving(
    data: Path, settings: Mapping[str, str] | None = None, port: int = 0, log: Path | None = None
) -> Iterator[str]:
    """The address of a real server that serves a data folder on a port of loopback, until the block ends."""
    with running(data, settings, port, log) as server:
        yield server.address


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its main process, in a session of its own, and its address."""

    process: subprocess.Popen[str]
    address: str


def recalling(*arguments: str | Path) -> list[str]:
    """The command line as it is installed, with arguments."""
    return [str(Path(sys.executable).with_name("recalling")), *map(str, arguments)]


@contextmanager
def running(
    data: Path, settings: Mapping[str, str] | None = None, port: int = 0, log: Path | None = None
) -> Iterator[Server]:
    """A real server as the command line starts it, ended with the block where it has not ended before.

    What it says on standard error is written to the file `log`.
    """
    port = port or free_port()
    host = (settings or {}).get("RECALLING_HOST", "127.0.0.1")
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    environ = {**os.environ, **(settings or {}), "RECALLING_DATA": str(data), "RECALLING_PORT": str(port)}
    with ExitStack() as files:
        errors = files.enter_context(log.open("wb")) if log else None
        process = subprocess.Popen(
            recalling("serve"), env=environ, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True
        )
    try:
        _wait(f"{address}health/live", process)
        yield Server(process, address)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(address: str, process: subprocess.Popen[str]) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if process.poll() is not None:
                raise
            time.sleep(0.1)
    raise TimeoutError(address)
