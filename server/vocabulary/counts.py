"""How often classes and properties are used in a release, and an example of each: queries that anyone can run."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import URIRef

from server.store import Row, Store
from server.things import iri, text

_ALL_CLASSES = "SELECT ?term (COUNT(?thing) AS ?count) { ?thing a ?term } GROUP BY ?term"
_ALL_PROPERTIES = "SELECT ?term (COUNT(*) AS ?count) { ?subject ?term ?value } GROUP BY ?term"


def counts(store: Store) -> Mapping[str, int]:
    """The number of members of every class and of statements with every property, by its IRI."""
    rows = (*store.select(_ALL_CLASSES), *store.select(_ALL_PROPERTIES))
    return {iri(row, "term"): int(text(row, "count")) for row in rows}


def count(store: Store, query: str) -> int:
    """The one number that a query counts."""
    rows: list[Row] = store.select(query)
    return int(text(rows[0], "count")) if rows else 0


def counting(base: str, term: URIRef, is_class: bool) -> str:
    """The query that counts the members of a class, or the statements with a property."""
    pattern = f"?thing a {name(base, term)}" if is_class else f"?subject {name(base, term)} ?value"
    return f"{_prefix(base)}SELECT (COUNT(*) AS ?count)\nWHERE {{ {pattern} }}"


def example_query(base: str, term: URIRef, is_class: bool) -> str:
    """The query that shows an example: the first member of a class with what is said of it, or a statement.

    The first by its IRI, so that everyone who runs it sees the same. Of a class without members MIN has no value, so
    that the class is asked for once more.
    """
    if is_class:
        return f"""{_prefix(base)}SELECT ?example ?property ?value
WHERE {{
  {{ SELECT (MIN(?thing) AS ?example) WHERE {{ ?thing a {name(base, term)} }} }}
  ?example a {name(base, term)} ; ?property ?value
}}
ORDER BY ?property ?value"""
    return f"""{_prefix(base)}SELECT ?subject ?value
WHERE {{
  {{ SELECT (MIN(?thing) AS ?subject) WHERE {{ ?thing {name(base, term)} ?any }} }}
  ?subject {name(base, term)} ?value
}}
ORDER BY ?value LIMIT 1"""


def name(base: str, term: URIRef) -> str:
    """A term as queries write it, with our prefix where it is ours."""
    own = f"{base}def/"
    return f"rec:{term.removeprefix(own)}" if term.startswith(own) else term.n3()


def _prefix(base: str) -> str:
    return f"PREFIX rec: <{base}def/>\n"
