"""The drafts and official texts of one document as rows that are kept, and which steps of the chain they bear on.

A step belongs to its draft. What may have become of a draft is of one organ and nature and was adopted in the year or
the year after, so that these are the keys: what a text brings or takes concerns the drafts of its organ in those years,
and the drafts that lead on through them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from rdflib import Graph, URIRef

from mappings.links.chain import Step, Text, clauses_of, steps_from, texts_of
from mappings.links.changes import Clause
from mappings.links.rows import Row

TABLE, PARAGRAPHS = "chain", "paragraphs"
Find = Callable[[str], Iterable[Row]]


def rows_of_texts(described: Graph, words: Graph, closed: Mapping[URIRef, date]) -> Iterator[Row]:
    """A row for each text that a graph describes, and one for its paragraphs, which `words` has.

    `closed` is the last day of the session that a report is about.
    """
    for text in sorted(texts_of(described, closed), key=lambda one: one.iri):
        yield from rows_of_text(text, clauses_of(words, text.iri))


def rows_of_text(text: Text, clauses: Iterable[Clause]) -> Iterator[Row]:
    """The rows of a text and of its paragraphs."""
    values = {
        "draft": text.draft,
        "nature": text.nature,
        "title": text.title,
        "voice": text.voice,
        "recommended_to": text.recommended_to,
        "on": text.on.isoformat() if text.on else "",
        "report": text.report,
        "drafts": sorted(text.drafts),
        "holder": text.holder,
    }
    yield Row(TABLE, str(text.iri), tuple(_keys(text)), values)
    paragraphs = [(one.iri, one.part, one.text) for one in clauses]
    yield Row(PARAGRAPHS, str(text.iri), (f"paragraphs of {text.iri}",), {"paragraphs": paragraphs})


def _keys(text: Text) -> Iterator[str]:
    yield f"chained {text.iri}"
    if text.holder:
        yield f"draft in {text.holder}"
    if text.on and text.draft:
        yield from (_drafts(organ, text.nature, text.on.year) for organ in _organs(text))
    elif text.on:
        yield _official(text.voice, text.nature, text.on.year)


def _organs(draft: Text) -> list[URIRef | None]:
    """The organs that a draft may have become a text of: as a draft, and as one that a text carries on."""
    return list(dict.fromkeys((draft.recommended_to or draft.voice, draft.recommended_to)))


def _drafts(organ: URIRef | None, nature: str, year: int) -> str:
    return f"draft {nature} of {year} for {organ}"


def _official(organ: URIRef | None, nature: str, year: int) -> str:
    return f"{nature} of {year} by {organ}"


@dataclass(frozen=True, slots=True)
class FoundSteps:
    """The drafts whose steps were looked for anew, by their IRIs, and the steps found."""

    drafts: frozenset[str]
    steps: tuple[Step, ...]


def steps_anew(changed: Iterable[Row], find: Find) -> FoundSteps:
    """The steps from all drafts that the rows of changed documents concern, those that they had and those they have.

    `find` gives the rows of the documents in force that have a key.
    """
    known = _Known(find)
    drafts = sorted({draft for row in changed if row.table == TABLE for draft in known.concerned(_text(row))})
    steps = (
        step
        for draft in drafts
        for text in known.texts(f"chained {draft}")
        for step in steps_from(text, known.rivals, known.quoted, known.clauses)
    )
    return FoundSteps(frozenset(str(draft) for draft in drafts), tuple(steps))


@dataclass(slots=True)
class _Known:
    """The texts of the documents in force, each looked up once."""

    find: Find
    _found: dict[str, list[Text]] = field(default_factory=dict)
    _paragraphs: dict[URIRef, tuple[Clause, ...]] = field(default_factory=dict)

    def texts(self, key: str) -> list[Text]:
        if key not in self._found:
            self._found[key] = sorted(map(_text, self.find(key)), key=lambda text: text.iri)
        return self._found[key]

    def rivals(self, draft: Text) -> list[Text]:
        """The official texts of the organs, the nature and the years of what may have become of a draft."""
        years = (draft.on.year, draft.on.year + 1) if draft.on else ()
        keys = (_official(organ, draft.nature, year) for organ in _organs(draft) for year in years)
        return [text for key in keys for text in self.texts(key)]

    def quoted(self, holder: URIRef) -> Text | None:
        return next(reversed(self.texts(f"draft in {holder}")), None)

    def clauses(self, text: URIRef) -> tuple[Clause, ...]:
        if text not in self._paragraphs:
            rows = self.find(f"paragraphs of {text}")
            self._paragraphs[text] = tuple(
                Clause(URIRef(iri), part, words) for row in rows for iri, part, words in row.values["paragraphs"]
            )
        return self._paragraphs[text]

    def concerned(self, text: Text) -> Iterator[URIRef]:
        """The drafts on whose steps a text bears: those that it may be what became of, and those that lead on there."""
        drafts = [text] if text.draft else self._may_have_become(text)
        for draft in drafts:
            yield draft.iri
            for holder in self.texts(f"chained {draft.holder}") if draft.holder else ():
                yield from (one.iri for one in self._may_have_become(holder))

    def _may_have_become(self, official: Text) -> list[Text]:
        years = (official.on.year - 1, official.on.year) if official.on else ()
        keys = (_drafts(official.voice, official.nature, year) for year in years)
        return [draft for key in keys for draft in self.texts(key)]


def _text(row: Row) -> Text:
    values: Mapping[str, Any] = row.values
    return Text(
        URIRef(row.iri),
        values["draft"],
        values["nature"],
        values["title"],
        _iri(values["voice"]),
        _iri(values["recommended_to"]),
        _day(values["on"]),
        _iri(values["report"]),
        frozenset(URIRef(one) for one in values["drafts"]),
        _iri(values["holder"]),
    )


@cache
def _day(on: str) -> date | None:
    return date.fromisoformat(on) if on else None


def _iri(value: str | None) -> URIRef | None:
    return URIRef(value) if value else None
