"""The report itself: chapters and sections, meetings, footnotes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from mappings.facts import ClauseKey, Facts, ParagraphKey
from tests.accuracy.table import Row, Table, place_id, plain, rows, text_id

_OWN = "Commission"


def _gold_meetings(folder: Path) -> Iterator[Row]:
    for row in rows(folder, "meetings.json"):
        yield row["body"], plain(row["meeting"]), plain(row["date"])


def _meetings(facts: Facts) -> Iterator[Row]:
    for fact in facts.meetings:
        yield fact.organ or _OWN, plain(fact.key.number), plain(fact.on)


def _gold_footnotes(folder: Path) -> Iterator[Row]:
    for row in rows(folder, "footnotes.json"):
        yield row["number"], row["footnote_text"], row["text"] or "", row["paragraph"] or str(row["para"])


def _footnotes(facts: Facts) -> Iterator[Row]:
    for fact in facts.footnotes:
        for place in fact.anchors or (ParagraphKey(""),):
            text = text_id(place.text) if isinstance(place, ClauseKey) else ""
            yield fact.key.mark, fact.text, text, place_id(place)


def _gold_sections(folder: Path) -> Iterator[Row]:
    content = json.loads((folder / "report.json").read_text(encoding="utf8"))
    for chapter in content["chapters"]:
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
