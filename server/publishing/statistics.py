"""What a release holds, counted when it is built: the numbers of VoID.

Everything is counted in the default graph, which holds each statement once, so that a client who counts at the endpoint
finds the same numbers.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

FILE = "statistics.json"
_TOTALS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "subjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "objects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c FILTER(isIRI(?c)) }",
    "entities": 'SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "BASE")) }',
}
_CLASSES = """SELECT ?term (COUNT(DISTINCT ?s) AS ?entities) (MIN(STR(?s)) AS ?example)
{ ?s a ?term FILTER(isIRI(?term)) } GROUP BY ?term ORDER BY ?term"""
_PROPERTIES = """SELECT ?term (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
{ ?s ?term ?o } GROUP BY ?term ORDER BY ?term"""


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many things are of a class; `example` is the first of them by its IRI."""

    term: str
    entities: int
    example: str


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """How many statements have a property, and how many things stand before and after it."""

    term: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The counts of a release. `entities` are the subjects with an IRI of our own."""

    triples: int
    subjects: int
    objects: int
    properties: int
    classes: int
    entities: int
    by_class: tuple[ClassCount, ...]
    by_property: tuple[PropertyCount, ...]

    @property
    def vocabularies(self) -> tuple[str, ...]:
        """The namespaces of the classes and properties that are used."""
        terms = [*(count.term for count in self.by_class), *(count.term for count in self.by_property)]
        return tuple(sorted({term[: max(term.rfind("#"), term.rfind("/")) + 1] for term in terms}))


def write_statistics(folder: Path, base: str) -> None:
    """Count the release in a folder, whose store must be complete and closed, and keep the numbers beside it."""
    counted = statistics(ox.Store.read_only(str(folder / "store")), base)
    (folder / FILE).write_text(json.dumps(asdict(counted), indent=1) + "\n", encoding="utf-8")


def read_statistics(folder: Path) -> Statistics | None:
    """The counts of the release in a folder, None where it was built without."""
    path = folder / FILE
    if not path.is_file():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    classes = tuple(ClassCount(**count) for count in record.pop("by_class"))
    properties = tuple(PropertyCount(**count) for count in record.pop("by_property"))
    return Statistics(**record, by_class=classes, by_property=properties)


def statistics(store: ox.Store, base: str) -> Statistics:
    """The counts of the default graph of a store."""
    totals = {name: int(_rows(store, query.replace("BASE", base))[0][0]) for name, query in _TOTALS.items()}
    return Statistics(
        **totals,
        by_class=tuple(ClassCount(term, int(n), example) for term, n, example in _rows(store, _CLASSES)),
        by_property=tuple(
            PropertyCount(term, int(triples), int(subjects), int(objects))
            for term, triples, subjects, objects in _rows(store, _PROPERTIES)
        ),
    )


def _rows(store: ox.Store, query: str) -> list[list[str]]:
    """The values of the rows of a SELECT in the order of its variables."""
    found = store.query(query)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("not a SELECT")
    return [[_value(row[variable]) for variable in found.variables] for row in found]


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
