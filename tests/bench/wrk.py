"""Load by wrk on loopback: requests per second, and the latency of the median, the 95th and the 99th in a hundred."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WRK = shutil.which("wrk")
_CYCLE = Path(__file__).with_name("cycle.lua")


@dataclass(frozen=True, slots=True)
class Load:
    """What a server was asked for and how it did: requests a second, milliseconds, bytes of an answer with its head."""

    rate: float
    p50: float
    p95: float
    p99: float
    size: float


def load(server: str, paths: Sequence[str], headers: Sequence[str], connections: int, seconds: float) -> Load:
    """How a server answers the paths, one after the other, on so many connections. Raises RuntimeError for errors."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        options = [f"-c{connections}", "-t1", f"-d{seconds:g}s", "-s", str(_CYCLE)]
        command = [str(WRK), *options, *(word for header in headers for word in ("-H", header)), server]
        done = subprocess.run(
            command, check=False, env={**os.environ, "PATHS": file.name}, capture_output=True, text=True
        )
    said = next((line for line in done.stdout.splitlines() if line.startswith("measured")), None)
    if said is None:
        raise RuntimeError(f"wrk measured nothing: {done.stdout}{done.stderr}")
    *measured, errors = (float(word) for word in said.split()[1:])
    if errors:
        raise RuntimeError(f"{errors:.0f} requests to {server}{paths[0]} failed")
    return Load(*measured)
