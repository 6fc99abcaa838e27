"""The OWL 2 RL entailment cases: by owlrl as the build runs it, and by the build's own rules where they cover the case.

A conclusion follows where its statements are found in the closure of the premise, its nodes without a name standing
for any node, and anything follows from a premise that contradicts itself. What the build's rules refuse (an axiom that
their tables do not hold) is no outcome of theirs: they raise UncoveredAxiom there, so nothing is missed in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import owlrl
from rdflib import OWL, RDF, RDFS, BNode, Graph
from rdflib.term import Node

from ontology.axioms import AXIOMS, ERROR, KINDS, LANGUAGE, UncoveredAxiom, rules
from ontology.closure import Inconsistent, Reasoner
from tests.conformance.outcome import Outcome

Triple = tuple[Node, Node, Node]
DECLARED = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Thing, RDFS.Class}
BY_OWLRL, BY_OUR_RULES = "OWL 2 RL, owlrl", "OWL 2 RL, the build's rules"


def run(suites: Path, data: Path) -> Iterator[Outcome]:
    """The outcomes of all cases by owlrl, and of those by our rules that lie within what they cover."""
    for case in sorted((suites / "owl2-rl" / "cases").iterdir()):
        premise = _read(case / "premise.rdf")
        positive = (case / "conclusion.rdf").is_file()
        conclusion = _read(case / ("conclusion.rdf" if positive else "non-conclusion.rdf"))
        follows = _follows(_by_owlrl(premise), conclusion)
        yield Outcome(BY_OWLRL, case.name, follows == positive, "does not follow" if positive else "follows")
        try:
            follows = _by_our_rules(premise, conclusion)
        except UncoveredAxiom:
            continue
        yield Outcome(BY_OUR_RULES, case.name, follows == positive, "does not follow" if positive else "follows")


def _read(file: Path) -> Graph:
    return Graph().parse(file, format="xml")


def _by_owlrl(premise: Graph) -> Graph:
    closed = Graph() + premise
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    return closed


def _by_our_rules(premise: Graph, conclusion: Graph) -> bool:
    """Whether the conclusion follows by the build's rules. Raises UncoveredAxiom where they do not cover the case.

    They infer facts alone, so a conclusion about the vocabulary is outside of what they cover.
    """
    tbox, facts = _parted(premise)
    asked_axioms, asked_facts = _parted(conclusion)
    if any(triple not in tbox and not _is_header(triple) for triple in asked_axioms):
        raise UncoveredAxiom("the conclusion is an axiom")
    if any(_speaks_of_vocabulary(triple) for triple in asked_facts):
        raise UncoveredAxiom("the conclusion speaks of the vocabulary")
    try:
        closed = facts + Reasoner(rules(tbox), Graph()).close(facts)
    except Inconsistent:
        return True
    return _follows(closed, asked_facts)


def _parted(graph: Graph) -> tuple[Graph, Graph]:
    """The axioms and the facts of a graph; declarations of things as things are neither."""
    tbox, facts = Graph(), Graph()
    for subject, predicate, value in graph:
        if predicate == RDF.type and value == OWL.Thing:
            continue
        about_vocabulary = predicate in AXIOMS - {RDF.type} or (predicate == RDF.type and value in KINDS)
        spoken = predicate != RDF.type and str(predicate).startswith(LANGUAGE)
        target = tbox if about_vocabulary or spoken or _is_header((subject, predicate, value)) else facts
        target.add((subject, predicate, value))
    return tbox, facts


def _is_header(triple: Triple) -> bool:
    return triple[1] == RDF.type and triple[2] in {OWL.Ontology, *DECLARED}


def _speaks_of_vocabulary(triple: Triple) -> bool:
    spoken = triple[2] if triple[1] == RDF.type else triple[1]
    return str(spoken).startswith(LANGUAGE)


def _follows(closed: Graph, conclusion: Graph) -> bool:
    """Whether a closure holds the conclusion, or an error, from which all follows."""
    if (None, None, ERROR) in closed or (None, ERROR, None) in closed:
        return True
    asked = [triple for triple in conclusion if not (triple[1] == RDF.type and triple[2] == OWL.Ontology)]
    return _found(closed, asked, {})


def _found(closed: Graph, asked: Sequence[Triple], bound: dict[Node, Node]) -> bool:
    """Whether all that is asked is found at once, with what the nodes without a name stand for already."""
    if not asked:
        return True
    first = max(asked, key=lambda triple: sum(not isinstance(term, BNode) or term in bound for term in triple))
    rest = [triple for triple in asked if triple is not first]
    pattern = [bound.get(term) if isinstance(term, BNode) else term for term in first]
    for match in closed.triples((pattern[0], pattern[1], pattern[2])):
        stands = {term: found for term, found in zip(first, match, strict=True) if isinstance(term, BNode)}
        if _found(closed, rest, {**bound, **stands}):
            return True
    return False
