"""What a release holds, counted when it is built: the numbers of VoID.

Everything is counted in the default graph, which holds each statement once, so that a client who counts at the
endpoint finds the same numbers. A release is counted from what its predecessor counted: of each statement that comes or
goes, the store is asked whether another has the same subject, the same value, or the same of both for its property.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF

FILE = "statistics.json"
_DEFAULT, _TYPE = ox.DefaultGraph(), ox.NamedNode(str(RDF.type))
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many things are of a class; `example` is the first of them by its IRI, "" if none has one."""

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


def read_statistics(folder: Path) -> Statistics | None:
    """The counts of the release in a folder, None where it was built without."""
    path = folder / FILE
    if not path.is_file():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    classes = tuple(ClassCount(**count) for count in record.pop("by_class"))
    properties = tuple(PropertyCount(**count) for count in record.pop("by_property"))
    return Statistics(**record, by_class=classes, by_property=properties)


def write_statistics(folder: Path, counted: Statistics) -> None:
    """Keep the numbers of the release in a folder."""
    (folder / FILE).write_text(json.dumps(asdict(counted), indent=1) + "\n", encoding="utf-8")


class Tally:
    """The counts of the default graph of a store, kept while statements come and go."""

    def __init__(self, store: ox.Store, base: str, before: Statistics | None = None) -> None:
        self._store, self._base = store, base
        self._totals = [before.triples, before.subjects, before.objects, before.entities] if before else [0, 0, 0, 0]
        self._classes = {one.term: (one.entities, one.example) for one in before.by_class} if before else {}
        self._properties = (
            {one.term: [one.triples, one.subjects, one.objects] for one in before.by_property} if before else {}
        )

    def coming(self, statements: Collection[ox.Triple]) -> None:
        """Count statements that the default graph does not hold yet; call it before they are added."""
        self._count(statements, 1)
        for term, members in _members(statements).items():
            number, example = self._classes.get(term, (0, ""))
            self._classes[term] = number + len(members), min(filter(None, (example, *_named(members))), default="")

    def went(self, statements: Collection[ox.Triple]) -> None:
        """Take statements back; call it when the default graph does not hold them any more."""
        self._count(statements, -1)
        for term, members in _members(statements).items():
            number, example = self._classes.pop(term)
            if number > len(members):
                names: Iterable[str] = self._names(term) if example in _named(members) else (example,)
                self._classes[term] = number - len(members), min(names, default="")

    def counted(self) -> Statistics:
        """The counts as they are now."""
        triples, subjects, objects, entities = self._totals
        by_class = tuple(ClassCount(term, *self._classes[term]) for term in sorted(self._classes))
        by_property = tuple(PropertyCount(term, *self._properties[term]) for term in sorted(self._properties))
        return Statistics(triples, subjects, objects, len(by_property), len(by_class), entities, by_class, by_property)

    def _count(self, statements: Collection[ox.Triple], sign: int) -> None:
        """Count those statements, subjects and values that the default graph is without."""
        by_property = Counter(one.predicate.value for one in statements)
        subjects = {one.subject for one in statements if not self._holds(one.subject, None, None)}
        values = {one.object for one in statements if not self._holds(None, None, one.object)}
        having = {(one.subject, one.predicate) for one in statements}
        had = {(one.predicate, one.object) for one in statements}
        before = Counter(name.value for it, name in having if it in subjects or not self._holds(it, name, None))
        after = Counter(name.value for name, it in had if it in values or not self._holds(None, name, it))
        own = sum(isinstance(one, ox.NamedNode) and one.value.startswith(self._base) for one in subjects)
        changes = (len(statements), len(subjects), len(values), own)
        self._totals = [total + sign * change for total, change in zip(self._totals, changes, strict=True)]
        for term, number in by_property.items():
            counts = self._properties.pop(term, [0, 0, 0])
            changed = (number, before[term], after[term])
            counts = [count + sign * change for count, change in zip(counts, changed, strict=True)]
            if counts[0]:
                self._properties[term] = counts

    def _holds(self, subject: _Term | None, predicate: ox.NamedNode | None, value: _Term | None) -> bool:
        """Whether the default graph has a statement of these terms.

        The engine gives those that have them first, and others after them where it finds a number whose last byte is
        255 (pyoxigraph 0.5.13: 5119 finds 5129 as well).
        """
        if not self._totals[0]:
            return False
        found = self._store.quads_for_pattern(subject, predicate, value, _DEFAULT)  # type: ignore[arg-type]
        first = next(iter(found), None)
        return first is not None and value in (None, first.object)

    def _names(self, term: str) -> Iterator[str]:
        """The members of a class that have a name: all are looked at, for the first of them has gone."""
        for quad in self._store.quads_for_pattern(None, _TYPE, ox.NamedNode(term), _DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value


def _members(statements: Iterable[ox.Triple]) -> dict[str, set[_Term]]:
    """The members of each class that the statements tell of."""
    found: dict[str, set[_Term]] = {}
    for one in statements:
        if one.predicate == _TYPE and isinstance(one.object, ox.NamedNode):
            found.setdefault(one.object.value, set()).add(one.subject)
    return found


def _named(members: Iterable[_Term]) -> list[str]:
    return [member.value for member in members if isinstance(member, ox.NamedNode)]
