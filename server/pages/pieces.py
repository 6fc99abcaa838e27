"""The words of a paragraph or footnote, cut where the marks of footnotes stand and where a cited work is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from server.pages.marks import letters_of, offsets, unmarked
from server.pages.references import Kind, Reference, kinds


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark, words, the address of its page and the anchor on this one."""

    mark: str
    words: str
    href: str
    anchor: str
    references: tuple[Reference, ...] = ()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What it cites, by kind."""
        return kinds(self.references)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its words, cut where they name what it cites."""
        return pieces(self.words, 0, (), "", self.references)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, what they cite if anything, and the notes whose marks stand after them."""

    words: str
    cited: Reference | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Where words name what a reference cites."""

    start: int
    end: int
    reference: Reference


def pieces(
    words: str, begin: int, notes: Sequence[Note], printed: str, references: Iterable[Reference]
) -> tuple[Piece, ...]:
    """The words from an offset on; the marks of the notes stand where they do in what the report prints."""
    marked = offsets(words, printed, [note.mark for note in notes]) if notes else []
    after: dict[int, list[Note]] = {}
    for place, note in zip(marked, notes, strict=True):
        after.setdefault(max(place, begin), []).append(note)
    names = [name for name in named(words, references) if name.start >= begin]
    cuts = sorted({begin, len(words), *after, *(edge for name in names for edge in (name.start, name.end))})
    return tuple(_cut(words, cuts, names, after))


def named(words: str, references: Iterable[Reference]) -> Iterator[Named]:
    """Where the words name what the references cite, which stand in their order of reading.

    The letters of each quote are looked for behind those of the one before: words and report differ in spaces and
    emphasis.
    """
    places = [place for place, letter in enumerate(words) if letter.isalnum()]
    letters, done = letters_of(words), 0
    for reference in references:
        quote = letters_of(unmarked(reference.quote))
        found = letters.find(quote, done) if quote else -1
        while found >= 0 and not _whole(words, places[found], places[found + len(quote) - 1]):
            found = letters.find(quote, found + 1)
        if found < 0:
            continue
        done = found + len(quote)
        start, end = places[found], places[done - 1] + 1
        yield Named(start, end + (words[end : end + 1] == ")" and "(" in words[start:end]), reference)


def _whole(words: str, first: int, last: int) -> bool:
    """Whether neither a letter nor a figure stands before the first or after the last place: not "6/18" in "76/181"."""
    return not words[first - 1 : first].isalnum() and not words[last + 1 : last + 2].isalnum()


def _cut(words: str, cuts: Sequence[int], names: Sequence[Named], after: dict[int, list[Note]]) -> Iterator[Piece]:
    for start, end in pairwise((cuts[0], *cuts)):  # the first holds no words: marks may stand before all of them
        cited = next((name.reference for name in names if name.start <= start < name.end), None)
        if start < end or end in after:
            yield Piece(words[start:end], cited if start < end else None, tuple(after.get(end, ())))
