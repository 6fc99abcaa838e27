"""A report or official text with the corrections of what was read in it, and without them again.

A correction is applied to what is asserted, before anything follows from it. What it took away and what it put in its
place stand in a graph of their own beside the facts, `graph/report/clcm/12/corrections`, as statements that the
correction invalidated or generated (PROV): so a part can be had as it was read, and is corrected
anew without its file. The evidence of a withdrawn fact is there as well, as that of its correction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rdflib import OWL, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from mappings import iris
from mappings.assertion.things import base_of, document_stub
from mappings.graph import sorted_quads
from ontology.axioms import UncoveredAxiom
from ontology.closure import Inconsistent, close
from ontology.terms import BASE, OA, REC
from server.publishing.corrections import Correction, Value, property_iri, property_kind
from server.publishing.dumps import merged
from server.publishing.release import Part
from shapes.conformance import validate, validate_corrections
from shapes.vocabulary import vocabulary

CORRECTIONS = "corrections.nq"
RECORD = "corrections"  # in report.json
WITHDRAWN, REPLACED, UNMET = "withdrawn", "replaced", "not met"
Triple = tuple[Node, Node, Node]


@dataclass(slots=True)
class _Layers:
    """What a part asserts, where that was read, and what corrections did."""

    asserted: Graph
    evidence: Graph
    corrections: Graph = field(default_factory=Graph)


def corrected(part: Part, corrections: Sequence[Correction], known: Collection[str]) -> Part:
    """The part with these corrections, in place of any that it has.

    `known` are the identities of corrections that met their fact before: one of these that meets it no more stays, and
    says so. Raises CorrectionError for one that never did, and for one that what must hold forbids.
    """
    layers = _as_read(part)
    touched = {one.identity: _apply(layers, one, part.name.path, known) for one in corrections}
    inferred = _inferred(layers, corrections, touched)
    conformance = validate(layers.asserted, inferred)
    if not conformance.conforms:
        lines = [line for line in conformance.lines() if line.startswith("violation")]
        focus = {str(one.focus) for one in conformance.results if one.severity == "violation"}
        blamed = [one for one in corrections if {str(node) for node in touched[one.identity]} & focus] or corrections
        places = [one.error("") for one in blamed[1:]]
        others = "".join(f" (or {str(place).removesuffix(': ')})" for place in places)
        raise blamed[0].error(f"the report does not conform with it{others}: {lines[0]}")
    if not (told := validate_corrections(layers.corrections)).conforms:
        raise corrections[0].error("\n".join(told.lines()))
    name = part.name
    files = {key: part.files[key] for key in part.files if key != CORRECTIONS}
    files["asserted.nq"] = sorted_quads(layers.asserted, name.graph)
    files["inferred.nq"] = sorted_quads(inferred, f"{name.graph}/inferred")
    files["evidence.nq"] = sorted_quads(layers.evidence, f"{name.graph}/evidence")
    files["validation.ttl"] = conformance.turtle()
    files["report.json"] = _record(files["report.json"], corrections, layers.corrections)
    if corrections:
        files[CORRECTIONS] = sorted_quads(layers.corrections, f"{name.graph}/corrections")
    return Part(name, files)


def _record(text: str, corrections: Sequence[Correction], told: Graph) -> str:
    record = json.loads(text)
    record.pop(RECORD, None)
    listed = [
        {
            "id": one.identity,
            "fact": one.fact,
            "state": str(told.value(URIRef(BASE + one.path), REC.correctionState)),
            "reason": one.reason,
            "office": one.office,
            "date": one.date,
        }
        for one in corrections
    ]
    return json.dumps({**record, **({RECORD: listed} if listed else {})}, ensure_ascii=False, indent=1) + "\n"


def _as_read(part: Part) -> _Layers:
    """The part without the corrections that it has: the last is undone first."""
    layers = _Layers(merged([part.files["asserted.nq"]]), merged([part.files["evidence.nq"]]))
    told = merged([part.files[CORRECTIONS]]) if CORRECTIONS in part.files else Graph()
    made = sorted(told.subjects(RDF.type, REC.Correction), key=lambda one: (str(told.value(one, REC.date)), str(one)))
    for one in reversed(made):
        for statement in told.subjects(PROV.wasGeneratedBy, one):
            layers.asserted.remove(_reified(told, statement))
        for statement in told.subjects(PROV.wasInvalidatedBy, one):
            layers.asserted.add(_reified(told, statement))
        for annotation in told.subjects(OA.hasBody, one):
            fact = URIRef(str(told.value(one, REC.correctedFact)))
            for triple in _annotation(told, annotation):
                layers.evidence.add(triple if triple[1] != OA.hasBody else (annotation, OA.hasBody, fact))
    return layers


def _reified(told: Graph, statement: Node) -> Triple:
    subject, predicate, value = (told.value(statement, term) for term in (RDF.subject, RDF.predicate, RDF.object))
    assert subject is not None and predicate is not None and value is not None  # as `_told` writes them
    return subject, predicate, value


def _annotation(graph: Graph, annotation: Node) -> list[Triple]:
    """All that is said of an annotation, of its targets and of their selectors."""
    targets = list(graph.objects(annotation, OA.hasTarget))
    nodes = [annotation, *targets, *(one for target in targets for one in graph.objects(target, OA.hasSelector))]
    return [triple for node in nodes for triple in graph.triples((node, None, None))]


def _apply(layers: _Layers, correction: Correction, work: str, known: Collection[str]) -> set[Node]:
    """Make one correction: the nodes that what it took away or put in speaks of."""
    fact, asserted = URIRef(BASE + correction.fact), layers.asserted
    if fact in vocabulary().things:
        raise correction.error(f"{correction.fact} is a thing of the vocabulary, and is corrected there")
    label = asserted.value(fact, RDFS.label)
    gone, come = set(_gone(asserted, correction)), set(_come(asserted, correction))
    gone, come = gone - come, {triple for triple in come if triple not in asserted}
    if label is None or not (gone or come):
        if correction.identity not in known:
            raise correction.error(_unmet(correction, label is not None, work))
        _tell(layers.corrections, correction, work, UNMET, str(label or correction.fact))
        return set()
    for triple in gone:
        asserted.remove(triple)
    gone.update(_left_alone(layers, {value for _, _, value in gone}))
    for triple in come:
        asserted.add(triple)
    told, this = layers.corrections, URIRef(BASE + correction.path)
    _tell(told, correction, work, WITHDRAWN if correction.withdraw else REPLACED, str(label))
    told.add((fact, REC.hasCorrection, this))
    if correction.withdraw:
        told.add((fact, RDF.type, REC.WithdrawnFact))
        told.add((fact, RDFS.label, label))
        for triple in _annotation(layers.evidence, iris.evidence(str(fact))):
            layers.evidence.remove(triple)
            told.add(triple if triple[1] != OA.hasBody else (triple[0], OA.hasBody, this))
    for name, relation, triples in (("before", PROV.wasInvalidatedBy, gone), ("after", PROV.wasGeneratedBy, come)):
        for order, triple in enumerate(sorted(triples, key=lambda one: tuple(term.n3() for term in one)), 1):
            for said in _statement(URIRef(f"{this}/{name}/{order}"), triple, relation, this):
                told.add(said)
    return {node for triple in (*gone, *come) for node in (triple[0], triple[2])}


def _unmet(correction: Correction, is_there: bool, work: str) -> str:
    if not is_there:
        return f"{work} holds no fact {correction.fact}"
    names = ", ".join((*correction.values, *correction.replace))
    return f"{correction.fact} does not say so: its {names} is as the correction would have it, or follows from others"


def _gone(asserted: Graph, correction: Correction) -> Iterator[Triple]:
    """What goes: of a whole fact all that is said of it and that points to it."""
    fact = URIRef(BASE + correction.fact)
    if correction.withdraw:
        yield from asserted.triples((fact, None, None))
        yield from asserted.triples((None, None, fact))
    for name, values in correction.values.items():
        wanted = [str(_term(asserted, correction, name, value)) for value in values]
        for triple in asserted.triples((fact, property_iri(name), None)):
            if not wanted or str(triple[2]) in wanted:
                yield triple
    for name in correction.replace:
        yield from asserted.triples((fact, property_iri(name), None))
    label = asserted.value(fact, RDFS.label)
    if correction.replace and label is not None and _renamed(asserted, correction, str(label)) != str(label):
        yield fact, RDFS.label, label


def _come(asserted: Graph, correction: Correction) -> Iterator[Triple]:
    fact = URIRef(BASE + correction.fact)
    for name, values in correction.replace.items():
        for value in values:
            term = _term(asserted, correction, name, value)
            yield fact, property_iri(name), term
            if isinstance(term, URIRef):
                yield from _described(asserted, correction, term)
    label = asserted.value(fact, RDFS.label)
    if label is not None and "rdfs:label" not in correction.replace:
        named = _renamed(asserted, correction, str(label))
        if named != str(label):
            yield fact, RDFS.label, Literal(named, lang="en")


def _renamed(asserted: Graph, correction: Correction, label: str) -> str:
    """The name of a fact with the names of what replaces something in the place of those of what was there."""
    for name, values in correction.replace.items():
        was = list(asserted.objects(URIRef(BASE + correction.fact), property_iri(name)))
        if len(was) == len(values) == 1:
            old = sorted(_names(asserted, was[0]), key=len, reverse=True)
            new = _names(asserted, _term(asserted, correction, name, values[0]))
            if new and (found := next((one for one in old if _in(one, label)), "")):
                before, _, after = label.partition(found)
                label = before.removesuffix("the ") + new[0] + after
    return label


_SHORT = 4  # letters: a shorter word may stand in a name for something else


def _in(name: str, label: str) -> bool:
    return len(name) >= _SHORT and name in label


def _names(asserted: Graph, value: Node) -> list[str]:
    """The English names of a thing, the label first; the words of a literal; the symbol of a document."""
    if isinstance(value, Literal):
        return [str(value)]
    known = [*asserted.triples((value, None, None)), *vocabulary().things.get(URIRef(str(value)), ())]
    told = [(str(one), p) for _, p, one in known if isinstance(one, Literal) and one.language in ("en", None)]
    found = [words for kind in (RDFS.label, SKOS.prefLabel) for words, p in told if p == kind]
    is_document = str(value).startswith(f"{BASE}document/")
    return found or ([iris.symbol_of(str(value))] if is_document else [])


def _term(asserted: Graph, correction: Correction, name: str, value: Value) -> Node:
    """A value of a property: a thing by its address, or a literal like the one that is there."""
    if property_kind(name) == OWL.ObjectProperty:
        return URIRef(str(value) if "://" in str(value) else f"{BASE}{value}")
    was = asserted.value(URIRef(BASE + correction.fact), property_iri(name), any=True)
    if isinstance(value, str):
        if name == "rdfs:label":
            return Literal(value, lang="en")
        return Literal(value, lang=was.language, datatype=was.datatype) if isinstance(was, Literal) else Literal(value)
    return Literal(value)


def _described(asserted: Graph, correction: Correction, thing: URIRef) -> Iterator[Triple]:
    """What makes a thing known that the report does not speak of: nothing where it does, or the vocabulary does."""
    if (thing, RDF.type, None) in asserted or thing in vocabulary().things:
        return
    path = iris.path_of(str(thing))
    if not path.startswith("document/"):
        raise correction.error(f"nothing is known of {path}: neither the report nor the vocabulary has it")
    symbol = iris.symbol_of(str(thing))
    if iris.document(symbol) != thing:
        raise correction.error(f"{path} is no address of a document; that of {symbol} is {iris.document(symbol)}")
    while symbol:
        yield from document_stub(symbol)
        symbol = base_of(symbol)


def _left_alone(layers: _Layers, things: set[Node]) -> Iterator[Triple]:
    """What is said of things that were described only because something that went pointed to them.

    They are those that nothing points to any more and that were read nowhere of themselves, such as a document cited.
    """
    asserted, left = layers.asserted, sorted(things, key=str)
    while left:
        thing = left.pop()
        if not isinstance(thing, URIRef) or (None, None, thing) in asserted:
            continue
        if (iris.evidence(str(thing)), None, None) in layers.evidence:
            continue
        said = list(asserted.triples((thing, None, None)))
        for triple in said:
            asserted.remove(triple)
            yield triple
        left.extend(value for _, _, value in said)


def _tell(told: Graph, correction: Correction, work: str, state: str, label: str) -> None:
    this, office = URIRef(BASE + correction.path), URIRef(f"{BASE}{correction.path}/office")
    told.add((this, RDF.type, REC.Correction))
    told.add((this, RDF.type, PROV.Activity))
    told.add((this, RDFS.label, Literal(f"Correction of {correction.date}: {label}", lang="en")))
    told.add((this, REC.correctedFact, URIRef(BASE + correction.fact)))
    told.add((this, REC.correctsWork, URIRef(BASE + work)))
    told.add((this, REC.correctionState, Literal(state)))
    told.add((this, REC.correctionReason, Literal(correction.reason)))
    told.add((this, REC.correctingOffice, Literal(correction.office)))
    told.add((this, REC.date, Literal(correction.date, datatype=XSD.date)))
    told.add((this, PROV.wasAssociatedWith, office))
    told.add((office, RDF.type, PROV.Agent))
    told.add((office, RDFS.label, Literal(correction.office, lang="en")))


def _statement(node: URIRef, triple: Triple, relation: URIRef, by: URIRef) -> Iterator[Triple]:
    """A statement that was or is, as a thing of its own."""
    subject, predicate, value = triple
    words = str(predicate).rpartition("/")[2].rpartition("#")[2]
    yield node, RDF.type, RDF.Statement
    yield node, RDF.type, PROV.Entity
    yield node, RDFS.label, Literal(f"{words}: {iris.path_of(str(value))}", lang="en")
    yield node, RDF.subject, subject
    yield node, RDF.predicate, predicate
    yield node, RDF.object, value
    yield node, relation, by


def _inferred(layers: _Layers, corrections: Sequence[Correction], touched: dict[str, set[Node]]) -> Graph:
    """What follows from the facts. Raises CorrectionError where what was withdrawn follows again."""
    try:
        inferred = close(layers.asserted)
    except (Inconsistent, UncoveredAxiom) as error:
        raise corrections[0].error(f"the facts contradict the ontology with the corrections: {error}") from error
    told = layers.corrections
    for one in corrections:
        for statement in told.subjects(PROV.wasInvalidatedBy, URIRef(BASE + one.path)):
            triple = _reified(told, statement)
            if touched[one.identity] and triple in inferred:
                raise one.error(f"{one.fact} still says so: it follows from other facts, correct these")
    return inferred


def newly_corrected(part: Part, corrections: Sequence[Correction], before: Mapping[str, Any]) -> Part | None:
    """The part with these corrections, None where it has just these already.

    `before` is the record of the version in force, which tells what corrections have met.
    """
    has = corrections_of(json.loads(part.files["report.json"]))
    if [one["id"] for one in has] == [one.identity for one in corrections]:
        return None
    return corrected(part, corrections, {one["id"] for one in (*has, *corrections_of(before))})


def corrections_of(record: Mapping[str, Any]) -> list[dict[str, str]]:
    """The corrections that the record of a part lists."""
    return [dict(one) for one in record.get(RECORD, ())]
