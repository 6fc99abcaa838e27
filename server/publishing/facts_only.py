"""A report without its prose: what of a release may be published where the words of a report may not.

A folder holds two files a report: `ccpcj-31.nq` with what the report says, and with the links to earlier reports;
`ccpcj-31.evidence.nq.gz` with the rule and the offsets of each fact. Both are sorted N-Quads with the default base.
What the ontology infers is not among them: it is computed when a release is built of them.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import RDF, Graph, Literal, URIRef

from mappings import iris
from mappings.graph import sorted_quads
from mappings.links.linking import Links
from ontology.prose import prose
from ontology.terms import BASE, REC
from server.publishing.carried import by_later_report
from server.publishing.description import source_triples
from server.publishing.dumps import joined, lines, merged, terms
from server.publishing.release import OwnName, Part, Release, ReportName, part_named, parts_of

FACTS, EVIDENCE = ".nq", ".evidence.nq.gz"


def write_facts(release: Release, folder: Path) -> list[Path]:
    """Write the reports of a release without their prose into a folder, which is made where it is missing.

    The names of the files written. A file that holds the same already is left as it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = dict(facts_files(release))
    for name, text in files.items():
        path = folder / name
        if not path.exists() or read_dump(path) != text:
            path.write_bytes(_packed(text) if name.endswith(".gz") else text.encode())
    return [folder / name for name in files]


def read_dump(path: Path) -> str:
    """The quads of a file, which is compressed where its name says so. Raises OSError and ValueError."""
    content = path.read_bytes()
    try:
        return (gzip.decompress(content) if path.name.endswith(".gz") else content).decode()
    except (EOFError, zlib.error) as error:
        raise ValueError(f"{path.name} is not whole: {error}") from error


def _packed(text: str) -> bytes:
    """The text compressed, without a time in the head."""
    return gzip.compress(text.encode(), mtime=0)


def facts_files(release: Release) -> Iterator[tuple[str, str]]:
    """The names and contents of the files, before compression, in the order of body and session."""
    parts = tuple(parts_of(release))
    links = by_later_report(_links(release), parts)
    for part in parts:
        name = part.name
        if not isinstance(name, ReportName):  # the facts of official texts alone cannot be exported yet
            continue
        stem = f"{name.body}-{name.session}"
        facts, evidence = without_prose(part, links.get(name, Links(Graph(), Graph())))
        yield stem + FACTS, facts
        yield stem + EVIDENCE, evidence


def _links(release: Release) -> Graph:
    """What links the reports of a release, with the evidence."""
    files = part_named(release.manifest, OwnName("links")).files if "links" in release.manifest.parts else {}
    return merged(files[name] for name in ("asserted.nq", "evidence.nq") if name in files)


def without_prose(part: Part, links: Links) -> tuple[str, str]:
    """The facts of a part and their evidence, each as a dump, with the links that it brings."""
    about = Graph().add((URIRef(BASE + part.name.path), REC.factsOnly, Literal(True)))
    for triple in source_triples(part):
        about.add(triple)
    facts = (
        *kept(lines(part.files["asserted.nq"])),
        *lines(sorted_quads(about, part.name.graph)),
        *lines(sorted_quads(links.asserted, iris.links_graph())),
    )
    evidence = (
        *kept(lines(part.files["evidence.nq"])),
        *lines(sorted_quads(links.evidence, iris.links_graph("evidence"))),
    )
    return joined(facts), joined(evidence)


def kept(quads: Iterable[str]) -> list[str]:
    """The lines of a dump that hold no prose. A node of which only its class would be left goes with it."""
    left_out, rdf_type = {f"<{property_}>" for property_ in prose()}, f"<{RDF.type}>"
    found = [(line, terms(line)) for line in quads]
    other = [(line, quad) for line, quad in found if quad.predicate not in left_out]
    wordy = {quad.subject for _, quad in found if quad.predicate in left_out}
    hollow = wordy - {quad.subject for _, quad in other if quad.predicate != rdf_type}
    return [line for line, quad in other if quad.subject not in hollow and quad.value not in hollow]
