"""The IRI of everything in an official text, made from its symbol: the address by which reports cite it already.

`document/A/RES/77/231`, its paragraph `…/operative/7/a`, `…/section/II/operative/3` where numbers begin anew in each
section, `…/operative/position/4` for a paragraph without number among numbered ones; a draft in it is `…/draft`.
"""

from __future__ import annotations

import re

from rdflib import URIRef

from mappings import iris
from mappings.facts import ClauseKey, FootnoteKey, Place, TextKey, Thing, ThingKind
from mappings.official.document import Subject
from mappings.official.facts import MembershipFact, OfficialCitation
from ontology.terms import BASE

OWN_KINDS = ("resolution", "decision")


def text(symbol: str, key: TextKey) -> URIRef:
    """The work, or the draft that it quotes."""
    return iris.document(symbol) if key.kind in OWN_KINDS else _below(symbol, "draft")


def place(symbol: str, key: Place) -> URIRef:
    """A paragraph, heading, row or footnote of the work."""
    if isinstance(key, FootnoteKey):
        again = (str(key.occurrence),) if key.occurrence > 1 else ()
        mark = key.mark.replace("*", "asterisk")
        return _below(symbol, "footnote", mark, *again)
    if not isinstance(key, ClauseKey):
        raise TypeError(f"no place of an official text: {key}")
    inside = () if key.text.kind in OWN_KINDS else ("draft",)
    if key.part in ("heading", "row", "annex"):
        return _below(symbol, *inside, key.part, str(key.number))
    section = ("section", key.section) if key.section else ()
    number = (str(key.number),) if key.printed else ("position", str(key.number))
    return _below(symbol, *inside, *section, key.part, *number, *re.findall(r"\w+", key.letter))


def _below(symbol: str, *segments: str) -> URIRef:
    return URIRef("/".join((str(iris.document(symbol)), *(iris.encode(one).replace("/", "%2F") for one in segments))))


def _path(symbol: str, key: Place) -> str:
    return iris.path_of(place(symbol, key)).removeprefix("document/")


def citation(symbol: str, cited: OfficialCitation) -> URIRef:
    """`citation/A/RES/77/231/preambular/3/A/RES/46/152`, `…/2` for the second of the same thing in a place."""
    named = cited.fact.cited
    plain = named.kind in (ThingKind.STATE, ThingKind.DOCUMENT)
    name = iris.encode(named.key if plain else f"{named.kind.value}/{named.key}")
    again = f"/{cited.occurrence}" if cited.occurrence > 1 else ""
    return URIRef(f"{BASE}citation/{_path(symbol, cited.fact.place)}/{name}{again}")


def mandate(symbol: str, key: ClauseKey, order: int) -> URIRef:
    """`mandate/A/RES/77/231/operative/9/1`."""
    return URIRef(f"{BASE}mandate/{_path(symbol, key)}/{order}")


def act(symbol: str) -> URIRef:
    """`act/A/RES/77/231`: the adoption."""
    return URIRef(f"{BASE}act/{iris.encode(symbol)}")


def sponsorship(symbol: str, sponsor: Thing, occurrence: int) -> URIRef:
    """`sponsorship/A/RES/77/1/FRA`, `…/group/eu`."""
    named = sponsor.key if sponsor.kind is ThingKind.STATE else f"{sponsor.kind.value}/{sponsor.key}"
    again = f"/{occurrence}" if occurrence > 1 else ""
    return URIRef(f"{BASE}sponsorship/{iris.encode(symbol)}/{iris.encode(named)}{again}")


def membership(symbol: str, fact: MembershipFact) -> URIRef:
    """`membership/A/DEC/77/406/1`: the seats in the order in which the decision states them."""
    return URIRef(f"{BASE}membership/{iris.encode(symbol)}/{fact.order}")


def session(organ: str, printed: str) -> URIRef:
    """`session/ga/77`, `session/ga/ES-11`, `session/ecosoc/2022`."""
    return URIRef(f"{BASE}session/{organ}/{iris.encode(printed)}")


def meeting(organ: str, printed: str, number: int) -> URIRef:
    """`meeting/ga/77/54`."""
    return URIRef(f"{BASE}meeting/{organ}/{iris.encode(printed)}/{number}")


def subject(one: Subject) -> URIRef:
    """The publisher's own IRI of a subject, else `subject/dhlauth/crime-prevention` by its scheme and words."""
    if re.match(r"https?://\S+$", one.address):
        return URIRef(one.address)
    return URIRef(f"{BASE}subject/{iris.slug(one.scheme)}/{iris.slug(one.label)}")


def expression(symbol: str, language: str) -> URIRef:
    """`document/A/RES/77/231/fr`."""
    return _below(symbol, language)


def in_language(symbol: str, language: str, key: ClauseKey) -> URIRef:
    """`document/A/RES/77/231/fr/operative/7`."""
    own = str(place(symbol, key)).removeprefix(f"{iris.document(symbol)}/")
    return URIRef(f"{expression(symbol, language)}/{own}")


def graph(symbol: str, layer: str = "") -> URIRef:
    """`graph/document/A/RES/77/231`, or its layer "inferred", "evidence" or a language."""
    return URIRef("/".join(filter(None, (f"{BASE}graph/document/{iris.encode(symbol)}", layer))))
