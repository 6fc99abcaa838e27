"""The axioms of the T-Box, closed by owlrl and laid out as tables of rules.

owlrl decides what follows from the axioms among themselves (sub-classes of sub-classes, domains of sub-properties …).
What it has closed is read into `Rules`, which `ontology.fixpoint` runs over facts. A construct that the tables cannot
hold raises UncoveredAxiom: nothing is missed in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

import owlrl
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")  # where owlrl writes what contradicts itself

KINDS = frozenset(
    {
        OWL.Class,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        OWL.AnnotationProperty,
        OWL.TransitiveProperty,
        OWL.SymmetricProperty,
        OWL.Restriction,
        OWL.AllDisjointClasses,
        RDFS.Datatype,
    }
)
AXIOMS = frozenset(
    {
        RDF.type,
        RDF.first,
        RDF.rest,
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        RDFS.domain,
        RDFS.range,
        OWL.equivalentClass,
        OWL.equivalentProperty,
        OWL.inverseOf,
        OWL.propertyChainAxiom,
        OWL.onProperty,
        OWL.someValuesFrom,
        OWL.hasValue,
        OWL.intersectionOf,
        OWL.disjointWith,
        OWL.members,
    }
)
HEADERS = frozenset({OWL.imports, OWL.versionIRI, OWL.versionInfo, OWL.deprecated})
NOTES = frozenset({RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy})
LANGUAGE = (str(OWL), str(RDFS), str(RDF))

Term = TypeVar("Term")
Other = TypeVar("Other")
Row = TypeVar("Row", bound=tuple[Node, ...])


class UncoveredAxiom(Exception):
    """An axiom, or a fact that speaks about the vocabulary, that the rule tables do not cover."""


class ContradictoryOntology(Exception):
    """The T-Box contradicts itself; the message is owlrl's."""


@dataclass(frozen=True, slots=True)
class Rules(Generic[Term]):
    """What the closed T-Box says about facts, as rows of terms.

    - `supers` class, class above; `wider` property, property above; `disjoint` class, class
    - `inverses` property, its inverse; a symmetric property is its own
    - `domains` and `ranges` property, class
    - `chains` first, second, whole; a transitive property is a chain of itself
    - `some` property, class of the value, restriction; `values` property, value, restriction
    - `intersections` class, its parts
    """

    supers: tuple[tuple[Term, Term], ...]
    wider: tuple[tuple[Term, Term], ...]
    inverses: tuple[tuple[Term, Term], ...]
    domains: tuple[tuple[Term, Term], ...]
    ranges: tuple[tuple[Term, Term], ...]
    disjoint: tuple[tuple[Term, Term], ...]
    chains: tuple[tuple[Term, Term, Term], ...]
    some: tuple[tuple[Term, Term, Term], ...]
    values: tuple[tuple[Term, Term, Term], ...]
    intersections: tuple[tuple[Term, tuple[Term, ...]], ...]

    def translated(self, into: Callable[[Term], Other]) -> Rules[Other]:
        """The same rules with every term replaced."""

        def pairs(rows: tuple[tuple[Term, Term], ...]) -> tuple[tuple[Other, Other], ...]:
            return tuple((into(a), into(b)) for a, b in rows)

        def triples(rows: tuple[tuple[Term, Term, Term], ...]) -> tuple[tuple[Other, Other, Other], ...]:
            return tuple((into(a), into(b), into(c)) for a, b, c in rows)

        return Rules(
            pairs(self.supers),
            pairs(self.wider),
            pairs(self.inverses),
            pairs(self.domains),
            pairs(self.ranges),
            pairs(self.disjoint),
            triples(self.chains),
            triples(self.some),
            triples(self.values),
            tuple((into(whole), tuple(map(into, parts))) for whole, parts in self.intersections),
        )


def axioms(tbox: Graph) -> Graph:
    """The triples of the T-Box that carry meaning for the reasoner: no labels, definitions or headers.

    Raises UncoveredAxiom for a construct of OWL, RDFS or RDF that the rule tables do not cover.
    """
    kept = Graph()
    for subject, predicate, value in tbox:
        if predicate == RDF.type and value == OWL.Ontology:
            continue
        if predicate in AXIOMS:
            if predicate == RDF.type and value not in KINDS:
                raise UncoveredAxiom(f"{subject.n3()} is a {value.n3()}")
            kept.add((subject, predicate, value))
        elif predicate not in HEADERS | NOTES and str(predicate).startswith(LANGUAGE):
            raise UncoveredAxiom(f"{subject.n3()} {predicate.n3()} {value.n3()}")
    return kept


def closed(tbox: Graph) -> Graph:
    """The axioms of the T-Box with all that owlrl infers from them.

    Raises ContradictoryOntology where owlrl leaves an error message, UncoveredAxiom as `axioms` does.
    """
    graph = axioms(tbox)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    if messages := sorted(str(message) for message in graph.objects(None, ERROR)):
        raise ContradictoryOntology("; ".join(messages))
    return graph


