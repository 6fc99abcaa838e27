"""Whose resolution or decision a number is: the organ named before it, the organ that "its" stands for, or none.

The form of the number is the check: the General Assembly numbers by session ("76/181") or, up to 1976, with the session
in Roman numerals ("217 A (III)"), the Economic and Social Council by year ("2004/27") or Roman numerals, the Security
Council with the year in parentheses ("1325 (2000)"), commissions by session ("28/3").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mappings.citing.deliberations import Deliberation, rule
from mappings.lexicon.words import words as organ_nouns
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary

GENERAL_ASSEMBLY, COUNCIL, SECURITY_COUNCIL = "ga", "ecosoc", "sc"
_SHORT = {"Assembly": GENERAL_ASSEMBLY, "Council": COUNCIL}
_FORM = re.compile(
    r"(?P<special>E?S-)?(?P<first>[0-9]+)(?:/(?P<second>[0-9]+))?(?: [A-Z])?"
    r"(?: \((?:(?P<roman>[IVXL]+)|(?P<year>[0-9]{4}))\))?"
)
_NAMED = re.compile(
    r"(?:^|\W)(?P<name>[A-Z][\w'’-]*(?:(?: (?:on|of|and|the|for|against|to))* [A-Z][\w'’-]*)*)(?:'s|’s)? $"
)
_FIRST_SESSION, _LAST_SESSION = 31, 60  # of the Assembly in Arabic numerals; of any other body that counts sessions


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
    until: int = 0  # behind the organ's words, where they follow the number


_Named = tuple[str, int, int]  # the organ's key, where its words begin, where they end behind the number


@dataclass(frozen=True, slots=True)
class _Asked:
    """A citation whose organ is asked for, in its passage."""

    text: str
    cited: Deliberation
    vocabulary: Vocabulary
    at: Circumstances

    def takes(self, key: str) -> bool:
        """Whether the organ can have adopted all that the noun governs."""
        return all(fits(key, number, on, self.at) for number, on in self.cited.group)

    def named_in(self, words: str) -> str:
        """The organ whose name begins some words, empty if none does."""
        names = self.vocabulary.names(words, (NameKind.BODY,))
        if names and names[0].start == 0:
            return names[0].key
        noun = re.match(rf"({organ_nouns('organ-noun/organ')})\b", words)
        if noun is None:
            return ""
        if noun[1] == "Conference":
            return self.conference()
        return _SHORT.get(noun[1]) or (self.at.body if self._own(noun[1]) else "")

    def _own(self, noun: str) -> bool:
        """Whether a noun stands for the body that reports: "Commission" in the report of one that is a commission."""
        body = self.vocabulary.entry(NameKind.BODY, self.at.body)
        return noun.lower() in (body.label if body else self.at.body).lower()

    def conference(self) -> str:
        """The conference of parties that the passage has named last."""
        names = self.vocabulary.names(self.text[: self.cited.head], (NameKind.BODY,))
        return next((name.key for name in reversed(names) if name.label.startswith("Conference of")), "")


def owner(
    text: str,
    cited: Deliberation,
    vocabulary: Vocabulary,
    at: Circumstances,
    previous: tuple[Deliberation, Owner] | None = None,
) -> Owner:
    """The organ whose resolution or decision is cited in a text; `previous` is the one cited before it."""
    asked = _Asked(text, cited, vocabulary, at)
    before = text[: cited.head]
    if match := rule("own").search(before):
        key = _antecedent(asked, match.start("own"))
        reason = "" if key else f"{cited.number} is no number of the organ that “its” seems to stand for"
        return Owner(key, match.start("own"), reason, own=True)
    if named := _named_before(asked) or _named_behind(asked) or _carried(asked, previous):
        key, start, until = named
        known = key in (GENERAL_ASSEMBLY, COUNCIL, SECURITY_COUNCIL, at.body)
        if asked.takes(key) or not known:  # a body that is named is believed
            return Owner(key, start, until=until)
        return Owner("", start, f"{cited.number} has not the form of a {cited.nature} of the organ named")
    return _unknown(before) or _unnamed(asked)


def fits(key: str, number: str, on: date | None, at: Circumstances) -> bool:
    """Whether an organ can have given a text this number, on that day, by the year of the report."""
    form = _FORM.fullmatch(number)
    if form is None or (form["year"] is not None) != (key == SECURITY_COUNCIL):
        return False
    first, roman = int(form["first"]), form["roman"] is not None
    if key == SECURITY_COUNCIL:
        return True
    if key == COUNCIL:
        return roman or (1945 <= first <= at.year and (on is None or on.year - first in (0, 1)))
    if key == GENERAL_ASSEMBLY:
        opened = first + 1945
        when = on is None or on.year - opened in (0, 1)
        return roman or form["special"] is not None or (first >= _FIRST_SESSION and opened <= at.year and when)
    if key == at.body:
        return roman or first <= at.session or 1945 < first <= at.year
    return roman or form["special"] is not None or first <= _LAST_SESSION or 1945 < first <= at.year


def _unknown(before: str) -> Owner | None:
    """A name in capitals before the noun that is no known organ's; the verb that opens the paragraph is none."""
    match = _NAMED.search(before)
    if match is None:
        return None
    start = match.start("name")
    if start == 0:
        opening, _, rest = match["name"].partition(" ")
        if not rest[:1].isupper():
            return None
        start = len(opening) + 1
    return Owner("", start, f"the organ “{before[start:].strip()}” is not known")


