"""The facts of the two real sessions in examples/facts: they are what is read from the reports now, and no prose."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest
from rdflib import RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.closure import scheme_graph
from ontology.terms import BASE, OA, REC
from server.publishing.dumps import merged
from server.publishing.facts_only import EVIDENCE, facts_files, read_dump
from server.publishing.release import Release
from server.questions import question, questions
from server.table import ask
from tests.published import served

FACTS = Path(__file__).parents[1] / "examples" / "facts"
OF_OFFICIAL_TEXTS = {"votes", "subjects", "expressions", "added"}  # which neither release holds
OF_CORRECTIONS = {"corrections"}  # of which neither has any
OF_WORDS = {"similar"}  # which compares words that the facts alone do not have
PROSE = {
    "residue": "words", "mandates": "qualifier", "views": "text", "footnotes": "text", "paragraphs": "text",
    "evidence": "quote",
}  # fmt: skip
RUN = 12  # words in a row that a report has and no fact may have
WORD = re.compile(r"\w+(?:[-/.]\w+)*")  # a symbol is one word
TITLES = (REC.title, REC.citedTitle, REC.topic)
NAMES = (REC.speaker, REC.office, REC.bodyName, REC.addresseePhrase, SKOS.prefLabel, SKOS.altLabel)
NAMED = ("body/", "organization/", "group/", "state/", "person/", "addressee/", "instrument/", "post/")


@pytest.fixture(scope="module")
def full(real_data: Path) -> Release:
    return served(real_data)


@pytest.fixture(scope="module")
def bare(facts_data: Path) -> Release:
    return served(facts_data)


@pytest.fixture(scope="module")
def facts() -> Graph:
    return merged(read_dump(path) for path in FACTS.iterdir() if path.suffix != ".md")


def test_the_facts_in_the_repository_are_those_that_are_read_from_the_reports(full: Release) -> None:
    files = dict(facts_files(full))
    held = {path.name: read_dump(path) for path in sorted(FACTS.iterdir()) if path.suffix != ".md"}
    assert sorted(held) == sorted(files)
    stale = [name for name, text in files.items() if held[name] != text]
    assert not stale, (
        f"{', '.join(stale)}: what is read has changed; run `make facts`, look at the difference, commit it"
    )


def test_compressed_files_hold_no_time() -> None:
    for path in FACTS.glob(f"*{EVIDENCE}"):
        assert path.read_bytes()[4:8] == bytes(4)


@pytest.mark.parametrize("name", [entry.name for entry in questions()])
def test_a_question_has_the_answer_that_the_whole_reports_give_without_the_prose(
    name: str, full: Release, bare: Release
) -> None:
    entry = question(name)
    assert entry is not None
    whole, answer = ask(full.store, entry.sparql), ask(bare.store, entry.sparql)
    assert answer.columns == whole.columns
    if name in OF_WORDS:
        assert whole.rows and not answer.rows
        return
    left_out = whole.columns.index(PROSE[name]) if name in PROSE else None
    expected = [tuple("" if at == left_out else cell for at, cell in enumerate(row)) for row in whole.rows]
    assert [tuple(cell or "" for cell in row) for row in answer.rows] == [
        tuple(cell or "" for cell in row) for row in expected
    ]
    assert bool(answer.rows) is (name not in OF_OFFICIAL_TEXTS | OF_CORRECTIONS)


def test_the_links_between_the_sessions_are_those_of_the_whole_reports(full: Release, bare: Release) -> None:
    for path in ("links/asserted.nq", "links/inferred.nq", "links/evidence.nq"):
        assert bare.dump(path).read_text(encoding="utf-8") == full.dump(path).read_text(encoding="utf-8")


def test_no_fact_repeats_a_sentence_of_a_report(shared: Path, facts: Graph) -> None:
    reports = sorted((shared / "reports").glob("ccpcj-*.txt"))
    said = {run for report in reports for run in runs(report.read_text(encoding="utf-8"))}
    printed = {str(value) for part in (*TITLES, *NAMES) for value in facts.objects(None, part)}
    names = sorted({*printed, *_names(facts), *_names(scheme_graph())}, key=len, reverse=True)
    names = [name for name in names if len(name.split()) > 3]
    repeated = {value for value in _other_words(facts) if said & runs(value) and said & runs(_without(value, names))}
    assert repeated == set()


def runs(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def _names(graph: Graph) -> set[str]:
    """The names of actors, instruments and posts; those of posts without the session, which is no part of the name."""
    labels = (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    return {
        str(name).rpartition(", ")[0] if "/post/" in str(thing) else str(name)
        for label in labels
        for thing, name in graph.subject_objects(label)
        if str(thing).removeprefix(BASE).startswith(NAMED)
    }


def _other_words(graph: Graph) -> set[str]:
    """All words of the facts that are no title and no name."""
    return {str(value) for _, part, value in graph if isinstance(value, Literal) and part not in (*TITLES, *NAMES)}


def _without(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, " … ") if name in text else text
    return text


def test_offsets_lie_in_the_file_that_the_checksum_names(shared: Path, facts: Graph) -> None:
    for session in (31, 33):
        report = URIRef(f"{BASE}report/ccpcj/{session}")
        text = (shared / "reports" / f"ccpcj-{session}.txt").read_bytes().decode()
        assert str(facts.value(report, REC.checksum)) == sha256(text.encode()).hexdigest()
        ends = [_end(facts, target) for target in facts.subjects(OA.hasSource, report)]
        assert len(ends) > 1000 and min(ends) > 0 and max(ends) <= len(text)


def _end(facts: Graph, target: Node) -> int:
    (selector,) = facts.objects(target, OA.hasSelector)
    return int(str(facts.value(selector, OA.end)))


def test_the_release_tells_the_source_of_its_facts(bare: Release) -> None:
    records = [report.record for report in bare.manifest.reports]
    assert [(record["session"], record["source"], record["factsOnly"]) for record in records] == [
        (31, "ccpcj-31.txt", True),
        (33, "ccpcj-33.txt", True),
    ]
