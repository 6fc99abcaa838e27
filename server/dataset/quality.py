"""What is known of the quality of a release: its validation report, and how much of each report was understood."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from mappings.iris import slug
from ontology.terms import BASE, REC
from server.publishing.manifest import is_report, read_manifest


@dataclass(frozen=True, slots=True)
class Finding:
    """A result of validation: how grave, about what, which property of it ("" for none), in words."""

    severity: str
    focus: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Stage:
    """How many things of a stage there are in a report, and how many were understood."""

    report: str
    stage: str
    total: int
    claimed: int


def validation(folder: Path) -> Graph:
    """The SHACL validation reports of a release's reports."""
    graph = Graph()
    for text in _texts(folder, "validation.ttl").values():
        graph.parse(data=text, format="turtle")
    return graph


def _texts(folder: Path, name: str) -> dict[str, str]:
    """A file of each report and official text of a release, by their paths."""
    manifest = read_manifest(folder)
    found = {part.path: part.file(name) for part in (*manifest.reports, *manifest.works)}
    return {path: file.read_text(encoding="utf-8") for path, file in found.items() if file.is_file()}


def findings(graph: Graph) -> list[Finding]:
    """The results of a validation report, the gravest first."""
    order = {str(SH.Violation): 0, str(SH.Warning): 1}
    found = [
        Finding(
            str(graph.value(result, SH.resultSeverity)).rpartition("#")[2],
            str(graph.value(result, SH.focusNode)),
            _path(graph, graph.value(result, SH.resultPath)),
            str(graph.value(result, SH.resultMessage)),
        )
        for result in graph.subjects(RDF.type, SH.ValidationResult)
    ]
    return sorted(found, key=lambda one: (order.get(str(SH[one.severity]), 2), one.focus, one.message))


def _path(graph: Graph, path: Node | None) -> str:
    """The property of a path, led by "^" where it is followed backwards."""
    backwards = graph.value(path, SH.inversePath)
    return f"^{backwards}" if backwards else str(path or "")


def conforms(graph: Graph) -> bool:
    """Whether nothing is violated in any of the reports."""
    return all(verdict == Literal(True) for verdict in graph.objects(None, SH.conforms))


def coverage_text(folder: Path) -> str:
    """The coverage of each report of a release by its path, with each thing that was not understood."""
    found = {path: json.loads(text) for path, text in _texts(folder, "coverage.json").items()}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def stages(folder: Path) -> list[Stage]:
    """The coverage of each stage of each report, in the order of the file."""
    return [
        Stage(report, count["stage"], count["total"], count["claimed"])
        for report, record in json.loads(coverage_text(folder)).items()
        if is_report(report)
        for count in record["coverage"]
    ]


def coverage_graph(folder: Path, base: str) -> Graph:
    """The coverage as RDF, with the names that the reports' graphs give it."""
    graph = Graph()
    for stage in stages(folder):
        node = URIRef(f"{base}{stage.report}/coverage/{slug(stage.stage)}")
        graph.add((node, RDF.type, _term(REC.Coverage, base)))
        graph.add((node, _term(REC.coverageOf, base), URIRef(base + stage.report)))
        graph.add((node, _term(REC.stage, base), Literal(stage.stage)))
        graph.add((node, _term(REC.total, base), Literal(stage.total)))
        graph.add((node, _term(REC.claimed, base), Literal(stage.claimed)))
    return graph


def _term(term: URIRef, base: str) -> URIRef:
    return URIRef(base + term.removeprefix(BASE))
