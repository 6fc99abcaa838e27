"""The part of a cited thing that is meant: "paragraph 29 of the Declaration", "annex", "paragraphs 6 and 9 to 11".

A pinpoint is taken whole or not at all: the rules know lists, ranges, letters and sections that hold paragraphs.
"""

from __future__ import annotations

import re

from mappings.citing.deliberations import rule

_MEMBER = re.compile(
    r"(?P<number>[0-9IVXL]+[A-Za-z]?(?: ?\([a-z0-9]+\))*)(?P<range>(?: to |[–-])[0-9IVXL]+(?: ?\([a-z]+\))*)?"
)
_SEPARATOR = re.compile(r",? (?:and|or) |, ")


def of(text: str, start: int, end: int, stop: int) -> tuple[tuple[str, ...], int]:
    """The pinpoints of a reference whose words run from `start` to `end` and, date and title included, to `stop`.

    With them the place where the reference begins when the pinpoint stands before it. Each paragraph of an
    enumeration is a pinpoint of its own; a range stays one.
    """
    for name in ("pinpoint before", "annex before"):
        if match := rule(name).search(text[:start]):
            return parts(match["places"]), match.start("places")
    for at in dict.fromkeys((end, stop)):
        if match := rule("annex after").match(text[at:]):
            return (match["places"],), start
        if match := rule("pinpoint after").match(text[at:]):
            return parts(match["places"]), start
    return (), start


def parts(words: str) -> tuple[str, ...]:
    """The single pinpoints of the words of one: "paragraphs 6 and 9 to 11" are "paragraph 6" and "paragraphs 9 to 11".

    Words that are no plain list of one noun stay one: "section II, paragraphs 4 and 5", "paragraph 20 (a) and (b)".
    """
    words = words.strip(" ,")
    match = rule("plural pinpoint").fullmatch(words)
    if not match:
        return (words,)
    members = [_MEMBER.fullmatch(member) for member in _SEPARATOR.split(match["list"])]
    noun = match["noun"]
    return tuple(
        f"{noun}s {member.group()}" if member["range"] else f"{noun} {member.group()}" for member in members if member
    )


def whole(words: str) -> str:
    """The words where they are a pinpoint from beginning to end ("annex II, paras. 3–5"); empty where they are not."""
    return words.strip() if rule("whole pinpoint").fullmatch(words.strip()) else ""
