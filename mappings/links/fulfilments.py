"""Which document answers which request.

A request for a report that names a session is answered by a document that the body had before it at that session, if

- the whole title of the text that asks stands in the document's title (`title-at-due-session`), or
- what the document is about stands whole in the title of the text (`subject-at-due-session`) or in the words of the
  paragraph that asks (`request-at-due-session`), or
- what the paragraph wants a report on stands whole in the document's title (`asked-at-due-session`).

Where the report on that session is not held, a document at the next session that is held counts if the text's whole
title stands in its title (`title-at-later-session`), unless a document of that title was before the body already
when, or before, the report was asked for: then it comes every year, and the one at hand answers a later request.

Where a text asks for several reports at one session its title does not tell them apart; where two documents match
equally well there is no telling which is meant. Nothing is linked then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from rdflib import URIRef

from mappings.formulas.formula import first
from mappings.links.held import Document, Held, Mandate, Presentation, Session
from mappings.links.link import Answer
from mappings.links.titles import containment, subject, words

DELIVERABLES = frozenset({"report", "information"})  # what a document can bring
ROLE = "had before it"
ENOUGH = 0.9  # the share of words that must agree: titles change a word between the request and the cover
FEWEST = 3  # words that a title must have to tell one subject from another
CONFIDENCE = {
    "title-at-due-session": "1.0",
    "subject-at-due-session": "0.8",
    "request-at-due-session": "0.8",
    "asked-at-due-session": "0.8",
    "title-at-later-session": "0.6",
}

Match = Callable[[Mandate, Presentation], bool]


def answers(held: Held) -> Iterator[Answer]:
    """The documents that answer requests, in the order of the requests."""
    asked = [
        (mandate, due)
        for mandate in held.mandates
        if mandate.deliverable in DELIVERABLES
        for due in mandate.dues
        if _is_later(mandate, due)
    ]
    times = Counter((mandate.text.iri, due) for mandate, due in asked)
    for mandate in dict.fromkeys(mandate for mandate, _ in asked):
        found: dict[URIRef, Answer] = {}
        for due in (due for other, due in asked if other is mandate):
            for one in _answer(held, mandate, due, times[mandate.text.iri, due] == 1):
                found.setdefault(one.document, one)  # a document that comes late answers once
        yield from found.values()


def _is_later(mandate: Mandate, due: Session) -> bool:
    """Whether it falls due at a session after the one that asks; of another body, whose sessions differ, always."""
    own = mandate.text.session
    return due.body != own.body or due.ordinal > own.ordinal


def _answer(held: Held, mandate: Mandate, due: Session, alone: bool) -> Iterator[Answer]:
    if due.reported:
        session = due
        rules = tuple(rule for rule in _AT_DUE_SESSION if alone or rule[0] in _OF_THE_PARAGRAPH)
    elif alone and (later := _next_reported(held, due)):
        if _comes_regularly(held, mandate, due):
            return
        session, rules = later, (("title-at-later-session", _repeats_title),)
    else:
        return
    shown = [one for one in held.presentations if one.session == session and one.role == ROLE]
    for rule, matches in rules:
        found = {one.documents: one for one in shown if matches(mandate, one)}
        if found:
            if len(found) == 1:
                yield _made(mandate, next(iter(found.values())), rule)
            return


def _made(mandate: Mandate, presentation: Presentation, rule: str) -> Answer:
    document = _own(presentation.documents, presentation.session)
    return Answer(
        mandate.iri,
        mandate.label,
        document.iri,
        document.symbol,
        presentation.iri,
        presentation.session.iri,
        CONFIDENCE[rule],
        rule,
    )


def _own(documents: tuple[Document, ...], session: Session) -> Document:
    """Of the symbols of a document issued jointly the one of the body that had it before it."""
    return next((one for one in documents if one.issuer == session.body), documents[0])


def _next_reported(held: Held, due: Session) -> Session | None:
    """The first session of the same body after the due one whose report is held."""
    later = (one for one in held.sessions if one.body == due.body and one.ordinal > due.ordinal and one.reported)
    return next(later, None)


def _comes_regularly(held: Held, mandate: Mandate, due: Session) -> bool:
    """Whether a document of this title was before the body at a session before the due one."""
    return any(
        one.session.body == due.body and one.session.ordinal < due.ordinal and _repeats_title(mandate, one)
        for one in held.presentations
    )


def _repeats_title(mandate: Mandate, presentation: Presentation) -> bool:
    """Whether the title of the text that asks stands in the document's."""
    asked = mandate.text.title
    return _tells(asked, mandate) and containment(words(asked), words(presentation.title)) >= ENOUGH


def _subject_in_title(mandate: Mandate, presentation: Presentation) -> bool:
    """Whether all that the document is about stands in the title of the text that asks."""
    about = subject(presentation.title)
    return _tells(about, mandate) and containment(words(about), words(mandate.text.title)) == 1


def _subject_in_request(mandate: Mandate, presentation: Presentation) -> bool:
    """Whether all that the document is about stands in the paragraph that asks."""
    about = subject(presentation.title)
    return _tells(about, mandate) and containment(words(about), words(mandate.clause)) == 1


def _asked_in_title(mandate: Mandate, presentation: Presentation) -> bool:
    """Whether all that the paragraph wants a report on stands in the document's title."""
    clause = mandate.clause
    for name in filter(None, mandate.names):  # "report to the Commission on Lamps at its next session on oil"
        clause = clause.replace(name, "")
    asked = first("report asked for", clause)
    about = asked.words("subject") if asked else ""
    return _tells(about, mandate) and containment(words(about), words(presentation.title)) >= ENOUGH


def _tells(title: str, mandate: Mandate) -> bool:
    """Whether a title has enough words to tell its subject besides the names of those who ask and are asked."""
    return len(words(title) - words(" ".join(mandate.names))) >= FEWEST


_AT_DUE_SESSION: tuple[tuple[str, Match], ...] = (
    ("title-at-due-session", _repeats_title),
    ("subject-at-due-session", _subject_in_title),
    ("request-at-due-session", _subject_in_request),
    ("asked-at-due-session", _asked_in_title),
)
_OF_THE_PARAGRAPH = frozenset({"request-at-due-session", "asked-at-due-session"})
