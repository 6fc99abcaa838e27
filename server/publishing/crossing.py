"""What of a release belongs to no single report: the links between reports, and the chain of official texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from rdflib import RDF, Graph, Literal, URIRef

from mappings import iris
from mappings.graph import sorted_quads
from mappings.links.chain import chain_graphs, clauses_of, steps, texts_of
from mappings.links.changes import Clause
from mappings.links.linking import link
from ontology.closure import close
from ontology.terms import BASE, REC
from server.publishing.carried import with_carried
from server.publishing.dumps import lines, merged
from server.publishing.release import Part, ReleaseError, ReportName, WorkName
from shapes.conformance import validate_links


def link_files(parts: Sequence[Part]) -> dict[str, str]:
    """The dumps of the links by their paths in a release, with the default base; none where nothing is linked.

    Raises ReleaseError where a link violates a shape.
    """
    works = [part for part in parts if isinstance(part.name, WorkName)]
    parts = [part for part in parts if isinstance(part.name, ReportName)]
    reports = merged(part.files["asserted.nq"] for part in parts)
    links = with_carried(link(reports), parts)
    if not (conformance := validate_links(links.asserted, reports)).conforms:
        raise ReleaseError("the links between the reports do not conform:\n" + "\n".join(conformance.lines()))
    layers = {
        "dumps/links.nq": (links.asserted, iris.links_graph()),
        "dumps/links/inferred.nq": (close(links.asserted), iris.links_graph("inferred")),
        "dumps/links/evidence.nq": (links.evidence, iris.links_graph("evidence")),
    }
    asserted, evidence = _chain(reports, works) if works else (Graph(), Graph())
    layers |= {
        "dumps/chain.nq": (asserted, iris.chain_graph()),
        "dumps/chain/inferred.nq": (close(asserted) if len(asserted) else Graph(), iris.chain_graph("inferred")),
        "dumps/chain/evidence.nq": (evidence, iris.chain_graph("evidence")),
    }
    return {path: sorted_quads(graph, name) for path, (graph, name) in layers.items() if len(graph)}


def _chain(reports: Graph, works: Sequence[Part]) -> tuple[Graph, Graph]:
    """What became of drafts in official texts, and on which grounds that is said."""
    heads = merged("".join(_head(part)) for part in works)
    closed = _closed(reports)
    parts = {URIRef(BASE + part.name.path): part for part in works}

    @cache
    def clauses(text: URIRef) -> tuple[Clause, ...]:
        part = parts.get(text) or parts.get(URIRef(text.removesuffix("/draft")))
        return clauses_of(reports if part is None else merged([part.files["asserted.nq"]]), text)

    return chain_graphs(steps((*texts_of(reports, closed), *texts_of(heads, closed)), clauses))


def _head(part: Part) -> Iterator[str]:
    """What an official part says of the work itself, of the draft in it and of the act: not its paragraphs."""
    work = BASE + part.name.path
    named = (f"<{work}> ", f"<{work}/draft> ", f"<{BASE}act/{part.name.path.removeprefix('document/')}> ")
    return (f"{line}\n" for line in lines(part.files["asserted.nq"]) if line.startswith(named))


def _closed(reports: Graph) -> dict[URIRef, date]:
    """The last day of the regular part of each session that a report tells of."""
    found: dict[URIRef, date] = {}
    for session in reports.subjects(RDF.type, REC.Session):
        ends = [
            day.toPython()
            for part in reports.objects(session, REC.hasSessionPart)
            for day in reports.objects(part, REC.endDate)
            if isinstance(day, Literal)
        ]
        if ends and isinstance(session, URIRef):
            found[session] = max(ends)
    return found
