"""Where a query breaks the grammar.

The engine tries keywords by reading as many characters as they have, so that the position it reports can lie a word
or two after the mistake. Here the query is parsed once more with wide gaps between its tokens: whatever the engine has
read too far is then still white space before the next token, and the position tells the token.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from server.sparql.screening import SHORT, tokens

_WIDE = " " * 40  # more than the longest keyword
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_OF_WORDS = f"{string.ascii_letters}{string.digits}_.-"
_ALONE = frozenset("{}(),;")


@dataclass(frozen=True, slots=True)
class Mistake:
    """The line and column of a syntax error, from 1, the token that stands there ("" at the end), the reason."""

    line: int
    column: int
    found: str
    reason: str


def locate(query: str, complaint: str) -> Mistake | None:
    """The mistake in a query that does not parse, as the engine complained of it; None where it does not tell.

    In a long query that is where the engine says: to lay out a mebibyte of signs anew takes three seconds, which a
    stranger could ask for again and again.
    """
    return _as_told(query, complaint) if len(query) > SHORT else _found(query)


def _as_told(query: str, complaint: str) -> Mistake | None:
    found = _POSITION.match(complaint)
    if found is None:
        return None
    line, column, expected = int(found.group(1)), int(found.group(2)), found.group(3)
    offset = _offset(query, line, column)
    before = query[max(0, offset - SHORT) : offset]
    read = len(before) - len(before.rstrip(_OF_WORDS))  # of the word that it is in: a line end is none of a word
    _, _, token = next(tokens(query[offset - read : offset + SHORT]), ("", 0, ""))
    return Mistake(line, column - read, token.strip(), _reason(expected))


def _found(query: str) -> Mistake | None:
    pieces = list(_pieces(query))
    laid, starts = "", []
    for _, piece in pieces:
        starts.append(len(laid))
        laid += piece + _WIDE
    found = _POSITION.match(_complaint(laid))
    if found is None:
        return None
    offset = _offset(laid, int(found.group(1)), int(found.group(2)))
    place = max((index for index, start in enumerate(starts) if start <= offset), default=0)
    at_end = not pieces or (place == len(pieces) - 1 and offset >= starts[place] + len(pieces[place][1]) + len(_WIDE))
    position, token = (len(query.rstrip()), "") if at_end else pieces[place]
    reason = _reason(found.group(3))
    if reason == "Prefix not found" and ":" not in token and place > 0:
        position, token = pieces[place - 1]
    before = query[:position]
    return Mistake(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1, token, reason)


def _pieces(query: str) -> Iterator[tuple[int, str]]:
    """The tokens of a query with their places; what stands without a gap stays together, except brackets and commas."""
    start, run = 0, ""
    for kind, place, token in tokens(query):
        if run and (kind == "gap" or token in _ALONE or run in _ALONE):
            yield start, run
            run = ""
        if kind != "gap":
            start, run = (start, run + token) if run else (place, token)
    if run:
        yield start, run


def _complaint(query: str) -> str:
    try:
        ox.Store().query(query)
    except SyntaxError as error:
        return str(error)
    return ""


def _offset(text: str, line: int, column: int) -> int:
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return starts[min(line, len(starts)) - 1] + column - 1


def _reason(expected: str) -> str:
    """What the engine says in words ("Prefix not found"), or the signs that it expected where they are few.

    Of keywords it names only the longest, which says nothing about the others.
    """
    names = [name.strip() for name in expected.removeprefix("expected ").removeprefix("one of ").split(", ")]
    if said := next((name for name in names if re.match(r"[A-Z][A-Za-z]+ [\w*]", name)), ""):
        return said.rstrip(".")
    signs = [name for name in names if re.fullmatch(r'"[^"\\]{1,2}"', name)]
    return f"expected {' or '.join(signs)}" if signs and len(signs) == len(names) <= 3 else ""
