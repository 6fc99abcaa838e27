"""What pages say of themselves: JSON-LD, titles, descriptions, canonical addresses, previews."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, RDFS, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.query import ResultRow

from server.app import create_app
from server.settings import Settings
from tests.serving import BASE, write_release

SCHEMA = Namespace("https://schema.org/")
REC = Namespace(f"{BASE}def/")
KINDS = {
    "text/clcm/12/resolution/1": SCHEMA.Legislation,
    "text/clcm/12/decision/1": SCHEMA.Legislation,
    "text/clcm/12/draft-resolution/ga/1": SCHEMA.CreativeWork,
    "report/clcm/12": SCHEMA.Report,
    "document/E/CN.99/2022/1": SCHEMA.CreativeWork,
    "session/clcm/12": SCHEMA.Event,
    "meeting/clcm/12/3": SCHEMA.Event,
    "state/PER": SCHEMA.Country,
    "body/clcm": SCHEMA.Organization,
    "report/clcm/12/paragraph/9": SCHEMA.CreativeWork,
    "verb/recall": SCHEMA.DefinedTerm,
    "def/Resolution": SCHEMA.DefinedTerm,
}
SERVICE = {
    "": SCHEMA.WebSite,
    "dataset": SCHEMA.Dataset,
    "dataset/report/clcm/12": SCHEMA.Dataset,
    "dumps": SCHEMA.Dataset,
    "questions": SCHEMA.WebPage,
    "questions/texts": SCHEMA.WebPage,
    "sparql": SCHEMA.WebPage,
    "search": SCHEMA.WebPage,
    "releases": SCHEMA.WebPage,
    "changes": SCHEMA.WebPage,
    "profiles": SCHEMA.WebPage,
    "validate": SCHEMA.WebPage,
}
PAGES = [*(f"{path}.html" for path in KINDS), *SERVICE]


class Head(HTMLParser):
    """What the head of a page says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.metas: list[tuple[str, str]] = []
        self.links: list[dict[str, str | None]] = []
        self.data: list[str] = []
        self.language = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._inside = "data" if (tag, found.get("type")) == ("script", "application/ld+json") else tag
        match self._inside:
            case "title":
                self.titles.append("")
            case "data":
                self.data.append("")
            case "meta":
                self.metas.append((found.get("name") or found.get("property") or "", found.get("content") or ""))
            case "link":
                self.links.append(found)
            case "html":
                self.language = found.get("lang") or ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.titles[-1] += data
        if self._inside == "data":
            self.data[-1] += data

    def said(self, name: str) -> list[str]:
        return [content for given, content in self.metas if given == name]

    def canonical(self) -> list[str | None]:
        return [link["href"] for link in self.links if link.get("rel") == "canonical"]


