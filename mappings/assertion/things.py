"""Stubs of the things that facts point to and the vocabularies do not describe: documents above all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from rdflib import RDFS, SKOS, Literal, URIRef

from mappings import iris
from mappings.assertion.texts import published_symbol
from mappings.assertion.triples import Triple, described
from mappings.facts import Facts, Thing, ThingKind
from mappings.symbols import Symbol
from ontology.naming import NameKind
from ontology.terms import BASE, REC
from ontology.vocabulary import load

_CLASSES = {
    ThingKind.STATE: REC.State,
    ThingKind.BODY: REC.Body,
    ThingKind.GROUP: REC.Group,
    ThingKind.ORGANIZATION: REC.Organization,
    ThingKind.INSTRUMENT: REC.Instrument,
    ThingKind.GOAL: REC.Goal,
    ThingKind.TARGET: REC.Target,
    ThingKind.PERSON: REC.Person,
    ThingKind.ADDRESSEE: REC.ActorClass,
}
_NAME_KINDS = frozenset(kind.value for kind in NameKind)


def thing_triples(facts: Facts) -> Iterator[Triple]:
    """The named things of the report that no scheme describes, each once and by the name that is read first."""
    yield from stub_triples(_things(facts), facts.report.body)


def stub_triples(things: Iterable[Thing], body: Thing | None = None) -> Iterator[Triple]:
    """What is known of things that no scheme describes, documents apart; the reporting body has an acronym."""
    seen: set[URIRef] = set()
    for named in dict.fromkeys(things):
        subject = iris.thing(named)
        if named.kind is ThingKind.DOCUMENT or subject in seen or _described(named):
            continue
        seen.add(subject)
        acronym = _initials(named.label) if named == body else ""
        yield from described(subject, _CLASSES[named.kind], named.label, (REC.acronym, acronym))
        yield subject, SKOS.prefLabel, Literal(named.label, lang="en")


def _initials(name: str) -> str:
    """The capitals of a commission's name ("CND"), by which answers name a commission that no scheme knows."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _described(named: Thing) -> bool:
    return named.kind.value in _NAME_KINDS and load().entry(NameKind(named.kind.value), named.key) is not None


def _things(facts: Facts) -> Iterator[Thing]:
    """Every thing that a fact points to."""
    for part in (facts.report, *(fact for field in fields(facts) for fact in _tuple(getattr(facts, field.name)))):
        for field in fields(part) if is_dataclass(part) else ():
            value = getattr(part, field.name)
            yield from (one for one in (value, *_tuple(value)) if isinstance(one, Thing))


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def document_triples(facts: Facts) -> Iterator[Triple]:
    """The documents that the report names, with their issuing body and the document they revise or add to."""
    symbols = dict.fromkeys(_symbols(facts))
    for symbol in tuple(symbols):
        base = base_of(symbol)
        while base and base not in symbols:
            symbols[base] = None
            base = base_of(base)
    for symbol in symbols:
        yield from document_stub(symbol)


def _symbols(facts: Facts) -> Iterator[str]:
    yield from (fact.cited.key for fact in facts.citations if fact.cited.kind is ThingKind.DOCUMENT)
    for act in facts.actions:
        yield from (*act.drafts, *act.documents)
    yield from (fact.draft for fact in facts.sponsorships if fact.draft)
    for document in facts.documents:
        yield from document.symbols
    yield from (symbol for text in facts.texts if (symbol := published_symbol(text)))
    yield from (item.document for item in facts.agenda if item.document)
    instruments = (thing for thing in _things(facts) if thing.kind is ThingKind.INSTRUMENT)
    yield from (symbol for thing in dict.fromkeys(instruments) for symbol in load().adopted_in(thing.key))


def base_of(symbol: str) -> str:
    """What a revision or an addendum belongs to: E/CN.15/2022/L.4 of E/CN.15/2022/L.4/Rev.1, else empty."""
    modifiers = Symbol(symbol).modifiers
    return symbol.rpartition("/")[0] if modifiers and modifiers[-1].startswith(("Rev.", "Add.")) else ""


def document_stub(symbol: str) -> Iterator[Triple]:
    """What is known of a document by its symbol alone, and where the United Nations publishes it."""
    subject = iris.document(symbol)
    issuer = load().body_of_symbol(symbol)
    base = base_of(symbol)
    relation = REC.addendumTo if symbol.rpartition("/")[2].startswith("Add.") else REC.revisionOf
    yield from described(
        subject,
        REC.Document,
        symbol,
        (REC.symbol, symbol),
        (REC.issuedBy, iris.thing(Thing(ThingKind.BODY, issuer.key, issuer.label)) if issuer else None),
        (relation, iris.document(base) if base else None),
    )
    yield subject, RDFS.seeAlso, undocs(symbol)


def undocs(symbol: str) -> URIRef:
    """The address of a document in the documents service of the United Nations."""
    return URIRef("https://undocs.org/" + iris.document(symbol).removeprefix(f"{BASE}document/"))
