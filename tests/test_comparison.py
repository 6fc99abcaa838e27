"""Two texts compared on a page, in JSON and in CSV: what changed, and which verbs became stronger."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

EARLIER, LATER = "text/clcm/12/draft-resolution/ga/1", "text/clcm/13/draft-resolution/ga/1"
# The first paragraph of the later of these reaffirms the convention that the fourth of the earlier recalls.
RECALLING, REAFFIRMING = "text/clcm/12/draft-resolution/ga/2", "text/clcm/13/draft-resolution/ecosoc"
ADDRESS = f"/compare?earlier={EARLIER}&later={LATER}"


def _rows(site: FlaskClient, address: str = ADDRESS) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site.get(f"{address}&format=csv").text)))


def test_a_verb_that_became_stronger_is_told(site: FlaskClient) -> None:
    rows = _rows(site, f"/compare?earlier={RECALLING}&later={REAFFIRMING}")
    changes = {(row["earlierVerb"], row["laterVerb"]): row["change"] for row in rows if row["change"]}
    assert changes == {("recall", "reaffirm"): "stronger"}


def test_the_other_way_round_the_verb_is_weaker(site: FlaskClient) -> None:
    rows = _rows(site, f"/compare?earlier={REAFFIRMING}&later={RECALLING}")
    assert [row["change"] for row in rows if row["change"]] == ["weaker"]


def test_every_paragraph_of_both_texts_is_in_the_table(site: FlaskClient) -> None:
    for column, text in (("earlier", EARLIER), ("later", LATER)):
        page = site.get(f"/{text}.html").text
        assert len([row for row in _rows(site) if row[column]]) == page.count('<div class="clause ')


def test_the_page_marks_what_went_and_what_came(site: FlaskClient) -> None:
    address = f"/compare?earlier={RECALLING}&later={REAFFIRMING}"
    page = site.get(address, headers={"Accept": "text/html"}).text
    assert "<del>Recalling" in page and "<ins>Reaffirming" in page


def test_json_holds_the_same_rows(site: FlaskClient) -> None:
    answer = site.get(f"{ADDRESS}&format=json").json
    assert answer is not None
    assert [{**row, "moved": str(row["moved"]).lower()} for row in answer["paragraphs"]] == _rows(site)


def test_a_person_who_names_no_two_texts_chooses_them(site: FlaskClient) -> None:
    page = site.get("/compare", headers={"Accept": "text/html"}).text
    assert f'<option value="{EARLIER}">' in page and page.count("<optgroup") >= 4


def test_changes_alone_are_shown_on_request(site: FlaskClient) -> None:
    page = site.get(f"{ADDRESS}&only=changes", headers={"Accept": "text/html"}).text
    assert '<div class="pair changed">' in page and '<div class="pair same">' not in page


def test_a_text_compared_with_itself_has_no_change(site: FlaskClient) -> None:
    assert {row["kind"] for row in _rows(site, f"/compare?earlier={LATER}&later={LATER}")} == {"same"}


@pytest.mark.parametrize("text", [EARLIER, LATER])
def test_a_text_with_another_session_leads_to_the_comparison(site: FlaskClient, text: str) -> None:
    page = site.get(f"/{text}.html").text
    start = page.index("/compare?")
    address = page[start : page.index('"', start)].replace("&amp;", "&")
    assert _rows(site, address) == _rows(site)


def test_an_iri_names_a_text_as_its_path_does(site: FlaskClient) -> None:
    base = "http://localhost:8000/"
    assert _rows(site, f"/compare?earlier={base}{EARLIER}&later={base}{LATER}") == _rows(site)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        (f"?earlier={EARLIER}", 400),
        (f"?earlier={EARLIER}&later=text/clcm/13/resolution/99", 404),
        (f"?earlier={EARLIER}&later=state/FRA", 404),
        (f"?earlier={EARLIER}&later=%3Cx%3E%20%7D", 404),
        (f"?earlier={'x' * 400}&later={LATER}", 400),
    ],
)
def test_what_names_no_two_texts_is_answered_with_the_reason(site: FlaskClient, query: str, status: int) -> None:
    answer = site.get(f"/compare{query}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
