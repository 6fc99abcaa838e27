"""The feed of changes for harvesters at /changes: an ActivityStreams 2.0 collection, a page for each release.

As in IIIF Change Discovery, an activity says that a unit was created, updated or deleted, and its object points to the
unit's dump as it is now: a harvester walks from the last page back to the moment of its last visit and takes each unit
that it meets for the first time. All pages but the last never change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template
from rdflib import DCTERMS, RDF, XSD, Graph, Literal, URIRef

from server.dataset.kept import history
from server.dataset.publications import KINDS, change_iri, changes_triples, summary
from server.documents import AS, Document, answer
from server.errors import not_found
from server.negotiation import JSON_LD, Form, by_suffix
from server.publishing.history import Change, Entry
from server.publishing.parts import FORMS
from server.requests import release

blueprint = Blueprint("changes", __name__)

CONTEXT = [
    "https://www.w3.org/ns/activitystreams",
    {
        "dcat": "http://www.w3.org/ns/dcat#",
        "prov": "http://www.w3.org/ns/prov#",
        "void": "http://rdfs.org/ns/void#",
        "added": {"@id": "prov:generated", "@type": "@id"},
        "removed": {"@id": "prov:invalidated", "@type": "@id"},
        "statements": {"@id": "void:triples", "@type": "http://www.w3.org/2001/XMLSchema#integer"},
    },
]
ACTIVITIES = Form("jsonld", JSON_LD.media_type, "JSON-LD", ("application/activity+json", *JSON_LD.aliases))
_MEDIA = {"nq": "application/n-quads", "trig": "application/trig"}
_LONG, _SHORT = "public, max-age=31536000, immutable", "public, max-age=60, must-revalidate"


@blueprint.get("/changes")
@blueprint.get("/changes.<suffix>")
def collection(suffix: str = "") -> Response:
    """The collection: how many changes there were, where its first and last pages are."""
    number = len(history())
    last = history().entry(number)
    total = last.before + len(last.changes) if last else 0
    base = release().base
    document = Document(
        "changes",
        lambda: _collection_graph(number, total, base),
        lambda: render_template("changes.html", number=number, total=total, entries=history().newest(20)),
        ((ACTIVITIES, lambda: _json(_collection(number, total, base))),),
    )
    return answer(document, suffix)


@blueprint.get("/changes/<name>")
def page(name: str) -> Response:
    """A page of the collection: the changes of one release, in the order of the units."""
    found = by_suffix(name)
    name, suffix = (found[0], found[1].name) if found else (name, "")
    entry = history().entry(int(name)) if name.isascii() and name.isdigit() and len(name) < 10 else None
    if entry is None or name != str(entry.number):
        raise not_found(f"The last page of the feed of changes is {len(history())}.")
    is_last, base = entry.number == len(history()), release().base
    document = Document(
        f"changes/{entry.number}",
        lambda: _page_graph(entry, is_last, base),
        lambda: render_template("changes_page.html", entry=entry, is_last=is_last, summary=summary),
        ((ACTIVITIES, lambda: _json(_page(entry, is_last, base))),),
    )
    response = answer(document, suffix)
    response.headers["Cache-Control"] = _SHORT if is_last else _LONG
    form = response.headers["Content-Location"].rpartition(".")[2]
    response.set_etag(f"{entry.release}-{entry.number}-{'last' if is_last else 'full'}-{form}", weak=True)
    return response


def _json(document: dict[str, Any]) -> str:
    return json.dumps({"@context": CONTEXT, **document}, ensure_ascii=False, indent=1) + "\n"


def _collection(number: int, total: int, base: str) -> dict[str, Any]:
    pages = {
        "first": {"id": f"{base}changes/1", "type": "OrderedCollectionPage"},
        "last": {"id": f"{base}changes/{number}", "type": "OrderedCollectionPage"},
    }
    return {
        "id": f"{base}changes",
        "type": "OrderedCollection",
        "totalItems": total,
        **(pages if number else {}),
    }


def _page(entry: Entry, is_last: bool, base: str) -> dict[str, Any]:
    around = {"prev": entry.number - 1, "next": 0 if is_last else entry.number + 1}
    return {
        "id": f"{base}changes/{entry.number}",
        "type": "OrderedCollectionPage",
        "partOf": {"id": f"{base}changes", "type": "OrderedCollection"},
        "startIndex": entry.before,
        **{
            name: {"id": f"{base}changes/{number}", "type": "OrderedCollectionPage"}
            for name, number in around.items()
            if number
        },
        "orderedItems": [_activity(entry, change, base) for change in entry.changes],
    }


def _activity(entry: Entry, change: Change, base: str) -> dict[str, Any]:
    iri = str(change_iri(entry, change, base))
    counts = {"added": change.added, "removed": change.removed}
    return {
        "id": iri,
        "type": [KINDS[change.kind].removeprefix(str(AS)), "prov:Activity"],
        "summary": summary(change),
        "endTime": entry.moment.isoformat(),
        "object": {"id": f"{base}dataset/{change.unit}", "type": "dcat:Dataset", "url": list(_links(change, base))},
        **{
            name: {"id": f"{iri}/{name}", "type": "void:Dataset", "statements": number}
            for name, number in counts.items()
            if number
        },
    }


def _links(change: Change, base: str) -> Iterator[dict[str, str]]:
    """Where the unit is to be had: its dumps, compressed."""
    for form in FORMS if change.kind != "removed" else ():
        href = f"{base}dumps/{change.unit}.{form}.gz"
        yield {
            "type": "Link",
            "id": f"{href}#link",
            "href": href,
            "mediaType": "application/gzip",
            "name": _MEDIA[form],
        }


def _collection_graph(number: int, total: int, base: str) -> Graph:
    graph = Graph()
    node = URIRef(f"{base}changes")
    graph.add((node, RDF.type, AS.OrderedCollection))
    graph.add((node, AS.totalItems, Literal(total, datatype=XSD.nonNegativeInteger)))
    for property_, page_number in ((AS.first, 1), (AS.last, number)):
        if number:
            graph.add((node, property_, URIRef(f"{base}changes/{page_number}")))
            graph.add((URIRef(f"{base}changes/{page_number}"), RDF.type, AS.OrderedCollectionPage))
    return graph


def _page_graph(entry: Entry, is_last: bool, base: str) -> Graph:
    graph = Graph()
    node = URIRef(f"{base}changes/{entry.number}")
    graph.add((node, RDF.type, AS.OrderedCollectionPage))
    graph.add((node, AS.partOf, URIRef(f"{base}changes")))
    graph.add((node, AS.startIndex, Literal(entry.before, datatype=XSD.nonNegativeInteger)))
    graph.add((node, DCTERMS.issued, Literal(entry.moment)))
    for property_, number in ((AS.prev, entry.number - 1), (AS.next, 0 if is_last else entry.number + 1)):
        if number:
            graph.add((node, property_, URIRef(f"{base}changes/{number}")))
    for triple in changes_triples(entry, base):
        graph.add(triple)
    items = [change_iri(entry, change, base) for change in entry.changes]
    names = [URIRef(f"{node}#item-{place}") for place in range(len(items))]
    graph.add((node, AS.items, names[0] if names else RDF.nil))
    for place, (name, item) in enumerate(zip(names, items, strict=True)):
        graph.add((name, RDF.first, item))
        graph.add((name, RDF.rest, names[place + 1] if place + 1 < len(names) else RDF.nil))
    for change in entry.changes:
        for link in _links(change, base):
            where = URIRef(link["id"])
            graph.add((URIRef(f"{base}dataset/{change.unit}"), AS.url, where))
            graph.add((where, RDF.type, AS.Link))
            graph.add((where, AS.href, Literal(link["href"], datatype=XSD.anyURI)))
            graph.add((where, AS.mediaType, Literal(link["mediaType"])))
            graph.add((where, AS.name, Literal(link["name"])))
    return graph
