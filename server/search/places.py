"""Where things stand: in which text or chapter, at which session, of which body, and which States they are about."""

from __future__ import annotations

from collections.abc import Iterator

from ontology.terms import REC
from server.search.kinds import Kind
from server.search.quads import Quads, reversed_links

_REPORTED = frozenset({"statement", "action"})


class Places:
    """The surroundings of each thing of a release."""

    def __init__(self, quads: Quads) -> None:
        self._texts = quads.links(REC.clauseOf, REC.mandatingText)
        self._around = quads.links(REC.partOf)
        self._reported = quads.links(REC.reportedIn)
        self._notes = quads.links(REC.noteTo)
        self._stated = quads.links(REC.ofSession)
        self._reporting = _sessions_by_report(quads)
        self._bodies = quads.links(REC.ofBody, REC.voice)
        self._issuers = quads.links(REC.issuedBy)
        self._states = _states(quads)

    def place(self, path: str, kind: Kind) -> str:
        """The path of what a thing stands in: a text, a chapter, a paragraph; "" for what stands by itself."""
        if path in self._texts:
            return self._texts[path][0]
        if path in self._notes:
            noted = self._notes[path][0]
            return self.place(noted, kind) or noted
        if kind.name in _REPORTED:
            return next(iter(self._reported.get(path, ())), "")
        return min(self._around.get(path, ()), key=_distance, default="")

    def facets(self, path: str, kind: Kind) -> Iterator[tuple[str, str]]:
        """The facets of a thing besides its kind, each with the path of what it has there."""
        sessions = self._sessions(path, kind)
        bodies = {path} if kind.name == "body" else self._bodies_of(path, sessions)
        states = {path} if kind.name == "State" else self._states.get(path, set())
        for name, values in (("session", sessions), ("body", bodies), ("state", states)):
            yield from ((name, value) for value in sorted(values))

    def _sessions(self, path: str, kind: Kind) -> set[str]:
        """The sessions that a thing belongs to: those it says, otherwise those whose reports speak of it."""
        if kind.name == "session":
            return {path}
        return set(self._stated.get(path, ())) or self._reporting.get(path, set())

    def _bodies_of(self, path: str, sessions: set[str]) -> set[str]:
        """The body that issued a document; of anything else those that it and its sessions are of."""
        if path in self._issuers:
            return set(self._issuers[path])
        around = (path, *self._texts.get(path, ()), *sessions)
        return {body for one in around for body in self._bodies.get(one, ())}


def _distance(around: str) -> tuple[bool, int]:
    """How far something around a thing is from what a reader looks for: a chapter is near, then what is greatest."""
    return "/chapter/" not in around or "/section/" in around, len(around)


def _sessions_by_report(quads: Quads) -> dict[str, set[str]]:
    """The sessions whose reports say what a thing is."""
    found: dict[str, set[str]] = {}
    for report, sessions in sorted(quads.links(REC.reportsOn).items()):
        for path in quads.asserted_in(report):
            found.setdefault(path, set()).update(sessions)
    return found


def _states(quads: Quads) -> dict[str, set[str]]:
    """The States that sponsored a text, made a statement, spoke in a paragraph, or that a person is of."""
    found: dict[str, set[str]] = {}

    def add(path: str, parties: list[str]) -> None:
        found.setdefault(path, set()).update(party for party in parties if party.startswith("state/"))

    reported = quads.links(REC.reportedIn)
    for path, parties in quads.links(REC.sponsoredBy, REC.party, REC.onBehalfOf).items():
        add(path, parties)
        for paragraph in reported.get(path, ()):
            add(paragraph, parties)
    states = quads.links(REC.designeeState)
    for person, designations in reversed_links(quads.links(REC.designee)).items():
        for designation in designations:
            add(person, states.get(designation, []))
    return found
