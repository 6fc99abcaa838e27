"""Whether a graph conforms: the shapes of shapes/must and shapes/should and the checks of shapes/checks.

Not to conform is a value; only a broken shape or check raises. What must hold gives violations, what should hold
warnings, and only a violation keeps a report from being published. Results come in a fixed order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pyshacl
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.prose import prose
from ontology.terms import BASE, REC
from shapes.checks import checks, failures
from shapes.report import SHAPE, Conformance, Result
from shapes.vocabulary import vocabulary

_SEVERITIES = {str(SH.Violation): "violation", str(SH.Warning): "warning"}
_ROAD = (REC.reportedIn, REC.introducedIn, REC.citingPlace, REC.noteTo, REC.clauseOf, REC.citingText, REC.mandatingText)


class ShapeError(Exception):
    """Shapes that pyshacl cannot run."""


def validate(asserted: Graph, inferred: Graph | None = None) -> Conformance:
    """The conformance of a report's graph with what the closure infers from it and with the vocabularies.

    Of a report that says of itself to be facts only no prose is demanded, and none is allowed.
    Raises ShapeError or pyshacl's own errors for a broken shape, CheckError for a broken check.
    """
    data = Graph()
    for triple in (*asserted, *(inferred or ()), *vocabulary().of(asserted)):
        data.add(triple)
    reports = sorted(map(str, asserted.subjects(RDF.type, REC.Report)))
    name = URIRef(f"{reports[0]}/conformance" if reports else f"{BASE}conformance")
    facts_only = (None, REC.factsOnly, Literal(True)) in asserted
    return _outcome(name, data, [*_of_shapes(data, _targeted(facts_only)), *_of_checks(data)])


def validate_links(links: Graph, reports: Graph) -> Conformance:
    """The conformance of the fulfilments that link reports, whose asserted graphs, merged, are given as well."""
    data = Graph()
    for triple in (*reports, *links, *vocabulary().of(links)):
        data.add(triple)
    focus: list[str | URIRef] = sorted(str(node) for node in links.subjects(RDF.type, REC.Fulfilment))
    return _outcome(URIRef(f"{BASE}links/conformance"), data, _of_shapes(data, must_and_should(), focus))


def _outcome(name: URIRef, data: Graph, found: Iterable[Result]) -> Conformance:
    results = tuple(sorted({_located(data, result) for result in found}, key=lambda result: result.rank))
    return Conformance(all(result.severity != "violation" for result in results), results, name)


@cache
def must_and_should() -> Graph:
    """All shapes as one graph."""
    graph = Graph()
    for folder in ("must", "should"):
        for file in sorted((files("shapes") / folder).iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".ttl"):
                graph.parse(data=file.read_text(encoding="utf8"), format="turtle")
    return graph


@cache
def _targeted(facts_only: bool) -> Graph:
    """The same shapes, each property shape with the targets of the node shapes that it belongs to.

    Equal in meaning; pyshacl then takes all nodes at once instead of a call for each node and shape.
    For facts alone the shapes of prose ask for none instead of for some.
    """
    graph = Graph() + must_and_should()
    if facts_only:
        for shape in [shape for path in prose() for shape in graph.subjects(SH.path, path)]:
            graph.remove((shape, SH.minCount, None))
            graph.set((shape, SH.maxCount, Literal(0)))
            graph.set((shape, SH.message, Literal("A facts-only report must not hold prose.", lang="en")))
    for node, shape in must_and_should().subject_objects(SH.property):
        for kind in (SH.targetClass, SH.targetObjectsOf):
            for target in must_and_should().objects(node, kind):
                graph.add((shape, kind, target))
        graph.remove((node, SH.property, shape))
    return graph


def _of_shapes(data: Graph, shapes: Graph, focus: list[str | URIRef] | None = None) -> Iterator[Result]:
    """The results of all nodes that the shapes target, or of those in `focus` alone."""
    if focus == []:
        return
    _, report, _ = pyshacl.validate(
        data, shacl_graph=shapes, inference="none", inplace=True, allow_warnings=True, focus_nodes=focus
    )
    if not isinstance(report, Graph):
        raise ShapeError(f"the shapes cannot be used: {report}")
    for node in report.objects(None, SH.result):
        shape = report.value(node, SH.sourceShape)
        yield Result(
            severity=_SEVERITIES[str(report.value(node, SH.resultSeverity))],
            focus=_given(report.value(node, SH.focusNode)),
            path=_path(shapes, shape),
            message=str(report.value(node, SH.resultMessage)),
            value=report.value(node, SH.value),
            shape=str(shape),
            component=_given(report.value(node, SH.sourceConstraintComponent)),
        )


def _path(shapes: Graph, shape: Node | None) -> str:
    path = shapes.value(shape, SH.path)
    if isinstance(path, BNode) and (either := shapes.value(path, SH.alternativePath)):
        return str(next(iter(Collection(shapes, either))))
    if isinstance(path, BNode):
        return f"^{shapes.value(path, SH.inversePath)}"
    return str(path or "")


def _given(node: Node | None) -> Node:
    """A node that every result has."""
    if node is None:
        raise ShapeError("pyshacl's report lacks what every result must have")
    return node


def _of_checks(data: Graph) -> Iterator[Result]:
    for failure in failures((data,), checks()):
        check, shape = failure.check, f"{SHAPE}{failure.check.name}"
        yield Result(
            check.severity,
            failure.focus,
            failure.path,
            check.message,
            failure.value,
            shape,
            SH.SPARQLConstraintComponent,
        )


def _located(data: Graph, result: Result) -> Result:
    return replace(result, paragraph=_paragraph(data, result.focus))


def _paragraph(data: Graph, node: Node) -> str:
    """The number of the paragraph that a node is, or that it is reported in, at most four steps away."""
    for _ in range(5):
        if (node, RDF.type, REC.Paragraph) in data:
            return str(data.value(node, REC.number) or "")
        following = next(
            (min(found, key=_reading_order) for step in _ROAD if (found := list(data.objects(node, step)))), None
        )
        if following is None:
            return ""
        node = following
    return ""


def _reading_order(node: Node) -> tuple[int, str]:
    """Paragraphs by their number, other places by their name: the shorter IRI of two alike has the smaller number."""
    return len(str(node)), str(node)
