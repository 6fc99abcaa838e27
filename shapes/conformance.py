"""Whether a graph conforms: the shapes of shapes/must and shapes/should and the checks of shapes/checks.

Not to conform is a value; only a broken shape or check raises. What must hold gives violations, what should hold
warnings, and only a violation keeps a report from being published. Results come in a fixed order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import chain, islice

from pyshacl.errors import ValidationFailure
from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator
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

_TOGETHER = 200  # nodes that pyshacl checks at once: few enough that a bound of results ends the work soon


class ShapeError(Exception):
    """Shapes that pyshacl cannot run."""


def validate(
    asserted: Graph,
    inferred: Graph | None = None,
    wanted: Callable[[Result], bool] | None = None,
    most: int | None = None,
) -> Conformance:
    """The conformance of a report's graph with what the closure infers from it and with the vocabularies.

    Of a report that says of itself to be facts only no prose is demanded, and none is allowed. Only results that are
    `wanted` count. After `most` of them no more are looked for; violations come first, so the verdict is the same.
    Raises ShapeError or pyshacl's own errors for a broken shape, CheckError for a broken check.
    """
    data = Graph()
    for triple in (*asserted, *(inferred or ()), *vocabulary().of(asserted)):
        data.add(triple)
    reports = sorted(map(str, asserted.subjects(RDF.type, REC.Report)))
    name = URIRef(f"{reports[0]}/conformance" if reports else f"{BASE}conformance")
    facts_only = (None, REC.factsOnly, Literal(True)) in asserted
    shapes = _targeted(facts_only)
    found = chain(
        _of_shapes(data, shapes, SH.Violation),
        _of_checks(data),
        _of_shapes(data, shapes, SH.Warning),
    )
    return _outcome(name, data, islice(filter(wanted, found), most))


def validate_links(links: Graph, reports: Graph) -> Conformance:
    """The conformance of the fulfilments that link reports, whose asserted graphs, merged, are given as well."""
    data = Graph()
    for triple in (*reports, *links, *vocabulary().of(links)):
        data.add(triple)
    focus = set(links.subjects(RDF.type, REC.Fulfilment))
    found = (_of_shapes(data, must_and_should(), severity, focus) for severity in (SH.Violation, SH.Warning))
    return _outcome(URIRef(f"{BASE}links/conformance"), data, chain.from_iterable(found))


def validate_corrections(corrections: Graph) -> Conformance:
    """The conformance of the corrections of what was read in a report or official text, by the shapes alone."""
    focus = set(corrections.subjects(RDF.type, REC.Correction))
    found = _of_shapes(corrections, must_and_should(), SH.Violation, focus)
    return _outcome(URIRef(f"{BASE}corrections/conformance"), corrections, found)


def _outcome(name: URIRef, data: Graph, found: Iterable[Result]) -> Conformance:
    following = _Places(data)
    located = {replace(result, paragraph=following.paragraph(result.focus)) for result in found}
    results = tuple(sorted(located, key=lambda result: result.rank))
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


def _of_shapes(data: Graph, shapes: Graph, severity: URIRef, focus: Set[Node] | None = None) -> Iterator[Result]:
    """The results of one severity of all nodes that the shapes target, or of those in `focus` alone, as they are found.

    pyshacl's own report is not made: it holds every result before the first is seen, and takes a third of the time.
    """
    if focus == set():
        return
    options = {"inplace": True, "allow_warnings": True}
    graph = DataGraph.from_rdflib(data)
    validator = Validator(graph, shacl_graph=shapes, options=options)
    executor = validator.make_executor()
    try:
        known = [shape for shape in validator.shacl_graph.shapes if shape.severity == severity]
        for shape in sorted(known, key=lambda one: str(one.node)):
            nodes = shape.focus_nodes(graph)
            ordered = sorted(nodes if focus is None else nodes & focus, key=str)
            for start in range(0, len(ordered), _TOGETHER):
                for _, result, triples in shape.validate(executor, graph, focus=ordered[start : start + _TOGETHER])[1]:
                    yield _result(shapes, result, triples)
    except ValidationFailure as error:
        raise ShapeError(f"the shapes cannot be used: {error}") from error


def _result(shapes: Graph, node: Node, triples: Iterable[tuple[Node, Node, Node | tuple[object, Node]]]) -> Result:
    """A result of pyshacl's, whose terms come with the graph that they are from."""
    said = {
        predicate: value[1] if isinstance(value, tuple) else value for one, predicate, value in triples if one == node
    }
    shape = said[SH.sourceShape]
    return Result(
        severity=_SEVERITIES[str(said[SH.resultSeverity])],
        focus=said[SH.focusNode],
        path=_path(shapes, shape),
        message=str(said[SH.resultMessage]),
        value=said.get(SH.value),
        shape=str(shape),
        component=said[SH.sourceConstraintComponent],
    )


def _path(shapes: Graph, shape: Node | None) -> str:
    path = shapes.value(shape, SH.path)
    if isinstance(path, BNode) and (either := shapes.value(path, SH.alternativePath)):
        return str(next(iter(Collection(shapes, either))))
    if isinstance(path, BNode):
        return f"^{shapes.value(path, SH.inversePath)}"
    return str(path or "")


def _of_checks(data: Graph) -> Iterator[Result]:
    for failure in failures((data,), sorted(checks(), key=lambda check: check.severity != "violation")):
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


class _Places:
    """Where in a report things stand. Each step is looked up once: thousands of results may lead over one node."""

    def __init__(self, data: Graph) -> None:
        self._data = data
        self._next: dict[Node, Node | None] = {}

    def paragraph(self, node: Node) -> str:
        """The number of the paragraph that a node is, or that it is reported in, at most four steps away."""
        for _ in range(5):
            if (node, RDF.type, REC.Paragraph) in self._data:
                return str(self._data.value(node, REC.number) or "")
            if node not in self._next:
                self._next[node] = self._following(node)
            following = self._next[node]
            if following is None:
                return ""
            node = following
        return ""

    def _following(self, node: Node) -> Node | None:
        places = (list(self._data.objects(node, step)) for step in _ROAD)
        return next((min(found, key=_reading_order) for found in places if found), None)


def _reading_order(node: Node) -> tuple[int, str]:
    """Paragraphs by their number, other places by their name: the shorter IRI of two alike has the smaller number."""
    return len(str(node)), str(node)
