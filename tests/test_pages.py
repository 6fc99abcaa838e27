"""Pages for people."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.headers import POLICY
from server.questions import questions
from server.store import EmbeddedStore
from tests.serving import BASE, TEXT

PAGES = [
    "/",
    "/questions",
    "/questions/texts",
    "/sparql",
    "/sparql?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D",
    "/sparql?query=SELECT+x",
    f"/{TEXT}.html",
    "/report/clcm/12.html",
    "/report/clcm/12/chapter/1.html",
    "/session/clcm/12.html",
    "/meeting/clcm/12/3.html",
    "/state/FRA.html",
    "/body/clcm.html",
    "/document/A/RES/57/270%20B.html",
    "/verb/recall.html",
    "/def/Resolution.html",
    "/def/title.html",
    "/def.html",
    "/graph/report/clcm/12.html",
    "/nothing",
]
_VOID = frozenset({"meta", "link", "br", "img", "input", "hr", "wbr"})


class Page(HTMLParser):
    """What the tests ask of a page: its elements, whether they nest, and all its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def read(web: FlaskClient, path: str) -> Page:
    return Page(web.get(path, headers={"Accept": "text/html"}).text)


@pytest.mark.parametrize("path", PAGES)
def test_elements_nest_and_close(web: FlaskClient, path: str) -> None:
    page = read(web, path)
    assert (page.open, page.crossed) == ([], [])


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_one_main_part_a_title_and_a_way_past_the_menu(web: FlaskClient, path: str) -> None:
    page = read(web, path)
    skips = [a for a in page.all("a") if a.get("href") == "#content"]
    assert [len(page.all(tag)) for tag in ("h1", "main", "title")] == [1, 1, 1] and len(skips) == 1


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_script_style_or_anything_of_another_host(web: FlaskClient, path: str) -> None:
    page = read(web, path)
    scripts = [a for a in page.all("script") if a != {"type": "application/ld+json"}]  # which is data, not script
    loaded = [a.get("src") or a.get("href") or "" for tag in ("img", "source", "iframe") for a in page.all(tag)]
    loaded += [a.get("src") or "inline" for a in scripts]
    loaded += [a.get("href") or "" for a in page.all("link") if a.get("rel") in ("stylesheet", "icon")]
    styled = [
        name
        for name, attributes in page.elements
        if "style" in attributes or any(k.startswith("on") for k in attributes)
    ]
    assert all(address.startswith("/") for address in loaded) and not styled and not page.all("style")


@pytest.mark.parametrize("path", PAGES)
def test_the_browser_is_told_to_allow_nothing_else(web: FlaskClient, path: str) -> None:
    headers = web.get(path, headers={"Accept": "text/html"}).headers
    assert (headers["Content-Security-Policy"], headers["X-Content-Type-Options"]) == (POLICY, "nosniff")


@pytest.mark.parametrize("path", PAGES)
def test_links_and_identifiers_on_a_page_fit_together(web: FlaskClient, path: str) -> None:
    page = read(web, path)
    names = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    targets = [a["href"] for a in page.all("a") if (a.get("href") or "").startswith("#")]
    assert len(names) == len(set(names)) and all(str(target)[1:] in names for target in targets)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(web: FlaskClient, path: str) -> None:
    page = read(web, path)
    own = {a["href"] for a in page.all("a") if re.match(r"/(?!sparql\?|release/)", a.get("href") or "")}
    broken = [href for href in own if web.get(str(href), headers={"Accept": "text/html"}).status_code not in (200, 303)]
    assert not broken


def test_a_text_is_read_in_order_with_its_voice_first(web: FlaskClient) -> None:
    words = " ".join(read(web, f"/{TEXT}.html").words.split())
    places = [
        words.index(part)
        for part in (
            "Keeping the lamps",
            "Memory,",
            "General Assembly resolution 57/270 B",
            "Requests",
            "To keep a register",
        )
    ]
    assert places == sorted(places)


