"""Comunica, the query engine that browsers' applications use, asked in Node.js; installed into `.node` when first used."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

NODE, NPM = shutil.which("node"), shutil.which("npm")
_HERE = Path(__file__).parent
_INSTALLED = Path(__file__).parents[2] / ".node"


def installed() -> Path:
    """The folder with Comunica as the lock file pins it; the registry is asked only when that file has changed."""
    lock = (_HERE / "package-lock.json").read_bytes()
    folder = _INSTALLED / f"comunica-{hashlib.sha256(lock).hexdigest()[:12]}"
    if not folder.is_dir():
        begun = folder.with_suffix(f".{os.getpid()}")
        begun.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(_HERE / name, begun)
        command = [str(NPM), "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(command, cwd=begun, check=True, timeout=600, stdout=subprocess.DEVNULL)
        begun.rename(folder)
    shutil.copy(_HERE / "ask.mjs", folder)
    return folder


def ask(query: str, *sources: str | dict[str, str], **context: object) -> dict[str, Any]:
    """What Comunica answers to a query over sources. Raises AssertionError with its message where it gives up."""
    order = json.dumps({"query": query, "context": {"sources": sources, **context}})
    command = [str(NODE), str(installed() / "ask.mjs")]
    done = subprocess.run(command, check=False, input=order, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
