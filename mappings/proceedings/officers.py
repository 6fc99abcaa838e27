"""Officers: tables, lists and sentences that fill a post, propose somebody for it or leave it vacant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mappings.dates import days
from mappings.facts import Evidence, OfficerFact, StatementFact, Thing, ThingKind
from mappings.formulas.formula import Yield, first, leftmost, matches, says
from mappings.iris import slug
from mappings.lexicon.words import words
from mappings.proceedings.panels import panellists, panels
from mappings.proceedings.parties import Parties
from mappings.sentences import sentences
from mappings.tree import Kind, Node, Passage
from ontology.naming import NameKind
from ontology.vocabulary import load

REGIONS = (
    "African States",
    "Asia-Pacific States",
    "Eastern European States",
    "Latin American and Caribbean States",
    "Western European and other States",
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence or line of a numbered paragraph, with the day that its paragraph prints."""

    paragraph: str
    passage: Passage
    parties: Parties
    on: date | None = None

    @property
    def bureau(self) -> str:
        return f"Bureau of the {self.parties.commission.label}"

    def fact(self, body: str, office: str, status: str, found: Yield, rule: str = "", **more: object) -> OfficerFact:
        """An officer's fact with the words that a formula found as its evidence."""
        evidence = Evidence(self.passage.span(found.start, found.end), f"officers: {rule or found.formula.label}")
        held = {"group": None, "person": "", "state": None, **more}
        return OfficerFact(
            self.paragraph,
            body,
            office,
            status=status,
            on=self.on,
            evidence=evidence,
            **held,  # type: ignore[arg-type]
        )

    def held(self, body: str, office: str, status: str, found: Yield, rule: str = "") -> Iterator[OfficerFact]:
        """A fact for each of the `persons` of what a formula found: "A (State), B (State) and C (State)"."""
        start, end = found.spans["persons"]
        yield from self.each(body, office, status, rule or found.formula.label, (start, end))

    def each(self, body: str, office: str, status: str, rule: str, at: tuple[int, int]) -> Iterator[OfficerFact]:
        """A fact for each person with a State that a part of the passage names."""
        place = _Place(self.paragraph, self.passage.part(*at), self.parties, self.on)
        for one in matches("person", place.passage.text):
            state = self.parties.named(one.words("state"))
            yield place.fact(body, office, status, one, rule, person=_bare(one.words("person")), state=state)


def officers(tree: Node, parties: Parties, statements: tuple[StatementFact, ...] = ()) -> tuple[OfficerFact, ...]:
    """Every post that the numbered paragraphs fill, propose somebody for, or leave vacant, in the order of reading.

    Those who chaired or moderated a workshop and the panellists (who also made `statements`) are among them.
    """
    paragraphs = tuple(tree.of(Kind.PARAGRAPH))
    elected = load().concept("officer-status/elected")
    found = [tuple(_of_paragraph(node, parties)) for node in paragraphs]
    bureau = tuple(one for facts in found for one in facts if one.status == elected and one.person)
    seated = panellists(statements)
    facts: list[OfficerFact] = []
    for node, own in zip(paragraphs, found, strict=True):
        facts += (*own, *panels(node, parties, bureau), *seated.get(node.key, ()))
    return tuple(facts)


def _of_paragraph(node: Node, parties: Parties) -> Iterator[OfficerFact]:
    yield from _tables(node, parties)
    yield from _lists(node, parties)
    for sentence in sentences(node.passage.text):
        part = node.passage.part(sentence.start, sentence.end)
        on = next((found.first for found in days(sentence.text)), None)
        yield from _sentence(_Place(node.key, part, parties, on))


def _tables(node: Node, parties: Parties) -> Iterator[OfficerFact]:
    text = node.passage.text
    announced = first("officers announced", text)
    if announced is None:
        return
    body = announced.words("body") or f"Bureau of the {parties.commission.label}"
    office = ""
    for row in node.of(Kind.ROW):
        cells = [cell.strip() for cell in row.passage.text.split("\t")]
        held = first("person", cells[-1])
        if len(cells) < 2 or held is None:
            continue
        office = cells[0].rstrip(":") or office  # an empty cell means the one above it
        yield OfficerFact(
            node.key,
            re.sub(r"^the ", "", body),
            office,
            regional_group(parties, cells[1]) if len(cells) > 2 else None,
            held.words("person"),
            parties.named(held.words("state")),
            announced.words("status"),
            None,
            Evidence(row.passage.span(), "officers: row of a table"),
        )


