"""The entries of a list a line each, such as speakers by title: which line goes on with the one before."""

from __future__ import annotations

import re

from mappings.lexicon.ranks import unfinished
from mappings.outlining.growth import Growth
from mappings.outlining.headings import HANGING, begins_inside
from mappings.outlining.lines import Block, Form
from mappings.outlining.reading import Reading

MODE = re.compile(r"\([a-z][^()]*\)$")
UNIFORM = 0.75  # of the lines of a list end with a mode: then every entry does, and what ends without is cut
SHORTEST = 3


def goes_on(reading: Reading, leaf: Growth, block: Block) -> bool:
    """Whether a line is the rest of the entry before it.

    Entries have no full stop. What tells is the words themselves, and where all entries of the list end alike
    ("(in person)", "(online)"), an end without it.
    """
    words = leaf.text
    if begins_inside(block.whole.text) or words.endswith("-") or block.whole.text.startswith("("):
        return True
    if HANGING.search(words) or unfinished(words) or words.endswith(","):
        return True
    return words.count("(") > words.count(")") or (not MODE.search(words) and _all_with_mode(reading, block))


def _all_with_mode(reading: Reading, block: Block) -> bool:
    """Whether the lines of the list end with a mode, the block among them: those between the ends of sentences."""
    start = reading.blocks.index(block, max(reading.at - 1, 0))
    first = start
    while first > 0 and _is_entry(reading.blocks[first - 1]):
        first -= 1
    last = start
    while last < len(reading.blocks) and _is_entry(reading.blocks[last]):
        last += 1
    ends = [MODE.search(line.whole.text) is not None for line in reading.blocks[first:last]]
    return len(ends) >= SHORTEST and sum(ends) >= UNIFORM * len(ends)


def _is_entry(block: Block) -> bool:
    """Whether a line may be an entry: one that ends with a full stop or colon ends or opens the list."""
    return block.form is Form.PLAIN and not block.whole.text.endswith((".", ":"))
