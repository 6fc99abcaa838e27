"""The words with which the ranks of speakers begin, and those that end no rank and no name."""

from __future__ import annotations

import re

RANK = re.compile(
    r"(?:Acting|Adviser|Ambassador|Assistant|Associate|Attorney|Chair|Chargé|Chief|Commissioner|Coordinator|Counsellor"
    r"|Deputy|Director|Executive|Federal|First|Governor|Head|Judge|Justice|Legal|Member|Minister|National|Officer"
    r"|Permanent|Police|President|Prime|Principal|Prosecutor|Representative|Second|Secretary|Senior|Special|Specialist"
    r"|State|Third|Under-Secretary|Undersecretary|Vice)\b"
)
# What begins a rank or the name of a State or body, and ends none.
UNFINISHED = re.compile(
    r"(?:^|[\s(])(?:"
    r"United|Permanent|Deputy|Vice|Assistant|Associate|Acting|Principal|Senior|Special"
    r"|Chief|Prime|High|First|Second|Third|Federal|National|International|Bolivarian"
    r"|Plurinational|Islamic|Arab|Syrian|Lao|Democratic|People['’]s|Socialist|Federated"
    r"|Russian|Northern|North|South|Southern|New|Saudi|Sri|El|Costa|San|Saint|Santa|Côte"
    r"|Burkina|Viet|Sierra|Cabo|Cape|Equatorial|Papua|Marshall|Solomon|Dominican|Czech"
    r"|Central African|European|Mr|Ms|Mrs|Dr|Prof|a\.i"
    r")\.?$"
)
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
    return RANK.match(line) is not None and ENTRY_END.search(before) is not None and not UNFINISHED.search(before)
