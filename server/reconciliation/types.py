"""The types that names can be matched to: classes of the vocabulary, with the index's kinds that are of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import URIRef

from ontology.terms import DEF, REC


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type by its class; `kinds` are names of `server.search.kinds`, `broader` the class that holds this one."""

    term: URIRef
    name: str
    kinds: tuple[str, ...]
    broader: URIRef | None = None

    @property
    def id(self) -> str:
        """The name of the class after the schema space."""
        return self.term.removeprefix(DEF)

    def document(self) -> dict[str, object]:
        """The type as the specification writes it."""
        own: dict[str, object] = {"id": self.id, "name": self.name}
        wider = [{"id": one.id, "name": one.name} for one in TYPES if one.term == self.broader]
        return {**own, "broader": wider} if wider else own


TYPES = (
    EntityType(REC.State, "State", ("State",)),
    EntityType(REC.Body, "Body", ("body",)),
    EntityType(REC.Group, "Group", ("group",)),
    EntityType(REC.Organization, "Organization", ("organization",)),
    EntityType(REC.Person, "Person", ("person",)),
    EntityType(REC.Document, "Document", ("document",)),
    EntityType(REC.Text, "Text", ("resolution", "decision", "draft resolution", "draft decision")),
    EntityType(REC.Resolution, "Resolution", ("resolution",), REC.Text),
    EntityType(REC.Decision, "Decision", ("decision",), REC.Text),
    EntityType(REC.DraftResolution, "Draft resolution", ("draft resolution",), REC.Text),
    EntityType(REC.DraftDecision, "Draft decision", ("draft decision",), REC.Text),
    EntityType(REC.Instrument, "Instrument", ("instrument",)),
    EntityType(REC.Session, "Session", ("session",)),
    EntityType(REC.Report, "Report", ("report",)),
    EntityType(REC.Meeting, "Meeting", ("meeting",)),
    EntityType(REC.AgendaItem, "Agenda item", ("agenda item",)),
    EntityType(REC.Verb, "Verb", ("verb",)),
    EntityType(REC.Goal, "Goal or target", ("goal",)),
    EntityType(REC.ActorClass, "Addressee", ("addressee",)),
)
KINDS = tuple(dict.fromkeys(kind for one in TYPES for kind in one.kinds))


def type_of(identity: str, base: str) -> EntityType | None:
    """The type that a client names: by its id, by the IRI of its class, or by its name."""
    word = identity.strip().removeprefix(base).removeprefix("def/")
    return next((one for one in TYPES if word == one.id or word.lower() == one.name.lower()), None)


def types_of_kind(kind: str) -> list[EntityType]:
    """The types that things of a kind have, the narrowest first."""
    return sorted((one for one in TYPES if kind in one.kinds), key=lambda one: len(one.kinds))


def kinds_of(types: Sequence[EntityType], all_of_them: bool = False) -> tuple[str, ...]:
    """The kinds of any of the types, or only those that all of them have in common; every kind without types."""
    if not types:
        return KINDS
    ask = all if all_of_them else any
    return tuple(kind for kind in KINDS if ask(kind in one.kinds for one in types))
