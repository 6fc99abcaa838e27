"""The word lists of ontology/schemes/ (nouns of organs, ranks, numbers) as alternatives of a regular expression."""

from __future__ import annotations

import re
from functools import cache

from ontology.vocabulary import load


@cache
def words(*kinds: str) -> str:
    """The spellings of the words of some kinds ("organ-noun/organ", "rank/title"), as `(?:A|B|C)`, the longest first.

    Valid in verbose patterns too; a word with a space or a hyphen is one alternative.
    """
    labels = {label for kind in kinds for term in load().terms(kind) for label in term.labels}
    return f"(?:{'|'.join(map(re.escape, sorted(labels, key=lambda label: (-len(label), label))))})"


def organ() -> str:
    """The nouns of organs and of whatever else speaks in a text ("The Conference of the Parties,")."""
    return words("organ-noun/organ", "organ-noun/gathering")
