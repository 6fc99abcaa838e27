"""Instruments named in a passage: by a known name, by a short form after it, by a name that a footnote sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mappings.citing.deliberations import rule
from mappings.facts import Thing, ThingKind
from mappings.iris import slug
from mappings.tree import Mark, Passage
from ontology.naming import Entry, NameKind
from ontology.vocabulary import Vocabulary

_HEADS = re.compile(
    r"\b(?:Convention|Covenant|Optional Protocol|Protocols?|Declaration|Charter|Rules|Strateg(?:y|ies)|"
    r"Agreement|Treaty|Agenda|Platform for Action|Plan of Action|Programme of Action|Statute)\b"
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
    known.extend(_joint(passage.text, vocabulary, known))
    for mark in passage.marks:
        if mark.label in sourced and (new := _sourced(passage, mark, known)):
            known.append(new)
    for find_names in (_in_capitals, _head_last, _outcomes):
        for naming in find_names(passage.text, vocabulary, known):
            known = [naming, *(one for one in known if one.end <= naming.start or one.start >= naming.end)]
    for naming in (*_in_italics(passage), *_in_small_letters(passage.text)):
        if not any(one.start < naming.end and naming.start < one.end for one in known):
            known.append(naming)
    known.extend(_statutes(passage.text, vocabulary, known))
    short, unresolved = _short_forms(passage.text, known, before)
    known = [*known, *short]
    known.extend(_protocols(passage.text, vocabulary, known, before))
    return tuple(sorted(known, key=lambda naming: naming.start)), tuple(unresolved)


def ends_at(passage: Passage, end: int, mark: Mark) -> bool:
    """Whether a mark stands behind words that end at `end`, punctuation and quotation marks left out."""
    return end <= mark.offset <= end + 3 and not passage.text[end : mark.offset].strip(' ,;.:)”"')


def _known(text: str, vocabulary: Vocabulary) -> Iterator[Naming]:
    """The names of the vocabulary; one inside a longer name that is not known is none ("Oslo Charter on Lamps")."""
    for name in vocabulary.names(text, (NameKind.INSTRUMENT,)):
        short = len(text[name.start : name.end].split()) <= _SHORT_NAME
        if short and (rule("goes on behind").match(text[name.end :]) or _goes_on_before(text, name.start, vocabulary)):
            continue
        if longer := rule("protocol to one").search(text[: name.start]):
            words = text[longer.start("words") : name.end]
            yield Naming(
                longer.start("words"), name.end, Thing(ThingKind.INSTRUMENT, slug(words), words), "instrument name"
            )
            continue
        yield Naming(name.start, name.end, Thing(ThingKind.INSTRUMENT, name.key, name.label), "instrument name")


_SHORT_NAME = 3  # words; longer names say themselves which instrument they mean


def _goes_on_before(text: str, start: int, vocabulary: Vocabulary) -> bool:
    """Whether a capitalized word that opens no sentence stands just before: "the Oslo United Nations Charter"."""
    before = re.search(r"(?P<article>\b[Tt]he )(?P<words>(?:[A-Z][\w’-]* )+)$", text[:start])
    return before is not None and not vocabulary.names(before["words"].strip())


def _joint(text: str, vocabulary: Vocabulary, known: list[Naming]) -> Iterator[Naming]:
    """ "the Basel, Rotterdam and Stockholm conventions": those that the vocabulary has by the noun in the singular."""
    for match in rule("joint instruments").finditer(text):
        noun = match["head"].capitalize()
        noun = f"{noun[:-3]}y" if noun.endswith("ies") else noun[:-1]
        for name in re.finditer(r"[A-Z][\w-]+", match["names"]):
            start, end = match.start("names") + name.start(), match.start("names") + name.end()
            entry = vocabulary.named(f"{name.group()} {noun}", (NameKind.INSTRUMENT,))
            if entry and not any(one.start < end and start < one.end for one in known):
                yield Naming(start, end, _thing(entry), "joint instruments")


def _thing(entry: Entry) -> Thing:
    return Thing(ThingKind.INSTRUMENT, entry.key, entry.label)


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


def _in_capitals(text: str, vocabulary: Vocabulary, known: list[Naming]) -> Iterator[Naming]:
    """Instruments that the vocabulary has not, by their noun and the capitals of their name.

    A known name inside such a name is a part of it, unless it reaches beyond it or begins with it. Where the words go
    on in small letters, nobody can say where the name ends, and a name cut short is worse than none.
    """
    at = 0
    while match := rule("instrument in capitals").search(text, at):
        name = _one_name(match["name"], match.end("head") - match.start("name"), vocabulary)
        start, end = match.start("name"), match.start("name") + len(name)
        at = end  # a second name may be joined to it
        within = [one for one in known if one.start < end and start < one.end]
        if any(one.start <= start or one.end > end or one.rule != "instrument name" for one in within):
            continue
        if any(one.start <= match.start("head") < one.end for one in within):
            continue
        if not (name[-1].isdigit() or rule("end of a name").match(text[end:])) or _of_organ_alone(name, match["head"]):
            continue
        yield Naming(start, end, Thing(ThingKind.INSTRUMENT, slug(name), name), "instrument in capitals")


def _one_name(name: str, head: int, vocabulary: Vocabulary) -> str:
    """The name without a second one joined to it: "Convention on Fog and the Declaration on Lamps"."""
    for joint in re.finditer(r",? (?:and|or|as|to|by|in|with|from|for|at) (?:the )?(?=[A-Z])|, (?=[A-Z])", name):
        rest = name[joint.end() :]
        if joint.start() <= head:
            continue
        other = [one for one in vocabulary.names(rest) if one.start == 0 and one.kind is not NameKind.STATE]
        apart = re.match(r",? and the |, ", joint.group()) is not None and bool(other)
        opens = re.match(rf"(?:[A-Z][\w’-]* ){{0,4}}?{_NOUNS}\b", rest) or re.match(_ORGANS, rest)
        held = joint.group() == " at " and (
            bool(other) or bool(opens)
        )  # "at Geneva"; "at Sea", "at Work" are of the name
        if apart or held or (opens and " the " in joint.group()) or joint.group() in (" as ", " by "):
            return name[: joint.start()]
    return name


_NOUNS = (
    r"(?:Convention|Covenant|Protocols?|Declaration|Treaty|Agreement|Charter|Strategy|Guidelines|Principles|Rules|"
    r"Programme|Plan|Agenda|Platform|Statute)"
)
_ORGANS = (
    r"(?:[A-Z][\w’-]* ){0,4}?(?:Commission|Council|Committee|Conference|Assembly|Office|Secretary-General|Secretariat|"
    r"Board|Institute)\b"
)


def _of_organ_alone(name: str, head: str) -> bool:
    """ "Guidelines of the Committee": whose committee is not said."""
    return re.fullmatch(rf"{head} (?:of|for) the (?:[A-Z]\w+)", name) is not None and bool(re.search(_ORGANS, name))


def _head_last(text: str, vocabulary: Vocabulary, known: list[Naming]) -> Iterator[Naming]:
    """Instruments named by a place before their noun: "the Manama Declaration", "the 1921 Ankara Agreement"."""
    for match in rule("head last").finditer(text):
        start, end = match.span("name")
        if any(one.start < end and start < one.end for one in known):
            continue
        if rule("kinds of instrument alone").match(match["words"]):
            continue
        if any(one.kind in (NameKind.BODY, NameKind.ORGANIZATION) for one in vocabulary.names(match["words"])):
            continue  # "the Security Council Agenda" and "the UNDP Strategy" are no names that others know
        name = match["name"]
        if match["year"]:
            name = f"{name[len(match['year']) :]} ({match['year'].strip()})"
        yield Naming(start, end, Thing(ThingKind.INSTRUMENT, slug(name), name), "instrument named by a place")


_SERIES = ("Official Records", "United Nations, Treaty Series", "Treaty Series")  # where texts are printed
_TITLE = 4  # words; shorter italics are emphasis or a foreign word


def _in_italics(passage: Passage) -> Iterator[Naming]:
    """Publications by their title in italics: "taking note of the *Handbook on Lamps in Fog*"."""
    for start, end in passage.italics:
        name = passage.text[start:end].strip(" ,;.")
        if start and len(name.split()) >= _TITLE and name[0].isupper() and not name.startswith(_SERIES):
            yield Naming(start, start + len(name), Thing(ThingKind.INSTRUMENT, slug(name), name), "title in italics")


def _in_small_letters(text: str) -> Iterator[Naming]:
    """Guidance, road maps and handbooks that texts name in small letters, and publications before their title."""
    for name in ("named in small letters", "publication with a title"):
        for match in rule(name).finditer(text):
            thing = Thing(ThingKind.INSTRUMENT, slug(match["name"]), match["name"])
            yield Naming(*match.span("name"), thing, name)


def own_documents(text: str, body: str, vocabulary: Vocabulary) -> Iterator[Naming]:
    """The reporting body's own report and provisional agenda, without symbol yet when its decision names them."""
    entry = vocabulary.entry(NameKind.BODY, body)
    if entry is None:
        return
    whose = entry.acronym or entry.label
    for name, form in (("own report", "Report of the {} on its {} session"), ("own agenda", _AGENDA)):
        for match in rule(name).finditer(text):
            named = vocabulary.named(match["body"], (NameKind.BODY,)) if match["body"] else entry
            if named is None or named.key != body:
                continue
            parts = (whose, match["session"]) if name == "own report" else (match["session"], whose)
            label = form.format(*parts)
            yield Naming(*match.span("name"), Thing(ThingKind.INSTRUMENT, slug(label), label), name)


