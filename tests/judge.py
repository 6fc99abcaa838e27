"""What owlrl makes of facts under an ontology: the judge of `ontology.closure`."""

from __future__ import annotations

import owlrl
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal
from rdflib.term import Node

from ontology.axioms import ERROR, axioms

Triple = tuple[Node, Node, Node]
SCHEMA = (str(OWL), str(RDFS), str(RDF), str(XSD))


def judged(tbox: Graph, individuals: Graph, facts: Graph) -> tuple[set[Triple], list[str]]:
    """The triples that owlrl infers from the facts and not without them, less what says nothing, and its error messages."""
    before = _expanded(axioms(tbox) + individuals)
    after = _expanded(axioms(tbox) + individuals + facts)
    messages = sorted(str(message) for message in after.objects(None, ERROR))
    return {triple for triple in set(after) - set(before) - set(facts) if _says_something(triple)}, messages


def _expanded(graph: Graph) -> Graph:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def _says_something(triple: Triple) -> bool:
    """False for literal subjects, sameness with oneself, owl:Thing, unnamed classes, and what is about datatypes or errors."""
    subject, predicate, value = triple
    if isinstance(subject, Literal) or str(subject).startswith(SCHEMA):
        return False
    if predicate == OWL.sameAs and subject == value:
        return False
    if predicate == ERROR or str(value).startswith(str(ERROR).removesuffix("error")):
        return False
    return not (predicate == RDF.type and (value == OWL.Thing or isinstance(value, BNode)))
