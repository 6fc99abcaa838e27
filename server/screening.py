"""What a query is before the engine sees it: its form, whether it names its own dataset, and whether it may run at all.

The endpoint only reads, and reaches no other host. A SERVICE clause is looked for in the raw text, comments and strings
included: the pattern below matches wherever the grammar allows the clause (SERVICE, SILENT, a variable or IRI, "{",
with only white space and comments between), so nothing that an engine takes for one is overlooked, whatever a tokenizer
would make of the text around it. A string or comment that looks exactly like a clause is refused as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_GAP = r"(?:[ \t\r\n]|#[^\r\n]*(?:[\r\n]|$))*"
_SERVICE = re.compile(rf"service{_GAP}(?:silent{_GAP})?(?:<[^<>]*>|[^ \t\r\n{{<]+){_GAP}\{{", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_TOKEN = re.compile(
    r"""
      (?P<gap>[ \t\r\n]+|\#[^\r\n]*)
    | (?P<iri><[^\x00-\x20<>"{}|^`\\]*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
                |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<name>[?$@][\w-]+|[\w.-]*:(?:[\w:.%-]|\\.)*)
    | (?P<word>\w+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)

QUERY_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATE_FORMS = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING"}
)


class Refusal(StrEnum):
    """Why a query is not run."""

    UPDATE = "update"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Screened:
    """A query's form ("" where none is known), whether it has FROM clauses, and why it is refused if it is."""

    form: str
    names_dataset: bool
    refusal: Refusal | None


def screen(query: str) -> Screened:
    """What can be told about a query from its text; its syntax is for the engine to judge."""
    words = [word.upper() for word in _words(query)]
    form = next((word for word in words if word in QUERY_FORMS or word in UPDATE_FORMS), "")
    refusal = None
    if form in UPDATE_FORMS:
        refusal = Refusal.UPDATE
    elif calls_service(query):
        refusal = Refusal.SERVICE
    return Screened(form, "FROM" in words, refusal)


def calls_service(query: str) -> bool:
    """Whether a query may hold a SERVICE clause, as it stands or with its code point escapes resolved."""
    return any(_SERVICE.search(text) is not None for text in (query, _resolved(query)))


def _resolved(query: str) -> str:
    def character(escape: re.Match[str]) -> str:
        code = int(escape.group(1) or escape.group(2), 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"

    return _ESCAPE.sub(character, query)


def _words(query: str) -> Iterator[str]:
    """The bare words of a query: keywords, and nothing out of strings, comments, IRIs, variables and prefixed names."""
    for token in _TOKEN.finditer(query):
        if token.lastgroup == "word":
            yield token.group()
