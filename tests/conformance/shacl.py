"""The SHACL suite by pyshacl, as the build uses it: no inference, and the whole validation report compared.

Two reports are the same where the graphs of what the specification requires of a result are isomorphic: focus node,
path, value, severity, component, constraint and shape. Messages and details are compared where the test has some.
The one option of the build that is not used here is that warnings are allowed, which alters sh:conforms.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyshacl
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError, ValidationFailure
from rdflib import RDF, RDFS, SH, BNode, Graph, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Literal, Node, URIRef

from tests.conformance.manifests import MF, Case, file_of
from tests.conformance.outcome import Outcome

SHT = Namespace("http://www.w3.org/ns/shacl-test#")
PARTS = {"core": "SHACL core", "sparql": "SHACL-SPARQL"}
REQUIRED = (
    RDF.type,
    SH.focusNode,
    SH.resultPath,
    SH.resultSeverity,
    SH.sourceConstraint,
    SH.sourceConstraintComponent,
    SH.sourceShape,
    SH.value,
)
FAILURES = (ConstraintLoadError, ReportableRuntimeError, ShapeLoadError, ValidationFailure)


def run(suites: Path, data: Path) -> Iterator[Outcome]:
    """The outcomes of the tests of both parts, the core and the constraints in SPARQL."""
    for part, suite in PARTS.items():
        for test in _cases(suites / "shacl" / "tests" / part):
            fault = _fault(test)
            yield Outcome(suite, "/".join(str(test.iri).split("/")[-2:]), not fault, fault)


def _cases(folder: Path) -> Iterator[Case]:
    """The tests of a part. Each file is a manifest of its own; the manifest of its folder lacks one that is proposed."""
    for file in sorted(folder.rglob("*.ttl")):
        graph = Graph().parse(file, format="turtle", publicID=file.as_uri())
        for entries in graph.objects(None, MF.entries):
            for entry in Collection(graph, entries):
                if isinstance(entry, URIRef):
                    yield Case(entry, frozenset(), str(graph.value(entry, RDFS.label)), graph)


def _fault(test: Case) -> str:
    """What is wrong with the report on a test, "" where nothing is."""
    action, expected = test.value(MF.action), test.value(MF.result)
    data, shapes = (_read(test, test.graph.value(action, part)) for part in (SHT.dataGraph, SHT.shapesGraph))
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    except FAILURES as error:
        return "" if expected == SHT.Failure else f"{type(error).__name__}: {error}"
    except NotImplementedError as error:
        return str(error)
    if not isinstance(report, Graph):
        return "" if expected == SHT.Failure else str(report)
    if expected == SHT.Failure or expected is None:
        return "a report, where the shapes are to be refused"
    root = report.value(None, RDF.type, SH.ValidationReport)
    notes = [note for note in (SH.resultMessage, SH.detail) if (None, note, None) in test.graph]
    same = root is not None and isomorphic(_required(test.graph, expected, notes), _required(report, root, notes))
    return "" if same else f"another report: {text}"


def _read(test: Case, name: Node | None) -> Graph:
    """A graph that the test names, the test's own file among them."""
    if name is None:
        raise ValueError(f"{test.iri} names no graph")
    return Graph().parse(file_of(name), format="turtle", publicID=str(name))


def _required(graph: Graph, report: Node, notes: list[URIRef]) -> Graph:
    """What the specification requires of a report: whether the data conform, and its results."""
    required = Graph()
    conforms = graph.value(report, SH.conforms)
    required.add((report, RDF.type, SH.ValidationReport))
    required.add((report, SH.conforms, Literal(bool(conforms))))
    for result in graph.objects(report, SH.result):
        required.add((report, SH.result, result))
        _add_result(required, graph, result, notes)
    return required


def _add_result(required: Graph, graph: Graph, result: Node, notes: list[URIRef]) -> None:
    for predicate in (*REQUIRED, *notes):
        for value in graph.objects(result, predicate):
            is_path = predicate == SH.resultPath
            required.add((result, predicate, Literal(_path(graph, value)) if is_path else value))
            if predicate == SH.detail:
                _add_result(required, graph, value, notes)


def _path(graph: Graph, node: Node) -> str:
    """What a path says; the nodes without a name that make it up are shared by results in one report and not in another."""
    if not isinstance(node, BNode):
        return node.n3()
    parts = sorted(graph.predicate_objects(node))
    return f"[{'; '.join(f'{predicate.n3()} {_path(graph, value)}' for predicate, value in parts)}]"
