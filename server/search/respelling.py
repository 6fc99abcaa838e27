"""Words that were typed with a slip, put right by the words that the index holds: "terorism" is "terrorism"."""

from __future__ import annotations

import sqlite3

from rapidfuzz import fuzz, process

from server.search.asking import LAST, Asked
from server.search.keys import folded

# Of two words of ten letters, two letters may differ: "traficking" and "trafficking" are alike by 95 of 100,
# "proprety" and "property" by 88, "terorism" and "tourism" by 80.
_ALIKE = 82
_SHORTEST = 4  # letters: shorter words are alike too easily
_LETTERS = 2  # that a word may be longer or shorter
_KNOWN = 4000  # words that are looked through


def respelt(index: sqlite3.Connection, asked: Asked) -> str:
    """The query with each word that the index does not hold in the nearest of its own; "" where nothing is changed."""
    typed = [word for term in asked.terms for word in term.words]
    right = [_respelt(index, word) for word in typed]
    return " ".join(right) if right != typed else ""


def _respelt(index: sqlite3.Connection, word: str) -> str:
    plain = folded(word)
    if len(plain) < _SHORTEST or not plain.isalpha() or _held(index, plain):
        return word
    rows = index.execute(
        "SELECT term FROM spelling WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?"
        " ORDER BY doc DESC, term LIMIT ?",
        (plain[:1], plain[:1] + LAST, len(plain) - _LETTERS, len(plain) + _LETTERS, _KNOWN),
    )
    found = process.extractOne(plain, (term for (term,) in rows), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return found[0] if found else word


def _held(index: sqlite3.Connection, word: str) -> bool:
    return index.execute("SELECT 1 FROM spelling WHERE term = ? LIMIT 1", (word,)).fetchone() is not None
