"""Load by wrk on loopback: requests per second, and the latency of the median, the 95th and the 99th in a hundred."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.processor import seconds_of

WRK = shutil.which("wrk")
_CYCLE = Path(__file__).with_name("cycle.lua")


@dataclass(frozen=True, slots=True)
class Load:
    """What a server was asked for and how it did: requests a second, milliseconds, bytes of an answer with its head.

    `processor` is what a request took of the processors in all processes of the server, in microseconds.
    """

    rate: float
    p50: float
    p95: float
    p99: float
    size: float
    processor: float


def load(
    server: str, process: int, paths: Sequence[str], headers: Sequence[str], connections: int, seconds: float
) -> Load:
    """How a server, by its main process, answers the paths, one after the other, on so many connections.

    Raises RuntimeError for errors.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        # A machine that does other work is no failure: wrk itself gives up after two seconds.
        options = [f"-c{connections}", "-t1", f"-d{seconds:g}s", "--timeout", "60s", "-s", str(_CYCLE)]
        before = seconds_of(process)
        command = [str(WRK), *options, *(word for header in headers for word in ("-H", header)), server]
        done = subprocess.run(
            command, check=False, env={**os.environ, "PATHS": file.name}, capture_output=True, text=True
        )
    took = seconds_of(process) - before
    said = next((line for line in done.stdout.splitlines() if line.startswith("measured")), None)
    if said is None:
        raise RuntimeError(f"wrk measured nothing: {done.stdout}{done.stderr}")
    rate, p50, p95, p99, size, requests, errors = (float(word) for word in said.split()[1:])
    if errors:
        raise RuntimeError(f"{errors:.0f} requests to {server}{paths[0]} failed")
    return Load(rate, p50, p95, p99, size, took / requests * 1e6)
