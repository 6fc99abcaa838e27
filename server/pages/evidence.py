"""Where the reports say a thing: the words that it was read from, in the paragraph or clause around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from mappings.outlining.inline import clean
from server.pages.panels import about
from server.store import Row, Store
from server.things import iri, text

_SPOTS = """PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rec: <http://localhost:8000/def/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?evidence ?fact ?rule ?source ?report ?file ?page ?start ?end ?quote WHERE {
  { BIND ($this AS ?fact) ?evidence oa:hasBody ?fact } UNION { BIND ($this AS ?evidence) ?evidence oa:hasBody ?fact }
  UNION { BIND ($this AS ?evidence) BIND ($this AS ?fact) ?evidence a rec:Gap }
  ?evidence oa:hasTarget ?target .
  ?target oa:hasSource ?source ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?source prov:specializationOf ?converted }
  BIND (COALESCE(?converted, ?source) AS ?report)
  OPTIONAL { ?target rec:page ?page }
  OPTIONAL { ?evidence rec:rule ?rule }
  OPTIONAL { ?target oa:hasSelector/oa:exact ?quote }
  OPTIONAL { ?report dcterms:source ?file }
} ORDER BY ?report ?start LIMIT 10"""

_QUOTES = """PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?fact ?words WHERE {
  VALUES ?fact { FACTS }
  ?evidence oa:hasBody ?fact ; oa:hasTarget ?target . ?target oa:hasSelector ?selector . ?selector oa:exact ?words .
}"""
_OPEN = re.compile(r"\[(?=[^\]]*$)")  # of a link that goes on behind the words
_CUT_OFF = re.compile(rf"{_OPEN.pattern}|(?<![\d*])\*(?!\*)")
_AROUND = """PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rec: <http://localhost:8000/def/>
SELECT ?place ?from ?quote WHERE {
  ?target oa:hasSource <SOURCE> ; oa:hasSelector ?position .
  ?position oa:start ?from ; oa:end ?until .
  FILTER (?from <= START && ?until >= END)
  ?target oa:hasSelector/oa:exact ?quote .
  ?evidence oa:hasTarget ?target ; oa:hasBody ?place .
  ?place a ?class .
  FILTER (?class IN (rec:Paragraph, rec:Clause, rec:Footnote))
} ORDER BY (?until - ?from) LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of a report: offsets in characters of its text, the words in it with those before and after them.

    `page` is the page of the file where it begins, 0 where the file has no pages.

    The words are without the marks of the file's format, such as those of italics. `place` is the paragraph, clause or
    footnote around them, `fact` what was read there, `rule` by which rule. Words are empty where the release does not
    hold them, other members where they are not known.
    """

    evidence: str
    fact: str
    rule: str
    report: str
    file: str
    page: int
    start: int
    end: int
    place: str
    before: str
    words: str
    after: str


def spots(store: Store, base: str, thing: ox.NamedNode, inside: bool = True) -> tuple[Spot, ...]:
    """Where a thing, or the fact that a piece of evidence is about, was read; none of what no report says itself.

    `inside` is false for what stands in no unit of text, which is then not looked for.
    """
    return tuple(_spot(store, base, row, inside) for row in store.select(about(_SPOTS, base, thing)))


def quotes(store: Store, base: str, facts: Iterable[str]) -> dict[str, str]:
    """The words that facts were read from, by the facts' IRIs; the longest where there are several."""
    values = " ".join(f"<{fact}>" for fact in facts)
    rows = store.select(about(_QUOTES.replace("FACTS", values), base, None)) if values else ()
    return {iri(row, "fact"): text(row, "words") for row in sorted(rows, key=lambda row: len(text(row, "words")))}


def readable(words: str) -> str:
    """Words of a converted report without its marks of emphasis and links, also those of which one end is cut off.

    A star after a figure stays: it is printed, as in a symbol with a note.
    """
    plain = _readable(words, 0, len(words))[1]
    return _CUT_OFF.sub("", plain) if plain.count("*") % 2 else _OPEN.sub("", plain)


def _spot(store: Store, base: str, row: Row, inside: bool) -> Spot:
    start, end, words = int(text(row, "start")), int(text(row, "end")), text(row, "quote")
    place, unit, begin = "", words, start
    if words and inside:
        place, unit, begin = _around(store, base, iri(row, "source"), start, end) or (place, unit, begin)
    before, inner, after = _readable(unit, start - begin, end - begin)
    members = {name: text(row, name) for name in ("evidence", "fact", "rule", "report", "file")}
    page = int(text(row, "page") or 0)
    return Spot(
        **members, page=page, start=start, end=end, place=place, before=before, words=inner or words, after=after
    )


def _around(store: Store, base: str, source: str, start: int, end: int) -> tuple[str, str, int] | None:
    """The smallest unit of text around a stretch of a report: its IRI, its words, where they begin."""
    query = _AROUND.replace("SOURCE", source).replace("START", str(start)).replace("END", str(end))
    rows = store.select(about(query, base, None))
    return (iri(rows[0], "place"), text(rows[0], "quote"), int(text(rows[0], "from"))) if rows else None


def _readable(unit: str, start: int, end: int) -> tuple[str, str, str]:
    """The clean words of a unit of text before, in and after a stretch of it, in its lines."""
    parts, at = ["", "", ""], 0
    for line in unit.splitlines(keepends=True):
        passage = clean(unit, at, at + len(line)).passage
        at += len(line)
        letters = list(zip(passage.text, passage.offsets, strict=True))
        if at < len(unit):
            letters.append(("\n", at - 1))
        for letter, offset in letters:
            parts[(offset >= start) + (offset >= end)] += letter
    before, inner, after = parts
    return before, inner, after
