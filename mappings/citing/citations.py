"""The citations of a report: who cites what, where, with which phrase and in which role.

Footnotes are read first, because what they hold tells what their marks stand for ("the report of the
Secretary-General¹"); a reference to a treaty's registration is resolved last, because the instrument is the one named
before the mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mappings.citing import roles
from mappings.citing.deliberations import rule
from mappings.citing.footnotes import NoteReading, read_notes
from mappings.citing.instruments import Unresolved, ends_at
from mappings.citing.owners import Circumstances
from mappings.citing.places import HEADING, Note, Setting, answering, notes, settings
from mappings.citing.references import Reference, read
from mappings.facts import CitationFact, ClauseKey, Evidence, FootnoteKey, Gap, Role, TextKey, Thing, ThingKind
from mappings.tree import Mark, Node, Passage
from ontology.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Citations:
    """The citations of a report in the order of reading, and what looks like one and is not resolved.

    `found` counts the candidate references, `resolved` those that became a citation.
    """

    facts: tuple[CitationFact, ...]
    gaps: tuple[Gap, ...]
    found: int
    resolved: int


@dataclass(frozen=True, slots=True)
class _Read:
    """A setting with what it refers to, each with the footnote that identifies it."""

    setting: Setting
    references: tuple[tuple[Reference, FootnoteKey | None], ...]
    unresolved: tuple[Unresolved, ...]


def citations(tree: Node, vocabulary: Vocabulary, *, body: str, session: int, year: int) -> Citations:
    """The citations of a report of the commission with the key `body`, at its session, issued in a year."""
    places = settings(tree, vocabulary, body)
    return citations_in(places, notes(tree, places), vocabulary, Circumstances(body, session, year, body))


def citations_in(
    places: tuple[Setting, ...], cited_notes: tuple[Note, ...], vocabulary: Vocabulary, at: Circumstances
) -> Citations:
    """The citations of passages in their places and of the footnotes whose marks stand there."""
    footnotes = read_notes(cited_notes, places, vocabulary, at)
    readings = tuple(_readings(places, footnotes, vocabulary, at))
    facts = [fact for reading in readings for fact in _facts(reading)]
    gaps = [_gap(reading.setting.passage, one) for reading in readings for one in reading.unresolved]
    for note in footnotes:
        anchor = readings[note.note.anchor] if note.note.anchor is not None else None
        facts.extend(_of_note(note, anchor, vocabulary))
        gaps.extend(_gaps_of_note(note, anchor, vocabulary))
    facts.sort(key=lambda fact: (fact.evidence.span.start, fact.evidence.span.end))
    gaps.sort(key=lambda gap: gap.span)
    return Citations(tuple(facts), tuple(gaps), len(facts) + len(gaps), len(facts))


def _readings(
    places: tuple[Setting, ...], footnotes: tuple[NoteReading, ...], vocabulary: Vocabulary, at: Circumstances
) -> Iterator[_Read]:
    """All settings read in order, each with the instruments in mind that its text (or its section) has named before."""
    memory: tuple[Thing, ...] = ()
    current: TextKey | None = None
    answers = [reading.note for reading in footnotes]
    by_key = {reading.note.key: reading for reading in footnotes}
    for setting in places:
        if setting.text != current or setting.part == HEADING:
            memory, current = (), setting.text
        marks = [(mark, note) for mark in setting.passage.marks if (note := answering(mark, answers))]
        sourced = frozenset(mark.label for mark, note in marks if by_key[note.key].is_source)
        whose = Circumstances(at.body, at.session, at.year, setting.voice, clause=setting.text is not None)
        reading = read(setting.passage, vocabulary, whose, memory, sourced)
        references = [(one, _identifying(setting.passage, one, marks)) for one in reading.references]
        for mark, note in marks:
            references.extend(_documents(setting.passage, mark, by_key[note.key], references))
        references.sort(key=lambda pair: (pair[0].start, pair[0].end))
        if setting.part == HEADING:
            yield _Read(setting, (), ())
        else:
            yield _Read(setting, tuple(references), reading.unresolved)
        memory += tuple(one.cited for one in reading.references if one.cited.kind is ThingKind.INSTRUMENT)


def _identifying(passage: Passage, one: Reference, marks: list[tuple[Mark, Note]]) -> FootnoteKey | None:
    """The footnote whose mark stands at the end of a reference's words, its protocols or issuer included."""
    for mark, note in marks:
        if ends_at(passage, one.end, mark) or (one.stop > one.end and ends_at(passage, one.stop, mark)):
            return note.key
        between = passage.text[one.end : mark.offset].rstrip(" ,;")
        if between == " and the Protocols thereto" or rule("issued by").match(between):
            return note.key
    return None


