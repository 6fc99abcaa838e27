"""What paragraphs of resolutions cite: one paragraph a case, and the linked resolutions of the United Nations as a whole."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.citing.citations import Citations, citations
from mappings.citing.owners import Circumstances
from mappings.citing.references import read
from mappings.facts import CitationFact, FootnoteKey
from mappings.source import Span
from mappings.symbols import normal
from mappings.tree import Kind, Mark, Node, Passage
from ontology.naming import NameKind
from ontology.vocabulary import load

CASES = [
    case
    for name in ("paragraphs", "kinds")
    for case in tomllib.loads((Path(__file__).parent / "citations" / f"{name}.toml").read_text(encoding="utf8"))["case"]
]
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


def passage(words: str, offset: int = 0) -> Passage:
    """The words without their superscript marks, each character at its place behind `offset`."""
    text, offsets, marks = "", [], []
    for place, character in enumerate(words):
        if character in SUPERSCRIPTS:
            marks.append(Mark(str(SUPERSCRIPTS.index(character)), len(text), Span(offset + place, offset + place + 1)))
        else:
            text += character
            offsets.append(offset + place)
    return Passage(text, tuple(offsets), tuple(marks))


def report(case: dict[str, object]) -> Node:
    """A report whose only text holds the paragraphs of a case."""
    if "report" in case:
        paragraph = Node(Kind.PARAGRAPH, label="15", key="15", passage=passage(str(case["report"])))
        return Node(Kind.REPORT, children=(paragraph,))
    vocabulary = load()
    voice = vocabulary.entry(NameKind.BODY, str(case.get("voice", "ga")))
    assert voice is not None
    part = case.get("part", "preambular")
    kinds = {"preambular": Kind.PREAMBULAR_PARAGRAPH, "operative": Kind.OPERATIVE_PARAGRAPH}
    children = [Node(Kind.VOICE, passage=passage(f"The {voice.label},"))]
    for number, words in enumerate(filter(None, (case["text"], case.get("after"))), 1):
        if part == "agenda":
            item = Node(Kind.AGENDA_ITEM, label=str(number), passage=passage(str(words), 1000 * number))
            children.append(Node(Kind.AGENDA, children=(item,)))
        else:
            children.append(Node(kinds[str(part)], label=str(number), passage=passage(str(words), 1000 * number)))
    notes = case.get("notes", {})
    assert isinstance(notes, dict)
    footnotes = [
        Node(Kind.FOOTNOTE, label=mark, passage=passage(words, 9000 + 500 * int(mark))) for mark, words in notes.items()
    ]
    text = Node(Kind.DRAFT_RESOLUTION, label="I", children=tuple(children))
    return Node(Kind.REPORT, children=(Node(Kind.CHAPTER, label="I", children=(text,)), *footnotes))


def cited(case: dict[str, object]) -> Citations:
    return citations(report(case), load(), body="clcm", session=12, year=2022)


def row(fact: CitationFact) -> str:
    if isinstance(fact.place, FootnoteKey):
        return " | ".join(filter(None, (f"fn {fact.cited.label}", fact.pinpoint)))
    columns = [fact.cited.label, fact.role.value, fact.pinpoint, str(fact.on or "")]
    while not columns[-1]:
        columns.pop()
    return " | ".join(columns).replace("|  |", "| |")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_paragraph_cites(case: dict[str, object]) -> None:
    found = cited(case)
    assert [row(fact) for fact in found.facts] == case["rows"]
    assert [gap.text for gap in found.gaps] == case.get("gaps", [])


def case_named(name: str) -> dict[str, object]:
    return next(case for case in CASES if case["name"] == name)


def test_citation_keeps_the_opening_phrase_as_printed() -> None:
    found = cited(case_named("the organ named before is meant again behind and"))
    assert {fact.relation for fact in found.facts} == {"Bearing in mind"}


def test_document_of_a_footnote_is_identified_by_that_footnote() -> None:
    found = cited(case_named("a report is the document whose symbol its footnote gives"))
    assert found.facts[0].via == FootnoteKey("1")


def test_footnote_belongs_to_the_text_in_which_its_mark_stands() -> None:
    found = cited(case_named("Ibid alone repeats the footnote before"))
    assert {fact.text for fact in found.facts} == {found.facts[0].text}
    assert found.facts[0].text is not None


def test_title_of_an_enumeration_belongs_to_its_own_resolution() -> None:
    found = cited(case_named("an enumeration gives each resolution its own date and title"))
    assert found.facts[1].title == "Tides and people: a calendar"


def test_candidates_are_counted_with_the_unresolved_ones() -> None:
    found = cited(case_named("a short form of two instruments is listed and not guessed"))
    assert (found.found, found.resolved) == (3, 2)


def test_evidence_quotes_the_words_that_cite() -> None:
    case = case_named("its resolution is one of the organ that speaks")
    span = cited(case).facts[0].evidence.span
    assert str(case["text"])[span.start - 1000 : span.end - 1000] == "its resolution 76/901"


def test_report_paragraph_refers_to_each_document_of_a_joint_symbol() -> None:
    words = "The Commission had before it a report (E/CN.98/2022/2-E/CN.99/2022/2)."
    tree = Node(Kind.REPORT, children=(Node(Kind.PARAGRAPH, label="15", key="15", passage=passage(words)),))
    found = citations(tree, load(), body="clcm", session=12, year=2022)
    assert [fact.cited.key for fact in found.facts] == ["E/CN.98/2022/2", "E/CN.99/2022/2"]


def test_pointer_inside_the_report_is_no_reference() -> None:
    words = "The Commission adopted a text. (For the text, see chap. I, sect. C, resolution 12/1.)"
    tree = Node(Kind.REPORT, children=(Node(Kind.PARAGRAPH, label="15", passage=passage(words)),))
    found = citations(tree, load(), body="clcm", session=12, year=2022)
    assert (found.facts, found.gaps) == ((), ())


FRAGMENTS = [
    "its",
    "resolution",
    "resolutions",
    "46/901",
    "155 C (VII)",
    ", and",
    "and B",
    "A–E",
    "of 31 February 2020",
    "Ibid.",
]
FRAGMENTS += [
    "the Convention",
    "paragraphs 6 and 7 of",
    "thereof",
    "Goal 16",
    "target 14.a",
    "¹",
    "“",
    "”",
    "entitled",
    "(E/CN.99/2022/6)",
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12), st.sampled_from(["preambular", "operative", "agenda"]))
def test_no_words_make_the_stage_fail(fragments: list[str], part: str) -> None:
    found = cited(
        {"text": "Recalling " + " ".join(fragments), "part": part, "notes": {"1": " ".join(reversed(fragments))}}
    )
    assert found.found == len(found.facts) + len(found.gaps)


@dataclass(frozen=True)
class Linked:
    """A paragraph of a published resolution with the symbols that its links lead to, and who speaks in it."""

    text: str
    symbols: tuple[str, ...]
    voice: str


def linked(folder: Path) -> Iterator[Linked]:
    """The linked paragraphs that stand alone, links of less than a whole number left out."""
    for file in sorted(folder.glob("*.xml")):
        root = ET.parse(file).getroot()
        words = " ".join("".join(root.itertext()).split())
        voice = (
            "ga" if file.name.startswith("A_RES") or "The General Assembly ," in words.replace(",", " ,") else "ecosoc"
        )
        for paragraph in root.iter(f"{AKN}p"):
            links = [
                (normal(anchor.get("href", "").rpartition("undocs.org/")[2]), "".join(anchor.itertext()).strip())
                for anchor in _own_links(paragraph)
            ]
            text = " ".join(_without_notes(paragraph).split())
            whole = tuple(symbol for symbol, shown in links if symbol and symbol.endswith(shown) and "/" in shown)
            if whole and text.count(" its resolution") < 3 and len(text) < 6000:
                yield Linked(text, whole, voice)


def _own_links(element: ET.Element) -> Iterator[ET.Element]:
    for child in element:
        if child.tag == f"{AKN}a" and "undocs.org" in child.get("href", ""):
            yield child
        if child.tag not in (f"{AKN}authorialNote", f"{AKN}p"):
            yield from _own_links(child)


def _without_notes(element: ET.Element) -> str:
    inner = "".join(
        ("" if child.tag == f"{AKN}authorialNote" else _without_notes(child)) + (child.tail or "") for child in element
    )
    return (element.text or "") + inner


def test_finder_finds_what_the_published_resolutions_link(shared: Path) -> None:
    vocabulary = load()
    missed, total = [], 0
    for paragraph in linked(shared / "resolutions"):
        at = Circumstances("ccpcj", 31, 2022, paragraph.voice)
        found = {one.cited.key for one in read(Passage(paragraph.text), vocabulary, at).references}
        for symbol in paragraph.symbols:
            total += 1
            if not any(re.fullmatch(rf"{re.escape(symbol)}(?: [A-Z])?", key) for key in found):
                missed.append(symbol)
    assert total > 300
    assert len(missed) / total < 0.01, missed
