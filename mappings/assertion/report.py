"""The report and the session: chapters, sections, paragraphs, footnotes, session parts, meetings."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from mappings import iris
from mappings.assertion import labels
from mappings.assertion.triples import Triple, described
from mappings.facts import WITHHELD, Facts, ParagraphFact, ParagraphKey, Thing, ThingKind
from ontology.naming import NameKind
from ontology.terms import REC
from ontology.vocabulary import load


def report_triples(facts: Facts) -> Iterator[Triple]:
    """The report as a work, about its session."""
    fact, session = facts.report, iris.session_key(facts.report)
    yield from described(
        iris.report(session),
        REC.Report,
        labels.report_label(facts),
        (REC.reportsOn, iris.session(session)),
        (REC.title, fact.title),
        (REC.year, fact.year or None),
        (REC.supplement, fact.supplement),
        (REC.symbol, fact.symbol),
        (REC.issuedTo, iris.thing(fact.parent) if fact.parent else None),
        (REC.reissuedOn, fact.reissued),
        (REC.partial, True if any(gap.stage == WITHHELD for gap in facts.gaps) else None),
    )


def session_triples(facts: Facts) -> Iterator[Triple]:
    """The session and its parts."""
    fact, session = facts.report, iris.session_key(facts.report)
    name = labels.session_label(fact.body, session)
    yield from described(
        iris.session(session),
        REC.Session,
        name,
        (REC.ordinal, fact.session),
        (REC.designation, fact.session_name or None),
        (REC.ofBody, iris.thing(fact.body)),
        (REC.place, fact.place),
    )
    for order, part in enumerate(fact.parts, 1):
        yield iris.session(session), REC.hasSessionPart, iris.session_part(session, order)
        yield from described(
            iris.session_part(session, order),
            REC.SessionPart,
            f"{part.kind.capitalize()} part of the {name}",
            (REC.kind, part.kind),
            (REC.startDate, part.start),
            (REC.endDate, part.end),
            (REC.order, order),
        )


def meeting_triples(facts: Facts) -> Iterator[Triple]:
    """The meetings of the session, of the commission and of other bodies."""
    session = iris.session_key(facts.report)
    organs: dict[URIRef, str] = {}
    for meeting in facts.meetings:
        body, name = _body(facts, meeting.key.body, meeting.organ)
        if body == iris.organ(session, meeting.key.body):
            name = organs.setdefault(body, name)
        subject = iris.meeting(session, meeting.key)
        yield from described(
            subject,
            REC.Meeting,
            labels.meeting_label(session, meeting.key, name),
            (REC.meetingNumber, meeting.key.number),
            (REC.date, meeting.on),
            (REC.dateBasis, meeting.basis),
            (REC.meetingOf, iris.session(session)),
            (REC.ofSession, iris.session(session)),
            (REC.ofBody, body),
        )
        for key in meeting.paragraphs:
            yield subject, REC.reportedIn, iris.paragraph(session, ParagraphKey(key))
    for organ, name in organs.items():
        yield from described(organ, REC.Body, name, (REC.parentBody, iris.thing(facts.report.body)))


def _body(facts: Facts, key: str, printed: str) -> tuple[URIRef, str]:
    """The body that meets and its name: one of the vocabulary, or an organ of the commission."""
    if key == facts.report.body.key:
        return iris.thing(facts.report.body), facts.report.body.label
    if known := load().entry(NameKind.BODY, key):
        return iris.thing(Thing(ThingKind.BODY, key, known.label)), known.label
    return iris.organ(iris.session_key(facts.report), key), printed or key.replace("-", " ").capitalize()


def chapter_triples(facts: Facts) -> Iterator[Triple]:
    """Chapters and sections, in order."""
    session = iris.session_key(facts.report)
    report = iris.report(session)
    for chapter in facts.chapters:
        subject = iris.chapter(session, chapter.number)
        yield report, REC.hasChapter, subject
        yield from described(
            subject,
            REC.Chapter,
            f"Chapter {chapter.number}. {chapter.title}",
            (REC.number, chapter.number),
            (REC.title, chapter.title),
            (REC.order, chapter.order),
            (REC.partOf, report),
        )
    seen: set[tuple[URIRef, str]] = set()
    for section in facts.sections:
        if (same := (iris.section(session, section.chapter, section.key), section.title)) in seen:
            continue  # "Deliberations" under each item of a chapter
        seen.add(same)
        name = f"{section.letter}. {section.title}" if section.letter else section.title
        subject = iris.section(session, section.chapter, section.key)
        yield iris.chapter(session, section.chapter), REC.hasSection, subject
        yield from described(
            subject,
            REC.Section,
            f"{name} (chapter {section.chapter})",
            (REC.number, section.letter),
            (REC.title, section.title),
            (REC.order, section.order),
            (REC.partOf, iris.chapter(session, section.chapter)),
        )


def paragraph_triples(facts: Facts) -> Iterator[Triple]:
    """The report's own numbered paragraphs, and the places without number or with a letter that facts point to."""
    session = iris.session_key(facts.report)
    report = iris.report(session)
    for order, paragraph in enumerate(facts.paragraphs, 1):
        key = ParagraphKey(paragraph.key)
        subject = iris.paragraph(session, key)
        yield report, REC.hasParagraph, subject
        yield from described(
            subject,
            REC.Paragraph,
            labels.paragraph_label(session, key),
            (REC.number, paragraph.number),
            (REC.locator, _locator(paragraph)),
            (REC.order, order),
            (REC.text, paragraph.text),
            (REC.topic, paragraph.topic),
            (REC.partOf, _container(facts, paragraph.chapter, paragraph.section)),
        )
    known = {ParagraphKey(paragraph.key) for paragraph in facts.paragraphs}
    for key in dict.fromkeys(_cited_from(facts)):
        if key not in known:
            yield from _place_triples(facts, key)


