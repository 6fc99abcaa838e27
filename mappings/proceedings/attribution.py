"""Who a listed speaker is: the party, the person, the capacity, and those in whose name it spoke."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mappings.facts import Thing, ThingKind
from mappings.formulas.formula import first, says
from mappings.proceedings.parties import Parties, is_secretariat
from mappings.proceedings.speakers import PERSON, Speaker

NO_CAPACITY = "speaker (no capacity printed)"
BY_TITLE = "listed by title (member/observer capacity not printed)"
_PANELS = ("panellist", "expert")
_HEADS = {"delegate": "representative", "delegation": NO_CAPACITY}


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker as understood: as printed, the party, the person, the capacity, and in whose name."""

    printed: str
    party: Thing | None
    person: str
    capacity: str
    on_behalf_of: tuple[Thing, ...]


def attribute(parties: Parties, people: dict[str, Thing], one: Speaker, panel: str = "") -> Who | None:
    """The speaker of a list; None where the words are no name and no title.

    `people` are the parties of persons named before in the report, to which this one is added; `panel` is the capacity
    of those who are listed by name because they sat on a panel.
    """
    behalf = parties.represented(one.on_behalf_of) if one.on_behalf_of else ()
    if not any(letter.isupper() for letter in one.words) and not is_secretariat(one.words):
        return None
    if says("no name", one.words):
        return None
    if indefinite := first("indefinite representative", one.words):
        of = indefinite.words("of")
        known = parties.known(of)
        is_state = bool(known and known.kind is ThingKind.STATE)
        if is_state or not (panel or is_secretariat(of)):
            one = replace(one, head=indefinite.words("kind"), words=of)
    if not one.head and (placed := first("title and State", one.words)):
        state = parties.known(placed.words("state"))  # of the person who holds a post: "the Vice-Chair (Malta)"
        if state and state.kind is ThingKind.STATE and says("post", placed.words("title")):
            who = attribute(parties, people, replace(one, words=placed.words("title")), panel)
            return replace(who, printed=re.sub(r"^[Tt]he ", "", one.words)) if who and not who.person else who
    if one.head in ("", PERSON):
        if who := _of_person(parties, people, one, behalf, panel):
            return who
        one = replace(one, head="representative" if one.head else "")
    if not one.head and (who := _honoured(parties, people, one, behalf, panel)):
        return who
    if one.head in _PANELS and "," in one.words and parties.known(one.words) is None:
        return _person(parties, people, one, behalf, one.head)
    if one.head:
        return _governed(parties, one, behalf)
    if who := _person(parties, people, one, behalf, panel):
        return who
    return _titled(parties, one, behalf)


def listed(parties: Parties, one: Speaker, head: str = "") -> Who:
    """The speaker of a line of a list, given by title and party; `head` is what the list says of all its lines."""
    behalf = parties.represented(one.on_behalf_of) if one.on_behalf_of else ()
    if office := first("representative on a line", one.words):
        kind = office.words("kind").lower()
        if known := parties.known(office.words("of")):
            return Who(one.words, known, "", _HEADS.get(kind, kind), behalf)
    party = parties.known(one.words) or parties.of_title(one.words).thing or parties.fallback(one.words)
    return Who(one.words, party, "", head or BY_TITLE, behalf)


def _of_person(
    parties: Parties, people: dict[str, Thing], one: Speaker, behalf: tuple[Thing, ...], panel: str
) -> Who | None:
    """A person with the State in parentheses, by the name alone or behind a title without capitals."""
    titled = first("officer without capital", one.words)
    named = titled or first("person and State", one.words)
    if named is None:
        # behind "the following members of the Forum" names are those of persons
        alone = one.head == PERSON and not parties.known(one.words) and says("name of a person", one.words)
        return Who(one.words, None, one.words, panel or NO_CAPACITY, behalf) if alone else None
    person, state = named.words("person"), parties.known(named.words("state")) if "state" in named.fields else None
    if "state" in named.fields and (state is None or state.kind is not ThingKind.STATE):
        return None
    if state:
        people.setdefault(person, state)
    return Who(named.words("title") or person, state, person, panel or NO_CAPACITY, behalf)


