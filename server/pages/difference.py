"""Where two texts differ: their paragraphs side by side, and the words that came, went or stayed in each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from mappings.links.alignment import aligned
from server.pages.paragraphs import LEFT_OUT, Paragraph

ALIKE = 0.35  # of the weight of the words of two paragraphs that stand in the same order; fewer make them two
MOVED = 0.6  # … where they stand in another order
_TOKEN = re.compile(r"\w+(?:[-’']\w+)*|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are the same in both texts, were removed from the earlier or were added in the later."""

    kind: str  # "same", "removed" or "added"
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph of the earlier text and the one of the later that it became; one that came or went stands alone.

    `moved` tells that it stands in another order among the others now.
    """

    earlier: Paragraph | None
    later: Paragraph | None
    pieces: tuple[Piece, ...]
    moved: bool = False

    @property
    def kind(self) -> str:
        """What became of the paragraph, in a word."""
        if self.earlier is None:
            return "added"
        if self.later is None:
            return "removed"
        return "same" if all(piece.kind == "same" for piece in self.pieces) else "changed"


def pairs(earlier: Sequence[Paragraph], later: Sequence[Paragraph]) -> tuple[Pair, ...]:
    """The paragraphs of both texts in the order of the later, those that were removed where they stood.

    Where the words of one text are not held, the paragraphs of both are told by their opening phrases and by what they
    cite, and only the phrases are compared.
    """
    if wordless(earlier) or wordless(later):
        earlier, later = [_opening(one) for one in earlier], [_opening(one) for one in later]
    before, after = [_known(paragraph) for paragraph in earlier], [_known(paragraph) for paragraph in later]
    counts = _spread(before) | _spread(after)
    likeness = [[_likeness(one, other, counts) for other in after] for one in before]
    kept = aligned(likeness, ALIKE)
    moved = _moved(likeness, kept)
    return tuple(_woven(earlier, later, kept, moved))


def wordless(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the words of a text are not held."""
    return bool(paragraphs) and all(paragraph.words == LEFT_OUT for paragraph in paragraphs)


def _opening(paragraph: Paragraph) -> Paragraph:
    """A paragraph as it would be held without its words."""
    return replace(paragraph, words=LEFT_OUT)


def said(paragraph: Paragraph) -> str:
    """The words of a paragraph with its opening phrase; of one whose words are not held the phrase alone."""
    return (paragraph.phrase + paragraph.words).removesuffix(LEFT_OUT)


def pieces(earlier: str, later: str) -> tuple[Piece, ...]:
    """Two wordings as one: the words that stayed, went and came. White space between changes changes with them."""
    one, other = _TOKEN.findall(earlier), _TOKEN.findall(later)
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        before, after = "".join(one[a:b]), "".join(other[c:d])
        if tag == "equal" and (before.strip() or not found):
            found.append((before, after))
        elif found and found[-1][0] != found[-1][1]:
            found[-1] = (found[-1][0] + before, found[-1][1] + after)
        else:
            found.append((before, after))
    return tuple(piece for before, after in found for piece in _told(before, after))


def _told(before: str, after: str) -> Iterator[Piece]:
    if before == after:
        yield Piece("same", before)
        return
    if before:
        yield Piece("removed", before)
    if after:
        yield Piece("added", after)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a paragraph is known by: its place in the text's parts, its words, and without these what it cites."""

    place: tuple[str, bool]
    words: frozenset[str]


def _known(paragraph: Paragraph) -> _Known:
    words = re.findall(r"\w+", said(paragraph).casefold())
    cited = [reference.words for reference in paragraph.references] if paragraph.words == LEFT_OUT else ()
    return _Known((paragraph.part, paragraph.level > 0), frozenset((*words, *cited)))


def _spread(paragraphs: Sequence[_Known]) -> Counter[str]:
    """In how many paragraphs of a text each word stands."""
    return Counter(word for known in paragraphs for word in known.words)


def _likeness(one: _Known, other: _Known, counts: Counter[str]) -> float:
    """Dice's coefficient of the words: 1 for the same, 0 for none in common or for another part of the text.

    A word weighs less the more paragraphs it stands in: what all of a text is about makes no two of them alike.
    """
    if one.place != other.place:
        return 0.0
    if one.words == other.words:
        return 1.0
    common, first, second = (
        sum(1 / counts[word] for word in sorted(words)) for words in (one.words & other.words, one.words, other.words)
    )
    return 2 * common / (first + second)


def _moved(likeness: Sequence[Sequence[float]], kept: dict[int, int]) -> dict[int, int]:
    """Of the paragraphs that are in no pair, those that are alike in another order, the most alike first."""
    taken = set(kept.values())
    candidates = [
        (likeness[row][column], row, column)
        for row in range(len(likeness))
        for column in range(len(likeness[row]))
        if row not in kept and column not in taken and likeness[row][column] >= MOVED
    ]
    found: dict[int, int] = {}
    for _, row, column in sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1:])):
        if row not in found and column not in found.values():
            found[row] = column
    return found


def _woven(
    earlier: Sequence[Paragraph], later: Sequence[Paragraph], kept: dict[int, int], moved: dict[int, int]
) -> Iterator[Pair]:
    came_from = {column: row for row, column in (*kept.items(), *moved.items())}
    row = 0
    for column, paragraph in enumerate(later):
        origin = came_from.get(column)
        while origin is not None and origin in kept and row < origin:
            yield from _removed(earlier, row, kept, moved)
            row += 1
        if origin is None:
            yield Pair(None, paragraph, (Piece("added", said(paragraph)),))
            continue
        row = row + 1 if origin in kept else row
        before = earlier[origin]
        yield Pair(before, paragraph, pieces(said(before), said(paragraph)), moved=origin in moved)
    for left in range(row, len(earlier)):
        yield from _removed(earlier, left, kept, moved)


def _removed(earlier: Sequence[Paragraph], row: int, kept: dict[int, int], moved: dict[int, int]) -> Iterator[Pair]:
    if row not in kept and row not in moved:
        yield Pair(earlier[row], None, (Piece("removed", said(earlier[row])),))
