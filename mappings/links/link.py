"""What a rule found: a triple between things of two reports, the rule's name and the two facts that it stands on."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef


@dataclass(frozen=True, slots=True)
class Link:
    """`subject` `predicate` `value`, read by `rule` from the facts `earlier` and `later`, each with evidence."""

    subject: URIRef
    predicate: URIRef
    value: URIRef
    rule: str
    earlier: URIRef
    later: URIRef


@dataclass(frozen=True, slots=True)
class Answer:
    """A document that fulfils a mandate: where it was presented, how sure that is (0 to 1), by which rule."""

    mandate: URIRef
    mandate_label: str
    document: URIRef
    symbol: str
    presentation: URIRef
    session: URIRef
    confidence: str  # a decimal in its lexical form
    rule: str
