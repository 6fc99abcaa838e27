"""The shapes closed: what a document says with a class or property that the vocabulary does not have there.

A shape asks what a thing must have and is silent about the rest, so a misspelt property passes all of them. Its closed
variant allows a thing the properties of the shapes of its classes, those whose domain is one of its classes or narrower
(a Citation with what it recalls is a Recalls), and those of no domain. Only our own names are judged: anybody may say
more of a thing in words of another vocabulary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from rapidfuzz import fuzz, process
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from ontology.closure import core_graph
from ontology.terms import DEF
from shapes.conformance import must_and_should
from shapes.report import SHAPE, Result

CLOSED = "closed"  # the shape, by its name, of what no closed variant allows
_ALIKE = 60  # of 100, as for the names of queries
_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def beyond_shapes(facts: Graph) -> Iterator[Result]:
    """A warning for each class and property of a document (with the default base) that no closed variant allows."""
    for thing, kind in facts.subject_objects(RDF.type):
        if isinstance(kind, URIRef) and kind.startswith(DEF) and kind not in _classes():
            yield _result(thing, "", kind, f"{_short(kind)} is no class of the vocabulary.{_meant(kind, _classes())}")
    for thing, name in sorted({(thing, name) for thing, name, _ in facts}):
        if not str(name).startswith(DEF):
            continue
        if name not in _properties():
            message = f"{_short(name)} is no property of the vocabulary.{_meant(name, _properties())}"
            yield _result(thing, str(name), None, message)
        elif (kinds := _kinds_of(facts, thing)) and not any(_allowed(name, kind) for kind in kinds):
            domains = " or ".join(sorted(map(_short, _domains()[name])))
            named = " and ".join(sorted(_short(kind) for kind in facts.objects(thing, RDF.type)))
            message = f"{_short(name)} is said of a {domains}; this is a {named}. Is it the property that was meant?"
            yield _result(thing, str(name), None, message)


def _kinds_of(facts: Graph, thing: Node) -> list[Node]:
    """The classes that a document gives a thing, as far as they are ours."""
    return [kind for kind in facts.objects(thing, RDF.type) if kind in _classes()]


def _allowed(name: Node, kind: Node) -> bool:
    above = _above(kind)
    domains = _domains().get(name, frozenset())
    narrower = any(kind in _above(domain) for domain in domains)
    return not domains or narrower or bool(domains & above) or any(name in _paths()[one] for one in above)


def _result(thing: Node, path: str, value: Node | None, message: str) -> Result:
    return Result("warning", thing, path, message, value, f"{SHAPE}{CLOSED}", SH.ClosedConstraintComponent)


def _short(name: Node) -> str:
    return str(name).replace(DEF, "rec:")


def _meant(name: Node, known: frozenset[Node]) -> str:
    local = str(name).removeprefix(DEF)
    names = sorted(str(one).removeprefix(DEF) for one in known)
    found = process.extract(local, names, scorer=fuzz.ratio, limit=3, score_cutoff=_ALIKE)
    return f" Did you mean {' or '.join(f'rec:{one}' for one, *_ in found)}?" if found else ""


@cache
def _core() -> Graph:
    return core_graph()


@cache
def _classes() -> frozenset[Node]:
    return frozenset(_core().subjects(RDF.type, OWL.Class))


@cache
def _above(kind: Node) -> frozenset[Node]:
    """A class with all those above it."""
    return frozenset(one for one in _core().transitive_objects(kind, RDFS.subClassOf) if one is not None)


@cache
def _properties() -> frozenset[Node]:
    return frozenset(name for kind in _KINDS for name in _core().subjects(RDF.type, kind))


@cache
def _domains() -> dict[Node, frozenset[Node]]:
    """The domains of the properties that have any."""
    found: dict[Node, set[Node]] = defaultdict(set)
    for name, domain in _core().subject_objects(RDFS.domain):
        found[name].add(domain)
    return {name: frozenset(domains) for name, domains in found.items()}


@cache
def _paths() -> dict[Node, frozenset[Node]]:
    """The properties that the shapes of each class name."""
    found: dict[Node, frozenset[Node]] = defaultdict(frozenset)
    for shape, kind in must_and_should().subject_objects(SH.targetClass):
        found[kind] |= frozenset(
            path
            for part in must_and_should().objects(shape, SH.property)
            for path in must_and_should().objects(part, SH.path)
        )
    return found
