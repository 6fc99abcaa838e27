"""Search: what is found, where it leads, in which forms, and that nothing that is typed is an error."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from server.app import create_app
from server.search.asking import LENGTH, TERMS, asked
from server.search.candidates import candidates, suggestions
from server.search.finding import SlowSearchError, find, in_time
from server.search.index import FILE, indexed, opened, write_index
from server.search.keys import key
from server.search.kinds import KINDS
from server.search.listing import FACETS, PAGE
from server.search.marking import marked
from server.settings import Settings
from tests.published import published, served
from tests.serving import BASE, TEXT, write_release
from tests.test_pages import Page

TABLES = Path(__file__).parent / "search"
HTML = {"Accept": "text/html"}
SCRIPT = '<script>alert("1")</script>'


def table(name: str) -> list[tuple[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return [(row["typed"], row["path"]) for row in csv.DictReader(file)]


def address(form: str = "", **asked_for: str) -> str:
    return f"/search{form}?{urlencode(asked_for)}"


def found(site: FlaskClient, **asked_for: str) -> dict[str, Any]:
    answer = site.get(address(".json", **asked_for))
    assert answer.status_code == 200
    value: dict[str, Any] = json.loads(answer.data)
    return value


@pytest.fixture(scope="module")
def index(published_data: Path) -> Iterator[sqlite3.Connection]:
    with opened((published_data / "current").resolve()) as connection:
        assert connection is not None
        yield connection


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A release with markup in a title, in a name and in the words of a paragraph."""
    data = tmp_path_factory.mktemp("hostile")
    words = json.dumps(f"wombat {SCRIPT}")
    more = f"""PREFIX rec: <{BASE}def/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      GRAPH <{BASE}graph/report/clcm/12> {{
        <{BASE}document/X> a rec:Document ; rdfs:label {words} ; rec:title {words} .
        <{BASE}report/clcm/12/paragraph/5> a rec:Paragraph ; rdfs:label "Paragraph 5" ; rec:text {words} . }}"""
    write_index(write_release(data, more=more), BASE)
    app = create_app(Settings(data=data, query_workers=1))
    yield app.test_client()
    app.extensions["current"].close()


@pytest.mark.parametrize(("typed", "path"), table("straight.csv"))
def test_what_means_one_thing_leads_straight_to_it(site: FlaskClient, typed: str, path: str) -> None:
    answer = site.get(address(q=typed), headers=HTML)
    assert (answer.status_code, answer.headers.get("Location")) == (303, f"/{path}")


@pytest.mark.parametrize(("typed", "path"), table("first.csv"))
def test_what_is_looked_for_is_found_first(site: FlaskClient, typed: str, path: str) -> None:
    assert site.get(address(q=typed), headers=HTML).status_code == 200
    assert found(site, q=typed)["results"][0]["iri"] == BASE + path


@pytest.fixture(scope="module")
def real(real_data: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(data=real_data, query_workers=1))
    yield app.test_client()
    app.extensions["current"].close()


@pytest.mark.parametrize(("typed", "path"), table("first_real.csv"))
def test_in_the_real_reports_what_is_looked_for_is_found_first(real: FlaskClient, typed: str, path: str) -> None:
    assert found(real, q=typed)["results"][0]["iri"] == BASE + path


def test_a_program_that_asks_for_a_symbol_gets_it_as_the_first_result(site: FlaskClient) -> None:
    answer = found(site, q="A/RES/77/901")
    assert answer["meant"] == [answer["results"][0]["iri"]] == [f"{BASE}document/A/RES/77/901"]


def test_all_things_of_one_number_come_first(site: FlaskClient) -> None:
    answer = found(site, q="12/1")
    firsts = [result["iri"] for result in answer["results"][:2]]
    assert answer["meant"] == firsts == [f"{BASE}text/clcm/12/{kind}/1" for kind in ("resolution", "decision")]


