"""Two texts paragraph by paragraph: which became which, and the words that changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rdflib import URIRef

from mappings.links import sameness
from mappings.links.alignment import aligned

SAME = 0.5  # of the words of two paragraphs; fewer in common make them two
_TOKEN = re.compile(r"\w+(?:[-']\w+)*|[^\w\s]")
_SIGNS = str.maketrans({"‐": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "—": "–"})  # set otherwise in print


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph by its IRI, its part ("preambular", "operative") and its words."""

    iri: URIRef
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph of the earlier text and that of the later; `words` are those removed (−) and added (+)."""

    earlier: URIRef | None
    later: URIRef | None
    kind: str  # "same", "changed", "added", "removed"
    words: str
    likeness: float = 0.0  # of the two, from 0 to 1


def changes(earlier: Sequence[Clause], later: Sequence[Clause]) -> tuple[Change, ...]:
    """The paragraphs of both texts side by side in the order of the later; none where the words of one are not held."""
    if not earlier or not later:
        return ()
    return tuple(_changes(earlier, later, _paired(earlier, later)))


def likeness(earlier: Sequence[Clause], later: Sequence[Clause]) -> float:
    """The share of the paragraphs of the longer text that have a paragraph like them in the other, from 0 to 1."""
    longer = max(len(earlier), len(later))
    return len(_paired(earlier, later)) / longer if longer else 0.0


def _changes(earlier: Sequence[Clause], later: Sequence[Clause], paired: dict[int, int]) -> Iterator[Change]:
    row = 0
    became = {column: row for row, column in paired.items()}
    for column, clause in enumerate(later):
        origin = became.get(column)
        while origin is not None and row < origin:
            yield Change(earlier[row].iri, None, "removed", "")
            row += 1
        if origin is None:
            yield Change(None, clause.iri, "added", "")
            continue
        words = changed_words(earlier[origin].text, clause.text)
        alike = sameness.likeness(sameness.words_of(earlier[origin].text), sameness.words_of(clause.text))
        yield Change(earlier[origin].iri, clause.iri, "changed" if words else "same", words, round(alike, 3))
        row = origin + 1
    for clause in earlier[row:]:
        yield Change(clause.iri, None, "removed", "")


def _paired(earlier: Sequence[Clause], later: Sequence[Clause]) -> dict[int, int]:
    """The pairs, earlier to later; paragraphs of different parts of their texts make none."""
    ones, others = ([Counter(_tokens(one.text.casefold())) for one in text] for text in (earlier, later))
    alike = [
        [_alike(ones[row], others[column]) if one.part == other.part else 0.0 for column, other in enumerate(later)]
        for row, one in enumerate(earlier)
    ]
    return aligned(alike, SAME)


def _tokens(text: str) -> list[str]:
    """The words and signs of a paragraph; hyphens and quotation marks of all forms are one."""
    return _TOKEN.findall(text.translate(_SIGNS))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of the words of two paragraphs: 1 for the same words, 0 for none in common."""
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def changed_words(earlier: str, later: str) -> str:
    """The words that went and came, as "− lamps + lanterns; + at dusk"; empty where only the end mark differs."""
    one, other = (_tokens(re.sub(r"[\s;,.:]+(?:and)?$", "", text)) for text in (earlier, later))
    told = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            sides = (("−", one[a:b]), ("+", other[c:d]))
            told.append(" ".join(f"{sign} {' '.join(words)}" for sign, words in sides if words))
    return "; ".join(told)
