"""A chart of an answer: numbers added up by a column, as bars, or by two columns, as pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from server.pages.answers import Cell, cell, in_words
from server.pages.drawings import Pairs, pairs
from server.questions import ChartOf
from server.requests import release
from server.store import Row, Term
from server.things import labels_of, natural

BARS = 20
BARS_IN_ORDER = 60  # of days and years, which mean little without each other
_ORDERED = ("integer", "date")  # what has an order of its own is drawn in it


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it stands for, its number, and its length in hundredths of the longest."""

    cell: Cell
    number: int
    length: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under their title, what they count by what in words, and how many more there would be."""

    title: str
    number: str
    by: str
    bars: tuple[Bar, ...]
    left_out: int
    kind: str = "sums"


def chart(of: ChartOf, rows: Sequence[Row]) -> Chart | Pairs | None:
    """The chart of an answer; None where all are equal.

    Time and numbers stand in their order, of others the largest first and none that counts nothing.
    """
    if of.other:
        return pairs((of.by, of.other, of.number), rows, {}) if rows else None
    sums: dict[Term, int] = defaultdict(int)
    for row in rows:
        if (term := row.get(of.by)) is not None:
            sums[term] += _number(row.get(of.number)) if of.number != "rows" else 1
    if len(set(sums.values())) < 2:
        return None
    labels = labels_of(release().store, sums)
    ordered = all(isinstance(term, ox.Literal) and term.datatype.value.endswith(_ORDERED) for term in sums)
    bars = [(cell(term, labels), number) for term, number in sums.items() if number or ordered]
    bars.sort(key=lambda bar: (0 if ordered else -bar[1], natural(bar[0].words)))
    longest = max(number for _, number in bars)
    drawn = bars[: BARS_IN_ORDER if ordered else BARS]
    shown = tuple(Bar(words, number, round(100 * number / longest, 1)) for words, number in drawn)
    number, by = "number" if of.number == "rows" else in_words(of.number), in_words(of.by)
    return Chart(of.title or f"{number} by {by}".capitalize(), number, by, shown, len(bars) - len(shown))


def _number(term: Term | None) -> int:
    return int(term.value) if isinstance(term, ox.Literal) and term.value.isdigit() else 0
