"""Whose resolution or decision a number is: the organ named before it, the organ that "its" stands for, or none.

The form of the number is the check: the General Assembly numbers by session ("76/181") or, up to 1976, with the session in
Roman numerals ("217 A (III)"), the Economic and Social Council by year ("2004/27") or Roman numerals, the Security Council
with the year in parentheses ("1325 (2000)"), commissions by session ("28/3").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mappings.deliberations import Deliberation, rule
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary

GENERAL_ASSEMBLY, COUNCIL, SECURITY_COUNCIL = "ga", "ecosoc", "sc"
_SHORT = {"Assembly": GENERAL_ASSEMBLY, "Council": COUNCIL}
_FORM = re.compile(
    r"(?P<special>E?S-)?(?P<first>[0-9]+)(?:/(?P<second>[0-9]+))?(?: [A-Z])?(?: \((?:(?P<roman>[IVXL]+)|(?P<year>[0-9]{4}))\))?"
)
_NAMED = re.compile(r"(?:^|[^\w])((?:[A-Z][\w'’-]*)(?: (?:[A-Z][\w'’-]*|on|of|and|the|for|against|to))*)(?:'s|’s)? $")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What tells organs apart: the reporting commission, its session, the year, and the organ that speaks."""

    body: str
    session: int
    year: int
    voice: str


@dataclass(frozen=True, slots=True)
class Owner:
    """The organ whose text is cited, and where its words (or "its") begin. `reason` says why none is known."""

    key: str
    start: int
    reason: str = ""
    own: bool = False  # cited as "its"


def owner(text: str, cited: Deliberation, vocabulary: Vocabulary, at: Circumstances) -> Owner:
    """The organ whose resolution or decision is cited in a text."""
    before = text[: cited.head]
    if match := rule("own").search(before):
        key = _antecedent(text, match.start("own"), cited, vocabulary, at)
        reason = "" if key else f"{cited.number} has not the form of a number of the organ that “its” stands for"
        return Owner(key, match.start("own"), reason, own=True)
    if named := _named(before, vocabulary, at):
        key, start = named
        if not fits(key, cited.number, at):
            return Owner("", start, f"{cited.number} has not the form of a {cited.nature} of the organ named")
        return Owner(key, start)
    if (unknown := _NAMED.search(before)) and unknown.start(1) > 0:
        return Owner("", unknown.start(1), f"the organ “{unknown.group(1)}” is not known")
    if fits(at.voice, cited.number, at):
        return Owner(at.voice, cited.head)
    key = _by_form(cited.number)
    return Owner(key, cited.head, "" if key else f"nothing says whose {cited.nature} {cited.number} is")


def fits(key: str, number: str, at: Circumstances) -> bool:
    """Whether an organ can have given a text this number by the year of the report."""
    form = _FORM.fullmatch(number)
    if form is None:
        return False
    first, second = int(form["first"]), form["second"]
    if key == SECURITY_COUNCIL:
        return form["year"] is not None
    if key == COUNCIL:
        return form["roman"] is not None or (bool(second) and 1945 <= first <= at.year)
    if key == GENERAL_ASSEMBLY:
        return form["roman"] is not None or (bool(second) and bool(form["special"] or 31 <= first <= at.year - 1944))
    if form["year"]:
        return False
    if key == at.body:
        return form["roman"] is not None or (bool(second) and (first <= at.session or 1945 < first <= at.year))
    return True


def _by_form(number: str) -> str:
    """The organ that alone numbers like this."""
    form = _FORM.fullmatch(number)
    if form and form["year"]:
        return SECURITY_COUNCIL
    return COUNCIL if form and form["second"] and 1945 <= int(form["first"]) < 2200 else ""


def _named(before: str, vocabulary: Vocabulary, at: Circumstances) -> tuple[str, int] | None:
    """The body whose name ends where a noun begins, with the place of its first word."""
    stem = re.sub(r"(?:'s|’s)? (?:[a-z]+ )?$", "", before)
    for name in reversed(vocabulary.names(stem, (NameKind.BODY,))):
        if name.end == len(stem):
            return name.key, name.start
        break
    short = re.search(r"\b(Assembly|Council|Commission)$", stem)
    if short and not re.search(r"(?:\w,? [A-Z][\w-]*|of|for) $", stem[: short.start()]):
        return _SHORT.get(short.group(1), at.body), short.start()
    return None


def _antecedent(text: str, place: int, cited: Deliberation, vocabulary: Vocabulary, at: Circumstances) -> str:
    """What "its" stands for: an organ named just after or just before, the organ that speaks, the only one that fits."""
    for key in (*_after(text, cited, vocabulary, at, place), *_before(text, place, vocabulary, at), at.voice):
        if fits(key, cited.number, at):
            return key
    others = dict.fromkeys(name.key for name in vocabulary.names(text[:place], (NameKind.BODY,)))
    fitting = [key for key in others if fits(key, cited.number, at)]
    return fitting[0] if len(fitting) == 1 else ""


def _after(text: str, cited: Deliberation, vocabulary: Vocabulary, at: Circumstances, place: int) -> Iterator[str]:
    """ "in its resolution 69/314, the General Assembly encouraged": the organ that the sentence goes on with."""
    if not re.search(r"\b(?:[Ii]n|[Bb]y) $", text[:place]):
        return
    if match := rule("named after").match(text[cited.stop :]):
        yield from _body(match["body"], vocabulary, at)


def _before(text: str, place: int, vocabulary: Vocabulary, at: Circumstances) -> Iterator[str]:
    """ "approved by the Economic and Social Council in its decision 2021/253"."""
    if match := rule("named before").search(text[:place]):
        yield from _body(match["body"], vocabulary, at)


def _body(words: str, vocabulary: Vocabulary, at: Circumstances) -> Iterator[str]:
    names = vocabulary.names(words, (NameKind.BODY,))
    if names and names[0].start == 0:
        yield names[0].key
    elif match := re.match(r"Assembly|Council|Commission", words):
        yield _SHORT.get(match.group(), at.body)
