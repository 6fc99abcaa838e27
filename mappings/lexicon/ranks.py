"""The words with which the ranks of speakers begin, and those that end no rank and no name."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from mappings.lexicon.words import words
from ontology.naming import NameKind
from ontology.vocabulary import load

ENTRY_END = re.compile(r"(?:\)|[A-Z][^\W\d_]+)[⁰¹²³⁴-⁹]*$")
WHOLE_ENTRY = re.compile(
    r"(?:United Nations \([A-Z][^()]{2,30}\)|\((?:in person|online|video|pre-recorded)[a-z -]*\))[⁰¹²³⁴-⁹]*$"
)


def begins_entry(line: str, before: str) -> bool:
    """Whether a line may be the next entry of a list of speakers: it begins with a rank behind a name or a bracket.

    Behind the seat of a mission ("to the United Nations (Geneva)") or a mode any capital begins the next entry.
    """
    if WHOLE_ENTRY.search(before):
        return line[0].isupper()
    return _rank().match(line) is not None and ENTRY_END.search(before) is not None and not unfinished(before)


def unfinished(words_: str) -> bool:
    """Whether words end in the middle of a title or a name: "Deputy", "Mr.", "Bosnia and Herzegovina, Russian"."""
    return _unfinished().search(words_) is not None


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"{words('rank/title', 'rank/qualifier', 'rank/specialty')}\b")


@cache
def _unfinished() -> re.Pattern[str]:
    """Qualifiers, forms of address and the words inside the names of States and groups that end no name of anything."""
    names = load().spellings((NameKind.STATE, NameKind.GROUP))
    last = {name[-1] for name in load().spellings(tuple(NameKind))}
    inside = {
        word
        for name in names
        for word, after in pairwise(name)
        if word[0].isupper() and after not in "(,-" and len(word) > 1 and word not in last
    }
    ends = "|".join(sorted(map(re.escape, inside)))
    return re.compile(
        rf"(?:^|[\s(])(?:{words('rank/qualifier', 'rank/form-of-address')}|(?:{ends})(?:['’]s)?|a\.i)\.?$"
    )
