"""Paragraphs of different texts that say nearly the same: how alike they are, and that order of arrival tells nothing."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from rdflib import Graph, Literal, URIRef

from mappings.links import alike
from mappings.links.alike import ALIKE, MOST, Pair, pairs_anew, rows_of_paragraphs, said_of
from mappings.links.rows import Row
from mappings.links.sameness import keys, likeness, words_of
from ontology.terms import BASE, REC
from server.publishing.release import current
from shapes.conformance import validate
from tests.published import published

PARAGRAPH = (
    "Requests the keepers of the northern lighthouses to count the lamps of each tower before the winter storms begin"
)
REWORDED = PARAGRAPH.replace("northern", "southern").replace("winter", "autumn")
OTHER = (
    "Welcomes with appreciation the offer of the Government of Chad to paint the doors of all harbour offices in blue"
)


def rows(text: str, *paragraphs: str) -> list[Row]:
    """The rows of a text with these paragraphs."""
    said = Graph()
    for number, words in enumerate(paragraphs, 1):
        subject = URIRef(f"{BASE}{text}/operative/{number}")
        said.add((subject, REC.clauseOf, URIRef(BASE + text)))
        said.add((subject, REC.text, Literal(words)))
    return list(rows_of_paragraphs(said))


def together(documents: list[list[Row]]) -> set[Pair]:
    """The pairs of documents that come at once."""
    every = [row for document in documents for row in document]
    return set(pairs_anew(every, lambda key: [row for row in every if key in row.keys]).pairs)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        (PARAGRAPH, PARAGRAPH.upper() + ";", 1.0, 1.0),
        (PARAGRAPH, REWORDED, ALIKE, 0.95),
        (PARAGRAPH, " ".join(reversed(PARAGRAPH.split())), 0.0, 0.5),
        (PARAGRAPH, OTHER, 0.0, 0.5),
    ],
)
def test_likeness_counts_the_words_that_stand_in_both_in_one_order(
    one: str, other: str, least: float, most: float
) -> None:
    assert least <= likeness(words_of(one), words_of(other)) <= most


def test_near_same_paragraphs_share_a_key_and_others_hardly_any() -> None:
    own = set(keys(words_of(PARAGRAPH)))
    assert own & set(keys(words_of(REWORDED)))
    assert not own & set(keys(words_of(OTHER)))


def test_near_same_paragraphs_of_different_texts_are_a_pair() -> None:
    held = [rows("text/a", PARAGRAPH, OTHER, PARAGRAPH), rows("text/b", "Decides as follows:", REWORDED)]
    (one, other) = sorted(together(held))
    assert (one.one, one.other) == (f"{BASE}text/a/operative/1", f"{BASE}text/b/operative/2")
    assert (other.one, other.other) == (f"{BASE}text/a/operative/3", f"{BASE}text/b/operative/2")
    assert one.likeness == other.likeness == round(likeness(words_of(PARAGRAPH), words_of(REWORDED)), 3)


def test_what_many_have_in_common_is_a_formula_and_makes_no_pairs() -> None:
    held = [rows(f"text/{number:03}", PARAGRAPH) for number in range(MOST + 1)]
    assert together(held[:MOST])
    assert not together(held)


@pytest.mark.parametrize("seed", range(4))
def test_pairs_found_anew_when_documents_come_and_go_are_those_of_all_together(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike, "MOST", 3)
    words = PARAGRAPH.split()
    documents = [
        rows(f"text/{number}", PARAGRAPH, " ".join(words[:number] + words[number + 1 :]), f"{OTHER} {number % 3}")
        for number in range(7)
    ]
    chance, inside, kept = Random(seed), set[int](), set[Pair]()
    for _ in range(25):
        number = chance.randrange(len(documents))
        inside ^= {number}
        force = [row for one in sorted(inside) for row in documents[one]]
        found = pairs_anew(documents[number], lambda key, force=force: [row for row in force if key in row.keys])
        kept = {pair for pair in kept if not found.paragraphs & {pair.one, pair.other}} | set(found.pairs)
        assert kept == together([documents[one] for one in sorted(inside)])


def test_a_pair_conforms_to_its_shape() -> None:
    said = Graph()
    for triple in said_of(Pair(f"{BASE}text/a/operative/1", f"{BASE}text/b/operative/2", 0.9)):
        said.add(triple)
    assert not [result for result in validate(said).results if "paragraph-likeness" in result.shape]


def test_adding_a_document_gives_the_pairs_that_both_give_at_once(
    samples: list[Path], published_data: Path, tmp_path: Path
) -> None:
    at_once, grown = published(samples, tmp_path), current(published_data)
    assert grown is not None
    assert grown.dump("similar/asserted.nq").read_text() == at_once.dump("similar/asserted.nq").read_text()
