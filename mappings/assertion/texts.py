"""Resolutions and decisions, draft and adopted, with their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rdflib import URIRef

from mappings import iris
from mappings.assertion import labels
from mappings.assertion.triples import Triple, described
from mappings.facts import ClauseFact, ClauseKey, Facts, ParagraphKey, TextFact
from ontology.terms import REC
from ontology.vocabulary import load

_CLASSES = {
    "draft resolution": REC.DraftResolution,
    "draft decision": REC.DraftDecision,
    "resolution": REC.Resolution,
    "decision": REC.Decision,
    "declaration": REC.Declaration,
    "ministerial statement": REC.MinisterialStatement,
    "agreed conclusions": REC.AgreedConclusions,
}
_NATURES = {"resolution": "RES", "decision": "DEC"}
_PARTS = {"preambular": REC.PreambularParagraph, "operative": REC.OperativeParagraph, "agenda": REC.EmbeddedAgendaItem}


def text_triples(facts: Facts) -> Iterator[Triple]:
    """The texts of chapter I."""
    session = iris.session_key(facts.report)
    report = iris.report(session)
    for text in facts.texts:
        subject = iris.text(session, text.key)
        yield report, REC.hasText, subject
        yield from described(
            subject,
            _CLASSES[text.key.kind],
            labels.text_label(text.key, text.title),
            (REC.number, text.key.number),
            (REC.title, text.title),
            (REC.voice, iris.thing(text.voice)),
            (REC.recommendedTo, iris.thing(text.recommended_to) if text.recommended_to else None),
            (REC.ofSession, iris.session(session)),
            (REC.introducedIn, iris.paragraph(session, ParagraphKey(text.paragraph)) if text.paragraph else None),
            (REC.preambularCount, text.preambular),
            (REC.operativeCount, text.operative),
            (REC.subParagraphCount, text.subparagraphs),
            (REC.partOf, report),
            (REC.publishedAs, iris.document(symbol) if (symbol := published_symbol(text)) else None),
        )


def published_symbol(text: TextFact) -> str:
    """The symbol by which others cite an adopted text ("E/CN.15/RES/31/1"), empty where it has none."""
    prefix = load().symbol_prefix(text.key.voice)
    nature = _NATURES.get(text.key.kind, "")
    return f"{prefix}/{nature}/{text.key.number}" if prefix and nature and "/" in text.key.number else ""


def clause_triples(facts: Facts) -> Iterator[Triple]:
    """The paragraphs and sub-paragraphs of the texts, numbered in the order of reading from 1 in each text."""
    session = iris.session_key(facts.report)
    order: dict[URIRef, int] = {}
    for clause in facts.clauses:
        text = iris.text(session, clause.key.text)
        order[text] = order.get(text, 0) + 1
        yield from _clause(session, clause, order[text])


def _clause(session: iris.SessionKey, clause: ClauseFact, order: int) -> Iterator[Triple]:
    key = clause.key
    subject = iris.clause(session, key)
    yield from described(
        subject,
        REC.SubParagraph if key.letter and key.part != "agenda" else _PARTS[key.part],
        labels.clause_label(session, key),
        (REC.clauseOf, iris.text(session, key.text)),
        (REC.partOf, iris.clause(session, _parent(key)) if key.letter else None),
        (REC.part, key.part),
        (REC.order, order),
        (REC.number, labels.clause_number(key)),
        (REC.openingPhrase, clause.phrase),
        (REC.verb, iris.verb(clause.verb) if clause.verb else None),
        (REC.addressee, iris.thing(clause.addressee) if clause.addressee else None),
        (REC.addresseePhrase, clause.addressee_phrase),
        (REC.conditional, clause.conditional if key.part == "operative" else None),
        (REC.text, clause.text),
    )
    for note in clause.footnotes:
        yield iris.footnote(session, note), REC.noteTo, subject


def _parent(key: ClauseKey) -> ClauseKey:
    """The paragraph that a sub-paragraph stands in: of "7 (a) (ii)" it is "7 (a)"."""
    return replace(key, letter=" ".join(re.findall(r"\w+", key.letter)[:-1]))
