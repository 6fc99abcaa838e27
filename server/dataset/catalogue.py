"""What the data say of themselves as a whole (DCAT 3, VoID): contents, counts, licence, origin, ways to get them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from urllib.parse import quote

from rdflib import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, VOID, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ontology.terms import BASE, REC
from server.current import Release
from server.dataset.discovery import AUTHORITY, Told, period, services, told_by_reports, topics
from server.dataset.downloads import WHOLE, Download, downloads_of
from server.documents import SPDX
from server.negotiation import GRAPHS
from server.publishing.history import Entry
from server.publishing.manifest import Manifest, is_report
from server.publishing.statistics import Statistics

LICENCE = "https://creativecommons.org/licenses/by/4.0/"  # where the operator sets no other
RIGHTS = (
    "The facts are read from public documents of the United Nations, which are the source that counts. "
    "The licence is that of our structuring, with the United Nations named as the source; the words of the reports "
    "remain those of their authors."
)
DCAT_VERSION = URIRef(f"{DCAT}version")  # of DCAT 3, which rdflib's namespace lacks
MEDIA = Namespace("https://www.iana.org/assignments/media-types/")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
_MEDIA = {"nq": "application/n-quads", "trig": "application/trig"}
_TITLES = {"nq": "N-Quads", "trig": "TriG"}
_UNITS = {
    "chain": "Drafts and the official texts that they became",
    "links": "Links between reports",
    "ontology": "Vocabulary and lists of names",
    "similar": "Paragraphs of texts that say nearly the same",
    "release": "Description of the release",
}
_EXAMPLES = (REC.Report, REC.Resolution, REC.Decision, REC.Meeting, REC.Citation, REC.Sponsorship, REC.Statement)

Triple = tuple[URIRef, URIRef, Node]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the data: their name, and the address where more is said of them, "" for none."""

    name: str
    homepage: str


@dataclass(frozen=True)
class Holdings:
    """A release with what its description is made of.

    `statistics` and `manifest` are None where the release is not in the data folder.
    """

    release: Release
    statistics: Statistics | None
    manifest: Manifest | None
    first: Entry | None
    publisher: Publisher | None = None
    licence: str = LICENCE

    @property
    def downloads(self) -> tuple[Download, ...]:
        """All files to take along, the whole first."""
        return tuple(download for found in self._downloads.values() for download in found)

    @property
    def units(self) -> tuple[str, ...]:
        """The paths of what can be taken piece by piece, in order."""
        return tuple(unit for unit in self._downloads if unit != WHOLE)

    def of(self, unit: str) -> tuple[Download, ...]:
        """The downloads of a unit, or of the whole."""
        return self._downloads.get(unit, ())

    @cached_property
    def _downloads(self) -> Mapping[str, tuple[Download, ...]]:
        found = downloads_of(self.manifest) if self.manifest else ()
        return {unit: tuple(group) for unit, group in groupby(found, key=lambda one: one.unit)}

    def partly(self, unit: str) -> str:
        """A sentence that names what is withheld of a report because it does not conform; "" for a whole one."""
        part = self.manifest.parts.get(unit) if self.manifest else None
        withheld = part.record.get("withheld", ()) if part else ()
        return f" Partial: withheld because it does not conform: {'; '.join(withheld)}." if withheld else ""

    def title(self, unit: str) -> str:
        """What a unit is called: a report by its own title."""
        part = self.manifest.parts.get(unit) if self.manifest else None
        return str(part.record["title"]) if part and part.record.get("title") else _UNITS.get(unit, unit)


def iri_of(base: str, unit: str = WHOLE) -> URIRef:
    """The IRI of the whole dataset, or of one of its units as a dataset."""
    return URIRef(f"{base}dataset" if unit == WHOLE else f"{base}dataset/{unit}")


def dataset_graph(held: Holdings) -> Graph:
    """The description of everything."""
    base = held.release.base
    dataset = iri_of(base)
    parts = [_identity(dataset, held), _access(dataset, held), _catalog(dataset, held)]
    parts += [_distributions(dataset, held, held.of(WHOLE))]
    if held.statistics:
        parts += [_counts(dataset, held.statistics), _partitions(dataset, held.statistics)]
        parts += [_examples(dataset, held.statistics, base)]
    told = told_by_reports(held.release)
    parts += [period(dataset, told.values())]
    for unit in held.units:
        parts += [_unit(unit, held), _found(unit, held, told)]
    return _graph(*parts)


def unit_graph(held: Holdings, unit: str) -> Graph:
    """The description of a unit."""
    return _graph(_unit(unit, held), _found(unit, held, told_by_reports(held.release)))


def _graph(*parts: Iterator[Triple]) -> Graph:
    graph = Graph()
    for part in parts:
        for triple in part:
            graph.add(triple)
    return graph


