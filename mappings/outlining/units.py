"""The units of a report's body: the headings of its chapters, and of its annexes, found over the whole file.

Chapters are lines such as "Chapter II"; where there is none, the sequence of headings with Roman numerals that the
marks, the contents and what follows them support best; where a converter dropped the numerals too, the marked headings
of the first rank. An annex of a resolution stands inside its text, an annex of the report behind its last chapter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mappings.outlining.chains import Chain
from mappings.outlining.front import is_chapter_head
from mappings.outlining.headings import (
    ANNEX,
    BARE_NUMBER,
    CHAPTER,
    KNOWN,
    heading_like,
    is_voice,
    norm,
    part_head,
    roman_numeral,
    roman_value,
    text_head,
)
from mappings.outlining.lines import Block, Form

ROMAN_LABEL = re.compile(r"[IVXL]+$")
MARKED, ANNOUNCED, SECTIONED, VOICED, MISSING = 1.0, 1.0, 0.5, -2.0, 1.5  # what speaks for and against a Roman heading
MOST_MISSING = 3  # numerals that a converter may have lost between two headings
FEWEST = 2  # marked headings of the first rank that make chapters


def chapter_heads(blocks: Sequence[Block], body: int, titles: Mapping[str, set[str]]) -> dict[int, str]:
    """The label of each chapter by the index of its heading, empty where the heading prints none.

    Where chapters begin anew in each part of the report, the part is a chapter too ("Two") and stands in their labels
    ("Two.I").
    """
    parts = [(index, head[1]) for index in range(body, len(blocks)) if (head := part_head(blocks[index]))]
    if len({label.casefold() for _, label in parts}) == len(parts) >= FEWEST:
        labels: dict[int, str] = {}
        ends = [*(index for index, _ in parts[1:]), len(blocks)]
        of_parts = [
            (index, label, _chapters(blocks[:end], index + 1, titles))
            for (index, label), end in zip(parts, ends, strict=True)
        ]
        printed = [label for _, _, found in of_parts for label in found.values()]
        if len(set(printed)) < len(printed):
            for index, part, found in of_parts:
                labels[index] = part.capitalize()
                labels.update({at: f"{part.capitalize()}.{label}" for at, label in found.items()})
            return labels
    return _chapters(blocks, body, titles)


def _chapters(blocks: Sequence[Block], body: int, titles: Mapping[str, set[str]]) -> dict[int, str]:
    named = {index: block for index, block in enumerate(blocks) if index >= body and is_chapter_head(block)}
    if named:
        return {index: found[1].upper() for index, block in named.items() if (found := CHAPTER.match(block.whole.text))}
    roman = _roman_heads(blocks, body, titles)
    ranked = _first_rank(blocks, body)
    if len(ranked) >= FEWEST and len(ranked) > len(roman):
        return _with_numerals(ranked, roman)
    return roman


def _with_numerals(ranked: Sequence[int], roman: Mapping[int, str]) -> dict[int, str]:
    """The labels of headings most of whose numerals a converter dropped: by their order, where no printed one is
    passed.

    A heading between II and III has lost no numeral: it heads a section.
    """
    labels: dict[int, str] = {}
    number = 0
    for at, index in enumerate(ranked):
        if index in roman:
            number = roman_value(roman[index])
        else:
            following = next((roman_value(roman[later]) for later in ranked[at + 1 :] if later in roman), 0)
            if following == number + 1:
                continue
            number += 1
        labels[index] = roman_numeral(number)
    return labels


def _roman_heads(blocks: Sequence[Block], body: int, titles: Mapping[str, set[str]]) -> dict[int, str]:
    """The best sequence I, II, III … of headings, until the first annex."""
    ending: dict[int, Chain] = {}
    best: Chain | None = None
    letter = ""  # the label of the heading before
    for index in range(body, len(blocks)):
        block = blocks[index]
        if block.form is not Form.CAPITAL or not heading_like(block):
            continue
        before_it, letter = letter, block.label
        if not ROMAN_LABEL.match(block.label) or (len(letter) == 1 and ord(letter) - 1 == ord(before_it[:1] or " ")):
            continue  # "I." behind "H." and "L." behind "K." are letters of sections
        value = roman_value(block.label)
        own = _roman_score(blocks, index, titles)
        chains = [Chain(own - MISSING * (value - 1), index, None)]
        chains += [
            Chain(before.score + own - MISSING * lost, index, before)
            for lost in range(MOST_MISSING)
            if (before := ending.get(value - 1 - lost))
        ]
        chain = max(chains, key=lambda one: one.score)
        if value not in ending or chain.score > ending[value].score:
            ending[value] = chain
        if best is None or chain.score > best.score:
            best = chain
    members = best.members() if best else ()
    worthless = [at for at, member in enumerate(members) if member.score <= 0]
    found = members[worthless[-1] + 1 if worthless else 0 :]
    return {member.index: blocks[member.index].label for member in found}


def _roman_score(blocks: Sequence[Block], index: int, titles: Mapping[str, set[str]]) -> float:
    block = blocks[index]
    score = 1.0 + (MARKED if block.heading else 0)
    labels = titles.get(norm(block.words.text))
    if labels is not None and block.label in labels:
        score += ANNOUNCED
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if after is not None and after.form is Form.CAPITAL and after.label == "A":
        score += SECTIONED
    if _is_text(blocks, index):
        score += VOICED
    return score


def _is_text(blocks: Sequence[Block], index: int) -> bool:
    """Whether a Roman heading is that of a resolution numbered I, II, III: its voice follows, and no other heading."""
    for block in blocks[index + 1 : index + 5]:
        if is_voice(block):
            return True
        if block.form is not Form.PLAIN or text_head(block) or BARE_NUMBER.match(block.whole.text):
            return False
    return False


def _first_rank(blocks: Sequence[Block], body: int) -> list[int]:
    """The marked headings of the first rank that are no heading of a text, an annex or a section that every chapter
    has.
    """
    found: list[int] = []
    for index in range(body, len(blocks)):
        block = blocks[index]
        if block.heading and ANNEX.match(block.whole.text) and len(found) >= FEWEST:
            break
        if block.rank != 1 or not block.words.text or (block.form is not Form.PLAIN and not _is_roman(block)):
            continue
        words = block.words.text
        if not heading_like(block) or text_head(block) or ANNEX.match(words) or KNOWN.match(words) or is_voice(block):
            continue
        found.append(index)
    return found


def _is_roman(block: Block) -> bool:
    return block.form is Form.CAPITAL and ROMAN_LABEL.match(block.label) is not None


def annex_heads(blocks: Sequence[Block], chapters: Mapping[int, str], body: int) -> tuple[int, ...]:
    """The headings of the report's own annexes, behind its last chapter.

    Behind the heading or voice of a resolution an annex is the resolution's, unless its numeral goes on with the
    report's.
    """
    found: list[int] = []
    in_text, expected = False, 1
    for index in range(max(chapters, default=body - 1) + 1, len(blocks)):
        block = blocks[index]
        annex = ANNEX.match(block.whole.text) if block.form is Form.PLAIN and heading_like(block) else None
        if annex and (not annex[2] or annex[2][:1].isupper()):
            number = _number(annex[1] or "")
            if not in_text or number == expected > 1:
                found.append(index)
                in_text, expected = False, (number or expected) + 1
        elif text_head(block) or is_voice(block):
            in_text = True
    return tuple(found)


def _number(label: str) -> int:
    """The number of an annex, 0 where none is printed."""
    if label.isdigit():
        return int(label)
    return roman_value(label) if label else 0
