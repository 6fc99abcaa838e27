"""Who spoke: every statement that a report counts, from lists a line each and from lists inside sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from mappings.facts import Evidence, FootnoteKey, MeetingFact, MeetingKey, StatementFact, Thing, ThingKind
from mappings.formulae import Formula, formulae
from mappings.proceedings.parties import PARTIES, SECRETARIAT, Parties
from mappings.proceedings.speakers import Speaker, speaker, speakers
from mappings.sentences import sentences
from mappings.tree import Kind, Mark, Node, Passage
from ontology.naming import NameKind

VIEWS = re.compile(r"^(?:Deliberations|(?:Chair's |Chair’s )?[Ss]ummary(?: by the Chair)?)\b")
ACTION = re.compile(r"\b(?:adopt|recommend|approv|endors|transmit)")
ITEM = re.compile(r"\bagenda item (\d+)")
QUANTIFIED = re.compile(
    r"^(?:Some|Many|Several|A (?:few|number of)|Most|Other|One|Another|All|Speakers?|Delegations?|"
    r"Representatives|Observers)\b(?! of the| for the)"
)
LISTED = re.compile(r"\b[Tt]he following (?:persons|speakers|representatives|delegations)\b[^.]*\bstatements[^.]*:?$")
SECOND = re.compile(r"^Also (?:delivered|made) a statement on behalf of (?P<whom>.+?)\.?$", re.DOTALL)
ON_BEHALF = re.compile(r"^(?:Also )?[Oo]n behalf of (?P<whom>.+?)\.?$", re.DOTALL)
UNION = re.compile(r"^(?:the )?European Union and its (?:\d+ )?[Mm]ember States$")
PERSON = re.compile(r"^(?P<person>[A-ZÀ-Þ][^,]+?), (?P<title>.+)$", re.DOTALL)
TITLED = re.compile(r"^(?:[Tt]he|[Aa]n?) ")
POST = re.compile(
    r"\b(?:Director|Chief|Head|Secretary|Chair(?:person)?|Officer|President|Deputy|Minister|Representative|representative|"
    r"Rapporteur|Special|Judge|Prosecutor|Commissioner|Adviser|Ambassador|Coordinator|Counsellor|Expert|Administrator)\b"
)
MODE_AFTER_THE_VERB = re.compile(
    r"\((?P<mode>in person|online|pre-recorded [a-z]+|video[a-z ]*)\)\s*$|in an? (?P<medium>video message)"
)
PANELS = ("led by panellists", "presentations were contributed by experts")
REPORTED = "a delegation is reported by name"


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and on what occasion the statements of one paragraph were made."""

    paragraph: str
    meetings: tuple[MeetingKey, ...]
    on: tuple[date, ...]
    basis: str
    item: str
    chapter: str
    section: str
    after_action: bool


@dataclass(slots=True)
class _Listing:
    """The statements of a report as they are collected."""

    parties: Parties
    notes: dict[str, str]
    facts: list[StatementFact]
    people: dict[str, Thing]

    def add(self, fact: StatementFact) -> None:
        """Add a statement; a sentence that only goes on with what the same delegation said adds none."""
        here = [other for other in self.facts if other.paragraph == fact.paragraph]
        goes_on = here and here[-1].party == fact.party and fact.evidence.rule.endswith(REPORTED)
        if not goes_on:
            self.facts.append(replace(fact, order=len(here) + 1))


def statements(tree: Node, meetings: tuple[MeetingFact, ...], parties: Parties) -> tuple[StatementFact, ...]:
    """Every statement in the numbered paragraphs of the report, in the order of reading.

    Deliberations and summaries by the Chair are left out: they report views without saying whose they are.
    """
    notes = {note.label: note.passage.text for note in tree.of(Kind.FOOTNOTE)}
    listing = _Listing(replace(parties, secretariat=_secretariat(tree, parties)), notes, [], {})
    for occasion, paragraph in _occasions(tree, meetings):
        _read_paragraph(listing, occasion, paragraph)
    return tuple(_with_secretariat(fact, listing.parties) for fact in listing.facts)


def _secretariat(tree: Node, parties: Parties) -> str:
    """The organization that the titles of the Secretariat's staff name most often in this report."""
    staff = re.compile(r"(?:Chief|Director|Head|representative) of the [^.;()]{0,120}?\bof (?:the )?", re.DOTALL)
    counted: Counter[str] = Counter()
    for node in tree.of(Kind.PARAGRAPH):
        text = node.passage.text
        begins = {match.end() for match in staff.finditer(text)}
        names = parties.vocabulary.names(text, (NameKind.ORGANIZATION,))
        counted.update(name.key for name in names if name.start in begins)
    return counted.most_common(1)[0][0] if counted else ""