def head(site: FlaskClient, path: str) -> Head:
    answer = site.get(f"/{path}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return Head(answer.text)


def told(site: FlaskClient, path: str) -> Graph:
    """The one block of JSON-LD of a page, as a graph; its context is in it, so nothing is fetched."""
    [data] = head(site, path).data
    assert isinstance(json.loads(data)["@context"], dict)
    return Graph().parse(data=data, format="json-ld")


@pytest.fixture(scope="module")
def facts(site: FlaskClient) -> Dataset:
    """All that the release says."""
    dataset = Dataset(default_union=True)
    dataset.parse(data=site.get("/dumps/all.nq").data, format="nquads")
    return dataset


@pytest.mark.parametrize(("path", "kind"), KINDS.items(), ids=KINDS)
def test_the_page_of_a_thing_tells_what_it_is_in_the_words_of_schema_org_and_in_ours(
    site: FlaskClient, facts: Dataset, path: str, kind: URIRef
) -> None:
    graph, thing = told(site, f"{path}.html"), URIRef(BASE + path)
    ours = {node for node in graph.objects(thing, RDF.type) if str(node).startswith(REC)}
    assert (thing, RDF.type, kind) in graph and ours <= set(facts.objects(thing, RDF.type))
    assert str(graph.value(thing, SCHEMA.name)) in {str(label) for label in facts.objects(thing, RDFS.label)}


@pytest.mark.parametrize(("path", "kind"), SERVICE.items(), ids=lambda value: str(value) or "home")
def test_a_page_of_the_service_tells_what_it_is(site: FlaskClient, path: str, kind: URIRef) -> None:
    graph = told(site, path)
    named = BASE + ("dataset" if path == "dumps" else path)
    assert (URIRef(named), RDF.type, kind) in graph


def test_a_resolution_says_who_passed_it_when_and_where_it_is_printed(site: FlaskClient, facts: Dataset) -> None:
    path = "text/clcm/12/resolution/1"
    graph, text = told(site, f"{path}.html"), URIRef(BASE + path)
    [row] = facts.query(
        f"""SELECT (MAX(?day) AS ?last) {{ ?act <{REC.result}> <{text}> ; <{REC.date}> ?day }}""",
    )
    assert isinstance(row, ResultRow)
    assert graph.value(text, SCHEMA.legislationPassedBy) == facts.value(text, REC.voice)
    assert str(graph.value(text, SCHEMA.legislationDate)) == str(row[0])
    assert graph.value(text, SCHEMA.isPartOf) == facts.value(text, REC.partOf)
    assert graph.value(text, REC.ofSession) == facts.value(text, REC.ofSession)


@pytest.mark.parametrize(
    ("path", "said", "meant"),
    [
        ("text/clcm/12/resolution/1", SCHEMA.citation, REC.cites),
        ("text/clcm/12/draft-resolution/ga/1", SCHEMA.citation, REC.cites),
        ("text/clcm/12/draft-resolution/ga/1", SCHEMA.sponsor, REC.sponsoredBy),
        ("text/clcm/12/resolution/1", REC.recalls, REC.recalls),
        ("report/clcm/12", SCHEMA.hasPart, REC.hasText),
        ("report/clcm/12", SCHEMA.about, REC.reportsOn),
        ("session/clcm/12", SCHEMA.organizer, REC.ofBody),
        ("meeting/clcm/12/3", SCHEMA.superEvent, REC.ofSession),
        ("body/clcm", SCHEMA.parentOrganization, REC.parentBody),
    ],
)
def test_links_to_other_things_are_those_of_the_graph(
    site: FlaskClient, facts: Dataset, path: str, said: URIRef, meant: URIRef
) -> None:
    thing = URIRef(BASE + path)
    linked = set(told(site, f"{path}.html").objects(thing, said))
    assert linked and linked == set(facts.objects(thing, meant))


def test_a_state_that_sponsors_is_a_country_and_one_of_the_organizations_that_may_act(site: FlaskClient) -> None:
    graph = told(site, "text/clcm/12/draft-resolution/ga/1.html")
    states = [node for node in graph.objects(predicate=SCHEMA.sponsor) if str(node).startswith(f"{BASE}state/")]
    kinds = {SCHEMA.Country, SCHEMA.Organization}
    assert states and all(set(graph.objects(state, RDF.type)) == kinds for state in states)
    assert kinds <= set(told(site, "state/PER.html").objects(URIRef(f"{BASE}state/PER"), RDF.type))


def test_a_session_lasts_from_the_first_day_of_its_parts_to_the_last(site: FlaskClient, facts: Dataset) -> None:
    session = URIRef(f"{BASE}session/clcm/12")
    parts = list(facts.objects(session, REC.hasSessionPart))
    starts = [str(day) for part in parts for day in facts.objects(part, REC.startDate)]
    ends = [str(day) for part in parts for day in facts.objects(part, REC.endDate)]
    graph = told(site, "session/clcm/12.html")
    days = (str(graph.value(session, SCHEMA.startDate)), str(graph.value(session, SCHEMA.endDate)))
    assert days == (min(starts), max(ends))


def test_the_files_of_a_report_are_told_with_their_checksums(site: FlaskClient) -> None:
    graph = told(site, "dataset/report/clcm/12")
    sums = site.get("/dumps/SHA256SUMS").text
    files = {
        f"{graph.value(node, SCHEMA.sha256)}  {str(graph.value(node, SCHEMA.contentUrl)).removeprefix(f'{BASE}dumps/')}"
        for node in graph.objects(URIRef(f"{BASE}dataset/report/clcm/12"), SCHEMA.distribution)
        if graph.value(node, SCHEMA.sha256)
    }
    assert len(files) == 2 and files <= set(sums.splitlines())


def test_the_site_tells_how_it_is_searched(site: FlaskClient) -> None:
    graph = told(site, "")
    action = graph.value(URIRef(BASE), SCHEMA.potentialAction)
    template = str(graph.value(graph.value(action, SCHEMA.target), SCHEMA.urlTemplate))
    assert site.get("/" + template.removeprefix(BASE).format(search_term_string="lamps")).status_code == 200


def test_breadcrumbs_lead_from_the_site_to_the_page(site: FlaskClient) -> None:
    path = "text/clcm/12/resolution/1/operative/1"
    graph = told(site, f"{path}.html")
    steps = {
        int(str(graph.value(step, SCHEMA.position))): str(graph.value(step, SCHEMA.item))
        for step in graph.objects(URIRef(f"{BASE}{path}#way"), SCHEMA.itemListElement)
    }
    way = ["", "report/clcm/12", "text/clcm/12/resolution/1", path]
    assert [steps[place] for place in sorted(steps)] == [BASE + step for step in way]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_address_one_description_and_a_preview(site: FlaskClient, path: str) -> None:
    found = head(site, path)
    [canonical], [description] = found.canonical(), found.said("description")
    title = found.titles[0]  # pictures have titles as well
    assert canonical == f"{BASE}{path}" and description and title and found.language == "en"
    assert found.said("og:url") == [canonical] and found.said("og:description") == [description]
    assert found.said("og:title") == [title.removesuffix(" · Recalling")]
    assert found.said("og:type") and len(found.said("theme-color")) == 2


@pytest.mark.parametrize("path", ["questions/texts", "state/PER.html"])
def test_parameters_and_suffixes_do_not_change_the_address_of_a_page(site: FlaskClient, path: str) -> None:
    assert head(site, f"{path}?page=2&utm=x").canonical() == head(site, path).canonical()


def test_pages_of_the_service_and_of_things_have_titles_of_their_own(site: FlaskClient) -> None:
    titles = [head(site, path).titles[0] for path in PAGES]
    assert len(set(titles)) == len(titles)


def test_things_that_share_a_name_have_pages_with_different_titles_and_descriptions(
    site: FlaskClient, facts: Dataset
) -> None:
    rows = facts.query(
        f"""SELECT ?one ?other {{ ?one <{RDFS.label}> ?name . ?other <{RDFS.label}> ?name . FILTER (?one != ?other) }}
        ORDER BY ?one ?other"""
    )
    pairs = [row for row in rows if isinstance(row, ResultRow) and all(str(one).startswith(BASE) for one in row)]
    assert pairs
    for pair in pairs[:: max(len(pairs) // 20, 1)]:
        one, other = (head(site, f"{str(thing).removeprefix(BASE).rstrip('/')}.html") for thing in pair)
        assert one.titles[0] != other.titles[0] and one.said("description") != other.said("description")


def test_a_paragraph_is_described_by_its_beginning(site: FlaskClient, facts: Dataset) -> None:
    path = "text/clcm/12/resolution/1/operative/1"
    [description] = head(site, f"{path}.html").said("description")
    words = " ".join(str(facts.value(URIRef(BASE + path), REC.text)).split())
    assert f": {words[:60]}" in description and len(description) < 300


def test_the_preview_is_a_picture_of_our_own_of_the_size_that_is_told(site: FlaskClient) -> None:
    found = head(site, "")
    [address] = found.said("og:image")
    picture = site.get("/" + address.removeprefix(BASE)).data
    size = [str(number) for number in struct.unpack(">II", picture[16:24])]
    assert (picture[:8], size) == (
        b"\x89PNG\r\n\x1a\n",
        [*found.said("og:image:width"), *found.said("og:image:height")],
    )


HOSTILE = '</script><script>alert(1)</script> " & <!-- \u2028 \\'
MORE = f"""
<{BASE}graph/report/clcm/99> {{
  <{BASE}state/XXX> a <{REC.State}> ; <{RDFS.label}> {Literal(HOSTILE).n3()} .
  <{BASE}text/clcm/99/resolution/1> a <{REC.Resolution}> ; <{RDFS.label}> {Literal(HOSTILE).n3()} ;
    <{REC.title}> {Literal(HOSTILE).n3()} ;
    <{REC.cites}> {", ".join(f"<{BASE}document/A/RES/{number}/1>" for number in range(900))} .
}}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a release with names that try to leave their place."""
    data: Path = tmp_path_factory.mktemp("hostile")
    write_release(data, more=MORE)
    app = create_app(Settings(data=data, query_workers=1))
    yield app.test_client()
    app.extensions["current"].close()


@pytest.mark.parametrize("path", ["state/XXX", "text/clcm/99/resolution/1"])
def test_a_name_with_markup_stays_a_name(hostile: FlaskClient, path: str) -> None:
    page = hostile.get(f"/{path}.html").text
    graph = told(hostile, f"{path}.html")
    assert str(graph.value(URIRef(BASE + path), SCHEMA.name)) == HOSTILE
    ours = len(re.findall(r'<script src="/static/[a-z]+\.js" defer></script>', page))  # beside the data in its head
    assert page.count("<script") == 1 + ours
    assert "<!--" not in page


def test_a_text_that_cites_hundreds_of_works_tells_some_of_them(hostile: FlaskClient) -> None:
    path = "text/clcm/99/resolution/1"
    assert len(list(told(hostile, f"{path}.html").objects(URIRef(BASE + path), SCHEMA.citation))) == 50


def test_an_error_has_no_address_to_be_listed_under(site: FlaskClient) -> None:
    found = Head(site.get("/nothing", headers={"Accept": "text/html"}).text)
    assert (found.canonical(), found.data, found.said("robots")) == ([], [], ["noindex"])
