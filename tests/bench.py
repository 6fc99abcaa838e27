"""Time and peak memory of each stage, and ratios to rdflib's own engine: `make bench`, or python -m tests.bench REPORT…"""

from __future__ import annotations

import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from rdflib import Dataset, Graph

from mappings.evidence import evidence_graph
from mappings.extract import extract
from mappings.facts import Facts
from mappings.graph import assert_graph
from mappings.outline import outline
from mappings.source import read
from ontology.closure import close
from server.publish import build
from server.publishing.release import Release
from server.questions import questions
from server.table import ask
from shapes.conformance import validate

Value = TypeVar("Value")
SAMPLES = Path(__file__).parents[1] / "examples" / "reports"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a stage took: seconds, and mebibytes that Python allocated at its peak."""

    stage: str
    seconds: float
    mebibytes: float


def timed(stage: str, work: Callable[[], Value], measures: list[Measure]) -> Value:
    """The result of a stage, run twice: once for its time, once for its memory (tracing makes it slow)."""
    start = time.perf_counter()
    value = work()
    seconds = time.perf_counter() - start
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    measures.append(Measure(stage, seconds, peak / 2**20))
    return value


def road(report: Path) -> tuple[list[Measure], int, Graph]:
    """The measures of each stage of a report's road, the number of its facts and its asserted graph."""
    measures: list[Measure] = []
    source = timed("read", lambda: read(report), measures)
    tree = timed("outline", lambda: outline(source), measures)
    facts = timed("extract", lambda: extract(source, tree), measures)
    asserted = timed("assert", lambda: assert_graph(facts), measures)
    inferred = timed("infer", lambda: close(asserted), measures)
    timed("check", lambda: validate(asserted, inferred), measures)
    timed("evidence", lambda: evidence_graph(facts, source), measures)
    return measures, _count(facts), asserted


def _count(facts: Facts) -> int:
    tables: list[Any] = [getattr(facts, field.name) for field in fields(Facts)]
    return sum(len(table) for table in tables if isinstance(table, tuple))


def print_road(report: Path) -> None:
    measures, count, _ = road(report)
    total = sum(measure.seconds for measure in measures)
    print(f"\n{report.name}: {count} facts in {total:.2f} s, {count / total:.0f} facts a second")
    for measure in measures:
        print(f"  {measure.stage:<10} {measure.seconds:7.3f} s {measure.mebibytes:8.1f} MiB")


def print_peers(release: Release) -> None:
    """Load and query the same quads with rdflib, the named peer, and print the ratios."""
    dump = "".join(path.read_text(encoding="utf-8") for path in sorted(release.dumps.rglob("*.nq")))
    dataset = Dataset(default_union=True)
    start = time.perf_counter()
    dataset.parse(data=dump, format="nquads")
    print(f"\nrdflib parses the {dump.count(chr(10))} quads of the release in {time.perf_counter() - start:.2f} s")
    print(f"  {'question':<18} {'ours':>9} {'rdflib':>9}  ratio")
    for entry in questions():
        if entry.name in ("texts", "sponsors", "citations", "meetings"):
            start = time.perf_counter()
            ask(release.store, entry.at(release.base))
            ours = time.perf_counter() - start
            start = time.perf_counter()
            list(dataset.query(entry.at(release.base)))
            theirs = time.perf_counter() - start
            print(f"  {entry.name:<18} {ours * 1000:6.1f} ms {theirs * 1000:6.0f} ms {theirs / ours:6.0f}")


def main(reports: list[Path]) -> None:
    """Measure the given reports, without any the samples."""
    start = time.perf_counter()
    close(Graph())
    print(f"the vocabulary and its rules, once a process: {time.perf_counter() - start:.2f} s")
    for report in reports:
        print_road(report)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        published = build(reports, Path(folder), jobs=2)
        print(f"\nread to published, {len(reports)} reports in two processes: {time.perf_counter() - start:.2f} s")
        if published.release is None:
            sys.exit("the reports do not conform: nothing to query")
        print_peers(published.release)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or sorted(SAMPLES.glob("*.txt")))
