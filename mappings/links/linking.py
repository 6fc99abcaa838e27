"""The graphs of what links the reports of a release: the links themselves, and what each of them stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import RDF, XSD, Graph, Literal, URIRef

from mappings import iris
from mappings.assertion.triples import Triple, described
from mappings.links.adoptions import adoptions
from mappings.links.fulfilments import answers
from mappings.links.held import held
from mappings.links.link import Answer, Link
from mappings.links.successions import adopted_items, continued_texts
from ontology.terms import OA, REC


@dataclass(frozen=True, slots=True)
class Links:
    """The links between reports, asserted, and their evidence: for each an annotation with its rule and two places."""

    asserted: Graph
    evidence: Graph


def link(reports: Graph) -> Links:
    """What links the reports whose asserted graphs, merged, are given; both graphs are empty where nothing does."""
    known = held(reports)
    found: tuple[Link | Answer, ...] = (
        *answers(known),
        *adoptions(known),
        *continued_texts(known),
        *adopted_items(known),
    )
    return Links(
        _graph(triple for one in found for triple in triples_of(one)),
        _graph(triple for one in found for triple in evidence_of(one)),
    )


def triples_of(one: Link | Answer) -> Iterator[Triple]:
    """What a link says."""
    if isinstance(one, Answer):
        yield from _fulfilment(one)
    else:
        yield one.subject, one.predicate, one.value


def evidence_of(one: Link | Answer) -> Iterator[Triple]:
    """What it stands on."""
    return _ground_of_answer(one) if isinstance(one, Answer) else _ground_of_link(one)


def _graph(triples: Iterable[Triple]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


def _fulfilment(answer: Answer) -> Iterator[Triple]:
    subject = iris.fulfilment(answer.mandate, answer.symbol)
    yield from described(
        subject,
        REC.Fulfilment,
        f"{answer.symbol} answers {answer.mandate_label}",
        (REC.fulfilledMandate, answer.mandate),
        (REC.fulfillingDocument, answer.document),
        (REC.presentedAtSession, answer.session),
    )
    yield subject, REC.confidence, Literal(answer.confidence, datatype=XSD.decimal)


def _ground_of_answer(answer: Answer) -> Iterator[Triple]:
    fulfilment = iris.fulfilment(answer.mandate, answer.symbol)
    annotation = iris.evidence(fulfilment)
    yield from _ground(annotation, fulfilment, answer.rule, (answer.mandate, answer.presentation))


def _ground_of_link(found: Link) -> Iterator[Triple]:
    """A link has no node of its own: its evidence names it as a statement."""
    annotation = iris.link_evidence(found.subject, found.predicate, found.value)
    statement = URIRef(f"{annotation}/link")
    yield statement, RDF.type, RDF.Statement
    yield statement, RDF.subject, found.subject
    yield statement, RDF.predicate, found.predicate
    yield statement, RDF.object, found.value
    yield from _ground(annotation, statement, found.rule, (found.earlier, found.later))


def _ground(annotation: URIRef, body: URIRef, rule: str, facts: tuple[URIRef, ...]) -> Iterator[Triple]:
    """The annotation; its targets are the stretches of the reports that the two facts were read from."""
    yield annotation, RDF.type, OA.Annotation
    yield annotation, OA.hasBody, body
    yield annotation, REC.rule, Literal(rule)
    for fact in facts:
        yield annotation, OA.hasTarget, iris.evidence_target(fact)
