"""The outline on invented reports: each fixture is a title, a text and the sketch of its tree."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mappings.outline import outline
from mappings.source import from_text
from mappings.tree import Kind, Node, sketch
from tests.conversions import CONVERSIONS, straight_quotes, without_italics

FRAGMENTS = (
    "Chapter I", "# Chapter II", "Chapter III. Lamps", "A. Deliberations", "B. Draft resolutions", "Deliberations", "Annex", "Note", "Contents",
    "Executive summary", "I.\tLamps\t3", "Draft resolution I", "Resolution 65/1", "Decision 53/101", "53/102", "The General Assembly,",
    "The Economic and Social Council:", "Recalling its resolution 46/901,", "Noting the lamps and", "1. *Requests* the keepers;", "2. Decides to stay.",
    "3. At its 2nd meeting, the Commission took note.", "(a) Of the lamps;", "- (b) Of the bells", "(i) Of both:", "¹ A/1/2.", "[^2]: See *A*", "* A note.",
    "**", "***", "| a | b |", "|---|---|", "<i>Chair</i>\tKenya", "12", "E/2022/30", "^a A note", "<sup>3</sup> Note", "word,*", "[x](#)", "[", "](", "<",
    "\\*", "\\", "\t", "\n", "\n\n", "\r\n", " ", "\ufeff", "\u00ad", "-\n", "interna-\ntional", "Provisional agenda for the next session",
    "1. Election of officers.", "Minister of Lamps of Malta (in person)", "The agenda was as follows:", "x:", "_a_", "&nbsp;", "²",
)  # fmt: skip


def cases() -> list[tuple[str, str, str]]:
    """The fixtures: `=== title`, the text, `---8<---`, the sketch."""
    found = []
    for path in sorted((Path(__file__).parent / "outline").glob("*.txt")):
        for part in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title, _, rest = part.partition("\n")
            text, _, expected = rest.partition("---8<---\n")
            found.append((f"{path.stem}: {title}", text, expected))
    return found


CASES = cases()


def spans_of(tree: Node) -> list[tuple[int, int]]:
    return sorted((span.start, span.end) for node in tree.walk() for span in node.spans)


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_text_has_the_tree_that_its_fixture_shows(text: str, expected: str) -> None:
    assert sketch(outline(from_text(text))).strip() == expected.strip()


def assert_lossless(text: str) -> None:
    spans = spans_of(outline(from_text(text)))
    assert all(start < end for start, end in spans)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(one[1] == other[0] for one, other in itertools.pairwise(spans))


@given(st.text())
def test_any_text_is_read_without_losing_a_character(text: str) -> None:
    assert_lossless(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(("\n", "\n\n", " ", ""))), max_size=30))
def test_any_mixture_of_fragments_is_read_without_losing_a_character(parts: list[tuple[str, str]]) -> None:
    assert_lossless("".join(fragment + gap for fragment, gap in parts))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(("\n", "\n\n", " ", ""))), max_size=30))
def test_every_letter_of_a_passage_stands_at_its_offset(parts: list[tuple[str, str]]) -> None:
    text = "".join(fragment + gap for fragment, gap in parts)
    for node in outline(from_text(text)).walk():
        for passage in (node.title, node.passage):
            assert len(passage.offsets) == len(passage.text)
            for letter, at in zip(passage.text, passage.offsets, strict=True):
                assert letter == text[at] or letter.isspace()


def test_a_list_that_never_stops_nesting_is_read() -> None:
    assert_lossless("Chapter I\n\n1. Lamps:\n\n" + "(a) Lamps:\n\n(i) Lamps:\n\n" * 3000)


def test_an_empty_text_is_a_report_without_parts() -> None:
    assert outline(from_text("")) == Node(Kind.REPORT)


@pytest.mark.parametrize("index", [0, 1])
def test_a_sample_has_the_tree_of_its_golden_sketch(index: int, samples: list[Path], rewrite: bool) -> None:
    golden = Path(__file__).parent / "outline" / f"{samples[index].stem}.sketch"
    found = sketch(outline(from_text(samples[index].read_text(encoding="utf-8"))))
    if rewrite:
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def entries(*lines: str) -> list[str]:
    """The entries that the outline finds in a list of these lines."""
    text = "Chapter I\n\n1. These spoke:\n\n" + "\n\n".join(lines) + "\n\n2. They left.\n"
    return [line.passage.text for line in outline(from_text(text)).of(Kind.LINE)]


def test_an_entry_cut_behind_the_first_word_of_a_name_is_one() -> None:
    assert entries("Counsellor of the Bolivarian", "Republic of Lamps") == [
        "Counsellor of the Bolivarian Republic of Lamps"
    ]


def test_an_entry_cut_before_its_mode_is_one() -> None:
    assert len(entries("Ambassador of Malta to the United Nations", "(Valletta) (online)")) == 1


def test_where_every_entry_ends_with_a_mode_one_without_is_cut() -> None:
    found = entries(
        "Keeper of Malta (online)",
        "Keeper of Lamps",
        "Ministry of Oil of Chile (online)",
        "Pilot (in person)",
        "Clerk (online)",
    )
    assert found[1] == "Keeper of Lamps Ministry of Oil of Chile (online)"


def test_where_few_entries_end_with_a_mode_one_without_is_whole() -> None:
    assert len(entries("Keeper of Malta (video)", "Keeper of Kenya", "Minister of Oil of Chile", "Pilot of Japan")) == 4


@pytest.mark.xfail(strict=True, reason="in a list without modes no word tells an entry cut before a capital from two")
def test_an_entry_without_mode_cut_before_a_capital_is_one() -> None:
    assert (
        len(entries("Keeper of Malta", "Director, Department of Wicks", "Ministry of Lamps of Chile", "Pilot of Japan"))
        == 3
    )


@pytest.mark.parametrize("name", sorted(CONVERSIONS))
def test_a_conversion_leaves_the_sketch_of_the_samples_as_it_is(name: str, samples: list[Path]) -> None:
    for path in samples:
        text = path.read_text(encoding="utf-8")
        assert sketch(outline(from_text(CONVERSIONS[name](text))), width=9999) == sketch(
            outline(from_text(text)), width=9999
        )


def test_straight_quotation_marks_leave_the_tree_as_it_is(samples: list[Path]) -> None:
    for path in samples:
        text = path.read_text(encoding="utf-8")
        assert sketch(outline(from_text(straight_quotes(text))), width=9999) == straight_quotes(
            sketch(outline(from_text(text)), width=9999)
        )


def test_operative_verbs_without_italics_leave_the_tree_as_it_is(samples: list[Path]) -> None:
    for path in samples:
        text = path.read_text(encoding="utf-8")
        assert sketch(outline(from_text(without_italics(text)))) == sketch(outline(from_text(text)))


def test_the_time_grows_with_the_length_and_no_faster(samples: list[Path]) -> None:
    from time import process_time

    text = samples[0].read_text(encoding="utf-8")

    def seconds(times: int) -> float:
        start = process_time()
        outline(from_text(text * times))
        return process_time() - start

    seconds(1)
    assert seconds(16) < 60 * max(seconds(1), 0.01)