def test_a_symbol_that_no_report_mentions_is_looked_up_at_the_united_nations(site: FlaskClient) -> None:
    page = site.get(address(q="A/RES/1/1"), headers=HTML).text
    assert "Nothing found" in page and 'href="https://undocs.org/A/RES/1/1"' in page


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("E/CN.15/2022/L.4", "ecn15/2022/l4"),
        ("A/RES/217(III)A", "A/RES/217 A (III)"),
        ("A/RES/217 (III) [A]", "A/RES/217 A (III)"),
        ("the General Assembly", "General Assembly"),
        ("Türkiye", "TURKIYE"),
        ("A/RES/61/930B", "a/res/61/930 b"),
    ],
)
def test_spellings_of_one_name_have_one_key(spelling: str, other: str) -> None:
    assert key(spelling) == key(other)


def test_symbols_with_their_figures_parted_in_other_places_have_different_keys() -> None:
    assert key("A/RES/7/61") != key("A/RES/76/1")


@pytest.mark.parametrize("typed", ["tended lamps", "tending a lamp", "LAMP", '"lamp register"', "lamp-registers"])
def test_words_are_found_in_other_forms(site: FlaskClient, typed: str) -> None:
    assert found(site, q=typed)["total"] > 0


def test_words_in_quotation_marks_stand_together(site: FlaskClient) -> None:
    assert 0 < found(site, q='"registers of lamps"')["total"] < found(site, q="registers of lamps")["total"]


def test_all_words_must_be_found_and_where_none_has_all_it_is_said_what_has_each(site: FlaskClient) -> None:
    page = Page(site.get(address(q="lamps wombats"), headers=HTML).text)
    assert "Nothing has all the words" in page.words
    assert any(link.get("href") == "/search?q=lamps" for link in page.all("a"))


def test_the_last_word_counts_as_a_beginning_only_where_it_is_no_word(site: FlaskClient) -> None:
    whole, begun = site.get(address(q="lamp"), headers=HTML).text, site.get(address(q="lam"), headers=HTML).text
    assert "beginning of one" not in whole and "beginning of one" in begun


def test_a_star_stands_for_any_ending_and_more_than_the_stem(site: FlaskClient) -> None:
    assert found(site, q="registrat*")["total"] == found(site, q="registrat")["total"] > 0


@pytest.mark.parametrize("typed", ["", "lamps", "commission", "peru", "E/2022/199"])
def test_the_count_of_a_facet_is_the_number_of_results_with_it(site: FlaskClient, typed: str) -> None:
    facets = found(site, q=typed)["facets"]
    assert list(facets) == list(FACETS)
    counts = {(name, one["value"]): one["count"] for name in FACETS for one in facets[name]}
    assert counts == {
        (name, one["value"]): json.loads(site.get(one["href"]).data)["total"] for name in FACETS for one in facets[name]
    }


def test_facets_narrow_together(site: FlaskClient) -> None:
    wide, narrow = found(site, q="lamps"), found(site, q="lamps", kind="paragraph of a report", session="clcm/13")
    assert 0 < narrow["total"] < wide["total"]
    assert {result["kind"] for result in narrow["results"]} == {"paragraph of a report"}
    assert all("/report/clcm/13/" in result["iri"] for result in narrow["results"])


def test_what_a_state_sponsored_and_said_is_found_by_the_state(site: FlaskClient) -> None:
    kinds = {one["value"] for one in found(site, state="PER")["facets"]["kind"]}
    assert {"State", "statement", "draft resolution", "person"} <= kinds


def test_a_chosen_facet_can_be_taken_away_again(site: FlaskClient) -> None:
    page = Page(site.get(address(q="lamps", kind="document", session="clcm/12"), headers=HTML).text)
    links = {link.get("href") for link in page.all("a")}
    assert {"/search?q=lamps&session=clcm%2F12", "/search?q=lamps&kind=document"} <= links


def test_a_chosen_facet_has_its_title_where_nothing_is_found(site: FlaskClient) -> None:
    assert "State: Peru" in site.get(address(q="wombats", state="PER"), headers=HTML).text


def test_a_value_of_a_facet_may_be_an_iri(site: FlaskClient) -> None:
    assert found(site, state=f"{BASE}state/PER")["total"] == found(site, state="PER")["total"] > 0