def rules(tbox: Graph) -> Rules[Node]:
    """The rules that follow from a T-Box. Raises UncoveredAxiom and ContradictoryOntology."""
    graph = closed(tbox)
    inverse = set(graph.subject_objects(OWL.inverseOf))
    inverse |= {(q, p) for p, q in inverse} | {(p, p) for p in graph.subjects(RDF.type, OWL.SymmetricProperty)}
    some = _restrictions(graph, OWL.someValuesFrom)
    found = Rules(
        supers=_pairs(graph.subject_objects(RDFS.subClassOf)),
        wider=_pairs(graph.subject_objects(RDFS.subPropertyOf)),
        inverses=_ordered(inverse),
        domains=_pairs((*graph.subject_objects(RDFS.domain), *_domains_of(some))),
        ranges=_pairs((p, c) for p, c in graph.subject_objects(RDFS.range) if not _is_datatype(c, graph)),
        disjoint=_disjoint(graph),
        chains=_chains(graph),
        some=tuple(row for row in some if row[1] != OWL.Thing),
        values=_restrictions(graph, OWL.hasValue),
        intersections=_intersections(graph),
    )
    _refuse_rules_about_type(found)
    return found


def _ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows, each once, in an order that does not depend on the run."""
    return tuple(sorted(set(rows), key=lambda row: tuple(term.n3() for term in row)))


def _pairs(rows: Iterable[tuple[Node, Node]]) -> tuple[tuple[Node, Node], ...]:
    """The pairs that say something: no class below itself, nothing below owl:Nothing, all below owl:Thing."""
    return _ordered((a, b) for a, b in rows if a not in {b, OWL.Nothing} and b != OWL.Thing)


def _domains_of(some: Iterable[tuple[Node, Node, Node]]) -> Iterator[tuple[Node, Node]]:
    """The restrictions to some value of any class, which say what a domain says."""
    return ((p, restriction) for p, filler, restriction in some if filler == OWL.Thing)


def _is_datatype(term: Node, graph: Graph) -> bool:
    return term == RDFS.Literal or str(term).startswith(str(XSD)) or (term, RDF.type, RDFS.Datatype) in graph


def _chains(graph: Graph) -> tuple[tuple[Node, Node, Node], ...]:
    """The chains of two, transitive properties among them. Raises UncoveredAxiom for a longer or shorter chain."""
    found: list[tuple[Node, Node, Node]] = [(p, p, p) for p in graph.subjects(RDF.type, OWL.TransitiveProperty)]
    for whole, start in graph.subject_objects(OWL.propertyChainAxiom):
        links = tuple(Collection(graph, start))
        if len(links) != 2:
            raise UncoveredAxiom(f"the property chain of {whole.n3()} has {len(links)} links")
        found.append((links[0], links[1], whole))
    return _ordered(found)


def _restrictions(graph: Graph, kind: URIRef) -> tuple[tuple[Node, Node, Node], ...]:
    """The restrictions of a kind as (property, filler, restriction). Raises UncoveredAxiom for a datatype as filler."""
    found = []
    for restriction, filler in graph.subject_objects(kind):
        if kind == OWL.someValuesFrom and _is_datatype(filler, graph):
            raise UncoveredAxiom(f"some values from the datatype {filler.n3()}")
        found += [(p, filler, restriction) for p in graph.objects(restriction, OWL.onProperty)]
    return _ordered(found)


def _intersections(graph: Graph) -> tuple[tuple[Node, tuple[Node, ...]], ...]:
    """The classes that are the intersection of others. Raises UncoveredAxiom for one of owl:Thing, which is no part."""
    found = [(whole, tuple(Collection(graph, parts))) for whole, parts in graph.subject_objects(OWL.intersectionOf)]
    for whole, parts in found:
        if OWL.Thing in parts or not parts:
            raise UncoveredAxiom(f"the intersection {whole.n3()} has owl:Thing or nothing as its part")
    return tuple(sorted(found, key=lambda row: (row[0].n3(), [part.n3() for part in row[1]])))


def _disjoint(graph: Graph) -> tuple[tuple[Node, Node], ...]:
    """The pairs of disjoint named classes, each once; datatypes are left to the shapes."""
    found = set(graph.subject_objects(OWL.disjointWith))
    for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        for members in graph.objects(group, OWL.members):
            found.update(combinations(Collection(graph, members), 2))
    named = {(a, b) for a, b in found if not (_is_datatype(a, graph) or _is_datatype(b, graph))}
    if any(isinstance(term, BNode) for pair in named for term in pair):
        raise UncoveredAxiom("a class without a name is disjoint with another")
    return _ordered({(a, b) if a.n3() < b.n3() else (b, a) for a, b in named})


def _refuse_rules_about_type(found: Rules[Node]) -> None:
    """Raises UncoveredAxiom where rdf:type itself is ruled as a property."""
    by_property = (found.wider, found.domains, found.ranges, found.inverses, found.chains, found.some, found.values)
    properties = {row[0] for table in by_property for row in table}
    properties |= {term for table in (found.wider, found.chains) for row in table for term in row}
    if RDF.type in properties:
        raise UncoveredAxiom("an axiom treats rdf:type as a property of the domain")
