"""The part of a cited thing that is meant: "paragraph 29 of the Declaration", "annex", "paragraphs 6 and 87"."""

from __future__ import annotations

import re

from mappings.citing.deliberations import rule

_NUMBER = r"[0-9IVXL]+(?: \([a-z]+\))*"
_PLURAL = re.compile(
    r"(?P<noun>[Pp]aragraph|[Aa]rticle|[Rr]ule|[Ss]ection|[Cc]hapter)s "
    rf"(?P<list>{_NUMBER}(?:(?:,|,? and) {_NUMBER})+)$"
)


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
    """The single pinpoints of the words of one: "paragraphs 6 and 87" are "paragraph 6" and "paragraph 87"."""
    words = words.strip(" ,")
    match = _PLURAL.match(words)
    if not match:
        return (words,)
    return tuple(f"{match['noun']} {number}" for number in re.split(r",? and |, ", match["list"]))
