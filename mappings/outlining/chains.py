"""Sequences of candidates with a score, of which the best is taken: numbers of paragraphs, headings of chapters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chain:
    """The best sequence that ends with a candidate, given by its index among the blocks.

    `anew` tells that the candidate begins the count anew.
    """

    score: float
    index: int
    before: Chain | None
    anew: bool = False

    def members(self) -> tuple[Chain, ...]:
        """The sequence in the order of reading: for each candidate the chain that ends with it."""
        found: list[Chain] = []
        chain: Chain | None = self
        while chain is not None:
            found.append(chain)
            chain = chain.before
        return tuple(reversed(found))
