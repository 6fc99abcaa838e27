"""Instruments named in a passage: by a known name, by a short form after it, by a name that a footnote sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mappings.citing.deliberations import rule
from mappings.facts import Thing, ThingKind
from mappings.iris import slug
from mappings.tree import Mark, Passage
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary

_HEADS = re.compile(
    r"\b(?:Convention|Covenant|Optional Protocol|Protocols?|Declaration|Charter|Rules|Strateg(?:y|ies)|"
    r"Agreement|Treaty|Agenda)\b"
)
_JOINT = re.compile(r" and the (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Naming:
    """An instrument named in a passage from `start` to `end`; `rule` says how it was recognised."""

    start: int
    end: int
    thing: Thing
    rule: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Words that name something that is not known, and why."""

    start: int
    end: int
    reason: str


def find(
    passage: Passage, vocabulary: Vocabulary, before: tuple[Thing, ...], sourced: frozenset[str]
) -> tuple[tuple[Naming, ...], tuple[Unresolved, ...]]:
    """The instruments of a passage in order, and the short forms that nothing explains.

    `before` are the instruments that the text has named so far, `sourced` the footnote labels that hold a resolution,
    a document or a treaty: a capitalised name that ends at such a mark is an instrument even if the vocabulary has it
    not.
    """
    known = list(_known(passage.text, vocabulary))
    for mark in passage.marks:
        if mark.label in sourced and (new := _sourced(passage, mark, known)):
            known.append(new)
    for naming in _in_capitals(passage.text, known):
        known = [naming, *(one for one in known if one.end <= naming.start or one.start >= naming.end)]
    known.extend(_statutes(passage.text, vocabulary, known))
    short, unresolved = _short_forms(passage.text, known, before)
    known = [*known, *short]
    known.extend(_protocols(passage.text, vocabulary, known, before))
    return tuple(sorted(known, key=lambda naming: naming.start)), tuple(unresolved)


def ends_at(passage: Passage, end: int, mark: Mark) -> bool:
    """Whether a mark stands behind words that end at `end`, punctuation and quotation marks left out."""
    return end <= mark.offset <= end + 3 and not passage.text[end : mark.offset].strip(' ,;.:)”"')


def _known(text: str, vocabulary: Vocabulary) -> Iterator[Naming]:
    for name in vocabulary.names(text, (NameKind.INSTRUMENT,)):
        yield Naming(name.start, name.end, Thing(ThingKind.INSTRUMENT, name.key, name.label), "instrument name")


def _sourced(passage: Passage, mark: Mark, known: list[Naming]) -> Naming | None:
    """The capitalised name that ends at a mark, if no known one does."""
    if any(ends_at(passage, naming.end, mark) for naming in known):
        return None
    start = max((other.offset for other in passage.marks if other.offset < mark.offset), default=0)
    start = max((naming.end for naming in known if start <= naming.end < mark.offset), default=start)
    match = rule("instrument with a footnote").search(passage.text[start : mark.offset])
    if not match:
        return None
    name, at = match["name"].strip(), start + match.start("name")
    name = name.removesuffix(" and the Protocols thereto")
    if name.startswith("Protocols "):
        return None
    while (joint := _JOINT.search(name)) and _HEADS.search(name[joint.end() :]):
        name, at = name[joint.end() :], at + joint.end()
    if re.match(r"(?:and|of|on|for) ", name):
        return None
    return Naming(at, at + len(name), Thing(ThingKind.INSTRUMENT, slug(name), name), "instrument with a footnote")


def _in_capitals(text: str, known: list[Naming]) -> Iterator[Naming]:
    """Instruments that the vocabulary has not, by their noun and the capitals of their name.

    A known name inside such a name is a part of it, unless it reaches beyond it or begins with it.
    """
    for match in rule("instrument in capitals").finditer(text):
        start, end = match.span("name")
        within = [one for one in known if one.start < end and start < one.end]
        if any(one.start <= start or one.end > end or one.rule != "instrument name" for one in within):
            continue
        if any(one.start <= match.start("head") < one.end for one in within):
            continue
        thing = Thing(ThingKind.INSTRUMENT, slug(match["name"]), match["name"])
        yield Naming(start, end, thing, "instrument in capitals")