def _occasions(tree: Node, meetings: tuple[MeetingFact, ...]) -> Iterator[tuple[Occasion, Node]]:
    for chapter in tree.of(Kind.CHAPTER):
        item = place = ""
        of_chapter: tuple[MeetingFact, ...] = ()
        previous: tuple[MeetingFact, ...] = ()
        of_section: tuple[MeetingFact, ...] = ()
        for section, node in _numbered(chapter):
            text = node.passage.text
            if section != place:
                place, of_section = section, ()
            stated = tuple(meeting for meeting in meetings if node.label in meeting.paragraphs)
            item = item or next(iter(ITEM.findall(text)), "")
            of_chapter = of_chapter or stated
            if stated and any(m.key.body != meetings[0].key.body for m in stated):
                of_section = stated
            if VIEWS.match(section):
                continue
            reply = "right of reply" in text
            if stated:
                held, basis = stated, "stated in paragraph"
            elif reply and previous:
                held, basis = previous, "previous paragraph"
            elif of_section:
                held, basis = of_section, "section"
            else:
                held, basis = of_chapter, "chapter" if of_chapter else "not stated"
            previous = held
            yield (
                Occasion(
                    node.label,
                    tuple(meeting.key for meeting in held),
                    tuple(sorted({meeting.on for meeting in held if meeting.on})),
                    basis,
                    item,
                    chapter.title.text,
                    section,
                    section.startswith("Action taken") or bool(ACTION.search(text)),
                ),
                node,
            )


def _numbered(chapter: Node) -> Iterator[tuple[str, Node]]:
    """The chapter's numbered paragraphs, each with the title of its section."""

    def below(node: Node, section: str) -> Iterator[tuple[str, Node]]:
        for child in node.children:
            if child.kind is Kind.PARAGRAPH:
                yield section, child
            elif child.kind in (Kind.SECTION, Kind.TOPIC):
                yield from below(child, child.title.text if child.kind is Kind.SECTION else section)
            elif child.kind is Kind.DECISION:
                yield from below(child, section)

    yield from below(chapter, "")


def _read_paragraph(listing: _Listing, occasion: Occasion, node: Node) -> None:
    for sentence in sentences(node.passage.text):
        _read_sentence(listing, occasion, node.passage.part(sentence.start, sentence.end))
    if LISTED.search(node.passage.text):
        for line in node.children:
            if line.kind is Kind.LINE:
                _add_line(listing, occasion, line.passage)


def _read_sentence(listing: _Listing, occasion: Occasion, passage: Passage) -> None:
    text = passage.text
    if QUANTIFIED.match(text) or LISTED.search(text):
        return
    for formula in formulae("statements"):
        match = formula.pattern.search(text)
        if match and "speakers" in formula.pattern.groupindex and match["speakers"]:
            _add_listed(listing, occasion, passage, formula, match)
            return


