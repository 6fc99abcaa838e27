"""The layout profile of a report: what the whole file tells before any block is placed.

The blocks of the body are divided into units at the headings of chapters and annexes. The report's own paragraph
numbers are one sequence over all units, which may begin anew at 1 right behind the heading of a unit. Every numbered
block is a candidate for it, with a score from its own words and what stands before it; the best sequence is found by
dynamic programming over the candidates, so that no single number is trusted and one lost number breaks nothing. A unit
without a number of the sequence has running paragraphs without numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mappings.outlining.chains import Chain
from mappings.outlining.headings import (
    ANNEX,
    AUXILIARY,
    KNOWN,
    RUNNING_START,
    SENTENCE_START,
    SHORTEST_RUNNING,
    begins_inside,
    declaration_head,
    ended,
    heading_like,
    is_voice,
    norm,
    opens_operative,
    reports_on,
    runs,
    text_head,
)
from mappings.outlining.lines import Block, Form

# The weights were set on the two real reports, the twenty texts of ten other bodies and the invented layouts of
# tests/outline: a report's paragraph scores 2 to 3, an operative paragraph -1 to 0, an agenda item 0 to 1.
WHOLE_SENTENCE, REPORTING, OPERATIVE, LISTED, HEADING, IN_LIST, INSIDE = 1.0, 1.0, -2.0, -1.5, -2.5, -1.5, -1.0
DECLARED = -4.0  # outweighs all that speaks for it: agreed conclusions read like a report ("The Commission recalls …")
HEAD_OF_DECLARATION = 3  # lines at most from the title of agreed conclusions to their first paragraph
LOST = 1.2  # for each number that is missing: two in a row are outweighed by the paragraphs that follow
MOST_LOST = 6
OTHER_LIST = 0.5  # the number goes on with another list that is open right before it
ANEW, CUT = 1.0, 2.0  # a sequence that begins anew in a unit; one that begins with another number than 1
HEAD_LINES = 6  # between the heading of a unit and its first paragraph: lines of the title, a section, a topic
FEWEST, SURE = (
    2,
    2.0,
)  # numbers of a unit that are its paragraphs'; a single one may be an item of a list if it is not sure
READING = 0.5  # of the numbers of a unit stand before running sentences: of a report 0.9, of an agenda 0.1 at most
TRUSTED = (
    0.6  # of the marks of a rank are headings: true ranks have 0.9 and more, entries marked by a converter 0.1 to 0.3
)
RUNNING = (
    3  # running paragraphs without number for each one with: pages cut up to one paragraph in five in the real reports
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What the file shows of its layout.

    `numbered` are the indices of the blocks that begin the report's own numbered paragraphs; `anew` tells that the
    numbers begin anew in chapters. `units` are the indices of the headings of chapters and annexes, `printed` those of
    them whose unit prints paragraph numbers. `trusted_ranks` are the ranks of heading marks that stand for headings in
    this file. `following` gives for a block of the sequence the number that comes next in it.
    """

    body: int
    units: tuple[int, ...]
    printed: frozenset[int]
    numbered: frozenset[int]
    anew: bool
    following: dict[int, int]
    trusted_ranks: frozenset[int] = frozenset()

    def prints_numbers(self, at: int) -> bool:
        """Whether the unit in which the block at an index stands prints the numbers of its paragraphs."""
        unit = bisect_right(self.units, at) - 1
        return (self.units[unit] if unit >= 0 else -1) in self.printed

    def next_numbered(self, at: int, blocks: Sequence[Block]) -> int:
        """The number of the first paragraph of the sequence behind an index in the same unit, 0 where none follows."""
        for index in range(at + 1, len(blocks)):
            if index in self.units:
                return 0
            if index in self.numbered:
                return int(blocks[index].label)
        return 0


EMPTY_PROFILE = Profile(0, (), frozenset(), frozenset(), anew=False, following={})


