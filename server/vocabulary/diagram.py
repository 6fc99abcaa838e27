"""The main classes of the ontology and the properties between them as a drawing: classes in columns, lines between.

One class stands first, each further column one property further away: so a line joins only classes of a column or of
neighbouring ones, and none passes through a class that it does not join. The first is the one with which the fewest
lines stay in a column. In a column classes stand near those that they are joined with (the barycentre method of
Sugiyama, Tagawa and Toda, 1981). A name that would stand on another is left to the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rdflib import OWL, RDF, RDFS, URIRef

from server.vocabulary.ontology import Ontology

JOINING = 2  # properties that make a class one of the main ones; others stand under the nearest main class above them
SWEEPS, COLUMNS = 12, 5  # columns that a page has room for
LETTER, LINE = 6.2, 12  # pixels that a letter and a line of the names on lines take
PARTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)  # of a line's way, where its name may stand
WIDTH, HEIGHT, ACROSS, DOWN = 104, 32, 237, 52  # pixels: a box, and the distance between boxes
MANY, MORE = 10, 12  # lines between two columns, and the pixels that each further one adds to their distance

Pair = tuple[URIRef, URIRef]
Point = tuple[int, int]
Span = tuple[int, int, int]  # from the left to the right, at a height
Near = dict[URIRef, dict[URIRef, None]]


@dataclass(frozen=True, slots=True)
class Box:
    """A class by its IRI and label, the upper left corner of its box in pixels."""

    term: URIRef
    label: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two boxes as the path of an SVG, its properties, their name and where there is room for it."""

    path: str
    properties: tuple[URIRef, ...]
    words: str
    at: Point | None


