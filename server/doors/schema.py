"""Which properties the things of each class have, and what their values are: counted for a nested VoID description.

A thing counts for all its classes, those that follow included, so that a query of a general class is told right. The
values of a property are told by as few classes as hold them all: first the one that most of them are of, of several
that are equally good the narrowest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

# Classes of the languages that data are described in, not of what this data is about.
_LANGUAGES = (
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


def schema_of(texts: Iterable[str]) -> tuple[ClassUse, ...]:
    """The classes of some N-Quads taken together as one graph, in the order of their IRIs."""
    triples = {quad.triple for text in texts for quad in ox.parse(text.encode(), ox.RdfFormat.N_QUADS)}
    classes = _classes(triples)
    entities = Counter(kind for kinds in classes.values() for kind in kinds)
    uses = _uses(triples, classes)
    return tuple(
        ClassUse(
            kind,
            entities[kind],
            tuple(
                Use(name, sum(values.values()), tuple(_targets(values, entities)))
                for name, values in sorted(uses[kind].items())
            ),
        )
        for kind in sorted(uses)
    )


def _classes(triples: Iterable[ox.Triple]) -> Mapping[object, frozenset[str]]:
    """The classes of each thing; equal sets are one object, so that many things take little room."""
    found: dict[object, set[str]] = defaultdict(set)
    for triple in triples:
        kind = triple.object
        if triple.predicate == _TYPE and isinstance(kind, ox.NamedNode) and not kind.value.startswith(_LANGUAGES):
            found[triple.subject].add(kind.value)
    known: dict[frozenset[str], frozenset[str]] = {}
    return {thing: known.setdefault(kinds := frozenset(named), kinds) for thing, named in found.items()}


def _uses(
    triples: Iterable[ox.Triple], classes: Mapping[object, frozenset[str]]
) -> Mapping[str, Mapping[str, Counter[frozenset[str] | str]]]:
    """For each class and property how many values are of which classes together, or of which datatype."""
    together: Counter[tuple[frozenset[str], str, frozenset[str] | str]] = Counter()
    nothing: frozenset[str] = frozenset()
    for triple in triples:
        if triple.predicate != _TYPE and (kinds := classes.get(triple.subject)):
            value = triple.object
            told = value.datatype.value if isinstance(value, ox.Literal) else classes.get(value, nothing)
            together[kinds, triple.predicate.value, told] += 1
    found: dict[str, dict[str, Counter[frozenset[str] | str]]] = defaultdict(lambda: defaultdict(Counter))
    for (kinds, name, told), number in together.items():
        for kind in kinds:
            found[kind][name][told] += number
    return found


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
