"""Everything that one passage refers to, found and resolved: numbered texts, symbols, Goals, instruments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from mappings import symbols
from mappings.citing import deliberations, instruments, pinpoints
from mappings.citing.deliberations import Deliberation, rule
from mappings.citing.instruments import Unresolved
from mappings.citing.owners import Circumstances, Owner, owner
from mappings.facts import Thing, ThingKind
from mappings.tree import Passage
from ontology.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing that a passage refers to.

    `start` to `end` are the words that name it, `stop` is behind its date and title; `begin` is where a pinpoint or the
    owner's words begin. `own` tells "its resolution". `rule` is the name of the rule that found it.
    """

    begin: int
    start: int
    end: int
    stop: int
    cited: Thing
    rule: str
    pinpoints: tuple[str, ...] = ()
    on: date | None = None
    title: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage refers to, in order, and the words that look like a reference and are not resolved."""

    references: tuple[Reference, ...]
    unresolved: tuple[Unresolved, ...]


def document(symbol: str) -> Thing:
    """The document with a normal symbol."""
    return Thing(ThingKind.DOCUMENT, symbol, symbol)


def read(
    passage: Passage,
    vocabulary: Vocabulary,
    at: Circumstances,
    before: tuple[Thing, ...] = (),
    sourced: frozenset[str] = frozenset(),
) -> Reading:
    """The references of a passage; `before` are the instruments named earlier in the same text."""
    text = passage.text
    numbered, unresolved, hidden = _numbered(text, vocabulary, at)
    taken = [(one.start, one.end) for one in numbered]
    found = [*numbered, *(one for one in _symbols(text) if _free(one, taken)), *_goals(text)]
    named, unexplained = instruments.find(passage, vocabulary, before, sourced)
    for naming in named:
        if not any(first <= naming.start < last for first, last in hidden):
            places, begin = pinpoints.of(text, naming.start, naming.end, naming.end)
            for thing in _editions(text[: naming.start], naming.thing):
                found.append(Reference(begin, naming.start, naming.end, naming.end, thing, naming.rule, places))
    return Reading(
        tuple(_with_thereof(text, sorted(found, key=lambda one: (one.start, one.end)))),
        (*unresolved, *(one for one in unexplained if not any(a <= one.start < b for a, b in hidden))),
    )


def _editions(before: str, thing: Thing) -> tuple[Thing, ...]:
    """A thing, or the editions of it that are named: "the 2016 and 2020 editions of the Report"."""
    match = rule("editions").search(before)
    if not match:
        return (thing,)
    years = re.findall(r"[0-9]{4}", match["years"])
    return tuple(Thing(thing.kind, f"{thing.key}-{year}", f"{thing.label} ({year})") for year in years)


def _free(one: Reference, taken: list[tuple[int, int]]) -> bool:
    return not any(first < one.end and one.start < last for first, last in taken)


def _numbered(
    text: str, vocabulary: Vocabulary, at: Circumstances
) -> tuple[list[Reference], list[Unresolved], list[tuple[int, int]]]:
    """The numbered texts, those whose organ is not known, and the stretches in which no instrument is cited.

    The organ's own name and a title in quotation marks are parts of the name of the text that is cited.
    """
    found: list[Reference] = []
    unresolved: list[Unresolved] = []
    hidden: list[tuple[int, int]] = []
    previous: tuple[Deliberation, Owner] | None = None
    for cited in deliberations.find(text):
        whose = owner(text, cited, vocabulary, at, previous)
        previous = (cited, whose)
        if rule("pointer inside the report").search(text[: whose.start]):
            continue
        if cited.start == cited.head:
            hidden.append((whose.start, cited.end))
        if whose.until:
            hidden.append((cited.end, whose.until))
        if text[cited.end : cited.stop].endswith(("”", '"')):
            hidden.append((cited.end, cited.stop))
        series = vocabulary.symbol_prefix(whose.key) if whose.key else ""
        if series:
            found.append(_reference(text, cited, whose, series))
        else:
            reason = whose.reason or f"the organ “{whose.key}” has no series of symbols in the vocabulary"
            unresolved.append(Unresolved(min(whose.start, cited.start), cited.end, reason))
    return found, unresolved, hidden


def _reference(text: str, cited: Deliberation, whose: Owner, series: str) -> Reference:
    nature = "RES" if cited.nature == "resolution" else "DEC"
    symbol = f"{series}/{cited.number}" if series == "S" and nature == "DEC" else f"{series}/{nature}/{cited.number}"
    start = whose.start if cited.start == cited.head else cited.start
    places, begin = pinpoints.of(text, start, cited.end, cited.stop)
    return Reference(
        begin, start, cited.end, cited.stop, document(symbol), cited.nature, places, cited.on, cited.title, whose.own
    )


def _symbols(text: str) -> Iterator[Reference]:
    for found in symbols.find(text):
        places, begin = pinpoints.of(text, found.start, found.end, found.end)
        for symbol in found.symbols:
            yield Reference(
                begin, found.start, found.end, found.end, document(symbol.text), f"symbol, {found.kind}", places
            )


def _goals(text: str) -> Iterator[Reference]:
    for name, kind, label in (("goals", ThingKind.GOAL, "SDG"), ("targets", ThingKind.TARGET, "SDG target")):
        for match in rule(name).finditer(text):
            for number in re.finditer(r"[0-9]+(?:\.[0-9a-d]+)?", match["numbers"]):
                if not 1 <= int(number.group().split(".")[0]) <= 17:
                    continue
                start = match.start() if number.start() == 0 else match.start("numbers") + number.start()
                end = match.start("numbers") + number.end()
                thing = Thing(kind, number.group(), f"{label} {number.group()}")
                yield Reference(start, start, end, end, thing, name)


def _with_thereof(text: str, found: list[Reference]) -> list[Reference]:
    """The references with the pinpoints that stand apart: "the Declaration, adopted at …, paragraph 6 thereof"."""
    for match in rule("thereof").finditer(text):
        earlier = [index for index, one in enumerate(found) if one.end <= match.start()]
        if earlier and not found[earlier[-1]].pinpoints:
            found[earlier[-1]] = replace(found[earlier[-1]], pinpoints=pinpoints.parts(match["places"]))
    return found
