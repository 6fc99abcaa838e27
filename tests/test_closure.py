"""The closure equals owlrl's, triple for triple, and contradictions are found."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from ontology.axioms import ContradictoryOntology, UncoveredAxiom, rules
from ontology.closure import Inconsistent, Reasoner, close, core_graph, ontology_graph, scheme_graph
from ontology.terms import BASE, REC, terms
from tests.judge import judged

PREFIXES = f"""
@prefix : <{BASE}> . @prefix rec: <{BASE}def/> . @prefix owl: <{OWL}> . @prefix rdf: <{RDF}> . @prefix rdfs: <{RDFS}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

REPORT = """
:report a rec:Report ; rec:reportsOn :session2 ; rec:hasChapter :chapter ; rec:hasText :text ; rec:hasParagraph :paragraph .
:session2 rec:previousSession :session1 ; rec:hasMeeting :meeting .
:section rec:partOf :chapter . :paragraph rec:partOf :section .
:text a rec:DraftResolution ; rec:hasClause :clause ; rec:voice :ga ; rec:title "Care of lighthouses" ; rec:continues :older . :older rec:continues :oldest .
:clause a rec:OperativeParagraph ; rec:addressee :states ; rec:order 3 ; rec:verb :verb .
:sub a rec:SubParagraph ; rec:partOf :clause ; rec:clauseOf :text .
:note rec:noteTo :clause ; rec:mark "4" .
:citation rec:citingPlace :clause ; rec:citingText :text ; rec:notedWithAppreciationWork :work ; rec:identifiedBy :note .
:mention rec:citingPlace :paragraph ; rec:citedWork :work .
:act a rec:Recommendation ; rec:result :text ; rec:actsOnDraft :draft ; rec:atMeeting :meeting .
:draft rec:issuedJointlyWith :twin ; rec:revisionOf :first .
:signature rec:sponsoredText :text ; rec:sponsoredDraft :draft ; rec:sponsor :utopia ; rec:onBehalfOf :group .
:utopia a rec:State . :group a rec:Group . :utopia rec:memberOf :group .
:strong rec:strongerThan :middle . :middle rec:strongerThan :weak .
:speech rec:party :utopia ; rec:atMeeting :meeting ; rec:speaker "Minister of Lighthouses" .
:shown rec:presentedDocument :draft ; rec:ofSession :session2 .
:choice rec:toPost :chair ; rec:holder :person ; rec:designeeState :utopia .
:seat rec:delegationOf :utopia ; rec:memberSession :session2 .
:wish rec:mandatingClause :clause ; rec:mandatingText :text ; rec:addressee :office ; rec:dueSession :session3 .
:answer rec:fulfilledMandate :wish ; rec:fulfillingDocument :reply .
"""

CONSTRUCTS = """
:A rdfs:subClassOf :B . :B a owl:Class ; owl:equivalentClass :B2 . :A a owl:Class . :B2 a owl:Class ; rdfs:subClassOf :C . :C a owl:Class .
:D a owl:Class ; owl:intersectionOf ( :A :E ) . :E a owl:Class . :F a owl:Class .
:p a owl:ObjectProperty ; rdfs:subPropertyOf :q ; rdfs:domain :A . :q a owl:ObjectProperty ; rdfs:range :E ; owl:equivalentProperty :q2 .
:q2 a owl:ObjectProperty ; owl:inverseOf :r . :r a owl:ObjectProperty .
:s a owl:ObjectProperty , owl:SymmetricProperty . :t a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:subPropertyOf :u .
:u a owl:ObjectProperty ; owl:propertyChainAxiom ( :p :t ) .
:name a owl:DatatypeProperty ; rdfs:domain :F ; rdfs:subPropertyOf :label . :label a owl:DatatypeProperty .
[] a owl:Restriction ; owl:onProperty :u ; owl:someValuesFrom :E ; rdfs:subClassOf :F .
[] a owl:Restriction ; owl:onProperty :s ; owl:someValuesFrom owl:Thing ; rdfs:subClassOf :E .
:G a owl:Class ; owl:equivalentClass [ a owl:Restriction ; owl:onProperty :r ; owl:hasValue :x1 ] .
:H a owl:Class ; owl:equivalentClass [ a owl:Restriction ; owl:onProperty :name ; owl:hasValue "lamp" ] .
"""
CLASSES = [URIRef(BASE + name) for name in ("A", "B", "B2", "C", "D", "E", "F", "G", "H")]
OBJECT_PROPERTIES = [URIRef(BASE + name) for name in ("p", "q", "q2", "r", "s", "t", "u")]
DATATYPE_PROPERTIES = [URIRef(BASE + name) for name in ("name", "label")]
NODES = [URIRef(f"{BASE}x{number}") for number in range(5)]