def test_opening_phrases_are_in_italics(web: FlaskClient) -> None:
    page = web.get(f"/{TEXT}.html").text
    assert "<em>Recalling</em> General Assembly" in page and "<em>Requests</em> the Secretary-General:" in page


def test_a_sub_paragraph_is_set_below_its_paragraph_with_its_letter(web: FlaskClient) -> None:
    page = web.get(f"/{TEXT}.html").text
    assert re.search(r'class="clause operative level-1" id="operative-1-a">.*?>\(a\)</a>', page, re.DOTALL)


def test_a_citation_stands_beside_its_paragraph_as_a_link(web: FlaskClient) -> None:
    page = web.get(f"/{TEXT}.html").text
    assert re.search(
        r'<div class="margin"[^>]*>.*?<a href="/document/A/RES/57/270%20B">A/RES/57/270 B</a>', page, re.DOTALL
    )


def test_a_footnote_mark_leads_to_its_note(web: FlaskClient) -> None:
    page = web.get(f"/{TEXT}.html").text
    assert 'href="#note-footnote-1"' in page and '<li id="note-footnote-1">' in page


def test_who_sponsored_a_text_is_on_its_page_with_the_name_it_was_done_in(web: FlaskClient) -> None:
    page = web.get(f"/{TEXT}.html").text
    assert 'href="/state/FRA">France' in page and 'href="/group/eu">European Union' in page


def test_what_a_state_sponsored_is_on_its_page(web: FlaskClient) -> None:
    assert f'href="/{TEXT}"' in web.get("/state/FRA.html").text


def test_what_cites_a_document_is_on_its_page(web: FlaskClient) -> None:
    assert f'href="/{TEXT}/preambular/1"' in web.get("/document/A/RES/57/270%20B.html").text


def test_words_of_a_report_cannot_become_markup(web: FlaskClient) -> None:
    page = web.get(f"/{TEXT}.html").text
    assert "<lit>" not in page and "Keeping the lamps &lt;lit&gt; &amp; tended" in page


def test_an_inferred_fact_is_marked_as_one(web: FlaskClient) -> None:
    page = web.get(f"/{TEXT}.html").text
    assert re.search(r'href="/def/sponsoredBy">sponsored by</a> <span class="role">inferred', page)


def test_the_type_that_is_asserted_is_the_one_shown(web: FlaskClient) -> None:
    page = web.get("/state/FRA.html").text
    assert re.search(r'<p class="types">\s*<a href="/def/State">state</a></p>', page)


def test_the_way_up_leads_from_the_clause_to_the_report(web: FlaskClient) -> None:
    page = web.get(f"/{TEXT}/operative/1/a.html").text
    way = re.findall(
        r'<li><a href="([^"]+)"', page[page.index('class="way"') : page.index("</nav>", page.index('class="way"'))]
    )
    assert way == ["/report/clcm/12", f"/{TEXT}", f"/{TEXT}/operative/1"]


def test_what_points_here_is_turned_page_by_page(web: FlaskClient) -> None:
    assert "Page 2" in web.get("/session/clcm/12.html?page=2").text


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "²"])
def test_a_page_number_that_is_none_is_the_first(web: FlaskClient, page: str) -> None:
    assert web.get(f"/session/clcm/12.html?page={page}").status_code == 200


@pytest.mark.parametrize("name", [question.name for question in questions()])
def test_every_question_is_answered_on_a_page(web: FlaskClient, name: str) -> None:
    assert web.get(f"/questions/{name}", headers={"Accept": "text/html"}).status_code == 200


def test_an_unknown_question_is_not_found(web: FlaskClient) -> None:
    assert web.get("/questions/nothing").status_code == 404


def test_the_editor_answers_in_a_table_with_names_for_iris(web: FlaskClient) -> None:
    query = f"SELECT ?state {{ ?state a <{BASE}def/State> }}"
    page = web.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"}).text
    assert '<a href="/state/FRA">France</a>' in page


