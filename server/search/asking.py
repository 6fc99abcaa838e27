"""What a person typed, read as a query: nothing that is typed is an error.

Words must all be found, in any form ("commissions" finds "Commission"); words in quotation marks and words that a sign
joins (A/RES/76/181, cross-border) stand together; a word with * at its end is the beginning of one. All else is left
out.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace

from server.search.keys import folded

LENGTH = 400  # characters that are read
TERMS = 24  # that are looked for
_ENDINGS = 40  # words that one beginning stands for, the most frequent
_CHUNK = re.compile(r'"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
LAST = "\U0010ffff"  # sorts behind every word


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together; `beginning` tells that the last is the beginning of one."""

    words: tuple[str, ...]
    beginning: bool = False

    @property
    def typed(self) -> str:
        """The term as a person would type it."""
        plain = " ".join(self.words)
        return f'"{plain}"' if len(self.words) > 1 else f"{plain}{'*' if self.beginning else ''}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: what was typed, its terms, and whether not all of it was read.

    `quoted` tells that words stand in quotation marks: these are looked for even where they are a symbol.
    """

    typed: str
    terms: tuple[Term, ...]
    cut: bool
    quoted: bool

    @property
    def empty(self) -> bool:
        """Whether nothing was typed at all; what holds no word is not empty, and finds nothing."""
        return not self.typed

    def with_beginning(self) -> Asked | None:
        """The same with the last word as the beginning of one; None where it is that already."""
        if not self.terms or self.terms[-1].beginning:
            return None
        return replace(self, terms=(*self.terms[:-1], replace(self.terms[-1], beginning=True)))


def asked(typed: str) -> Asked:
    """The query in what was typed."""
    plain = " ".join(typed[:LENGTH].split())
    terms = tuple(_terms(plain))
    return Asked(plain, terms[:TERMS], len(typed) > LENGTH or len(terms) > TERMS, '"' in plain)


def _terms(plain: str) -> Iterator[Term]:
    for chunk in _CHUNK.finditer(plain):
        if words := tuple(_WORD.findall(chunk["quoted"] or chunk["plain"] or "")):
            yield Term(words, beginning=(chunk["plain"] or "").endswith("*"))


def expression(index: sqlite3.Connection, terms: tuple[Term, ...]) -> str:
    """The terms in the language of FTS5, where each of them must be found."""
    return " AND ".join(f"({' OR '.join(_phrases(index, term))})" for term in terms)


def _phrases(index: sqlite3.Connection, term: Term) -> Iterator[str]:
    """The phrases that a term stands for: its own, and where it is a beginning one for each word that begins so."""
    *before, last = term.words
    endings = [last]
    if term.beginning:
        start = folded(last)
        rows = index.execute(
            "SELECT term FROM spelling WHERE term >= ? AND term < ? ORDER BY doc DESC, term LIMIT ?",
            (start, start + LAST, _ENDINGS),
        )
        endings += [word for (word,) in rows]
    return (f'"{" ".join((*before, ending))}"' for ending in dict.fromkeys(endings))


def either(terms: tuple[Term, ...]) -> str:
    """The words of the terms, of which one must be found; for the index of words as spelt."""
    return " OR ".join(f'"{word}"' for term in terms for word in term.words)


def beginnings(terms: tuple[Term, ...]) -> str:
    """The words of the terms, of which all must be found, the last as a beginning; for the index of words as spelt."""
    words = [word for term in terms for word in term.words]
    return " AND ".join(f'"{word}"' for word in words) + " *"