def _honoured(
    parties: Parties, people: dict[str, Thing], one: Speaker, behalf: tuple[Thing, ...], panel: str
) -> Who | None:
    """A person told by an honorific, with the State in parentheses or a title, or by the name alone."""
    named = first("person with an honorific", one.words)
    if named is None:
        return None
    person, title = named.words("person"), named.words("title")
    party = parties.of_title(title) if title else None
    state = parties.known(named.words("state")) if "state" in named.fields else None
    thing = (party.thing if party else None) or state or people.get(person)
    thing = thing or (parties.fallback(title) or parties.known(title) if title else None)
    if thing:
        people.setdefault(person, thing)
    capacity = panel or (_for_institutes(thing, behalf, party.capacity) if party else NO_CAPACITY)
    return Who(title or person, thing, person, capacity, behalf)


def _governed(parties: Parties, one: Speaker, behalf: tuple[Thing, ...]) -> Who | None:
    """A name that stands after "the representatives of", "the observers for" and the like."""
    article = first("article of a speaker", one.words)
    bare = one.words[article.end :] if article else one.words
    known = parties.known(bare)
    if known is None and not says("capital", bare) and not is_secretariat(bare):
        return None
    capacity = _HEADS.get(one.head, one.head)
    if says("Union with its members", one.words):
        return Who(one.head, parties.named("European Union"), "", capacity, (parties.named(one.words), *behalf))
    if is_secretariat(one.words) and one.head == "representative":
        party = parties.of_title(f"{one.head} of {one.words}")
        return Who(f"{one.head} of {one.words}", party.thing, "", "UN secretariat", behalf)
    person = first("organization and person", one.words) if known is None else None
    if person:
        thing = parties.named(person.words("organization"))
        return Who(one.head, thing, person.words("person"), parties.capacity_of(thing) or capacity, behalf)
    thing = known or parties.named(one.words)
    if one.head == "representative":
        capacity = parties.capacity_of(thing) or capacity
    return Who(one.head, thing, "", capacity, behalf)


def _person(
    parties: Parties, people: dict[str, Thing], one: Speaker, behalf: tuple[Thing, ...], panel: str
) -> Who | None:
    """A person with a title ("Ada Quay, Keeper of Light"), or one of a panel by name or by title alone."""
    if ranked := first("rank and person", one.words):
        return Who(one.words, people.get(ranked.words("person")), one.words, panel or NO_CAPACITY, behalf)
    if office := first("title and person", one.words):
        title = office.words("title")
        party = parties.of_title(title)
        # behind a comma of a title may stand a further part of a ministry's name
        thing = party.thing or (None if "," in title else parties.fallback(title))
        return Who(one.words, thing, office.words("person"), party.capacity, behalf)
    named = None if says("article", one.words) else first("person and title", one.words)
    if not panel and not (named and says("post", named.words("title"))):
        return None
    person, title = (named.words("person"), named.words("title")) if named else (one.words, one.words)
    party = parties.of_title(title)
    thing = party.thing or people.get(person) or (parties.fallback(title) if named else None)
    if thing:
        people.setdefault(person, thing)
    return Who(title, thing, person, panel or _for_institutes(thing, behalf, party.capacity), behalf)


def _for_institutes(thing: Thing | None, behalf: tuple[Thing, ...], capacity: str) -> str:
    """The capacity of one who speaks for an institute in the name of the network of institutes."""
    institutes = any(one.key == "pni" for one in behalf)
    return "representative of a PNI institute" if institutes and thing and capacity == NO_CAPACITY else capacity


def _titled(parties: Parties, one: Speaker, behalf: tuple[Thing, ...]) -> Who | None:
    """A title without a name, else a bare name of a party."""
    title = says("article", one.words)
    secretariat = is_secretariat(one.words)
    is_post = says("post", one.words) or secretariat
    if is_post and (title or says("office of a speaker", one.words)) and not _is_named(parties, one.words):
        party = parties.of_title(one.words)
        thing = party.thing or (None if secretariat else parties.fallback(one.words))
        return Who(re.sub(r"^[Tt]he ", "", one.words), thing, "", party.capacity, behalf)
    if title or says("capital", one.words):
        return Who("(organization named)", parties.named(one.words), "", NO_CAPACITY, behalf)
    return None


def _is_named(parties: Parties, words: str) -> bool:
    """Whether the words are the name of a known party; an office that is one is read as an office.

    "The United Nations High Commissioner for Lamps" is known for the Office of that name, but names who heads it.
    """
    if parties.known(words) is None:
        return False
    return not _is_mandate(words) and not says("head of an office", words)


def _is_mandate(words: str) -> bool:
    found = first("title", words)
    return bool(found and found.fields.get("holder"))