def _identity(dataset: URIRef, held: Holdings) -> Iterator[Triple]:
    release, base = held.release, held.release.base
    version = URIRef(f"{base}release/{release.id}")
    yield dataset, RDF.type, DCAT.Dataset
    yield dataset, RDF.type, VOID.Dataset
    yield dataset, DCTERMS.title, Literal("Recalling: session reports of United Nations commissions", lang="en")
    description = (
        "What session reports say, as linked data: resolutions and decisions with their paragraphs, what they cite and "
        "with which verb, who sponsored them, what was done with them at which meeting, who spoke, what was asked for."
    )
    yield dataset, DCTERMS.description, Literal(description, lang="en")
    yield from _licence(dataset, held)
    yield from _published(dataset, held)
    yield from topics(dataset)
    yield dataset, DCTERMS.identifier, Literal(release.id)
    yield dataset, OWL.versionInfo, Literal(release.id)
    yield dataset, DCAT_VERSION, Literal(release.id)
    yield dataset, DCTERMS.hasVersion, version
    yield dataset, DCTERMS.issued, Literal(held.first.moment if held.first else release.published)
    yield dataset, DCTERMS.modified, Literal(release.published)
    yield dataset, DCTERMS.language, AUTHORITY["language/ENG"]
    yield dataset, DCTERMS.conformsTo, URIRef(f"{base}def/")
    for report in release.description.get("reports", ()):
        yield dataset, PROV.wasDerivedFrom, URIRef(f"{base}report/{report['body']}/{report['session']}")
    yield dataset, PROV.wasGeneratedBy, URIRef(f"{version}#build")
    yield from _build(URIRef(f"{version}#build"), held)


def _licence(dataset: URIRef, held: Holdings) -> Iterator[Triple]:
    yield dataset, DCTERMS.license, URIRef(held.licence)
    yield dataset, DCTERMS.rights, Literal(RIGHTS, lang="en")


def _published(resource: URIRef, held: Holdings) -> Iterator[Triple]:
    publisher = held.publisher
    if publisher is None:
        return
    agent = URIRef(f"{iri_of(held.release.base)}#publisher")
    yield resource, DCTERMS.publisher, agent
    yield agent, RDF.type, FOAF.Agent
    yield agent, FOAF.name, Literal(publisher.name)
    if publisher.homepage:
        yield agent, FOAF.homepage, URIRef(publisher.homepage)


def _build(build: URIRef, held: Holdings) -> Iterator[Triple]:
    """The activity that made the release: the software and its version, the reports that it read."""
    software = URIRef(f"{held.release.base}#software")
    yield build, RDF.type, PROV.Activity
    yield build, PROV.wasAssociatedWith, software
    yield software, RDF.type, PROV.SoftwareAgent
    yield software, FOAF.name, Literal("Recalling")
    yield software, OWL.versionInfo, Literal(str(held.release.description.get("version", "")))


def _access(dataset: URIRef, held: Holdings) -> Iterator[Triple]:
    base = held.release.base
    service, access = URIRef(f"{base}sparql"), URIRef(f"{dataset}#sparql")
    yield dataset, VOID.sparqlEndpoint, service
    yield dataset, VOID.uriSpace, Literal(base)
    yield dataset, VOID.rootResource, URIRef(base)
    yield dataset, FOAF.homepage, URIRef(base)
    yield dataset, DCAT.landingPage, URIRef(base)
    yield dataset, RDFS.seeAlso, URIRef(f"{base}void")
    yield dataset, RDFS.seeAlso, URIRef(f"{base}releases")
    yield dataset, RDFS.seeAlso, URIRef(f"{base}changes")
    names = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF_XML", "nq": "N-Quads", "trig": "TriG"}
    for form in GRAPHS:
        yield dataset, VOID.feature, FORMATS[names[form.name]]
    for download in held.of(WHOLE):
        yield dataset, VOID.dataDump, _url(base, download, packed=True)
        yield dataset, VOID.dataDump, _url(base, download, packed=False)
    yield dataset, DCAT.distribution, access
    yield access, RDF.type, DCAT.Distribution
    yield access, DCTERMS.title, Literal("SPARQL endpoint", lang="en")
    yield access, DCAT.accessURL, service
    yield access, DCAT.accessService, service
    yield access, DCTERMS.license, URIRef(held.licence)


def _catalog(dataset: URIRef, held: Holdings) -> Iterator[Triple]:
    catalog = URIRef(f"{dataset}#catalog")
    yield catalog, RDF.type, DCAT.Catalog
    yield catalog, DCTERMS.title, Literal("Recalling", lang="en")
    yield catalog, DCTERMS.description, Literal("The whole, and each report by itself.", lang="en")
    yield catalog, DCTERMS.license, URIRef(held.licence)
    yield from _published(catalog, held)
    yield catalog, DCAT.dataset, dataset
    yield from services(dataset, catalog, held.release.base)
    for unit in held.units:
        yield catalog, DCAT.dataset, iri_of(held.release.base, unit)