_AGENDA = "Provisional agenda for the {} session of the {}"


def _outcomes(text: str, _: Vocabulary, known: list[Naming]) -> Iterator[Naming]:
    """ "the outcome document of the Lamp Review Conference"."""
    for match in rule("outcome document").finditer(text):
        start, end = match.span("name")
        if any(one.start < end and start < one.end for one in known) or not rule("gathering").search(match["words"]):
            continue
        if not rule("end of a name").match(text[end:]):
            continue
        name = match["name"][0].lower() + match["name"][1:]
        yield Naming(start, end, Thing(ThingKind.INSTRUMENT, slug(name), name), "outcome document")


def _statutes(text: str, vocabulary: Vocabulary, known: list[Naming]) -> Iterator[Naming]:
    """ "the statute of the Institute": the instrument that constitutes an organization."""
    kinds = (NameKind.ORGANIZATION, NameKind.BODY)
    for match in rule("statute").finditer(text):
        if any(naming.start < match.end() and match.start() < naming.end for naming in known):
            continue
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
        if match["body"]:
            bodies = [one for one in vocabulary.names(match["body"], kinds) if one.start == 0]
            if not bodies:
                continue
            name = name[: len(name) - len(match["body"]) + bodies[0].end]
        if any(naming.start < match.end() and match.start() < naming.end for naming in known):
            continue
        entry = vocabulary.named(name, (NameKind.INSTRUMENT,))
        thing = _thing(entry) if entry else Thing(ThingKind.INSTRUMENT, slug(name), name)
        yield Naming(match.start(), match.start() + len(name), thing, "rules of procedure")


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
