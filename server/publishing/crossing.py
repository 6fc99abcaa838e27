"""What of a release belongs to no single document: links between reports, the chain of official texts, like paragraphs.

They are found anew for what a changed document concerns, and stay as they were for all else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, Graph

from mappings import iris
from mappings.assertion.triples import Triple
from mappings.graph import sorted_triples
from mappings.links.alike import Pair, pairs_anew
from mappings.links.alike import said_of as said_of_pair
from mappings.links.chain import Step, ground_of, said_of
from mappings.links.chain_rows import steps_anew
from mappings.links.link import Answer, Link
from mappings.links.linking import evidence_of, triples_of
from mappings.links.neighbourhood import Found, links_anew
from mappings.links.rows import Row
from ontology.terms import REC
from server.publishing.carried import links_in
from server.publishing.dumps import lines
from server.publishing.kept_links import Before, Kept, KeptLink, differing, graph_of, kept_before, part_of
from server.publishing.link_index import LinkIndex, about_of
from server.publishing.manifest import Manifest, StoredPart, is_report
from server.publishing.release import OwnName, Part, ReleaseError
from shapes.conformance import validate_links

LINKS, CHAIN, SIMILAR = OwnName("links"), OwnName("chain"), OwnName("similar")


def crossing_parts(data: Path, before: Manifest | None, documents: Iterable[StoredPart], base: str) -> Iterator[Part]:
    """The links, the chain and the like paragraphs of the documents of a release, made of those of the one before.

    None where it has none.

    Raises ReleaseError where a link violates a shape.
    """
    documents = tuple(documents)
    with LinkIndex(data) as index:
        for document in documents:
            index.keep(document, base)
        links, steps, pairs = (kept_before(name, before) for name in (LINKS, CHAIN, SIMILAR))
        found = (
            part_of(LINKS, _links(index, links, documents), links),
            part_of(CHAIN, _chain(index, steps, documents), steps),
            part_of(SIMILAR, _similar(index, pairs, documents), pairs, closed=False),
        )
        yield from (part for part in found if part)


def _changed(index: LinkIndex, before: Before, documents: Iterable[StoredPart]) -> Iterator[list[str]]:
    """The ids of each document that came, went or is another version: what it was and what it is."""
    old = {part.path: part for part in (*before.manifest.reports, *before.manifest.works)} if before.manifest else {}
    new = {part.path: part for part in documents}
    for path in sorted({*old, *new}):
        one, other = old.get(path), new.get(path)
        if one and other and one.id == other.id:
            continue
        if one and before.manifest:
            index.keep(one, before.manifest.base)
        yield [part.id for part in (one, other) if part]


def _links(index: LinkIndex, before: Before, documents: Iterable[StoredPart]) -> Kept:
    reports = [part for part in documents if is_report(part.path)]
    finding = _Finding(index, frozenset(part.id for part in reports), _bare(reports))
    links = dict(before.links)
    for parts in _changed(index, before, documents):
        finding.replace(links, parts)
    _check(differing(before.links, links))
    return links


def _chain(index: LinkIndex, before: Before, documents: Iterable[StoredPart]) -> Kept:
    """The steps from drafts to what became of them; each is about its draft."""
    force = frozenset(part.id for part in documents)
    changed = [row for parts in _changed(index, before, documents) for part in parts for row in index.rows(part)]
    found = steps_anew(changed, lambda key: [row for _, row in index.having(key, force)])
    links = {name: link for name, link in before.links.items() if link.about[1] not in found.drafts}
    links.update({link.annotation: link for link in map(_kept_step, found.steps)})
    return links


def _kept_step(step: Step) -> KeptLink:
    asserted, evidence = (tuple(lines(sorted_triples(_graph(one)))) for one in (said_of(step), ground_of(step)))
    annotation = str(iris.link_evidence(step.draft, step.relation, step.text))
    return KeptLink(annotation, (str(step.relation), str(step.draft)), False, asserted, evidence)


def _similar(index: LinkIndex, before: Before, documents: Iterable[StoredPart]) -> Kept:
    """The pairs of like paragraphs; each is about its two paragraphs, and nothing follows from it."""
    force = frozenset(part.id for part in documents)
    changed = (row for parts in _changed(index, before, documents) for part in parts for row in index.rows(part))
    found = pairs_anew(changed, lambda key: index.each(key, force))
    links = {name: link for name, link in before.links.items() if not found.paragraphs.intersection(link.about)}
    links.update({link.annotation: link for link in map(_kept_pair, found.pairs)})
    return links


def _kept_pair(pair: Pair) -> KeptLink:
    said = tuple(lines(sorted_triples(_graph(said_of_pair(pair)))))
    return KeptLink(str(iris.paragraph_likeness(pair.one, pair.other)), (pair.one, pair.other), False, said, ())


def _graph(triples: Iterable[Triple]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


def _bare(reports: Iterable[StoredPart]) -> frozenset[str]:
    """The ids of the reports that are held without their words."""
    return frozenset(part.id for part in reports if part.record.get("factsOnly") is True)


@dataclass(frozen=True, slots=True)
class _Finding:
    """How links are found in the reports in force; `bare` ones are without their words."""

    index: LinkIndex
    force: frozenset[str]
    bare: frozenset[str]

    def replace(self, links: Kept, parts: list[str]) -> None:
        """Put into the links what there is when a report has come, gone or changed, by its parts: before and after."""
        rows = [row for part in parts for row in self.index.rows(part)]
        found = links_anew(rows, lambda key: [row for _, row in self.index.having(key, self.force)])
        about = set(found.subjects)
        brought: dict[str, KeptLink] = {}
        if self.bare or any(row.table == "brought" for row in rows):
            about |= {(one[0], one[1]) for row in rows for one in self._abouts(row)}
            brought = {link.annotation: link for one in sorted(about) for link in self._brought(one)}
        for link in [link for link in links.values() if link.about in about]:
            if link.brought or link.about in found.subjects:
                del links[link.annotation]
        links.update({link.annotation: link for link in self._own(found)})
        links.update(brought)

    def _abouts(self, row: Row) -> Iterator[list[str]]:
        """What the links are about that a report brings, or that others bring to one of its facts."""
        if row.table == "brought":
            yield row.values["about"]
        for _, other in self.index.having(f"brought to {row.iri}", self.force):
            yield other.values["about"]

    def _brought(self, about: tuple[str, str]) -> Iterator[KeptLink]:
        """The links that reports bring, as far as the facts that they stand on are held."""
        for _, row in self.index.having(f"brought about {about[0]} {about[1]}", self.force):
            if all(self._holders(fact) for fact in row.values["facts"]):
                yield KeptLink(row.iri, about, True, tuple(row.values["asserted"]), tuple(row.values["evidence"]))

    def _holders(self, fact: str) -> set[str]:
        return {part for part, _ in self.index.having(f"is {fact}", self.force)}

    def _own(self, found: Found) -> Iterator[KeptLink]:
        """The links that were found: none between two reports without their words, which may seem sure and are not."""
        ones: tuple[Link | Answer, ...] = (*found.links, *found.answers)
        for one in ones:
            asserted, evidence = _graph(triples_of(one)), _graph(evidence_of(one))
            (link,) = links_in(asserted + evidence)
            facts = (iris.fact_of(str(target)) for target in link.targets)
            if self.bare and all(self._holders(fact) <= self.bare for fact in facts):
                continue
            texts = (tuple(lines(sorted_triples(graph))) for graph in (asserted, evidence))
            yield KeptLink(str(link.annotation), about_of(asserted), False, *texts)


def _check(links: Iterable[KeptLink]) -> None:
    """Raises ReleaseError where a link does not conform. What its ends are is known: they were found among such."""
    asserted = graph_of(line for link in links for line in link.asserted)
    ends = Graph()
    kinds = (
        (REC.fulfilledMandate, REC.Mandate),
        (REC.fulfillingDocument, REC.Document),
        (REC.presentedAtSession, REC.Session),
    )
    for property_, kind in kinds:
        for end in asserted.objects(None, property_):
            ends.add((end, RDF.type, kind))
    if not (conformance := validate_links(asserted, ends)).conforms:
        raise ReleaseError("the links between the reports do not conform:\n" + "\n".join(conformance.lines()))
