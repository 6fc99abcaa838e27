"""Other engines, started for the tests on loopback: the Oxigraph server of PyPI and Debian's Virtuoso."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.serving import free_port

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
VIRTUOSO, ISQL = shutil.which("virtuoso-t"), shutil.which("isql-vt")
PASSWORD = "dba"  # Virtuoso's own default; the instance listens on loopback and lives as long as a test

_INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 20000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """A running engine: where it is asked, and where and as whom a release is loaded into it."""

    endpoint: str
    store: str
    user: str | None = None


@contextmanager
def oxigraph(folder: Path) -> Iterator[Engine]:
    """The Oxigraph server with an empty store in a folder."""
    port = free_port()
    command = [str(OXIGRAPH), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with _running(command, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D"):
        yield Engine(f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/store")


@contextmanager
def reading_oxigraph(store: Path) -> Iterator[tuple[str, int]]:
    """The address and the process of the Oxigraph server with a release's own store, opened for reading."""
    port = free_port()
    command = [str(OXIGRAPH), "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    with _running(command, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D") as process:
        yield f"http://127.0.0.1:{port}", process


@contextmanager
def virtuoso(folder: Path) -> Iterator[Engine]:
    """Virtuoso with an empty database in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    port, sql = free_port(), free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, port=port, sql=sql), encoding="utf-8")
    with _running([str(VIRTUOSO), "+foreground", "+configfile", str(ini)], f"http://127.0.0.1:{port}/sparql"):
        address = f"http://127.0.0.1:{port}"
        yield Engine(f"{address}/sparql", f"{address}/sparql-graph-crud-auth", "dba")


@contextmanager
def _running(command: list[str], address: str) -> Iterator[int]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                httpx.get(address, timeout=5)
                break
            except httpx.TransportError:
                assert process.poll() is None, f"{command[0]} has ended"
                time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
