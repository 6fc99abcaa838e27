"""Declarations, ministerial statements and agreed conclusions: texts in the first person plural."""

from __future__ import annotations

from pathlib import Path

import pytest

from mappings import iris
from mappings.facts import Facts
from server.publishing.reading import Reading, read_report
from tests.extraction import COVER, facts_of_text

INTRODUCED = """Chapter I

Matters brought to the attention of the Council

1. The following {kind} adopted by the Commission {verb} brought to the attention of the Council:

{head}

{body}

Chapter II

General debate

2. At its 1st meeting, on 7 March 2022, the Commission considered agenda item 3.

3. At the same meeting, the representative of Chad made a statement.
"""
WE = "We, the Ministers participating in the high-level segment, have met to review progress.\n\n"
NUMBERED = f"""{WE}1. We reaffirm the commitments made in 2021;

2. We also recall General Assembly resolution 70/1;

3. We request the Secretary-General to report at the seventy-second session."""
UNNUMBERED = NUMBERED.replace("1. We", "We").replace("2. We", "We").replace("3. We", "We")
HEADED = f"""{WE}I. What was lit

1. We reaffirm the commitments made in 2021.

2. Light is a right of all who sail.

II. What is to be lit

3. In this regard, we request the Secretary-General:

(a) To light the lamps;

(b) To report on them at the seventy-second session."""
CONCLUSIONS = """1. The Commission reaffirms the Charter of Lamps.

2. The Commission recalls General Assembly resolution 70/1.

3. It requests the Secretary-General to report at the seventy-second session."""


def read(
    body: str, head: str = "Ministerial declaration on lamps", kind: str = "declaration", verb: str = "is"
) -> Facts:
    return facts_of_text(COVER + INTRODUCED.format(body=body, head=head, kind=kind, verb=verb))


@pytest.mark.parametrize("body", [NUMBERED, UNNUMBERED])
def test_a_declaration_is_a_text_whose_paragraphs_are_its_own(body: str) -> None:
    facts = read(body)
    (text,) = facts.texts
    assert (text.key.kind, text.title, text.preambular, text.operative) == (
        "declaration",
        "Ministerial declaration on lamps",
        1,
        3,
    )
    assert [(one.key.number, one.verb) for one in facts.clauses if one.key.part == "operative"] == [
        (1, "reaffirm"),
        (2, "recall"),
        (3, "request"),
    ]
    assert [paragraph.number for paragraph in facts.paragraphs] == ["1", "2", "3"]
    assert [(one.relation, one.cited.key) for one in facts.citations] == [("also recall", "A/RES/70/1")]
    assert [one.addressee.key for one in facts.mandates if one.addressee] == ["secretary-general"]
    assert len(facts.statements) == 1


def test_its_address_counts_declarations_and_names_no_voice() -> None:
    facts = read(NUMBERED)
    session = iris.session_key(facts.report)
    assert str(iris.text(session, facts.texts[0].key)).endswith("/text/clcm/12/declaration/1")
    assert str(iris.clause(session, facts.clauses[-1].key)).endswith("/text/clcm/12/declaration/1/operative/3")


def test_headings_lists_and_sentences_of_others_stand_in_it() -> None:
    facts = read(HEADED)
    assert [(one.key.part, one.key.number, one.key.letter, one.verb) for one in facts.clauses] == [
        ("preambular", 1, "", ""),
        ("operative", 1, "", "reaffirm"),
        ("operative", 2, "", ""),
        ("operative", 3, "", "request"),
        ("operative", 3, "a", ""),
        ("operative", 3, "b", ""),
    ]
    assert [gap.reason for gap in facts.gaps if gap.stage == "clauses"] == []
    assert [paragraph.number for paragraph in facts.paragraphs] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("head", "kind", "body", "operative"),
    [
        ("Ministerial statement on lamps", "ministerial statement", NUMBERED, 3),
        ("Political declaration", "declaration", NUMBERED, 3),
        ("Agreed conclusions on the keeping of lamps", "agreed conclusions", CONCLUSIONS, 3),
    ],
)
def test_each_kind_is_told_from_its_heading(head: str, kind: str, body: str, operative: int) -> None:
    facts = read(body, head, kind, "are" if kind.endswith("s") else "is")
    (text,) = facts.texts
    assert (text.key.kind, text.title, text.operative) == (kind, head, operative)
    assert [paragraph.number for paragraph in facts.paragraphs] == ["1", "2", "3"]


def test_a_declaration_in_an_annex_is_a_text() -> None:
    facts = facts_of_text(
        COVER
        + "Chapter I\n\nProceedings\n\n1. The Commission adopted its declaration on 7 March 2022.\n\n"
        + f"Annex\n\nMinisterial declaration on lamps\n\n{NUMBERED}\n"
    )
    assert [(text.key.kind, text.operative) for text in facts.texts] == [("declaration", 3)]
    assert [paragraph.number for paragraph in facts.paragraphs] == ["1"]


def test_a_paragraph_that_speaks_of_a_declaration_is_none() -> None:
    facts = facts_of_text(
        COVER
        + "Chapter II\n\nDeclaration on lamps\n\n1. At its 1st meeting, on 7 March 2022, the Commission considered item 3.\n"
    )
    assert facts.texts == ()


ALONE = """2031 session

Agenda item 5

Ministerial declaration of the high-level segment of the 2031 session of the Commission on Lighthouses and Coastal Memory

# I. Introduction

1. We, the Ministers and high representatives, met in the harbour of Valletta at the high-level segment of the session and adopted the present ministerial declaration.

2. We recall General Assembly resolution 70/1.

# II. The way forward

3. Light is a right of all who sail.

4. We request the Secretary-General to report at the seventy-second session.
"""


@pytest.mark.parametrize(
    "text", [ALONE, ALONE.replace("1. ", "").replace("2. ", "").replace("3. ", "").replace("4. ", "")]
)
def test_a_declaration_that_stands_alone_is_published_as_a_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "declaration.txt"
    path.write_text(text, encoding="utf-8")
    outcome = read_report(path)
    assert isinstance(outcome, Reading) and outcome.conforms and not outcome.withheld
    asserted = outcome.part.files["asserted.nq"]
    assert "<http://localhost:8000/text/clcm/2031/declaration/1>" in asserted
    assert "/def/recalledWork> <http://localhost:8000/document/A/RES/70/1>" in asserted
    assert "/mandate/clcm/2031/declaration/1/operative/" in asserted


@pytest.mark.parametrize("prefix", ["numbered", "unnumbered"])
def test_the_declaration_among_the_other_reports_is_a_text_of_143_paragraphs(shared: Path, prefix: str) -> None:
    name = f"ministerial-declaration-2022.{prefix}.txt"
    facts = facts_of_text((shared / "other-reports" / name).read_text(encoding="utf-8"))
    (text,) = facts.texts
    # 142 print a number; the last line says where it was adopted
    assert (text.key.kind, text.preambular + text.operative) == ("declaration", 143)