def _statutes(text: str, vocabulary: Vocabulary, known: list[Naming]) -> Iterator[Naming]:
    """ "the statute of the Institute": the instrument that constitutes an organization."""
    for match in rule("statute").finditer(text):
        if any(naming.start < match.end() and match.start() < naming.end for naming in known):
            continue
        kinds = (NameKind.ORGANIZATION, NameKind.BODY)
        named = [name for name in vocabulary.names(match["organization"], kinds) if name.start == 0]
        if named:
            label, end = named[0].label, match.start("organization") + named[0].end
        elif re.match(r"(?:Institute|Court|Centre|Tribunal)\b", match["organization"]):
            noun = match["organization"].split()[0]
            earlier = [
                n for n in vocabulary.names(text[: match.start()], kinds) if n.label.split(" for ")[0].find(noun) >= 0
            ]
            if not earlier:
                continue
            label, end = earlier[-1].label, match.start("organization") + len(noun)
        else:
            continue
        name = f"Statute of the {label}"
        entry = vocabulary.named(name, (NameKind.INSTRUMENT,))
        thing = Thing(ThingKind.INSTRUMENT, entry.key if entry else slug(name), entry.label if entry else name)
        yield Naming(match.start(), end, thing, "statute")
    for match in rule("rules of procedure").finditer(text):
        name = match.group().rstrip(" ,")
        if not any(naming.start < match.end() and match.start() < naming.end for naming in known):
            yield Naming(
                match.start(),
                match.start() + len(name),
                Thing(ThingKind.INSTRUMENT, slug(name), name),
                "rules of procedure",
            )


def _short_forms(text: str, known: list[Naming], before: tuple[Thing, ...]) -> tuple[list[Naming], list[Unresolved]]:
    found: list[Naming] = []
    unresolved: list[Unresolved] = []
    for match in rule("short form").finditer(text):
        at = match.start("head")
        if any(naming.start <= at < naming.end for naming in known):
            continue
        here = [naming.thing for naming in known if naming.end <= at]
        candidates = _called(match["head"], here)[-1:] or _called(match["head"], before)
        if len(candidates) == 1:
            found.append(Naming(at, match.end(), candidates[0], "short form"))
        elif candidates:
            names = ", ".join(sorted(thing.label for thing in candidates))
            unresolved.append(Unresolved(at, match.end(), f"“the {match['head']}” may be one of: {names}"))
    return found, unresolved


def _called(head: str, things: tuple[Thing, ...] | list[Thing]) -> list[Thing]:
    """The things whose own noun is `head`: "Optional Protocol to the Convention …" is a Protocol."""
    matching = []
    for thing in dict.fromkeys(things):
        noun = _HEADS.search(thing.label)
        if noun and noun.group().endswith(head.rsplit(maxsplit=1)[-1]):
            matching.append(thing)
    return matching


def _protocols(text: str, vocabulary: Vocabulary, known: list[Naming], before: tuple[Thing, ...]) -> Iterator[Naming]:
    """ "the Protocols thereto": those of the convention named just before, or those that the text has named already."""
    for match in rule("protocols to it").finditer(text):
        at = match.start("words")
        if any(naming.start <= at < naming.end for naming in known):
            continue
        earlier = [naming.thing for naming in known if naming.end <= at]
        parents = _called("Convention", earlier)
        collective = [thing for thing in before if thing.label.startswith("Protocols to the ")]
        if match["thereto"] and parents:
            label = f"Protocols to the {parents[-1].label}"
            entry = vocabulary.named(label, (NameKind.INSTRUMENT,))
            key = entry.key if entry else f"protocols-to-{parents[-1].key}"
            yield Naming(at, match.end(), Thing(ThingKind.INSTRUMENT, key, label), "protocols to it")
        elif not match["thereto"] and collective:
            yield Naming(at, match.end(), collective[-1], "protocols to it")
