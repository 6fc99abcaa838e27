"""Words of a report that try to leave their place: in feeds, previews, drawings, XML and the cards of other sites."""

from __future__ import annotations

import html.parser
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from flask.testing import FlaskClient
from rdflib import RDFS, Literal

from ontology.terms import REC
from server.app import create_app
from server.search.index import write_index
from server.settings import Settings
from server.xml_characters import cut, fit, fit_bytes
from tests.serving import BASE, write_release

WORDS = (
    "Lamps ]]> <script>alert(1)</script> </title></svg> \" ' & {{ 7*7 }} \u202e\u2066bidi\u2069 \u0001\u000b\u001b[31m "
    "\ufffe\uffff \U0001f5fc javascript:alert(1)"
)
TEXT = "text/clcm/99/resolution/1"
SEEN = "Lamps ]]> <script>alert(1)</script> </title></svg>"  # that it is a name, whatever is left out after it
MORE = f"""
<{BASE}graph/report/clcm/99> {{
  <{BASE}session/clcm/99> a <{REC.Session}> ; <{RDFS.label}> {Literal(WORDS).n3()} ; <{REC.ordinal}> 99 ;
    <{REC.ofBody}> <{BASE}body/clcm> .
  <{BASE}{TEXT}> a <{REC.Resolution}> ; <{RDFS.label}> {Literal(WORDS).n3()} ; <{REC.title}> {Literal(WORDS).n3()} ;
    <{REC.ofSession}> <{BASE}session/clcm/99> ; <{REC.voice}> <{BASE}body/clcm> .
  <{BASE}state/XXX> a <{REC.State}> ; <{RDFS.label}> {Literal(WORDS).n3()} .
}}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    data: Path = tmp_path_factory.mktemp("hostile")
    write_index(write_release(data, more=MORE), BASE)
    app = create_app(Settings(data=data, query_workers=1))
    yield app.test_client()
    app.extensions["current"].close()


class _Page(html.parser.HTMLParser):
    """The names of the elements of a page with their attributes, and whether a script stands in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.scripts.append(dict(attrs))
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.mark.parametrize("path", ["texts.atom", "releases.atom"])
def test_a_feed_is_well_formed_and_shows_the_words_as_words(hostile: FlaskClient, path: str) -> None:
    answer = hostile.get(f"/{path}")
    read = feedparser.parse(answer.data, response_headers={"content-type": answer.content_type})
    root = ElementTree.fromstring(answer.data)
    assert not read.bozo and root.tag.endswith("feed")
    if path == "texts.atom":
        titles = [node.text or "" for node in root.iter("{http://www.w3.org/2005/Atom}title")]
        assert any(title.startswith(SEEN) for title in titles)


@pytest.mark.parametrize(
    "path",
    [
        f"{TEXT}.html",
        "state/XXX.html",
        "session/clcm/99.html",
        f"reconcile/preview?id={BASE}{TEXT}",
        "search?q=Lamps",
        "questions/texts",
        "",
    ],
)
def test_a_page_has_no_script_and_no_handler_of_theirs(hostile: FlaskClient, path: str) -> None:
    answer = hostile.get(f"/{path}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    page = _Page(answer.text)
    assert all(script.get("src", "").startswith("/static/") for script in page.scripts if script.get("type") is None)  # type: ignore[union-attr]
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert not [value for name, value in page.attributes if name in ("href", "src") and value.startswith("javascript")]
    assert "alert(1)</script> " not in answer.text.replace("&lt;script&gt;alert(1)&lt;/script&gt; ", "")


@pytest.mark.parametrize("what", ["entity", "type", "property"])
def test_the_cards_of_other_sites_hold_words_and_no_markup(hostile: FlaskClient, what: str) -> None:
    identity = {"entity": f"{BASE}{TEXT}", "type": str(REC.Resolution), "property": str(REC.title)}[what]
    answer = hostile.get(f"/reconcile/flyout/{what}", query_string={"id": identity})
    assert answer.status_code == 200
    assert not _Page(json.loads(answer.text)["html"]).scripts


FORMS = {
    "application/rdf+xml": f"/{TEXT}.rdf",
    "application/sparql-results+xml": f"/sparql?format=xml&query=SELECT%20*%20{{%20%3C{BASE}{TEXT}%3E%20%3Fp%20%3Fo%20}}",
}


@pytest.mark.parametrize("form", FORMS)
def test_answers_in_xml_are_well_formed(hostile: FlaskClient, form: str) -> None:
    answer = hostile.get(FORMS[form])
    assert (answer.status_code, answer.mimetype) == (200, form)
    ElementTree.fromstring(answer.data)


def test_text_that_is_cut_in_a_character_is_sent_when_the_character_is_whole() -> None:
    text = "a\u0001 \ufffe é 🗼\uffff.".encode() * 3
    for size in range(1, 12):
        left, sent = b"", b""
        for start in range(0, len(text), size):
            piece = left + text[start : start + size]
            whole = cut(piece)
            sent, left = sent + fit_bytes(piece[:whole]), piece[whole:]
        assert sent + fit_bytes(left) == fit_bytes(text) == fit(text.decode()).encode()


@pytest.mark.parametrize("path", ["sitemap.xml", "sitemap/0.xml", "opensearch.xml"])
def test_lists_for_machines_are_well_formed(hostile: FlaskClient, path: str) -> None:
    ElementTree.fromstring(hostile.get(f"/{path}").data)
