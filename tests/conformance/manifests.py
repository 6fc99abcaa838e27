"""The W3C's test manifests: lists of tests, each with an action and a result, in manifests that include others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
DAWG = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")


@dataclass(frozen=True, slots=True)
class Case:
    """A test of a suite: its IRI, its kinds, its name, and the manifest that tells the rest."""

    iri: URIRef
    kinds: frozenset[str]
    name: str
    graph: Graph

    @property
    def id(self) -> str:
        """The folder of the manifest and the test's name in it: "aggregates/agg01"."""
        path, _, fragment = str(self.iri).partition("#")
        return f"{path.rstrip('/').split('/')[-2] if path.endswith('manifest') else path.split('/')[-1]}/{fragment}"

    def value(self, predicate: URIRef) -> Node | None:
        """The one value of a property of the test."""
        return self.graph.value(self.iri, predicate)


def cases(manifest: Path) -> Iterator[Case]:
    """The approved tests of a manifest and of those that it includes, in their order."""
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    root = graph.value(None, RDF.type, MF.Manifest) or URIRef(manifest.as_uri())
    for included in _list(graph, root, MF.include):
        yield from cases(file_of(included))
    for entry in _list(graph, root, MF.entries):
        if isinstance(entry, URIRef) and graph.value(entry, DAWG.approval) not in _NOT_APPROVED:
            kinds = frozenset(str(kind).rpartition("#")[2] for kind in graph.objects(entry, RDF.type))
            name = graph.value(entry, MF.name) or graph.value(entry, RDFS.label) or entry
            yield Case(entry, kinds, str(name), graph)


_NOT_APPROVED = (DAWG.Deprecated, DAWG.Withdrawn, DAWG.NotClassified, DAWG.Rejected, DAWG.Obsoleted)


def _list(graph: Graph, subject: Node, predicate: URIRef) -> Iterator[Node]:
    for head in graph.objects(subject, predicate):
        yield from Collection(graph, head)


def file_of(iri: Node) -> Path:
    """The file that a `file:` IRI names."""
    return Path(unquote(urlparse(str(iri)).path))
