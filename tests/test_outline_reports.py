"""The outline of the two real reports, held against the gold of the thirty-first session."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mappings.outline import outline
from mappings.source import read
from mappings.tree import TEXTS, Kind, Node


@pytest.fixture(scope="module")
def tree31(shared: Path) -> Node:
    return outline(read(shared / "reports" / "ccpcj-31.txt"))


@pytest.fixture(scope="module")
def tree33(shared: Path) -> Node:
    return outline(read(shared / "reports" / "ccpcj-33.txt"))


def gold(shared: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((shared / "gold" / "s31" / name).read_text(encoding="utf-8"))
    return rows


def numbers(tree: Node) -> list[int]:
    return [int(node.label) for node in tree.of(Kind.PARAGRAPH)]


def printed(text: Node) -> str:
    """The number of a text as the gold prints it."""
    return f"{text.kind.value.capitalize()} {text.label}".strip()


def counts(text: Node) -> tuple[int, int, int]:
    """Preambular, operative (an unnumbered one of a text with paragraphs included) and sub-paragraphs."""
    return tuple(  # type: ignore[return-value]
        sum(1 for _ in text.of(kind))
        for kind in (Kind.PREAMBULAR_PARAGRAPH, Kind.OPERATIVE_PARAGRAPH, Kind.SUB_PARAGRAPH)
    )


def test_the_31st_has_146_paragraphs_in_sequence(tree31: Node) -> None:
    assert numbers(tree31) == list(range(1, 147))


def test_the_33rd_has_170_paragraphs_in_sequence(tree33: Node) -> None:
    assert numbers(tree33) == list(range(1, 171))


def test_the_texts_of_the_31st_have_the_golds_numbers_and_titles(shared: Path, tree31: Node) -> None:
    expected = [(row["number"], row["title"]) for row in gold(shared, "texts.json")]
    assert [(printed(text), text.title.text) for text in tree31.of(*TEXTS)] == expected


def test_the_texts_of_the_31st_have_the_golds_counts(shared: Path, tree31: Node) -> None:
    expected = {
        row["text"]: (row["preambular"], row["operative_numbered"], row["lettered_total"])
        for row in gold(shared, "texts.json")
    }
    found = {}
    for row, text in zip(gold(shared, "texts.json"), tree31.of(*TEXTS), strict=True):
        preambular, _, sub = counts(text)
        found[row["text"]] = (preambular, sum(1 for node in text.of(Kind.OPERATIVE_PARAGRAPH) if node.label), sub)
    assert found == expected


def test_the_footnotes_of_the_31st_have_the_golds_marks_and_words(shared: Path, tree31: Node) -> None:
    expected = [(row["number"], row["footnote_text"]) for row in gold(shared, "footnotes.json")]
    assert [(node.label, node.passage.text) for node in tree31.of(Kind.FOOTNOTE)] == expected


def test_every_mark_of_the_31st_stands_after_the_golds_anchor(shared: Path, tree31: Node) -> None:
    before = {}
    for node in tree31.walk():
        for passage in (node.title, node.passage):
            for mark in passage.marks:
                before[mark.label] = passage.text[: mark.offset]
    for row in gold(shared, "footnotes.json"):
        if isinstance(row["anchor"], list):
            assert before[row["number"]].endswith(row["anchor"][0])


def test_every_clause_of_the_31st_begins_with_the_golds_first_words(shared: Path, tree31: Node) -> None:
    clauses = {
        (text_row["text"], kind, order): node
        for text_row, text in zip(gold(shared, "texts.json"), tree31.of(*TEXTS), strict=True)
        for kind, of in (("preambular", Kind.PREAMBULAR_PARAGRAPH), ("operative", Kind.OPERATIVE_PARAGRAPH))
        for order, node in enumerate(text.of(of), 1)
    }
    checked = 0
    for row in gold(shared, "paragraphs.json"):
        node = clauses.get((row["text"], row["type"], row["order"]))
        if node is not None:
            assert node.passage.text.startswith(row["first8"])
            checked += 1
    assert (
        checked == 115
    )  # a decision whose body is a paragraph of the report, and one that is a voice line, have no clause


def test_no_words_of_a_footnote_stand_in_another_passage(tree31: Node, tree33: Node) -> None:
    for tree in (tree31, tree33):
        others = [node.passage.text for node in tree.walk() if node.kind is not Kind.FOOTNOTE]
        for note in tree.of(Kind.FOOTNOTE):
            if len(note.passage.text) > 40:
                assert not any(note.passage.text in text for text in others)


@pytest.mark.parametrize("session", ["tree31", "tree33"])
def test_no_passage_keeps_markup(session: str, request: pytest.FixtureRequest) -> None:
    tree: Node = request.getfixturevalue(session)
    kept = [
        text
        for node in tree.walk()
        for text in (node.title.text, node.passage.text)
        if re.search(r"\]\(|\*|</?[a-z]|[⁰¹²³⁴-⁹^]|  |\n", text)
    ]
    assert kept == []


def test_every_character_of_a_passage_knows_its_place(shared: Path, tree33: Node) -> None:
    source = read(shared / "reports" / "ccpcj-33.txt")
    for node in tree33.walk():
        for passage in (node.title, node.passage):
            assert len(passage.text) == len(passage.offsets)
            wrong = [
                (letter, source.text[at])
                for letter, at in zip(passage.text, passage.offsets, strict=True)
                if letter not in " \t" and source.text[at] != letter
            ]
            assert wrong == []


def test_the_texts_of_the_33rd_have_the_counts_that_a_reader_finds(tree33: Node) -> None:
    assert [(printed(text), *counts(text)) for text in tree33.of(*TEXTS)] == [
        ("Draft resolution I", 14, 27, 0),
        ("Draft resolution II", 9, 5, 0),
        ("Draft resolution III", 16, 12, 0),
        ("Draft resolution", 14, 10, 0),
        ("Draft decision I", 0, 1, 0),
        ("Draft decision II", 0, 0, 3),
        ("Resolution 33/1", 14, 11, 21),
        ("Decision 33/1", 0, 0, 0),
    ]


def test_the_footnotes_of_the_33rd_are_1_to_38_and_five_with_signs(tree33: Node) -> None:
    marks = [node.label for node in tree33.of(Kind.FOOTNOTE)]
    assert [int(mark) for mark in marks if mark.isdigit()] == list(range(1, 39))
    assert [mark for mark in marks if not mark.isdigit()] == ["*", "*", "a", "*", "**"]


def test_the_reading_covers_both_reports(shared: Path, tree31: Node, tree33: Node) -> None:
    for name, tree in (("ccpcj-31.txt", tree31), ("ccpcj-33.txt", tree33)):
        spans = sorted(span for node in tree.walk() for span in node.spans)
        assert spans[0].start == 0
        assert spans[-1].end == len(read(shared / "reports" / name).text)
        assert all(a.end == b.start for a, b in pairwise(spans))
