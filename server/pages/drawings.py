"""Rows of an answer as drawings: bars under headings, a matrix of pairs, a fan of links; bounded, in their order.

Widths are shares of the drawing's own width in per cent, heights are pixels: a drawing fits a phone, a screen and a
sheet of paper, and its letters stay as large as those around it. What a drawing leaves out is counted in `more`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pyoxigraph as ox

from server.pages.answers import Cell, cell, in_words
from server.pages.dates import day_in_words
from server.store import Row
from server.things import text

BARS, SPONSORS, LINKS = 30, 12, 80
NAMES = 44  # per cent of the width that the names beside bars and fields take
WIDEST = 48  # per cent of the longest bar; its number stands behind it
# Letters of a name on a phone, and where there is room: beside a bar, on a line of its own, at the end of a link.
BESIDE, ALONE, LINKED = (21, 29), (40, 66), (40, 90)
_BAR, _BETWEEN, _HEADING, _ALONE = 13, 9, 34, 17  # pixels


@dataclass(frozen=True, slots=True)
class Label:
    """Words for a drawing: what a phone shows, what a wider page adds, and whether the phone's end with an ellipsis."""

    short: str
    rest: str
    href: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A bar: which series it belongs to, its number, its top in pixels, its length in per cent."""

    series: int
    value: int
    top: int
    length: float


@dataclass(frozen=True, slots=True)
class Line:
    """A heading, or a label with its bars under it; `top` is where the words stand."""

    label: Label
    top: int
    heading: bool
    strokes: tuple[Stroke, ...] = ()


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars one under the other; `series` names their colours, none where there is one only."""

    series: tuple[str, ...]
    lines: tuple[Line, ...]
    height: int
    more: int
    kind: str = "bars"

    @property
    def linked(self) -> bool:
        """Whether any name leads somewhere."""
        return any(line.label.href for line in self.lines if not line.heading)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a matrix: its place in per cent and pixels, its number, how dark it is between 0 and 1."""

    left: float
    top: int
    value: int
    shade: float


@dataclass(frozen=True, slots=True)
class Pairs:
    """A triangle: who is joined with whom, and how often; `width` is that of a field in per cent."""

    names: tuple[Line, ...]
    heads: tuple[tuple[float, int], ...]
    fields: tuple[Field, ...]
    width: float
    height: int
    more: int
    kind: str = "pairs"


@dataclass(frozen=True, slots=True)
class Fan:
    """What is joined with the thing in the middle: a heading for each verb, and the things under it."""

    lines: tuple[Line, ...]
    height: int
    more: int
    kind: str = "network"


Drawing = Bars | Pairs | Fan


def label(shown: Cell, room: tuple[int, int]) -> Label:
    """A cell's words cut to the letters that fit, on a phone at the end of a word where there is one near."""
    words, (short, long) = day_in_words(shown.words), room
    if len(words) <= short:
        return Label(words, "", shown.href)
    cut = words[:short].rpartition(" ")[0] if " " in words[short // 2 : short] else words[:short]
    rest = words[len(cut) : long]
    return Label(cut, rest if len(words) <= long else f"{rest.rstrip()}…", shown.href)


def bars(columns: Sequence[str], rows: Sequence[Row], labels: Mapping[str, str]) -> Bars | None:
    """Bars for the numbers of each row, under a heading where two columns come before them.

    The columns of numbers are the last ones: those that hold integers in the first row. A name that does not fit beside
    its bars where there is room stands above them, without the words of the heading. The first bar of a row is level
    with its name. None where all are 0 or there is one row only.
    """
    numbers = tuple(name for name in columns if _counts(rows[0], name))
    *headings, named = (name for name in columns if name not in numbers)
    most = max((int(text(row, name)) for row in rows for name in numbers), default=0)
    if not most or len(rows) < 2:
        return None
    lines: list[Line] = []
    top = 30 if len(numbers) > 1 else 0
    for heading, group in groupby(rows[:BARS], key=lambda row: row.get(headings[0]) if headings else None):
        if heading is not None:
            top += _HEADING
            lines.append(Line(label(cell(heading, labels), ALONE), top - 8, heading=True))
        above = cell(heading, labels).words
        for row in group:
            shown = _under(above, cell(row.get(named), labels))
            alone = len(shown.words) > BESIDE[1]
            name = Line(label(shown, ALONE if alone else BESIDE), top + 11, heading=False)
            top += _ALONE if alone else 0
            drawn = [(series, value) for series, value in enumerate(int(text(row, name)) for name in numbers) if value]
            drawn = drawn or [(0, 0)] * (len(numbers) == 1)
            strokes = tuple(
                Stroke(series, value, top + place * _BAR, round(WIDEST * value / most, 2))
                for place, (series, value) in enumerate(drawn)
            )
            lines.append(replace(name, strokes=strokes))
            top += (max(len(strokes), not alone) * _BAR) + _BETWEEN
    series = tuple(in_words(name) for name in numbers) if len(numbers) > 1 else ()
    return Bars(series, tuple(lines), top, max(0, len(rows) - BARS))


def _under(heading: str, name: Cell) -> Cell:
    """A name without the words of the heading above it: "Meeting on 2022-05-17" is "Meeting" under that date."""
    said = re.sub(rf" (?:on|of)(?: the)? {re.escape(heading)}(?=$|[ ,])", "", name.words) if heading else name.words
    return replace(name, words=said)


def pairs(columns: Sequence[str], rows: Sequence[Row], labels: Mapping[str, str]) -> Pairs | None:
    """The triangle of those who are joined most often; None where there is one pair only."""
    one, other, number = columns
    joined = {frozenset((row[one], row[other])): int(text(row, number)) for row in rows}
    if len(joined) < 2:
        return None
    sums: dict[object, int] = {}
    for names, value in joined.items():
        for name in names:
            sums[name] = sums.get(name, 0) + value
    ranked = sorted(sums, key=lambda name: (-sums[name], cell(name, labels).words))
    chosen = ranked[:SPONSORS]
    width = round((100 - NAMES) / max(1, len(chosen) - 1), 2)
    height, most = 26, max(joined.values())

    def field(row: int, column: int) -> Field | None:
        value = joined.get(frozenset((chosen[row], chosen[column])), 0)  # type: ignore[arg-type]
        left = round(NAMES + column * width, 2)
        return Field(left, (row + 1) * height, value, round(0.08 + 0.37 * value / most, 2)) if value else None

    places = [(row, column) for row in range(len(chosen)) for column in range(row)]
    named = tuple(
        Line(label(Cell(f"{place + 1} {cell(name, labels).words}"), BESIDE), (place + 1) * height + 17, heading=False)
        for place, name in enumerate(chosen)
    )
    heads = tuple((round(NAMES + (place + 0.5) * width, 2), place + 1) for place in range(len(chosen) - 1))
    fields = tuple(found for row, column in places if (found := field(row, column)))
    return Pairs(named, heads, fields, width, (len(chosen) + 1) * height, len(ranked) - len(chosen))


def network(columns: Sequence[str], rows: Sequence[Row], labels: Mapping[str, str]) -> Fan | None:
    """A line for each thing that is joined, under a heading for how it is."""
    way, verb, thing, _ = columns
    lines: list[Line] = []
    top = 0
    for (direction, relation), group in groupby(rows[:LINKS], key=lambda row: (text(row, way), row.get(verb))):
        top += _HEADING
        words = f"{direction}: {cell(relation, labels).words}"
        lines.append(Line(label(Cell(words), ALONE), top - 8, heading=True))
        for row in group:
            top += 24
            lines.append(Line(label(cell(row.get(thing), labels), LINKED), top - 7, heading=False))
    return Fan(tuple(lines), top + 8, max(0, len(rows) - LINKS)) if lines else None


def _counts(row: Row, name: str) -> bool:
    term = row.get(name)
    return isinstance(term, ox.Literal) and term.datatype.value.endswith("#integer")
