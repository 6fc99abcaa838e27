"""The sentence at the head of a page, and names that do not repeat what the page is about."""

from __future__ import annotations

import re
from html import unescape

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from server.pages.naming import Context
from server.pages.panels import Filled
from server.pages.summary import sentence
from server.store import Row

COMMISSION = "Commission on Lighthouses and Coastal Memory"
SESSION = Context("12th session", COMMISSION, "12th session", {COMMISSION: "CLCM"})
STATE = Context(actor="Peru", acronyms={COMMISSION: "CLCM"})


def _row(**counts: int) -> Row:
    return {name: ox.Literal(count) for name, count in counts.items()}


def _page(site: FlaskClient, path: str) -> str:
    answer = site.get(f"/{path}.html")
    assert answer.status_code == 200
    return unescape(answer.text)


def _summary(page: str) -> str:
    found = re.search(r'<p class="summary">(.*?)</p>', page)
    return found[1] if found else ""


def _panel(page: str, title: str) -> list[str]:
    """The rows of the table under a heading, as words."""
    found = re.search(f"<h[23]>{re.escape(title)}", page)
    assert found is not None
    section = page[found.start() : page.index("</section>", found.start())]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", section, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in rows if "<td" in row]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            {"drafts": 7, "sessions": 2, "times": 12, "posts": 1},
            "Sponsored 7 drafts at 2 sessions, spoke 12 times, held 1 post.",
        ),
        ({"drafts": 1, "sessions": 1, "times": 0, "posts": 0}, "Sponsored 1 draft at 1 session."),
        ({"drafts": 0, "sessions": 0, "times": 1, "posts": 0}, "Spoke once."),
        ({"drafts": 0, "sessions": 0, "times": 0, "posts": 0}, ""),
    ],
)
def test_a_sentence_says_what_there_is_and_nothing_of_what_there_is_not(counts: dict[str, int], said: str) -> None:
    parts = ("sponsored {drafts draft} at {sessions session}", "spoke {times time}", "held {posts post}")
    assert sentence(parts, _row(**counts)) == said


def test_a_date_in_a_sentence_is_written_in_words() -> None:
    day = ox.Literal("2022-05-20", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    assert sentence(("held on {date}",), {"date": day}) == "Held on 20 May 2022."


@pytest.mark.parametrize(
    ("name", "short"),
    [
        (f"12th session of the {COMMISSION}", "12th session"),
        ("3rd meeting of the 12th session", "3rd meeting"),
        ("3rd meeting of the 13th session", "3rd meeting of the 13th session"),
        ("3rd meeting of the extended Bureau, 12th session", "3rd meeting of the extended Bureau"),
        ("Agenda item 2 of the 12th session: Report of the 12th session", "Agenda item 2: Report of the 12th session"),
        (f"Peru at the 12th session of the {COMMISSION}", "Peru"),
        (f"{COMMISSION}: adopted: E/CN.99/2022/L.2 (paragraph 4)", "adopted: E/CN.99/2022/L.2 (paragraph 4)"),
        (f"Draft decision I: Report of the {COMMISSION}", f"Draft decision I: Report of the {COMMISSION}"),
        (f"Chair of the Bureau of the {COMMISSION}, 12th session", "Chair of the Bureau"),
        (f"Report of the {COMMISSION} on its 12th session", "Report on its 12th session"),
        ("Paragraph 4 of the report on the 12th session", "Paragraph 4"),
        (COMMISSION, COMMISSION),
    ],
)
def test_a_name_on_the_page_of_a_session_leaves_out_the_session_and_its_body(name: str, short: str) -> None:
    assert SESSION.short(name) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        (f"12th session of the {COMMISSION}", "12th session of the CLCM"),
        ("3rd meeting of the 12th session", "3rd meeting of the 12th session"),
        ("Statement by Peru (paragraph 6)", "Statement (paragraph 6)"),
        ("Statement by Peru on behalf of Chile and Ghana (paragraph 6)", "Statement (paragraph 6)"),
        (f"Chair of the Bureau of the {COMMISSION}, 12th session", "Chair of the Bureau of the CLCM, 12th session"),
        ("Statement by Chile (paragraph 6)", "Statement by Chile (paragraph 6)"),
        ("2nd session of the Council of Piers", "2nd session of the Council of Piers"),
    ],
)
def test_a_name_on_the_page_of_a_state_leaves_out_the_state_and_shortens_the_body(name: str, short: str) -> None:
    assert STATE.short(name) == short


