"""Which version of a report is in force: one that is poorer does not replace a fuller one without the operator's word.

A version is poorer where a chapter or text that the other has is missing or withheld, or where it has fewer paragraphs.
Paragraphs are counted and not matched: between two versions their words are corrected and their numbers may come.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDF

from ontology.terms import BASE, REC
from server.publishing.dumps import terms
from server.publishing.release import Part

_TEXTS = frozenset(
    f"<{kind}>"
    for kind in (
        *(REC.DraftResolution, REC.DraftDecision, REC.Resolution, REC.Decision),
        *(REC.Declaration, REC.MinisterialStatement, REC.AgreedConclusions),
    )
)
_NAMED = 5  # units that a message names


@dataclass(frozen=True, slots=True)
class _Held:
    """What a version has: the paths of its chapters and texts, and how many paragraphs."""

    chapters: frozenset[str]
    texts: frozenset[str]
    paragraphs: int


def poorer(new: Part, held: Part) -> str:
    """What the version that is held has and the new one lacks, in words; empty where it lacks nothing."""
    has, had = _held(new), _held(held)
    missing = sorted((had.chapters - has.chapters) | (had.texts - has.texts))
    lacks = []
    if missing:
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        lacks.append(", ".join(missing[:_NAMED]) + more)
    if has.paragraphs < had.paragraphs:
        lacks.append(f"{had.paragraphs - has.paragraphs} of {had.paragraphs} paragraphs")
    return "; ".join(lacks)


def _held(part: Part) -> _Held:
    chapters, texts, paragraphs = set[str](), set[str](), 0
    for line in part.files["asserted.nq"].split("\n"):
        if not line.startswith(f"<{BASE}"):
            continue
        quad = terms(line)
        path = quad.subject[len(BASE) + 1 : -1]
        if quad.predicate == f"<{REC.hasParagraph}>":
            paragraphs += 1
        elif quad.predicate == f"<{RDF.type}>" and quad.value == f"<{REC.Chapter}>":
            chapters.add(path)
        elif quad.predicate == f"<{RDF.type}>" and quad.value in _TEXTS:
            texts.add(path)
    return _Held(frozenset(chapters), frozenset(texts), paragraphs)
