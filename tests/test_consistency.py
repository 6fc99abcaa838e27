"""A report that contradicts itself is told so, at the place, with the reason; one that does not is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from mappings.extract import extract
from mappings.facts import Facts, Gap
from mappings.outline import outline
from mappings.source import from_text
from tests.extraction import facts_of


def _read(text: str) -> Facts:
    source = from_text(text, "report")
    return extract(source, outline(source))


def _disagreements(facts: Facts) -> list[Gap]:
    return [gap for gap in facts.gaps if gap.stage == "disagreement"]


@pytest.mark.parametrize("index", [0, 1])
def test_samples_agree_with_themselves(index: int, samples: list[Path]) -> None:
    assert _disagreements(_read(samples[index].read_text(encoding="utf-8"))) == []


def test_another_title_in_the_action_is_told(samples: list[Path]) -> None:
    text = samples[0].read_text(encoding="utf-8")
    act = next(act for act in _read(text).actions if act.phrase == "adopted by a recorded vote")
    end = text.index(act.title, act.evidence.span.start) + len(act.title)
    assert "see chap. I" in text[end : end + 500]  # which tells the text whatever its title
    (found,) = _disagreements(_read(f"{text[:end]} by night{text[end:]}"))
    assert found.text == f"{act.title} by night"
    assert act.paragraph in found.reason
    assert act.title in found.reason


def test_fewer_meetings_than_the_report_speaks_of_are_told() -> None:
    facts = facts_of(
        "At the 4th meeting, on 9 March 2022, the representative of Chad made a statement.",
        "The Commission held three meetings.",
    )
    assert [gap.reason for gap in _disagreements(facts)] == ["3 meetings are counted, and meeting 4 is spoken of"]


def test_as_many_meetings_as_the_report_speaks_of_are_no_fault() -> None:
    facts = facts_of(
        "At the 4th meeting, on 9 March 2022, the representative of Chad made a statement.",
        "The Commission held four meetings.",
    )
    assert _disagreements(facts) == []


def test_an_item_that_the_adopted_agenda_does_not_have_is_told_once(samples: list[Path]) -> None:
    text = samples[0].read_text(encoding="utf-8").replace("agenda item 4", "agenda item 44")
    told = [gap.reason for gap in _disagreements(_read(text)) if "item 44" in gap.reason]
    assert told == ["paragraph 10 stands under item 44, which the adopted agenda does not have"]
