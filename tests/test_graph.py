"""Facts become exactly the triples of the model, with the evidence in a graph of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef

from mappings import iris
from mappings.evidence import evidence_graph, located
from mappings.extract import extract
from mappings.facts import MeetingKey
from mappings.graph import assert_graph, sorted_quads, sorted_triples
from mappings.outline import outline
from mappings.source import read
from ontology.terms import BASE, DEF, OA, REC, terms
from tests.lighthouses import FACTS, SOURCE

GOLDEN = Path(__file__).parent / "graph"
SESSION = iris.session_key(FACTS.report)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return assert_graph(FACTS)


@pytest.fixture(scope="module")
def evidence() -> Graph:
    return evidence_graph(FACTS, SOURCE)


def test_the_asserted_graph_is_the_golden_one(graph: Graph, rewrite: bool) -> None:
    golden = GOLDEN / "lighthouses.nt"
    if rewrite:
        golden.write_text(sorted_triples(graph), encoding="utf8")
    assert sorted_triples(graph) == golden.read_text(encoding="utf8")


def test_the_evidence_graph_is_the_golden_one(evidence: Graph, rewrite: bool) -> None:
    golden = GOLDEN / "lighthouses-evidence.nt"
    if rewrite:
        golden.write_text(sorted_triples(evidence), encoding="utf8")
    assert sorted_triples(evidence) == golden.read_text(encoding="utf8")


def test_the_written_lines_are_read_back_as_the_same_graph(graph: Graph) -> None:
    assert set(Graph().parse(data=sorted_triples(graph), format="nt")) == set(graph)


def test_quotes_backslashes_and_line_breaks_survive_writing() -> None:
    graph = Graph().add((iris.report(SESSION), REC.text, Literal('a "b" \\n\nc\r\t\u0007 ħ')))
    assert set(Graph().parse(data=sorted_triples(graph), format="nt")) == set(graph)


def test_every_quad_names_the_graph(graph: Graph) -> None:
    quads = sorted_quads(graph, f"{BASE}graph/x").splitlines()
    assert len(quads) == len(graph) and all(quad.endswith(f" <{BASE}graph/x> .") for quad in quads)


def test_every_described_thing_has_a_label(graph: Graph) -> None:
    assert set(graph.subjects(RDF.type)) == set(graph.subjects(RDFS.label))


def test_no_node_is_blank(graph: Graph, evidence: Graph) -> None:
    assert all(isinstance(node, URIRef | Literal) for triple in (*graph, *evidence) for node in triple)


def test_no_term_is_outside_the_vocabulary(graph: Graph) -> None:
    used = {term for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(DEF)}
    assert used <= set(terms(REC).values())


def test_inverses_and_direct_properties_are_left_to_the_closure(graph: Graph) -> None:
    inferred = {REC.hasClause, REC.hasCitation, REC.cites, REC.recalls, REC.sponsoredBy, REC.resultOf, REC.hasMeeting}
    assert not inferred & set(graph.predicates())


def test_a_session_has_its_meetings_and_comes_before_the_one_that_it_plans(graph: Graph) -> None:
    session, following = (URIRef(f"{BASE}session/clcm/{number}") for number in (13, 14))
    assert set(graph.subjects(REC.meetingOf, session)) == set(graph.subjects(RDF.type, REC.Meeting)) != set()
    assert list(graph.subject_objects(REC.previousSession)) == [(following, session)]


def test_a_direct_citation_has_the_property_of_its_verb(graph: Graph) -> None:
    recalled = iris.document("E/CN.99/RES/12/4")
    assert [p for p in graph.predicates(None, recalled) if p != REC.publishedAs] == [REC.recalledWork]


def test_a_citation_in_a_footnote_has_no_property_of_a_verb(graph: Graph) -> None:
    citation = iris.citation(SESSION, FACTS.citations[1].place, FACTS.citations[1].cited)
    assert graph.value(citation, REC.citedWork) == iris.document("E/CN.99/2023/4")


def test_a_cited_document_points_to_its_undocs_address(graph: Graph) -> None:
    address = graph.value(iris.document("A/RES/68/1"), RDFS.seeAlso)
    assert address == URIRef("https://undocs.org/A/RES/68/1")


def test_a_revised_draft_names_the_draft_that_it_replaces(graph: Graph) -> None:
    revised = iris.document("E/CN.99/2023/L.2/Rev.1")
    assert graph.value(revised, REC.revisionOf) == iris.document("E/CN.99/2023/L.2")


def test_the_label_of_a_sponsorship_says_in_whose_name_it_is(graph: Graph) -> None:
    label = graph.value(URIRef(f"{BASE}sponsorship/clcm/13/1/FRA"), RDFS.label)
    assert label == Literal("France (on behalf of the European Union) sponsors E/CN.99/2023/L.2/Rev.1", lang="en")


def test_the_label_of_a_clause_names_its_text_and_number(graph: Graph) -> None:
    label = graph.value(URIRef(f"{BASE}text/clcm/13/resolution/1/operative/1"), RDFS.label)
    assert label == Literal("Resolution 13/1, operative paragraph 1", lang="en")


def test_a_state_of_the_vocabulary_is_not_described_again(graph: Graph) -> None:
    assert (URIRef(f"{BASE}state/FRA"), RDFS.label, None) not in graph


def test_an_unknown_instrument_gets_a_typed_stub(graph: Graph) -> None:
    assert (URIRef(f"{BASE}instrument/charter-of-oil-lamps"), RDF.type, REC.Instrument) in graph


def test_two_drafts_of_one_sponsor_in_a_paragraph_are_two_sponsorships(graph: Graph) -> None:
    assert (URIRef(f"{BASE}sponsorship/clcm/13/1/MLT/2"), RDF.type, REC.Sponsorship) in graph


def test_the_order_of_facts_of_another_place_changes_no_citation_iri(graph: Graph) -> None:
    fewer = assert_graph(replace(FACTS, citations=FACTS.citations[1:]))
    assert set(fewer.subjects(RDF.type, REC.Citation)) < set(graph.subjects(RDF.type, REC.Citation))


def test_every_fact_but_derived_ones_has_evidence(graph: Graph) -> None:
    derived = {REC.Session, REC.Body, REC.Document, REC.Instrument, REC.Post, REC.Person, REC.Delegation, REC.Coverage}
    derived |= {REC.ListItem, REC.ActorClass, REC.Group, REC.Organization}
    described = {s for s, kind in graph.subject_objects(RDF.type) if kind not in derived}
    unlisted = {iris.agenda_item(SESSION, 13, "adopted", "7"), iris.report(SESSION) + "/summary"}
    assert described - unlisted == {fact for fact, _ in located(FACTS)}


def test_a_quote_is_exactly_the_words_between_the_offsets(evidence: Graph) -> None:
    for selector in evidence.subjects(RDF.type, OA.TextPositionSelector):
        start, end = (int(str(evidence.value(selector, p))) for p in (OA.start, OA.end))
        quote = evidence.value(URIRef(str(selector).removesuffix("position") + "quote"), OA.exact)
        assert str(quote) == SOURCE.text[start:end]


def test_a_text_without_number_or_meeting_gets_no_empty_literal(graph: Graph) -> None:
    assert Literal("") not in set(graph.objects())


def test_a_text_is_linked_to_the_act_that_it_came_out_of(graph: Graph) -> None:
    assert (URIRef(f"{BASE}act/clcm/13/1/1"), REC.result, URIRef(f"{BASE}text/clcm/13/draft-resolution/ga/2")) in graph


@pytest.mark.parametrize("name", ["ccpcj-31.txt", "ccpcj-33.txt"])
def test_no_two_facts_of_a_real_report_share_an_iri(shared: Path, name: str) -> None:
    source = read(shared / "reports" / name)
    facts = [fact for fact, _ in located(extract(source, outline(source)))]
    assert len(facts) == len(set(facts))


@pytest.mark.parametrize("name", ["ccpcj-31.txt", "ccpcj-33.txt"])
def test_every_fact_of_a_real_report_is_described(shared: Path, name: str) -> None:
    source = read(shared / "reports" / name)
    facts = extract(source, outline(source))
    assert {fact for fact, _ in located(facts)} <= set(assert_graph(facts).subjects(RDF.type))


def test_a_person_printed_in_two_ways_has_the_name_that_is_read_first() -> None:
    chair = FACTS.officers[0]
    twice = replace(FACTS, officers=(chair, replace(chair, person="Ġorġ  BORG")))
    labels = set(assert_graph(twice).objects(URIRef(f"{BASE}person/ġorġ-borg"), RDFS.label))
    assert labels == {Literal("Ġorġ Borg", lang="en")}


def test_an_agenda_that_is_printed_twice_is_described_once() -> None:
    item = FACTS.agenda[0]
    graph = assert_graph(replace(FACTS, agenda=(item, replace(item, title="ELECTION OF OFFICERS"))))
    assert set(graph.objects(URIRef(f"{BASE}agenda/clcm/13/1"), REC.title)) == {Literal("Election of officers")}


def test_two_counts_of_one_category_are_two_attendances() -> None:
    count = FACTS.attendance[0]
    graph = assert_graph(replace(FACTS, attendance=(count, replace(count, count=4))))
    assert len(set(graph.subjects(RDF.type, REC.Attendance))) == 2


def test_blank_nodes_are_named_by_what_is_said_of_them() -> None:
    one, other = (Graph().parse(data=f"[] <{DEF}title> '{a}', '{b}' .") for a, b in (("x", "y"), ("y", "x")))
    assert sorted_triples(one) == sorted_triples(other)


def test_two_sections_of_one_title_in_a_chapter_are_one() -> None:
    section = FACTS.sections[0]
    graph = assert_graph(replace(FACTS, sections=(section, replace(section, order=2))))
    assert set(graph.objects(iris.section(SESSION, "I", "A"), REC.order)) == {Literal(1)}


def test_an_organ_printed_in_two_ways_has_the_name_that_is_read_first() -> None:
    key = MeetingKey("lamp-group", 1)
    meeting = replace(FACTS.meetings[1], key=key, organ="Lamp Group")
    again = replace(meeting, key=replace(key, number=2), organ="lamp group")
    graph = assert_graph(replace(FACTS, meetings=(meeting, again)))
    assert set(graph.objects(URIRef(f"{BASE}body/clcm/lamp-group"), RDFS.label)) == {Literal("Lamp Group", lang="en")}
