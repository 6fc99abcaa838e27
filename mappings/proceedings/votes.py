"""How a vote went: the counts, and who voted in which way."""

from __future__ import annotations

from collections.abc import Iterator

from mappings.context import Context
from mappings.facts import Thing, Vote
from mappings.formulas.formula import first, in_order
from mappings.sentences import sentences
from ontology.naming import NameKind


def vote_of(context: Context, words: str, following: str) -> Vote | None:
    """The vote that the words of an act tell of, with the lists that follow them; None where they tell of none."""
    counts = first("vote", words)
    voters = tuple(dict.fromkeys(_voters(context, following)))
    if counts is None:
        return Vote(None, None, None, voters) if voters else None
    return Vote(counts.number("in_favour"), counts.number("against"), counts.number("abstaining"), voters)


def _voters(context: Context, following: str) -> Iterator[tuple[str, Thing]]:
    """The States of the lists "In favour: … Against: … Abstaining: …", each with its side."""
    heads = in_order("side of a vote", following)
    ends = [*(head.start for head in heads[1:]), len(following)]
    for head, end in zip(heads, ends, strict=False):
        listed = next((sentence.text for sentence in sentences(following[head.end : end])), "")
        for name in context.vocabulary.names(listed, (NameKind.STATE,)):
            yield head.words("side"), context.thing(name.entry)
