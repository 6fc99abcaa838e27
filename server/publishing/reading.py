"""One report on its way from the file to the part of a release that holds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from rdflib import Graph, URIRef

from mappings.evidence import evidence_graph
from mappings.extract import extract
from mappings.facts import Count, Facts, Gap
from mappings.graph import assert_graph, sorted_quads
from mappings.outline import outline
from mappings.source import Source, SourceError, read
from mappings.withholding import Unit, Units, Withheld, without
from ontology.closure import Inconsistent, close
from ontology.terms import REC
from server.publishing.manifest import StoredPart
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
    withheld: tuple[Withheld, ...] = ()  # units that do not conform and are not in the part
    stored: StoredPart | None = None  # where it is kept, once it is

    @property
    def conforms(self) -> bool:
        """Whether nothing that must hold is violated."""
        return self.conformance.conforms


def read_report(path: Path, body: str = "") -> Reading | Refusal:
    """Read, outline, extract, assert, infer and check one report; `body` is the operator's word on whose it is."""
    try:
        source = read(path)
        gated = _gated(extract(source, outline(source), body))
    except SourceError as error:
        return Refusal(path, str(error))
    except Inconsistent as error:
        return Refusal(path, f"{path}: its facts contradict the ontology: {error}")
    facts, conformance = gated.facts, gated.conformance
    evidence = evidence_graph(facts, source)
    name = ReportName(facts.report.body.key, facts.report.session, facts.report.session_name)
    gaps = tuple(ListedGap(*source.position(gap.span.start), gap) for gap in (*facts.gaps, *facts.residue))
    files = {
        "asserted.nq": sorted_quads(gated.asserted, name.graph),
        "inferred.nq": sorted_quads(gated.inferred, f"{name.graph}/inferred"),
        "evidence.nq": sorted_quads(evidence, f"{name.graph}/evidence"),
        "validation.ttl": conformance.turtle(),
        "coverage.json": _coverage(facts, gaps),
        "report.json": _record(facts, source, gated.withheld),
    }
    part = Part(name, files)
    overview = tuple(_overview(facts))
    return Reading(path, part, facts.coverage, gaps, conformance, source, overview, gated.withheld)


@dataclass(frozen=True, slots=True)
class _Gated:
    """What of the facts conforms, its graphs, the outcome, and what is withheld."""

    facts: Facts
    asserted: Graph
    inferred: Graph
    conformance: Conformance
    withheld: tuple[Withheld, ...] = ()


ROUNDS = 3  # what points to a withheld unit may not conform without it, and what points to that


def _gated(facts: Facts) -> _Gated:
    """The facts whose units conform; all of them where something does not that belongs to the report as a whole."""
    units = Units(facts)
    withheld: dict[Unit, list[str]] = {}
    whole = gated = _checked(facts)
    for _ in range(ROUNDS):
        if gated.conformance.conforms:
            return gated
        for result in gated.conformance.results:
            if result.severity == "violation":
                unit = _unit_of(str(result.focus), units, gated.asserted)
                if unit is None:
                    return whole
                found = "" if result.value is None else f" Found: {result.value}"
                withheld.setdefault(unit, []).append(f"{result.message}{found}")
        listed = tuple(Withheld(unit, tuple(dict.fromkeys(reasons))) for unit, reasons in withheld.items())
        gated = replace(_checked(without(facts, listed, len(units))), withheld=listed)
    return gated if gated.conformance.conforms else whole


def _checked(facts: Facts) -> _Gated:
    asserted = assert_graph(facts)
    inferred = close(asserted)
    return _Gated(facts, asserted, inferred, validate(asserted, inferred))


_ROAD = (REC.reportedIn, REC.introducedIn, REC.citingPlace, REC.noteTo, REC.clauseOf, REC.mandatingClause)


def _unit_of(node: str, units: Units, asserted: Graph) -> Unit | None:
    """The unit that a node's own address names, else that of the place where the node stands."""
    if unit := units.of(node):
        return unit
    places = sorted(str(place) for step in _ROAD for place in asserted.objects(URIRef(node), step))
    return next((unit for place in places if (unit := units.of(place))), None)


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


def _record(facts: Facts, source: Source, withheld: tuple[Withheld, ...]) -> str:
    """Which report this is and which file it was read from."""
    report = facts.report
    return _json(
        {
            "body": report.body.key,
            "session": report.session,
            **({"sessionName": report.session_name} if report.session_name else {}),
            "title": report.title,
            **({"partial": True, "withheld": [one.unit.name for one in withheld]} if withheld else {}),
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
