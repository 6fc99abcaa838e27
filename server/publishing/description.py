"""What a release says about itself to those who query: the graph `graph/release`.

All but its name and the sum hangs on the dataset that every release is a version of, so that one release differs from
the next in what it holds and in little else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from pyoxigraph import Literal, NamedNode
from rdflib import DCTERMS, OWL, RDF, RDFS, VOID, XSD, URIRef
from rdflib import Literal as RdfLiteral

from mappings.assertion.triples import Triple
from ontology.terms import BASE, REC
from server.publishing.as_of import sessions_over
from server.publishing.manifest import StoredPart
from server.publishing.release import Part

_Said = tuple[str, str, NamedNode | Literal]


def release_quads(identity: str, parts: Iterable[StoredPart], base: str, as_of: str = "") -> str:
    """The release as a VoID dataset, as sorted N-Quads: its version, its graphs with their counts, its documents.

    And the day as of which it tells what became of requests, with the last session of each body that was over then.
    """
    parts, checksum = tuple(parts), base + REC.checksum.removeprefix(BASE)
    release, dataset = f"{base}release/{identity}", f"{base}dataset"

    def said() -> Iterator[_Said]:
        yield release, str(RDF.type), NamedNode(str(VOID.Dataset))
        yield release, str(RDFS.label), Literal(f"Release {identity}", language="en")
        yield release, str(DCTERMS.identifier), Literal(identity)
        yield release, str(DCTERMS.isVersionOf), NamedNode(dataset)
        yield release, str(OWL.versionInfo), Literal(version("recalling"))
        yield release, str(VOID.triples), _whole(sum(part.quads for part in parts))
        yield release, str(VOID.vocabulary), NamedNode(f"{base}def/")
        yield release, str(VOID.uriSpace), Literal(base)
        if as_of:
            yield dataset, base + REC.asOf.removeprefix(BASE), Literal(as_of, datatype=NamedNode(str(XSD.date)))
        for body, session in sessions_over(parts, as_of).items():
            yield f"{base}body/{body}", base + REC.lastSessionOver.removeprefix(BASE), _whole(session)
        for part in parts:
            for record in part.graphs:
                yield dataset, str(VOID.subset), NamedNode(record.graph)
                yield record.graph, str(RDF.type), NamedNode(str(VOID.Dataset))
                yield record.graph, str(RDFS.label), Literal(record.graph.removeprefix(f"{base}graph/"), language="en")
                yield record.graph, str(VOID.triples), _whole(record.quads)
            if part.record:
                work = f"{base}{part.path}"
                yield dataset, str(DCTERMS.hasPart), NamedNode(work)
                yield work, str(DCTERMS.source), Literal(part.record["source"])
                yield work, str(DCTERMS.extent), _whole(part.record["characters"])
                yield work, checksum, Literal(part.record["sha256"])

    graph = f"<{base}graph/release>"
    return "".join(sorted(f"<{subject}> <{predicate}> {value} {graph} .\n" for subject, predicate, value in said()))


def _whole(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(str(XSD.integer)))


def source_triples(part: Part) -> Iterator[Triple]:
    """The file that a report was read from: its name, its length in characters, its checksum."""
    record = json.loads(part.files["report.json"])
    report = URIRef(BASE + part.name.path)
    yield report, DCTERMS.source, RdfLiteral(record["source"])
    yield report, DCTERMS.extent, RdfLiteral(record["characters"], datatype=XSD.integer)
    yield report, REC.checksum, RdfLiteral(record["sha256"])
