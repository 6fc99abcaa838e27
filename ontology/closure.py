"""What follows from facts by the ontology: the OWL 2 RL closure, inferred triples only.

owlrl defines the closure: it closes the T-Box (`ontology.axioms`), and the tests hold what the rules make of facts
(`ontology.fixpoint`) equal to what owlrl makes of them, less what says nothing: sameness with oneself, membership in
owl:Thing or in a class without a name, literals as subjects.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import OWL, RDF, BNode, Graph
from rdflib.term import Node

from ontology.axioms import LANGUAGE, NOTES, Rules, UncoveredAxiom, rules
from ontology.fixpoint import TYPE, Coded, Codes, Fixpoint
from ontology.kept_rules import kept_rules
from ontology.triples import Triple, triples_of


@dataclass(frozen=True, slots=True, order=True)
class Inconsistency:
    """A node that belongs to two classes which the ontology says share no member."""

    node: Node
    one: Node
    other: Node

    def __str__(self) -> str:
        return f"{self.node} is a {self.one} and a {self.other}, and nothing can be both"


class Inconsistent(Exception):
    """Facts that contradict the ontology; `found` holds each contradiction, in order."""

    def __init__(self, found: tuple[Inconsistency, ...]) -> None:
        super().__init__("; ".join(map(str, found)))
        self.found = found


def core_graph() -> Graph:
    """The T-Box: every module of ontology/core as one graph."""
    return triples_of("core")


def scheme_graph() -> Graph:
    """The individuals of the vocabulary: every concept scheme of ontology/schemes as one graph."""
    return triples_of("schemes")


def ontology_graph() -> Graph:
    """The whole vocabulary, T-Box and concept schemes, as one graph. The alignments are not in it."""
    return core_graph() + scheme_graph()


def close(facts: Graph, most: int | None = None) -> Graph:
    """The triples that the ontology infers from the facts: none that is asserted, none that holds without the facts.

    Raises Inconsistent for facts that contradict the ontology, UncoveredAxiom for facts that define vocabulary,
    TooManyInferences where more than `most` triples follow.
    """
    return _reasoner().close(facts, most)


def close_schemes() -> Graph:
    """What follows from the concept schemes alone, which `close` leaves out."""
    return Reasoner(_rules(), Graph()).close(scheme_graph())


@cache
def _reasoner() -> Reasoner:
    """The reasoner of the project's own ontology."""
    return Reasoner(_rules(), scheme_graph())


@cache
def _rules() -> Rules[Node]:
    """The rules of the project's own T-Box: those that are kept, or what owlrl makes of it now."""
    return kept_rules() or rules(core_graph())


class Reasoner:
    """The rules of an ontology with the individuals that it names, ready for any number of graphs of facts."""

    def __init__(self, terms_rules: Rules[Node], individuals: Graph) -> None:
        _refuse_vocabulary(individuals)
        self._rules = terms_rules
        self._individuals = tuple(individuals)

    def close(self, facts: Graph, most: int | None = None) -> Graph:
        """What follows from the facts and the individuals, less both and what follows from the individuals alone.

        Raises Inconsistent, UncoveredAxiom and TooManyInferences.
        """
        _refuse_vocabulary(facts)
        codes = Codes()
        coded_rules = self._rules.translated(codes.of)
        given = [codes.triple(triple) for triple in self._individuals]
        fixpoint = Fixpoint(coded_rules, codes.literals)
        fixpoint.run(given)
        before = set(fixpoint.known)
        asserted = {codes.triple(triple) for triple in facts}
        fixpoint.run(asserted, None if most is None else len(before) + len(asserted) + most)
        if found := _inconsistencies(fixpoint.known, coded_rules, codes):
            raise Inconsistent(found)
        inferred = Graph()
        for coded in fixpoint.known - before - asserted:
            if triple := _named(coded, codes):
                inferred.add(triple)
        return inferred


def _named(coded: Coded, codes: Codes) -> Triple | None:
    """The triple in terms, None for membership in a class without a name."""
    subject, predicate, value = (codes.terms[code] for code in coded)
    if coded[1] == TYPE and isinstance(value, BNode):
        return None
    return subject, predicate, value


def _inconsistencies(known: set[Coded], coded_rules: Rules[int], codes: Codes) -> tuple[Inconsistency, ...]:
    """Each node that belongs to two disjoint classes or to owl:Nothing, in order."""
    nothing = codes.of(OWL.Nothing)

    def found() -> Iterator[Inconsistency]:
        members: dict[int, set[int]] = {}
        for subject, predicate, value in known:
            if predicate == TYPE:
                members.setdefault(value, set()).add(subject)
        for one, other in coded_rules.disjoint:
            for node in members.get(one, set()) & members.get(other, set()):
                yield Inconsistency(codes.terms[node], codes.terms[one], codes.terms[other])
        for node in members.get(nothing, ()):
            yield Inconsistency(codes.terms[node], OWL.Nothing, OWL.Nothing)

    return tuple(sorted(found()))


def _refuse_vocabulary(facts: Graph) -> None:
    """Raises UncoveredAxiom for a fact in the words of OWL, RDFS or RDF: such facts would change the rules."""
    for subject, predicate, value in facts:
        spoken = value if predicate == RDF.type else predicate
        if spoken not in NOTES and str(spoken).startswith(LANGUAGE):
            raise UncoveredAxiom(f"a fact defines vocabulary: {subject.n3()} {predicate.n3()} {value.n3()}")
