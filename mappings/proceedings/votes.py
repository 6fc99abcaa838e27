"""How a vote went: the counts, and who voted in which way."""

from __future__ import annotations

from collections.abc import Iterator

from mappings.context import Context
from mappings.facts import Thing, Vote
from mappings.formulae import formula
from mappings.lexicon.numbers import number
from mappings.sentences import sentences
from ontology.naming import NameKind

_COUNTS = ("counts", "counts by side", "counts by voters")
_SIDES = {"i": "in favour", "ag": "against", "ab": "abstaining"}


def vote_of(context: Context, words: str, following: str) -> Vote | None:
    """The vote that the words of an act tell of, with the lists that follow them; None where they tell of none."""
    found = (formula("votes", rule).search(words) for rule in _COUNTS)
    match = next((match for match in found if match), None)
    voters = tuple(dict.fromkeys(_voters(context, following)))
    if match is None:
        return Vote(None, None, None, voters) if voters else None
    return Vote(_count(match["in_favour"]), _count(match["against"]), _count(match["abstaining"]), voters)


def _count(printed: str | None) -> int | None:
    return None if printed is None else number(printed)


def _voters(context: Context, following: str) -> Iterator[tuple[str, Thing]]:
    """The States of the lists "In favour: … Against: … Abstaining: …", each with its side."""
    heads = list(formula("votes", "side of a list").finditer(following))
    ends = [head.start() for head in heads[1:]] + [len(following)]
    for head, end in zip(heads, ends[: len(heads)], strict=True):
        listed = next((sentence.text for sentence in sentences(following[head.end() : end])), "")
        side = next(name for start, name in _SIDES.items() if head["side"].lower().startswith(start))
        for name in context.vocabulary.names(listed, (NameKind.STATE,)):
            yield side, context.thing(name.entry)
