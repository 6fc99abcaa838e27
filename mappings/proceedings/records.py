"""The records of adoption that are printed below a text: "39th meeting, 25 September 2031 [Adopted without a vote.]".

Councils, boards and regional commissions print them below each resolution; where the proceedings tell the adoption too,
theirs is the act and the record only says on which day the meeting was held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mappings.context import Context, TextNode
from mappings.dates import days
from mappings.formulae import formula
from mappings.iris import UNNUMBERED
from mappings.lexicon.numbers import ordinal_number
from mappings.source import Span
from mappings.tree import Kind, Passage


@dataclass(frozen=True, slots=True)
class Record:
    """What the lines below a text say: the meeting's number and day, and the words in brackets with their place.

    `paragraph` is the address of the paragraph that introduces the text, `span` the words that name the meeting.
    """

    text: TextNode
    paragraph: str
    number: int | None
    when: str
    on: date | None
    method: str
    span: Span

    @property
    def phrase(self) -> str:
        """What the record says was done with the text: "Adopted without a vote", "adopted" where it names a meeting."""
        return self.method.split(". ")[0].strip("[]. ") or "adopted"


def records(context: Context) -> Iterator[Record]:
    """The record of each text that has one, in the order of reading."""
    for text in context.texts:
        lines = [child.passage for child in text.node.children if child.kind is Kind.RECORD]
        if lines:
            yield _record(text, lines)


def _record(text: TextNode, lines: list[Passage]) -> Record:
    number, when, on, span = None, "", None, lines[0].span()
    told: list[str] = []
    for passage in lines:
        words = passage.text
        bracket = words.find("[")
        if bracket == 0 or told:
            told.append(words)
            continue
        head = words if bracket < 0 else words[:bracket]
        meeting = formula("outline", "meeting of a record").match(head)
        if meeting:
            number, span = ordinal_number(meeting["number"].lower()), passage.span(0, len(head.rstrip()))
        if found := days(head):
            when, on = head[found[0].start : found[0].end], found[0].first
        if bracket > 0:
            told.append(words[bracket:])
    method = re.sub(r"\s+", " ", " ".join(told))
    return Record(text, text.paragraph or UNNUMBERED, number, when, on, method, span)
