"""The IRIs are the ones that docs/model.md promises, and no two things share one."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from rdflib import URIRef

from mappings import iris
from mappings.facts import ClauseKey, FootnoteKey, MeetingKey, ParagraphKey, Place, TextKey, Thing, ThingKind
from ontology.terms import BASE

SESSION = iris.SessionKey("ccpcj", 31)
FRANCE = Thing(ThingKind.STATE, "FRA", "France")
UNTOC = Thing(ThingKind.INSTRUMENT, "untoc", "Organized Crime Convention")
RESOLUTION = TextKey("resolution", "31/1", "ccpcj")


def _thing(kind: ThingKind, key: str) -> Thing:
    return Thing(kind, key, key)


PROMISED = [
    (iris.report(SESSION), "report/ccpcj/31"),
    (iris.chapter(SESSION, "I"), "report/ccpcj/31/chapter/1"),
    (iris.chapter(SESSION, "IX"), "report/ccpcj/31/chapter/9"),
    (iris.section(SESSION, "I", "A"), "report/ccpcj/31/chapter/1/section/A"),
    (iris.section(SESSION, "II", "general-debate"), "report/ccpcj/31/chapter/2/section/general-debate"),
    (iris.paragraph(SESSION, ParagraphKey("119")), "report/ccpcj/31/paragraph/119"),
    (iris.paragraph(SESSION, ParagraphKey("15", "a")), "report/ccpcj/31/paragraph/15/a"),
    (iris.paragraph(SESSION, ParagraphKey("summary")), "report/ccpcj/31/summary"),
    (iris.footnote(SESSION, FootnoteKey("22")), "report/ccpcj/31/footnote/22"),
    (iris.footnote(SESSION, FootnoteKey("*")), "report/ccpcj/31/footnote/asterisk"),
    (iris.footnote(SESSION, FootnoteKey("**", 2)), "report/ccpcj/31/footnote/asterisk-asterisk/2"),
    (iris.footnote(SESSION, FootnoteKey("a")), "report/ccpcj/31/footnote/a"),
    (iris.session(SESSION), "session/ccpcj/31"),
    (iris.session_part(SESSION, 1), "session/ccpcj/31/part/1"),
    (iris.meeting(SESSION, MeetingKey("ccpcj", 13)), "meeting/ccpcj/31/13"),
    (iris.meeting(SESSION, MeetingKey("extended-bureau", 3)), "meeting/ccpcj/31/extended-bureau/3"),
    (
        iris.meeting(SESSION, MeetingKey("extended-bureau", None, date(2022, 5, 17))),
        "meeting/ccpcj/31/extended-bureau/2022-05-17",
    ),
    (iris.text(SESSION, TextKey("draft resolution", "II", "ga")), "text/ccpcj/31/draft-resolution/ga/2"),
    (iris.text(SESSION, TextKey("draft resolution", "", "ecosoc")), "text/ccpcj/31/draft-resolution/ecosoc"),
    (iris.text(SESSION, TextKey("draft decision", "I", "ecosoc")), "text/ccpcj/31/draft-decision/ecosoc/1"),
    (iris.text(SESSION, RESOLUTION), "text/ccpcj/31/resolution/1"),
    (iris.text(SESSION, TextKey("decision", "31/1", "ccpcj")), "text/ccpcj/31/decision/1"),
    (iris.text(SESSION, TextKey("resolution", "2022/1", "ccpcj")), "text/ccpcj/31/resolution/2022-1"),
    (iris.clause(SESSION, ClauseKey(RESOLUTION, "operative", 7, "a")), "text/ccpcj/31/resolution/1/operative/7/a"),
    (
        iris.clause(SESSION, ClauseKey(RESOLUTION, "operative", 7, "a (ii)")),
        "text/ccpcj/31/resolution/1/operative/7/a/ii",
    ),
    (iris.clause(SESSION, ClauseKey(RESOLUTION, "agenda", 6, "a")), "text/ccpcj/31/resolution/1/agenda/6/a"),
    (iris.document("A/RES/57/270 B"), "document/A/RES/57/270%20B"),
    (iris.document("A/RES/217 A (III)"), "document/A/RES/217%20A%20(III)"),
    (iris.document("A/CONF.1/ÉTÉ"), "document/A/CONF.1/ÉTÉ"),
    (iris.thing(FRANCE), "state/FRA"),
    (iris.thing(_thing(ThingKind.TARGET, "16.2")), "target/16.2"),
    (iris.thing(_thing(ThingKind.DOCUMENT, "A/RES/217 A (III)")), "document/A/RES/217%20A%20(III)"),
    (iris.verb("recall"), "verb/recall"),
    (iris.act(SESSION, "119", 1), "act/ccpcj/31/119/1"),
    (iris.sponsorship(SESSION, "119", FRANCE), "sponsorship/ccpcj/31/119/FRA"),
    (
        iris.citation(SESSION, ClauseKey(RESOLUTION, "preambular", 4), _thing(ThingKind.DOCUMENT, "A/RES/69/314")),
        "citation/ccpcj/31/resolution/1/preambular/4/A/RES/69/314",
    ),
    (
        iris.citation(SESSION, FootnoteKey("9"), UNTOC, 2),
        "citation/ccpcj/31/footnote/9/instrument/untoc/2",
    ),
    (iris.agenda_item(SESSION, 31, "adopted", "6", "a"), "agenda/ccpcj/31/6/a"),
    (iris.graph(SESSION), "graph/report/ccpcj/31"),
    (iris.graph(SESSION, "evidence"), "graph/report/ccpcj/31/evidence"),
    (iris.evidence(iris.act(SESSION, "119", 1)), "evidence/act/ccpcj/31/119/1"),
    (iris.person("Ġorġ  Borg-Zammit"), "person/ġorġ-borg-zammit"),
]


@pytest.mark.parametrize(("made", "path"), PROMISED, ids=[path for _, path in PROMISED])
def test_an_iri_is_the_one_that_the_model_promises(made: URIRef, path: str) -> None:
    assert made == URIRef(BASE + path)


@pytest.mark.parametrize(
    ("printed", "figures"), [("I", "1"), ("IV", "4"), ("XIX", "19"), ("XLII", "42"), ("7", "7"), ("C", "c"), ("", "")]
)
def test_a_roman_ordinal_is_read_and_a_letter_is_not(printed: str, figures: str) -> None:
    assert iris.numeral(printed) == figures


@given(st.text(min_size=1))
def test_the_symbol_comes_back_from_the_iri_of_a_document(symbol: str) -> None:
    assert iris.symbol_of(iris.document(symbol)) == symbol


@given(st.text(min_size=1))
def test_the_iri_of_any_symbol_is_a_legal_iri(symbol: str) -> None:
    assert not set(iris.document(symbol)) & set(' <>"{}|^`\\?#') and str(iris.document(symbol)).isprintable()


def test_an_iri_of_something_else_has_no_symbol() -> None:
    with pytest.raises(ValueError, match="state/FRA"):
        iris.symbol_of(iris.thing(FRANCE))


numbers = st.integers(1, 400)
romans = st.sampled_from(["", "I", "II", "III", "IV", "V", "IX", "XII"])
slugs = st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", fullmatch=True)
letters = st.sampled_from(["", "a", "b", "z"])
texts = st.one_of(
    st.builds(
        TextKey, st.sampled_from(["draft resolution", "draft decision"]), romans, st.sampled_from(["ga", "ecosoc"])
    ),
    st.builds(
        TextKey, st.sampled_from(["resolution", "decision"]), st.builds("31/{}".format, numbers), st.just("ccpcj")
    ),
    st.builds(
        TextKey, st.sampled_from(["resolution", "decision"]), st.builds("2022/{}".format, numbers), st.just("ccpcj")
    ),
)
clauses = st.builds(ClauseKey, texts, st.sampled_from(["preambular", "operative", "agenda"]), numbers, letters)
paragraphs = st.builds(
    ParagraphKey, st.one_of(numbers.map(str), st.sampled_from(["cover", "note", "contents", "summary"])), letters
)
footnotes = st.builds(
    FootnoteKey, st.one_of(numbers.map(str), st.sampled_from(["*", "**", "***", "a", "b"])), st.integers(1, 3)
)
places = st.one_of(clauses, paragraphs, footnotes)
meetings = st.builds(MeetingKey, st.sampled_from(["ccpcj", "committee-of-the-whole"]), numbers)
symbols = st.builds(
    "{}/{}/{}{}".format,
    st.sampled_from(["A/RES", "E/RES", "E/CN.15", "A/CONF.234"]),
    st.integers(1, 2024),
    numbers,
    st.sampled_from(["", " A", " B", " (III)", " A (III)"]),
)
things = st.one_of(
    st.builds(_thing, st.just(ThingKind.DOCUMENT), symbols),
    st.builds(_thing, st.just(ThingKind.STATE), st.from_regex(r"[A-Z]{3}", fullmatch=True)),
    st.builds(_thing, st.sampled_from([ThingKind.INSTRUMENT, ThingKind.GROUP, ThingKind.ORGANIZATION]), slugs),
    st.builds(_thing, st.just(ThingKind.GOAL), st.integers(1, 17).map(str)),
)


@given(texts, texts)
def test_two_texts_never_share_an_iri(one: TextKey, other: TextKey) -> None:
    assert (iris.text(SESSION, one) == iris.text(SESSION, other)) == (one == other)


@given(places, places)
def test_two_places_never_share_an_iri(one: Place, other: Place) -> None:
    assert (iris.place(SESSION, one) == iris.place(SESSION, other)) == (one == other)


@given(meetings, meetings)
def test_two_meetings_never_share_an_iri(one: MeetingKey, other: MeetingKey) -> None:
    assert (iris.meeting(SESSION, one) == iris.meeting(SESSION, other)) == (one == other)


@given(things, things)
def test_two_things_never_share_an_iri(one: Thing, other: Thing) -> None:
    assert (iris.thing(one) == iris.thing(other)) == (one == other)


@given(places, things, places, things)
def test_two_citations_never_share_an_iri(at: Place, cited: Thing, other_at: Place, other: Thing) -> None:
    same = (at, cited) == (other_at, other)
    assert (iris.citation(SESSION, at, cited) == iris.citation(SESSION, other_at, other)) == same


@given(numbers, things, numbers, things)
def test_two_sponsorships_never_share_an_iri(at: int, sponsor: Thing, other_at: int, other: Thing) -> None:
    same = (at, sponsor) == (other_at, other)
    one = iris.sponsorship(SESSION, str(at), sponsor)
    assert (one == iris.sponsorship(SESSION, str(other_at), other)) == same


@given(clauses, numbers, clauses, numbers)
def test_two_mandates_never_share_an_iri(at: ClauseKey, order: int, other_at: ClauseKey, other: int) -> None:
    same = (at, order) == (other_at, other)
    assert (iris.mandate(SESSION, at, order) == iris.mandate(SESSION, other_at, other)) == same


def test_every_character_can_stand_in_an_iri_once_it_is_encoded() -> None:
    surrogates = range(0xD800, 0xE000)
    for number in (n for n in range(sys.maxunicode + 1) if n not in surrogates):
        NamedNode(f"{BASE}{iris.encode(chr(number))}")
