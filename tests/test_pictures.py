"""Pictures: their numbers are those of their queries, all is one click away, and nothing is drawn of nothing."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from server.pages.answers import Cell
from server.pages.drawings import BARS, BESIDE, LINKS, bars, label, network, pairs
from server.store import Row

SVG = "{http://www.w3.org/2000/svg}"
TEXT = "text/clcm/12/resolution/1"
PAGES = ("/session/clcm/12.html", "/body/clcm.html", f"/network?of={TEXT}")
_SECTION = re.compile(r'<section class="panel picture(?: tall)?" id="([a-z-]+)".*?</section>', re.DOTALL)


def _get(site: FlaskClient, address: str) -> str:
    answer = site.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer.text


def _sections(page: str) -> dict[str, str]:
    return {found[1]: found[0] for found in _SECTION.finditer(page)}


def _drawing(section: str) -> ElementTree.Element:
    return ElementTree.fromstring(section[section.index("<svg xmlns") : section.rindex("</svg>") + 6])


def _rows(site: FlaskClient, section: str) -> list[list[str]]:
    address = re.search(r'href="([^"]+)" download aria-label="[^"]+ as CSV"', section)
    assert address is not None
    answer = site.get(unescape(address[1]))
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.reader(io.StringIO(answer.text)))


def _table(section: str) -> list[list[str]]:
    body = section[section.index("<tbody") : section.index("</tbody>")]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr[ >].*?</tr>", body)]
    return [[unescape(re.sub("<[^>]+>", "", item)) for item in row] for row in cells]


def test_a_session_has_its_five_pictures(site: FlaskClient) -> None:
    found = _sections(_get(site, "/session/clcm/12.html"))
    assert list(found) == ["verbs", "sponsors", "co-sponsors", "flow", "due-of-session"]


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_is_well_formed_with_title_description_csv_and_query(site: FlaskClient, page: str) -> None:
    sections = _sections(_get(site, page))
    assert sections
    for section in sections.values():
        drawing = _drawing(section)
        titles = [drawing.find(f"{SVG}{name}") for name in ("title", "desc")]
        assert all(title is not None and title.text for title in titles)
        assert drawing.get("aria-labelledby") == " ".join(title.get("id", "") for title in titles if title is not None)
        assert drawing.get("role") == ("group" if list(drawing.iter(f"{SVG}a")) else "img")
        assert " style=" not in section
        header, *rows = _rows(site, section)
        assert rows and header == re.findall(r"\?(\w+)", _select(section))


def _select(section: str) -> str:
    """The line of the query behind the link that names the columns."""
    query = re.search(r'href="/sparql\?query=([^"&]+)">See the query', section)
    assert query is not None
    decoded = query[1].replace("+", " ").replace("%0A", "\n").replace("%3F", "?")
    return next(line for line in decoded.splitlines() if line.startswith("SELECT "))


@pytest.mark.parametrize("page", PAGES)
def test_the_table_beside_a_picture_holds_the_numbers_of_the_query(site: FlaskClient, page: str) -> None:
    for section in _sections(_get(site, page)).values():
        _, *rows = _rows(site, section)
        shown = _table(section)
        assert [row[-1] for row in shown] == [row[-1] for row in rows][:100]


@pytest.mark.parametrize("name", ["sponsors", "verbs"])
def test_the_bars_show_the_numbers_of_the_query(site: FlaskClient, name: str) -> None:
    section = _sections(_get(site, "/session/clcm/12.html"))[name]
    _, *rows = _rows(site, section)
    drawn = [item.text for item in _drawing(section).iter(f"{SVG}text") if item.get("class") == "number"]
    assert drawn == [row[-1] for row in rows][:BARS]


def test_the_flow_shows_acts_and_statements_of_each_meeting(site: FlaskClient) -> None:
    section = _sections(_get(site, "/session/clcm/12.html"))["flow"]
    _, *rows = _rows(site, section)
    drawn = [item.text for item in _drawing(section).iter(f"{SVG}text") if item.get("class") == "number"]
    assert drawn == [value for row in rows for value in row[-2:] if value != "0"]


def test_the_fields_of_the_triangle_are_the_pairs_of_the_query(site: FlaskClient) -> None:
    section = _sections(_get(site, "/session/clcm/12.html"))["co-sponsors"]
    _, *rows = _rows(site, section)
    sponsors = {name for row in rows for name in row[:2]}
    drawn = [field.find(f"{SVG}text") for field in _drawing(section).iter(f"{SVG}svg") if field.get("role") is None]
    numbers = sorted(number.text or "" for number in drawn if number is not None)
    assert len(sponsors) > 12 or numbers == sorted(row[2] for row in rows)


def test_of_verbs_that_do_the_same_the_stronger_stands_above_the_weaker(site: FlaskClient) -> None:
    _, *rows = _rows(site, _sections(_get(site, "/session/clcm/12.html"))["verbs"])
    verbs = [verb.rpartition("/")[2] for strength, verb, _ in rows if strength.endswith("/directive")]
    places = [verbs.index(verb) for verb in ("urge", "encourage", "invite")]
    assert places == sorted(places)


def test_the_columns_of_the_triangle_are_explained(site: FlaskClient) -> None:
    section = _sections(_get(site, "/session/clcm/12.html"))["co-sponsors"]
    assert "The numbers above the columns are those of the names." in section


@pytest.mark.parametrize(("of", "tall"), [(TEXT, False), ("text/clcm/12/draft-resolution/ga/2", True)])
def test_a_drawing_that_may_not_fit_a_sheet_is_marked_for_print(site: FlaskClient, of: str, tall: bool) -> None:
    section = _sections(_get(site, f"/network?of={of}"))["network"]
    assert section.startswith('<section class="panel picture tall"') is tall


def test_each_node_of_the_network_is_a_link(site: FlaskClient) -> None:
    section = _sections(_get(site, f"/network?of={TEXT}"))["network"]
    _, *rows = _rows(site, section)
    links = [link.get("href") for link in _drawing(section).iter(f"{SVG}a")]
    assert links == [row[2].removeprefix("http://localhost:8000") for row in rows][:LINKS]


def test_the_network_as_json_holds_each_thing_once_and_an_edge_for_each_row(site: FlaskClient) -> None:
    answer = site.get(f"/network?of={TEXT}&format=json").json
    assert answer is not None
    _, *rows = _rows(site, _sections(_get(site, f"/network?of={TEXT}"))["network"])
    names = [node["id"] for node in answer["nodes"]]
    assert len(names) == len(set(names)) == 1 + len({row[2] for row in rows})
    assert len(answer["edges"]) == len(rows)
    assert all({edge["source"], edge["target"]} <= set(names) for edge in answer["edges"])


def test_a_text_leads_to_its_network(site: FlaskClient) -> None:
    page = _get(site, f"/{TEXT}.html")
    address = re.search(r'href="(/network\?[^"]+)"', page)
    assert address is not None and 'class="drawing' not in page
    assert _sections(_get(site, unescape(address[1])))


def test_nothing_is_drawn_where_there_is_nothing(site: FlaskClient) -> None:
    assert _sections(_get(site, "/network?of=state/PER")) == {}
    assert _sections(_get(site, "/state/PER.html")) == {}


@pytest.mark.parametrize(("of", "status"), [("", 400), ("no/such/text", 404), ("<a b>", 404)])
def test_the_network_of_nothing_is_an_error(site: FlaskClient, of: str, status: int) -> None:
    assert site.get("/network", query_string={"of": of}).status_code == status


def _row(**values: str | int) -> Row:
    return {name: ox.Literal(value) for name, value in values.items()}


def test_bars_are_as_long_as_their_numbers_and_bounded() -> None:
    rows = [_row(name=f"State {number}", drafts=number) for number in range(BARS + 12, 0, -1)]
    drawn = bars(("name", "drafts"), rows, {})
    assert drawn is not None and drawn.more == 12
    lengths = {stroke.value: stroke.length for line in drawn.lines for stroke in line.strokes}
    assert len(lengths) == BARS
    assert lengths[21] == pytest.approx(lengths[42] / 2)


def test_bars_of_zeros_are_not_drawn() -> None:
    assert bars(("name", "drafts"), [_row(name="Peru", drafts=0)], {}) is None


def test_a_network_has_a_bound() -> None:
    rows = [_row(direction="cites", relation="recall", thing=str(n), citations=1) for n in range(LINKS + 3)]
    drawn = network(("direction", "relation", "thing", "citations"), rows, {})
    assert drawn is not None and drawn.more == 3


def test_works_whose_names_differ_at_their_end_are_told_apart_in_the_network() -> None:
    names = [f"World Report on Crime at Sea: Trafficking in Protected Species ({year})" for year in (2016, 2020)]
    rows = [_row(direction="cites", relation="recall", thing=name, citations=1) for name in names]
    drawn = network(("direction", "relation", "thing", "citations"), rows, {})
    assert drawn is not None
    assert [line.label.short + line.label.rest for line in drawn.lines if not line.heading] == names


def test_a_pair_is_one_field() -> None:
    rows = [_row(sponsor="Chile", drafts=3, **{"with": name}) for name in ("Peru", "Ghana")]
    drawn = pairs(("sponsor", "with", "drafts"), rows, {})
    assert drawn is not None
    assert [field.value for field in drawn.fields] == [3, 3]


def test_one_bar_or_one_pair_is_no_picture() -> None:
    assert bars(("name", "drafts"), [_row(name="Peru", drafts=3)], {}) is None
    assert pairs(("sponsor", "with", "drafts"), [_row(sponsor="Chile", **{"with": "Peru"}, drafts=3)], {}) is None


def test_a_name_that_does_not_fit_beside_its_bar_stands_above_it() -> None:
    long = "Bolivia (Plurinational State of)"
    drawn = bars(("name", "drafts"), [_row(name=long, drafts=3), _row(name="Peru", drafts=2)], {})
    assert drawn is not None
    above, beside = drawn.lines
    assert above.label.short == long and above.top < above.strokes[0].top
    assert beside.top > beside.strokes[0].top


def test_a_name_that_fits_where_there_is_room_is_level_with_its_bar() -> None:
    rows = [_row(verb="take note with appreciation", paragraphs=1), _row(verb="note", paragraphs=2)]
    drawn = bars(("verb", "paragraphs"), rows, {})
    assert drawn is not None
    assert [line.top - line.strokes[0].top for line in drawn.lines] == [11, 11]


def test_the_only_bar_of_a_row_is_level_with_its_name_in_whichever_series() -> None:
    rows = [_row(meeting=name, acts=acts, statements=20) for name, acts in (("1st meeting", 1), ("2nd meeting", 0))]
    drawn = bars(("meeting", "acts", "statements"), rows, {})
    assert drawn is not None
    both, statements = drawn.lines
    assert [stroke.series for stroke in both.strokes] == [0, 1]
    assert [(stroke.series, stroke.top) for stroke in statements.strokes] == [(1, statements.top - 11)]


def test_a_name_does_not_repeat_the_heading_above_it() -> None:
    rows = [
        _row(date="2022-05-17", meeting=f"Meeting on 2022-05-17 of the {name}", acts=1) for name in ("Bureau", "Group")
    ]
    drawn = bars(("date", "meeting", "acts"), rows, {})
    assert drawn is not None
    assert [line.label.short for line in drawn.lines] == [
        "17 May 2022",
        "Meeting of the Bureau",
        "Meeting of the Group",
    ]


def test_in_pictures_of_a_session_meetings_have_their_short_names(site: FlaskClient) -> None:
    section = _sections(_get(site, "/session/clcm/12.html"))["flow"]
    names = ["".join(item.itertext()) for item in _drawing(section).iter(f"{SVG}text")]
    assert "1st meeting" in names and not [name for name in names if "12th session" in name]


def test_a_long_name_is_cut_between_words_and_nothing_of_it_is_lost_where_it_fits() -> None:
    cut = label(Cell("take note with appreciation"), BESIDE)
    assert (cut.short, cut.short + cut.rest) == ("take note with", "take note with appreciation")
    long = label(Cell("x" * 200), BESIDE)
    assert (len(long.short), len(long.short + long.rest)) == (BESIDE[0], BESIDE[1] + 1)
