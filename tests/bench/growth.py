"""What adding one report costs, whatever is held: time and peak memory of the build that adds it, at 10, 100 and 1,000.

The reports are light: the facts of the tests' invented session under other names and other symbols, some 700 quads each,
kept as parts and published as any other. What is added is one more of them, by a process of its own, which reads nothing:
what reading costs is the same at any number. Beside it stand the release with one removed and one replaced.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from mappings.evidence import evidence_graph
from mappings.graph import assert_graph, sorted_quads
from ontology.closure import close
from ontology.terms import BASE
from server.publish import publish_documents
from server.publishing.manifest import StoredPart
from server.publishing.parts import keep_part
from server.publishing.release import Part, ReportName, current, writing
from tests.lighthouses import FACTS, SOURCE

SIZES = (10, 100, 1000)
SESSION = 13


@cache
def _texts() -> dict[str, str]:
    """The files of the part that the others are made of."""
    name, asserted = ReportName("clcm", SESSION), assert_graph(FACTS)
    return {
        "asserted.nq": sorted_quads(asserted, name.graph),
        "inferred.nq": sorted_quads(close(asserted), f"{name.graph}/inferred"),
        "evidence.nq": sorted_quads(evidence_graph(FACTS, SOURCE), f"{name.graph}/evidence"),
    }


def light_part(number: int, version: int = 1) -> Part:
    """A light report of a body of its own, with names and symbols of its own; versions differ in one title."""

    def renamed(text: str) -> str:
        text = re.sub(r"(?<=[/-])clcm(?=[/>])", f"c{number}", text)
        text = re.sub(r"circle-of-lamp-keepers", f"circle-of-lamp-keepers-{number}", text)
        text = text.replace("Lighthouses and Coastal Memory", f"Matter {number}").replace(
            "E/CN.99/", f"E/CN.{1000 + number}/"
        )
        text = re.sub(r"A/RES/(\d+)/", lambda found: f"A/RES/{int(found[1]) + number}/", text)
        text = text.replace('CLCM"', f'C{number}"').replace("antern", f"antern {version}.{number} ")
        return "".join(sorted(text.splitlines(keepends=True)))

    files = {name: renamed(text) for name, text in _texts().items()}
    record = {"body": f"c{number}", "session": SESSION, "title": f"Report {number}", "source": "light.txt"}
    files["report.json"] = json.dumps({**record, "characters": 1, "sha256": f"{number:064}", "version": "0"})
    files["coverage.json"] = '{"coverage": [], "gaps": []}\n'
    return Part(ReportName(f"c{number}", SESSION), files)


def hold(data: Path, count: int) -> None:
    """Publish so many light reports in a data folder."""
    with writing(data):
        parts = [keep_part(data, light_part(number), BASE) for number in range(count)]
        publish_documents(data, {part.path: part for part in parts}, current(data), BASE, 2)


def change(data: Path, what: str, number: int) -> None:
    """Add, replace or remove one light report, and say what it took: seconds, of the processor and in all, and memory."""
    part = light_part(number, 2 if what == "replace" else 1)
    begin, processor = time.perf_counter(), time.process_time()
    with writing(data):
        served = current(data)
        assert served is not None
        documents: dict[str, StoredPart] = {
            one.path: one for one in (*served.manifest.reports, *served.manifest.works) if one.path != part.name.path
        }
        if what != "remove":
            documents[part.name.path] = keep_part(data, part, BASE)
        publish_documents(data, documents, served, BASE, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([time.process_time() - processor, time.perf_counter() - begin, peak]))


def measured(data: Path, what: str, number: int) -> tuple[float, float, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.growth", "--change", what, str(number), "--data", str(data)]
    seconds, wall, peak = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return seconds, wall, peak


def print_growth(sizes: tuple[int, ...] = SIZES) -> None:
    """Print the table, with the ratio of each size to the first."""
    print(f"\n  {'held':>6} {'change':<8} {'cpu s':>7} {'s':>7} {'MiB':>6}  ratio of cpu, of memory")
    first: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        held = 0
        for size in sizes:
            begin = time.process_time()
            hold(data, size)
            took = time.process_time() - begin
            print(
                f"  {size:>6} {'all':<8} {took:>7.1f}         ({took / (size - held) * 1000:.0f} ms for each that came)"
            )
            held = size
            for what in ("add", "replace", "remove"):
                seconds, wall, peak = measured(data, what, {"add": size, "replace": 0, "remove": 1}[what])
                first.setdefault(what, (seconds, peak))
                ratios = f"{seconds / first[what][0]:.2f} {peak / first[what][1]:.2f}"
                print(f"  {size:>6} {what:<8} {seconds:>7.2f} {wall:>7.2f} {peak:>6.0f}  {ratios}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--change", nargs=2)
    parser.add_argument("--data", type=Path)
    arguments = parser.parse_args()
    if arguments.change:
        change(arguments.data, arguments.change[0], int(arguments.change[1]))
    else:
        print_growth(tuple(arguments.sizes))