def _locator(paragraph: ParagraphFact) -> str:
    """ "IV.B 12": the chapter, the section and the position in it, which every paragraph has, numbered or not."""
    division = ".".join(part for part in (paragraph.chapter, paragraph.section) if part)
    return f"{division} {paragraph.position}".strip()


def _container(facts: Facts, chapter: str, section: str) -> URIRef:
    session = iris.session_key(facts.report)
    if section and chapter:
        return iris.section(session, chapter, section)
    return iris.chapter(session, chapter) if chapter else iris.report(session)


def _cited_from(facts: Facts) -> Iterator[ParagraphKey]:
    """The paragraphs, list items and parts of the front matter where citations and footnote marks stand."""
    for place in (*(c.place for c in facts.citations), *(a for note in facts.footnotes for a in note.anchors)):
        if isinstance(place, ParagraphKey):
            yield place


def _place_triples(facts: Facts, key: ParagraphKey) -> Iterator[Triple]:
    session = iris.session_key(facts.report)
    subject = iris.paragraph(session, key)
    number = labels.lettered(key.path or iris.UNNUMBERED, key.letter)
    label = labels.paragraph_label(session, key)
    yield iris.report(session), REC.hasPart, subject
    if key.letter:
        whole = iris.paragraph(session, ParagraphKey(key.path))
        yield from described(
            subject, REC.ListItem, label, (REC.number, number), (REC.letter, key.letter), (REC.partOf, whole)
        )
    else:
        yield from described(subject, REC.Paragraph, label, (REC.number, number), (REC.partOf, iris.report(session)))


def footnote_triples(facts: Facts) -> Iterator[Triple]:
    """The footnotes and the places where their marks stand."""
    session = iris.session_key(facts.report)
    report = iris.report(session)
    for order, note in enumerate(facts.footnotes, 1):
        subject = iris.footnote(session, note.key)
        yield report, REC.hasFootnote, subject
        yield from described(
            subject,
            REC.Footnote,
            labels.footnote_label(session, note.key),
            (REC.mark, note.key.mark),
            (REC.text, note.text),
            (REC.order, order),
            (REC.partOf, report),
        )
        for anchor in note.anchors:
            yield subject, REC.noteTo, iris.place(session, anchor)