def test_a_session_shows_its_texts_before_its_pictures(site: FlaskClient) -> None:
    page = _page(site, "session/clcm/12")
    assert page.index("<h3>Resolutions and decisions") < page.index("<h3>Action taken") < page.index('class="pictures"')


def test_a_session_is_a_dossier_whose_parts_are_reached_from_its_head(site: FlaskClient) -> None:
    page = _page(site, "session/clcm/12")
    anchors = re.findall(
        r'href="#part-([a-z]+)"', page.partition('<nav class="parts dossier"')[2].partition("</nav>")[0]
    )
    assert anchors[:2] == ["outcome", "sponsors"] and {"statements", "meetings", "people", "data"} <= {*anchors}
    assert all(page.count(f'id="part-{anchor}"') == 1 for anchor in anchors)


def test_the_dates_of_a_session_are_those_of_its_cover_and_its_own_meetings_are_counted_apart(
    site: FlaskClient,
) -> None:
    said = _summary(_page(site, "session/clcm/12"))
    assert "25 November 2021 and 7–11 March 2022" in said
    assert re.search(r"\d+ meetings of its own", said)


def test_officers_are_apart_from_panellists(site: FlaskClient) -> None:
    page = _page(site, "session/clcm/12")
    assert all("panellist" not in row for row in _panel(page, "Officers and nominees"))


def test_a_session_lists_its_meetings_and_sponsors_once(site: FlaskClient) -> None:
    page = _page(site, "session/clcm/12")
    assert page.count("<h3>Meetings") == 1 and "<h3>Sponsors" not in page


def test_the_counts_of_a_states_sentence_are_those_of_its_tables(site: FlaskClient) -> None:
    page = _page(site, "state/PER")
    drafts, statements = (int(number) for number in re.findall(r"(\d+) (?:drafts?|times)", _summary(page)))
    assert (drafts, statements) == (len(_panel(page, "Sponsored")), len(_panel(page, "Where it spoke")))


def test_a_state_shows_with_whom_it_sponsored_most_often(site: FlaskClient) -> None:
    rows = _panel(_page(site, "state/PER"), "With whom it sponsored most often")
    numbers = [int(row.rpartition(" ")[2]) for row in rows]
    assert numbers and numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize(
    "kind", ["session/clcm/12", "meeting/clcm/12/3", "agenda/clcm/12/3", "state/PER", "body/clcm", "verb/recall"]
)
def test_each_kind_of_page_begins_with_a_sentence(site: FlaskClient, kind: str) -> None:
    page = _page(site, kind)
    assert re.fullmatch(r"[A-Z0-9].*\d.*\.", _summary(page))
    assert page.index('class="summary"') < page.index("<h2")


def test_a_state_for_which_a_group_signed_says_so_and_that_this_is_derived(site: FlaskClient) -> None:
    page = _page(site, "state/ITA")
    assert "signed for by another member of its group in" in _summary(page).lower() and "(derived)" in _summary(page)
    assert any("Spain" in row and "Draft resolution" in row for row in _panel(page, "Signed for by another member"))
    assert "Signed for by another member" not in _page(site, "state/GBR")  # which had left before
    assert any("Italy" in row for row in _panel(_page(site, "group/eu-member-states"), "Members"))


def test_a_group_has_its_members_as_of_a_time_or_says_that_it_has_no_list(site: FlaskClient) -> None:
    assert any("Peru" in row and "2024-10" in row for row in _panel(_page(site, "group/g77"), "Members"))
    assert any("Vanuatu" in row and "1985/2020" in row for row in _panel(_page(site, "group/ldcs"), "Members"))
    assert "Who belongs to it is not held" in _page(site, "group/non-aligned")
    assert "Who belongs to it is not held" not in _page(site, "group/g77")


def test_a_state_is_found_where_a_group_of_an_undated_list_spoke_and_this_is_marked(site: FlaskClient) -> None:
    rows = _panel(_page(site, "state/PER"), "Spoken for by another member")
    assert any("as listed in 2024-10" in row for row in rows), rows