def graph(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + turtle, format="turtle")


@pytest.fixture(scope="module")
def constructs() -> Graph:
    return graph(CONSTRUCTS)


@pytest.fixture(scope="module")
def construct_reasoner(constructs: Graph) -> Reasoner:
    return Reasoner(rules(constructs), Graph())


def random_facts(classes: list[URIRef], links: list[URIRef], names: list[URIRef]) -> st.SearchStrategy[Graph]:
    node, words = st.sampled_from(NODES), st.sampled_from([Literal("lamp"), Literal("foghorn"), Literal(7)])
    kinds = st.tuples(node, st.just(RDF.type), st.sampled_from(classes))
    triple = kinds | st.tuples(node, st.sampled_from(links), node) | st.tuples(node, st.sampled_from(names), words)

    def assembled(triples: list[tuple[URIRef, URIRef, URIRef]]) -> Graph:
        facts = Graph()
        for one in triples:
            facts.add(one)
        return facts

    return st.lists(triple, max_size=14).map(assembled)


def test_the_closure_of_a_report_in_small_is_that_of_owlrl() -> None:
    facts = graph(REPORT)
    expected, messages = judged(core_graph(), Graph(), facts)
    inferred = Reasoner(rules(core_graph()), Graph()).close(facts)
    assert (set(inferred), messages) == (expected, [])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=random_facts(CLASSES, OBJECT_PROPERTIES, DATATYPE_PROPERTIES))
def test_the_closure_of_random_facts_is_that_of_owlrl_for_every_construct(
    constructs: Graph, construct_reasoner: Reasoner, facts: Graph
) -> None:
    expected, _ = judged(constructs, Graph(), facts)
    assert set(construct_reasoner.close(facts)) == expected


@pytest.mark.slow
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_the_closure_of_random_facts_in_our_vocabulary_is_that_of_owlrl(data: st.DataObject) -> None:
    tbox = core_graph()
    properties = set(tbox.subjects(RDF.type, OWL.ObjectProperty))
    links = sorted(term for term in terms(REC).values() if term in properties)
    classes = sorted(term for term in terms(REC).values() if (term, RDF.type, OWL.Class) in tbox)
    facts = data.draw(random_facts(classes, links, [REC.title, REC.order]))
    expected, messages = judged(tbox, Graph(), facts)
    try:
        inferred = set(Reasoner(rules(tbox), Graph()).close(facts))
    except Inconsistent:
        assert messages
    else:
        assert (inferred, messages) == (expected, [])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=random_facts(CLASSES, OBJECT_PROPERTIES, DATATYPE_PROPERTIES))
def test_nothing_follows_from_what_is_closed(construct_reasoner: Reasoner, facts: Graph) -> None:
    assert not set(construct_reasoner.close(facts + construct_reasoner.close(facts)))


def test_no_inferred_triple_is_asserted_or_part_of_the_ontology() -> None:
    facts = graph(REPORT)
    assert not set(close(facts)) & (set(facts) | set(ontology_graph()))


def test_individuals_of_the_schemes_count_as_known() -> None:
    recall = URIRef(f"{BASE}verb/recall")
    facts = Graph().add((URIRef(f"{BASE}clause"), REC.verb, recall))
    assert recall not in set(close(facts).subjects())


def test_facts_and_individuals_are_joined() -> None:
    ontology = rules(graph(":t a owl:ObjectProperty , owl:TransitiveProperty ."))
    reasoner = Reasoner(ontology, graph(":b :t :c . :c :t :d ."))
    assert isomorphic(reasoner.close(graph(":a :t :b .")), graph(":a :t :c , :d ."))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (":c rec:citingText :t ; rec:recalledWork :w .", ":t rec:recalls :w"),
        (":c rec:citingPlace :p ; rec:notedWithConcernWork :w .", ":p rec:notes :w"),
        (":c rec:recalledWork :w .", ":c a rec:Recalls"),
        (":c rec:citingPlace :p ; rec:citedWork :w .", ":w rec:citedBy :p"),
        (":s rec:sponsoredText :t ; rec:sponsor :a .", ":t rec:sponsoredBy :a"),
        (":s rec:sponsoredDraft :d ; rec:sponsor :a .", ":a a rec:Sponsor"),
        (":m rec:mandatingText :t ; rec:addressee :a .", ":t rec:requests :a"),
        (":m rec:mandatingText :t ; rec:dueSession :s .", ":t rec:dueAt :s"),
        (":f rec:fulfilledMandate :m ; rec:fulfillingDocument :d .", ":m a rec:FulfilledMandate"),
        (":d rec:toPost :p ; rec:holder :a .", ":a a rec:Officer"),
        (":s rec:party :a ; rec:atMeeting :m .", ":a rec:spokeAt :m"),
        (":a rec:result :t ; rec:actsOnDraft :d .", ":t rec:fromDraft :d"),
        (":t rec:hasClause :c . :c rec:addressee :a .", ":t rec:addresses :a"),
        (":p rec:partOf :s . :s rec:partOf :c .", ":c rec:hasPart :p"),
    ],
)
def test_the_direct_property_or_class_follows_from_the_node(facts: str, expected: str) -> None:
    assert set(graph(expected + " .")) <= set(close(graph(facts)))


