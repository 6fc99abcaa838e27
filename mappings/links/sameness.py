"""How much two paragraphs say the same, and by which keys near-same ones are found among any number of others.

Words are compared without capitals, marks and accents. The likeness is counted word by word and can be checked by hand.
The keys are those of locality-sensitive hashing (Broder, 1997: of two sets of pairs of words the least hashes agree as
often as the sets do): paragraphs that share no key are not compared, so that finding what is like a paragraph costs no
look at all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from unicodedata import combining, normalize

from rapidfuzz.distance import Indel

FEWEST = 6  # words: shorter paragraphs ("Decides as follows:") stand in many texts word for word and tell nothing apart
_BANDS, _ROWS = 20, 2  # of two paragraphs with four words in five alike 99 in 100 share a key, with one in four 1 in 12
_PRIME = (1 << 61) - 1
_WORD = re.compile(r"[^\W_]+")


def folded(word: str) -> str:
    """A word without capitals and accents."""
    if word.isascii():
        return word.lower()
    return "".join(letter for letter in normalize("NFKD", word.casefold()) if not combining(letter))


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [folded(found) for found in _WORD.findall(text)]


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How much two paragraphs say the same: twice the words that stand in both in one order, of the words of both."""
    return Indel.normalized_similarity(one, other)


def keys(words: Sequence[str]) -> Iterator[str]:
    """The keys of a paragraph, by which those that are like it are found."""
    hashes = [_hash(f"{one} {other}") for one, other in pairwise(words)]
    if not hashes:
        return
    least = [min(factor * one % _PRIME for one in hashes) for factor in _factors()]
    for band in range(_BANDS):
        minima = least[band * _ROWS : (band + 1) * _ROWS]
        yield f"alike {band} {_hash(repr(minima)):x}"


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest())


@cache
def _factors() -> tuple[int, ...]:
    return tuple(_hash(f"factor {number}") % _PRIME for number in range(_BANDS * _ROWS))
