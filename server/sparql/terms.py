"""What the query editor completes: prefixes, and the classes and properties of the release's vocabulary."""

from __future__ import annotations

from threading import Lock

from cachetools import LRUCache, cached
from flask import Blueprint, Response, jsonify

from server.current import Release
from server.requests import prefixes, release
from server.store import Store
from server.things import iri

blueprint = Blueprint("terms", __name__)

_TERMS = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT DISTINCT ?term {{ VALUES ?kind {{ {kinds} }} ?term a ?kind FILTER(isIRI(?term)) }} ORDER BY ?term"""
_CLASSES = "owl:Class"
_PROPERTIES = "owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty"
_EVERYWHERE = (  # properties that every query needs and no vocabulary of ours declares
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#broader",
)


@blueprint.get("/sparql/terms")
def terms() -> Response:
    """JSON: an object of prefixes, the IRIs of classes, the IRIs of properties."""
    current = release()
    return jsonify(
        prefixes=dict(prefixes(current.base)),
        classes=_iris(_CLASSES, current.store),
        properties=sorted({*_iris(_PROPERTIES, current.store), *_EVERYWHERE}),
    )


# Of the release that is served, and of the one before while its last requests end.
@cached(LRUCache(2), key=lambda current: (current.id, current.published), lock=Lock())
def vocabulary_terms(current: Release) -> tuple[str, ...]:
    """The IRIs of all classes and properties."""
    return (*_iris(_CLASSES, current.store), *sorted({*_iris(_PROPERTIES, current.store), *_EVERYWHERE}))


def _iris(kinds: str, store: Store) -> list[str]:
    return [iri(row, "term") for row in store.select(_TERMS.format(kinds=kinds))]
