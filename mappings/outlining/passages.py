"""Passages put together: the parts of a paragraph, the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mappings.outlining.inline import Hyphens, always_joined
from mappings.tree import Mark, Passage


def joined(parts: Sequence[Passage], hyphens: Hyphens = always_joined) -> Passage:
    """The parts of one paragraph as one passage, a space between them; a word cut by a hyphen is made whole."""
    row = _Row()
    for part in parts:
        if row.text and part.text:
            before, after = HALF_BEFORE.search(row.text[-1][-40:]), HALF_AFTER.match(part.text)
            if before and after and after[0][0].islower():
                if hyphens(before[1], after[0]):
                    row.drop_last()
            else:
                row.gap(" ")
        row.add(part)
    return row.passage()


def tabbed(cells: Sequence[Passage]) -> Passage:
    """The cells of a row as one passage, a tab between them."""
    row = _Row()
    for index, cell in enumerate(cells):
        if index:
            row.gap("\t")
        row.add(cell)
    return row.passage()


HALF_BEFORE = re.compile(r"([^\W\d_]+)-$")
HALF_AFTER = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class _Row:
    """Passages put one after another."""

    text: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    italics: list[tuple[int, int]] = field(default_factory=list)

    def gap(self, character: str) -> None:
        self.text.append(character)
        self.offsets.append(self.offsets[-1] + 1 if self.offsets else 0)

    def drop_last(self) -> None:
        self.text[-1] = self.text[-1][:-1]
        self.offsets.pop()

    def add(self, part: Passage) -> None:
        shift = len(self.offsets)
        if part.text:
            self.text.append(part.text)
        self.offsets.extend(part.offsets)
        self.marks.extend(Mark(m.label, m.offset + shift, m.span) for m in part.marks)
        self.italics.extend((a + shift, b + shift) for a, b in part.italics)

    def passage(self) -> Passage:
        return Passage("".join(self.text), tuple(self.offsets), tuple(self.marks), tuple(self.italics))
