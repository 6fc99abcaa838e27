"""The properties that names can be matched by and that are added to a table: one list for both uses.

A property is a facet of the search index (`session`, `body`, `state`), or a path through the graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import RDFS, SKOS, URIRef

from ontology.terms import DEF, REC

_TEXTS = (REC.Text, REC.Resolution, REC.Decision, REC.DraftResolution, REC.DraftDecision)
_AROUND = (*_TEXTS, REC.Document, REC.Report, REC.Meeting, REC.AgendaItem, REC.Person)
_LANGUAGES = {"en": "English", "ar": "Arabic", "es": "Spanish", "fr": "French", "ru": "Russian", "zh": "Chinese"}


@dataclass(frozen=True, slots=True)
class Property:
    """A property, with the classes that have it.

    `path` is a property path of SPARQL, "" for a facet of the index; `only` is what SPARQL demands of `?value`.
    """

    id: str
    name: str
    description: str
    classes: tuple[URIRef, ...]
    path: str = ""
    only: str = ""

    def document(self) -> dict[str, str]:
        """The property as the specification writes it."""
        return {"id": self.id, "name": self.name}

    def fits(self, kind: str) -> bool:
        """Whether entities of the type with this id have it."""
        return any(one.removeprefix(DEF) == kind for one in self.classes)


def _term(term: URIRef, name: str, description: str, *classes: URIRef, also: str = "") -> Property:
    """A property that is one of the vocabulary's, or that together with a path."""
    return Property(term.removeprefix(DEF), name, description, classes, f"<{term}>{also}")


def _code(identity: str, name: str, datatype: URIRef, description: str) -> Property:
    return Property(identity, name, description, (REC.State,), f"<{SKOS.notation}>", f"datatype(?value) = <{datatype}>")


PROPERTIES = (
    Property("session", "Session", "The session that it belongs to, or whose report speaks of it", _AROUND),
    Property("body", "Body", "The body that it is of, or that issued it", (*_AROUND, REC.Session)),
    Property(
        "state", "State", "A State that sponsored it, or that the person is of", (*_TEXTS, REC.Document, REC.Person)
    ),
    _code("iso2", "ISO 3166 code of two letters", REC.ISO3166Alpha2, "FR"),
    _code("iso3", "ISO 3166 code of three letters", REC.ISO3166Alpha3, "FRA"),
    _code("m49", "M49 code", REC.M49, "The code of three figures of the United Nations Statistics Division: 250"),
    *(
        Property(
            f"name-{tag}",
            f"Name in {language}",
            f"The name in {language}, as the United Nations uses it",
            (REC.State,),
            f"<{SKOS.prefLabel}>",
            f'lang(?value) = "{tag}"',
        )
        for tag, language in _LANGUAGES.items()
    ),
    Property(
        "altLabel",
        "Other name",
        "A formal, shorter or earlier name",
        (REC.State, REC.Body, REC.Group, REC.Organization, REC.Instrument, REC.Verb),
        f"<{SKOS.altLabel}>",
        "isLiteral(?value)",
    ),
    Property(
        "exactMatch",
        "The same elsewhere",
        "Its IRI in the authority tables of the European Union, in Wikidata or at metadata.un.org",
        (REC.State, REC.Goal),
        f"<{SKOS.exactMatch}>",
    ),
    _term(REC.memberOf, "Group", "A regional group that it is a member of", REC.State),
    _term(REC.sponsors, "Sponsors", "A text or draft that it sponsored", REC.State),
    _term(REC.memberAt, "Member at", "A session at which it was a member of the commission", REC.State),
    _term(REC.observerAt, "Observer at", "A session at which it was an observer", REC.State),
    _term(REC.acronym, "Acronym", "UNODC", REC.Body, REC.Organization),
    _term(REC.parentBody, "Parent body", "The body that it is subsidiary to", REC.Body),
    _term(REC.symbolPrefix, "Beginning of symbols", "E/CN.15", REC.Body),
    _term(REC.hasMember, "Member", "A State that is a member", REC.Group),
    _term(REC.symbol, "Symbol", "E/CN.15/2024/3", REC.Document, REC.Report),
    _term(REC.issuedBy, "Issued by", "The body whose document it is", REC.Document),
    _term(REC.presentedAt, "Presented at", "The session that had it before it", REC.Document),
    _term(REC.title, "Title", "The title as printed", *_TEXTS, REC.Report, REC.AgendaItem),
    _term(REC.number, "Number", "As printed without the word: 31/1, II", *_TEXTS, REC.AgendaItem),
    _term(REC.voice, "Voice", "The organ that speaks", *_TEXTS),
    _term(REC.sponsoredBy, "Sponsor", "A State, a group or an organization that sponsored it", *_TEXTS, REC.Document),
    _term(REC.recommendedTo, "Recommended to", "The organ that is to adopt it", *_TEXTS),
    _term(REC.adoptedAs, "Adopted as", "The resolution or decision that the draft became", *_TEXTS),
    _term(REC.publishedAs, "Published as", "The document that it was issued as", REC.Resolution, REC.Decision),
    _term(REC.fromDraft, "From draft", "The document that was the draft", *_TEXTS),
    _term(REC.cites, "Cites", "A document or instrument that it cites", *_TEXTS),
    _term(REC.preambularCount, "Preambular paragraphs", "How many there are", *_TEXTS),
    _term(REC.operativeCount, "Operative paragraphs", "How many there are", *_TEXTS),
    _term(REC.adoptedIn, "Adopted in", "The document by which it was adopted", REC.Instrument),
    _term(REC.treatySeries, "Treaty Series", "Volume and number in the United Nations Treaty Series", REC.Instrument),
    _term(REC.ordinal, "Ordinal", "31 for the thirty-first", REC.Session),
    _term(REC.place, "Place", "Where it met", REC.Session),
    _term(REC.year, "Year", "Of the Official Records", REC.Report),
    _term(REC.reportsOn, "Reports on", "The session that it is the report of", REC.Report),
    _term(REC.date, "Date", "The day of the meeting", REC.Meeting),
    _term(REC.strongerThan, "Stronger than", "A verb that says less", REC.Verb),
    Property("broader", "Kind of verb", "Directive, deciding, evaluative …", (REC.Verb,), f"<{SKOS.broader}>"),
    Property("definition", "Definition", "What it says", (REC.Goal, REC.Verb), f"<{SKOS.definition}>"),
    Property("seeAlso", "Address", "Where the United Nations keeps it", (REC.Document,), f"<{RDFS.seeAlso}>"),
)


def property_of(identity: str, base: str) -> Property | None:
    """The property that a client names: by its id, by the IRI of a term of the vocabulary, or by its name."""
    word = identity.strip().removeprefix(base).removeprefix("def/")
    return next((one for one in PROPERTIES if word == one.id or word.lower() == one.name.lower()), None)


def properties_of(kind: str) -> Sequence[Property]:
    """The properties that entities of a type have, by its id."""
    return tuple(one for one in PROPERTIES if one.fits(kind))
