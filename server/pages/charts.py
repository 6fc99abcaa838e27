"""A chart of an answer: numbers added up by a column, as bars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from server.pages.answers import Cell, cell, in_words
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
    """Bars, what they count by what in words, and how many more there would be."""

    number: str
    by: str
    bars: tuple[Bar, ...]
    left_out: int


def chart(of: ChartOf, rows: Sequence[Row]) -> Chart | None:
    """The chart of an answer: time and numbers in their order, others the largest first; None where all are equal."""
    sums: dict[Term, int] = defaultdict(int)
    for row in rows:
        if (term := row.get(of.by)) is not None:
            sums[term] += _number(row.get(of.number)) if of.number != "rows" else 1
    if len(set(sums.values())) < 2:
        return None
    labels = labels_of(release().store, sums)
    bars = [(cell(term, labels), number) for term, number in sums.items()]
    ordered = all(isinstance(term, ox.Literal) and term.datatype.value.endswith(_ORDERED) for term in sums)
    bars.sort(key=lambda bar: (0 if ordered else -bar[1], natural(bar[0].words)))
    longest = max(number for _, number in bars)
    drawn = bars[: BARS_IN_ORDER if ordered else BARS]
    shown = tuple(Bar(words, number, round(100 * number / longest, 1)) for words, number in drawn)
    return Chart(in_words(of.number), in_words(of.by), shown, len(bars) - len(shown))


def _number(term: Term | None) -> int:
    return int(term.value) if isinstance(term, ox.Literal) and term.value.isdigit() else 0