def test_page_json_and_csv_agree(site: FlaskClient) -> None:
    asked_for = {"q": "lamps", "page": "2"}
    answer = found(site, **asked_for)
    rows = list(csv.DictReader(io.StringIO(site.get(address(".csv", **asked_for)).text)))
    page = Page(site.get(address(**asked_for), headers=HTML).text)
    hrefs = [link.get("href") for link in page.all("a")]
    assert [row["iri"] for row in rows] == [result["iri"] for result in answer["results"]]
    assert [(row["kind"], row["title"], row["snippet"]) for row in rows] == [
        (result["kind"], result["title"], result["snippet"]) for result in answer["results"]
    ]
    assert all(f"/{result['iri'].removeprefix(BASE)}" in hrefs for result in answer["results"])
    assert f"{answer['total']} results, page 2 of {answer['pages']}" in page.words


def test_the_columns_of_the_table(site: FlaskClient) -> None:
    assert site.get(address(".csv")).text.splitlines()[0] == "iri,kind,title,session,snippet"


def test_pages_follow_one_another_to_the_end(site: FlaskClient) -> None:
    answer, seen = found(site, q="lamps"), []
    total = answer["total"]
    while True:
        seen += [result["iri"] for result in answer["results"]]
        if not answer["next"]:
            break
        answer = json.loads(site.get(answer["next"]).data)
    assert len(seen) == len(set(seen)) == total > PAGE


def test_a_page_behind_the_last_leads_back(site: FlaskClient) -> None:
    page = site.get(address(q="lamps", page="400"), headers=HTML).text
    assert "There are no more results" in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999", "²", ""])
def test_a_page_number_that_is_none_is_the_first(site: FlaskClient, page: str) -> None:
    assert found(site, q="lamps", page=page)["page"] == 1


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("*/*", "application/json"),
        ("application/json;q=0.5, text/csv", "text/csv"),
    ],
)
def test_the_form_is_the_one_that_the_client_accepts(site: FlaskClient, accept: str, media_type: str) -> None:
    answer = site.get(address(q="lamps"), headers={"Accept": accept})
    assert (answer.mimetype, "Accept" in answer.headers["Vary"]) == (media_type, True)


def test_the_form_is_the_one_that_the_address_names(site: FlaskClient) -> None:
    assert site.get(address(q="lamps", format="csv"), headers=HTML).mimetype == "text/csv"


def test_a_form_that_there_is_not_is_refused(site: FlaskClient) -> None:
    assert site.get(address(q="lamps"), headers={"Accept": "image/png"}).status_code == 406
    assert site.get(address(".ttl", q="lamps")).status_code == 404


def test_other_origins_may_search(site: FlaskClient) -> None:
    assert site.get(address(".json", q="lamps")).headers["Access-Control-Allow-Origin"] == "*"


def _but_for_data(page: str) -> str:
    """A page without the block of JSON-LD at its head, in which no `<` stands, and without our own files of script."""
    page = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", page, count=1)
    return re.sub(r'<script src="/static/[a-z]+\.js" defer></script>', "", page)


def test_markup_in_what_is_found_is_harmless(hostile: FlaskClient) -> None:
    page = hostile.get(address(q="wombat"), headers=HTML).text
    assert "<script" not in _but_for_data(page) and page.count("&lt;script&gt;") >= 2 and "<mark>wombat</mark>" in page


def test_markup_in_what_is_typed_is_harmless(site: FlaskClient) -> None:
    assert "<script>" not in _but_for_data(site.get(address(q=SCRIPT), headers=HTML).text)


def test_a_snippet_tells_where_its_marks_are(site: FlaskClient) -> None:
    result = next(one for one in found(site, q="harbours lights")["results"] if one["marked"])
    words = {result["snippet"][start:end].lower() for start, end in result["marked"]}
    assert words <= {"harbour", "harbours", "light", "lights", "lighting"}