def _documents(
    passage: Passage, mark: Mark, note: NoteReading, references: list[tuple[Reference, FootnoteKey | None]]
) -> Iterator[tuple[Reference, FootnoteKey]]:
    """The documents that a mark's footnote gives the symbol of, where the words before it name no other thing."""
    documents = [
        one for one in note.references if one.cited.kind is ThingKind.DOCUMENT and one.rule.startswith("symbol")
    ]
    if not documents or any(via == note.note.key for _, via in references):
        return
    start = max((other.offset for other in passage.marks if other.offset < mark.offset), default=0)
    nouns = list(rule("document noun").finditer(passage.text, start, mark.offset))
    if not nouns:
        return
    noun = nouns[-1]
    for one in documents:
        begin, end = noun.start(), noun.end()
        yield (
            Reference(begin, begin, end, end, one.cited, "document by its footnote", one.pinpoints),
            note.note.key,
        )


def _facts(reading: _Read) -> Iterator[CitationFact]:
    """The citations of a setting, each thing once for every pinpoint."""
    setting = reading.setting
    rows: list[CitationFact] = []
    done: list[tuple[int, int]] = []
    titles: list[tuple[int, int]] = []
    for one, via in reading.references:
        inside = any(first <= one.start < last for first, last in titles)
        role = Role.MENTION if inside else _role(setting, one, tuple(done))
        titles.append((one.end, one.stop))
        if role is Role.DIRECT:
            done.append((one.begin, one.stop))
        elif governing := rule("governing one").search(setting.passage.text[: one.begin]):
            done.append((governing.start(), one.stop))
        rows.extend(
            CitationFact(
                place=setting.place,
                text=setting.text,
                relation=setting.relation,
                verb=setting.verb,
                cited=one.cited,
                pinpoint=pinpoint,
                on=one.on,
                role=role,
                title=one.title,
                via=via,
                evidence=Evidence(setting.passage.span(one.begin, max(one.end, one.start + 1)), one.rule),
            )
            for pinpoint in one.pinpoints or ("",)
        )
    yield from _distinct(rows)


def _role(setting: Setting, one: Reference, done: tuple[tuple[int, int], ...]) -> Role:
    if setting.text is None or setting.part == "agenda" or setting.inherited or not setting.relation:
        return Role.MENTION
    if one.own and done and roles.joined(setting.passage.text, one.begin):
        return Role.DIRECT
    return roles.role(setting.passage.text, setting.opened, setting.verb, one.begin, done)


def _distinct(rows: list[CitationFact]) -> Iterator[CitationFact]:
    """The rows without repetition: a bare mention adds nothing to the same thing cited directly or with a pinpoint."""
    seen: set[tuple[Thing, str, Role]] = set()
    for row in rows:
        key = (row.cited, row.pinpoint, row.role)
        better = (
            other
            for other in rows
            if other.cited == row.cited
            and other is not row
            and (other.role is Role.DIRECT or (other.pinpoint and row.role is other.role))
        )
        bare = not row.pinpoint and (
            row.role is Role.MENTION or any(o.pinpoint and o.role is row.role for o in rows if o.cited == row.cited)
        )
        if key in seen or (bare and any(better)):
            continue
        seen.add(key)
        yield row


def _of_note(note: NoteReading, anchor: _Read | None, vocabulary: Vocabulary) -> Iterator[CitationFact]:
    """The footnote's own citations."""
    rows = [
        CitationFact(
            place=note.note.key,
            text=_text_of(anchor),
            relation="footnote",
            verb="",
            cited=one.cited,
            pinpoint=pinpoint,
            on=one.on,
            role=Role.FOOTNOTE,
            title=one.title,
            via=None,
            evidence=Evidence(note.note.passage.span(one.begin, one.end), one.rule),
        )
        for one in (*note.references, *_treaty(note, anchor, vocabulary))
        for pinpoint in one.pinpoints or ("",)
    ]
    yield from _distinct(rows)


def _treaty(note: NoteReading, anchor: _Read | None, vocabulary: Vocabulary) -> Iterator[Reference]:
    """The treaty whose registration a footnote gives: the instrument before the mark, else the one registered.

    The same for a publication whose imprint a footnote gives.
    """
    start, end = note.place
    if end == 0:
        return
    for one, via in anchor.references if anchor else ():
        if via == note.note.key and one.cited.kind is ThingKind.INSTRUMENT and one.rule != "protocols to it":
            name = "treaty series at a mark" if note.registration else "imprint at a mark"
            yield Reference(start, start, end, end, one.cited, name)
            return
    volume = note.volumes[0] if note.volumes else ""
    if entry := vocabulary.treaty(note.registration, volume):
        thing = Thing(ThingKind.INSTRUMENT, entry.key, entry.label)
        yield Reference(start, start, end, end, thing, "treaty series by registration")


def _gaps_of_note(note: NoteReading, anchor: _Read | None, vocabulary: Vocabulary) -> Iterator[Gap]:
    for one in note.unresolved:
        yield _gap(note.note.passage, one)
    if note.registration and not list(_treaty(note, anchor, vocabulary)):
        reason = f"no treaty is known with the registration No. {note.registration}"
        yield _gap(note.note.passage, Unresolved(*note.place, reason))


def _text_of(anchor: _Read | None) -> TextKey | None:
    return anchor.setting.place.text if anchor and isinstance(anchor.setting.place, ClauseKey) else None


def _gap(passage: Passage, one: Unresolved) -> Gap:
    return Gap("citations", one.reason, passage.text[one.start : one.end], passage.span(one.start, one.end))
