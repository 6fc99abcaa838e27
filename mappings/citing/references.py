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
    passage = replace(passage, text=deliberations.plain(passage.text))
    text = passage.text
    by_symbol = list(_symbols(text))
    numbered, unresolved, hidden = _numbered(text, vocabulary, at, by_symbol)
    taken = [(one.start, one.end) for one in numbered]
    found = [*numbered, *(one for one in by_symbol if _free(one, taken)), *_goals(text)]
    named, unexplained = instruments.find(passage, vocabulary, before, sourced)
    symbols_there = [(one.start, one.end) for one in by_symbol]  # NPT/CONF.2000/28 names no treaty
    own = instruments.own_documents(text, at.body, vocabulary) if at.clause else ()
    for naming in (*named, *own):
        if _free(naming, symbols_there) and not any(first <= naming.start < last for first, last in hidden):
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


def _free(one: Reference | instruments.Naming, taken: list[tuple[int, int]]) -> bool:
    return not any(first < one.end and one.start < last for first, last in taken)


def _numbered(
    text: str, vocabulary: Vocabulary, at: Circumstances, by_symbol: list[Reference]
) -> tuple[list[Reference], list[Unresolved], list[tuple[int, int]]]:
    """The numbered texts, those whose organ is not known, and the stretches in which no instrument is cited.

    The organ's own name and a title in quotation marks are parts of the name of the text that is cited.
    """
    found: list[Reference] = []
    unresolved: list[Unresolved] = []
    hidden: list[tuple[int, int]] = []
    previous: tuple[Deliberation, Owner] | None = None
    for cited in deliberations.find(text):
        if any(_inside(text, cited, one) for one in by_symbol):
            continue  # "(E/2019/97), chap. I, sect. C, resolution 69/91" is a place in the document
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
        symbol = vocabulary.symbol_of(whose.key, cited.nature, cited.number) if whose.key else ""
        if symbol:
            found.append(_reference(text, cited, whose, symbol))
        reason = whose.reason or whose.doubt
        if not symbol and not reason:
            reason = f"the organ “{whose.key}” has no series of symbols in the vocabulary"
        if reason:
            start = whose.start if cited.start == cited.head else cited.start
            unresolved.append(Unresolved(start, cited.end, reason))
    return found, unresolved, hidden


def _inside(text: str, cited: Deliberation, document: Reference) -> bool:
    """Whether a number is the end of a pinpoint behind a document's symbol."""
    if document.end > cited.head or not document.pinpoints or document.pinpoints[-1].find("resolution ") < 0:
        return False
    return text[document.end : cited.end].lstrip("), ").endswith(document.pinpoints[-1])


def _reference(text: str, cited: Deliberation, whose: Owner, symbol: str) -> Reference:
    start = whose.start if cited.start == cited.head else cited.start
    places, begin = pinpoints.of(text, start, cited.end, cited.stop)
    return Reference(
        begin, start, cited.end, cited.stop, document(symbol), cited.nature, places, cited.on, cited.title, whose.own
    )


def _symbols(text: str) -> Iterator[Reference]:
    for found in symbols.find(text):
        places, begin = pinpoints.of(text, found.start, found.end, max(found.end, found.close))
        if found.kind == "further":
            places, begin = (), found.start
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
    """The references with the pinpoints that stand apart: "the Declaration, adopted at …, paragraph 6 thereof".

    "Paragraph 9 of that resolution" is one of the resolution cited last.
    """
    for match in rule("thereof").finditer(text):
        noun = match["noun"] or ""
        earlier = [
            index
            for index, one in enumerate(found)
            if one.end <= match.start() and (noun not in ("resolution", "decision") or one.rule == noun)
        ]
        if earlier and (noun or not found[earlier[-1]].pinpoints):
            one = found[earlier[-1]]
            more = tuple(place for place in pinpoints.parts(match["places"]) if place not in one.pinpoints)
            found[earlier[-1]] = replace(one, pinpoints=(*one.pinpoints, *more))
    return found
