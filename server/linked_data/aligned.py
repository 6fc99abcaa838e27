"""A thing in the terms of others: ELI and ELI-DL, Dublin Core, schema.org, as data.

What the alignments of the vocabulary join (`ontology/alignments.ttl`) is said in their terms where they are of the
profile's namespaces; a relation that is only near (`skos:closeMatch`) counts, one that is merely related does not. A
work has besides in Dublin Core what a library catalogues of it, and schema.org is what its page says to search engines.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyoxigraph as ox
from rdflib import DCTERMS, XSD, Graph

from server.citing.work import PUBLISHER, kind_of, work_of
from server.pages.portrait import schema_data
from server.store import Store, Term
from server.things import RDF_TYPE, RDFS_LABEL, layer
from server.vocabulary.term_page import current_ontology

_RELATED = "is related to"
_ELI = "http://data.europa.eu/eli/ontology#"
_DC_NAMES = ("title", "creator", "publisher", "issued", "type", "identifier", "isPartOf", "source", "language")
# What a catalogue has of a work, under the terms of each vocabulary; ELI: the ontology's own definitions of them.
_CATALOGUE: Mapping[str, Mapping[str, str]] = {
    str(DCTERMS): {name: name for name in _DC_NAMES},
    _ELI: {"creator": "passed_by", "publisher": "publisher", "issued": "date_document", "identifier": "id_local"},
}


def aligned(store: Store, thing: ox.NamedNode, namespaces: tuple[str, ...], base: str) -> list[ox.Quad]:
    """What is said of a thing in the terms of some namespaces, each statement once."""
    theirs = _joins(namespaces)
    said: list[tuple[ox.NamedNode, Term]]
    found: dict[ox.Quad, None] = {}
    for quad in store.quads_from(thing):
        if layer(quad.graph_name) == "evidence":
            continue
        if quad.predicate.value == RDF_TYPE and isinstance(quad.object, ox.NamedNode):
            said = [(quad.predicate, ox.NamedNode(other)) for other in theirs.get(quad.object.value, ())]
        else:
            said = [(ox.NamedNode(other), quad.object) for other in theirs.get(quad.predicate.value, ())]
        if quad.predicate.value == RDFS_LABEL or quad.predicate.value.startswith(namespaces):
            said.append((quad.predicate, quad.object))
        found.update(dict.fromkeys(ox.Quad(thing, *one) for one in said))
    for namespace, terms in _CATALOGUE.items():
        if namespace in namespaces:
            found.update(dict.fromkeys(_catalogued(store, thing, base, namespace, terms)))
    return list(found)


def in_schema_org(thing: ox.NamedNode, base: str) -> list[ox.Quad]:
    """What the page of a thing says of it to programs that read pages, as statements."""
    context = {"@vocab": "https://schema.org/", "rec": f"{base}def/"}
    document = json.dumps({"@context": context, **schema_data(thing)})
    lines = Graph().parse(data=document, format="json-ld").serialize(format="nt", encoding="utf-8")
    return list(ox.parse(lines, ox.RdfFormat.N_TRIPLES))


def _joins(namespaces: tuple[str, ...]) -> Mapping[str, list[str]]:
    """For each term of ours those of the namespaces that it is joined to."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in current_ontology().alignments:
        if one.words != _RELATED and one.other.startswith(namespaces):
            found[str(one.term)].append(one.other)
    return found


def _catalogued(
    store: Store, thing: ox.NamedNode, base: str, namespace: str, terms: Mapping[str, str]
) -> Iterator[ox.Quad]:
    """What a catalogue has of a work: title, creator, publisher, day, identifiers, the report that it is a part of."""
    rows = store.select(f"SELECT DISTINCT ?class {{ {thing} a ?class }}")
    classes = [one.value.removeprefix(f"{base}def/") for row in rows if isinstance(one := row["class"], ox.NamedNode)]
    if not (kind := kind_of(classes)):
        return
    work = work_of(store, base, thing, kind)
    values: tuple[tuple[str, str, bool], ...] = (
        ("title", work.name, False),
        ("creator", work.organ.iri, True),
        ("publisher", PUBLISHER, False),
        ("issued", work.date or work.year, False),
        ("type", work.kind, False),
        ("identifier", work.symbol, False),
        ("isPartOf", work.report.iri, True),
        ("source", work.elsewhere, True),
        ("language", "en", False),
    )
    for name, value, is_address in values:
        if value and name in terms:
            is_day = name == "issued" and len(value) == len("2022-05-20")
            literal = ox.Literal(value, datatype=ox.NamedNode(XSD.date)) if is_day else ox.Literal(value)
            if name == "issued" and namespace == _ELI and not is_day:
                continue  # a day is wanted there
            term = ox.NamedNode(value) if is_address else literal
            yield ox.Quad(thing, ox.NamedNode(namespace + terms[name]), term)
