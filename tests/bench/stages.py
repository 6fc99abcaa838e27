"""Time and peak memory of each stage of a report's road."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from rdflib import Graph

from mappings.evidence import evidence_graph
from mappings.extract import extract
from mappings.facts import Facts
from mappings.graph import assert_graph
from mappings.outline import outline
from mappings.source import read
from ontology.closure import close
from shapes.conformance import validate

Value = TypeVar("Value")


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
