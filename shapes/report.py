"""The outcome of a validation: its results for people, and the same as a report in SHACL's words (SHACL, 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.terms import BASE, REC

SHAPE = f"{BASE}shape/"


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that is wrong: where, what and what to do.

    `path` is the property, led by "^" where it is followed backwards, empty where there is none; `value` what was found
    there. `paragraph` is the number of the report's paragraph to look at, empty where none is known. `component` is the
    kind of constraint that was violated.
    """

    severity: str  # "violation" or "warning"
    focus: Node
    path: str
    message: str
    value: Node | None
    shape: str
    component: Node
    paragraph: str = ""

    def __str__(self) -> str:
        where = f" (paragraph {self.paragraph})" if self.paragraph else ""
        found = "" if self.value is None else f" Found: {self.value}"
        return f"{self.severity}: {self.focus}{where}: {self.message}{found}"

    @property
    def rank(self) -> tuple[str, ...]:
        """What results are sorted by: violations before warnings, then by where."""
        value = "" if self.value is None else self.value.n3()
        return (self.severity, str(self.focus), self.path, self.message, value, self.shape)


@dataclass(frozen=True, slots=True)
class Conformance:
    """The outcome of a validation: `conforms` is false where something that must hold does not.

    `graph` is the same as a SHACL validation report; `name` is the IRI of the report in it.
    """

    conforms: bool
    results: tuple[Result, ...]
    name: URIRef

    @property
    def graph(self) -> Graph:
        """The SHACL validation report, results of checks among those of shapes."""
        graph = Graph()
        graph.bind("sh", SH)
        graph.bind("rec", f"{BASE}def/")
        graph.bind("shape", SHAPE)
        graph.add((self.name, RDF.type, SH.ValidationReport))
        graph.add((self.name, SH.conforms, Literal(self.conforms)))
        for number, result in enumerate(self.results, 1):
            node = URIRef(f"{self.name}/{number}")
            graph.add((self.name, SH.result, node))
            for triple in _triples(node, result):
                graph.add(triple)
        return graph

    def turtle(self) -> str:
        """The validation report in Turtle."""
        return self.graph.serialize(format="turtle")

    def lines(self) -> Iterator[str]:
        """The results for people, one a line, violations first."""
        return map(str, self.results)


def _triples(node: URIRef, result: Result) -> Iterator[tuple[Node, URIRef, Node]]:
    yield node, RDF.type, SH.ValidationResult
    yield node, SH.resultSeverity, SH.Violation if result.severity == "violation" else SH.Warning
    yield node, SH.focusNode, result.focus
    yield node, SH.resultMessage, Literal(result.message, lang="en")
    yield node, SH.sourceShape, URIRef(result.shape)
    yield node, SH.sourceConstraintComponent, result.component
    if result.path.startswith("^"):
        backwards = BNode()  # SHACL allows no name for a path that is not a property
        yield node, SH.resultPath, backwards
        yield backwards, SH.inversePath, URIRef(result.path[1:])
    elif result.path:
        yield node, SH.resultPath, URIRef(result.path)
    if result.value is not None:
        yield node, SH.value, result.value
    if result.paragraph:
        yield node, REC.number, Literal(result.paragraph)
