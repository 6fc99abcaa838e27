"""What a release says about itself: release.json for programs, the graph `graph/release` for those who query."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version

from rdflib import DCTERMS, OWL, RDF, RDFS, VOID, XSD, Graph, Literal, URIRef

from mappings.assertion.triples import Triple
from ontology.terms import BASE, REC
from server.publishing.release import Part, ReportName, sha256

GRAPHS = ("asserted", "inferred", "evidence")


@dataclass(frozen=True, slots=True)
class GraphRecord:
    """A named graph of a release: where its quads stand, how many they are and their hash."""

    iri: str
    file: str
    quads: int
    sha256: str


def graph_iri(file: str, base: str = BASE) -> str:
    """The graph whose quads a file of the dumps holds: `graph/report/ccpcj/31` in dumps/report/ccpcj/31/asserted.nq."""
    path = file.removeprefix("dumps/").removesuffix(".nq").removesuffix("/asserted")
    return f"{base}graph/{path}"


def graph_records(files: Mapping[str, str], base: str = BASE) -> tuple[GraphRecord, ...]:
    """The graphs among the files of a release, in the order of their files."""
    return tuple(
        GraphRecord(graph_iri(name, base), name, text.count("\n"), sha256(text))
        for name, text in sorted(files.items())
        if name.endswith(".nq")
    )


def release_graph(identity: str, graphs: Iterable[GraphRecord], parts: Iterable[Part]) -> Graph:
    """The release as a VoID dataset: its version, its graphs with their counts, its reports."""
    graph = Graph()
    release = URIRef(f"{BASE}release/{identity}")
    total = 0
    for record in graphs:
        subset = URIRef(record.iri)
        total += record.quads
        graph.add((release, VOID.subset, subset))
        graph.add((subset, RDF.type, VOID.Dataset))
        graph.add((subset, RDFS.label, Literal(record.iri.removeprefix(f"{BASE}graph/"), lang="en")))
        graph.add((subset, VOID.triples, Literal(record.quads)))
    graph.add((release, RDF.type, VOID.Dataset))
    graph.add((release, RDFS.label, Literal(f"Release {identity}", lang="en")))
    graph.add((release, DCTERMS.identifier, Literal(identity)))
    graph.add((release, OWL.versionInfo, Literal(version("recalling"))))
    graph.add((release, VOID.triples, Literal(total)))
    graph.add((release, VOID.vocabulary, URIRef(f"{BASE}def/")))
    graph.add((release, VOID.uriSpace, Literal(BASE)))
    for part in parts:
        graph.add((release, DCTERMS.hasPart, URIRef(BASE + part.name.path)))
        for triple in source_triples(part):
            graph.add(triple)
    return graph


def source_triples(part: Part) -> Iterator[Triple]:
    """The file that a report was read from: its name, its length in characters, its checksum."""
    report = URIRef(BASE + part.name.path)
    record = json.loads(part.files["report.json"])
    yield report, DCTERMS.source, Literal(record["source"])
    yield report, DCTERMS.extent, Literal(record["characters"], datatype=XSD.integer)
    yield report, REC.checksum, Literal(record["sha256"])


def record_of(identity: str, base: str, graphs: Iterable[GraphRecord], parts: Collection[Part]) -> str:
    """The text of release.json."""
    record: dict[str, object] = {
        "id": identity,
        "version": version("recalling"),
        "base": base,
        "graphs": [
            {"graph": graph.iri, "file": graph.file, "quads": graph.quads, "sha256": graph.sha256} for graph in graphs
        ],
        "reports": [json.loads(part.files["report.json"]) for part in parts if isinstance(part.name, ReportName)],
    }
    if works := [json.loads(part.files["report.json"]) for part in parts if not isinstance(part.name, ReportName)]:
        record["works"] = works
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"
