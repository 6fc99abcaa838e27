"""Who spoke: every statement that a report counts, from lists a line each and from lists inside sentences."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from mappings.facts import Evidence, MeetingFact, StatementFact, Thing, ThingKind
from mappings.formulae import formula
from mappings.formulas.formula import Yield, first, in_order, leftmost, matches, says
from mappings.iris import slug
from mappings.proceedings.attribution import Who, attribute, listed
from mappings.proceedings.occasions import Occasion, occasions
from mappings.proceedings.parties import PARTIES, Parties
from mappings.proceedings.purposes import purpose
from mappings.proceedings.speaker_notes import SpeakerNotes
from mappings.proceedings.speakers import Speaker, head_announced, numbers_of, speaker, speakers, spelled_out
from mappings.sentences import sentences
from mappings.source import Span
from mappings.tree import Kind, Mark, Node, Passage
from ontology.naming import NameKind

_LINES = (Kind.LINE, Kind.LIST_ITEM, Kind.ROW)


@dataclass(slots=True)
class _Listing:
    """The statements of a report as they are collected."""

    parties: Parties
    notes: SpeakerNotes
    facts: list[StatementFact] = field(default_factory=list)
    people: dict[str, Thing] = field(default_factory=dict)

    def add(self, fact: StatementFact, marks: tuple[Mark, ...], *, told: bool = False, once: bool = False) -> None:
        """Add a statement with what its footnotes say.

        A sentence that tells (`told`) what the last speaker said goes on with the statement; of an officer or of
        several delegations (`once`) a paragraph has one such statement.
        """
        for one in self.notes.applied(fact, marks):
            here = self._last_of(one.paragraph)
            if told and here and _same(here[-1], one):
                self.extend(one.paragraph, one.evidence.span)
            elif not (once and any(_same(other, one) for other in here)):
                self.facts.append(replace(one, order=len(here) + 1))

    def _last_of(self, paragraph: str) -> list[StatementFact]:
        """The statements of a paragraph, which are the last ones as long as it is read."""
        start = len(self.facts)
        while start and self.facts[start - 1].paragraph == paragraph:
            start -= 1
        return self.facts[start:]

    def extend(self, paragraph: str, span: Span) -> None:
        """Let the paragraph's last statement hold further words that tell what was said in it."""
        if self.facts and self.facts[-1].paragraph == paragraph:
            last = self.facts[-1]
            words = Span(last.evidence.span.start, max(last.evidence.span.end, span.end))
            self.facts[-1] = replace(last, evidence=replace(last.evidence, span=words))


def _same(before: StatementFact, after: StatementFact) -> bool:
    """Whether both are of one speaker: of one party, or "the Chair" after "the Chair of the Working Group"."""
    titled = not after.person and before.speaker.startswith(f"{after.speaker} of ") and after.capacity == "Chair"
    if before.person and after.person:  # "Ms. Quay" after "Ms. Ada Quay"
        return before.person.split()[-1] == after.person.split()[-1]
    same = before.party == after.party and (before.party is not None or before.speaker == after.speaker)
    return titled or same


def statements(tree: Node, meetings: tuple[MeetingFact, ...], parties: Parties) -> tuple[StatementFact, ...]:
    """Every statement in the numbered paragraphs of the report, in the order of reading.

    Deliberations and summaries by the Chair are left out: they report views without saying whose they are.
    """
    texts = {note.label: note.passage.text for note in tree.of(Kind.FOOTNOTE)}
    known = replace(parties, secretariat=_secretariat(tree, parties))
    listing = _Listing(known, SpeakerNotes(texts, known))
    for occasion, paragraph in occasions(tree, meetings):
        _read_paragraph(listing, occasion, paragraph)
    return tuple(_with_secretariat(fact, known) for fact in listing.facts)


def _secretariat(tree: Node, parties: Parties) -> str:
    """The organization that the titles of the Secretariat's staff name most often in this report."""
    counted: Counter[str] = Counter()
    for node in tree.of(Kind.PARAGRAPH):
        text = node.passage.text
        begins = {found.end for found in matches("staff of an entity", text)}
        names = parties.vocabulary.names(text, (NameKind.ORGANIZATION,))
        counted.update(name.key for name in names if name.start in begins)
    return counted.most_common(1)[0][0] if counted else ""


def _with_secretariat(fact: StatementFact, parties: Parties) -> StatementFact:
    """The statement; a member of the Secretariat belongs to the entity that services the commission."""
    if fact.party is None and fact.capacity == "UN secretariat" and parties.secretariat:
        entry = parties.vocabulary.entry(NameKind.ORGANIZATION, parties.secretariat)
        return replace(fact, party=parties.thing(entry)) if entry else fact
    return fact


def _read_paragraph(listing: _Listing, occasion: Occasion, node: Node) -> None:
    for sentence in sentences(node.passage.text):
        start = sentence.start
        parts = in_order("further sentence", sentence.text)
        for end in (*(sentence.start + part.end for part in parts), sentence.end):
            occasion = occasion.narrowed(node.passage.text[start:end])
            _read_sentence(listing, occasion, node.passage.part(start, end))
            start = end
    if says("speakers in lines", node.passage.text) and not says("attendance listed", node.passage.text):
        _read_lines(listing, occasion, node)


