"""Where things stand: in which text or chapter, at which session, of which body, and which States they are about."""

from __future__ import annotations

from collections.abc import Iterator

from ontology.terms import REC
from server.search.kinds import Kind
from server.search.quads import Quads

_REPORTED = frozenset({"statement", "action"})


class Places:
    """The surroundings of each thing of a release."""

    def __init__(self, quads: Quads) -> None:
        self._quads = quads

    def place(self, path: str, kind: Kind) -> str:
        """The path of what a thing stands in: a text, a chapter, a paragraph; "" for what stands by itself."""
        if texts := self._texts(path):
            return texts[0]
        if notes := self._quads.links(path, REC.noteTo):
            return self.place(notes[0], kind) or notes[0]
        if kind.name in _REPORTED:
            return next(iter(self._quads.links(path, REC.reportedIn)), "")
        return min(self._quads.links(path, REC.partOf), key=_distance, default="")

    def facets(self, path: str, kind: Kind) -> Iterator[tuple[str, str]]:
        """The facets of a thing besides its kind, each with the path of what it has there."""
        sessions = self._sessions(path, kind)
        bodies = {path} if kind.name == "body" else self._bodies_of(path, sessions)
        states = {path} if kind.name == "State" else self._states(path)
        for name, values in (("session", sessions), ("body", bodies), ("state", states)):
            yield from ((name, value) for value in sorted(values))

    def _sessions(self, path: str, kind: Kind) -> set[str]:
        """The sessions that a thing belongs to: those it says, otherwise those whose reports speak of it."""
        if kind.name == "session":
            return {path}
        return set(self._quads.links(path, REC.ofSession)) or self._reporting(path)

    def _bodies_of(self, path: str, sessions: set[str]) -> set[str]:
        """The body that issued a document; of anything else those that it and its sessions are of."""
        if issuers := self._quads.links(path, REC.issuedBy):
            return set(issuers)
        around = (path, *self._texts(path), *sessions)
        return {body for one in around for body in self._quads.links(one, REC.ofBody, REC.voice)}

    def _texts(self, path: str) -> list[str]:
        return self._quads.links(path, REC.clauseOf, REC.mandatingText)

    def _reporting(self, path: str) -> set[str]:
        """The sessions whose reports say what a thing is."""
        graphs = self._quads.graphs_of(path)
        return {session for report in graphs for session in self._quads.links(report, REC.reportsOn)}

    def _states(self, path: str) -> set[str]:
        """The States that sponsored a text, made a statement, spoke in a paragraph, or that a person is of."""
        speaking = (path, *self._quads.back(path, REC.reportedIn))
        parties = {one for it in speaking for one in self._quads.links(it, REC.sponsoredBy, REC.party, REC.onBehalfOf)}
        for designation in self._quads.back(path, REC.designee):
            parties.update(self._quads.links(designation, REC.designeeState))
        return {party for party in parties if party.startswith("state/")}


def _distance(around: str) -> tuple[bool, int]:
    """How far something around a thing is from what a reader looks for: a chapter is near, then what is greatest."""
    return "/chapter/" not in around or "/section/" in around, len(around)
