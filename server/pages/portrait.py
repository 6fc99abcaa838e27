"""The page of a thing, as data for its template: title, way up, readings, panels, facts, and what points here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from markupsafe import Markup

from server.citing.words import in_words as cited_in_words
from server.citing.words import short as cited_short
from server.citing.work import Named
from server.pages.answers import Cell, cell, in_words
from server.pages.beside import Beside, beside
from server.pages.corrected import Corrected, corrections_of
from server.pages.evidence import Spot, quotes
from server.pages.gathered import POINTERS, Gathered, gather
from server.pages.heads import SITE, page_description, page_title, text_title
from server.pages.left_out import LeftOut, left_out, published
from server.pages.naming import context_of
from server.pages.panels import Panel, about
from server.pages.pictures import Picture, pictures_of
from server.pages.readings import Reading
from server.pages.structured import Node, Seen, breadcrumbs, embedded, thing_node, told
from server.pages.summary import summary_of
from server.requests import address, release
from server.store import Row
from server.things import LABELS, Description, Statement, iri, name_of, text

_DEFINITION = "http://www.w3.org/2004/02/skos/core#definition"

# Named by the vocabulary, and by reports if they speak of it.
_NAMED = frozenset({"State", "Group", "Organization", "Body", "Instrument", "Goal", "Target"})
_MEMBERS = "Members"  # the title of the panel of a group with a list
_IN_REPORTS = """SELECT ?source WHERE {
  GRAPH ?graph { ?source ?property $this }
  FILTER(STRSTARTS(STR(?graph), "%sgraph/report/"))
} LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Link:
    """Words and the address behind them; `inferred` where only the reasoner says so."""

    words: str
    href: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with its values; `inferred` where all of them are."""

    property: Link
    values: tuple[tuple[Cell, bool], ...]
    inferred: bool


@dataclass(frozen=True, slots=True)
class Pointer:
    """Something that points here, and by which properties."""

    source: Link
    properties: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of a report where the thing was read, what was read there, and the unit of text around it if known."""

    spot: Spot
    fact: Link
    report: Link
    place: Link | None


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of the page says of the thing: its title, its description, the thing itself as JSON-LD."""

    title: str
    description: str
    structured: Markup


@dataclass(frozen=True, slots=True)
class Portrait:
    """Everything that the page of a thing shows."""

    template: str
    head: Head
    iri: str
    title: str
    types: tuple[Link, ...]
    way: tuple[Link, ...]
    reading: Reading | None
    panels: Sequence[Panel]
    beside: Beside
    pictures: tuple[Picture, ...]
    facts: tuple[Fact, ...]
    pointers: tuple[Pointer, ...]
    page: int
    more: bool
    graphs: tuple[Link, ...]
    words: str
    left_out: LeftOut | None
    published: LeftOut | None
    definition: str
    sources: tuple[Source, ...]
    citation: str
    pinpoint: str
    report_symbol: str
    summary: str
    unnamed: bool
    corrections: tuple[Corrected, ...]
    no_members: bool


def portrait(thing: ox.NamedNode, page: int) -> Portrait:
    """The page about a thing, with the given page of what points to it, 0 for none."""
    store, base = release().store, release().base
    found = gather(store, base, thing, page)
    described, classes, labels = found.described, found.classes, found.labels
    name, types = _name(found), _types(found)
    context = context_of(store, base, thing, name)
    short = context.names(labels)
    words, summary = _words(described, f"{base}def/text"), summary_of(store, base, thing, classes)
    return Portrait(
        template="text.html" if found.reading and found.reading.kind == "text" else "thing.html",
        head=_head(found, name, types, words or summary, context.acronyms),
        iri=thing.value,
        title=name,
        types=tuple(_term(node.value, labels) for node in types),
        way=tuple(_link(node.value, labels) for node in found.way),
        reading=found.reading,
        panels=tuple(panel.panel(short) for panel in found.panels if not panel.beside),
        beside=beside(found.panels, short, quotes(store, base, _spoken(found))),
        pictures=pictures_of(found.drawn, short),
        facts=_facts(found),
        pointers=_pointers(found.pointing[:POINTERS], labels),
        page=page,
        more=len(found.pointing) > POINTERS,
        words=words,
        left_out=left_out(store, base, thing, classes),
        published=published(described, base),
        definition=_words(described, _DEFINITION),
        sources=tuple(_source(spot, thing.value, labels) for spot in found.spots),
        graphs=tuple(Link(graph.removeprefix(base), address(graph)) for graph in described.graphs),
        citation=cited_in_words(found.work) if found.work else "",
        pinpoint=cited_short(found.work, context.acronyms.get(found.work.organ.name, "")) if found.work else "",
        report_symbol=found.work.report_symbol if found.work else "",
        summary=summary,
        unnamed=_unnamed(found),
        corrections=corrections_of(store, base, thing),
        no_members="Group" in classes and not any(panel.title == _MEMBERS for panel in found.panels),
    )


def schema_data(thing: ox.NamedNode) -> Node:
    """What the page of a thing says of it in the words of schema.org, as a node of JSON-LD."""
    base = release().base
    found = gather(release().store, base, thing, 0)
    seen = Seen(found.described, found.classes, _name(found), base, found.labels, found.work, found.days)
    return told(thing_node(seen))


def _head(found: Gathered, name: str, types: Sequence[ox.NamedNode], told: str, acronyms: Mapping[str, str]) -> Head:
    base, thing, labels = found.base, found.thing, found.labels
    title = page_title(found.store, base, found.described, name)
    told_apart = bool(found.work and found.work.title and found.reading)
    if told_apart and found.work:  # a text by what tells it from those of other sessions
        title = text_title(cited_short(found.work, acronyms.get(found.work.organ.name, "")), found.work.title)
    kinds = [name_of(node.value, labels) for node in types[:1]]
    path = [thing.value.removeprefix(base)] if title != name and not told_apart else []
    steps = [Named(base, SITE), *(Named(node.value, name_of(node.value, labels)) for node in (*found.way, thing))]
    seen = Seen(found.described, found.classes, name, base, labels, found.work, found.days)
    return Head(
        title=title,
        description=page_description(name, [*kinds, *path], told),
        structured=embedded([thing_node(seen), breadcrumbs(thing.value, steps)], base),
    )


def _spoken(found: Gathered) -> list[str]:
    """The statements that stand beside a text."""
    return [iri(row, "statement") for panel in found.panels if panel.beside for row in panel.rows if "statement" in row]


def _types(found: Gathered) -> Sequence[ox.NamedNode]:
    """The asserted classes of our own vocabulary; all that are asserted where it has none."""
    asserted = found.described.asserted_types
    return [node for node in asserted if node.value.startswith(found.base)] or asserted


def _unnamed(found: Gathered) -> bool:
    """Whether the vocabulary names the thing and no report does."""
    if not _NAMED & set(found.classes) or found.panels:
        return False
    return not found.store.select(about(_IN_REPORTS % found.base, found.base, found.thing))


def _words(described: Description, property_: str) -> str:
    """The words that a property gives a thing, "" where it gives none."""
    value = described.value(property_)
    return value.value if isinstance(value, ox.Literal) else ""


def _source(spot: Spot, thing: str, labels: dict[str, str]) -> Source:
    place = _link(spot.place, labels) if spot.place and spot.place != thing else None
    return Source(spot, _link(spot.fact, labels), _link(spot.report, labels), place)


def _link(target: str, labels: dict[str, str], inferred: bool = False) -> Link:
    return Link(name_of(target, labels), address(target), inferred)


def _name(found: Gathered) -> str:
    """The label of a thing, of evidence without one what it is for, else its path: "1" alone would tell nothing."""
    thing, labels = found.thing.value, found.labels
    facts = [labels[spot.fact] for spot in found.spots if spot.evidence == thing and spot.fact in labels]
    return labels.get(thing) or (f"Evidence for {facts[0]}" if facts else thing.removeprefix(found.base))


def _term(target: str, labels: dict[str, str]) -> Link:
    """A link to a term of a vocabulary, whose name is in words where it has no label: "concept scheme"."""
    return Link(labels.get(target) or in_words(name_of(target, labels)), address(target))


def _facts(found: Gathered) -> tuple[Fact, ...]:
    """What is said of the thing, but what its page shows above: labels and words."""
    above = {*LABELS, f"{found.base}def/text"}
    return tuple(
        _fact(property_, statements, found.labels)
        for property_, statements in found.described.facts
        if property_.value not in above
    )


def _fact(property_: ox.NamedNode, statements: Sequence[Statement], labels: dict[str, str]) -> Fact:
    values = tuple((cell(statement.value, labels), statement.inferred) for statement in statements)
    return Fact(_term(property_.value, labels), values, all(inferred for _, inferred in values))


def _pointers(rows: Sequence[Row], labels: dict[str, str]) -> tuple[Pointer, ...]:
    """What points here, each source once with all its properties, in the order of the rows."""
    found: dict[str, list[Link]] = {}
    for row in rows:
        by = iri(row, "property")
        found.setdefault(text(row, "source"), []).append(_term(by, labels))
    return tuple(Pointer(_link(source, labels), tuple(by)) for source, by in found.items())
