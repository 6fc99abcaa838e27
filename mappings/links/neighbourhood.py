"""Which links are to be found anew when a report comes, goes or is replaced, and all that the rules need for them.

A link belongs to its subject: a text continues one text, a draft became one document, a request has one answer. What a
report brings or takes concerns the subjects that share a key with its rows; the rules that look for rivals look on from
a document that a draft may have become to the other drafts that it may have been.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from mappings.links.adoptions import NATURES, YEAR, adoptions
from mappings.links.fulfilments import answers
from mappings.links.link import Answer, Link
from mappings.links.rows import Row, held_of
from mappings.links.successions import adopted_items, continued_texts
from mappings.links.titles import described, normalized
from ontology.terms import REC

Find = Callable[[str], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Found:
    """The subjects whose links were looked for anew, each with the property of those links, and the links found.

    Of an answer the subject is the request, and the property `rec:fulfilledMandate`.
    """

    subjects: frozenset[tuple[str, str]]
    links: tuple[Link, ...]
    answers: tuple[Answer, ...]


def links_anew(changed: Iterable[Row], find: Find) -> Found:
    """The links of all subjects that the rows of a report concern, those that it had and those that it has.

    `find` gives the rows of the reports in force that have a key.
    """
    around = _Around(find)
    for row in changed:
        around.concern(row)
    around.complete()
    held = replace(held_of(around.rows.values()), concerned=frozenset(around.sessions))
    links = (
        *adoptions(held),
        *(link for link in continued_texts(held) if str(link.subject) in around.texts),
        *(link for link in adopted_items(held) if str(link.subject) in around.items),
    )
    answered = tuple(answer for answer in answers(held) if str(answer.mandate) in around.mandates)
    subjects = {(str(REC.adoptedAs), one) for one in around.drafts}
    subjects |= {(str(REC.continues), one) for one in around.texts}
    subjects |= {(str(REC.becameItem), one) for one in around.items}
    subjects |= {(str(REC.fulfilledMandate), one) for one in around.mandates}
    return Found(frozenset(subjects), links, answered)


@dataclass(slots=True)
class _Around:
    """What is concerned, and the rows that are needed, as far as they are known."""

    find: Find
    rows: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)
    mandates: set[str] = field(default_factory=set)
    drafts: set[str] = field(default_factory=set)
    sessions: set[str] = field(default_factory=set)  # whose drafts are looked at

    def concern(self, row: Row) -> None:
        """Take in what a changed row concerns."""
        values = row.values
        match row.table:
            case "sessions":
                self.sessions.add(row.iri)
                if values["reported"]:
                    self._session_changed(row.iri, values["body"])
            case "texts":
                kin = [row, *self._near(row)]
                self.texts.update(one.iri for one in kin)
                for text in kin:
                    self._draft(text)
            case "items":
                self.items.add(row.iri)
                kin = self._taken(f"item {values['session']} {values['number']} {values['letter']}")
                self.items.update(one.iri for one in kin)
                planned = [row, *self._taken(f"items of {values['session']}")]
                for text in (one for item in planned for one in self._taken(f"is {item.values['listed_in']}")):
                    self._draft(text)
            case "mandates":
                self.mandates.add(row.iri)
                self.mandates.update(one.iri for one in self._taken(f"requests of {values['text']}"))
            case "presentations":
                for session in self._taken(f"session {values['session']}"):
                    self._session_changed(session.iri, session.values["body"])
            case "citations":
                for draft in self._meant(row):
                    self._draft(draft)

    def _draft(self, text: Row) -> None:
        if _is_draft(text):
            self.drafts.add(text.iri)
            self.sessions.add(text.values["session"])

    def _session_changed(self, session: str, body: str) -> None:
        """Requests that fall due at a session, or for want of its report at a later one of the same body."""
        due = [*self._taken(f"requests for {session}")]
        for request in self._taken(f"requests for a session of {body}"):
            known = [self._taken(f"session {session}") for session in request.values["dues"]]
            due += [] if all(any(one.values["reported"] for one in told) for told in known) else [request]
        self.mandates.update(one.iri for one in due)

    def _near(self, text: Row) -> list[Row]:
        """The texts of the same family at its session, and at the nearest ones before and after."""
        kin = [one for key in text.keys if key.startswith("family ") for one in self._taken(key)]
        own, ordinals = text.values["ordinal"], {one.values["ordinal"] for one in kin}
        before = max((one for one in ordinals if one < own), default=own)
        after = min((one for one in ordinals if one > own), default=own)
        return [one for one in kin if one.values["ordinal"] in (before, own, after)]

    def _meant(self, citation: Row) -> Iterator[Row]:
        """The drafts of which a citation may say what became of them."""
        values = citation.values
        if title := described(values["title"]):
            yield from (one for one in self._taken(f"draft called {title}") if self._could_be(one, citation))
        if values["text"] and values["role"] == "direct":
            for text in self._taken(f"is {values['text']}"):
                earlier = (one for one in self._near(text) if one.values["ordinal"] < text.values["ordinal"])
                yield from (one for one in earlier if self._could_be(one, citation))
        for item in self._taken(f"items at {values['place']}") if values["place"] else ():
            for planned in self._taken(f"items of {item.values['session']}"):
                texts = self._taken(f"is {planned.values['listed_in']}") if planned.values["listed_in"] else ()
                yield from (one for one in texts if _is_of(one, citation))

    def _could_be(self, draft: Row, citation: Row) -> bool:
        """Whether what is cited may be what became of a draft, by its organ, its nature and its date."""
        closed = max((one.values["closed"] for one in self._taken(f"session {draft.values['session']}")), default="")
        on = citation.values["on"]
        return bool(closed and on) and _is_of(draft, citation) and closed < on <= _a_year_after(closed)

    def complete(self) -> None:
        """Take in the rows that the rules need for what is concerned."""
        done: set[str] = set()
        while left := self.sessions - done:
            for session in sorted(left):
                done.add(session)
                self._drafts_of(session)
        for mandate in sorted(self.mandates):
            self._request(mandate)
        self._name()

    def _drafts_of(self, session: str) -> None:
        """The drafts of a session, all that may say what became of them, and the sessions of their rivals."""
        self._taken(f"session {session}")
        cited: list[Row] = []
        for draft in self._taken(f"drafts of {session}"):
            self.drafts.add(draft.iri)
            cited += self._taken(f"cites what is called {normalized(draft.values['title'])}")
            for kin in self._near(draft):
                cited += self._taken(f"citations in {kin.iri}")
            for planned in self._taken(f"items listed in {draft.iri}"):
                for item in self._taken(f"items of {planned.values['session']}"):
                    cited += self._taken(f"citations at {item.values['place']}") if item.values["place"] else ()
        for document in sorted({one.values["document"]["iri"] for one in cited if self._is_of_session(one, session)}):
            for citation in self._taken(f"cites {document}"):
                self.sessions.update(draft.values["session"] for draft in self._meant(citation))
        for one in cited:
            if one.values["place"]:
                self._taken(f"citations at {one.values['place']}")

    def _is_of_session(self, citation: Row, session: str) -> bool:
        """Whether a citation may say what became of a draft of a session."""
        return any(draft.values["session"] == session for draft in self._meant(citation))

    def _request(self, mandate: str) -> None:
        for row in self._taken(f"is {mandate}"):
            self._taken(f"requests of {row.values['text']}")
            for due in row.values["dues"]:
                self._taken(f"shown at {due}")
                told = self._taken(f"session {due}")
                if not any(one.values["reported"] for one in told):
                    for body in {session.values["body"] for session in told}:
                        for other in self._taken(f"sessions of {body}"):
                            self._taken(f"shown at {other.iri}")

    def _name(self) -> None:
        """The texts and sessions that rows name."""
        for row in list(self.rows.values()):
            if text := row.values.get("text"):
                self._taken(f"is {text}")
        for row in list(self.rows.values()):
            for session in (row.values.get("session"), *row.values.get("dues", ())):
                if session:
                    self._taken(f"session {session}")

    def _taken(self, key: str) -> list[Row]:
        """The rows that have a key, taken in among those that the rules are given."""
        if (found := self._asked.get(key)) is None:
            found = self._asked[key] = list(self.find(key))
            for row in found:
                self.rows[_identity(row)] = row
        return found

    _asked: dict[str, list[Row]] = field(default_factory=dict)


def _identity(row: Row) -> tuple[str, str, str]:
    """What tells rows apart: a citation may cite several documents, a session is told of by several reports."""
    values: Any = row.values
    told = f"{values['reported']} {values['closed']}" if row.table == "sessions" else ""
    return row.table, row.iri, values["document"]["iri"] if row.table == "citations" else told


def _is_draft(row: Row) -> bool:
    return row.values["kind"] in {str(kind) for kind in NATURES}


def _is_of(draft: Row, citation: Row) -> bool:
    """Whether what is cited is of the organ that was to adopt a draft, and a resolution or a decision like it."""
    document = citation.values["document"]
    nature = next((sign for kind, sign in NATURES.items() if str(kind) == draft.values["kind"]), None)
    issued = document["issuer"] is not None and document["issuer"] == draft.values["voice"]
    return nature is not None and issued and nature in document["symbol"]


@cache
def _a_year_after(day: str) -> str:
    return (date.fromisoformat(day) + YEAR).isoformat()
