"""How the data are found from other catalogues: what they are about, the days they tell of, the ways to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rdflib import DCAT, DCTERMS, RDF, VOID, XSD, Literal, Namespace, URIRef

from mappings.assertion.triples import Triple
from server.current import Release
from server.pages.panels import about
from server.things import iri, text

AUTHORITY = Namespace("http://publications.europa.eu/resource/authority/")
_KEYWORDS = ("United Nations", "commissions", "session reports", "resolutions", "decisions", "citations", "sponsors")
_SERVICES = (
    ("sparql", "SPARQL endpoint", "http://www.w3.org/TR/sparql11-protocol/"),
    ("graph-store", "Whole graphs by their names", "http://www.w3.org/TR/sparql11-http-rdf-update/"),
    (
        "reconcile",
        "Matching of names and symbols",
        "https://reconciliation-api.github.io/specs/0.2/",
    ),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells of: its full name, the first and the last day on which its session met, "" for none."""

    name: str
    first: str
    last: str


def topics(dataset: URIRef) -> Iterator[Triple]:
    """What a dataset is about, in words and by the themes of the European data portals; how often it changes."""
    for word in _KEYWORDS:
        yield dataset, DCAT.keyword, Literal(word, lang="en")
    for theme in ("GOVE", "INTR"):
        yield dataset, DCAT.theme, AUTHORITY[f"data-theme/{theme}"]
    yield dataset, DCTERMS.accrualPeriodicity, AUTHORITY["frequency/IRREG"]


def told_by_reports(release: Release) -> Mapping[str, Told]:
    """What each report of a release tells of, by the path of the report."""
    rows = release.store.select(about(_query(), release.base, None))
    return {
        iri(row, "report").removeprefix(release.base): Told(*(text(row, name) for name in ("label", "first", "last")))
        for row in rows
    }


@cache
def _query() -> str:
    return (files("server.dataset") / "reports.rq").read_text(encoding="utf-8")


def period(dataset: URIRef, told: Iterable[Told]) -> Iterator[Triple]:
    """From the first day of some reports to the last; nothing where no day is known."""
    days = sorted(day for one in told for day in (one.first, one.last) if day)
    if not days:
        return
    time = URIRef(f"{dataset}#period")
    yield dataset, DCTERMS.temporal, time
    yield time, RDF.type, DCTERMS.PeriodOfTime
    yield time, DCAT.startDate, Literal(days[0], datatype=XSD.date)
    yield time, DCAT.endDate, Literal(days[-1], datatype=XSD.date)


def services(dataset: URIRef, catalog: URIRef, base: str) -> Iterator[Triple]:
    """The ways for programs to ask, each with the specification that it follows."""
    yield dataset, VOID.openSearchDescription, URIRef(f"{base}opensearch.xml")
    for path, title, specification in _SERVICES:
        service = URIRef(f"{base}{path}")
        yield catalog, DCAT.service, service
        yield service, RDF.type, DCAT.DataService
        yield service, DCTERMS.title, Literal(title, lang="en")
        yield service, DCAT.endpointURL, service
        yield service, DCAT.servesDataset, dataset
        yield service, DCTERMS.conformsTo, URIRef(specification)
    yield URIRef(f"{base}sparql"), DCAT.endpointDescription, URIRef(f"{base}sparql")
