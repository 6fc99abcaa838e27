"""The shapes in words: what must and what should hold of the members of a class, "exactly one symbol"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.terms import BASE
from server.publishing.release import rebase
from server.vocabulary.ontology import Ontology

_VALUES = {
    str(XSD.string): "text",
    str(XSD.integer): "a whole number",
    str(XSD.date): "a date",
    str(XSD.boolean): "true or false",
    str(RDF.langString): "text with its language",
}
_BOUNDS = {SH.minInclusive: "at least {}", SH.maxInclusive: "at most {}", SH.pattern: "of the form {}"}
_COMPARED = {SH.lessThanOrEquals: "not more than its {}", SH.disjoint: "never the same as its {}"}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a property shape asks: its name, the property, in words, its message; `must` where it is no mere warning."""

    name: str
    property: URIRef | None
    words: str
    message: str
    must: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape by its name, the class that it is for (None where it is for others), its message and its rules."""

    name: str
    target: URIRef | None
    message: str
    must: bool
    rules: tuple[Rule, ...]


@lru_cache(maxsize=4)
def shapes_graph(base: str) -> Graph:
    """All shapes as one graph with the base of a release, which nobody may change."""
    graph = Graph()
    for folder in ("must", "should"):
        for file in sorted((files("shapes") / folder).iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".ttl"):
                graph.parse(data=rebase(file.read_text(encoding="utf-8"), BASE, base), format="turtle")
    return graph


@lru_cache(maxsize=4)
def shapes_of(ontology: Ontology, base: str) -> tuple[Shape, ...]:
    """The node shapes by their names."""
    graph = shapes_graph(base)
    found = (node for node in graph.subjects(RDF.type, SH.NodeShape) if isinstance(node, URIRef))
    return tuple(_shape(graph, ontology, node) for node in sorted(found))


def holding_for(ontology: Ontology, base: str, term: URIRef) -> list[Shape]:
    """The shapes that hold for the members of a class: its own and those of the classes above it."""
    above = list(ontology.graph.transitive_objects(term, RDFS.subClassOf))
    found = [shape for shape in shapes_of(ontology, base) if shape.target in above]
    return sorted(found, key=lambda shape: above.index(shape.target))


def asking_for(ontology: Ontology, base: str, term: URIRef) -> list[tuple[Shape, Rule]]:
    """The rules about a property, each with its shape."""
    return [(shape, rule) for shape in shapes_of(ontology, base) for rule in shape.rules if rule.property == term]


def _shape(graph: Graph, ontology: Ontology, node: URIRef) -> Shape:
    target = graph.value(node, SH.targetClass)
    rules = sorted((_rule(graph, ontology, rule) for rule in graph.objects(node, SH.property)), key=lambda r: r.name)
    return Shape(
        _name(node),
        target if isinstance(target, URIRef) else None,
        str(graph.value(node, SH.message) or ""),
        graph.value(node, SH.severity) != SH.Warning,
        tuple(rules),
    )


def _rule(graph: Graph, ontology: Ontology, node: Node) -> Rule:
    path = graph.value(node, SH.path)
    backwards = graph.value(path, SH.inversePath)
    of = backwards or path
    label = ontology.label(of) if of else ""
    said = f"thing of which this is the {label}" if backwards else label
    words = ": ".join(part for part in (_number(graph, node, said), ", ".join(_demands(graph, ontology, node))) if part)
    must = graph.value(node, SH.severity) != SH.Warning
    named = of if isinstance(of, URIRef) else None
    return Rule(_name(node), named, words, str(graph.value(node, SH.message) or ""), must)


def _name(node: Node) -> str:
    return str(node).rpartition("/")[2]


def _number(graph: Graph, node: Node, label: str) -> str:
    least, most = (int(str(graph.value(node, said, default=default))) for said, default in _NUMBERS)
    if least == most:
        return f"exactly {_numeral(least)} {label}" if least else f"no {label}"
    if most >= 0:
        return f"at most {_numeral(most)} {label}" if not least else f"{_numeral(least)} to {most} {label}"
    return f"at least {_numeral(least)} {label}" if least else f"each {label}"


_NUMBERS = ((SH.minCount, Literal(0)), (SH.maxCount, Literal(-1)))


def _numeral(number: int) -> str:
    return "one" if number == 1 else str(number)


def _article(label: str) -> str:
    return f"{'an' if label[:1].lower() in 'aeiou' else 'a'} {label}"


def _demands(graph: Graph, ontology: Ontology, node: Node) -> Iterator[str]:
    """What is asked of the values, each in words."""
    for kind in sorted(graph.objects(node, SH["class"]), key=str):
        yield _article(ontology.label(kind))
    for datatype in sorted(graph.objects(node, SH.datatype), key=str):
        yield _VALUES.get(str(datatype)) or ontology.label(datatype)
    for said, words in _BOUNDS.items():
        for value in graph.objects(node, said):
            yield words.format(value)
    for said, words in _COMPARED.items():
        for other in graph.objects(node, said):
            yield words.format(ontology.label(other))
    if (length := graph.value(node, SH.minLength)) is not None:
        yield "not empty" if str(length) == "1" else f"at least {length} characters long"
    if (choice := graph.value(node, SH["in"])) is not None:
        yield "one of " + ", ".join(f"“{value}”" for value in Collection(graph, choice))
    if (languages := graph.value(node, SH.languageIn)) is not None:
        yield "in the language " + " or ".join(map(str, Collection(graph, languages)))
    if graph.value(node, SH.uniqueLang) is not None:
        yield "one in each language"
    if (wanted := graph.value(node, SH.qualifiedValueShape)) is not None:
        least, sort = graph.value(node, SH.qualifiedMinCount), graph.value(wanted, SH["class"])
        what = _article(ontology.label(sort)) if sort else "as its message says"
        yield f"at least {_numeral(int(str(least)))} of them {what}"
