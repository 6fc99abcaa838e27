"""Whose statement it is: the party behind a name or a title, its capacity, and those in whose name it spoke."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mappings.facts import Thing, ThingKind
from ontology.naming import Entry, Name, NameKind
from ontology.vocabulary import Vocabulary

PARTIES = (NameKind.STATE, NameKind.ORGANIZATION, NameKind.GROUP, NameKind.BODY)
ACCREDITATION = re.compile(
    r",? (?:to|for) the (?:United Nations(?=\s*(?:\(|$|,|and\b|Office\b|at\b))|Organization for Security\b).*$",
    re.DOTALL,
)
ADJECTIVAL = re.compile(
    r"\s+(?!(?:Department|Ministry|Government|Mission|Permanent|Embassy)\b|and\b|at\b|in\b|to\b|for\b|on\b|of\b)[A-Z]"
)
MANDATE_HOLDER = re.compile(
    r"^(?:the )?(?:Special Rapporteur|Special Representative|Independent Expert|Special Envoy of the Secretary-General|"
    r"Special Adviser)\b"
)
SECRETARIAT = re.compile(
    r"\b(?:Secretariat|Branch|Division|Section|Secretary of the Commission|Under-Secretary-General|"
    r"Assistant Secretary-General|Officer-in-Charge)\b"
)
CHAIR = re.compile(
    r"^(?:the )?(?:Acting )?(?:(?:First|Second|Third) Vice-)?Chair(?:person|man|woman)?(?: of the (?P<of>.+))?$"
)
PRESIDENT = re.compile(
    r"^(?:the )?President of the (?P<of>General Assembly|Economic and Social Council|Security Council)$"
)
LAST_OF = re.compile(r"^.*(?:\bof|,)\s+(?:the\s+)?(?P<name>[A-ZÀ-Þ][^,]*)$")


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
    on: date
    secretariat: str = ""  # the key of the entity that services the commission, where the report lets it be known

    def thing(self, entry: Entry) -> Thing:
        """The fact's reference to a known thing, a State by its name in force that day."""
        named = self.vocabulary.as_of(entry, self.on)
        return Thing(ThingKind(named.kind.value), named.key, named.party)

    def named(self, words: str) -> Thing:
        """The party that bare words name; what the vocabulary does not know is an organization by its printed name."""
        words = re.sub(r"^(?:the|The) ", "", words.strip(" ,"))
        if known := self.vocabulary.named(words, PARTIES):
            return self.thing(known)
        without_acronym = re.sub(r" \([A-Z][A-Za-z-]+\)$", "", words)
        if known := self.vocabulary.named(without_acronym, PARTIES):
            return self.thing(known)
        main = words.split(", affiliated with")[0]
        if known := self.vocabulary.named(main, PARTIES):
            return self.thing(known)
        return Thing(ThingKind.ORGANIZATION, slug(main), main)

    def of_title(self, title: str) -> Party:
        """The party and the capacity that a title gives, by the last name in it that is not an adjective."""
        words = re.sub(r"^(?:the|The) ", "", title)
        if chair := CHAIR.match(words):
            return self._of_chair(chair["of"] or "Commission")
        if president := PRESIDENT.match(words):
            return Party(self.named(president["of"]), "UN principal organ")
        if re.match(r"Secretary of the Commission\b", words):
            return Party(self.commission, "UN secretariat")
        if MANDATE_HOLDER.match(words):
            return Party(Thing(ThingKind.ORGANIZATION, slug(words), words), "UN mandate holder / treaty body")
        if secretariat := re.search(r"representative of the (Secretariat to the Governing Bodies)", words):
            return Party(Thing(ThingKind.ORGANIZATION, slug(secretariat[1]), secretariat[1]), "UN secretariat")
        known = self._last(words)
        return Party(self.thing(known) if known else None, self._capacity(known, words))

    def _of_chair(self, body: str) -> Party:
        if body in ("Commission", self.commission.label):
            return Party(self.commission, "Chair")
        thing = self.named(body)
        is_organ = thing.kind is ThingKind.BODY
        return Party(
            thing, "UN body chair" if is_organ and "Committee on" not in body else "UN mandate holder / treaty body"
        )

    def _last(self, title: str) -> Entry | None:
        words = ACCREDITATION.sub("", title)
        found = [name for name in self.vocabulary.names(words, PARTIES) if not self._is_adjective(words, name)]
        return found[-1].entry if found else None

    @staticmethod
    def _is_adjective(words: str, name: Name) -> bool:
        return name.kind is NameKind.STATE and bool(ADJECTIVAL.match(words[name.end :]))

    def _capacity(self, known: Entry | None, title: str) -> str:
        if known is None or known.key == self.secretariat:
            return "UN secretariat" if known or SECRETARIAT.search(title) else "speaker (no capacity printed)"
        if known.kind is NameKind.ORGANIZATION and known.label.startswith("United Nations"):
            return "PNI institute" if "Institute" in known.label else "UN entity"
        return "speaker (no capacity printed)"

    def fallback(self, title: str) -> Thing | None:
        """The organization that ends a title whose names are all unknown ("Legal Officer, Harbour Watch")."""
        last = LAST_OF.match(ACCREDITATION.sub("", title))
        return Thing(ThingKind.ORGANIZATION, slug(last["name"]), last["name"]) if last else None

    def represented(self, words: str) -> tuple[Thing, ...]:
        """Those in whose name something was said, from the words after "on behalf of"."""
        words = words.strip(" .")
        bare = re.sub(r"^the ", "", words)
        if known := self.vocabulary.named(bare, (NameKind.GROUP, NameKind.STATE, NameKind.ORGANIZATION)):
            return (self.thing(known),)
        names = self.vocabulary.names(words, (NameKind.STATE, NameKind.GROUP))
        listed = tuple(self.thing(name.entry) for name in names if not self._is_adjective(words, name))
        if len(listed) > 1 or (listed and re.match(r"(?:the )?(?:Governments? of )?", words).end() == names[0].start):  # type: ignore[union-attr]
            return listed
        if re.match(r"(?:the )?(?:a )?(?:group|number) of (?:countries|States|delegations)", words):
            return listed
        return (Thing(ThingKind.GROUP, slug(bare), bare),)


def slug(name: str) -> str:
    """The name as a segment of an IRI: lower case, hyphens for everything that is no letter or digit."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-_")
