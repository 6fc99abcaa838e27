"""The published client `sparql-llm`, asked in a process of its own; installed into `.node` when first used.

Of what it depends on, the lock leaves out what none of the functions asked here uses (see overrides.txt).
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_INSTALLED = Path(__file__).parents[2] / ".node"


def installed() -> Path:
    """The folder with the client as the lock file pins it; the registry is asked only when that file has changed."""
    lock = _HERE / "requirements.lock"
    folder = _INSTALLED / f"sparql-llm-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    if not folder.is_dir():
        begun = folder.with_suffix(f".{os.getpid()}")
        arguments = ["-q", "--disable-pip-version-check", "--no-deps", "--require-hashes", "-r", str(lock)]
        command = [sys.executable, "-m", "pip", "install", *arguments, "--target", str(begun)]
        subprocess.run(command, check=True, timeout=600)
        begun.rename(folder)
    return folder


def ask(endpoint: str, *queries: str) -> dict[str, Any]:
    """What the client finds at an endpoint: its prefixes, examples and class cards, and what it says of queries."""
    path = os.pathsep.join([str(installed()), str(_HERE / "unused")])
    command = [sys.executable, "-P", str(_HERE / "ask.py"), endpoint]
    environ = {**os.environ, "PYTHONPATH": path, "AUTO_INIT": "false"}
    done = subprocess.run(
        command, check=False, input=json.dumps(queries), capture_output=True, text=True, timeout=240, env=environ
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
