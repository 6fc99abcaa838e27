"""Whom the facts of a report may speak of: of the report, and of what it points to as far as the model describes that.

A file of facts comes from outside and is published beside the reports of others. What it says of things that are not
its report's is held to what extraction itself would write of them: a document's stub from its symbol, a name that makes
the IRI, a session's label. Nothing may be said of what a vocabulary describes. Links between reports are ours to make:
those that come with a report are of the kinds that linking makes, with their evidence, and stand on this report.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from mappings import iris
from mappings.assertion.labels import session_label
from mappings.assertion.things import document_stub
from mappings.facts import Thing, ThingKind
from ontology.naming import NameKind
from ontology.terms import BASE, REC
from ontology.vocabulary import load
from server.publishing.carried import links_in
from server.publishing.dumps import Terms
from server.publishing.release import ReportName
from shapes.vocabulary import vocabulary

_LINKS = frozenset({REC.adoptedAs, REC.continues, REC.becameItem})
_FULFILMENT = frozenset(
    {RDF.type, RDFS.label, REC.fulfilledMandate, REC.fulfillingDocument, REC.presentedAtSession, REC.confidence}
)
_NAMED = frozenset({RDF.type, RDFS.label, SKOS.prefLabel, REC.acronym, REC.parentBody})
_NAMES = frozenset({RDFS.label, SKOS.prefLabel})
_SESSION = frozenset({RDF.type, REC.ofBody, REC.ordinal, REC.previousSession})


class Belonging:
    """What the facts of one report may say; `asserted` are the statements of its own graph."""

    def __init__(self, name: ReportName, asserted: Iterable[Terms]) -> None:
        self._name, self._pointed_at, self._commission = name, set[str](), _known_commission(name.body)
        for quad in asserted:
            if quad.value.startswith("<"):
                self._pointed_at.add(quad.value.strip("<>"))
            elif (quad.subject, quad.predicate) == (f"<{BASE}body/{name.body}>", f"<{RDFS.label}>"):
                self._commission = self._commission or _words(quad.value)

    def objection(self, quad: Terms) -> str:
        """Why a statement of the report's own graph is not the report's to make; empty where it is."""
        subject, predicate = quad.subject.strip("<>"), URIRef(quad.predicate.strip("<>"))
        if predicate in _LINKS or predicate in (REC.fulfilledMandate, REC.fulfillingDocument):
            return "links between reports are made here, not taken from the facts of one"
        if not subject.startswith(BASE) or URIRef(subject) in vocabulary().things:
            return f"it speaks of {subject}, which is not the report's"
        kind, *rest = subject.removeprefix(BASE).split("/")
        if self._is_own(rest):
            return ""
        free = kind == "document" or self._is_of_commission(kind, rest)  # all that may be said is known beforehand
        if subject not in self._pointed_at and not free:
            return f"it speaks of {subject}, to which nothing in the report points"
        return "" if self._is_of_model(kind, rest, subject, predicate, quad.value) else self._beyond(subject)

    def objection_to_evidence(self, quad: Terms) -> str:
        """The same of a statement of the graph of evidence."""
        kind, *rest = quad.subject.strip("<>").removeprefix(BASE).split("/")
        if kind == "evidence":
            kind, *rest = rest or [""]
        if self._is_own(rest) or (self._is_of_commission(kind, rest) and kind == "agenda"):
            return ""
        return f"it is evidence of {quad.subject.strip('<>')}, which is not the report's"

    def links(self, brought: Graph) -> Graph:
        """Those statements of the graphs of links that make up links which stand on this report."""
        accepted = Graph()
        for link in links_in(brought):
            on_this = any(self._is_own(_path(target)[1:]) for target in link.targets)
            if on_this and _is_link(link.asserted):
                accepted += link.asserted + link.evidence
        return accepted

    def _is_own(self, rest: list[str]) -> bool:
        return rest[:2] == [self._name.body, str(self._name.session)]

    def _is_of_commission(self, kind: str, rest: list[str]) -> bool:
        """Whether it is a session of the same commission or the agenda that is planned for one."""
        if rest[:1] != [self._name.body]:
            return False
        return (kind == "session" and len(rest) == 2) or (kind == "agenda" and rest[2:3] == ["provisional"])

    def _is_of_model(self, kind: str, rest: list[str], subject: str, predicate: URIRef, value: str) -> bool:
        """Whether extraction would say this of a thing that the report points to."""
        key = "/".join(rest)
        match kind:
            case "document":
                stub = {(str(p), o.n3()) for _, p, o in document_stub(iris.symbol_of(subject))}
                jointly = predicate == REC.issuedJointlyWith and value.startswith(f"<{BASE}document/")
                return jointly or (str(predicate), value) in stub
            case "session":
                title = self._commission if rest[0] == self._name.body else _known_commission(rest[0])
                number = int(rest[1]) if len(rest) == 2 and rest[1].isdigit() else 0
                label = session_label(Thing(ThingKind.BODY, rest[0], title), iris.SessionKey(rest[0], number))
                return predicate in _SESSION or (predicate == RDFS.label and value == f'"{label}"@en')
            case "agenda":
                return True
            case "body" if key == self._name.body:
                return predicate in _NAMED
            case "body" if rest[0] == self._name.body:
                key = rest[-1]
        if kind not in set(ThingKind) or predicate not in _NAMED:
            return False
        return predicate not in _NAMES or iris.slug(_words(value)) == iris.slug(key.replace("/", " "))

    @staticmethod
    def _beyond(subject: str) -> str:
        return f"it says more of {subject} than a report that points to it says"


def _is_link(said: Graph) -> bool:
    """Whether statements are one link as linking makes it, or all that is said of one fulfilment."""
    predicates = set(said.predicates())
    if predicates <= _LINKS:
        return len(said) == 1
    node = next(said.subjects())
    document = said.value(node, REC.fulfillingDocument)
    symbol = iris.symbol_of(str(document)) if str(document).startswith(f"{BASE}document/") else ""
    label = str(said.value(node, RDFS.label) or "")
    kinds = set(said.objects(node, RDF.type))
    return predicates <= _FULFILMENT and kinds == {REC.Fulfilment} and label.startswith(f"{symbol or '?'} answers ")


def _path(target: Node) -> list[str]:
    return str(target).removeprefix(f"{BASE}evidence/").split("/")


def _known_commission(key: str) -> str:
    entry = load().entry(NameKind.BODY, key)
    return entry.label if entry else ""


def _words(value: str) -> str:
    return value.rpartition('"')[0].removeprefix('"')
