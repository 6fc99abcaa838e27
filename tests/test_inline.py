"""Clean words out of marked-up text, with marks, italics and offsets."""

from __future__ import annotations

import pytest

from mappings.outlining.inline import clean, hyphens_of
from mappings.outlining.passages import joined, tabbed
from mappings.tree import Passage


def cleaned(text: str) -> Passage:
    return clean(text, 0, len(text), hyphens_of(text)).passage


def marks(text: str) -> list[tuple[str, str]]:
    """Each mark with the words before it."""
    passage = cleaned(text)
    return [(mark.label, passage.text[: mark.offset]) for mark in passage.marks]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("see [E/CN.99/2022/6](#), and", "see E/CN.99/2022/6, and"),
        ("[Lamps](https://example.org/a_b) lit", "Lamps lit"),
        ("issued on [29 May 2024]", "issued on [29 May 2024]"),
        ("*Also calls upon* keepers", "Also calls upon keepers"),
        ("**Report on\nthe session**", "Report on the session"),
        ("the _World Lamp Report_ and snake_case_word", "the World Lamp Report and snake_case_word"),
        ("<i>Chair</i><br>Kenya", "Chair Kenya"),
        ("lamps &amp;&nbsp;bells", "lamps & bells"),
        ("1\\. Lamps \\[lit\\]", "1. Lamps [lit]"),
        ("keepers, * including girls", "keepers, including girls"),
        ("lamps ¹.", "lamps."),
        ("an inter-\nnational lamp", "an international lamp"),
        ("a long-\nterm lamp", "a long-term lamp"),
        ("a mid-\nsized and a mid-sized lamp", "a mid-sized and a mid-sized lamp"),
        ("lam\u00adps and bel\u00ad\nls", "lamps and bells"),
        ("an area of 12 km² lit", "an area of 12 km² lit"),
        ("<!-- page 3 -->Lamps", "Lamps"),
        ("3 * 4", "3 4"),
    ],
)
def test_the_words_are_clean(text: str, words: str) -> None:
    assert cleaned(text).text == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Child,⁹ the Optional Protocol¹⁰ and", [("9", "the Child,"), ("10", "the Child, the Optional Protocol")]),
        ("Nations (Vienna)²³ (in person)", [("23", "Nations (Vienna)")]),
        ("the Child,[^9] the", [("9", "the Child,")]),
        ("the Child,<sup>9</sup> the", [("9", "the Child,")]),
        ("the Child,^9^ the", [("9", "the Child,")]),
        ("terrorist groups,^a including", [("a", "terrorist groups,")]),
        ("lamp groups,* including", [("*", "lamp groups,")]),
        ("lamp groups,** including", [("**", "lamp groups,")]),
        ("lamp groups, * including", [("*", "lamp groups,")]),
        ("Title of the lamp*", [("*", "Title of the lamp")]),
        ("**Title of the lamp**\\*", [("*", "Title of the lamp")]),
        ("in the *Lamp Report*,* and *Bells*", [("*", "in the Lamp Report,")]),
        ("*Ibid.*, vol. 2", []),
        ("*a* **b** ***c***", []),
    ],
)
def test_the_marks_are_told_from_emphasis(text: str, expected: list[tuple[str, str]]) -> None:
    assert marks(text) == expected


def test_the_span_of_a_mark_is_its_place_in_the_source() -> None:
    assert [(mark.span.start, mark.span.end) for mark in cleaned("Lamp,¹⁰ lit").marks] == [(5, 7)]


def test_italics_are_runs_of_the_clean_words() -> None:
    passage = cleaned("1. *Takes note* of the *Lamp Report*")
    assert [passage.text[start:end] for start, end in passage.italics] == ["Takes note", "Lamp Report"]


def test_each_character_knows_its_place() -> None:
    assert cleaned("a *b* [c](#)").offsets == (0, 1, 3, 5, 7)


def test_the_number_of_bold_characters_is_told() -> None:
    assert clean("**Lamps** lit", 0, 13).bold == 5


def test_parts_are_joined_with_one_space() -> None:
    assert joined([cleaned("the Bolivarian"), cleaned("Republic of")]).text == "the Bolivarian Republic of"


def test_a_word_cut_between_parts_is_made_whole() -> None:
    assert joined([cleaned("the inter-"), cleaned("national lamp")]).text == "the international lamp"


def test_marks_and_italics_move_with_their_part() -> None:
    row = tabbed([cleaned("*Chair*"), cleaned("Kenya¹")])
    assert (row.text, row.italics, row.marks[0].offset) == ("Chair\tKenya", ((0, 5),), 11)
