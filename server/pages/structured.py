"""What a page says of its thing to programs that read pages: JSON-LD in the words of schema.org and in our own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from server.citing.work import Named, Work
from server.store import Term
from server.things import Description, name_of

MOST = 50  # values of a property that a page repeats
_LONGEST = 1000  # characters of a value
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SEE_ALSO = "http://www.w3.org/2000/01/rdf-schema#seeAlso"

Node = dict[str, Any]
Kind = str | list[str]
_STATE: Kind = ["Country", "Organization"]  # schema.org has a country for a place, and only organizations act


@dataclass(frozen=True, slots=True)
class Seen:
    """A thing as its page knows it: what is said of it, names, the work if it is one, the days of a session."""

    described: Description
    classes: Sequence[str]
    title: str
    base: str
    labels: Mapping[str, str]
    work: Work | None
    days: tuple[str, str]

    def values(self, name: str) -> tuple[Term, ...]:
        """The values of a property, by its IRI or by the local name of one of ours, no more than a page repeats."""
        wanted = name if ":" in name else f"{self.base}def/{name}"
        found = (statements for node, statements in self.described.facts if node.value == wanted)
        return tuple(one.value for statements in found for one in statements[:MOST])

    def words(self, name: str) -> str:
        """The first value of a property as words, "" without one."""
        return next((value.value for value in self.values(name) if isinstance(value, ox.Literal)), "")

    def links(self, name: str, kind: Kind) -> list[Node]:
        """The things that a property leads to, as nodes of a kind."""
        return [
            link(value.value, name_of(value.value, self.labels), kind)
            for value in self.values(name)
            if isinstance(value, ox.NamedNode)
        ]


def embedded(nodes: Iterable[Node], base: str) -> Markup:
    """Nodes as JSON-LD that stands inside a `script` element whatever is in it."""
    context = {"@vocab": "https://schema.org/", "rec": f"{base}def/"}
    graph = {"@context": context, "@graph": [told(node) for node in nodes]}
    return htmlsafe_json_dumps(graph, dumps=json.dumps, ensure_ascii=False, separators=(",", ":"))


def link(iri: str, name: str, kind: Kind) -> Node:
    """A node that stands for another thing."""
    return {"@id": iri, "@type": kind, "name": name}


def breadcrumbs(here: str, way: Sequence[Named]) -> Node:
    """The way to a page, the page itself its last step."""
    steps = [
        {"@type": "ListItem", "position": place, "name": step.name, "item": {"@id": step.iri}}
        for place, step in enumerate(way, 1)
    ]
    return {"@id": f"{here}#way", "@type": "BreadcrumbList", "itemListElement": steps}


def thing_node(seen: Seen) -> Node:
    """A thing in the words of schema.org, with the classes of ours that it is asserted to be of."""
    own = f"{seen.base}def/"
    kinds = [node.value for node in seen.described.asserted_types if node.value.startswith(own)]
    schema, more = _described(seen)
    of = [schema] if isinstance(schema, str) else schema
    iri = seen.described.thing.value
    return {
        "@id": iri,
        "@type": [*of, *(f"rec:{kind.removeprefix(own)}" for kind in kinds)],
        "name": seen.title,
        "url": {"@id": f"{iri.rstrip('/')}.html"},
        **more,
    }


def _described(seen: Seen) -> tuple[Kind, Node]:
    """The class or classes of schema.org that a thing is of, and what is said of it."""
    for wanted, kind, describe in _KINDS:
        if wanted & set(seen.classes):
            return kind(seen) if callable(kind) else kind, describe(seen)
    return "Thing", {}


def _work_kind(seen: Seen) -> str:
    return "Legislation" if seen.work and seen.work.adopted else "CreativeWork"


def _text(seen: Seen) -> Node:
    work = seen.work
    if work is None:
        return {}
    organ = _organization(work.organ)
    passed = {"legislationPassedBy": organ, "legislationDate": work.date, "legislationIdentifier": work.symbol}
    return {
        "headline": work.title,
        "identifier": work.symbol or work.number,
        "author": organ,
        **(passed if work.adopted else {"creativeWorkStatus": "Draft"}),
        "datePublished": work.year,
        "isPartOf": link(work.report.iri, work.report.name, "Report") if work.report.iri else None,
        "rec:ofSession": link(work.session.iri, work.session.name, "Event") if work.session.iri else None,
        "sponsor": _actors(seen, "sponsoredBy"),
        "citation": seen.links("cites", "CreativeWork"),
        "rec:recalls": [{"@id": node["@id"]} for node in seen.links("recalls", "")],
        "inLanguage": "en",
    }


def _report(seen: Seen) -> Node:
    work = seen.work
    if work is None:
        return {}
    return {
        "headline": work.title,
        "identifier": work.symbol,
        "reportNumber": work.symbol,
        "author": _organization(work.organ),
        "datePublished": work.year,
        "about": link(work.session.iri, work.session.name, "Event") if work.session.iri else None,
        "hasPart": seen.links("hasText", "CreativeWork"),
        "inLanguage": "en",
    }


def _document(seen: Seen) -> Node:
    work = seen.work
    if work is None:
        return _elsewhere(seen)
    more = {"headline": work.title, "identifier": work.symbol, "author": _organization(work.organ)}
    return {**more, **_elsewhere(seen)}


def _session(seen: Seen) -> Node:
    first, last = seen.days
    where = seen.words("place")
    return {
        "startDate": first,
        "endDate": last,
        "location": {"@type": "Place", "name": where} if where else None,
        "organizer": seen.links("ofBody", "Organization"),
    }


def _meeting(seen: Seen) -> Node:
    return {
        "startDate": seen.words("date"),
        "organizer": seen.links("ofBody", "Organization"),
        "superEvent": seen.links("ofSession", "Event"),
    }


def _named(seen: Seen) -> Node:
    """Other names, codes, and the same thing elsewhere."""
    values = (value for name in (f"{_SKOS}prefLabel", f"{_SKOS}altLabel") for value in seen.values(name))
    named = [_worded(value) for value in values if isinstance(value, ox.Literal) and value.value != seen.title]
    codes = [value.value for value in seen.values(f"{_SKOS}notation") if isinstance(value, ox.Literal)]
    acronym = [word] if (word := seen.words("acronym")) else []
    return {"alternateName": [*acronym, *named], "identifier": codes, **_elsewhere(seen)}


def _body(seen: Seen) -> Node:
    return {
        **_named(seen),
        "parentOrganization": seen.links("parentBody", "Organization"),
        "subOrganization": seen.links("subsidiaryBody", "Organization"),
        "member": _actors(seen, "hasMember"),
    }


def _part(seen: Seen) -> Node:
    return {"isPartOf": seen.links("partOf", "CreativeWork")}


def _defined(seen: Seen) -> Node:
    definition = next(iter(seen.values(f"{_SKOS}definition")), None)
    schemes = seen.links(f"{_SKOS}inScheme", "DefinedTermSet")
    more = {"description": definition.value} if isinstance(definition, ox.Literal) else {}
    return {**_named(seen), **more, "inDefinedTermSet": schemes}


def _elsewhere(seen: Seen) -> Node:
    values = [*seen.values(f"{_SKOS}exactMatch"), *seen.values(_SEE_ALSO)]
    return {"sameAs": [{"@id": value.value} for value in values if isinstance(value, ox.NamedNode)]}


def _worded(value: ox.Literal) -> Node | str:
    return {"@value": value.value, "@language": value.language} if value.language else value.value


def _organization(organ: Named) -> Node | None:
    return link(organ.iri, organ.name, "Organization") if organ.iri else None


def _actors(seen: Seen, name: str) -> list[Node]:
    """The States and organizations that a property leads to."""
    found, states = seen.links(name, "Organization"), f"{seen.base}state/"
    return [{**node, "@type": _STATE} if node["@id"].startswith(states) else node for node in found]


def told(node: Node) -> Node:
    """A node without what nothing is known of, long words cut."""
    return {name: _cut(value) for name, value in node.items() if value not in (None, "", [], {})}


def _cut(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"{value[:_LONGEST]}…"
    return told(value) if isinstance(value, dict) else value


# Our classes, their class of schema.org or what chooses it, what is said. The first row that fits counts.
_KINDS: tuple[tuple[frozenset[str], Kind | Callable[[Seen], Kind], Callable[[Seen], Node]], ...] = (
    (
        frozenset({"Text", "DraftResolution", "DraftDecision", "Resolution", "Decision", "Declaration"}),
        _work_kind,
        _text,
    ),
    (frozenset({"Report"}), "Report", _report),
    (frozenset({"Document", "Instrument"}), "CreativeWork", _document),
    (frozenset({"Session"}), "Event", _session),
    (frozenset({"Meeting"}), "Event", _meeting),
    (frozenset({"State"}), _STATE, _named),
    (frozenset({"Body", "Group", "Organization"}), "Organization", _body),
    (frozenset({"Person"}), "Person", _named),
    (frozenset({"Chapter", "Section", "Passage", "Paragraph", "Clause", "Footnote"}), "CreativeWork", _part),
    (frozenset({"Verb", "Goal", "Target", "concept", "class", "property"}), "DefinedTerm", _defined),
    (frozenset({"scheme", "ontology"}), "DefinedTermSet", _defined),
)
