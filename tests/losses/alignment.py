"""A text that was set anew and converted, beside the text that it was made of: no edits are known, only the words.

The letters of both are compared: a run of letters that stands once in each ties a place of one to a place of the other,
also where a converter moved it, as it does with footnotes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from mappings.source import Span

_RUN = (
    16  # letters: so tied, 6 of 786 facts of a real report are misplaced among furniture; longer runs misplace as many
)


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text with the offset of each."""

    signs: str
    offsets: tuple[int, ...]

    def runs(self) -> dict[str, int]:
        """The runs that stand once, with their places."""
        all_runs = [self.signs[at : at + _RUN] for at in range(len(self.signs) - _RUN + 1)]
        counted = Counter(all_runs)
        return {run: at for at, run in enumerate(all_runs) if counted[run] == 1}


@dataclass(frozen=True, slots=True)
class Aligned:
    """A converted text with the places that tie it to the undamaged one; the same questions as `Damaged` answers."""

    text: str
    undamaged: Letters
    converted: Letters
    ties: tuple[tuple[int, int], ...]  # letters of the converted text and of the undamaged one
    removed: Counter[str]

    def before(self, span: Span) -> Span:
        """Where in the undamaged text a stretch of this text stands."""
        return _moved(span, self.converted, self.undamaged, self.ties)

    def after(self, span: Span) -> Span:
        """Where in this text a stretch of the undamaged text stands."""
        back = tuple(sorted((there, here) for here, there in self.ties))
        return _moved(span, self.undamaged, self.converted, back)


def aligned(undamaged: str, converted: str) -> Aligned:
    """The converted text, tied to the undamaged one."""
    here, there = _letters(converted), _letters(undamaged)
    runs = there.runs()
    ties = tuple((at, runs[run]) for run, at in here.runs().items() if run in runs)
    return Aligned(converted, there, here, tuple(sorted(ties)), Counter())


def _letters(text: str) -> Letters:
    places = tuple(at for at, sign in enumerate(text) if sign.isalpha() or sign.isdecimal())
    return Letters("".join(text[at] for at in places).lower()[: len(places)], places)


def _moved(span: Span, here: Letters, there: Letters, ties: tuple[tuple[int, int], ...]) -> Span:
    """A stretch by its letters, each end by the tie next to it; nothing where the texts share none."""
    if not ties:
        return Span(0, 0)
    start = bisect_right(here.offsets, span.start - 1)
    last = max(start, bisect_right(here.offsets, span.end - 1) - 1)
    first_there = _letter(start, there, ties)
    last_there = max(first_there, min(first_there + 2 * (last - start) + _RUN, _letter(last, there, ties)))
    return Span(there.offsets[first_there], there.offsets[last_there] + 1)


def _letter(at: int, there: Letters, ties: tuple[tuple[int, int], ...]) -> int:
    index = bisect_right(ties, (at, len(there.signs)))
    # A tie covers the run that begins there; the tie before covers this letter, or else the next one is nearer.
    before = ties[index - 1] if index else ties[0]
    after = ties[index] if index < len(ties) else before
    tie = before if at - before[0] < _RUN or at - before[0] <= after[0] - at else after
    return max(0, min(len(there.signs) - 1, tie[1] + at - tie[0]))
