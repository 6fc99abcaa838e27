"""The releases that were published here as documents: the list, each with what changed, as RDF and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from rdflib import DCAT, DCTERMS, OWL, PROV, RDF, RDFS, VOID, Graph, Literal, URIRef
from rdflib.term import Node

from server.documents import AS
from server.publishing.history import Change, Entry

Triple = tuple[URIRef, URIRef, Node]
KINDS = {"added": AS.Create, "changed": AS.Update, "removed": AS.Delete}


def release_iri(entry: Entry, base: str) -> URIRef:
    """The IRI of a release."""
    return URIRef(f"{base}release/{entry.release}")


def change_iri(entry: Entry, change: Change, base: str) -> URIRef:
    """The IRI of what became of a unit with a release."""
    return URIRef(f"{base}changes/{entry.number}#{change.unit}")


def releases_graph(entries: Iterable[Entry], base: str) -> Graph:
    """Releases with their times, their reports and their changes."""
    graph = Graph()
    for entry in entries:
        for triple in (*_release(entry, base), *changes_triples(entry, base)):
            graph.add(triple)
    return graph


def _release(entry: Entry, base: str) -> Iterator[Triple]:
    release = release_iri(entry, base)
    yield release, RDF.type, DCAT.Dataset
    yield release, RDF.type, VOID.Dataset
    yield release, RDFS.label, Literal(f"Release {entry.release}", lang="en")
    yield release, DCTERMS.title, Literal(f"Release {entry.release}", lang="en")
    yield release, DCTERMS.identifier, Literal(entry.release)
    yield release, DCTERMS.issued, Literal(entry.moment)
    yield release, DCTERMS.isVersionOf, URIRef(f"{base}dataset")
    yield release, OWL.versionInfo, Literal(entry.version)
    yield release, VOID.triples, Literal(entry.quads)
    for report in entry.reports:
        yield release, DCTERMS.hasPart, URIRef(base + report)


def changes_triples(entry: Entry, base: str) -> Iterator[Triple]:
    """What changed with a release, in the words of PROV: statements that came were generated, others invalidated."""
    for change in entry.changes:
        activity, unit = change_iri(entry, change, base), URIRef(f"{base}dataset/{change.unit}")
        came, went = URIRef(f"{activity}/added"), URIRef(f"{activity}/removed")
        yield release_iri(entry, base), PROV.wasGeneratedBy, activity
        yield activity, RDF.type, KINDS[change.kind]
        yield activity, RDF.type, PROV.Activity
        yield activity, AS.object, unit
        yield activity, AS.summary, Literal(summary(change), lang="en")
        yield activity, AS.endTime, Literal(entry.moment)
        yield activity, PROV.endedAtTime, Literal(entry.moment)
        if change.added:
            yield activity, PROV.generated, came
            yield came, RDF.type, VOID.Dataset
            yield came, VOID.triples, Literal(change.added)
        if change.removed:
            yield activity, PROV.invalidated, went
            yield went, RDF.type, VOID.Dataset
            yield went, VOID.triples, Literal(change.removed)


def summary(change: Change) -> str:
    """A change in words."""
    told = f"{change.unit} {change.kind}: {change.added} statements added, {change.removed} removed"
    return "; ".join((told, *(f"correction: {one}" for one in change.corrections)))


def releases_json(entries: Iterable[Entry], base: str) -> str:
    """Releases as plain JSON."""
    return json.dumps([release_record(entry, base) for entry in entries], ensure_ascii=False, indent=1) + "\n"


def release_record(entry: Entry, base: str) -> dict[str, object]:
    """A release as it is written in JSON."""
    return {
        "id": entry.release,
        "iri": str(release_iri(entry, base)),
        "number": entry.number,
        "published": entry.moment.isoformat(),
        "version": entry.version,
        "quads": entry.quads,
        "reports": [base + report for report in entry.reports],
        "changes": [
            {
                "part": change.unit,
                "dataset": f"{base}dataset/{change.unit}",
                "kind": change.kind,
                "added": change.added,
                "removed": change.removed,
                **({"corrections": list(change.corrections)} if change.corrections else {}),
            }
            for change in entry.changes
        ],
    }
