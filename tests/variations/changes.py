"""The changes that printing, scanning and converting make to a report's text, each a function of the text and a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.conversions import CONVERSIONS, MARK, straight_quotes, without_italics

NOTE = re.compile(r"^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\*{1,3}|\^[a-z]) \S.*$")
Change = Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class Variation:
    """A change with a name; `seeded` where the seed tells the places.

    `notes_lost` where footnotes are taken away, `italics_lost` where titles are not told from the words around them.
    """

    name: str
    says: str
    change: Change
    seeded: bool = False
    notes_lost: bool = False
    italics_lost: bool = False


def parts(text: str) -> tuple[str, list[str]]:
    """What stands before the executive summary, and the paragraphs from there on."""
    at = max(text.find("\nExecutive summary\n"), 0)
    return text[:at], text[at:].split("\n\n")


def is_long(block: str, least: int = 80) -> bool:
    """Whether a block is a paragraph, a title or an entry long enough for a page to end in it, and no footnote."""
    return len(block) > least and not any(sign in block for sign in "\n|\t") and not NOTE.match(block)


def places(block: str) -> list[int]:
    """The spaces at which a page may end: those that end no sentence and are not next to the block's ends."""
    return [found.start() for found in re.finditer(r"(?<=[^.:;]) ", block) if 15 <= found.start() < len(block) - 15]


def cut_somewhere(text: str, seed: int, *, count: int, between: str = "") -> str:
    """The text with `count` of its paragraphs cut in two; `between` stands where the page ends."""
    chance = random.Random(seed)
    front, blocks = parts(text)
    able = [index for index, block in enumerate(blocks) if is_long(block) and places(block)]
    for index in chance.sample(able, min(count, len(able))):
        block = blocks[index]
        at = chance.choice(places(block))
        blocks[index] = f"{block[:at]}\n\n{between}{block[at + 1 :]}"
    return front + "\n\n".join(blocks)


def notes_moved(text: str, seed: int) -> str:
    """Each footnote that stands behind a paragraph set into the middle of it."""
    chance = random.Random(seed)
    front, blocks = parts(text)
    out: list[str] = []
    for block in blocks:
        before = out[-1] if out else ""
        if NOTE.match(block) and is_long(before) and places(before):
            at = chance.choice(places(before))
            out[-1:] = [before[:at], block, before[at + 1 :]]
        else:
            out.append(block)
    return front + "\n\n".join(out)


def notes_at_end(text: str, _seed: int = 0) -> str:
    front, blocks = parts(text)
    lines = "\n\n".join(blocks).split("\n")
    body = "\n".join(line for line in lines if not NOTE.match(line))
    return front + body + "\n\n" + "\n\n".join(line for line in lines if NOTE.match(line)) + "\n"


def notes_absent(text: str, _seed: int = 0) -> str:
    front, blocks = parts(text)
    body = "\n".join(line for line in "\n\n".join(blocks).split("\n") if not NOTE.match(line))
    return front + MARK.sub("", body)


def lists_mixed(text: str, seed: int) -> str:
    """The items of lists in the three notations by turns, from the one that the seed tells."""
    front, blocks = parts(text)
    turn = iter(range(seed, seed + 10**6))
    forms = ("", "- ", " - ")
    body = "\n\n".join(blocks)
    return front + re.sub(r"^(?: ?- )?(\([a-z]\) )", lambda m: forms[next(turn) % 3] + m[1], body, flags=re.M)


def numbers_mixed(text: str, seed: int) -> str:
    """A tab, a space or three spaces behind the numbers and letters, by turns."""
    front, blocks = parts(text)
    turn = iter(range(seed, seed + 10**6))
    gaps = ("\t", " ", "   ")
    body = "\n\n".join(blocks)
    return front + re.sub(
        r"^((?:- | - )?(?:\d+\.|\([a-z]\))) ", lambda m: m[1] + gaps[next(turn) % 3], body, flags=re.M
    )


def blank_lines_lost(text: str, seed: int) -> str:
    """Every third blank line gone, where the seed tells."""
    chance = random.Random(seed)
    front, blocks = parts(text)
    body = blocks[0]
    for block in blocks[1:]:
        body += ("\n" if chance.random() < 0.3 else "\n\n") + block
    return front + body


def _fixed(change: Callable[[str], str]) -> Change:
    return lambda text, _seed: change(text)


_SAYS = {
    "byte order mark and carriage returns": "The file begins with a byte order mark and its lines end as on Windows.",
    "Markdown headings": "Chapters, sections and texts are headed with one, two and three hashes.",
    "bold headings": "Chapters, sections and texts are headed in bold.",
    "chapters in capitals": "Chapters are headed CHAPTER II.",
    "tabs behind numbers": "A tab stands behind each number and letter.",
    "two spaces behind numbers": "Three spaces stand behind each number and letter.",
    "escaped full stops": "The full stop behind a number is escaped, as Markdown does.",
    "blank lines lost": "No blank line is left between paragraphs.",
    "paragraphs wrapped": "Lines are wrapped at 88 characters.",
    "words cut at line ends": "Lines are wrapped at 88 characters, and words cut by hyphens.",
    "marks in brackets": "Footnote marks are those of Markdown.",
    "marks in brackets, notes with colons": "Footnotes and their marks are those of Markdown.",
    "marks in tags": "Footnote marks stand in HTML tags.",
    "marks between carets": "Footnote marks stand between carets.",
    "dashes before letters": "A dash stands before each lettered item.",
    "indented dashes before letters": "A dash that is set in stands before each lettered item.",
    "bare letters": "No dash stands before lettered items.",
    "links lost": "Symbols are not linked.",
    "hard spaces": "Spaces before figures are hard.",
    "pages numbered": "Page numbers and the report's symbol stand between paragraphs.",
}
VARIATIONS = (
    *(Variation(name, _SAYS[name], _fixed(change)) for name, change in CONVERSIONS.items()),
    Variation("straight quotes", "All quotation marks and apostrophes are straight.", _fixed(straight_quotes)),
    Variation("italics lost", "Nothing is set in italics.", _fixed(without_italics), italics_lost=True),
    Variation("lists mixed", "Lettered items have no dash, a dash, a dash that is set in, by turns.", lists_mixed, True),
    Variation("numbers mixed", "A tab, a space, three spaces stand behind numbers by turns.", numbers_mixed, True),
    Variation("some blank lines lost", "Three of ten blank lines are gone.", blank_lines_lost, True),
    Variation(
        "one page break", "A page ends inside one paragraph.", lambda text, seed: cut_somewhere(text, seed, count=1), True
    ),
    Variation(
        "forty page breaks", "Pages end inside forty paragraphs.", lambda text, seed: cut_somewhere(text, seed, count=40), True
    ),
    Variation(
        "page breaks with page numbers",
        "Pages end inside forty paragraphs, with a page number and a symbol.",
        lambda text, seed: cut_somewhere(text, seed, count=40, between="23/60\n\nE/2022/30\n\n"),
        True,
    ),
    Variation("footnotes in paragraphs", "Footnotes stand in the middle of the paragraph before them.", notes_moved, True),
    Variation("footnotes at the end", "All footnotes stand behind the text.", notes_at_end),
    Variation("footnotes absent", "Footnotes and their marks are gone.", notes_absent, notes_lost=True),
)  # fmt: skip