def test_a_participation_in_the_name_of_a_group_says_nothing_about_the_group_elsewhere() -> None:
    facts = graph(":s rec:sponsoredText :t ; rec:sponsor :a ; rec:onBehalfOf :g .")
    assert not list(close(facts).triples((URIRef(f"{BASE}t"), None, URIRef(f"{BASE}g"))))


@pytest.mark.parametrize(
    ("facts", "one", "other"),
    [
        (":x a rec:State , rec:Document .", "Actor", "Work"),
        (":x a rec:State . :c rec:recalledWork :x .", "Actor", "Work"),
        (":x a rec:Resolution , rec:Decision .", "Decision", "Resolution"),
        (":x rec:citingPlace :p . :x a rec:Footnote .", "Citation", "Passage"),
    ],
)
def test_a_node_in_two_disjoint_classes_is_named_with_both(facts: str, one: str, other: str) -> None:
    with pytest.raises(Inconsistent) as raised:
        close(graph(facts))
    found = {(str(each.node), str(each.one), str(each.other)) for each in raised.value.found}
    assert (f"{BASE}x", f"{BASE}def/{one}", f"{BASE}def/{other}") in found


def test_a_contradiction_that_we_find_is_one_that_owlrl_finds() -> None:
    facts = graph(":x a rec:State . :c rec:recalledWork :x .")
    _, messages = judged(core_graph(), Graph(), facts)
    assert any(f"{BASE}x" in message for message in messages)


def test_a_state_of_the_scheme_cannot_be_cited() -> None:
    state = next(iter(sorted(scheme_graph().subjects(RDF.type, REC.State))))
    with pytest.raises(Inconsistent, match=str(state)):
        close(Graph().add((URIRef(f"{BASE}c"), REC.recalledWork, state)))


def test_membership_in_nothing_is_a_contradiction() -> None:
    reasoner = Reasoner(rules(graph(":A a owl:Class ; rdfs:subClassOf owl:Nothing .")), Graph())
    with pytest.raises(Inconsistent):
        reasoner.close(graph(":x a :A ."))


@pytest.mark.parametrize(
    "axiom",
    [
        ":p a owl:FunctionalProperty .",
        ":p a owl:InverseFunctionalProperty .",
        ":p a owl:AsymmetricProperty .",
        ":p owl:propertyDisjointWith :q .",
        ":A owl:unionOf ( :B :C ) .",
        ":A owl:complementOf :B .",
        ":A owl:oneOf ( :b :c ) .",
        ":A owl:hasKey ( :p ) .",
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 1 ] .",
        ":p owl:propertyChainAxiom ( :q :r :s ) .",
        ":A owl:intersectionOf ( :B owl:Thing ) .",
        "[] a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom xsd:string .",
        "rdf:type rdfs:subPropertyOf :p .",
        ":p rdfs:subPropertyOf rdf:type .",
        ":a owl:sameAs :b .",
    ],
)
def test_an_axiom_that_the_rules_do_not_cover_is_refused(axiom: str) -> None:
    with pytest.raises(UncoveredAxiom):
        rules(graph(axiom))


@pytest.mark.parametrize("fact", [":a owl:sameAs :b .", ":A rdfs:subClassOf :B .", ":A a owl:Class ."])
def test_a_fact_that_defines_vocabulary_is_refused(fact: str) -> None:
    with pytest.raises(UncoveredAxiom):
        close(graph(fact))


def test_an_ontology_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ContradictoryOntology):
        rules(graph(":A a owl:Class , owl:ObjectProperty . owl:Class owl:disjointWith owl:ObjectProperty ."))