def test_the_pieces_of_marked_words_are_the_words() -> None:
    text = marked("a \x02b\x03\nc\x02d\x03")
    assert (str(text), list(text.spans)) == ("a b cd", [(2, 3), (5, 6)])


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(alphabet='"*()^-+:{}[]ANDORNT nearlamp/.', max_size=60)))
def test_whatever_is_typed_is_answered(site: FlaskClient, typed: str) -> None:
    typed = typed.encode("utf-8", "replace").decode()
    for path in (address(q=typed), address(".json", q=typed, kind=typed), f"/search/suggest?{urlencode({'q': typed})}"):
        assert site.get(path, headers=HTML).status_code in (200, 303)


@pytest.mark.parametrize(
    "typed",
    [
        "🎉",
        "lamps " * 2000,
        '"' * 999,
        "NEAR(a b)",
        "title:lamps",
        "lamp* *",
        "\x00lamps",
        "'; DROP TABLE thing",
        "http://[::1",
        "𞤀",
    ],
)
def test_odd_input_is_answered(site: FlaskClient, typed: str) -> None:
    assert site.get(address(q=typed), headers=HTML).status_code == 200


def test_long_input_is_read_to_a_bound_and_that_is_said(site: FlaskClient) -> None:
    query = asked("lamp " * LENGTH)
    assert (len(query.terms), query.cut, asked("lamp").cut) == (TERMS, True, False)
    assert "Only the beginning" in site.get(address(q="lamp " * LENGTH), headers=HTML).text


def test_a_search_that_takes_too_long_is_ended(index: sqlite3.Connection) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(SlowSearchError), in_time(index, seconds=0.01):
        index.execute(endless).fetchone()


def test_what_has_been_typed_is_completed(site: FlaskClient) -> None:
    answer = site.get("/search/suggest?q=night li")
    typed, titles, kinds, places = json.loads(answer.data)
    assert (answer.mimetype, typed) == ("application/x-suggestions+json", "night li")
    assert len(titles) == len(kinds) == len(places) == len(set(titles))
    found_text = titles.index("Draft resolution I: Night lights of small harbours")
    assert kinds[found_text] == "draft resolution" and places[found_text].startswith(f"{BASE}text/clcm/")


def test_no_paragraph_is_suggested_by_its_number(index: sqlite3.Connection) -> None:
    named = {kind.name for kind in KINDS if kind.named}
    assert {one.kind for one in suggestions(index, "resolution")} <= named


def test_the_description_names_the_addresses_of_this_deployment(site: FlaskClient) -> None:
    answer = site.get("/opensearch.xml")
    root = ElementTree.fromstring(answer.data)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    templates = {url.attrib["type"]: url.attrib["template"] for url in root.iter(f"{space}Url")}
    assert (answer.mimetype, root.tag) == ("application/opensearchdescription+xml", f"{space}OpenSearchDescription")
    assert len(root.findtext(f"{space}ShortName") or "") in range(1, 17)
    assert all(template.startswith(BASE) for template in templates.values())
    for media_type in ("text/html", "application/json", "text/csv", "application/x-suggestions+json"):
        path = templates[media_type].replace("{searchTerms}", "lamps").replace("{startPage?}", "1")
        assert site.get(f"/{path.removeprefix(BASE)}").mimetype == media_type


@pytest.mark.parametrize(
    "path", ["/", "/questions", f"/{TEXT}.html", "/nothing", "/search?q=lamps", "/search?q=wombats", "/search"]
)
def test_every_page_has_one_search_box_with_a_label_and_names_the_description(site: FlaskClient, path: str) -> None:
    page = Page(site.get(path, headers=HTML).text)
    boxes = [form for form in page.all("form") if form.get("role") == "search"]
    inputs = [box for box in page.all("input") if box.get("type") == "search"]
    assert len(boxes) == len(inputs) == 1
    assert inputs[0]["id"] in [label.get("for") for label in page.all("label")]
    assert "/opensearch.xml" in [link.get("href") for link in page.all("link") if link.get("rel") == "search"]


