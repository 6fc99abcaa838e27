"""Stretches of a text, found by where they lie."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from mappings.source import Span


class Stretches:
    """Stretches of the source: what lies over a place costs no look at all the others."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))  # how far any so far reaches

    def over(self, here: Span) -> list[Span]:
        """Those that share a character with a stretch, in order."""
        first, last = bisect_right(self._reach, here.start), bisect_left(self._starts, here.end)
        return [span for span in self._spans[first:last] if span.end > here.start]