def _read_lines(listing: _Listing, occasion: Occasion, node: Node) -> None:
    """The speakers of a list a line each; a line that says of what kind those after it are speaks of no one."""
    head = ""
    announcement = sentences(node.passage.text)[-1].text
    for line in node.children:
        if line.kind not in _LINES or not line.passage.text.strip():
            continue
        if kind := first("kind of those listed", line.passage.text.strip()):
            head = kind.words("head")
            continue
        if several := formula("outline", "kind and those listed").match(line.passage.text.rstrip(" ;.")):
            _add_line(listing, occasion, line.passage, several, announcement)
            continue
        text = line.passage.text.replace("\t", ", ")
        leading = first("connectors at the beginning", text)
        start = leading.end if leading else 0
        one = speaker(text, start, len(text.rstrip(" ;.,")))
        who = listed(listing.parties, one, head)
        fact = _statement(occasion, who, Evidence(line.passage.span(), "statements: a line each"))
        purposed = purpose(occasion, "", "", announcement)
        listing.add(replace(fact, mode=one.mode, purpose=purposed), line.passage.marks)


def _add_line(listing: _Listing, occasion: Occasion, passage: Passage, match: re.Match[str], announcement: str) -> None:
    """The speakers of an entry that says of what kind they are: "(a) Representatives of States: Chad, Peru"."""
    kind, text = match["kind"].casefold(), passage.text
    head = next((name for name in ("observer", "panellist", "expert") if name in kind), "representative")
    start, end = match.span("list")
    known = [(name.start, name.end) for name in listing.parties.vocabulary.names(text, PARTIES)]
    known += [place for place in spelled_out(text) if place not in known]
    for one in speakers(text, start, end, known, head):
        who = attribute(listing.parties, listing.people, one)
        if who is None:
            continue
        evidence = Evidence(passage.span(one.start, one.end), "statements: kind and those listed")
        fact = _statement(occasion.at(one.meetings), who, evidence)
        said = purpose(occasion, "", "", announcement)
        marks = tuple(mark for mark in passage.marks if one.start < mark.offset <= one.end)
        listing.add(replace(fact, mode=one.mode, purpose=said), marks)


def _read_sentence(listing: _Listing, occasion: Occasion, passage: Passage) -> None:
    text = passage.text
    text = text.rstrip("; ")
    if says("views of nobody", text):
        return
    if says("attendance listed", text):
        return
    if says("speakers in lines", text):
        return
    if says("statement goes on", text):
        listing.extend(occasion.paragraph, passage.span())
        return
    if found := first("statement", text):
        _add_listed(listing, occasion, passage, found)


def _add_listed(listing: _Listing, occasion: Occasion, passage: Passage, read: Yield) -> None:
    text, what = passage.text, read.words("what")
    others = first("in the name of others", read.words("behalf"))
    capacity, mode = read.words("capacity"), _mode(read)
    told, once = (bool(read.fields.get(name)) for name in ("told", "once"))
    parties = listing.parties
    if occasion.organ:
        parties = replace(parties, commission=Thing(ThingKind.BODY, slug(occasion.organ), occasion.organ))
    found = _found(parties, text, read, single=bool(others))
    if read.fields.get("only_known") and not all(parties.known(one.words) for one in found):
        return
    for one in found:
        who = attribute(parties, listing.people, one, capacity)
        if who is None:
            continue
        if others:
            represented = replace(one, on_behalf_of=one.on_behalf_of or others.words("whom"))
            who = attribute(parties, listing.people, represented, capacity) or who
        end = len(text) if told and len(found) == 1 else one.end
        evidence = Evidence(passage.span(one.start, end), f"statements: {read.formula.label}")
        behind = first("meetings of a speaker", read.words("tail").rstrip(" ."))
        fact = replace(
            _statement(occasion.at(one.meetings or numbers_of(behind)), who, evidence),
            purpose=purpose(occasion, what, read.words("purpose"), text),
            mode=one.mode or mode,
            right_of_reply=any(found.fields.get("reply") for found in matches("purpose of a sentence", text)),
        )
        marks = tuple(mark for mark in passage.marks if one.start < mark.offset <= one.end)
        listing.add(fact, marks, told=told, once=once)


def _found(parties: Parties, text: str, read: Yield, *, single: bool) -> list[Speaker]:
    """The speakers of a sentence: of its list where that is announced before, else of its `speakers`."""
    announced = "listed" in read.fields
    start, end = read.spans["listed" if announced else "speakers"]
    known = [(name.start, name.end) for name in parties.vocabulary.names(text, PARTIES)]
    known += [place for place in spelled_out(text) if place not in known]
    head = head_announced(read.words("speakers")) if announced else ""
    found = list(speakers(text, start, end, known, head))
    if single and (len(found) != 1 or not found[0].head):
        return [speaker(text, start, end)]
    return _without_places(found, parties)


def _mode(read: Yield) -> str:
    """The mode that stands beside the verb and holds for all speakers of the sentence."""
    for words in (read.words("how"), read.words("tail")):
        if found := leftmost("mode of a statement", words):
            return found.words("mode")
    return ""


def _without_places(found: list[Speaker], parties: Parties) -> list[Speaker]:
    """The list without the States that only say where the institution before them is ("Coast University, Chad")."""

    def is_place(at: int) -> bool:
        here, before = found[at], found[at - 1]
        return (
            at > 0
            and here.head == before.head == "panellist"
            and parties.named(here.words).kind is ThingKind.STATE
            and parties.named(before.words).kind is ThingKind.ORGANIZATION
        )

    return [one for at, one in enumerate(found) if not is_place(at)]


def _statement(occasion: Occasion, who: Who, evidence: Evidence) -> StatementFact:
    return StatementFact(
        paragraph=occasion.paragraph,
        order=0,
        meetings=occasion.meetings,
        on=occasion.on,
        basis=occasion.basis,
        speaker=who.printed,
        party=who.party,
        person=who.person,
        capacity=who.capacity,
        mode="",
        on_behalf_of=who.on_behalf_of,
        right_of_reply=False,
        purpose="",
        item=occasion.item,
        via=None,
        evidence=evidence,
    )
