"""The rows of a damaged report beside those of the report as it was."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mappings.extract import extract
from mappings.facts import Facts
from mappings.outline import outline
from mappings.source import Source, SourceError, Span, from_text, read
from tests.losses.alignment import Aligned, aligned
from tests.losses.damage import Damaged, Loss, Original, damaged
from tests.losses.renderings import Rendering
from tests.losses.rows import TABLES, Cells, Table, hangs_on_note, letters, words


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the place, in the undamaged text, of the words that it was read from.

    `quote` are the letters of these words where the place is known by the words alone: a short note that stands twice
    has no place of its own. `out` if the loss takes the row.
    """

    cells: Cells
    span: Span
    out: bool = False
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """A row that was not read again, with a few words of where it stands; `told` if a gap or the residue covers these words."""

    cells: Cells
    near: str
    told: bool


@dataclass(frozen=True, slots=True)
class Score:
    """A table after a loss: rows read again, missed and false ones, and how many the loss itself took."""

    table: str
    asked: bool
    again: int
    missed: tuple[Missed, ...]
    false: tuple[Missed, ...]
    out: int

    @property
    def precision(self) -> float:
        return self.again / (self.again + len(self.false)) if self.again or self.false else 1.0

    @property
    def recall(self) -> float:
        return self.again / (self.again + len(self.missed)) if self.again or self.missed else 1.0


@dataclass(frozen=True, slots=True)
class Measured:
    """A report after a loss: a score for each table; `refused` is the error of a report that could not be read."""

    report: str
    loss: str
    removed: tuple[tuple[str, int], ...]
    refused: str
    scores: tuple[Score, ...]

    @property
    def f1(self) -> float:
        """The F1 of the rows of all tables that a target holds for, counted together."""
        asked = [score for score in self.scores if score.asked]
        again = sum(score.again for score in asked)
        wrong = sum(len(score.missed) + len(score.false) for score in asked)
        return 2 * again / (2 * again + wrong) if again or wrong else 1.0


def read_original(name: str, text: str) -> Original:
    """An undamaged report with its facts."""
    source = from_text(text, name)
    return Original(name, text, extract(source, outline(source)))


def measure(original: Original, loss: Loss) -> Measured:
    """How much of a report is read again after a loss."""
    after = damaged(original, loss.ways)
    facts, refused = _facts(from_text(after.text, original.name))
    scores = tuple(_score(table, original, after, facts, notes=loss.notes) for table in TABLES)
    return Measured(original.name, loss.name, tuple(sorted(after.removed.items())), refused, scores)


def measure_rendering(original: Original, rendering: Rendering) -> Measured:
    """How much of a report is read again that was set anew in another format."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{original.name}{rendering.suffix}"
        path.write_bytes(rendering.render(original.text))
        try:
            source = read(path)
        except SourceError as error:
            facts, refused, after = None, str(error).removeprefix(f"{path}: "), aligned(original.text, "")
        else:
            facts, refused = _facts(source)
            after = aligned(original.text, source.text)
    scores = tuple(_score(table, original, after, facts, notes=False) for table in TABLES)
    return Measured(original.name, rendering.name, (), refused, scores)


def _facts(source: Source) -> tuple[Facts | None, str]:
    try:
        return extract(source, outline(source)), ""
    except SourceError as error:
        return None, str(error)


def _score(table: Table, original: Original, after: Damaged | Aligned, facts: Facts | None, *, notes: bool) -> Score:
    def quote(text: str, span: Span) -> str:
        return letters(text[span.start : span.end]) if isinstance(after, Aligned) else ""

    expected = [
        Row(cells, span, notes and hangs_on_note(fact), quote(original.text, span))
        for cells, fact in table.rows(original.facts)
        for span in (fact.evidence.span,)
    ]
    read = [
        Row(cells, after.before(span), quote=quote(after.text, span))
        for cells, fact in (table.rows(facts) if facts else ())
        for span in (fact.evidence.span,)
    ]
    wanted = [row for row in expected if not row.out]
    pairs = matched(wanted, read)
    missed = [row for index, row in enumerate(wanted) if index not in pairs]
    rest = [row for index, row in enumerate(read) if index not in pairs.values()]
    taken = [row for row in expected if row.out]
    false = [row for row in rest if not any(_meet(row.span, one.span) for one in taken)]
    gaps = [gap.span for gap in (*facts.gaps, *facts.residue)] if facts else [Span(0, len(after.text))]

    def described(row: Row) -> Missed:
        told = any(_meet(after.after(row.span), gap) for gap in gaps)
        near = words(original.text[max(0, row.span.start - 30) : min(row.span.end, row.span.start + 50)])
        return Missed(row.cells, near, told)

    return Score(
        table.name, table.asked, len(pairs), tuple(map(described, missed)), tuple(map(described, false)), len(taken)
    )


def matched(wanted: Sequence[Row], read: Sequence[Row]) -> dict[int, int]:
    """The rows that are the same, by their places in both lists: equal cells, read from the same words.

    Rows read from exactly the same place are paired first, then those whose places overlap: a sentence may be quoted
    from another word on. Last come those without a place of their own, by the words.
    """
    places: dict[Cells, list[int]] = defaultdict(list)
    for index, row in enumerate(read):
        places[row.cells].append(index)
    pairs: dict[int, int] = {}
    for same in (_same_place, _overlap, _same_words):
        for index, row in enumerate(wanted):
            if index in pairs:
                continue
            found = next((at for at in places[row.cells] if same(row, read[at])), None)
            if found is not None:
                pairs[index] = found
                places[row.cells].remove(found)
    return pairs


def _same_place(one: Row, other: Row) -> bool:
    return one.span == other.span


def _overlap(one: Row, other: Row) -> bool:
    return _meet(one.span, other.span)


def _same_words(one: Row, other: Row) -> bool:
    return bool(one.quote) and one.quote == other.quote


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
