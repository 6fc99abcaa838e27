"""The chain of a text: the draft of a commission, the Council's resolution that carries it, the Assembly's resolution.

Three works, never merged. A draft is joined to the official text that a higher organ made of it where the text is of
that organ and of the draft's nature, was adopted in the year after the draft was recommended, and one of these holds,
which is then the basis of the link:

    draft symbol   the text names the symbol of the draft that the commission acted on
    title          both have the same title
    report         the text names the commission's report, and
    paragraphs     most of their paragraphs are alike

A resolution of the Council that quotes a draft for the Assembly carries it on (`recommendedIn`); what the Assembly made
of the quoted draft the Assembly made of the commission's ("through E/RES/2022/12"). Where two official texts answer to
one draft on the same basis there is no telling: nothing is linked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rdflib import RDF, XSD, Graph, Literal, URIRef

from mappings import iris
from mappings.assertion.triples import Triple, described
from mappings.links.changes import Change, Clause, changes, likeness
from mappings.links.titles import containment, normalized, words
from ontology.terms import OA, REC

YEAR = timedelta(days=365)
ALIKE = 0.6  # of the paragraphs; chosen, not measured: resolutions of following years under one title share many too
TITLED = 0.5  # of the words of a title; chosen, not measured: editors change a title, seldom most of its words
_NATURES = {
    REC.DraftResolution: "resolution", REC.DraftDecision: "decision",
    REC.Resolution: "resolution", REC.Decision: "decision",
}  # fmt: skip
_DRAFTS = frozenset({REC.DraftResolution, REC.DraftDecision})


@dataclass(frozen=True, slots=True)
class Text:
    """A draft, recommended on a day, or an official text, adopted on a day; `holder` quotes the draft."""

    iri: URIRef
    draft: bool
    nature: str
    title: str
    voice: URIRef | None
    recommended_to: URIRef | None
    on: date | None
    report: URIRef | None  # the commission's that holds the draft, or that the official text names
    drafts: frozenset[URIRef]  # the symbols that were acted on
    holder: URIRef | None


@dataclass(frozen=True, slots=True)
class Step:
    """A draft, what became of it, by which property, on which grounds, and its paragraphs side by side."""

    draft: URIRef
    relation: URIRef
    text: URIRef
    bases: tuple[str, ...]
    changes: tuple[Change, ...]


Clauses = Callable[[URIRef], Sequence[Clause]]
Rivals = Callable[[Text], Sequence[Text]]
Quoted = Callable[[URIRef], Text | None]


def steps(texts: Iterable[Text], clauses: Clauses) -> tuple[Step, ...]:
    """All steps between the texts, in the order of their drafts; `clauses` gives the paragraphs of a text."""
    known = sorted(texts, key=lambda text: text.iri)
    official = [text for text in known if not text.draft]
    quoted = {text.holder: text for text in known if text.draft and text.holder}
    found = (steps_from(text, lambda _: official, quoted.get, clauses) for text in known if text.draft)
    return tuple(step for one in found for step in one)


def steps_from(draft: Text, rivals: Rivals, quoted: Quoted, clauses: Clauses) -> Iterator[Step]:
    """The steps from a draft.

    `rivals` gives the official texts among which is all that may have become of a draft, `quoted` the draft in a text.
    """
    organ = draft.recommended_to or draft.voice
    if not (joined := _joined(draft, rivals(draft), organ, clauses)):
        return
    text, bases = joined
    carried = quoted(text.iri)
    if carried is None:
        yield _step(draft.iri, REC.adoptedAs, text.iri, bases, clauses)
        return
    yield _step(draft.iri, REC.recommendedIn, text.iri, bases, clauses, carried.iri)
    if last := _joined(carried, rivals(carried), carried.recommended_to, clauses):
        through = (f"through {iris.symbol_of(text.iri)}",)
        yield _step(draft.iri, REC.adoptedAs, last[0].iri, through, clauses)


def _joined(
    draft: Text, official: Sequence[Text], organ: URIRef | None, clauses: Clauses
) -> tuple[Text, tuple[str, ...]] | None:
    """The official text that an organ made of a draft with the grounds, None where none or several answer to it."""
    timely = [
        text
        for text in official
        if text.voice == organ and text.nature == draft.nature and text.iri != draft.holder
        if draft.on and text.on and draft.on < text.on <= draft.on + YEAR
    ]
    for ground in (_by_symbol, _by_title):
        if fitting := [text for text in timely if ground(draft, text)]:
            return (fitting[0], _bases(draft, fitting[0], clauses)) if len(fitting) == 1 else None
    titled = words(draft.title)
    fitting = [
        text
        for text in timely
        if containment(titled, words(text.title)) >= TITLED and likeness(clauses(draft.iri), clauses(text.iri)) >= ALIKE
    ]
    return (fitting[0], _bases(draft, fitting[0], clauses)) if len(fitting) == 1 else None


def _by_symbol(draft: Text, text: Text) -> bool:
    return bool(draft.drafts & text.drafts)


def _by_title(draft: Text, text: Text) -> bool:
    return bool(draft.title) and normalized(draft.title) == normalized(text.title)


def _by_report(draft: Text, text: Text) -> bool:
    return draft.report is not None and draft.report == text.report


def _bases(draft: Text, text: Text, clauses: Clauses) -> tuple[str, ...]:
    grounds = {"draft symbol": _by_symbol, "title": _by_title, "report": _by_report}
    named = [name for name, holds in grounds.items() if holds(draft, text)]
    alike = likeness(clauses(draft.iri), clauses(text.iri)) >= ALIKE
    return (*named, *(("paragraphs",) if alike else ()))


def _step(
    draft: URIRef,
    relation: URIRef,
    text: URIRef,
    bases: tuple[str, ...],
    clauses: Clauses,
    inside: URIRef | None = None,
) -> Step:
    """A step with the paragraphs side by side: those of the text, or of the draft inside it."""
    return Step(draft, relation, text, bases, changes(clauses(draft), clauses(inside or text)))


def said_of(step: Step) -> Iterator[Triple]:
    """What a step says: the draft and the text, and their paragraphs side by side."""
    yield step.draft, step.relation, step.text
    for order, change in enumerate(step.changes, 1):
        subject = iris.paragraph_change(step.draft, step.text, order)
        yield from described(
            subject,
            REC.ParagraphChange,
            f"Paragraph {order} of {iris.symbol_of(step.text)} beside its draft: {change.kind}",
            (REC.changeOf, step.draft),
            (REC.changeIn, step.text),
            (REC.earlierParagraph, change.earlier),
            (REC.laterParagraph, change.later),
            (REC.changeKind, change.kind),
            (REC.changedWords, change.words),
            (REC.order, order),
        )
        if change.earlier and change.later:
            yield subject, REC.likeness, Literal(f"{change.likeness:.3f}", datatype=XSD.decimal)


def ground_of(step: Step) -> Iterator[Triple]:
    """Its basis, as the evidence of other links says it."""
    annotation = iris.link_evidence(step.draft, step.relation, step.text)
    statement = URIRef(f"{annotation}/link")
    yield annotation, RDF.type, OA.Annotation
    yield annotation, OA.hasBody, statement
    for basis in step.bases:
        yield annotation, REC.rule, Literal(basis)
    yield statement, RDF.type, RDF.Statement
    yield statement, RDF.subject, step.draft
    yield statement, RDF.predicate, step.relation
    yield statement, RDF.object, step.text


def texts_of(graph: Graph, closed: Mapping[URIRef, date]) -> Iterator[Text]:
    """The drafts and official texts that a graph describes; `closed` is the last day of each session reported on."""
    acted = {text: act for act, text in graph.subject_objects(REC.result)}
    for kind, nature in _NATURES.items():
        for iri in graph.subjects(RDF.type, kind):
            holder = _iri(graph.value(iri, REC.partOf)) if kind in _DRAFTS else None
            is_official = (iri, RDF.type, REC.Document) in graph
            if not isinstance(iri, URIRef) or not (is_official or kind in _DRAFTS):
                continue
            act = acted.get(holder or iri)
            session = _iri(graph.value(iri, REC.ofSession))
            day = graph.value(act, REC.date) if holder or is_official else None
            acts = [one for one, text in graph.subject_objects(REC.result) if text == iri]
            yield Text(
                iri,
                kind in _DRAFTS,
                nature,
                str(graph.value(iri, REC.title) or ""),
                _iri(graph.value(iri, REC.voice)),
                _iri(graph.value(iri, REC.recommendedTo)),
                day.toPython() if isinstance(day, Literal) else closed.get(session) if session else None,
                _iri(graph.value(iri, REC.committeeReport) or graph.value(None, REC.hasText, iri)),
                frozenset(
                    one for act in acts for one in graph.objects(act, REC.actsOnDraft) if isinstance(one, URIRef)
                ),
                holder,
            )


def clauses_of(graph: Graph, text: URIRef) -> tuple[Clause, ...]:
    """The paragraphs of a text in their order, sub-paragraphs among them."""
    found = []
    for iri in graph.subjects(REC.clauseOf, text):
        order, said = graph.value(iri, REC.order), graph.value(iri, REC.text)
        if isinstance(iri, URIRef) and isinstance(order, Literal) and said is not None:
            found.append((int(order), Clause(iri, str(graph.value(iri, REC.part) or ""), str(said))))
    return tuple(clause for _, clause in sorted(found, key=lambda pair: (pair[0], pair[1].iri)))


def _iri(node: object) -> URIRef | None:
    return node if isinstance(node, URIRef) else None
