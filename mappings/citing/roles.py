"""How a cited thing stands in its paragraph: the object of the verb, or a mention elsewhere."""

from __future__ import annotations

import re

from mappings.citing.deliberations import rule
from mappings.facts import Role

_CLAUSE = re.compile(r"^(?: \w+)? that\b")
_SUBJECT = re.compile(r"^that(?:,? (?:in|the|its|and|of|paragraphs?|[0-9]+|of the|as well as)\b|,|\s)*$")


def role(text: str, opened: int, verb: str, start: int, done: tuple[tuple[int, int], ...]) -> Role:
    """The role of a reference that begins at `start`, pinpoint and owner's words included.

    `opened` is the end of the opening phrase, `verb` its concept's key; `done` are the direct
    references before it (and the bodies that are named by one), from begin to end. The reference is direct where only
    words that do not leave the verb's object stand between.
    """
    clause = opened
    second = False
    for opening in rule("second clause").finditer(text, opened, start):
        clause, second = opening.end(), True
    segment = _without(text, clause, start, done)
    if not second and rule("addressing").match(text):
        return Role.MENTION
    if match := _CLAUSE.match(segment):
        subject = _SUBJECT.match(segment[match.end() - 4 :]) is not None
        return Role.DIRECT if subject and verb != "note" else Role.MENTION
    if rule("weight").match(segment):
        return Role.DIRECT
    if not rule("mention").search(segment):
        return Role.DIRECT
    return Role.MENTION


def joined(text: str, start: int) -> bool:
    """Whether a reference is joined to an earlier object of the verb: "…, in which it decided X, and its decision"."""
    return rule("second object").search(text[:start]) is not None


def _without(text: str, begin: int, end: int, done: tuple[tuple[int, int], ...]) -> str:
    """The words between two places, the references among them that are done with (titles included) taken out."""
    pieces = []
    at = begin
    for first, last in done:
        if first >= at and last <= end:
            pieces.append(text[at:first])
            at = last
    pieces.append(text[at:end])
    return "".join(pieces)
