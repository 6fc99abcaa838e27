"""The report itself: chapters and sections, meetings, footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from mappings.facts import ClauseKey, Facts, ParagraphKey
from tests.accuracy.table import Gold, Row, Table, content, place_id, plain, rows, text_id, text_named

_OWN = "Commission"


def _gold_meetings(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "meetings.json"):
        yield row["body"], plain(row["meeting"]), plain(row["date"])


def _meetings(facts: Facts) -> Iterator[Row]:
    for fact in facts.meetings:
        yield fact.organ or _OWN, plain(fact.key.number), plain(fact.on)


def _gold_footnotes(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "footnotes.json"):
        words = row.get("digest") or _digest(row["footnote_text"])
        yield row["number"], words, text_named(row), row["paragraph"] or str(row["para"])


def _footnotes(facts: Facts) -> Iterator[Row]:
    for fact in facts.footnotes:
        for place in fact.anchors or (ParagraphKey(""),):
            text = text_id(place.text) if isinstance(place, ClauseKey) else ""
            yield fact.key.mark, _digest(fact.text), text, place_id(place)


def _digest(words: str) -> str:
    """Twelve digits that stand for the words of a footnote, which our own gold does not repeat."""
    return sha256(words.encode("utf-8")).hexdigest()[:12]


def _gold_sections(gold: Gold) -> Iterator[Row]:
    for chapter in content(gold, "report.json")["chapters"]:
        yield chapter["chapter"], "", chapter["title"]
        yield from ((chapter["chapter"], plain(one["letter"]), one["title"]) for one in chapter["sections"])


def _sections(facts: Facts) -> Iterator[Row]:
    yield from ((chapter.number, "", chapter.title) for chapter in facts.chapters)
    yield from ((section.chapter, section.letter, section.title) for section in facts.sections)


TABLES = (
    Table("chapters and sections", _gold_sections, _sections),
    Table("meetings", _gold_meetings, _meetings),
    Table("footnotes", _gold_footnotes, _footnotes),
)
