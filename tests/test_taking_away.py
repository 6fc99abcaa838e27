"""Library records, graph files and workbooks, read by the libraries that their users have."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import networkx
import openpyxl
import pymarc
import pytest
from flask.testing import FlaskClient

RESOLUTION = "/text/clcm/12/resolution/1"
TITLE = "Lighthouses without keepers"
MODS = "{http://www.loc.gov/mods/v3}"
DC = "{http://purl.org/dc/elements/1.1/}"


def test_a_text_is_a_marc_record_with_its_symbol_and_addresses(site: FlaskClient) -> None:
    (record,) = pymarc.MARCReader(site.get(f"{RESOLUTION}.mrc").data)
    assert record is not None and record.title == TITLE
    assert record["856"]["u"] == f"http://localhost:8000{RESOLUTION}"
    assert record["110"]["a"] == "Commission on Lighthouses and Coastal Memory"


def test_marcxml_says_the_same_as_marc_21(site: FlaskClient) -> None:
    (binary,) = pymarc.MARCReader(site.get(f"{RESOLUTION}.mrc").data)
    (xml,) = pymarc.parse_xml_to_array(io.BytesIO(site.get(f"{RESOLUTION}.marcxml").data))
    assert binary is not None
    assert xml.as_dict()["fields"] == binary.as_dict()["fields"]


def test_a_session_is_the_records_of_its_texts_and_report(site: FlaskClient) -> None:
    titles = [record.title for record in pymarc.MARCReader(site.get("/session/clcm/12.mrc").data) if record]
    assert len(titles) == 7 and TITLE in titles and "Report on the twelfth session" in titles


def test_mods_and_dublin_core_name_the_work_once_with_its_address(site: FlaskClient) -> None:
    mods = ElementTree.fromstring(site.get(f"{RESOLUTION}.mods").data)
    assert [one.text for one in mods.iter(f"{MODS}title")] == [TITLE]
    dublin_core = ElementTree.fromstring(site.get(f"{RESOLUTION}.dc").data)
    assert [one.text for one in dublin_core.iter(f"{DC}title")] == [TITLE]
    assert f"http://localhost:8000{RESOLUTION}" in [one.text for one in dublin_core.iter(f"{DC}identifier")]


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("application/marcxml+xml", "marcxml"),
        ("application/marc", "mrc"),
        ("application/mods+xml", "mods"),
    ],
)
def test_a_library_asks_for_them_by_accept(site: FlaskClient, accept: str, suffix: str) -> None:
    assert site.get(RESOLUTION, headers={"Accept": accept}).headers["Location"] == f"{RESOLUTION}.{suffix}"


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_no_two_texts_are_one_node_and_every_citation_is_an_edge(site: FlaskClient, form: str) -> None:
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[form]
    graph = read(io.BytesIO(site.get(f"/networks/citations.{form}").data))
    query = """PREFIX rec: <http://localhost:8000/def/>
      SELECT (COUNT(?citation) AS ?edges) (COUNT(DISTINCT ?text) AS ?texts) { ?citation rec:citingText ?text }"""
    answer = site.get("/sparql", query_string={"query": query}, headers={"Accept": "application/json"}).json
    (row,) = answer["results"]["bindings"]
    assert graph.number_of_edges() == int(row["edges"]["value"])
    texts = [node for node in graph if graph.out_degree(node)]
    assert len(texts) == int(row["texts"]["value"])
    assert all(node.startswith("http://localhost:8000/") for node in graph)
    assert graph.nodes[f"http://localhost:8000{RESOLUTION}"]["label"] == f"Resolution 12/1: {TITLE}"


def test_who_sponsors_with_whom_is_weighed_by_drafts(site: FlaskClient) -> None:
    graph = networkx.read_graphml(io.BytesIO(site.get("/networks/sponsors.graphml").data))
    fiji, spain = (f"http://localhost:8000/state/{code}" for code in ("FJI", "ESP"))
    assert graph[fiji][spain]["weight"] >= 1 and graph.nodes[fiji]["label"] == "Fiji"
    assert site.get("/networks/nothing.graphml").status_code == 404


def test_a_question_is_a_workbook_with_numbers_and_no_formulas(site: FlaskClient) -> None:
    answer = site.get("/questions/sponsors.xlsx", query_string={"session": "12"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data))["Answer"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:3] == ["session", "draft", "order"] and len(rows) > 10
    assert all(isinstance(row[0], int) and isinstance(row[2], int) for row in rows[1:])
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
