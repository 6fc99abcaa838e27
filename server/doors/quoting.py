"""Whether words stand in what is held, and where the same was said before: by the index of words, then word by word.

Words are compared without capitals, marks and accents. A quote is found where all its words follow each other; else the
paragraphs that share its rarest words are aligned with it (difflib), and the likeness is told with what differs. There
is no model in it: the same words always find the same paragraphs, and anyone can count the words that differ.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise

from mappings.links import sameness
from mappings.links.sameness import folded
from mappings.sentences import sentences

LONGEST = 4000  # characters that are read: the longest paragraph of two reports has 3,100
_RAREST = 24  # words that candidates are looked for by
_CANDIDATES = 60  # paragraphs that are aligned
# Of a paragraph so many times the words of a quote are compared, where most of them stand: words that stand further
# apart are other sentences. Of two paragraphs of which one is more than twice as long, at most two thirds are alike.
_SPREAD = 2
NEAR = 0.6  # of the quote's words, in their order; below it pairs of paragraphs share phrases, not content
_KINDS = ("operative paragraph", "preambular paragraph", "sub-paragraph", "paragraph of a report", "footnote")
_WORD = re.compile(r"[^\W_]+")
# What was pasted is broken into lines as the page or the PDF was: an empty line ends a paragraph, and so does a
# number or letter at the beginning of a line, which is none of its words.
_PARAGRAPH = re.compile(r"(?:^|\n)\s*(?:\d+\.|\([a-z]{1,4}\))\s|\n\s*\n")
_CUT = re.compile(r"([^\W\d_]+)[-‐\u00ad][ \t]*\n\s*([^\W\d_]+)")
_MARK = re.compile(r"\[\d{1,3}\]")  # of a footnote


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the quote in the place of which the paragraph has others; either may be empty."""

    quoted: str
    printed: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: the path of the paragraph, its title, its words, and from which to which character.

    `likeness` is the share of the quote's words that stand there in their order, 1 where all follow each other.
    """

    path: str
    title: str
    kind: str
    words: str
    start: int
    end: int
    likeness: float
    differences: tuple[Difference, ...] = ()

    @property
    def quote(self) -> str:
        """The words as they are printed."""
        return self.words[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, with its place."""

    folded: str
    start: int
    end: int


def words_in(text: str) -> list[Word]:
    """The words of a text as they are compared."""
    return [Word(folded(found[0]), *found.span()) for found in _WORD.finditer(text)]


def sentences_of(text: str) -> list[str]:
    """The sentences of what a person pasted, without marks of footnotes; a paragraph ends one."""
    paragraphs = (" ".join(_MARK.sub("", piece).split()) for piece in _PARAGRAPH.split(text[:LONGEST]))
    return [one.text for paragraph in paragraphs for one in sentences(paragraph) if words_in(one.text)]


def rejoined(index: sqlite3.Connection, text: str) -> str:
    """The text with words whole that the end of a line cuts at a hyphen: without it where an index has such a word."""

    def whole(cut: re.Match[str]) -> str:
        known = index.execute("SELECT 1 FROM spelling WHERE term = ?", (folded(cut[1] + cut[2]),)).fetchone()
        return f"{cut[1]}{'' if known else '-'}{cut[2]}"

    return _CUT.sub(whole, text[:LONGEST])


def exact_places(index: sqlite3.Connection, quote: str, within: Sequence[str] = (), limit: int = 10) -> list[Place]:
    """The paragraphs that have the words of a quote one behind the other, under one of the paths `within`, if any."""
    wanted = [word.folded for word in words_in(quote[:LONGEST])]
    if not wanted:
        return []
    phrase = '"' + " ".join(wanted) + '"'
    found = (_exact(row, wanted) for row in _rows(index, phrase, within, limit * 4))
    return [place for place in found if place][:limit]


def near_places(index: sqlite3.Connection, quote: str, within: Sequence[str] = (), limit: int = 10) -> list[Place]:
    """The paragraphs that are most alike, best first; none below `NEAR`."""
    words = words_in(quote[:LONGEST])
    rare = _rarest(index, list(dict.fromkeys(word.folded for word in words)))
    if not rare:
        return []
    query = " OR ".join(f'"{word}"' for word in rare)
    places = [_aligned(row, quote, words) for row in _rows(index, query, within, _CANDIDATES)]
    return sorted(
        (place for place in places if place.likeness >= NEAR), key=lambda place: (-place.likeness, place.path)
    )[:limit]


