"""Whose statement it is: the party behind a name or a title, its capacity, and those in whose name it spoke."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mappings.facts import Thing, ThingKind
from mappings.formulas.formula import Yield, first, says
from mappings.iris import slug
from ontology.naming import Entry, Name, NameKind
from ontology.vocabulary import Vocabulary

PARTIES = (NameKind.STATE, NameKind.ORGANIZATION, NameKind.GROUP, NameKind.BODY)


@dataclass(frozen=True, slots=True)
class Party:
    """A party and the capacity that its title shows."""

    thing: Thing | None
    capacity: str


@dataclass(frozen=True, slots=True)
class Parties:
    """Names as they are understood in one report: on the day of the session and for its commission."""

    vocabulary: Vocabulary
    commission: Thing
    on: date | None
    secretariat: str = ""  # the key of the entity that services the commission, where the report lets it be known

    def thing(self, entry: Entry) -> Thing:
        """The fact's reference to a known thing, a State by its name in force that day."""
        named = self.vocabulary.as_of(entry, self.on)
        return Thing(ThingKind(named.kind.value), named.key, named.party)

    def named(self, words: str) -> Thing:
        """The party that bare words name; what the vocabulary does not know is an organization by its printed name."""
        words = re.sub(r"^(?:the|The) ", "", words.strip(" ,"))
        if known := self.known(words):
            return known
        unit = first("unit of an organization", words)
        if unit and (whole := self._whole(unit.words("whole"))):
            return whole
        main = _before("affiliation", words)
        return Thing(ThingKind.ORGANIZATION, slug(main), main)

    def known(self, words: str) -> Thing | None:
        """The party that bare words name in a spelling the vocabulary knows, acronym and affiliation left out."""
        words = re.sub(r"^(?:the|The) ", "", words.strip(" ,"))
        for spelling in (words, _before("acronym behind a name", words), _before("affiliation", words)):
            if entry := self.vocabulary.named(spelling, PARTIES):
                return self.thing(entry)
        return None

    def _whole(self, words: str) -> Thing | None:
        """The known organization whose unit is named: the longest end of the words that is a name."""
        parts = re.split(r"\bof (?:the )?", words)
        for at in range(len(parts)):
            if known := self.known(" of ".join(part.strip() for part in parts[at:])):
                return known
        return None

    def of_title(self, title: str) -> Party:
        """The party and the capacity that a title gives, by the last name in it that is not an adjective."""
        words = re.sub(r"^(?:the|The) ", "", title)
        if (of := re.sub(r"^(?:Vice-)?President of the ", "", words)) != words and self.is_own(of):
            return self._of_chair(of)
        if found := first("title", words):
            return self._titled(words, found)
        last = self._last(words)
        return Party(self.thing(last) if last else None, self._capacity(last, words))

    def _titled(self, words: str, found: Yield) -> Party:
        """The party and the capacity of a title that a formula knows."""
        of, unit, capacity = found.words("of"), found.words("unit"), found.words("capacity")
        if found.fields.get("chairs"):
            return self._of_chair(of or "Commission")
        if found.fields.get("own"):
            return Party(self.commission, capacity)
        if found.fields.get("holder"):
            known = self.vocabulary.named(words, (NameKind.ORGANIZATION,))
            return Party(Thing(ThingKind.ORGANIZATION, known.key if known else slug(words), words), capacity)
        return Party(Thing(ThingKind.ORGANIZATION, slug(unit), unit) if unit else self.named(of), capacity)

    def _of_chair(self, body: str) -> Party:
        if self.is_own(body) or body in ("Commission", "Committee", "Commission at its session", self.commission.label):
            return Party(self.commission, "Chair")
        thing = self.named(body)
        if thing.kind is ThingKind.GROUP:  # the State that chairs a group speaks for it
            return Party(thing, "representative")
        is_organ = thing.kind is ThingKind.BODY
        return Party(
            thing, "UN body chair" if is_organ and "Committee on" not in body else "UN mandate holder / treaty body"
        )

    def is_own(self, words: str) -> bool:
        """Whether words name the commission: its name, its first part ("the Executive Body"), or its noun alone."""
        label = self.commission.label
        if words == label:
            return True
        part = re.match(rf"{re.escape(words)}(?=[ /,])", label)
        noun = " " not in words and re.search(rf"\b{re.escape(words)}\b", label)
        return bool(part or noun) and says("name of an organ", words)

    def capacity_of(self, thing: Thing) -> str:
        """What a member of the staff of a United Nations entity is by its party alone, empty for every other party."""
        if thing.kind is not ThingKind.ORGANIZATION:
            return ""
        entry = self.vocabulary.entry(NameKind.ORGANIZATION, thing.key)
        capacity = self._capacity(entry, "") if entry else ""
        return capacity if capacity.startswith(("UN", "PNI")) else ""

    def _last(self, title: str) -> Entry | None:
        words = _before("accreditation", title)
        found = [name for name in self.vocabulary.names(words, PARTIES) if not self._is_adjective(words, name)]
        return found[-1].entry if found else None

    @staticmethod
    def _is_adjective(words: str, name: Name) -> bool:
        return name.kind is NameKind.STATE and says("adjective", words[name.end :])

    def _capacity(self, known: Entry | None, title: str) -> str:
        if known is None:
            return "UN secretariat" if is_secretariat(title) else "speaker (no capacity printed)"
        if known.kind is NameKind.BODY and is_secretariat(title):
            return "UN secretariat"
        if known.key == self.secretariat or (known.kind is not NameKind.STATE and is_secretariat(known.label)):
            return "UN secretariat"
        if known.kind is NameKind.ORGANIZATION and says("united nations entity", known.label):
            return "PNI institute" if "Institute" in known.label else "UN entity"
        return "speaker (no capacity printed)"

    def fallback(self, title: str) -> Thing | None:
        """The organization that ends a title whose names are all unknown ("Legal Officer, Harbour Watch")."""
        bare = _before("accreditation", title)
        name = re.sub(r"^the ", "", bare.rpartition(", ")[2])
        if "," in bare and name[:1].isupper() and not says("post", name):
            return Thing(ThingKind.ORGANIZATION, slug(name), name)  # "Director, Association of Ports"
        last = first("last name of a title", bare)
        name = last.words("organization") if last else ""
        if says("name of an organ", name) and (" " not in name or self.is_own(name)):
            return self.commission if self.is_own(name) else None  # "a member of the Committee"
        if name.rpartition(" ")[2][:1].islower():  # "of the country": a name ends with a capital
            return None
        return Thing(ThingKind.ORGANIZATION, slug(name), name) if name else None

    def represented(self, words: str) -> tuple[Thing, ...]:
        """Those in whose name something was said, from the words after "on behalf of"."""
        words = words.strip(" .")
        if says("represented unnamed", words):
            return ()
        if own := first("own members", words):
            words = words[own.end :].strip(" ,")
            if not words:
                return ()
        bare = re.sub(r"^the ", "", words)
        if known := self.vocabulary.named(bare, (NameKind.GROUP, NameKind.STATE, NameKind.ORGANIZATION)):
            return (self.thing(known),)
        names = self.vocabulary.names(words, (NameKind.STATE, NameKind.GROUP))
        kept = [name for name in names if not self._is_adjective(words, name)]
        listed = tuple(self.thing(name.entry) for name in kept)
        opening = first("governments of", words)
        if len(listed) > 1 or (kept and kept[0].start == (opening.end if opening else 0)):
            return listed
        if says("number of countries", words):
            return listed
        return (Thing(ThingKind.GROUP, slug(bare), bare),)


def is_secretariat(title: str) -> bool:
    """Whether a title is that of the staff of a secretariat."""
    return says("secretariat", title)


def _before(emits: str, words: str) -> str:
    """The words before what a cue takes, which runs to their end."""
    found = first(emits, words)
    return words[: found.start] if found else words
