"""Words are found, near with what differs, or not found; paragraphs that say nearly the same are found in other texts."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from server.doors.quoting import sentences_of

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


@pytest.mark.parametrize("words", ["The moon is made of lamp oil and nobody denied it.", "zyx wvu tsr"])
def test_words_that_stand_nowhere_are_not_found(site: FlaskClient, words: str) -> None:
    assert [verdict["outcome"] for verdict in asked(site, words)["sentences"]] == ["not found"]


def test_sentences_are_judged_one_by_one(site: FlaskClient) -> None:
    outcomes = [one["outcome"] for one in asked(site, f"{PRINTED}. The moon is made of lamp oil.")["sentences"]]
    assert outcomes == ["found", "not found"]


def test_numbers_and_symbols_do_not_end_a_sentence() -> None:
    assert len(sentences_of("Recalling its resolution 48/901 of 9 November 1993, para. 4, and E/CN.99/2022/L.4,")) == 1


def test_a_paragraph_that_was_said_before_is_found_with_its_verb_and_fate(site: FlaskClient) -> None:
    document = asked(site, PRINTED + ", in the light of Human Rights Council resolution 37/8;")
    assert document["saidBefore"][0]["iri"] == PLACE
    assert (document["saidBefore"][0]["likeness"], document["saidBefore"][0]["verb"]) == (1.0, "invite")
    assert "invite" in document["verbs"]


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
