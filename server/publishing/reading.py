"""One report on its way from the file to the part of a release that holds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from mappings.evidence import evidence_graph
from mappings.extract import extract
from mappings.facts import Count, Facts, Gap
from mappings.graph import assert_graph, sorted_quads
from mappings.outline import outline
from mappings.source import Source, SourceError, read
from ontology.closure import Inconsistent, close
from server.publishing.release import Part, ReportName, sha256
from shapes.conformance import validate
from shapes.report import Conformance


@dataclass(frozen=True, slots=True)
class Refusal:
    """A report that cannot be read or understood, and why: the message names the file and, if it can, the line."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class ListedGap:
    """Something that no rule understood, at its line and column of the file, both counted from 1."""

    line: int
    column: int
    gap: Gap


@dataclass(frozen=True, slots=True)
class Reading:
    """A report that went the whole road: what a release holds of it, and how well it was understood."""

    path: Path
    part: Part
    coverage: tuple[Count, ...]
    gaps: tuple[ListedGap, ...]
    conformance: Conformance
    source: Source | None = None  # None where the facts came without the text
    overview: tuple[str, ...] = ()  # what this is and how much was read, a line each, for people

    @property
    def conforms(self) -> bool:
        """Whether nothing that must hold is violated."""
        return self.conformance.conforms


def read_report(path: Path, body: str = "") -> Reading | Refusal:
    """Read, outline, extract, assert, infer and check one report; `body` is the operator's word on whose it is."""
    try:
        source = read(path)
        facts = extract(source, outline(source), body)
        asserted = assert_graph(facts)
        inferred = close(asserted)
    except SourceError as error:
        return Refusal(path, str(error))
    except Inconsistent as error:
        return Refusal(path, f"{path}: its facts contradict the ontology: {error}")
    evidence = evidence_graph(facts, source)
    conformance = validate(asserted, inferred)
    name = ReportName(facts.report.body.key, facts.report.session, facts.report.session_name)
    gaps = tuple(ListedGap(*source.position(gap.span.start), gap) for gap in facts.gaps)
    files = {
        "asserted.nq": sorted_quads(asserted, name.graph),
        "inferred.nq": sorted_quads(inferred, f"{name.graph}/inferred"),
        "evidence.nq": sorted_quads(evidence, f"{name.graph}/evidence"),
        "validation.ttl": conformance.turtle(),
        "coverage.json": _coverage(facts, gaps),
        "report.json": _record(facts, source),
    }
    return Reading(path, Part(name, files), facts.coverage, gaps, conformance, source, tuple(_overview(facts)))


_TABLES = ("texts", "clauses", "statements", "actions", "sponsorships", "documents", "meetings", "views", "citations")


def _overview(facts: Facts) -> Iterator[str]:
    """Whose report on which session this is, how its paragraphs are numbered, how many facts of each kind."""
    report = facts.report
    days = ", ".join(f"{part.start} to {part.end}" for part in report.parts) or "no dates"
    session = report.session_name or report.session
    yield f"{report.body.label}, session {session}, {days}, {report.symbol or 'no symbol'}"
    numbers = [one.number for one in facts.paragraphs if one.number]
    how = "numbered in one series" if len(set(numbers)) == len(numbers) else "numbered anew in each chapter"
    yield f"{len(facts.paragraphs)} paragraphs, {how if numbers else 'without numbers'}"
    yield "read: " + ", ".join(f"{len(getattr(facts, table))} {table}" for table in _TABLES)


def _coverage(facts: Facts, gaps: tuple[ListedGap, ...]) -> str:
    """What of the report was understood, and each thing that was not, with its place."""
    return _json(
        {
            "coverage": [
                {"stage": count.stage, "total": count.total, "claimed": count.claimed} for count in facts.coverage
            ],
            "gaps": [
                {"stage": g.gap.stage, "reason": g.gap.reason, "line": g.line, "column": g.column, "text": g.gap.text}
                for g in gaps
            ],
        }
    )


def _record(facts: Facts, source: Source) -> str:
    """Which report this is and which file it was read from."""
    report = facts.report
    return _json(
        {
            "body": report.body.key,
            "session": report.session,
            **({"sessionName": report.session_name} if report.session_name else {}),
            "title": report.title,
            "source": Path(source.name).name,
            "characters": len(source.text),
            "sha256": sha256(source.text),
            **_converted(source),
            "version": version("recalling"),
        }
    )


def _converted(source: Source) -> dict[str, str]:
    """What the text was made of and by what, where the file is not text itself."""
    original = source.original
    if original is None or not original.converter:
        return {}
    return {
        "original": original.sha256,
        "mediaType": original.media_type,
        "converter": f"{original.converter} {original.version}",
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
