"""What stands in the columns of the questions' answers: numbers, truths, days, addresses or words.

A column of one name holds the same kind of value in every question, but for those that `_WORDS` names: there several
values stand in one cell, or numbers as they are printed. The schemas of lists and the description of the tables
(`server/doors/tables.py`) are made from this.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from server.pages.panels import written
from server.questions import Question


class Kind(Enum):
    """A kind of value, by the name that XML Schema has for its datatype (CSVW and Frictionless use it as well)."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    ADDRESS = "anyURI"
    SESSION = "session"  # an integer, or as printed: "S-32"
    WORDS = "string"


_KINDS: Mapping[str, Kind] = {
    name: kind
    for kind, names in (
        (
            Kind.INTEGER,
            "abstaining against inFavour citations claimed unclaimed count drafts start end meeting meetings operative "
            "order paragraphs preambular requests sessions statements subparagraphs texts total year",
        ),
        (Kind.DECIMAL, "confidence likeness"),
        (Kind.BOOLEAN, "added conditional continuing rightOfReply"),
        (Kind.DATE, "begins date dueDate ends"),
        (Kind.ADDRESS, "act iri citedIri"),
        (Kind.SESSION, "session dueSession presentedAtSession"),
    )
    for name in names.split()
}
_WORDS: Mapping[str, frozenset[str]] = {  # questions and their columns of words that are something else elsewhere
    "carried-on": frozenset({"session"}),
    "citations": frozenset({"order"}),
    "clauses": frozenset({"order"}),
    "due-next": frozenset({"operative"}),
    "fulfilments": frozenset({"operative"}),
    "mandates": frozenset({"operative"}),
    "requests": frozenset({"operative"}),
    "statements": frozenset({"meeting", "date"}),
    "unanswered": frozenset({"operative"}),
}


def columns(question: Question) -> tuple[str, ...]:
    """The names of the columns of a question's answer."""
    return written(question.sparql)[1]


def kind_of(question: Question, column: str) -> Kind:
    """What stands in a column."""
    own = column in _WORDS.get(question.name, ())
    return Kind.WORDS if own else _KINDS.get(column, Kind.WORDS)
