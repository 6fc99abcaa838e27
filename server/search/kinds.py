"""The kinds of things that are found, and how much each weighs against the others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rdflib import OWL, SKOS, URIRef

from ontology.terms import REC


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind by its name; things of several classes are of the first that fits.

    A score is multiplied by `weight`, so that a text comes before one of its paragraphs that has the words as well;
    texts have the greatest because bm25 counts a word less the longer a thing is.

    Only what is `named` is suggested while a person types: the others have numbers for names.
    """

    name: str
    weight: float
    classes: tuple[URIRef, ...]
    named: bool = True


KINDS = (
    Kind("resolution", 3.0, (REC.Resolution,)),
    Kind("decision", 2.0, (REC.Decision,)),
    Kind("draft resolution", 2.8, (REC.DraftResolution,)),
    Kind("draft decision", 2.0, (REC.DraftDecision,)),
    Kind("declaration", 2.0, (REC.Declaration, REC.MinisterialStatement, REC.AgreedConclusions)),
    Kind("session", 1.5, (REC.Session,)),
    Kind(
        "body", 1.6, (REC.Body,)
    ),  # before States: "GA" is an Assembly here and the code of Gabon, "SC" that of Seychelles
    Kind("State", 1.5, (REC.State,)),
    Kind("report", 1.4, (REC.Report,)),
    Kind("group", 1.3, (REC.Group,)),
    Kind("organization", 1.3, (REC.Organization,)),
    Kind("person", 1.3, (REC.Person,)),
    Kind("instrument", 1.3, (REC.Instrument,)),
    Kind("goal", 1.2, (REC.Goal, REC.Target)),
    Kind("document", 1.2, (REC.Document,)),
    Kind("chapter", 1.1, (REC.Chapter, REC.Section)),
    Kind("agenda item", 1.1, (REC.AgendaItem,)),
    Kind("meeting", 1.1, (REC.Meeting,)),
    Kind("verb", 1.1, (REC.Verb,)),
    Kind("operative paragraph", 1.0, (REC.OperativeParagraph,), named=False),
    Kind("preambular paragraph", 1.0, (REC.PreambularParagraph,), named=False),
    Kind("sub-paragraph", 1.0, (REC.SubParagraph,), named=False),
    Kind("paragraph of a report", 1.0, (REC.Paragraph, REC.ListItem), named=False),
    Kind("footnote", 0.8, (REC.Footnote,), named=False),
    Kind("addressee", 0.8, (REC.ActorClass,)),
    Kind("action", 0.8, (REC.Act,), named=False),
    Kind("request", 0.7, (REC.Mandate,), named=False),
    Kind("statement", 0.7, (REC.Statement,), named=False),
    Kind(
        "term",
        0.8,
        (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Ontology, SKOS.ConceptScheme),
    ),
)


def kind_of(classes: Collection[str]) -> Kind | None:
    """The kind of a thing of the given classes (IRIs with the default base); None for what is not found by itself."""
    return next((kind for kind in KINDS if any(str(one) in classes for one in kind.classes)), None)
