"""The paragraphs of an official text under the keys by which they are cited.

Numbers are those printed. Where they begin anew in each section the section belongs to the key; a paragraph without
number has its position among the operative paragraphs; what would still be named like another has a second letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mappings.facts import ClauseKey, FootnoteKey, TextKey
from mappings.official.document import Holder, Note, OfficialText, Part, Provision
from mappings.tree import Kind, Node

_KINDS = {
    Part.PREAMBULAR: Kind.PREAMBULAR_PARAGRAPH,
    Part.OPERATIVE: Kind.OPERATIVE_PARAGRAPH,
    Part.SUB_PARAGRAPH: Kind.SUB_PARAGRAPH,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph with its key and its node, whose children are its sub-paragraphs."""

    key: ClauseKey
    node: Node


@dataclass(frozen=True, slots=True)
class Apart:
    """A heading, a row or a paragraph of an annex with its key: the position among those of its kind."""

    key: ClauseKey
    provision: Provision


def paragraphs(text: OfficialText, key: TextKey, holder: Holder) -> tuple[Placed, ...]:
    """The preambular and operative paragraphs of the text or of the draft in it, in order."""
    own = [one for one in text.provisions if one.holder is holder and one.part in _KINDS]
    restarting = _restarting(own)
    numbered = any(one.number.isdigit() for one in own if one.part is Part.OPERATIVE)
    counted: Counter[tuple[str, str]] = Counter()
    seen: Counter[ClauseKey] = Counter()
    found: list[tuple[ClauseKey, Provision, list[Provision]]] = []
    for one in own:
        if one.part is Part.SUB_PARAGRAPH and found:
            found[-1][2].append(one)
            continue
        part = "preambular" if one.part is Part.PREAMBULAR else "operative"
        section = one.section if restarting and part == "operative" else ""
        counted[part, section] += 1
        printed = part == "preambular" or one.number.isdigit()
        number = int(one.number) if one.number.isdigit() and part == "operative" else counted[part, section]
        clause = ClauseKey(key, part, number, "", section, printed or not numbered)
        seen[clause] += 1
        if seen[clause] > 1:  # the file prints a number twice
            clause = replace(clause, number=counted[part, section], printed=False)
        found.append((clause, one, []))
    return tuple(Placed(clause, _node(one, below)) for clause, one, below in found)


def _restarting(own: list[Provision]) -> bool:
    """Whether a printed number stands in two sections."""
    numbers = {(one.section, one.number) for one in own if one.part is Part.OPERATIVE and one.number.isdigit()}
    return any(times > 1 for times in Counter(number for _, number in numbers).values())


def _node(one: Provision, below: list[Provision]) -> Node:
    """A paragraph as a node of a tree, its sub-paragraphs under it by their letters."""
    seen: Counter[str] = Counter()
    roots: list[tuple[str, Provision, list[tuple[str, Provision]]]] = []
    for sub in below:
        outer, _, inner = sub.letter.partition(" ")
        if inner and roots and roots[-1][0].partition("-")[0] == outer:
            roots[-1][2].append((inner.strip("()").replace(") (", "-"), sub))
            continue
        seen[outer] += 1
        roots.append((f"{outer}-{seen[outer]}" if seen[outer] > 1 else outer or "1", sub, []))
    children = tuple(
        Node(Kind.SUB_PARAGRAPH, letter, passage=sub.passage, children=tuple(_inner(inside)))
        for letter, sub, inside in roots
    )
    label = one.number if one.part is Part.OPERATIVE else ""
    return Node(_KINDS[one.part], label, passage=one.passage, children=children)


def _inner(inside: list[tuple[str, Provision]]) -> Iterator[Node]:
    seen: Counter[str] = Counter()
    for letter, sub in inside:
        seen[letter] += 1
        again = f"-{seen[letter]}" if seen[letter] > 1 else ""
        yield Node(Kind.SUB_PARAGRAPH, letter + again, passage=sub.passage)


def apart(text: OfficialText, key: TextKey) -> tuple[Apart, ...]:
    """What is no paragraph of the text's own: headings, rows of tables, paragraphs of annexes."""
    counted: Counter[str] = Counter()
    found = []
    for one in text.provisions:
        if one.part in _KINDS and one.holder is not Holder.ANNEX:
            continue
        kind = one.part.value if one.part not in _KINDS else "annex"
        counted[kind] += 1
        found.append(Apart(ClauseKey(key, kind, counted[kind], printed=False), one))
    return tuple(found)


def footnotes(text: OfficialText) -> Iterator[tuple[FootnoteKey, Note]]:
    """The footnotes in order with their keys."""
    counted: Counter[str] = Counter()
    for note in (*text.notes, *(note for one in text.provisions for note in one.notes)):
        mark = note.mark or "unmarked"
        counted[mark] += 1
        yield FootnoteKey(mark, counted[mark]), note
