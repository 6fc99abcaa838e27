"""Officers: tables, lists and sentences that fill a post, propose somebody for it or leave it vacant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mappings.dates import days
from mappings.facts import Evidence, OfficerFact, StatementFact, Thing, ThingKind
from mappings.formulae import formula
from mappings.iris import slug
from mappings.lexicon.words import words
from mappings.proceedings.panels import panellists, panels
from mappings.proceedings.parties import Parties
from mappings.sentences import sentences
from mappings.tree import Kind, Node, Passage
from ontology.naming import NameKind

ACTS = {"elected": "elected", "re-elected": "elected", "designated": "appointed", "appointed": "appointed"}
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

    def fact(self, body: str, office: str, status: str, rule: str, match: re.Match[str], **more: object) -> OfficerFact:
        """An officer's fact with the words of a match as its evidence."""
        evidence = Evidence(self.passage.span(*match.span()), f"officers: {rule}")
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

    def held(self, body: str, office: str, status: str, rule: str, persons: re.Match[str]) -> Iterator[OfficerFact]:
        """A fact for each person of "A (State), B (State) and C (State)" in the group `persons` of a match."""
        part = self.passage.part(*persons.span("persons"))
        place = _Place(self.paragraph, part, self.parties, self.on)
        for one in formula("officers", "person and State").finditer(persons["persons"]):
            state = self.parties.named(one["state"])
            yield place.fact(body, office, status, rule, one, person=_bare(one["person"]), state=state)


def officers(tree: Node, parties: Parties, statements: tuple[StatementFact, ...] = ()) -> tuple[OfficerFact, ...]:
    """Every post that the numbered paragraphs fill, propose somebody for, or leave vacant, in the order of reading.

    Those who chaired or moderated a workshop and the panellists (who also made `statements`) are among them.
    """
    paragraphs = tuple(tree.of(Kind.PARAGRAPH))
    found = [tuple(_of_paragraph(node, parties)) for node in paragraphs]
    bureau = tuple(one for facts in found for one in facts if one.status == "elected" and one.person)
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
    endorsed = formula("officers", "officers endorsed").search(text)
    elected = formula("officers", "officers elected").search(text) or formula("officers", "following officers").search(
        text
    )
    if not (endorsed or elected):
        return
    body = endorsed["body"] if endorsed else f"Bureau of the {parties.commission.label}"
    for row in node.of(Kind.ROW):
        cells = [cell.strip() for cell in row.passage.text.split("\t")]
        held = formula("officers", "person and State").search(cells[-1])
        if len(cells) < 2 or held is None:
            continue
        yield OfficerFact(
            node.key,
            re.sub(r"^the ", "", body),
            cells[0].rstrip(":"),
            regional_group(parties, cells[1]) if len(cells) > 2 else None,
            held["person"],
            parties.named(held["state"]),
            "endorsed" if endorsed else "elected",
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
    if not formula("officers", "following officers").search(text):
        return
    on = next((found.first for found in days(text)), None)
    office = ""
    for line in node.of(Kind.LINE, Kind.LIST_ITEM):
        place = _Place(node.key, line.passage, parties, on)
        words = line.passage.text
        if alone := formula("officers", "office alone").match(words):
            office = alone["office"]
        elif both := formula("officers", "office and holders in a line").match(words):
            office = both["office"]
            yield from place.held(place.bureau, office, "elected", "office and holders in a line", both)
        elif office and (held := re.fullmatch(r"(?P<persons>.*\))[;,.]?(?: and)?", words)):
            yield from place.held(place.bureau, office, "elected", "office alone", held)


def _sentence(place: _Place) -> Iterator[OfficerFact]:
    yield from _elected(place)
    yield from _nominated(place)
    yield from _extended_bureau(place)


def _elected(place: _Place) -> Iterator[OfficerFact]:
    """Those that a sentence elects: "elected A (State) Chair and B (State) and C (State) Vice-Chairs"."""
    text = place.passage.text
    act = formula("officers", "election in prose").search(text)
    if act is None:
        return
    for rule in ("persons and office", "office and persons"):
        found = list(formula("officers", rule).finditer(text, act.end()))
        for match in found:
            yield from place.held(place.bureau, match["office"], ACTS[act["act"]], rule, match)
        if found:
            return


def _nominated(place: _Place) -> Iterator[OfficerFact]:
    text, parties = place.passage.text, place.parties
    if match := formula("officers", "nominated for an office").search(text):
        state = parties.named(match["state"])
        rule = "nominated for an office"
        yield place.fact(
            place.bureau, match["office"], "nominated", rule, match, person=_bare(match["person"]), state=state
        )
    if match := formula("officers", "office vacant").search(text):
        for office in filter(None, match.group("office", "second", "last")):
            yield place.fact(place.bureau, office, "vacant", "office vacant", match)
    if match := formula("officers", "member nominated or appointed").search(text):
        body = re.sub(r"^the ", "", match["body"])
        acts = _Place(place.paragraph, place.passage.part(*match.span("acts")), parties, place.on)
        for act in formula("officers", "act and persons").finditer(match["acts"]):
            status = "nominated" if act["act"].startswith("nomination") else "appointed"
            yield from acts.held(body, "member", status, "member nominated or appointed", act)


def _extended_bureau(place: _Place) -> Iterator[OfficerFact]:
    """The seats of the group that assists the Chair and with the officers makes up the extended Bureau."""
    text = place.passage.text
    group = formula("officers", "group that assists the Chair").search(text)
    if group is None:
        return
    rule = "group that assists the Chair"
    if regional := formula("officers", "chairs of the regional groups").search(text):
        for name in REGIONS:
            whose = regional_group(place.parties, name)
            yield place.fact("extended Bureau", "chair of the regional group", "member", rule, regional, group=whose)
    for name, office in (("chair of a group", "Chair"), ("presidency of the Union", "presidency")):
        for match in formula("officers", name).finditer(text):
            whose = regional_group(place.parties, match["group"])
            yield place.fact("extended Bureau", office, "member", rule, match, group=whose)


def _bare(person: str) -> str:
    """A person's name without forms of address."""
    return re.sub(rf"^(?:{words('rank/form-of-address')}\s+)+", "", person)
