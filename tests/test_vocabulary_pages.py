"""The vocabulary as documentation: a page for every class and property, counts and examples that are the endpoint's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef

from ontology.closure import core_graph
from ontology.terms import BASE, DEF, ONTOLOGY
from server.app import create_app
from server.linked_data.ontologies import installed
from server.settings import Settings
from server.vocabulary.diagram import HEIGHT, WIDTH, diagram
from server.vocabulary.ontology import PROPERTIES, Ontology, ontology_of
from server.vocabulary.shapes import holding_for, shapes_graph, shapes_of
from shapes.checks import checks
from tests.releases import named, serve_release

CORE = core_graph()
TERMS = sorted(
    str(term).removeprefix(DEF)
    for kind in (OWL.Class, *PROPERTIES)
    for term in CORE.subjects(RDF.type, kind)
    if (term, RDFS.isDefinedBy, ONTOLOGY) in CORE
)


@pytest.fixture(scope="module")
def ontology(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    return ontology_of(tmp_path_factory.mktemp("nothing-kept"), "", BASE)


@pytest.fixture(scope="module")
def counted(site: FlaskClient) -> dict[str, int]:
    """The members of each class and the statements with each property, as the endpoint counts them."""
    return {**numbers(site, "?x a ?term"), **numbers(site, "?x ?term ?y")}


def page_of(site: FlaskClient, path: str) -> str:
    answer = site.get(f"/{path}.html")
    assert (answer.status_code, answer.mimetype) == (200, "text/html"), path
    return answer.text


def queries(page: str) -> list[str]:
    """The queries that a page opens in the editor, in their order."""
    links = (urlsplit(unescape(href)) for href in re.findall(r'href="([^"]+)"', page))
    return [
        parse_qs(link.query)["query"][0]
        for link in links
        if link.path == "/sparql" and "query=" in link.query and "format=" not in link.query
    ]


def rows(site: FlaskClient, query: str) -> list[dict[str, str]]:
    """What the endpoint answers, each row the values by their names."""
    answer = site.post("/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json"})
    assert answer.status_code == 200, answer.text
    bindings = answer.get_json()["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in bindings]


def section(page: str, name: str) -> str:
    found = re.search(rf'<section[^>]* id="{name}".*?</section>', page, re.DOTALL)
    assert found, name
    return unescape(found.group())


@pytest.mark.parametrize("name", TERMS)
def test_each_class_and_property_is_defined_counted_and_shown_by_an_example_of_the_data(
    site: FlaskClient, counted: dict[str, int], name: str
) -> None:
    page = page_of(site, f"def/{name}")
    definition = str(CORE.value(URIRef(DEF + name), SKOS.definition))
    shown = int(re.findall(r'class="tally"><strong>([\d,]+)</strong>', page)[0].replace(",", ""))
    counting, showing = queries(page)[:2]
    pattern = f"?x a <{DEF}{name}>" if name[0].isupper() else f"?x <{DEF}{name}> ?y"
    example = section(page, "example")
    found = rows(site, showing)
    subjects = {row.get("example") or row["subject"] for row in found if len(row) > 1}
    assert definition in unescape(page)
    assert rows(site, counting) == [{"count": str(shown)}] == [{"count": str(counted.get(DEF + name, 0))}]
    assert len(subjects) == (1 if shown else 0)
    assert ("hold none" in example) is not bool(shown)
    for subject in subjects:
        assert rows(site, f"SELECT (COUNT(*) AS ?count) {{ {pattern} FILTER(?x = <{subject}>) }}") != [{"count": "0"}]
        assert f'href="/{subject.removeprefix(BASE)}"' in example


def test_the_overview_links_every_class_and_property_with_its_count(site: FlaskClient, counted: dict[str, int]) -> None:
    page = page_of(site, "def")
    told = re.findall(
        r'<th scope="row" role="rowheader"><a href="/def/(\w+)">.*? data-label="Count">([\d,]+)</td></tr>', page
    )
    assert {name: int(number.replace(",", "")) for name, number in told} == {
        name: counted.get(DEF + name, 0) for name in TERMS
    }


def numbers(site: FlaskClient, pattern: str) -> dict[str, int]:
    found = rows(site, f"SELECT ?term (COUNT(*) AS ?count) {{ {pattern} }} GROUP BY ?term")
    return {row["term"]: int(row["count"]) for row in found}


def test_the_overview_has_every_module_scheme_alignment_and_version(site: FlaskClient, ontology: Ontology) -> None:
    page = unescape(page_of(site, "def"))
    schemes = rows(site, f"SELECT DISTINCT ?scheme {{ ?concept <{SKOS.inScheme}> ?scheme }}")
    assert {module.iri.rpartition("/")[2] for module in ontology.modules} == set(installed()) - {
        "recalling",
        "alignments",
    }
    assert all(f'href="/def/module/{name}"' in page for name in set(installed()) - {"recalling", "alignments"})
    assert schemes and all(f'href="/{row["scheme"].removeprefix(BASE)}"' in page for row in schemes)
    assert len(ontology.alignments) > 50 and all(f'href="{found.other}"' in page for found in ontology.alignments)
    assert 'href="/def/0.1.0"' in section(page, "versions")


def test_a_module_page_counts_its_own_terms_and_no_others(site: FlaskClient) -> None:
    page = page_of(site, "def/module/session")
    assert '<a href="/def/Meeting">' in page and 'role="rowheader"><a href="/def/Work">' not in page


def test_every_class_of_the_diagram_is_a_link_and_every_line_is_in_its_table(
    site: FlaskClient, ontology: Ontology
) -> None:
    drawn, part = diagram(ontology), section(page_of(site, "def"), "diagram")
    drawing, _, table = part.partition("<details")
    joins = re.findall(r"<tr><td>", table)
    assert len(drawn.boxes) > 20 and len(joins) == len(drawn.joins) >= len(drawn.lines)
    assert all(f'<a href="/{box.term.removeprefix(BASE)}"><rect' in drawing for box in drawn.boxes)
    assert all(f'href="/{name.removeprefix(BASE)}"' in table for join in drawn.joins for name in join.properties)
    assert 'aria-label="The main classes' in drawing and 'aria-describedby="diagram-desc"' in drawing


def test_boxes_and_names_of_the_diagram_stand_on_no_others_and_within_it(ontology: Ontology) -> None:
    drawn = diagram(ontology)
    places = [(box.x, box.y) for box in drawn.boxes]
    clear = [abs(x - a) >= WIDTH or abs(y - b) >= HEIGHT for x, y in places for a, b in places if (x, y) != (a, b)]
    names = [line.at for line in drawn.lines if line.at]
    assert all(clear) and len(names) == len(set(names)) > len(drawn.lines) / 2
    assert all(0 <= x <= drawn.width - WIDTH and 0 <= y <= drawn.height - HEIGHT for x, y in places)


def test_columns_of_the_diagram_stand_farther_apart_where_more_lines_run_between_them(ontology: Ontology) -> None:
    drawn = diagram(ontology)
    lefts = sorted({box.x for box in drawn.boxes})
    column = {box.term: lefts.index(box.x) for box in drawn.boxes}
    gaps = [sorted((column[join.one], column[join.other])) for join in drawn.joins]
    lines = [gaps.count([place, place + 1]) for place in range(len(lefts) - 1)]
    apart = [after - before for before, after in pairwise(lefts)]
    assert apart.index(max(apart)) == lines.index(max(lines))
    assert max(apart) > min(apart)


def test_the_page_of_the_shapes_leads_to_each_of_them(site: FlaskClient) -> None:
    page = page_of(site, "shapes")
    contents = re.search(r'<nav class="contents".*?</nav>', page, re.DOTALL)
    assert contents
    led = re.findall(r'href="#([^"]+)"', contents[0])
    assert led == re.findall(r'<section (?:class="shape" )?id="([^"]+)"', page)


def test_every_line_of_the_diagram_joins_the_ends_of_its_properties(ontology: Ontology) -> None:
    for join in diagram(ontology).joins:
        for name in join.properties:
            ends = [set(ontology.graph.transitive_objects(end, RDFS.subClassOf)) for end in ontology.ends(name) if end]
            assert any(join.one in end for end in ends) and any(join.other in end for end in ends), name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cites", "It follows from the chain has citation, then cited work."),
        ("cites", "The same from the other side is cited by."),
        ("citingPlace", "Where it holds, so does citation in."),
        ("citingPlace", "It begins at citation."),
        ("issuedJointlyWith", "It holds both ways."),
        ("partOf", "It carries on: what it joins in steps it joins as a whole."),
        ("citedWork", "It is part of the chain has citation, then cited work, from which follows cites."),
    ],
)
def test_the_axioms_of_a_property_are_told_in_words(site: FlaskClient, name: str, words: str) -> None:
    told = re.sub(r"<[^>]+>", "", section(page_of(site, f"def/{name}"), "place"))
    assert words in told


def test_a_class_stands_below_those_above_it_and_above_those_below_it(site: FlaskClient) -> None:
    place = section(page_of(site, "def/Text"), "place")
    assert '<a href="/def/Work">work</a>' in place and '<a href="/def/Resolution">resolution</a>' in place


def test_a_class_has_the_properties_that_begin_or_end_at_it_or_above_it(site: FlaskClient) -> None:
    found = section(page_of(site, "def/Resolution"), "properties")
    assert all(f'<a href="/def/{name}">' in found for name in ("hasClause", "clauseOf", "hasSponsorship"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Act", "exactly one order: a whole number, at least 1"),
        ("Act", "exactly one method: one of “consensus”, “acclamation”"),
        ("Act", "at most one at meeting: a meeting"),
        ("Act", "each abstaining: an actor, never the same as its"),
        ("Adoption", "exactly one action phrase: text, not empty"),
        ("Section", "at least one part of: at least one of them a chapter"),
    ],
)
def test_a_class_tells_in_words_the_shapes_that_hold_for_it_and_for_those_above_it(
    site: FlaskClient, name: str, words: str
) -> None:
    assert words in section(page_of(site, f"def/{name}"), "shapes")


def test_every_shape_of_a_class_is_told_on_its_page(site: FlaskClient, ontology: Ontology) -> None:
    for term in ontology.classes:
        if holding := holding_for(ontology, BASE, term):
            told = section(page_of(site, term.removeprefix(BASE)), "shapes")
            assert all(f'href="/shapes#{shape.name}"' in told for shape in holding)


def test_every_kind_of_demand_that_the_shapes_make_is_told_in_words(ontology: Ontology) -> None:
    graph = shapes_graph(BASE)
    own = {SH.path, SH.message, SH.severity, RDF.type, SH.nodeKind}
    silent = [
        rule.name
        for shape in shapes_of(ontology, BASE)
        for rule in shape.rules
        if set(graph.predicates(URIRef(f"{BASE}shape/{rule.name}"))) - own
        and rule.words.startswith("each ")
        and ":" not in rule.words
    ]
    assert silent == []


def shape_names(ontology: Ontology) -> Iterator[str]:
    for shape in shapes_of(ontology, BASE):
        yield shape.name
    yield from (check.name for check in checks())


def test_every_shape_and_check_has_a_place_of_its_own_that_its_iri_leads_to(
    site: FlaskClient, ontology: Ontology
) -> None:
    page = page_of(site, "shapes")
    for name in shape_names(ontology):
        answer = site.get(f"/shape/{name}")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/shapes#{name}")
        assert f' id="{name}"' in page


def test_the_shapes_are_given_as_shacl_whole(site: FlaskClient) -> None:
    found = Graph().parse(data=site.get("/shapes", headers={"Accept": "text/turtle"}).data, format="turtle")
    assert len(found) == len(shapes_graph(BASE))
    assert set(found.subjects(RDF.type, SH.NodeShape)) == set(shapes_graph(BASE).subjects(RDF.type, SH.NodeShape))


@pytest.mark.parametrize("path", ["/shape/nothing", "/shapes.nothing"])
def test_there_are_no_other_shapes(site: FlaskClient, path: str) -> None:
    assert site.get(path).status_code == 404


def test_a_scheme_counts_how_often_each_concept_is_used(site: FlaskClient) -> None:
    page = page_of(site, "scheme/verbs")
    query = next(found for found in queries(page) if "?uses" in found)
    uses = {row["concept"]: row["uses"] for row in rows(site, query)}
    recall = f"{BASE}verb/recall"
    (told,) = rows(site, f'SELECT (COUNT(*) AS ?n) {{ ?x ?by <{recall}> FILTER(!STRSTARTS(STR(?by), "{SKOS}")) }}')
    assert uses[recall] == told["n"] != "0" and re.search(rf'<td class="number"[^>]*>{uses[recall]}</td>', page)


def test_a_term_of_which_the_graph_says_nothing_leads_to_the_module_that_declares_it(web: FlaskClient) -> None:
    answer = web.get("/def/Underscores")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/def/module/citation-kinds")


def test_a_release_whose_ontology_was_not_kept_still_answers(tmp_path: Path) -> None:
    serve_release(tmp_path, "a", {"report/clcm/12": named("report/clcm/12", "Report")})
    app = create_app(Settings(data=tmp_path, query_workers=1))
    statuses = [app.test_client().get(path).status_code for path in ("/def/Meeting", "/report/clcm/12.html")]
    app.extensions["current"].close()
    assert statuses == [404, 200]