@dataclass(frozen=True, slots=True)
class Join:
    """Two main classes (labels) with the properties between them, as a table says it."""

    one: URIRef
    other: URIRef
    properties: tuple[URIRef, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing with its width and height in pixels, and the same as rows of a table."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    joins: tuple[Join, ...]
    width: int
    height: int


@lru_cache(maxsize=4)
def diagram(ontology: Ontology) -> Diagram:
    """The drawing of an ontology's main classes; empty where no class is joined with another."""
    joined = _joined(ontology)
    columns = _columns(joined)
    tall = max((len(column) for column in columns), default=0)
    lefts = _lefts(columns, joined)
    places = {
        term: (lefts[place], 2 + round((tall - len(column)) * DOWN / 2) + row * DOWN)
        for place, column in enumerate(columns)
        for row, term in enumerate(column)
    }
    joins = tuple(Join(one, other, names) for (one, other), names in joined.items() if one in places)
    boxes = tuple(Box(term, ontology.label(term), x, y) for term, (x, y) in places.items())
    taken: list[Span] = []
    lines = tuple(_line(ontology, join, places, taken) for join in joins if join.one != join.other)
    return Diagram(boxes, lines, joins, max(lefts, default=0) + WIDTH + 2, tall * DOWN)


def _lefts(columns: Sequence[Sequence[URIRef]], joined: Mapping[Pair, object]) -> list[int]:
    """Where each column begins: farther from the one before it where many lines and their names stand between."""
    lefts = [2]
    for before, after in pairwise(columns):
        lines = sum(_between(pair, before, after) for pair in joined)
        lefts.append(lefts[-1] + ACROSS + MORE * max(0, lines - MANY))
    return lefts


def _between(pair: Pair, before: Sequence[URIRef], after: Sequence[URIRef]) -> bool:
    return any(one in before and other in after for one, other in (pair, pair[::-1]))


def _joined(ontology: Ontology) -> dict[Pair, tuple[URIRef, ...]]:
    """The properties between pairs of main classes, one of a property and its inverse."""
    ends = {term: ontology.ends(term) for term in ontology.properties if _is_link(ontology, term)}
    named: dict[URIRef, int] = {}
    for pair in ends.values():
        for end in {end for end in pair if end is not None}:
            named[end] = named.get(end, 0) + 1
    main = {term for term in ontology.classes if named.get(term, 0) >= JOINING}
    found: dict[Pair, tuple[URIRef, ...]] = {}
    for term, (domain, range_) in ends.items():
        one, other = _lifted(ontology, domain, main), _lifted(ontology, range_, main)
        if (
            one is None
            or other is None
            or any(inverse < term for inverse in ontology.inverses(term) if inverse in ends)
        ):
            continue
        pair = (one, other) if (other, one) not in found else (other, one)
        found[pair] = (*found.get(pair, ()), term)
    return found


def _is_link(ontology: Ontology, term: URIRef) -> bool:
    return (term, RDF.type, OWL.ObjectProperty) in ontology.graph


def _lifted(ontology: Ontology, term: URIRef | None, main: set[URIRef]) -> URIRef | None:
    """The class itself if it is a main one, else the nearest main class above it."""
    above = () if term is None else ontology.graph.transitive_objects(term, RDFS.subClassOf)
    return next((node for node in above if isinstance(node, URIRef) and node in main), None)


def _columns(joined: Mapping[Pair, Sequence[URIRef]]) -> list[list[URIRef]]:
    """The classes column by column: each by the number of properties from the first, ordered near their neighbours."""
    near: Near = {}
    for one, other in joined:
        if one != other:
            near.setdefault(one, {})[other] = None
            near.setdefault(other, {})[one] = None
    if not near:
        return []
    columns = min((_distances(near, first) for first in near), key=lambda found: _clutter(near, found))
    for _ in range(SWEEPS):
        for before, column in (*pairwise(columns), *pairwise(columns[::-1])):
            rows = {term: (row + 0.5) / len(before) for row, term in enumerate(before)}
            own = {term: (row + 0.5) / len(column) for row, term in enumerate(column)}
            column.sort(key=lambda term: _middle([rows[other] for other in near[term] if other in rows], own[term]))
    return columns


def _distances(near: Near, first: URIRef) -> list[list[URIRef]]:
    """The classes by the number of lines from the first one."""
    columns, seen = [[first]], {first}
    while found := list(dict.fromkeys(next_ for term in columns[-1] for next_ in near[term] if next_ not in seen)):
        columns.append(found)
        seen.update(found)
    return columns


def _clutter(near: Near, columns: Sequence[Sequence[URIRef]]) -> tuple[int, int, int, URIRef]:
    """What is to be small: classes left out, lines inside columns, the tallest column; last the name, to decide."""
    inside = sum(other in column for column in columns for term in column for other in near[term])
    left_out = len(near) - sum(map(len, columns))
    return left_out, len(columns) > COLUMNS, inside + max(map(len, columns)), columns[0][0]


def _middle(rows: Sequence[float], otherwise: float) -> float:
    return sum(rows) / len(rows) if rows else otherwise


def _line(ontology: Ontology, join: Join, places: Mapping[URIRef, tuple[int, int]], taken: list[Span]) -> Line:
    (x, y), (to_x, to_y) = sorted((places[join.one], places[join.other]))
    y, to_y, from_x = y + HEIGHT // 2, to_y + HEIGHT // 2, x + WIDTH
    if x == to_x:  # of one column: around the side, farther for those that are farther
        to_x, bend = from_x, 30 + abs(to_y - y) // 12
        curve = ((from_x, y), (from_x + bend, y), (from_x + bend, to_y), (from_x, to_y))
    else:
        half = (to_x - from_x) // 2
        curve = ((from_x, y), (from_x + half, y), (to_x - half, to_y), (to_x, to_y))
    first, *others = join.properties
    words = f"{ontology.label(first)} +{len(others)}" if others else ontology.label(first)
    start, one, two, end = (f"{left} {top}" for left, top in curve)
    room = (from_x, max(to_x, from_x + ACROSS - WIDTH))
    return Line(f"M{start} C {one} {two} {end}", join.properties, words, _free(curve, words, room, taken))


def _free(curve: Sequence[Point], words: str, room: tuple[int, int], taken: list[Span]) -> Point | None:
    """A place on a curve for the middle of words that no others take, within the room between the columns."""
    half = round(len(words) * LETTER / 2)
    for part in PARTS:
        weights = _weights(part)
        x, y = (round(sum(w * point[axis] for w, point in zip(weights, curve, strict=True))) for axis in (0, 1))
        middle = min(max(x, room[0] + half), room[1] - half)
        span = (middle - half, middle + half, y)
        if not any(_meet(span, other) for other in taken):
            taken.append(span)
            return middle, y + 4
    return None


def _meet(one: Span, other: Span) -> bool:
    return abs(one[2] - other[2]) < LINE and one[0] < other[1] and other[0] < one[1]


def _weights(part: float) -> tuple[float, float, float, float]:
    """How much each point of a cubic Bézier curve counts at a part of its way."""
    rest = 1 - part
    return rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3