def test_the_editor_shows_a_mistake_where_it_is(web: FlaskClient) -> None:
    answer = web.get("/sparql", query_string={"query": "SELECT x"}, headers={"Accept": "text/html"})
    assert (answer.status_code, "Line 1, column 8" in answer.text, "SELECT x\n       ^" in answer.text) == (
        400,
        True,
        True,
    )


def test_a_query_comes_back_in_the_editor_as_words(web: FlaskClient) -> None:
    query = "SELECT * { ?s ?p '</textarea><script>' }"
    assert "<script>" not in web.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"}).text


def test_an_ask_is_answered_in_a_word(web: FlaskClient) -> None:
    page = web.get("/sparql", query_string={"query": "ASK { ?s ?p ?o }"}, headers={"Accept": "text/html"}).text
    assert '<p class="verdict">true</p>' in page


def test_an_empty_answer_says_so(web: FlaskClient) -> None:
    page = web.get(
        "/sparql", query_string={"query": "SELECT ?s { ?s <urn:no> ?o }"}, headers={"Accept": "text/html"}
    ).text
    assert "nothing in this release matches" in page


@pytest.mark.parametrize("panel", sorted(path.name for path in (files("server.pages") / "panel_queries").iterdir()))
def test_the_query_of_every_panel_runs(commission_data: Path, panel: str) -> None:
    store = EmbeddedStore(commission_data / "current" / "store")
    classes = re.search(
        r"^# for: (.*)$", (files("server.pages") / "panel_queries" / panel).read_text(encoding="utf-8"), re.MULTILINE
    )
    assert classes is not None
    query = (
        (files("server.pages") / "panel_queries" / panel)
        .read_text(encoding="utf-8")
        .replace("$this", f"<{BASE}{TEXT}>")
    )
    store.select(query)


def test_text_contrast_is_at_least_aa_in_light_and_dark() -> None:
    sheet = (files("server") / "static" / "style.css").read_text(encoding="utf-8")
    schemes = [
        dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[:2]
    ]
    ratios = [
        contrast(scheme[ink], scheme[paper])
        for scheme in schemes
        for paper in ("paper", "raised")
        for ink in ("ink", "soft", "link", "seen", "accent", "warn")
    ]
    assert len(ratios) == 24 and min(ratios) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_page_shows_of_a_very_long_value_the_beginning(site: FlaskClient) -> None:
    query = f"SELECT (CONCAT({', '.join(['?half'] * 20)}) AS ?long) {{ VALUES ?half {{ '{'a' * 50_000}' }} }}"
    page = site.post("/sparql", data={"query": query}, headers={"Accept": "text/html"})
    assert (page.status_code, "a" * 10_000 + "…</td>" in page.text, len(page.text) < 900_000) == (200, True, True)


def test_a_page_shows_no_more_rows_than_it_can_hold(site: FlaskClient) -> None:
    query = f"SELECT * {{ VALUES ?n {{ {' '.join(map(str, range(400)))} }} BIND('{'a' * 9000}' AS ?long) }}"
    page = site.post("/sparql", data={"query": query}, headers={"Accept": "text/html"}).text
    assert (re.search(r"[0-9]+\+ rows", page) is not None, len(page) < 3_000_000) == (True, True)


def test_a_value_that_is_too_long_for_a_page_is_told_to_be_so(site: FlaskClient) -> None:
    query = f"SELECT (CONCAT({', '.join(['?half'] * 900)}) AS ?long) {{ VALUES ?half {{ '{'a' * 20_000}' }} }}"
    page = site.post("/sparql", data={"query": query}, headers={"Accept": "text/html"})
    assert (page.status_code, "too long for a page" in page.text) == (503, True)


def test_a_class_of_another_vocabulary_is_named_in_words(site: FlaskClient) -> None:
    page = site.get("/scheme/instruments.html").text
    assert ">concept scheme</a></p>" in page and "ConceptScheme" not in Page(page).words


def test_evidence_is_headed_by_what_it_is_for(site: FlaskClient) -> None:
    page = site.get("/evidence/act/clcm/12/54/1.html").text
    assert "<h1>Evidence for Commission on Lighthouses and Coastal Memory: " in page
