"""Which properties the things of each class have, and what their values are: counted for a nested VoID description.

A thing counts for all its classes, those that follow included, so that a query of a general class is told right. The
values of a property are told by as few classes as hold them all: first the one that most of them are of, of several
that are equally good the narrowest.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

FILE = "schema.json"
# Classes of the languages that data are described in, not of what this data is about.
LANGUAGES = (
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://rdfs.org/ns/void#",
    "http://www.w3.org/ns/shacl#",
)
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True, slots=True)
class Target:
    """What values are: a class, or a datatype; and how many of the statements lead to such a value."""

    term: str
    is_datatype: bool
    triples: int


@dataclass(frozen=True, slots=True)
class Use:
    """A property of the things of a class: how many statements, and what their values are."""

    property: str
    triples: int
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class ClassUse:
    """A class: how many things are of it, and their properties."""

    term: str
    entities: int
    uses: tuple[Use, ...]


Kinds = frozenset[str]
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
_Row = tuple[Kinds, str, Kinds | str]  # the classes of a thing together, a property, those of a value or its datatype


class Schema:
    """The counts of what the named graphs of a store say, taken together, one graph left out: kept while parts change.

    A statement counts anew when it comes or goes, and when the classes of its thing or of its value change.
    """

    def __init__(self, store: ox.Store, left_out: str, before: Path | None = None) -> None:
        """Of the store of a release that is being written: as it was in the folder of the one before, or empty."""
        self._store, self._unheard = store, (ox.DefaultGraph(), ox.NamedNode(left_out))
        self._entities, self._rows = _read(before / FILE) if before else (Counter[str](), Counter[_Row]())

    @contextmanager
    def changing(self, gone: Collection[ox.Quad], come: Collection[ox.Quad]) -> Iterator[None]:
        """Count what goes from the store and what comes to it in the block."""
        coming = {quad.triple for quad in come if quad.graph_name not in self._unheard}
        new = {one for one in coming if not self._graphs(one)}
        going: dict[ox.Triple, set[_Graph]] = defaultdict(set)
        for quad in gone:
            if quad.graph_name not in self._unheard:
                going[quad.triple].add(quad.graph_name)
        lost = {one for one, graphs in going.items() if one not in coming and self._graphs(one) <= graphs}
        other = {one.subject for one in new | lost if _kind(one)}
        concerned = lost | {one for node in other for one in self._about(node)}
        self._count(concerned, other, -1)
        yield
        self._count((concerned - lost) | new, other, 1)

    def counted(self) -> tuple[ClassUse, ...]:
        """The classes in the order of their IRIs."""
        uses: dict[str, dict[str, Counter[Kinds | str]]] = defaultdict(lambda: defaultdict(Counter))
        for (kinds, name, told), number in self._rows.items():
            for kind in kinds:
                uses[kind][name][told] += number
        return tuple(
            ClassUse(
                kind,
                self._entities[kind],
                tuple(
                    Use(name, sum(values.values()), tuple(_targets(values, self._entities)))
                    for name, values in sorted(uses[kind].items())
                ),
            )
            for kind in sorted(uses)
        )

    def write(self, folder: Path) -> None:
        """Keep the counts in the folder of a release."""
        told = {kinds for one, _, other in self._rows for kinds in (one, other) if isinstance(kinds, frozenset)}
        sets = sorted(map(sorted, told))
        places = {frozenset(kinds): place for place, kinds in enumerate(sets)}
        rows = sorted(
            (
                places[kinds],
                name,
                places[told] if isinstance(told, frozenset) else -1,
                "" if told in places else told,
                n,
            )
            for (kinds, name, told), n in self._rows.items()
        )
        entities = dict(sorted(self._entities.items()))
        (folder / FILE).write_text(
            json.dumps({"entities": entities, "sets": sets, "rows": rows}) + "\n", encoding="utf-8"
        )

    def _graphs(self, one: ox.Triple) -> set[_Graph]:
        """The graphs that count and hold a statement. The engine may give others with it, of a greater number."""
        if ox.Quad(one.subject, one.predicate, one.object) not in self._store:
            return set()
        quads = self._store.quads_for_pattern(one.subject, one.predicate, one.object, None)
        return {quad.graph_name for quad in quads if quad.object == one.object} - {*self._unheard}

    def _about(self, node: _Term) -> Iterator[ox.Triple]:
        """The statements of a thing, and those with it as their value."""
        for subject, value in ((node, None), (None, node)):
            for quad in self._store.quads_for_pattern(subject, None, value, None):  # type: ignore[arg-type]
                if quad.graph_name not in self._unheard:
                    yield quad.triple

    def _count(self, statements: Iterable[ox.Triple], things: Iterable[_Term], sign: int) -> None:
        """Add or take back statements and things, by the classes that the store tells of now."""
        known: dict[_Term, Kinds] = {}
        sets: dict[Kinds, Kinds] = {}  # equal ones are one object, so that many things take little room

        def kinds_of(node: _Term) -> Kinds:
            if (kinds := known.get(node)) is None:
                kinds = frozenset(self._kinds(node))
                kinds = known[node] = sets.setdefault(kinds, kinds)
            return kinds

        for thing in things:
            for kind in kinds_of(thing):
                self._entities[kind] += sign
        for one in statements:
            if one.predicate != _TYPE and (kinds := kinds_of(one.subject)):
                value = one.object
                told = value.datatype.value if isinstance(value, ox.Literal) else kinds_of(value)
                self._rows[kinds, one.predicate.value, told] += sign
        self._entities, self._rows = +self._entities, +self._rows

    def _kinds(self, node: _Term) -> Iterator[str]:
        quads = self._store.quads_for_pattern(node, _TYPE, None, self._unheard[0])  # type: ignore[arg-type]
        return (kind for quad in quads if (kind := _kind(quad.triple)))


def _kind(one: ox.Triple) -> str:
    """The class that a statement tells of, "" where it tells of none."""
    kind = one.object
    told = one.predicate == _TYPE and isinstance(kind, ox.NamedNode) and not kind.value.startswith(LANGUAGES)
    return kind.value if told and isinstance(kind, ox.NamedNode) else ""


def has_schema(folder: Path) -> bool:
    """Whether the release in a folder was written with its counts."""
    return (folder / FILE).is_file()


def _read(place: Path) -> tuple[Counter[str], Counter[_Row]]:
    record = json.loads(place.read_text(encoding="utf-8"))
    sets = [frozenset(kinds) for kinds in record["sets"]]
    rows = {
        (sets[kinds], name, sets[told] if told >= 0 else datatype): n
        for kinds, name, told, datatype, n in record["rows"]
    }
    return Counter(record["entities"]), Counter(rows)


def _targets(values: Mapping[frozenset[str] | str, int], entities: Mapping[str, int]) -> Iterator[Target]:
    left = {kinds: number for kinds, number in values.items() if isinstance(kinds, frozenset) and kinds}
    while left:
        held: Counter[str] = Counter()
        for kinds, number in left.items():
            for kind in kinds:
                held[kind] += number
        best = min(held, key=lambda kind: (-held[kind], entities[kind], kind))
        total = sum(number for kinds, number in values.items() if isinstance(kinds, frozenset) and best in kinds)
        yield Target(best, False, total)
        left = {kinds: number for kinds, number in left.items() if best not in kinds}
    yield from (
        Target(term, True, number)
        for term, number in sorted((term, number) for term, number in values.items() if isinstance(term, str))
    )
