"""Where each fact stands in the source: Web Annotations with exact offsets, the words and the rule that read them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rdflib import DCTERMS, PROV, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from mappings import iris
from mappings.assertion.acts import sponsorship_iris
from mappings.assertion.citations import citation_iris
from mappings.assertion.offices import attendance_iris, designation_iris
from mappings.assertion.proceedings import presentation_iris
from mappings.facts import Evidence, Facts, Gap, ParagraphKey
from mappings.source import Source, Span
from ontology.terms import OA, REC

Located = tuple[URIRef, Evidence]


def evidence_graph(facts: Facts, source: Source) -> Graph:
    """For each fact an annotation that points to its words in the report, for each gap (and residue) its words."""
    session = iris.session_key(facts.report)
    report = iris.report(session)
    text = _converted(session, source)
    graph = Graph()
    for triple in _provenance(session, report, source):
        graph.add(triple)
    seen: set[URIRef] = set()
    for fact, evidence in located(facts):
        if fact in seen:  # an agenda that the report prints twice
            continue
        seen.add(fact)
        annotation = iris.evidence(fact)
        for triple in _annotation(annotation, fact, evidence):
            graph.add(triple)
        for triple in _target(annotation, text or report, source, evidence.span):
            graph.add(triple)
    begun = sorted((paragraph.evidence.span, paragraph.key) for paragraph in facts.paragraphs) or [(Span(0, 0), "")]
    for gap in (*facts.gaps, *facts.residue):
        subject = iris.gap(session, gap.stage, gap.span.start, gap.span.end)
        for triple in (*_gap(subject, report, gap), *_target(subject, text or report, source, gap.span)):
            graph.add(triple)
        span, key = begun[max(0, bisect_right(begun, gap.span.start, key=lambda one: one[0].start) - 1)]
        if span.start <= gap.span.start < span.end:
            graph.add((subject, REC.standsIn, iris.paragraph(session, ParagraphKey(key))))
    return graph


def annotated(fact: URIRef, work: URIRef, source: Source, evidence: Evidence) -> Iterator[tuple[URIRef, URIRef, Node]]:
    """The annotation of a fact that was read in the words of a work."""
    annotation = iris.evidence(fact)
    yield from _annotation(annotation, fact, evidence)
    yield from _target(annotation, work, source, evidence.span)


def located(facts: Facts) -> Iterator[Located]:
    """Every fact that has evidence, by its IRI."""
    yield from _of_report(facts)
    yield from _of_texts(facts)
    yield from _of_proceedings(facts)


def _of_report(facts: Facts) -> Iterator[Located]:
    session = iris.session_key(facts.report)
    yield iris.report(session), facts.report.evidence
    for order, part in enumerate(facts.report.parts, 1):
        yield iris.session_part(session, order), part.evidence
    for chapter in facts.chapters:
        yield iris.chapter(session, chapter.number), chapter.evidence
    for section in facts.sections:
        yield iris.section(session, section.chapter, section.key), section.evidence
    for paragraph in facts.paragraphs:
        yield iris.paragraph(session, ParagraphKey(paragraph.key)), paragraph.evidence
    for note in facts.footnotes:
        yield iris.footnote(session, note.key), note.evidence
    for meeting in facts.meetings:
        yield iris.meeting(session, meeting.key), meeting.evidence


def _of_texts(facts: Facts) -> Iterator[Located]:
    session = iris.session_key(facts.report)
    for text in facts.texts:
        yield iris.text(session, text.key), text.evidence
    for clause in facts.clauses:
        yield iris.clause(session, clause.key), clause.evidence
    yield from _paired(citation_iris(facts), [fact.evidence for fact in facts.citations])
    for mandate in facts.mandates:
        yield iris.mandate(session, mandate.clause, mandate.order), mandate.evidence


def _of_proceedings(facts: Facts) -> Iterator[Located]:
    session = iris.session_key(facts.report)
    for act in facts.actions:
        yield iris.act(session, act.paragraph, act.order), act.evidence
    yield from _paired(sponsorship_iris(facts), [fact.evidence for fact in facts.sponsorships])
    for statement in facts.statements:
        yield iris.statement(session, statement.paragraph, statement.order), statement.evidence
    for view in facts.views:
        yield iris.view(session, view.paragraph), view.evidence
    yield from _paired(presentation_iris(facts), [fact.evidence for fact in facts.documents])
    for item in facts.agenda:
        yield iris.agenda_item(session, item.session, item.status, item.item, item.letter), item.evidence
    yield from _paired(designation_iris(facts), [fact.evidence for fact in facts.officers])
    yield from _paired(attendance_iris(facts), [fact.evidence for fact in facts.attendance])


def _paired(names: Sequence[URIRef], evidence: Sequence[Evidence]) -> Iterator[Located]:
    yield from zip(names, evidence, strict=True)


def _annotation(annotation: URIRef, fact: URIRef, evidence: Evidence) -> Iterator[tuple[URIRef, URIRef, Node]]:
    yield annotation, RDF.type, OA.Annotation
    yield annotation, OA.hasBody, fact
    yield annotation, REC.rule, Literal(evidence.rule)


def _gap(subject: URIRef, report: URIRef, gap: Gap) -> Iterator[tuple[URIRef, URIRef, Node]]:
    yield subject, RDF.type, REC.Gap
    yield subject, RDFS.label, Literal(f"{gap.stage}: {gap.reason}", lang="en")
    yield subject, REC.coverageOf, report
    yield subject, REC.stage, Literal(gap.stage)
    yield subject, REC.reason, Literal(gap.reason)
    yield subject, REC.text, Literal(gap.text)


def _converted(session: iris.SessionKey, source: Source) -> URIRef | None:
    """The text that a converter made of the report's file, None where the file is text itself."""
    original = source.original
    if original is None or not original.converter:
        return None
    return iris.converted(session, original.sha256, original.converter, original.version)


