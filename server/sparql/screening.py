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
from itertools import chain, islice, tee
from urllib.parse import urljoin

_GAP = r"(?:[ \t\r\n]++|#[^\r\n]*+)*+"
_NAME = r"(?:<[^<>]*+>|(?=[?$]|[^ \t\r\n{<#\\:]*+:)(?:[^ \t\r\n{<#\\]++|\\.)++)"
_SERVICE = re.compile(rf"service{_GAP}(?:silent{_GAP})?{_NAME}{_GAP}\{{", re.IGNORECASE)
_SERVICES = 100  # how often the word may stand in a query, less often in a long one: each place may be read to the end
_READ = 10_000_000  # characters that are read for it at most, or one query would hold up all others
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_TOKEN = re.compile(
    r"""
      (?P<gap>[ \t\r\n]+|\#[^\r\n]*)
    | (?P<iri><[^\x00-\x20<>"{}|^`\\]*>)
    | (?P<string>\"{3}(?:[^"\\]++|\\.|"(?!""))*+(?:\"{3})?|'{3}(?:[^'\\]++|\\.|'(?!''))*+(?:'{3})?
                |"(?:[^"\\\r\n]|\\.)*+"?|'(?:[^'\\\r\n]|\\.)*+'?)
    | (?P<name>[?$@][\w-]+|[\w.-]*+:(?:[\w:.%-]|\\.)*+)
    | (?P<word>[\w.-]+)
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
    """A query's form ("" where none is known), the graphs of its FROM clauses, and why it is refused if it is."""

    form: str
    graphs: tuple[str, ...]
    refusal: Refusal | None


def screen(query: str) -> Screened:
    """What can be told about a query from its text; its syntax is for the engine to judge."""
    form, refusal = _form(query), None
    if form in UPDATE_FORMS or _form(_resolved(query)) in UPDATE_FORMS:
        refusal = Refusal.UPDATE
    elif calls_service(query):
        refusal = Refusal.SERVICE
    return Screened(form, tuple(_from(query)), refusal)


def _form(query: str) -> str:
    """The first keyword that makes a query or an update what it is, "" where there is none."""
    words = (token.upper() for kind, _, token in tokens(query) if kind == "word")
    return next((word for word in words if word in QUERY_FORMS or word in UPDATE_FORMS), "")


def calls_service(query: str) -> bool:
    """Whether a query may hold a SERVICE clause, as it stands or with its code point escapes resolved."""
    for text in {query, _resolved(query)}:
        places = len(re.findall("service", text, re.IGNORECASE))
        if places > _SERVICES or places * len(text) > _READ or _SERVICE.search(text):
            return True
    return False


def _resolved(query: str) -> str:
    def character(escape: re.Match[str]) -> str:
        code = int(escape.group(1) or escape.group(2), 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"

    return _ESCAPE.sub(character, query)


def tokens(query: str) -> Iterator[tuple[str, int, str]]:
    """The tokens of a query from first to last: kind, place, characters. White space and comments are gaps."""
    for token in _TOKEN.finditer(query):
        yield token.lastgroup or "", token.start(), token.group()


def _threes(query: str) -> Iterator[tuple[str, str, str]]:
    """Each word of a query in capitals with the two tokens after it; they are never all held at once."""
    parts = ((kind, token) for kind, _, token in tokens(query) if kind != "gap")
    here, next_one, one_after = tee(chain(parts, [("", "")] * 2), 3)
    ahead = islice(next_one, 1, None), islice(one_after, 2, None)
    for (kind, token), (_, after), (_, third) in zip(here, *ahead, strict=False):
        if kind == "word":
            yield token.upper(), after, third


def _from(query: str) -> Iterator[str]:
    """The absolute IRIs after FROM and FROM NAMED; a name that cannot be resolved is given as it stands."""
    base, prefixes = "", {"": ""}
    for word, after, third in _threes(query):
        if word == "BASE":
            base = after.strip("<>")
        elif word == "PREFIX":
            prefixes[after.rstrip(":")] = urljoin(base, third.strip("<>"))
        elif word == "FROM":
            name = third if after.upper() == "NAMED" else after
            prefix, colon, local = name.partition(":")
            resolved = prefixes.get(prefix, prefix + colon) + local
            yield urljoin(base, name.strip("<>")) if name.startswith("<") else resolved