def _counts(dataset: URIRef, counted: Statistics) -> Iterator[Triple]:
    yield dataset, VOID.triples, Literal(counted.triples)
    yield dataset, VOID.distinctSubjects, Literal(counted.subjects)
    yield dataset, VOID.distinctObjects, Literal(counted.objects)
    yield dataset, VOID.properties, Literal(counted.properties)
    yield dataset, VOID.classes, Literal(counted.classes)
    yield dataset, VOID.entities, Literal(counted.entities)
    for vocabulary in counted.vocabularies:
        yield dataset, VOID.vocabulary, URIRef(vocabulary)


def _partitions(dataset: URIRef, counted: Statistics) -> Iterator[Triple]:
    for kind in counted.by_class:
        part = URIRef(f"{dataset}#class={quote(kind.term, safe='')}")
        yield dataset, VOID.classPartition, part
        yield part, VOID["class"], URIRef(kind.term)
        yield part, VOID.entities, Literal(kind.entities)
    for one in counted.by_property:
        part = URIRef(f"{dataset}#property={quote(one.term, safe='')}")
        yield dataset, VOID.propertyPartition, part
        yield part, VOID.property, URIRef(one.term)
        yield part, VOID.triples, Literal(one.triples)
        yield part, VOID.distinctSubjects, Literal(one.subjects)
        yield part, VOID.distinctObjects, Literal(one.objects)


def _examples(dataset: URIRef, counted: Statistics, base: str) -> Iterator[Triple]:
    wanted = {base + term.removeprefix(BASE) for term in _EXAMPLES}
    for kind in counted.by_class:
        if kind.term in wanted:
            yield dataset, VOID.exampleResource, URIRef(kind.example)


def _unit(unit: str, held: Holdings) -> Iterator[Triple]:
    """A unit as a dataset of its own: its graphs, its files."""
    base = held.release.base
    part = iri_of(base, unit)
    yield iri_of(base), VOID.subset, part
    yield iri_of(base), DCTERMS.hasPart, part
    yield part, RDF.type, DCAT.Dataset
    yield part, RDF.type, VOID.Dataset
    yield part, DCTERMS.title, Literal(held.title(unit), lang="en")
    yield part, DCTERMS.isPartOf, iri_of(base)
    yield from _licence(part, held)
    if is_report(unit):
        yield part, DCTERMS.subject, URIRef(base + unit)
        yield part, PROV.wasDerivedFrom, URIRef(base + unit)
    for record in held.manifest.parts[unit].graphs if held.manifest else ():
        yield part, VOID.subset, URIRef(record.graph)
        yield URIRef(record.graph), VOID.triples, Literal(record.quads)
    for download in held.of(unit):
        yield part, VOID.dataDump, _url(base, download, packed=True)
    yield from _distributions(part, held, held.of(unit))


def _found(unit: str, held: Holdings, told: Mapping[str, Told]) -> Iterator[Triple]:
    """What a unit is in words, and who answers for it; of a report what it tells of, and when."""
    part = iri_of(held.release.base, unit)
    report = told.get(unit)
    yield (
        part,
        DCTERMS.description,
        Literal(f"{report.name if report else held.title(unit)}, as linked data.{held.partly(unit)}", lang="en"),
    )
    yield from _published(part, held)
    if report:
        yield from topics(part)
        yield from period(part, [report])


def _url(base: str, download: Download, packed: bool) -> URIRef:
    return URIRef(f"{base}dumps/{download.path}{'.gz' if packed else ''}")


def _distributions(dataset: URIRef, held: Holdings, downloads: Sequence[Download]) -> Iterator[Triple]:
    for download in downloads:
        sizes = {True: (download.packed_size, download.packed_sha256), False: (download.size, download.sha256)}
        for packed, (size, sha256) in sizes.items():
            url = _url(held.release.base, download, packed)
            file, checksum = URIRef(f"{url}#file"), URIRef(f"{url}#checksum")
            title = f"{_TITLES[download.form]}, compressed" if packed else _TITLES[download.form]
            yield dataset, DCAT.distribution, file
            yield file, RDF.type, DCAT.Distribution
            yield file, DCTERMS.title, Literal(title, lang="en")
            yield file, DCAT.accessURL, url
            yield file, DCAT.downloadURL, url
            yield file, DCAT.mediaType, MEDIA[_MEDIA[download.form]]
            yield file, DCAT.byteSize, Literal(size, datatype=XSD.nonNegativeInteger)
            yield file, DCTERMS.license, URIRef(held.licence)
            if sha256:
                yield file, SPDX.checksum, checksum
                yield checksum, RDF.type, SPDX.Checksum
                yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
                yield checksum, SPDX.checksumValue, Literal(sha256, datatype=XSD.hexBinary)
            if packed:
                yield file, DCAT.compressFormat, MEDIA["application/gzip"]
