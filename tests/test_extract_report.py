"""The report, its session and its structure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mappings.dates import days
from mappings.extract import extract
from mappings.lexicon.numbers import ordinal_number
from mappings.outline import outline
from mappings.sentences import sentences
from mappings.source import SourceError, from_text
from tests.extraction import COVER, facts_of, facts_of_text, report


@pytest.mark.parametrize(
    ("words", "number"),
    [("first", 1), ("twelfth", 12), ("twentieth", 20), ("thirty-first", 31), ("sixty-seventh", 67), ("ninety-ninth", 99),
     ("one hundredth", 100), ("one hundred and third", 103), ("hundred and forty-first", 141), ("13th", 13), ("22nd", 22), ("lamp", None)],
)  # fmt: skip
def test_a_number_in_words_is_read(words: str, number: int | None) -> None:
    assert ordinal_number(words) == number


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("(10 December 2030 and 16–20 May 2031)", [("2030-12-10", "2030-12-10"), ("2031-05-16", "2031-05-20")]),
        ("28 February–3 March 2031", [("2031-02-28", "2031-03-03")]),
        ("from 30 April to 4 May 2031", [("2031-04-30", "2031-05-04")]),
        ("on 17 and 19 May 2031", [("2031-05-17", "2031-05-17"), ("2031-05-19", "2031-05-19")]),
        ("30 December to 3 January 2031", [("2030-12-30", "2031-01-03")]),
        ("on 31 February 2031", []),
        ("on 19 May", []),
    ],
)
def test_days_are_read_as_printed(words: str, expected: list[tuple[str, str]]) -> None:
    assert [(str(one.first), str(one.last)) for one in days(words)] == expected


def test_a_sentence_does_not_end_at_an_abbreviation() -> None:
    text = "It was adopted. (For the text, see chap. I, sect. B, resolution 12/1.) J.K. Quay spoke."
    assert [one.text for one in sentences(text)] == [
        "It was adopted.",
        "(For the text, see chap. I, sect. B, resolution 12/1.)",
        "J.K. Quay spoke.",
    ]


def test_the_cover_tells_body_session_and_supplement() -> None:
    fact = facts_of("The lamps were lit.").report
    assert (fact.body.key, fact.parent.key, fact.session, fact.year, fact.supplement) == (
        "clcm",
        "ecosoc",
        12,
        2022,
        "49",
    )


def test_a_single_day_long_before_the_regular_part_opens_the_session() -> None:
    parts = facts_of("The lamps were lit.").report.parts
    assert [(part.kind, part.start, part.end) for part in parts] == [
        ("opening", date(2021, 12, 9), date(2021, 12, 9)),
        ("regular", date(2022, 3, 7), date(2022, 3, 11)),
    ]


def test_a_report_on_a_reconvened_session_has_a_reconvened_part() -> None:
    text = report("The lamps were lit.").replace(
        "Report on the twelfth session\n(9 December 2021 and 7–11 March 2022)",
        "Report on the reconvened twelfth session\n(8 and 9 December 2022)",
    )
    parts = facts_of_text(text).report.parts
    assert [(part.kind, part.start, part.end) for part in parts] == [
        ("reconvened", date(2022, 12, 8), date(2022, 12, 9))
    ]


def test_the_place_is_where_the_session_was_held() -> None:
    facts = facts_of("The Commission held the regular part of its twelfth session in Valletta from 7 to 11 March 2022.")
    assert facts.report.place == "Valletta"


def test_the_symbol_follows_from_that_of_the_announced_addendum() -> None:
    note = (
        "Note\n\nThe report on the reconvened session will be issued as Supplement No. 49A ([E/2022/199/Add.1](#)).\n\n"
    )
    facts = facts_of_text(report("The lamps were lit.").replace("Chapter I\n", note + "Chapter I\n", 1))
    assert (facts.report.symbol, facts.report.symbol_printed) == ("E/2022/199", False)


def test_the_day_of_a_reissue_is_read() -> None:
    text = report("The lamps were lit.").replace(
        "New York, 2022\n", "New York, 2022\n\n* Reissued for technical reasons on 4 June 2022.\n"
    )
    assert facts_of_text(text).report.reissued == date(2022, 6, 4)


def test_an_unknown_body_is_named_and_listed_as_a_gap() -> None:
    text = report("The lamps were lit.").replace(
        "Commission on Lighthouses and Coastal Memory", "Commission on Foghorns"
    )
    facts = facts_of_text(text)
    assert facts.report.body.label == "Commission on Foghorns"
    assert ("report", "Commission on Foghorns") in {(gap.stage, gap.text) for gap in facts.gaps}


def test_a_text_without_a_title_is_refused_with_its_name() -> None:
    source = from_text("Lamps are lit at dusk.\n", "lamps.txt")
    with pytest.raises(SourceError, match=r"lamps\.txt"):
        extract(source, outline(source))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_no_text_makes_the_extraction_fail_otherwise(text: str) -> None:
    source = from_text(COVER + "Chapter I\n\n1. " + text, "any")
    extract(source, outline(source))


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_truncated_report_is_read_as_far_as_it_goes(samples: list[object], tenth: int) -> None:
    text = samples[0].read_text(encoding="utf8")  # type: ignore[attr-defined]
    facts = facts_of_text(text[: len(text) * tenth // 10])
    assert facts.report.session == 12


def test_paragraphs_keep_their_chapter_section_and_lists() -> None:
    facts = facts_of("## A. Deliberations", "Speakers noted:\n\n(a) The lamps;\n\n(b) The bells.")
    paragraph = facts.paragraphs[-1]
    assert (paragraph.chapter, paragraph.section, paragraph.section_title) == ("II", "A", "Deliberations")
    assert paragraph.text == "Speakers noted:\n(a) The lamps;\n(b) The bells."
