"""Official texts: the invented works of examples/official, read to facts and to a graph."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, URIRef

from mappings.official import links
from mappings.official.assertion import assert_official
from mappings.official.document import OfficialText
from mappings.official.expressions import aligned, expression_graph
from mappings.official.extract import extract_official
from mappings.official.facts import Basis, OfficialFacts
from mappings.official.reading import read_official
from mappings.source import SourceError
from ontology.closure import close
from ontology.terms import BASE, REC
from server.publishing.reading import Reading, Refusal
from server.publishing.works import read_works
from shapes.conformance import validate
from tests import official

EXAMPLES = Path(__file__).parent.parent / "examples" / "official"
LAMPS = URIRef(f"{BASE}document/A/RES/88/901")


@cache
def text(name: str) -> OfficialText:
    (found,) = read_official(EXAMPLES / name)
    return found


@cache
def facts(name: str = "88_901_E.xml") -> OfficialFacts:
    return extract_official(text(name))


@cache
def graph(name: str = "88_901_E.xml") -> Graph:
    return assert_official(facts(name))


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.xml")), ids=lambda file: file.stem)
def test_every_element_with_words_or_values_is_read(file: Path) -> None:
    for one in read_official(file):
        assert all(count.total == count.claimed for count in one.coverage)


@pytest.mark.parametrize("name", ["88_901_E.xml", "88_902B_E.xml", "decision_88_403_E.xml", "E_2033_91_E.xml"])
def test_the_graph_of_an_official_text_conforms(name: str) -> None:
    asserted = graph(name)
    outcome = validate(asserted, close(asserted))
    assert outcome.conforms, outcome.lines()


def test_the_symbol_is_that_of_the_cover_with_the_letter_apart() -> None:
    assert text("88_902B_E.xml").symbol == "A/RES/88/902 B"


def test_a_text_is_at_the_address_by_which_it_is_cited() -> None:
    assert (LAMPS, RDF.type, REC.Resolution) in graph()
    assert (LAMPS, REC.title, Literal("Lighting the lamps of the coast")) in graph()


def test_votes_stand_on_one_act_with_a_property_for_each_side() -> None:
    act = URIRef(f"{BASE}act/A/RES/88/901")
    voters = {str(state).rpartition("/")[2] for state in graph().objects(act, REC.votingInFavour)}
    assert voters == {"TCD", "TUR", "CIV", "PER"}
    assert list(graph().objects(act, REC.votingAgainst)) == [URIRef(f"{BASE}state/NRU")]
    assert (act, REC.recordedIn, URIRef(f"{BASE}document/A/88/PV.51")) in graph()


def test_a_count_that_differs_from_the_names_is_listed() -> None:
    reasons = [gap.reason for gap in facts().gaps if gap.stage == "votes"]
    assert reasons == ["2 are counted and 1 are named"]


def test_sponsors_keep_their_order_and_those_who_joined_are_told_apart() -> None:
    found = [(one.sponsor.key, one.added, one.on_behalf_of and one.on_behalf_of.key) for one in facts().sponsorships]
    assert found == [
        ("TCD", False, None),
        ("MLT", False, "eu-member-states"),
        ("PER", False, None),
        ("FJI", True, None),
        ("KOR", True, None),
    ]
    assert [gap.text for gap in facts().gaps if gap.stage == "sponsorships"] == ["Nambia"]


def test_a_proponent_in_words_is_no_sponsor() -> None:
    assert facts("88_902B_E.xml").work.submitted_by == "submitted by the Chair on the basis of informal consultations"
    assert facts("88_902B_E.xml").sponsorships == ()


def test_subjects_are_the_publishers_own_addresses() -> None:
    assert (LAMPS, DCTERMS.subject, URIRef("http://metadata.un.org/sdg/14")) in graph()
    assert (LAMPS, DCTERMS.subject, URIRef(f"{BASE}subject/unbis/lamps")) in graph()


def test_a_subject_is_named_in_words() -> None:
    goal, heading = URIRef("http://metadata.un.org/sdg/14"), URIRef("http://metadata.un.org/thesaurus/9900001")
    assert (goal, RDFS.label, Literal("SDG 14", lang="en")) in graph()
    assert (heading, RDFS.label, Literal("lighthouses", lang="en")) in graph()


def test_a_resumed_meeting_has_a_record_of_its_own() -> None:
    assert facts("88_902B_E.xml").adoption.records == ("A/88/PV.56 (Resumption 1)",)


def test_values_are_those_of_tables_made_independently(shared: Path) -> None:
    files = official.sample(official.english_files(shared), 8)
    gold = official.gold_tables(official.load_xmlgold(shared), files)
    found = official.found_tables(official.read_facts(files))
    assert [one for one in official.scores(gold, found) if one.missed or one.extra] == []


def test_a_link_and_our_reading_of_the_same_document_are_one_citation() -> None:
    known = {(one.fact.cited.key, one.basis) for one in facts().citations}
    assert ("A/RES/87/905", Basis.BOTH) in known
    assert ("A/RES/70/1", Basis.BOTH) in known


def test_sub_paragraphs_stand_under_their_paragraph() -> None:
    letters = [one.fact.key.letter for one in facts().clauses if one.fact.key.number == 2 and one.fact.key.letter]
    assert letters == ["a", "b", "b (i)"]
    assert (URIRef(f"{LAMPS}/operative/2/b/i"), REC.partOf, URIRef(f"{LAMPS}/operative/2/b")) in graph()


def test_the_section_belongs_to_the_address_where_numbers_begin_anew() -> None:
    subject = URIRef(f"{BASE}document/A/RES/88/902%20B/section/II/operative/1")
    assert (subject, REC.section, Literal("II")) in graph("88_902B_E.xml")


def test_annexes_headings_and_tables_are_passages_of_the_text() -> None:
    assert [(one.path, one.text) for one in facts().passages] == [
        ("heading/1", "Annex"),
        ("annex/1", "Lamps are lit at dusk."),
        ("row/1", "Lamp\tKeeper"),
        ("row/2", "North\tChad"),
    ]


def test_a_recommended_draft_is_a_part_of_the_text_that_quotes_it() -> None:
    draft = URIRef(f"{BASE}document/E/RES/2033/91/draft")
    known = graph("E_2033_91_E.xml")
    assert (draft, REC.recommendedTo, URIRef(f"{BASE}body/ga")) in known
    assert (URIRef(f"{draft}/operative/1"), REC.clauseOf, draft) in known


def test_a_decision_states_who_sits_in_a_body_and_until_when() -> None:
    seats = [
        (one.member.key, one.body, str(one.end)) for one in facts("decision_88_403_E.xml").memberships if one.member
    ]
    assert seats == [("TCD", "Committee on Lamps", "2036-12-31"), ("PER", "Committee on Lamps", "2035-12-31")]


def test_a_paragraph_of_another_language_is_tied_to_that_of_the_work_where_the_counts_agree() -> None:
    french = expression_graph(text("88_901_F.xml"), text("88_901_E.xml"))
    paragraph = URIRef(f"{LAMPS}/fr/operative/3")
    assert aligned(text("88_901_F.xml"), text("88_901_E.xml"))
    assert (paragraph, REC.expressionOf, URIRef(f"{LAMPS}/operative/3")) in french
    assert (URIRef(f"{LAMPS}/fr"), REC.titleInLanguage, Literal("Éclairage des lampes de la côte", lang="fr")) in french


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "not allowed"),
        ("<akomaNtoso><statement></akomaNtoso>", "not well-formed"),
        ("<html/>", "no Akoma Ntoso"),
    ],
)
def test_what_is_no_safe_official_text_is_refused_with_its_reason(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "text.xml").write_text(content)
    with pytest.raises(SourceError, match=reason):
        read_official(tmp_path / "text.xml")


@pytest.mark.parametrize(
    ("address", "near", "symbols"),
    [
        ("https://undocs.org/en/A/RES/57/270b", "", ("A/RES/57/270 B",)),
        ("https://docs.un.org/sp/A/RES/217(III)", "217 A (III)", ("A/RES/217 A (III)",)),
        ("https://undocs.org/A/RES/47/84a-c", "", ("A/RES/47/84 A", "A/RES/47/84 B", "A/RES/47/84 C")),
        ("https://undocs.org/a/hrc/res/17/4", "", ("A/HRC/RES/17/4",)),
        ("https://undocs.org/A/75/6(Sect.3)/add.1", "", ("A/75/6 (Sect.3)/Add.1",)),
        ("https://example.org/A/RES/1/1", "", ()),
    ],
)
def test_a_link_names_the_symbols_of_its_address(address: str, near: str, symbols: tuple[str, ...]) -> None:
    assert links.symbols(address, near) == symbols


def test_a_work_is_one_part_in_all_its_languages_and_what_is_left_aside_is_listed(tmp_path: Path) -> None:
    (tmp_path / "cut.xml").write_text("<akomaNtoso>")
    files = [tmp_path / "cut.xml", *(EXAMPLES / f"88_901_{name}.xml" for name in ("E_reissue", "F", "E"))]
    refused, read = read_works(files, lambda _: None)
    assert isinstance(refused, Refusal)
    assert isinstance(read, Reading)
    assert read.part.name.path == "document/A/RES/88/901"
    assert {"en.nq", "fr.nq"} <= set(read.part.files)
    assert [one.gap.text for one in read.gaps if one.gap.stage == "files"] == ["88_901_E_reissue.xml"]
