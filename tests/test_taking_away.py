"""Library records, graph files and workbooks, read by the libraries that their users have."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import networkx
import openpyxl
import pandas
import pymarc
import pytest
from csvw import TableGroup
from flask.testing import FlaskClient
from pyarrow import parquet

from server.questions import questions

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


@pytest.mark.parametrize("name", ["citations", "sponsors"])
def test_the_adjacency_matrix_is_the_graph(site: FlaskClient, name: str) -> None:
    matrix = pandas.read_csv(io.BytesIO(site.get(f"/networks/{name}.csv").data), index_col=0)
    graph = networkx.read_graphml(io.BytesIO(site.get(f"/networks/{name}.graphml").data))
    assert list(matrix.index) == list(matrix.columns) == list(graph)
    made = networkx.from_pandas_adjacency(
        matrix, create_using=networkx.DiGraph if name == "citations" else networkx.Graph
    )
    assert {frozenset(edge[:2]) for edge in made.edges} == {frozenset(edge[:2]) for edge in graph.edges}
    edges = sum(told.get("weight", 1) for *_, told in graph.edges(data=True))
    assert matrix.to_numpy().sum() == edges * (1 if graph.is_directed() else 2)


def test_a_matrix_that_is_too_large_is_refused(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.doors.graphs.SIDE", 3)
    assert site.get("/networks/sponsors.csv?anew").status_code == 400


@pytest.mark.parametrize(
    ("path", "accept", "leads"),
    [
        ("/networks/citations", "application/gexf+xml", "/networks/citations.gexf"),
        ("/networks/citations", "text/csv", "/networks/citations.csv"),
        ("/questions/texts?session=12", "application/vnd.apache.parquet", "/questions/texts.parquet?session=12"),
        ("/questions/texts?format=xlsx&session=12", "*/*", "/questions/texts.xlsx?session=12"),
    ],
)
def test_a_form_is_had_by_accept_and_by_format(site: FlaskClient, path: str, accept: str, leads: str) -> None:
    assert site.get(path, headers={"Accept": accept}).headers["Location"] == leads


def test_the_zip_of_all_questions_is_valid_csvw(site: FlaskClient, tmp_path: Path) -> None:
    answer = site.get("/questions.zip")
    zipfile.ZipFile(io.BytesIO(answer.data)).extractall(tmp_path)
    group = TableGroup.from_file(tmp_path / "csv-metadata.json")
    assert {table.local_name for table in group.tables} == {f"{one.name}.csv" for one in questions()}
    for table in group.tables:
        faults: list[str] = []
        rows = list(table.iterdicts(log=_Log(faults), strict=True))
        assert faults == []
        if table.local_name == "texts.csv":
            assert len(rows) > 10 and isinstance(rows[0]["operative"], int)
    assert site.get("/questions.zip").data == answer.data


class _Log:
    """What the reader of the tables finds wrong."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults

    def warning(self, message: str) -> None:
        self.faults.append(message)


def test_a_question_that_is_too_long_is_left_out_and_said(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.doors.tables.ROWS", 20)
    monkeypatch.setattr("server.doors.tables._ARCHIVES", {})
    packed = zipfile.ZipFile(io.BytesIO(site.get("/questions.zip?anew").data))
    assert "clauses.csv" not in packed.namelist()
    assert b"clauses has more than 20 rows" in packed.read("csv-metadata.json")


def test_a_question_is_parquet_with_its_types(site: FlaskClient) -> None:
    table = parquet.read_table(io.BytesIO(site.get("/questions/statements.parquet?session=12").data))
    rows = site.get("/questions/statements?session=12&format=csv", follow_redirects=True).text
    assert table.num_rows == len(pandas.read_csv(io.StringIO(rows)))
    assert str(table.schema.field("order").type) == "int64" and str(table.schema.field("rightOfReply").type) == "bool"
    assert table.schema.metadata[b"source"] == b"http://localhost:8000/questions/statements"