def _provenance(session: iris.SessionKey, report: URIRef, source: Source) -> Iterator[tuple[URIRef, URIRef, Node]]:
    """Which file the text of the report was made of, and what made it; nothing where the file is text itself."""
    original, text = source.original, _converted(session, source)
    if original is None or text is None:
        return
    file = iris.original(session, original.sha256)
    conversion, agent = URIRef(f"{text}/conversion"), URIRef(f"{text}/converter")
    yield text, RDF.type, PROV.Entity
    yield text, RDFS.label, Literal(f"text of {source.name} by {original.converter}", lang="en")
    yield text, PROV.specializationOf, report
    yield text, PROV.wasDerivedFrom, file
    yield text, PROV.wasGeneratedBy, conversion
    yield file, RDF.type, PROV.Entity
    yield file, RDFS.label, Literal(source.name)
    yield file, DCTERMS.format, Literal(original.media_type)
    yield file, DCTERMS.identifier, Literal(f"sha256:{original.sha256}")
    yield conversion, RDF.type, PROV.Activity
    yield conversion, RDFS.label, Literal(f"conversion of {source.name}", lang="en")
    yield conversion, PROV.used, file
    yield conversion, PROV.wasAssociatedWith, agent
    yield agent, RDF.type, PROV.SoftwareAgent
    yield agent, RDFS.label, Literal(f"{original.converter} {original.version}")


def _target(of: URIRef, report: URIRef, source: Source, span: Span) -> Iterator[tuple[URIRef, URIRef, Node]]:
    """The stretch of the text as a target of its own, with its offsets, its words and its page in the file."""
    target, position, quote = URIRef(f"{of}/target"), URIRef(f"{of}/target/position"), URIRef(f"{of}/target/quote")
    yield of, OA.hasTarget, target
    yield target, RDF.type, OA.SpecificResource
    yield target, OA.hasSource, report
    page = source.original.page(span.start) if source.original else None
    if page is not None:
        yield target, REC.page, Literal(page)
    yield target, OA.hasSelector, position
    yield target, OA.hasSelector, quote
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, Literal(span.start)
    yield position, OA.end, Literal(span.end)
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, Literal(source.quote(span))