def _named_before(asked: _Asked) -> _Named | None:
    """The organ whose name ends where the noun begins, with the place of its first word."""
    stem = re.sub(r"(?:'s|’s)? (?:[a-z]+ )?$", "", asked.text[: asked.cited.head])
    for name in reversed(asked.vocabulary.names(stem, (NameKind.BODY,))):
        if name.end == len(stem):
            return name.key, name.start, 0
        break
    short = re.search(rf"\b{organ_nouns('organ-noun/organ')}$", stem)
    if not short or re.search(r"(?:\w,? [A-Z][\w-]*|of|for) $", stem[: short.start()]):
        return _among(asked)
    key = asked.named_in(short.group())
    return (key, short.start(), 0) if key else None


def _among(asked: _Asked) -> _Named | None:
    """ "Human Rights Council resolutions, including resolutions 23/9 and 29/11"."""
    if match := rule("among those of").search(asked.text[: asked.cited.head]):
        for name in reversed(asked.vocabulary.names(match["body"], (NameKind.BODY,))):
            if name.end == len(match["body"]):
                return name.key, asked.cited.head, 0
            break
    return None


def _named_behind(asked: _Asked) -> _Named | None:
    """ "resolution 10/1 of the Conference of the Parties"."""
    ends = (asked.cited.close, *(asked.cited.end,) * (len(asked.cited.group) == 1))
    for end in ends:
        if match := rule("named behind").match(asked.text[end:]):
            words = re.sub(r"^[a-z]+ session of the ", "", match["body"])
            if key := asked.named_in(words):
                return key, asked.cited.head, end + match.end()
    return None


def _carried(asked: _Asked, previous: tuple[Deliberation, Owner] | None) -> _Named | None:
    """ "General Assembly resolution S-23/2, annex, and resolution S-23/3": the organ named before is meant again."""
    if previous is None or not previous[1].key or previous[0].close > asked.cited.head:
        return None
    between = asked.text[previous[0].close : asked.cited.head]
    if rule("carried on").match(between) and asked.takes(previous[1].key):
        return previous[1].key, asked.cited.head, 0
    return None


def _unnamed(asked: _Asked) -> Owner:
    """The organ of "resolution 76/181" without a name: the one that speaks, if no other that is named can be meant."""
    head, cited, at = asked.cited.head, asked.cited, asked.at
    names = asked.vocabulary.names(asked.text[:head], (NameKind.BODY,))
    keys = [key for key in dict.fromkeys((at.voice, *(name.key for name in names))) if asked.takes(key)]
    if len(keys) == 1:
        return Owner(keys[0], head)
    if not keys and (key := _by_form(cited.number)):
        return Owner(key, head)
    return Owner("", head, f"nothing says whose {cited.nature} {cited.number} is")


def _by_form(number: str) -> str:
    """The organ that alone numbers like this."""
    form = _FORM.fullmatch(number)
    if form and form["year"]:
        return SECURITY_COUNCIL
    return GENERAL_ASSEMBLY if form and form["second"] and _LAST_SESSION + 20 < int(form["first"]) < 200 else ""


def _antecedent(asked: _Asked, place: int) -> str:
    """What "its" stands for: an organ named just after or just before, the organ that speaks, the only one that fits.

    Where the organ that speaks and another one named before could both have given the number, none is chosen.
    """
    for key in (*_after(asked, place), *_before(asked, place)):
        if asked.takes(key):
            return key
    named = (name.key for name in asked.vocabulary.names(asked.text[:place], (NameKind.BODY,)))
    fitting = [key for key in dict.fromkeys((asked.at.voice, *named)) if asked.takes(key)]
    return fitting[0] if len(fitting) == 1 else ""


def _after(asked: _Asked, place: int) -> Iterator[str]:
    """ "in its resolution 69/314, the General Assembly encouraged": the organ that the sentence goes on with."""
    if re.search(r"\b(?:[Ii]n|[Bb]y) $", asked.text[:place]):
        match = rule("named after").match(asked.text[asked.cited.stop :])
        if match and (key := asked.named_in(match["body"])):
            yield key


def _before(asked: _Asked, place: int) -> Iterator[str]:
    """ "approved by the Economic and Social Council in its decision 2021/253"."""
    match = rule("named before").search(asked.text[:place])
    if match and (key := asked.named_in(match["body"])):
        yield key