def test_what_is_for_machines_comes_last_and_folded(site: FlaskClient) -> None:
    page = _page(site, "state/PER")
    last = max(found.start() for found in re.finditer('class="panel', page))
    assert last < page.index("<summary>For machines</summary>") < page.index(">What points here</a>")
    assert 'id="points-here"' not in page
    assert 'id="points-here"' in site.get("/state/PER.html?page=1").text


def test_a_long_table_is_folded_after_its_first_rows_and_loses_none(site: FlaskClient) -> None:
    page = _page(site, "scheme/verbs")
    folded = re.search(r"<summary>(\d+) more rows</summary>(.*?)</details>", page, re.DOTALL)
    assert folded is not None and len(re.findall(r"<tr[^>]*><td", folded[2])) == int(folded[1])


def test_from_a_meeting_and_an_agenda_item_the_way_up_leads_to_session_and_body(site: FlaskClient) -> None:
    for path in ("meeting/clcm/12/3", "agenda/clcm/12/3"):
        page = _page(site, path)
        way = page[page.index('class="way"') : page.index("</nav>", page.index('class="way"'))]
        assert re.findall('href="([^"]+)"', way) == ["/body/clcm", "/session/clcm/12"]


def test_the_documents_of_an_agenda_item_are_no_statements(site: FlaskClient) -> None:
    rows = _panel(_page(site, "agenda/clcm/12/3"), "Statements under it")
    assert rows and all(row.startswith("Statement") for row in rows)
    assert "Statement by" not in " ".join(_panel(_page(site, "agenda/clcm/12/4"), "Documents"))


def test_a_statement_at_two_meetings_is_one_row_with_both() -> None:
    rows: list[Row] = [
        {"statement": ox.Literal("A"), "meeting": ox.Literal(f"{number} meeting")} for number in ("9th", "10th")
    ]
    shown = Filled("Statements", ("statement", "meeting"), "", tuple(rows), "statement").panel({}).grid
    assert [[(cell.words, [other.words for other in cell.others]) for cell in row] for row in shown.rows] == [
        [("A", []), ("9th meeting", ["10th meeting"])]
    ]


def test_a_column_without_any_value_is_not_shown() -> None:
    shown = Filled("Statements", ("statement", "mode"), "", ({"statement": ox.Literal("A")},)).panel({}).grid
    assert shown.columns == ("statement",)


def test_a_verb_says_of_which_kind_it_is_and_what_is_stronger(site: FlaskClient) -> None:
    page = _page(site, "verb/welcome")
    assert _summary(page).startswith("Evaluative verb, opens ")
    rows = _panel(page, "Stronger and weaker")
    assert any(row.startswith("endorse stronger") for row in rows) and any(
        row.startswith("note weaker") for row in rows
    )


def test_a_goal_says_what_it_aims_at(site: FlaskClient) -> None:
    assert '<p class="intro">End poverty in all its forms everywhere</p>' in _page(site, "goal/1")


def test_a_state_that_no_report_names_says_so(site: FlaskClient) -> None:
    assert _summary(_page(site, "state/COK")) == "No report in this release names it."


def test_a_document_that_is_not_held_leads_to_the_united_nations(site: FlaskClient) -> None:
    page = _page(site, "document/A/RES/77/901")
    assert "The document itself is not held here." in page
    assert 'Read it at the United Nations: <a href="https://undocs.org/A/RES/77/901">A/RES/77/901</a>' in page


def test_a_report_says_its_symbol_and_how_much_it_holds(site: FlaskClient) -> None:
    page = _page(site, "report/clcm/12")
    assert re.match(r"E/2022/199, \d+ chapters, \d+ paragraphs, 6 resolutions and decisions", _summary(page))
    assert _panel(page, "Resolutions and decisions")[0].endswith("General Assembly Para. 1")


def test_a_resolution_that_only_an_instrument_names_has_its_symbol_for_a_title(site: FlaskClient) -> None:
    assert "<h1>A/RES/61/106</h1>" in _page(site, "document/A/RES/61/106")


def test_the_sponsors_of_a_draft_are_listed_without_its_title_on_each_row(site: FlaskClient) -> None:
    assert _panel(_page(site, "document/E/CN.99/2022/L.2"), "Sponsors")[0] == "Cuba"


def test_an_address_of_another_site_says_which_site(site: FlaskClient) -> None:
    assert ">wikidata.org/entity/Q26988</a>" in _page(site, "state/COK")
