"""Citations of texts, reports and documents: in words, BibTeX, RIS and CSL-JSON, read back by other programs' parsers."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape

import pytest
import rispy
from flask.testing import FlaskClient
from pybtex.database import Entry, parse_string

from server.citing.bibtex import bibtex
from server.citing.csl import csl
from server.citing.ris import ris
from server.citing.words import in_words
from server.citing.work import Named, Work
from tests.serving import BASE

RESOLUTION = "text/clcm/12/resolution/1"
CITED = (RESOLUTION, "text/clcm/12/draft-resolution/ga/1", "text/clcm/12/draft-decision/ecosoc/1")
FORMS = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl.json": "application/vnd.citationstyles.csl+json",
}
COMMISSION = Named(f"{BASE}body/cnd", "Commission on Narcotic Drugs")
WORK = Work(
    iri=f"{BASE}text/cnd/65/resolution/1",
    kind="resolution",
    title="Intensifying efforts",
    number="65/1",
    symbol="E/CN.7/RES/65/1",
    organ=COMMISSION,
    session=Named(f"{BASE}session/cnd/65", "65th session of the Commission on Narcotic Drugs"),
    date="2022-03-18",
    year="2022",
    records="",
    supplement="",
    report=Named(f"{BASE}report/cnd/65", "Report of the Commission on Narcotic Drugs on its 65th session"),
    report_symbol="E/2022/28",
    chapter="I",
    section="B",
    elsewhere="",
)
REPORT = replace(
    WORK,
    iri=f"{BASE}report/cnd/65",
    kind="report",
    title="Report on the sixty-fifth session",
    number="",
    symbol="E/2022/28",
    date="",
    records="Economic and Social Council",
    supplement="8",
    report=Named("", ""),
    report_symbol="",
    chapter="",
    section="",
)
NOTHING = Named("", "")
DOCUMENT = replace(
    REPORT, iri=f"{BASE}document/A/RES/76/181", kind="document", title="", symbol="A/RES/76/181", supplement=""
)


def entry(text: str) -> Entry:
    """The one entry of a bibliography, as pybtex reads it; it raises where BibTeX would complain."""
    [found] = parse_string(text, "bibtex").entries.values()
    return found


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (WORK, "Commission on Narcotic Drugs resolution 65/1, “Intensifying efforts”, E/2022/28, chap. I, sect. B"),
        (
            replace(WORK, kind="draft resolution", number="II"),
            "Commission on Narcotic Drugs, draft resolution II, “Intensifying efforts”, E/2022/28, chap. I, sect. B",
        ),
        (
            REPORT,
            "Commission on Narcotic Drugs, Report on the sixty-fifth session, Official Records of the Economic and "
            "Social Council, 2022, Supplement No. 8 (E/2022/28)",
        ),
        (replace(REPORT, supplement=""), "Commission on Narcotic Drugs, Report on the sixty-fifth session, E/2022/28"),
        (DOCUMENT, "A/RES/76/181"),
        (replace(DOCUMENT, title="Report of the Executive Director"), "Report of the Executive Director, A/RES/76/181"),
        (replace(WORK, organ=NOTHING, title="", chapter="", section=""), "resolution 65/1, E/2022/28"),
    ],
    ids=["resolution", "draft", "report", "report-without-supplement", "document", "titled-document", "little-known"],
)
def test_a_citation_in_words_is_in_the_manner_of_the_united_nations(work: Work, words: str) -> None:
    assert in_words(work) == words


def test_a_resolution_in_bibtex_is_read_back_whole() -> None:
    read = entry(bibtex(WORK))
    assert dict(read.fields) == {
        "title": "{Intensifying efforts}",
        "howpublished": "Resolution 65/1, E/CN.7/RES/65/1",
        "publisher": "United Nations",
        "year": "2022",
        "month": "3",
        "day": "18",
        "note": "E/2022/28, chap. I, sect. B",
        "url": f"{BASE}text/cnd/65/resolution/1",
    }
    assert [str(person) for person in read.persons["author"]] == ["{Commission on Narcotic Drugs}"]


def test_a_report_in_bibtex_is_a_technical_report() -> None:
    read = entry(bibtex(REPORT))
    assert (read.type, read.fields["number"], read.fields["institution"], read.fields["note"]) == (
        "techreport",
        "E/2022/28",
        "United Nations",
        "Official Records of the Economic and Social Council, 2022, Supplement No. 8 (E/2022/28)",
    )


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("R&D at 5% of $3 #1 a_b", r"R\&D at 5\% of \$3 \#1 a\_b"),
        ("a} , title = {b", r"a\} , title = \{b"),
        ("~ ^ \\", r"\textasciitilde{} \textasciicircum{} \textbackslash{}"),
        ("Côte d’Ivoire", "Côte d’Ivoire"),
        ('"quoted" @misc', '"quoted" @misc'),
    ],
)
def test_what_tex_would_read_as_a_command_is_escaped(printed: str, written: str) -> None:
    assert entry(bibtex(replace(WORK, title=printed))).fields["title"] == f"{{{written}}}"


@pytest.mark.parametrize("work", [WORK, REPORT, DOCUMENT], ids=lambda work: work.kind)
def test_ris_is_read_back_whole(work: Work) -> None:
    [read] = rispy.loads(ris(work))
    told = (read["title"], read["authors"], read["publisher"], read["urls"], read.get("year", ""))
    assert told == (work.name, [work.organ.name], "United Nations", [work.iri], work.year)


def test_a_line_break_in_a_title_begins_no_new_line_of_ris() -> None:
    [read] = rispy.loads(ris(replace(WORK, title="One\r\nER  - \r\nTY  - BOOK")))
    assert read["title"] == "One ER - TY - BOOK"


def test_a_resolution_in_csl_json_has_its_parts_in_the_fields_of_csl() -> None:
    assert json.loads(csl(WORK)) == [
        {
            "id": "text-cnd-65-resolution-1",
            "type": "legislation",
            "title": "Intensifying efforts",
            "author": [{"literal": "Commission on Narcotic Drugs"}],
            "authority": "Commission on Narcotic Drugs",
            "issued": {"date-parts": [[2022, 3, 18]]},
            "number": "65/1",
            "call-number": "E/CN.7/RES/65/1",
            "container-title": "Report of the Commission on Narcotic Drugs on its 65th session",
            "publisher": "United Nations",
            "section": "E/2022/28, chap. I, sect. B",
            "URL": f"{BASE}text/cnd/65/resolution/1",
            "language": "en",
        }
    ]


@pytest.mark.parametrize("path", [*CITED, "report/clcm/12", "document/E/CN.99/2022/1"])
@pytest.mark.parametrize(("suffix", "media_type"), FORMS.items())
def test_texts_reports_and_documents_are_cited_by_suffix_and_by_accept(
    site: FlaskClient, path: str, suffix: str, media_type: str
) -> None:
    redirect = site.get(f"/{path}", headers={"Accept": media_type})
    answer = site.get(redirect.headers["Location"])
    assert (redirect.status_code, redirect.headers["Location"]) == (303, f"/{path}.{suffix}")
    assert (answer.status_code, answer.mimetype) == (200, media_type) and f"{BASE}{path}" in answer.text
    assert f"filename={path.replace('/', '-')}.{suffix}" in answer.headers["Content-Disposition"].replace('"', "")


def test_all_forms_say_the_same_of_a_resolution(site: FlaskClient) -> None:
    read = entry(site.get(f"/{RESOLUTION}.bib").text)
    [record] = rispy.loads(site.get(f"/{RESOLUTION}.ris").text)
    [item] = site.get(f"/{RESOLUTION}.csl.json").get_json(force=True)
    assert read.fields["title"].strip("{}") == record["title"] == item["title"] == "Lighthouses without keepers"
    assert int(read.fields["year"]) == int(record["year"]) == item["issued"]["date-parts"][0][0]
    assert read.fields["url"] == record["urls"][0] == item["URL"] == BASE + RESOLUTION
    assert read.fields["note"] == item["section"] == "E/2022/199, chap. I, sect. C"


@pytest.mark.parametrize(
    ("symbol", "number", "words"),
    [
        ("A/RES/77/901", "77/901", "General Assembly resolution 77/901"),
        ("A/DEC/73/901%20A", "73/901 A", "General Assembly decision 73/901 A"),
    ],
)
def test_a_resolution_of_which_only_the_symbol_is_known_is_cited_by_its_number(
    site: FlaskClient, symbol: str, number: str, words: str
) -> None:
    [item] = site.get(f"/document/{symbol}.csl.json").get_json(force=True)
    assert (item["type"], item["number"]) == ("legislation", number)
    assert f'<p class="citation">{words}' in site.get(f"/document/{symbol}.html").text


def test_a_resolution_that_others_call_by_its_title_is_cited_with_it(site: FlaskClient) -> None:
    read = entry(site.get("/document/A/RES/77/902.bib").text)
    assert (read.fields["title"], read.fields["howpublished"]) == (
        "{Keeping the records of the tides}",
        "Resolution 77/902, A/RES/77/902",
    )


def test_the_page_has_the_citation_in_words_and_links_to_the_forms(site: FlaskClient) -> None:
    page = unescape(site.get(f"/{RESOLUTION}.html").text)
    words = (
        "Commission on Lighthouses and Coastal Memory resolution 12/1, “Lighthouses without keepers”, "
        "E/2022/199, chap. I, sect. C"
    )
    assert f'<p class="citation">{words}</p>' in page
    assert all(page.count(f'href="/{RESOLUTION}.{suffix}"') == 2 for suffix in FORMS)  # in the head and under "Cite"


def test_links_of_a_description_name_the_citations(site: FlaskClient) -> None:
    link = site.get(f"/{RESOLUTION}.ttl").headers["Link"]
    assert all(f'{RESOLUTION}.{suffix}>; rel="alternate"; type="{kind}"' in link for suffix, kind in FORMS.items())


def test_a_variant_of_an_address_leads_to_its_citation(site: FlaskClient) -> None:
    answer = site.get("/en/document/e/cn.99/2022/1.bib")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/document/E/CN.99/2022/1.bib")


@pytest.mark.parametrize("path", ["state/PER", "body/clcm", f"{RESOLUTION}/operative/1", "def/Resolution"])
def test_what_nobody_cites_so_has_no_citation(site: FlaskClient, path: str) -> None:
    assert site.get(f"/{path}.bib").status_code == 404
    assert site.get(f"/{path}", headers={"Accept": FORMS["bib"]}).status_code == 406
    assert 'class="citation"' not in site.get(f"/{path}.html").text


def test_a_client_that_takes_anything_still_gets_the_description(site: FlaskClient) -> None:
    located = site.get(f"/{RESOLUTION}", headers={"Accept": "application/*;q=0.5, */*;q=0.1"}).headers["Location"]
    assert located == f"/{RESOLUTION}.jsonld"
