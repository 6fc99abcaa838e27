"""Two wordings of a text side by side: what stayed, went, came and moved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.pages.difference import pairs, pieces, said
from server.pages.paragraphs import LEFT_OUT, Paragraph


def _paragraph(label: str, words: str, part: str = "operative") -> Paragraph:
    phrase = words.split(" ", maxsplit=1)[0]
    return Paragraph(
        f"{part}-{label}", f"/{part}/{label}", part, 0, label, phrase, words.removeprefix(phrase), (), "", False, (), ()
    )


def _text(*paragraphs: str) -> list[Paragraph]:
    return [_paragraph(str(number), words) for number, words in enumerate(paragraphs, 1)]


def _marked(earlier: str, later: str) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.words) for piece in pieces(earlier, later))


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("Notes the report", "Notes the report", "Notes the report"),
        ("Notes the report", "Welcomes the report", "[-Notes-]{+Welcomes+} the report"),
        ("the work done", "the important work done", "the{+ important+} work done"),
        ("the work, as done", "the work done", "the work[-, as-] done"),
        ("one two three four", "five six three four", "[-one two-]{+five six+} three four"),
        ("well-lit towers", "well-kept towers", "[-well-lit-]{+well-kept+} towers"),
        ("", "Requests a report", "{+Requests a report+}"),
    ],
)
def test_the_words_that_came_and_went_are_told(earlier: str, later: str, expected: str) -> None:
    assert _marked(earlier, later) == expected


def _outline(earlier: list[Paragraph], later: list[Paragraph]) -> list[tuple[str, str, str]]:
    return [
        (pair.earlier.label if pair.earlier else "", pair.later.label if pair.later else "", pair.kind + " moved" * pair.moved)
        for pair in pairs(earlier, later)
    ]  # fmt: skip


KEEPERS = "Calls upon the keepers of lighthouses to trim their lamps before dusk"
BOATS = "Invites the owners of small boats to carry a lantern at the stern"
FUND = "Decides to open a fund for the repair of leaking towers"


def test_a_paragraph_that_was_put_in_leaves_the_others_side_by_side() -> None:
    assert _outline(_text(KEEPERS, FUND), _text(KEEPERS, BOATS, FUND)) == [
        ("1", "1", "same"),
        ("", "2", "added"),
        ("2", "3", "same"),
    ]


def test_a_paragraph_that_was_taken_out_stands_where_it_stood() -> None:
    assert _outline(_text(KEEPERS, BOATS, FUND), _text(KEEPERS, FUND)) == [
        ("1", "1", "same"),
        ("2", "", "removed"),
        ("3", "2", "same"),
    ]


def test_a_paragraph_in_another_place_is_told_to_have_moved() -> None:
    assert _outline(_text(KEEPERS, BOATS, FUND), _text(BOATS, FUND, KEEPERS)) == [
        ("2", "1", "same"),
        ("3", "2", "same"),
        ("1", "3", "same moved"),
    ]


def test_a_paragraph_whose_verb_became_stronger_is_the_same_paragraph() -> None:
    assert _outline(_text(KEEPERS), _text(KEEPERS.replace("Calls upon", "Urges"))) == [("1", "1", "changed")]


def test_paragraphs_that_share_only_what_the_whole_text_is_about_are_two() -> None:
    held = "Decides to hold the Fifth Congress on the Prevention of Fog during the year of the estuary"
    noted = "Notes the progress made in the preparations for the Fifth Congress on the Prevention of Fog"
    others = [f"{word} the Fifth Congress on the Prevention of Fog" for word in ("Thanks", "Awaits", "Joins", "Opens")]
    assert _outline(_text(held, *others), _text(noted, *others))[:2] == [("", "1", "added"), ("1", "", "removed")]


def test_a_preambular_paragraph_does_not_become_an_operative_one_of_few_words() -> None:
    earlier, later = [_paragraph("1", "Recalling it", "preambular")], [_paragraph("1", "Requests it")]
    assert [pair.kind for pair in pairs(earlier, later)] == ["added", "removed"]


def test_without_the_words_of_one_text_the_opening_phrases_are_compared() -> None:
    later = [replace(one, words=LEFT_OUT) for one in _text(BOATS, FUND.replace("Decides", "Recommends"))]
    found = pairs(_text(BOATS, KEEPERS), later)
    assert [("".join(piece.words for piece in pair.pieces), pair.kind) for pair in found] == [
        ("Invites", "same"),
        ("Recommends", "added"),
        ("Calls", "removed"),
    ]


words = st.lists(
    st.sampled_from(["the", "lamp", "tower", "keeper", "trims", "lights", "at", "dusk", ",", "calls", "upon", "notes"]),
    max_size=12,
)
texts = st.lists(words.map(" ".join), max_size=6).map(lambda found: _text(*found))


@given(words.map(" ".join), words.map(" ".join))
def test_both_wordings_can_be_read_from_the_difference(earlier: str, later: str) -> None:
    found = pieces(earlier, later)
    assert "".join(piece.words for piece in found if piece.kind != "added") == earlier
    assert "".join(piece.words for piece in found if piece.kind != "removed") == later


@given(texts, texts)
def test_every_paragraph_of_both_texts_is_shown_once_and_the_later_in_order(
    earlier: list[Paragraph], later: list[Paragraph]
) -> None:
    found = pairs(earlier, later)
    assert [pair.later for pair in found if pair.later] == later
    assert sorted(pair.earlier.label for pair in found if pair.earlier) == sorted(one.label for one in earlier)


@given(texts)
def test_a_text_does_not_differ_from_itself(text: list[Paragraph]) -> None:
    assert all(pair.kind == "same" for pair in pairs(text, text) if pair.earlier and said(pair.earlier))