def profile_of(blocks: Sequence[Block], body: int, units: Sequence[int], titles: Container[str]) -> Profile:
    """The profile of a report's blocks.

    `body` is the index at which its body begins, `units` are its divisions, `titles` what its contents announce.
    """
    best = _best_chain(blocks, body, units)
    members = best.members() if best else ()
    of_unit: dict[int, list[int]] = {}
    for member in members:
        of_unit.setdefault(_unit(units, member.index), []).append(member.index)
    running = _running(blocks, body, units)
    printed = frozenset(
        unit
        for unit, found in of_unit.items()
        if (len(found) >= FEWEST or _score(blocks, found[0]) >= SURE)
        and len(found) * RUNNING >= running.get(unit, 0)
        and sum(_reads(blocks, index) for index in found) >= READING * len(found)
    )
    kept = [member for member in members if _unit(units, member.index) in printed]
    following = {one.index: int(blocks[other.index].label) for one, other in pairwise(kept) if not other.anew}
    numbered = frozenset(member.index for member in kept)
    anew = any(member.anew and not _is_annex(blocks, units, member.index) for member in kept)
    trusted = _trusted_ranks(blocks, body, numbered, titles)
    return Profile(body, tuple(units), printed, numbered, anew, following, trusted)


def _trusted_ranks(
    blocks: Sequence[Block], body: int, numbered: Container[int], titles: Container[str]
) -> frozenset[int]:
    """The ranks of marks most of whose lines are headings: announced, known, labelled, or a paragraph stands behind
    them.
    """
    counted: dict[int, list[bool]] = {}
    for index in range(body, len(blocks)):
        block = blocks[index]
        if not block.heading or block.form is Form.LETTER:
            continue
        words = block.words.text
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        agrees = block.form is Form.CAPITAL or norm(words) in titles or KNOWN.match(words) or text_head(block)
        leads = after is not None and (index + 1 in numbered or after.heading or runs(after) or is_voice(after))
        counted.setdefault(block.rank, []).append(bool(agrees or leads))
    return frozenset(rank for rank, found in counted.items() if sum(found) >= TRUSTED * len(found))


def _unit(units: Sequence[int], index: int) -> int:
    """The heading of the unit in which a block stands, -1 before the first."""
    at = bisect_right(units, index) - 1
    return units[at] if at >= 0 else -1


def _is_annex(blocks: Sequence[Block], units: Sequence[int], index: int) -> bool:
    unit = _unit(units, index)
    return unit >= 0 and ANNEX.match(blocks[unit].whole.text) is not None


def _running(blocks: Sequence[Block], body: int, units: Sequence[int]) -> dict[int, int]:
    """How many blocks of each unit read like running paragraphs of a report and have no number."""
    counted: dict[int, int] = {}
    for index in range(body, len(blocks)):
        if blocks[index].form is Form.PLAIN and runs(blocks[index]):
            unit = _unit(units, index)
            counted[unit] = counted.get(unit, 0) + 1
    return counted


def _best_chain(blocks: Sequence[Block], body: int, units: Sequence[int]) -> Chain | None:
    """The best sequence of candidates; None where no sequence scores above nothing at all."""
    best: Chain | None = None
    before_unit: Chain | None = None
    ending: dict[int, Chain] = {}  # by the number that the sequence ends with
    last = -1  # the numbered block before, whichever series it is of
    declared = declared_paragraphs(blocks, body, units)
    for index in range(body, len(blocks)):
        if index in units:
            before_unit = best
        if blocks[index].form is not Form.NUMBER:
            continue
        number, own = int(blocks[index].label), _score(blocks, index) + (DECLARED if index in declared else 0)
        chains = [Chain(own - (CUT if number != 1 else 0), index, None)]
        for lost in range(MOST_LOST):
            if before := ending.get(number - 1 - lost):
                other = last not in (-1, before.index) and int(blocks[last].label) == number - 1
                cost = LOST * lost + (OTHER_LIST if other else 0)
                chains.append(Chain(before.score + own - cost, index, before))
        last = index
        if number == 1 and before_unit and _heads(units, index):
            chains.append(Chain(before_unit.score + own - ANEW, index, before_unit, anew=True))
        chain = max(chains, key=lambda one: one.score)
        if number not in ending or chain.score > ending[number].score:
            ending[number] = chain
        if best is None or chain.score > best.score:
            best = chain
    return best if best and best.score > 0 else None