@pytest.mark.parametrize("path", ["/search", "/search?q=lamps", "/search?q=lamps&state=PER", "/search?q=wombats+lamps"])
def test_a_page_of_results_is_sound(site: FlaskClient, path: str) -> None:
    page = Page(site.get(path, headers=HTML).text)
    names = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    hrefs = {str(link["href"]) for link in page.all("a") if str(link.get("href")).startswith("/")}
    assert (page.open, page.crossed, len(page.all("h1"))) == ([], [], 1) and len(names) == len(set(names))
    assert all(site.get(href, headers=HTML).status_code in (200, 303) for href in hrefs)


def test_a_release_without_index_says_so_and_shows_no_box(web: FlaskClient) -> None:
    answer = web.get(address(q="lamps"), headers=HTML)
    assert (answer.status_code, "comes with the next build" in answer.text) == (503, True)
    assert "/search" not in {form.get("action") for form in Page(web.get("/", headers=HTML).text).all("form")}


def test_a_release_that_was_built_without_index_gets_one_with_the_next_build(
    samples: list[Path], published_data: Path, tmp_path: Path
) -> None:
    shutil.copytree(published_data, tmp_path, symlinks=True, dirs_exist_ok=True)
    first = served(tmp_path)
    (first.folder / FILE).unlink()
    assert published(samples[1:], tmp_path) == first and indexed(first.folder)


def test_a_damaged_index_is_said_to_be_out_of_order_without_its_place(tmp_path: Path) -> None:
    write_release(tmp_path).joinpath(FILE).write_bytes(b"no database" * 1000)
    app = create_app(Settings(data=tmp_path, query_workers=1))
    answer = app.test_client().get(address(q="lamps"), headers=HTML)
    app.extensions["current"].close()
    assert (answer.status_code, str(tmp_path) in answer.text) == (503, False)


def test_the_same_release_makes_the_same_index(published_data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "release"
    shutil.copytree((published_data / "current").resolve(), folder)
    written = []
    for _ in range(2):
        write_index(folder, BASE)
        written.append((folder / FILE).read_bytes())
    assert written[0] == written[1]


def test_searching_leaves_nothing_beside_the_index(published_data: Path) -> None:
    folder = (published_data / "current").resolve()
    before = sorted(folder.iterdir())
    with opened(folder) as one, opened(folder) as other:
        assert one is not None and other is not None
        assert find(one, asked("lamps"), {}).total == find(other, asked("lamps"), {}).total > 0
    assert sorted(folder.iterdir()) == before


def test_of_a_report_without_its_words_titles_are_found_and_the_page_says_so(wordless_data: Path) -> None:
    app = create_app(Settings(data=wordless_data, query_workers=1))
    client = app.test_client()
    answer, page = found(client, q="night lights"), client.get(address(q="night lights"), headers=HTML).text
    app.extensions["current"].close()
    assert answer["results"][0]["kind"] == "draft resolution" and "the facts without the words" in page


def test_names_in_every_language_and_from_former_times_are_candidates(index: sqlite3.Connection) -> None:
    for name in ("Türkiye", "Turkiye", "Turkey", "Турция", "土耳其", "TUR"):
        best = candidates(index, name, ["State"])[0]
        assert (best.path, best.score, best.match) == ("state/TUR", 100.0, True)


def test_a_misspelt_name_has_a_candidate_that_is_no_match(index: sqlite3.Connection) -> None:
    best = candidates(index, "Phillipines", ["State"])[0]
    assert (best.path, best.match) == ("state/PHL", False)


def test_candidates_are_of_the_kinds_that_are_asked_for_best_first_and_not_more(index: sqlite3.Connection) -> None:
    those = candidates(index, "Commission on Lighthouses", ["body", "session"], limit=3)
    assert {one.kind for one in those} <= {"body", "session"} and len(those) == 3
    assert [one.score for one in those] == sorted((one.score for one in those), reverse=True)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_any_name_can_be_matched(index: sqlite3.Connection, name: str) -> None:
    name = name.encode("utf-8", "replace").decode()
    assert all(0 <= one.score <= 100 for one in candidates(index, name))