def likeness(left: Sequence[Word], right: Sequence[Word]) -> float:
    """How much two paragraphs say the same: twice the words that stand in both in one order, of the words of both."""
    return sameness.likeness([word.folded for word in left], [word.folded for word in right])


def _rows(index: sqlite3.Connection, match: str, within: Sequence[str], limit: int) -> list[tuple[str, str, str, str]]:
    kinds = ", ".join("?" * len(_KINDS))
    under = " OR ".join("path = ? OR substr(path, 1, ?) = ?" for _ in within) or "TRUE"
    paths = [value for path in within for value in (path, len(path) + 1, f"{path}/")]
    query = f"""SELECT path, thing.title, kind, thing.text FROM stems JOIN thing ON id = stems.rowid
      WHERE stems MATCH ? AND kind IN ({kinds}) AND ({under})
      ORDER BY bm25(stems, 0.0, 0.0, 1.0), path LIMIT ?"""  # noqa: S608 - the kinds are ours
    rows: list[tuple[str, str, str, str]] = index.execute(
        query, (f"text : ({match})", *_KINDS, *paths, limit)
    ).fetchall()
    return rows


def _rarest(index: sqlite3.Connection, words: list[str]) -> list[str]:
    """The words that fewest things have, of those that any has: they tell paragraphs apart."""
    places = ", ".join("?" * len(words))
    query = f"SELECT term, doc FROM spelling WHERE term IN ({places}) ORDER BY doc, term LIMIT ?"  # noqa: S608
    rows = index.execute(query, (*words, _RAREST))
    return [term for term, _ in rows]


def _exact(row: tuple[str, str, str, str], wanted: Sequence[str]) -> Place | None:
    path, title, kind, text = row
    held = words_in(text)
    plain = [word.folded for word in held]
    size = len(wanted)
    for first in range(len(plain) - size + 1):
        if plain[first : first + size] == list(wanted):
            return Place(path, title, kind, text, held[first].start, held[first + size - 1].end, 1.0)
    return None


def _aligned(row: tuple[str, str, str, str], quote: str, words: Sequence[Word]) -> Place:
    path, title, kind, text = row
    held = words_in(text)
    matcher = SequenceMatcher(None, [word.folded for word in words], [word.folded for word in held], autojunk=False)
    blocks = _together([block for block in matcher.get_matching_blocks() if block.size], _SPREAD * len(words))
    if not blocks:
        return Place(path, title, kind, text, 0, 0, 0.0)
    share = sum(block.size for block in blocks) / len(words)
    start, end = held[blocks[0].b].start, held[blocks[-1].b + blocks[-1].size - 1].end
    return Place(
        path, title, kind, text, start, end, round(share, 3), tuple(_differences(blocks, quote, words, text, held))
    )


def _together(blocks: Sequence[Match], spread: int) -> list[Match]:
    """The blocks one after the other that have most words of those that stand within so many of a paragraph."""
    runs = [
        [block for block in blocks[first:] if block.b + block.size - blocks[first].b <= spread]
        for first in range(len(blocks))
    ]
    return max(runs, key=lambda run: sum(block.size for block in run), default=[])


def _differences(
    blocks: Sequence[Match], quote: str, words: Sequence[Word], text: str, held: Sequence[Word]
) -> Iterator[Difference]:
    """What differs: words of the quote that the paragraph has not there, and between them words that it has besides.

    Before the first and behind the last words that both have stand as many of the paragraph as of the quote.
    """
    first, last = blocks[0], blocks[-1]
    behind = last.b + len(words) - last.a
    ends = [Match(0, max(0, first.b - first.a), 0), *blocks, Match(len(words), min(behind, len(held)), 0)]
    for one, other in pairwise(ends):
        left, right = (one.a + one.size, other.a), (one.b + one.size, other.b)
        if left[0] < left[1] or (right[0] < right[1] and one is not ends[0] and other is not ends[-1]):
            yield Difference(_between(quote, words, *left), _between(text, held, *right))


def _between(text: str, words: Sequence[Word], first: int, end: int) -> str:
    return text[words[first].start : words[end - 1].end] if first < end else ""