def declared_paragraphs(blocks: Sequence[Block], body: int, units: Sequence[int]) -> frozenset[int]:
    """The numbered blocks of declarations and agreed conclusions, whose numbers begin anew at 1 behind their title."""
    found: set[int] = set()
    for head in range(body, len(blocks)):
        if head in units or declaration_head(blocks[head]) is None:
            continue
        near = range(head + 1, min(head + 1 + HEAD_OF_DECLARATION, len(blocks)))
        first = next(
            (index for index in near if blocks[index].form is Form.NUMBER or ended(blocks[index].whole.text)), 0
        )
        if (
            not first
            or blocks[first].label != "1"
            or SENTENCE_START.match(blocks[first].words.text.removeprefix("The "))
        ):
            continue
        expected = 1
        for index in range(first, len(blocks)):
            if index in units or text_head(blocks[index]):
                break
            if blocks[index].form is Form.NUMBER:
                if int(blocks[index].label) != expected:
                    break
                expected += 1
                found.add(index)
    return frozenset(found)


def _heads(units: Sequence[int], index: int) -> bool:
    """Whether a block stands right behind the heading of a unit."""
    unit = _unit(units, index)
    return unit >= 0 and index - unit <= HEAD_LINES


def _reads(blocks: Sequence[Block], index: int) -> bool:
    """Whether a numbered block is a sentence, whole or cut, and no name or title in a list."""
    block = blocks[index]
    words = block.words.text
    verb = ended(words) and AUXILIARY.search(words) is not None
    begins = len(words) >= SHORTEST_RUNNING and ended(words) and SENTENCE_START.match(words) is not None
    return verb or begins or runs(block) or reports_on(block) or _goes_on(blocks, index)


def _goes_on(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block begins as a sentence does, or is one that a page cuts, and no heading."""
    if blocks[index].heading:
        return False
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    cut = after is not None and after.form is Form.PLAIN and begins_inside(after.whole.text)
    return cut or RUNNING_START.match(blocks[index].words.text) is not None


def _score(blocks: Sequence[Block], index: int) -> float:
    """How well a numbered block reads as one of the report's own paragraphs."""
    return 1.0 + sum(weight for _, weight in evidence(blocks, index))


def evidence(blocks: Sequence[Block], index: int) -> Iterator[tuple[str, float]]:
    """What speaks for and against a numbered block being one of the report's own paragraphs, each with its weight."""
    block = blocks[index]
    words = block.words.text
    if ended(words) or _goes_on(blocks, index):
        yield "a whole sentence, or one that goes on", WHOLE_SENTENCE
    elif heading_like(block) and not reports_on(block) and (block.heading or not SENTENCE_START.match(words)):
        yield "looks like a heading", HEADING
    if reports_on(block):
        yield "tells what the body did", REPORTING
    elif opens_operative(block) and not RUNNING_START.match(words):
        yield "opens with the verb of an operative paragraph", OPERATIVE
    elif not _reads(blocks, index):
        yield "reads like an entry of a list", LISTED
    if words.startswith("We "):
        yield "a paragraph of a declaration", OPERATIVE
    before = blocks[index - 1] if index else None
    if before is not None:
        if before.whole.text.endswith(":") and block.label == "1":
            yield "begins a list behind a colon", IN_LIST
        elif not ended(before.whole.text) and not heading_like(before) and before.form in (Form.PLAIN, Form.NUMBER):
            yield "stands in the middle of a sentence", INSIDE
