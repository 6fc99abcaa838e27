"""The ontology as its documentation shows it: modules, classes and properties with what their axioms say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from server.linked_data.ontologies import ALIGNMENTS, MAIN, Named, modules_of, parsed, turtle_of

CLASSES = (OWL.Class,)
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_JOINS = {
    RDFS.subClassOf: "is a kind of",
    RDFS.subPropertyOf: "is a kind of",
    OWL.equivalentClass: "is the same as",
    OWL.equivalentProperty: "is the same as",
    SKOS.exactMatch: "matches",
    SKOS.closeMatch: "is close to",
    SKOS.broadMatch: "is narrower than",
    SKOS.relatedMatch: "is related to",
}


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the ontology: its IRI, title and description, its classes and properties by their IRIs."""

    iri: URIRef
    title: str
    description: str
    classes: tuple[URIRef, ...]
    properties: tuple[URIRef, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a term of ours stands to one of another vocabulary, in words, with its IRI and the same with a prefix."""

    term: URIRef
    words: str
    other: str
    short: str


@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """The T-Box of a release, as it is asserted, module by module, and its alignments."""

    graph: Graph
    modules: tuple[Module, ...]
    alignments: tuple[Alignment, ...]
    title: str
    texts: Mapping[Node, tuple[str, str]]

    @property
    def classes(self) -> Iterator[URIRef]:
        """All classes, module by module."""
        return (term for module in self.modules for term in module.classes)

    @property
    def properties(self) -> Iterator[URIRef]:
        """All properties, module by module."""
        return (term for module in self.modules for term in module.properties)

    def module_of(self, term: URIRef) -> Module | None:
        """The module that declares a class or property, None of any other term."""
        return next((module for module in self.modules if term in (*module.classes, *module.properties)), None)

    def label(self, term: Node) -> str:
        """The label of a term, of one that is not ours the end of its IRI."""
        return self.texts[term][0] if term in self.texts else str(term).rpartition("/")[2].rpartition("#")[2]

    def definition(self, term: Node) -> str:
        """The definition of a term, "" where it has none."""
        return self.texts[term][1] if term in self.texts else ""

    def named(self, term: Node, said: URIRef) -> tuple[URIRef, ...]:
        """The named terms that stand after a term in an axiom, by their IRIs."""
        return tuple(sorted(node for node in self.graph.objects(term, said) if isinstance(node, URIRef)))

    def naming(self, said: URIRef, term: Node) -> tuple[URIRef, ...]:
        """The named terms that stand before a term in an axiom, by their IRIs."""
        return tuple(sorted(node for node in self.graph.subjects(said, term) if isinstance(node, URIRef)))

    def inverses(self, term: Node) -> tuple[URIRef, ...]:
        """The properties that say the same from the other side."""
        return tuple(sorted({*self.named(term, OWL.inverseOf), *self.naming(OWL.inverseOf, term)}))

    def ends(self, term: Node) -> tuple[URIRef | None, URIRef | None]:
        """The domain and the range of a property, from its own axioms, its inverse's or those of a wider property."""
        return self._end(term, RDFS.domain, RDFS.range, ()), self._end(term, RDFS.range, RDFS.domain, ())

    def _end(self, term: Node, here: URIRef, there: URIRef, seen: tuple[Node, ...]) -> URIRef | None:
        if term in seen:
            return None
        own = (*self.named(term, here), *(end for other in self.inverses(term) for end in self.named(other, there)))
        wider = (self._end(above, here, there, (*seen, term)) for above in self.named(term, RDFS.subPropertyOf))
        return next((end for end in (*own, *wider) if end is not None), None)


def ontology_of(data: Path, current: str, base: str) -> Ontology:
    """The ontology of a release by its version and base, from what is kept in the data folder."""
    whole = modules_of(data, Named(MAIN, ""), current, base)
    return _read(tuple(whole), turtle_of(data, Named(ALIGNMENTS, ""), current, base) or "")


@lru_cache(maxsize=4)
def _read(turtles: tuple[str, ...], alignments: str) -> Ontology:
    graphs = [parsed((turtle,)) for turtle in turtles]
    whole = Graph()
    for graph in graphs:
        whole += graph
    modules = [module for graph in graphs if (module := _module(graph)).classes or module.properties]
    modules.sort(key=lambda module: module.title)
    texts = {
        term: (str(label), str(whole.value(term, SKOS.definition) or ""))
        for term, label in whole.subject_objects(RDFS.label)
    }
    main = graphs[0].value(None, RDF.type, OWL.Ontology) if graphs else None  # none of a version that never was kept
    title = str(whole.value(main, DCTERMS.title) or "")
    return Ontology(whole, tuple(modules), tuple(_alignments(parsed((alignments,)))), title, texts)


def _module(graph: Graph) -> Module:
    iri = next(node for node in graph.subjects(RDF.type, OWL.Ontology) if isinstance(node, URIRef))
    title, description = (str(graph.value(iri, said) or "") for said in (DCTERMS.title, DCTERMS.description))
    return Module(iri, title, description, _declared(graph, CLASSES), _declared(graph, PROPERTIES))


def _declared(graph: Graph, kinds: tuple[URIRef, ...]) -> tuple[URIRef, ...]:
    found = {node for kind in kinds for node in graph.subjects(RDF.type, kind) if isinstance(node, URIRef)}
    return tuple(sorted(node for node in found if graph.value(node, RDFS.isDefinedBy) is not None))


def _alignments(graph: Graph) -> Iterator[Alignment]:
    for said, words in _JOINS.items():
        for term, other in sorted(graph.subject_objects(said)):
            if isinstance(term, URIRef) and isinstance(other, URIRef):
                yield Alignment(term, words, str(other), graph.namespace_manager.normalizeUri(other))