def _add_listed(
    listing: _Listing, occasion: Occasion, passage: Passage, formula: Formula, match: re.Match[str]
) -> None:
    text, parties = passage.text, listing.parties
    start, end = match.span("speakers")
    groups = match.groupdict("")
    behalf = groups.get("behalf", "").removeprefix(" on behalf of ")
    if behalf:
        found = [speaker(text, start, end)]
    else:
        known = [(name.start, name.end) for name in parties.vocabulary.names(text, PARTIES)]
        found = _without_places(list(speakers(text, start, end, known)), parties)
    mode = MODE_AFTER_THE_VERB.search(groups.get("tail", ""))
    for one in found:
        who = _who(listing, one, panel=formula.name in PANELS)
        if who is None:
            continue
        if behalf:
            who = replace(who, on_behalf_of=(*who.on_behalf_of, *parties.represented(behalf)))
        fact = replace(
            _statement(occasion, who, Evidence(passage.span(one.start, one.end), f"statements: {formula.name}")),
            purpose=_purpose(occasion, groups.get("what", ""), formula.name, text[:start], text),
            mode=one.mode or ((mode["mode"] or mode["medium"]) if mode else ""),
            right_of_reply="right of reply" in text,
        )
        _add_with_notes(listing, fact, _marks(passage, one))


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

    return [speaker for at, speaker in enumerate(found) if not is_place(at)]


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker as understood: as printed, the party, the person, the capacity, and in whose name."""

    printed: str
    party: Thing | None
    person: str
    capacity: str
    on_behalf_of: tuple[Thing, ...]


def _who(listing: _Listing, one: Speaker, *, panel: bool) -> Who | None:
    """The speaker of a list; None where the words are no name and no title."""
    parties = listing.parties
    behalf = parties.represented(one.on_behalf_of) if one.on_behalf_of else ()
    if one.head:
        if UNION.match(one.words):
            return Who(one.head, parties.named("European Union"), "", one.head, (parties.named(one.words), *behalf))
        return Who(one.head, parties.named(one.words), "", one.head, behalf)
    named = None if TITLED.match(one.words) else PERSON.match(one.words)
    if panel or (named and POST.search(named["title"])):
        person, title = (named["person"], named["title"]) if named else (one.words, one.words)
        party = parties.of_title(title)
        thing = party.thing or listing.people.get(person) or (parties.fallback(title) if named else None)
        if thing:
            listing.people.setdefault(person, thing)
        return Who(title, thing, person, "panellist" if panel else party.capacity, behalf)
    if TITLED.match(one.words) and (POST.search(one.words) or SECRETARIAT.search(one.words)):
        party = parties.of_title(one.words)
        thing = party.thing or (None if SECRETARIAT.search(one.words) else parties.fallback(one.words))
        return Who(re.sub(r"^[Tt]he ", "", one.words), thing, "", party.capacity, behalf)
    if TITLED.match(one.words) or re.match(r"[A-ZÀ-Þ]", one.words):
        return Who("(organization named)", parties.named(one.words), "", "speaker (no capacity printed)", behalf)
    return None


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


def _add_line(listing: _Listing, occasion: Occasion, passage: Passage) -> None:
    one = speaker(passage.text, 0, len(passage.text))
    parties = listing.parties
    party = parties.of_title(one.words).thing or parties.fallback(one.words)
    behalf = parties.represented(one.on_behalf_of) if one.on_behalf_of else ()
    who = Who(one.words, party, "", "listed by title (member/observer capacity not printed)", behalf)
    fact = _statement(occasion, who, Evidence(passage.span(), "statements: a line each"))
    _add_with_notes(listing, replace(fact, mode=one.mode, purpose="general debate"), passage.marks)


def _marks(passage: Passage, speaker: Speaker) -> tuple[Mark, ...]:
    return tuple(mark for mark in passage.marks if speaker.start < mark.offset <= speaker.end)


def _add_with_notes(listing: _Listing, fact: StatementFact, marks: tuple[Mark, ...]) -> None:
    """Add the statement with what its footnotes say of it; a note may report a second statement."""
    seconds = []
    for mark in marks:
        note = listing.notes.get(mark.label, "")
        if second := SECOND.match(note):
            seconds.append((mark, second["whom"]))
        elif whom := ON_BEHALF.match(note):
            also = listing.parties.represented(whom["whom"])
            fact = replace(fact, on_behalf_of=(*fact.on_behalf_of, *also), via=FootnoteKey(mark.label))
        elif not fact.on_behalf_of and _only_names(listing, note):
            fact = replace(fact, on_behalf_of=listing.parties.represented(note), via=FootnoteKey(mark.label))
    listing.add(fact)
    for mark, others in seconds:
        listing.add(replace(fact, on_behalf_of=listing.parties.represented(others), via=FootnoteKey(mark.label)))


def _only_names(listing: _Listing, note: str) -> bool:
    """Whether a footnote is nothing but a list of States."""
    rest = note
    for name in reversed(listing.parties.vocabulary.names(note, (NameKind.STATE,))):
        rest = rest[: name.start] + rest[name.end :]
    return len(note) > len(rest) and re.fullmatch(r"(?:[\s,.]|and|the|as well as)*", rest) is not None


def _purpose(occasion: Occasion, what: str, rule: str, before: str, sentence: str) -> str:
    what = what.casefold()
    if "right of reply" in sentence:
        return "right of reply"
    if rule in PANELS:
        return "panel discussion"
    if "closing" in what:
        return "closing statement"
    if "opening" in what:
        return "opening statement"
    if "introductory" in what:
        return "introductory remarks" if "remarks" in what else "introductory statement"
    if "presentation" in what:
        return "panel presentation"
    if rule.startswith(("addressed", "was addressed")):
        return "address to the Commission (opening)"
    if lead := re.search(
        r"(?:[Uu]pon|[Ff]ollowing|[Aa]fter|[Bb]efore) the (adoption|recommendation|approval)(?: of the (report))?",
        before,
    ):
        order = "before" if "efore" in lead.group()[:7] else "after"
        return f"{order} {lead[1]}" + (" of the report" if lead[2] else "")
    return "general debate" if re.search(r"[Gg]eneral debate", occasion.chapter) else "statement on item"


def _with_secretariat(fact: StatementFact, parties: Parties) -> StatementFact:
    """The statement; a member of the Secretariat belongs to the entity that services the commission."""
    if fact.party is None and fact.capacity == "UN secretariat" and parties.secretariat:
        entry = parties.vocabulary.entry(NameKind.ORGANIZATION, parties.secretariat)
        return replace(fact, party=parties.thing(entry)) if entry else fact
    return fact
