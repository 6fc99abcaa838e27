"""When something falls due: at sessions, on days, within a time; how often; until when; when it is reviewed."""

from __future__ import annotations

import calendar
import re
from datetime import date

from mappings.citing.deliberations import day
from mappings.facts import Due, Thing, ThingKind
from mappings.formulae import formula
from mappings.lexicon.numbers import ordinal_number
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary

ORGANS = {"Assembly": "General Assembly", "Council": "Economic and Social Council"}


def dues(words: str, vocabulary: Vocabulary, commission: Thing, addressee: Thing | None) -> tuple[Due, ...]:
    """Everything by which a request is to be done, in the order of its words, each once."""
    found: list[tuple[int, Due]] = []
    for match in formula("mandates", "due session").finditer(words):
        body = _body(words, match, vocabulary, commission, addressee)
        for session in _sessions(match):
            found.append((match.start(), Due(body, session, None, match.group())))
    for match in formula("mandates", "due day").finditer(words):
        on = _day(match)
        found.append((match.start(), Due(None, None, on, match.group())))
    for match in formula("mandates", "due time").finditer(words):
        found.append((match.start(), Due(None, None, None, match.group())))
    return tuple(dict.fromkeys(one for _, one in sorted(found, key=lambda pair: pair[0])))


def _sessions(match: re.Match[str]) -> tuple[int, ...]:
    """The numbers of the sessions; one that is called by its year has the year."""
    if year := match["year"] or match["of_year"]:
        return (int(year),)
    numbers = [ordinal_number(one) for one in (match["session"], match["second"]) if one]
    return tuple(number for number in numbers if number is not None)


def _body(
    words: str, match: re.Match[str], vocabulary: Vocabulary, commission: Thing, addressee: Thing | None
) -> Thing | None:
    """The body whose session it is; "its" is the body named last before it in the same part, else the addressee."""
    named = match["of"] or ""
    start = max((one.end() for one in formula("mandates", "due session").finditer(words[: match.start()])), default=0)
    before = words[start : match.start()]
    entry = vocabulary.body(ORGANS.get(named, named)) if named else None
    if entry is None and not named:
        bodies = vocabulary.names(before, (NameKind.BODY,))
        short = list(formula("mandates", "organ in short").finditer(before))
        if bodies and (not short or bodies[-1].end >= short[-1].end()):
            entry = bodies[-1].entry
        elif short and (organ := ORGANS.get(short[-1]["organ"])):
            entry = vocabulary.body(organ)
    if entry:
        return Thing(ThingKind.BODY, entry.key, entry.label)
    if re.search(r"\bthe Commission\b(?! (?:on|of|for)\b)", before) or named == "Commission":
        return commission
    strange = formula("mandates", "unknown committee").search(before)
    return None if strange or addressee is None or addressee.kind is not ThingKind.BODY else addressee


def _day(match: re.Match[str]) -> date | None:
    """The day, or the last day of the month or year at whose end something is due."""
    if match["date"]:
        return day(match["date"])
    year = int(match["of_year"])
    if not match["month"]:
        return date(year, 12, 31)
    month = list(calendar.month_name).index(match["month"])
    return date(year, month, calendar.monthrange(year, month)[1])


def periodicity(words: str) -> str:
    """How often something is to be done, as printed ("annually", "every two years"); empty for once."""
    match = formula("mandates", "periodicity").search(words)
    return match.group().strip().lower() if match else ""


def review(words: str) -> str:
    """The words that say when or how it is to be looked at again; empty where none do."""
    match = formula("mandates", "review clause").search(words)
    return match.group().strip(" ,") if match else ""


def expiry(words: str) -> str:
    """The words that say until when or for how long it holds; empty where none do."""
    match = formula("mandates", "expiry clause").search(words)
    return match.group().strip(" ,") if match else ""
