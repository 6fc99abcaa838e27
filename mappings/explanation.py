"""What the outline made of each line of a report and why, for people: `recalling outline --profile`.

First the profile of the file, then a line for each block: its line in the file, what it became, its first words, and
the evidence that the outline had for it. The evidence is that of the rules themselves; a number's has the weights that
its score is the sum of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from mappings.outline import Layout, laid_out, placed
from mappings.outlining.headings import KNOWN, begins_inside, ended, is_voice, norm, runs, text_head
from mappings.outlining.lines import PAGE, RULE, Block, Form
from mappings.outlining.profile import evidence
from mappings.source import Source
from mappings.tree import Kind, Node

WIDTH = 48  # characters of the first words of a block
_DIVISIONS = (Kind.CHAPTER, Kind.SECTION, Kind.TOPIC, Kind.ANNEX)


def explained(source: Source) -> Iterator[str]:
    """The lines of the explanation."""
    layout = laid_out(source)
    yield from _profile(layout)
    yield ""
    tree = placed(layout)
    nodes = _by_start(tree)
    starts = [start for start, _ in nodes]
    own = {id(block): index for index, block in enumerate(layout.reading.blocks)}
    for block in layout.blocks:
        line, _ = source.position(block.span.start)
        node = nodes[at][1] if (at := bisect_right(starts, block.span.start) - 1) >= 0 else tree
        words = " ".join((block.whole.text or block.words.text).split())
        first = words if len(words) <= WIDTH else f"{words[: WIDTH - 1]}…"
        reasons = "; ".join(_reasons(layout, block, own.get(id(block))))
        yield f"{line:>6}  {_named(node, block)}: {first}" + (f"  [{reasons}]" if reasons else "")


def _by_start(tree: Node) -> list[tuple[int, Node]]:
    """The nodes by the places in the file at which a span of them begins; of two at one place the inner one."""
    found = {span.start: node for node in tree.walk() for span in node.spans}
    return sorted(found.items(), key=lambda pair: pair[0])


def _named(node: Node, block: Block) -> str:
    """What a block became: "chapter II", "paragraph 12"; more of a node that began in an earlier block."""
    if block.form is Form.FURNITURE:
        return Kind.FURNITURE.value
    begins = bool(node.spans) and node.spans[0].start >= block.span.start
    return f"{'' if begins else 'more of '}{node.kind.value}{f' {node.label}' if node.label else ''}"


def _profile(layout: Layout) -> Iterator[str]:
    """The profile of the file in words."""
    profile, blocks = layout.profile, layout.reading.blocks
    numbers = [int(blocks[index].label) for index in sorted(profile.numbered)]
    others = sum(block.form is Form.NUMBER for block in blocks[profile.body :]) - len(numbers)
    series = "anew in each chapter" if profile.anew else "in one series"
    printed = f"printed {series}, {numbers[0]} to {numbers[-1]}, {len(numbers)} in all" if numbers else "none printed"
    yield f"paragraph numbers: {printed}; {others} other numbers begin a line of the body"
    counting = len(profile.printed & set(profile.units))
    yield f"chapters and annexes: {len(profile.units)}, of which {counting} number paragraphs"
    ranks = Counter(block.rank for block in blocks[profile.body :] if block.heading and block.form is not Form.LETTER)
    trusted = ", ".join(
        f"{_rank(rank)} ({count} lines) {'are headings' if rank in profile.trusted_ranks else 'are not trusted'}"
        for rank, count in sorted(ranks.items())
    )
    yield f"heading marks: {trusted or 'none'}"
    heads = Counter(re.sub(r"\d+", "0", block.whole.text) for block in layout.blocks if _is_running_head(block))
    yield f"running headers and footers: {sum(heads.values())} lines" + (
        f", as in {min(heads, key=lambda words: (-heads[words], words))!r} (figures as 0)" if heads else ""
    )
    notes = sum(block.form is Form.NOTE for block in layout.blocks)
    yield f"footnotes with marks: {notes}; titles announced by the contents: {len(layout.reading.titles)}"


def _rank(rank: int) -> str:
    return f"marks of rank {rank}" if rank else "bold lines"


def _is_running_head(block: Block) -> bool:
    return block.form is Form.FURNITURE and not RULE.match(block.whole.text) and not PAGE.match(block.whole.text)


def _reasons(layout: Layout, block: Block, index: int | None) -> Iterator[str]:
    """The evidence for what a block became."""
    if block.form is Form.FURNITURE:
        yield "repeated on pages, as the file shows" if _is_running_head(block) else "a rule or the number of a page"
    if block.form in (Form.FURNITURE, Form.NOTE) or index is None:
        return
    if index < layout.profile.body:
        yield "before the body"
        return
    marks = [*_of_heading(layout, block, index), *(_of_number(layout, index) if block.form is Form.NUMBER else ())]
    yield from marks or _of_words(block)


def _of_heading(layout: Layout, block: Block, index: int) -> Iterator[str]:
    """What speaks for a heading."""
    words = block.words.text
    if index in layout.reading.chapters or index in layout.profile.units:
        yield "the heading of a chapter or annex"
    if norm(words) in layout.reading.titles:
        yield "announced by the contents"
    if block.form is Form.CAPITAL:
        yield f"the letter {block.label} before it"
    if block.heading:
        trusted = block.rank in layout.profile.trusted_ranks
        mark = f"marked {'#' * block.rank}" if block.rank else "bold"
        yield f"{mark}, as {'headings are here' if trusted else 'this file also marks entries'}"
    if text_head(block):
        yield "the heading of a text"
    elif KNOWN.match(words):
        yield "a heading that reports have"
    elif is_voice(block):
        yield "names the organ that speaks"


def _of_words(block: Block) -> Iterator[str]:
    """What the words of a block without any mark of a heading or number tell."""
    if block.form is Form.LETTER:
        yield f"the mark ({block.label})"
    elif runs(block):
        yield "a running sentence"
    elif begins_inside(block.whole.text):
        yield "begins inside a sentence"
    elif not ended(block.words.text):
        yield "no sentence end"


def _of_number(layout: Layout, index: int) -> Iterator[str]:
    blocks, profile = layout.reading.blocks, layout.profile
    found = list(evidence(blocks, index))
    score = 1.0 + sum(weight for _, weight in found)
    weighed = ", ".join(f"{reason} {weight:+.1f}" for reason, weight in found)
    place = "in the report's own series" if index in profile.numbered else "not in the report's own series"
    yield f"number {blocks[index].label} {place}, {score:.1f}: {weighed or 'nothing else'}"
