"""Each stage of the road alone, as text for the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path

from rdflib import Graph

from mappings.explanation import explained
from mappings.extract import extract
from mappings.facts import Facts
from mappings.graph import assert_graph
from mappings.outline import outline
from mappings.source import read
from mappings.tree import sketch
from mappings.trial import try_sentence
from ontology.closure import close
from shapes.conformance import validate


def tree_of(report: Path) -> str:
    """The sketch of a report's tree."""
    return sketch(outline(read(report)))


def layout_of(report: Path) -> str:
    """The layout profile of a report, and why each of its lines became what it is."""
    return "".join(f"{line}\n" for line in explained(read(report)))


def _facts(report: Path, body: str = "") -> Facts:
    source = read(report)
    return extract(source, outline(source), body)


def facts_of(report: Path, body: str = "") -> str:
    """The facts of a report as lines of JSON; `table` names the field of `Facts` that a line belongs to."""
    return "".join(f"{json.dumps(line, ensure_ascii=False, default=_plain)}\n" for line in _lines(_facts(report, body)))


def _lines(facts: Facts) -> Iterator[dict[str, object]]:
    yield {"table": "report", **asdict(facts.report)}
    for field in fields(Facts):
        value = getattr(facts, field.name)
        if isinstance(value, tuple):
            yield from ({"table": field.name, **asdict(fact)} for fact in value)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def trial_of(sentence: str) -> str:
    """What the formulas make of one sentence: the place it was read in, the matches, the facts, the gaps."""
    trial = try_sentence(sentence)
    lines = [f"read as: {trial.place}"]
    for row in trial.facts:
        lines.append(f"{row.table}, by {row.formula!r}: {row.words}")
        lines.extend(f"    {name}: {value}" for name, value in _told(asdict(row.fact)))  # type: ignore[call-overload]
    lines.extend(f"gap, {stage}: {reason}" for stage, reason in trial.gaps)
    lines.append("formulas that match:" if trial.matches else "no formula matches")
    for match in trial.matches:
        yields = f" yields {match.emits!r}" if match.emits else ""
        lines.append(f"    {match.file}, {match.name!r}{yields}: {match.words}")
        lines.extend(f"        {group}: {words}" for group, words in match.groups.items())
    return "\n".join(lines) + "\n"


def _told(fact: dict[str, object]) -> Iterator[tuple[str, str]]:
    """The fields of a fact that say something; a thing by its label."""
    for name, value in fact.items():
        if name != "evidence" and value not in (None, "", (), False):
            label = value.get("label") if isinstance(value, dict) else None
            yield name, str(label or json.dumps(value, ensure_ascii=False, default=_plain))


def asserted_of(report: Path, form: str, body: str = "") -> str:
    """The asserted graph of a report, Turtle or sorted N-Triples."""
    return _text(assert_graph(_facts(report, body)), form)


def inferred_of(report: Path, form: str, body: str = "") -> str:
    """What the ontology infers from it, Turtle or sorted N-Triples."""
    return _text(close(assert_graph(_facts(report, body))), form)


def _text(graph: Graph, form: str) -> str:
    text = graph.serialize(format=form)
    return "".join(sorted(text.splitlines(keepends=True))) if form == "nt" else text


def conformance_of(report: Path, body: str = "") -> tuple[str, bool]:
    """The validation report as Turtle, and whether nothing that must hold is violated."""
    asserted = assert_graph(_facts(report, body))
    conformance = validate(asserted, close(asserted))
    return conformance.turtle(), conformance.conforms
