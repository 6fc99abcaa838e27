"""The gallery of questions: what a reader may fix, what goes into the query, and the chart of the answer."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Mapping
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from server.questions import by_theme, questions

NAMES = [entry.name for entry in questions()]


def page(site: FlaskClient, name: str, given: Mapping[str, str] | None = None) -> str:
    answer = site.get(f"/questions/{name}", query_string=given or {}, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


def rows(site: FlaskClient, text: str) -> list[dict[str, str]]:
    """The rows of the CSV that a page links to."""
    (address,) = [href for href in re.findall(r'href="([^"]+)"', text) if href.endswith("format=csv")]
    return list(csv.DictReader(io.StringIO(site.get(html.unescape(address)).text)))


def query_of(text: str) -> str:
    """The query that a page opens in the editor."""
    (address,) = re.findall(r'href="([^"]+)">Open it in the editor', text)
    return parse_qs(urlsplit(html.unescape(address)).query)["query"][0]


def chart_of(text: str) -> dict[str, int]:
    """The bars of the chart of a page: words and number."""
    found = re.findall(r'<th scope="row">(.*?)</th>.*?<span>(\d+)</span>', text)
    return {html.unescape(re.sub("<[^>]+>", "", words)): int(number) for words, number in found}


def test_the_gallery_shows_every_question_under_its_theme(site: FlaskClient) -> None:
    text = site.get("/questions").text
    places = [text.index(f'href="/questions/{entry.name}"') for _, known in by_theme() for entry in known]
    assert places == sorted(places)
    assert len(places) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_question_is_answered_with_the_query_that_made_it(site: FlaskClient, name: str) -> None:
    text = page(site, name)
    assert "Open it in the editor" in text
    assert html.escape(query_of(text), quote=True).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in text


def test_a_column_fixed_in_the_form_holds_in_every_row(site: FlaskClient) -> None:
    everything, fixed = rows(site, page(site, "requests")), rows(site, page(site, "requests", {"session": "12"}))
    assert fixed == [row for row in everything if row["session"] == "12"] != everything


def test_the_table_leaves_out_what_is_the_same_in_every_row(site: FlaskClient) -> None:
    assert ">session</th>" in page(site, "requests")
    assert ">session</th>" not in page(site, "requests", {"session": "12"})


def test_two_columns_are_fixed_at_once(site: FlaskClient) -> None:
    given = {"session": "13", "kind": "resolution"}
    fixed = rows(site, page(site, "texts", given))
    assert fixed
    assert {(row["session"], row["kind"]) for row in fixed} == {("13", "resolution")}


def test_a_thing_is_fixed_by_its_path_and_by_its_words(site: FlaskClient) -> None:
    by_path = query_of(page(site, "co-sponsors-of", {"state": "state/PER"}))
    assert by_path == query_of(page(site, "co-sponsors-of", {"state": "Peru"}))
    assert by_path.endswith("VALUES (?state) { (<http://localhost:8000/state/PER>) }\n")


def test_what_is_left_empty_fixes_nothing(site: FlaskClient) -> None:
    given = {"session": "", "commission": " "}
    assert query_of(page(site, "requests", given)) == query_of(page(site, "requests"))


@pytest.mark.parametrize(
    "hostile", ["99", '12" } # ', "12) } UNION { ?s ?p ?o", "> } DROP ALL", "\\", "\x00", "<script>alert(1)</script>"]
)
def test_what_the_release_does_not_hold_is_refused_and_named_harmlessly(site: FlaskClient, hostile: str) -> None:
    answer = site.get("/questions/requests", query_string={"session": hostile}, headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "Among what it has: 12, 13." in answer.text
    assert "<script>" not in answer.text


def test_what_was_chosen_stays_in_the_form(site: FlaskClient) -> None:
    assert '<option value="12" selected>12</option>' in page(site, "requests", {"session": "12"})


def test_texts_of_one_name_are_told_apart(site: FlaskClient) -> None:
    options = re.findall(r"<option[^>]*>([^<]+)</option>", page(site, "strongest-texts"))
    assert "Draft resolution I: Night lights of small harbours (text/clcm/12/draft-resolution/ga/1)" in options
    assert len(options) == len({*options}) + 1  # "any" stands in two lists


def test_the_chart_adds_up_the_rows_of_the_answer(site: FlaskClient) -> None:
    text = page(site, "verbs-by-strength")
    sums: dict[str, int] = {}
    for row in rows(site, text):
        sums[row["strength"]] = sums.get(row["strength"], 0) + int(row["paragraphs"])
    assert chart_of(text) == sums
    assert list(sums.values()) != []


def test_the_longest_bar_is_whole_and_the_others_are_in_proportion(site: FlaskClient) -> None:
    text = page(site, "verbs-by-strength")
    numbers = list(chart_of(text).values())
    lengths = [float(length) for length in re.findall(r'<rect width="([\d.]+)%"', text)]
    assert lengths == [round(100 * number / max(numbers), 1) for number in numbers]
    assert lengths[0] == 100


def test_a_chart_says_in_its_title_what_it_counts(site: FlaskClient) -> None:
    assert "<figcaption>Requests by what is asked for</figcaption>" in page(site, "requests")


def test_pairs_are_drawn_as_a_triangle_of_those_with_most_in_common(site: FlaskClient) -> None:
    text = page(site, "co-sponsors")
    drawing = text[text.index("<figure") : text.index("</figure>")]
    pairs = {int(row["drafts"]) for row in rows(site, text)}
    drawn = {int(number) for number in re.findall(r'<text class="head" x="50%" y="17">(\d+)</text>', drawing)}
    assert drawn and drawn <= pairs and max(drawn) == max(pairs)


def test_what_counts_nothing_has_no_bar(site: FlaskClient) -> None:
    assert 0 in {int(row["unclaimed"]) for row in rows(site, page(site, "coverage"))}
    assert 0 not in chart_of(page(site, "coverage")).values()


def test_an_answer_is_turned_fifty_rows_a_page(site: FlaskClient) -> None:
    everything = rows(site, page(site, "statements"))
    first, last = page(site, "statements"), page(site, "statements", {"page": "99"})
    assert len(everything) > 50
    assert len(re.findall(r"<tr[^>]*><td", first.partition('id="answer-heading"')[2])) == 50
    assert 'rel="next"' in first and 'rel="next"' not in last and 'rel="prev"' in last


def test_a_form_offers_only_what_gives_rows_beside_what_is_chosen(site: FlaskClient) -> None:
    everything = rows(site, page(site, "statements"))
    text = page(site, "statements", {"purpose": "after adoption"})
    options = re.findall(r'<option value="([^"]+)"', text.partition('id="capacity"')[2].partition("</select>")[0])
    assert {html.unescape(one) for one in options} == {
        row["capacity"] for row in everything if row["purpose"] == "after adoption"
    }
    assert 'autocomplete="off"' in text


def test_a_row_leads_to_its_paragraph_and_says_its_words(site: FlaskClient) -> None:
    text = page(site, "requests", {"session": "13"})
    assert re.search(r'<a href="/text/clcm/13/[^"]+">(DR|Res\.) ', text)
    assert re.search(r'<a href="/text/clcm/13/[^"]+/operative/\d+[^"]*">para. \d+', text)
    assert 'class="words"' in text


def test_what_is_due_says_whether_it_can_be_known_that_it_came(site: FlaskClient) -> None:
    text = page(site, "unanswered")
    assert "still to come" in text
    assert "cannot be known" not in text


def test_evidence_is_asked_for_of_one_report(site: FlaskClient) -> None:
    found = rows(site, page(site, "evidence", {"source": "report/clcm/12"}))
    assert {row["source"] for row in found} == {"http://localhost:8000/report/clcm/12"}


def test_days_are_drawn_in_their_order(site: FlaskClient) -> None:
    days = list(chart_of(page(site, "days", {"session": "12"})))
    assert days == sorted(days)
    assert len(days) > 1


def test_a_chart_of_many_says_how_many_it_leaves_out(site: FlaskClient) -> None:
    text = page(site, "speakers")
    parties = {row["party"] for row in rows(site, text)}
    assert f"the first 20 of {len(parties)}" in text


def test_a_chart_that_needs_a_state_is_drawn_when_one_is_chosen(site: FlaskClient) -> None:
    assert "<rect" not in page(site, "co-sponsors-of")
    assert "<rect" in page(site, "co-sponsors-of", {"state": "state/PER"})


def test_no_style_and_no_script_stands_in_the_page(site: FlaskClient) -> None:
    text = page(site, "speakers")
    assert "style=" not in text
    assert "<script>" not in text
    assert "onclick" not in text


def test_an_answer_without_rows_says_so(site: FlaskClient) -> None:
    text = page(site, "fulfilments", {"session": "13"})
    assert "No rows" in text
    assert "<rect" not in text


def test_a_form_under_a_prefix_keeps_to_it(site: FlaskClient) -> None:
    text = site.get("/questions/requests", environ_overrides={"SCRIPT_NAME": "/data"}).text
    assert f'href="/data/sparql?query={quote("# title")}' in text.replace("+", "%20")


def test_an_answer_without_rows_leads_to_asking_with_less(site: FlaskClient) -> None:
    given = {"session": "12", "kind": "draft decision", "number": "12/1"}
    text = page(site, "clauses", given)
    assert "No rows" in text
    assert 'href="?session=12&amp;kind=draft+decision">any number</a>' in text


def test_a_chart_that_waits_for_a_choice_says_for_which(site: FlaskClient) -> None:
    assert "Choose under “Session” to see a chart." in page(site, "attendance")
    assert "to see a chart" not in page(site, "attendance", {"session": "12"})


@pytest.mark.parametrize(
    ("given", "accept"), [({"format": "csv", "session": "12"}, "*/*"), ({"session": "12"}, "text/csv, text/html;q=0.5")]
)
def test_a_program_is_led_from_a_question_to_its_rows(site: FlaskClient, given: dict[str, str], accept: str) -> None:
    answer = site.get("/questions/requests", query_string=given, headers={"Accept": accept})
    assert (answer.status_code, "Accept" in answer.vary) == (303, True)
    found = site.get(answer.location)
    assert found.content_type.startswith("text/csv")
    assert list(csv.DictReader(io.StringIO(found.text))) == rows(site, page(site, "requests", {"session": "12"}))


def test_a_question_in_a_form_that_is_not_there_is_406(site: FlaskClient) -> None:
    assert site.get("/questions/requests", headers={"Accept": "image/png"}).status_code == 406
