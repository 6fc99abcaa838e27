"""Words are found, near with what differs, or not found; paragraphs that say nearly the same are found in other texts."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from ontology.terms import BASE
from server.doors.alike_order import in_order
from server.doors.quoting import Place, near_places, sentences_of
from server.store import EmbeddedStore

JSON = {"Accept": "application/json"}
PRINTED = "Invites Member States to write to the United Nations Office for Coastal Memory about each lighthouse without a keeper"
PLACE = "http://localhost:8000/text/clcm/12/resolution/1/operative/1"


def asked(site: FlaskClient, words: str) -> dict[str, Any]:
    answer = site.get("/said", query_string={"q": words}, headers=JSON)
    assert answer.status_code == 200
    document: dict[str, Any] = answer.json
    return document


@pytest.mark.parametrize("words", [PRINTED, PRINTED.upper(), PRINTED.replace(" to ", " — to, "), f"“{PRINTED}”"])
def test_a_quote_is_found_at_its_paragraph_with_the_printed_words(site: FlaskClient, words: str) -> None:
    (verdict,) = asked(site, words)["sentences"]
    assert verdict["outcome"] == "found"
    (place,) = [one for one in verdict["places"] if one["iri"] == PLACE]
    assert (place["quote"], place["start"], place["end"]) == (PRINTED, 0, len(PRINTED))


@pytest.mark.parametrize(
    ("words", "differences"),
    [
        (PRINTED.replace("Invites", "Requests"), [{"quoted": "Requests", "printed": "Invites"}]),
        (PRINTED.replace("without a keeper", "without any keeper"), [{"quoted": "any", "printed": "a"}]),
        (PRINTED.replace("to write ", ""), [{"quoted": "", "printed": "to write"}]),
    ],
)
def test_a_quote_that_differs_is_near_and_the_differences_are_told(
    site: FlaskClient, words: str, differences: list[dict[str, str]]
) -> None:
    (verdict,) = asked(site, words)["sentences"]
    assert verdict["outcome"] == "near"
    assert verdict["places"][0]["iri"] == PLACE
    assert verdict["places"][0]["differences"] == differences


@pytest.mark.parametrize("cut", [("lighthouse", "light-\nhouse"), ("keeper", "keep-\n  er")])
def test_a_word_that_the_end_of_a_line_cuts_is_whole(site: FlaskClient, cut: tuple[str, str]) -> None:
    assert asked(site, PRINTED.replace(*cut))["sentences"][0]["outcome"] == "found"


def test_words_far_from_the_others_are_no_part_of_what_is_near() -> None:
    index = sqlite3.connect(":memory:")
    index.executescript(
        "CREATE TABLE thing (id INTEGER PRIMARY KEY, path, title, kind, text);"
        "CREATE VIRTUAL TABLE stems USING fts5(title, note, text);"
        "CREATE TABLE spelling (term, doc);"
    )
    far = " ".join(f"w{n}" for n in range(60))
    text = f"Requests {far} the keepers of the old lamps to count the oil {far} again"
    index.execute("INSERT INTO thing VALUES (1, 'a', 'A', 'paragraph of a report', ?)", (text,))
    index.execute("INSERT INTO stems (rowid, title, note, text) VALUES (1, '', '', ?)", (text,))
    index.executemany("INSERT INTO spelling VALUES (?, 1)", [(word,) for word in ("keepers", "lamps", "oil")])
    (place,) = near_places(index, "Requests the keepers of the lamps to count the oil again")
    assert (place.quote, place.likeness) == ("the keepers of the old lamps to count the oil", 0.818)
    assert [(one.quoted, one.printed) for one in place.differences] == [
        ("Requests", "w59"), ("", "old"), ("again", "w0"),
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["The moon is made of lamp oil and nobody denied it.", "zyx wvu tsr"])
def test_words_that_stand_nowhere_are_not_found(site: FlaskClient, words: str) -> None:
    assert [verdict["outcome"] for verdict in asked(site, words)["sentences"]] == ["not found"]


def test_sentences_are_judged_one_by_one(site: FlaskClient) -> None:
    outcomes = [one["outcome"] for one in asked(site, f"{PRINTED}. The moon is made of lamp oil.")["sentences"]]
    assert outcomes == ["found", "not found"]


def test_numbers_and_symbols_do_not_end_a_sentence() -> None:
    assert len(sentences_of("Recalling its resolution 48/901 of 9 November 1993, para. 4, and E/CN.99/2022/L.4,")) == 1


def test_a_sentence_that_a_pdf_broke_into_lines_is_one() -> None:
    pasted = (
        "Noting the report of\nMr. Lamp on the matter,[12] and\nthe annex thereto. It was read.\n\n2. Also\nnoting it"
    )
    assert sentences_of(pasted) == [
        "Noting the report of Mr. Lamp on the matter, and the annex thereto.", "It was read.", "Also noting it",
    ]  # fmt: skip


def test_a_paragraph_that_was_said_before_is_found_with_its_verb_and_fate(site: FlaskClient) -> None:
    document = asked(site, PRINTED + ", in the light of Human Rights Council resolution 37/8;")
    assert document["saidBefore"][0]["iri"] == PLACE
    assert (document["saidBefore"][0]["likeness"], document["saidBefore"][0]["verb"]) == (1.0, "invite")
    assert "invite" in document["verbs"]


@pytest.mark.parametrize("address", [PLACE, PLACE.removeprefix("http://localhost:8000/")])
def test_a_paragraph_may_be_named_by_its_address_and_its_own_text_is_left_out(site: FlaskClient, address: str) -> None:
    document = asked(site, address)
    assert {one["outcome"] for one in document["sentences"]} == {"found"}
    assert not [one for one in document["saidBefore"] if one["iri"].startswith(PLACE.rpartition("/operative")[0])]


def test_of_equally_like_paragraphs_the_own_chain_comes_first_then_the_nearest_in_time(tmp_path: Path) -> None:
    words = "Requests the keepers to count the lamps;"
    clauses = {
        "document/A/RES/76/901/operative/1": ("document/A/RES/76/901", "2021-12-16"),
        "document/A/RES/78/901/operative/1": ("document/A/RES/78/901", "2023-12-16"),
        "document/A/RES/70/901/operative/1": ("document/A/RES/70/901", "2015-12-16"),
        "document/E/RES/2022/901/draft/operative/2": ("document/E/RES/2022/901/draft", "2022-07-21"),
        "document/A/RES/77/901/operative/1": ("document/A/RES/77/901", "2022-12-15"),
    }
    said = [
        f"<{BASE}{path}> rec:clauseOf <{BASE}{text}> . <{BASE}act/{at}> rec:result <{BASE}{text}> ; rec:date '{day}'^^xsd:date ."
        for at, (path, (text, day)) in enumerate(clauses.items())
    ]
    said.append(f"<{BASE}document/E/RES/2022/901/draft> rec:adoptedAs <{BASE}document/A/RES/77/901> .")
    prefixes = f"PREFIX rec: <{BASE}def/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
    store = ox.Store(str(tmp_path / "store"))
    store.update(f"{prefixes} INSERT DATA {{ {' '.join(said)} }}")
    store.flush()
    del store
    found = [(Place(path, "", "", words, 0, len(words), 1.0), 1.0) for path in clauses if "/77/" not in path]
    ordered = in_order(
        found,
        EmbeddedStore(tmp_path / "store"),
        BASE,
        "document/A/RES/77/901",
        "document/A/RES/77/901/operative/1",
    )
    assert [place.path.split("/")[1:4] for place, _ in ordered] == [
        ["E", "RES", "2022"], ["A", "RES", "76"], ["A", "RES", "70"], ["A", "RES", "78"],
    ]  # fmt: skip


def test_the_page_marks_the_words_and_shows_what_differs(site: FlaskClient) -> None:
    words = PRINTED.replace("without a keeper", "without any keeper")
    page = site.post("/said", data={"q": words}, headers={"Accept": "text/html"}).text
    assert "<del>any</del> <ins>a</ins>" in page and f"<mark>{PRINTED}</mark>" in page


@pytest.mark.parametrize("hostile", ['"', "NEAR(a b)", "* OR *", "text : x", "'; DROP TABLE thing; --", "a" * 4000])
def test_no_words_are_a_query_of_the_index(site: FlaskClient, hostile: str) -> None:
    assert asked(site, f"lighthouse {hostile}"[:4000])["sentences"]


def test_too_many_words_are_refused(site: FlaskClient) -> None:
    assert site.get("/said", query_string={"q": "a " * 3000}, headers=JSON).status_code == 400
    assert site.get("/said", headers=JSON).status_code == 400