def regional_group(parties: Parties, name: str) -> Thing:
    """The regional group of a cell, by its printed name where the vocabulary does not know it."""
    known = parties.vocabulary.named(name, (NameKind.GROUP,))
    return Thing(ThingKind.GROUP, known.key if known else slug(name), name)


def _lists(node: Node, parties: Parties) -> Iterator[OfficerFact]:
    """The officers that lines below a paragraph list: "Chair:", "Ada Quay (Malta)", or both on one line."""
    text = node.passage.text
    announced = next((one for one in matches("officers announced", text) if one.fields.get("listed")), None)
    if announced is None:
        return
    status = announced.words("status")
    on = next((found.first for found in days(text)), None)
    office, rule = announced.words("office"), announced.formula.label
    for line in node.of(Kind.LINE, Kind.LIST_ITEM):
        place = _Place(node.key, line.passage, parties, on)
        words = line.passage.text
        if named := first("line of officers", words):
            office, rule = named.words("office"), named.formula.label
            if "persons" in named.fields:
                yield from place.held(place.bureau, office, status, named)
        elif says("heading of a post", words):
            office = ""
        elif office and (held := re.fullmatch(r"(?P<persons>.*\))[;,.]?(?: and)?", words)):
            yield from place.each(place.bureau, office, status, rule, held.span("persons"))


def _sentence(place: _Place) -> Iterator[OfficerFact]:
    yield from _elected(place)
    yield from _nominated(place)
    yield from _extended_bureau(place)


def _elected(place: _Place) -> Iterator[OfficerFact]:
    """Those that a sentence elects: "elected A (State) Chair and B (State) and C (State) Vice-Chairs"."""
    text = place.passage.text
    read: set[int] = set()  # where the evidence of those begins whose State is printed
    act = leftmost("election", text)
    persons = list(matches("persons elected", text, act.end)) if act else []
    for found in persons:
        # the formulas say the same in two orders; the first that is found holds for the sentence
        if act and found.formula is persons[0].formula:
            for fact in place.held(place.bureau, found.words("office"), act.words("status"), found):
                read.add(fact.evidence.span.start)
                yield fact
    yield from _elected_by_name(place, read)


def _elected_by_name(place: _Place, read: set[int]) -> Iterator[OfficerFact]:
    """Those whose State is not printed: experts by name, or States that will send an officer."""
    text, parties = place.passage.text, place.parties
    act = leftmost("naming", text)
    for found in matches("names and office", text, act.end) if act else ():
        assert act is not None
        start, end = found.spans["persons"]
        for one in matches("name elected", text, start, end):
            known = parties.known(text[one.start : one.end])
            state = known if known and known.kind is ThingKind.STATE else None
            person = "" if state else _bare(text[one.start : one.end])
            if place.passage.span(one.start, one.end).start in read or (not state and " " not in person):
                continue
            more = {"person": person, "state": state}
            yield place.fact(place.bureau, found.words("office"), act.words("status"), one, found.formula.label, **more)


def _nominated(place: _Place) -> Iterator[OfficerFact]:
    text, parties = place.passage.text, place.parties
    if found := first("nomination", text):
        person, state = _bare(found.words("person")), parties.named(found.words("state"))
        office = found.words("office")
        yield place.fact(place.bureau, office, found.words("status"), found, person=person, state=state)
    if found := first("vacancy", text):
        for office in filter(None, map(found.words, ("office", "second", "last"))):
            yield place.fact(place.bureau, office, found.words("status"), found)
    if found := first("members proposed", text):
        body = re.sub(r"^the ", "", found.words("body"))
        acts = _Place(place.paragraph, place.passage.part(*found.spans["acts"]), parties, place.on)
        for act in sorted(matches("proposal of persons", acts.passage.text), key=lambda one: one.start):
            yield from acts.held(body, "member", act.words("status"), act, found.formula.label)


def _extended_bureau(place: _Place) -> Iterator[OfficerFact]:
    """The seats of the group that assists the Chair and with the officers makes up the extended Bureau."""
    text = place.passage.text
    group = first("group assisting", text)
    if group is None:
        return
    rule, member = group.formula.label, load().concept("officer-status/member")
    if regional := first("regional seats", text):
        for name in REGIONS:
            whose = regional_group(place.parties, name)
            yield place.fact("extended Bureau", "chair of the regional group", member, regional, rule, group=whose)
    for seat in matches("seat", text):
        whose = regional_group(place.parties, seat.words("group"))
        yield place.fact("extended Bureau", seat.words("office"), member, seat, rule, group=whose)


def _bare(person: str) -> str:
    """A person's name without forms of address."""
    return re.sub(rf"^(?:{words('rank/form-of-address')}\s+)+", "", person)
