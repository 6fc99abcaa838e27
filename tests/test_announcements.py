"""The report checked against its own table of contents and executive summary."""

from __future__ import annotations

from pathlib import Path

import pytest

from mappings.announcements import announcements
from mappings.outline import outline
from mappings.source import from_text, read

SAMPLES = sorted((Path(__file__).parents[1] / "examples" / "reports").glob("*.txt"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_all_that_a_sample_announces_is_there(sample: Path) -> None:
    count, gaps = announcements(outline(read(sample)))
    assert count.total > 30
    assert gaps == ()


def test_a_chapter_that_is_cut_off_is_listed_as_missing() -> None:
    whole = read(SAMPLES[0]).text
    cut = whole[: whole.index("\nChapter V\n")]
    _, gaps = announcements(outline(from_text(cut)))
    assert any(gap.text == "Other business" for gap in gaps)
    assert all(gap.stage == "contents" for gap in gaps)


@pytest.mark.parametrize("session", [31, 33])
def test_all_that_a_real_report_announces_is_there(shared: Path, session: int) -> None:
    _, gaps = announcements(outline(read(shared / "reports" / f"ccpcj-{session}.txt")))
    assert gaps == ()
