"""The text of docs/classes.md: one section a class, as the core modules define it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import NamespaceManager
from rdflib.term import Node

from ontology.terms import BASE, DEF

_CORE = Path(__file__).parent / "core"
_HEAD = """# Classes and properties, one section a class

Written by `make terms` from [`ontology/core/`](../ontology/core/): edit the Turtle, then write this anew.
[The model](model.md) has the addresses and what holds for all; `/def/` of a server has the same with counts and
examples of its data.

In the tables "⊑" names the property that is wider, "inverse" the one that says the same the other way round, and "∘"
the steps that a property follows from. A datatype stands where the value is a literal.
"""
_PREFIXES = NamespaceManager(Graph())
_PREFIXES.bind("rec", DEF)
_MOST = 12  # classes below one: longer lists, those of the kinds of citation, have a table of their own
_KINDS = "citation-kinds"  # some forty classes that are written from the verbs and differ in these alone


def manual(core: Graph) -> str:
    """The Markdown of docs/classes.md, of the T-Box as one graph.

    The modules in the order in which the ontology imports them, in each its classes in the order of the file: the
    definition, an example, what stands above and below, and the properties whose domain it is. Of each module the
    properties without a domain follow; the kinds of citation are one table.
    """
    lines = [_HEAD]
    of_class: dict[Node | None, list[URIRef]] = {}
    for module in _modules():
        for term in _terms(module):
            if (term, RDF.type, OWL.Class) not in core:
                of_class.setdefault(core.value(term, RDFS.domain), []).append(term)
    for module in _modules():
        about = URIRef(f"{BASE}def/module/{module}")
        lines += [f"## {core.value(about, DCTERMS.title)}", "", f"{core.value(about, DCTERMS.description)}.", ""]
        terms = _terms(module)
        classes = [term for term in terms if (term, RDF.type, OWL.Class) in core]
        if module == _KINDS:
            lines += _kinds(core, classes, of_class)
            continue
        for term in classes:
            lines += _section(core, term, of_class.get(term, ()))
        if loose := [term for term in of_class.get(None, ()) if term in terms]:
            lines += ["### Properties of several classes", "", *_table(core, loose)]
    return "\n".join(lines)


def _modules() -> list[str]:
    main = (_CORE / "recalling.ttl").read_text(encoding="utf8")
    return re.findall(rf"<{BASE}def/module/([a-z-]+)>", main)


def _terms(module: str) -> list[URIRef]:
    """What a module defines, in the order of its file, which rdflib does not keep."""
    text = (_CORE / f"{module}.ttl").read_text(encoding="utf8")
    return [URIRef(f"{DEF}{name}") for name in re.findall(r"^rec:(\w+) a owl:", text, re.MULTILINE)]


def _section(core: Graph, term: URIRef, properties: Iterable[URIRef]) -> Iterator[str]:
    yield from (f"### {_name(term)}", "", f"{core.value(term, SKOS.definition)}")
    if example := core.value(term, SKOS.example):
        yield f"For example {example}" if str(example).endswith(".") else f"For example {example}."
    above = sorted(_name(node) for node in core.objects(term, RDFS.subClassOf) if isinstance(node, URIRef))
    below = sorted(_name(node) for node in core.subjects(RDFS.subClassOf, term) if isinstance(node, URIRef))
    if above:
        yield f"Under {', '.join(above)}."
    if below and len(below) <= _MOST:
        yield f"Over {', '.join(below)}."
    yield ""
    yield from _table(core, properties)


def _table(core: Graph, properties: Iterable[URIRef]) -> Iterator[str]:
    rows = [
        f"| {_name(term)} | {_value(core, term)} | {_cell(core.value(term, SKOS.definition))}{_relations(core, term)} |"
        for term in properties
    ]
    if rows:
        yield from ("| property | value | meaning |", "|---|---|---|", *rows, "")


def _kinds(core: Graph, classes: Iterable[URIRef], of_class: Mapping[Node | None, list[URIRef]]) -> Iterator[str]:
    yield from ("| class | under | citation → work | text or passage → work |", "|---|---|---|---|")
    for term in classes:
        (work,) = of_class[term]
        above = ", ".join(sorted(_name(node) for node in core.objects(term, RDFS.subClassOf)))
        direct = [loose for loose in of_class[None] if work in _chain(core, loose)]
        yield f"| {_name(term)} | {above} | {_name(work)} | {', '.join(map(_name, direct))} |"
    yield ""


def _value(core: Graph, term: URIRef) -> str:
    node = core.value(term, RDFS.range)
    return _name(node) if isinstance(node, URIRef) else ""


def _relations(core: Graph, term: URIRef) -> str:
    told = [f"⊑ {_name(node)}" for node in sorted(core.objects(term, RDFS.subPropertyOf), key=str)]
    inverses = {*core.objects(term, OWL.inverseOf), *core.subjects(OWL.inverseOf, term)}
    told += [f"inverse {_name(node)}" for node in sorted(inverses, key=str)]
    if chain := _chain(core, term):
        told.append(" ∘ ".join(map(_name, chain)))
    if (term, RDF.type, OWL.TransitiveProperty) in core:
        told.append("transitive")
    if (term, RDF.type, OWL.SymmetricProperty) in core:
        told.append("symmetric")
    return f" ({'; '.join(told)})" if told else ""


def _chain(core: Graph, term: URIRef) -> list[Node]:
    head = core.value(term, OWL.propertyChainAxiom)
    return list(Collection(core, head)) if head else []


def _name(node: Node) -> str:
    return f"`{node.n3(_PREFIXES)}`"


def _cell(words: Node | None) -> str:
    return str(words or "").replace("|", "\\|").replace("\n", " ")
