"""When two titles speak of the same thing.

Two measures, both without weights: equality of the titles' letters and figures, and containment, the share of the
words of one title that stand in the other, words of grammar left out.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_GRAMMAR = frozenset(
    _WORD.findall(
        "a an and as at between by for from in including into its of on or other that the their thereof thereon to"
        " which with within"
    )
)


@lru_cache(maxsize=4096)
def normalized(title: str) -> str:
    """The letters and figures of a title in lower case, one space between words; marks and quotes are left out."""
    return " ".join(_WORD.findall(title.lower()))


def described(title: str) -> str:
    """The normalized title that words such as "on keeping lamps" describe: "keeping lamps"."""
    return normalized(title).removeprefix("on ")


def words(title: str) -> frozenset[str]:
    """The words of a title, those of grammar left out."""
    return frozenset(_WORD.findall(title.lower())) - _GRAMMAR


def subject(title: str) -> str:
    """What a document is about: what follows "on" in "Report of the Secretary-General on tides", else its title."""
    before, on, after = title.partition(" on ")
    return after if on else before


def containment(part: frozenset[str], whole: frozenset[str]) -> float:
    """The share of the words of `part` that stand in `whole`, from 0 to 1; 0 where `part` has no words."""
    return len(part & whole) / len(part) if part else 0.0


def longest_run(one: str, other: str) -> str:
    """The longest run of words, normalized, that stands in both."""
    left, right = normalized(one).split(), normalized(other).split()
    match = SequenceMatcher(None, left, right, autojunk=False).find_longest_match()
    return " ".join(left[match.a : match.a + match.size])
