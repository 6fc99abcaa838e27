"""The facts of one report speak of that report, and of what it points to as far as extraction would."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import OWL, RDF, RDFS, SKOS

from ontology.terms import BASE, OA, REC
from server.cli import main
from server.publishing.facts_reading import read_facts
from server.publishing.reading import Refusal

OWN, EVIDENCE = "graph/report/clcm/12", "graph/report/clcm/12/evidence"
LINKS, LINKS_EVIDENCE = "graph/links", "graph/links/evidence"


def quad(subject: str, predicate: str, value: str, graph: str = OWN) -> str:
    """A line; subjects and graphs by their paths, values as they are written."""
    iri = subject if subject.startswith("http") else BASE + subject
    return f"<{iri}> <{predicate}> {value} <{BASE}{graph}> ."


def link(subject: str, predicate: str, value: str, own: str) -> list[str]:
    """A link with its evidence, which stands on a place of a report and on one of the report clcm/11."""
    annotation = f"evidence/{subject}/{predicate.rpartition('/')[2]}/{value}"
    statement = f"{annotation}/link"
    return [
        quad(subject, predicate, f"<{BASE}{value}>", LINKS),
        quad(statement, RDF.type, f"<{RDF.Statement}>", LINKS_EVIDENCE),
        quad(statement, RDF.subject, f"<{BASE}{subject}>", LINKS_EVIDENCE),
        quad(statement, RDF.predicate, f"<{predicate}>", LINKS_EVIDENCE),
        quad(statement, RDF.object, f"<{BASE}{value}>", LINKS_EVIDENCE),
        quad(annotation, RDF.type, f"<{OA.Annotation}>", LINKS_EVIDENCE),
        quad(annotation, OA.hasBody, f"<{BASE}{statement}>", LINKS_EVIDENCE),
        quad(annotation, OA.hasTarget, f"<{BASE}evidence/text/clcm/11/decision/1/target>", LINKS_EVIDENCE),
        quad(annotation, OA.hasTarget, f"<{BASE}evidence/{own}/target>", LINKS_EVIDENCE),
    ]


FACTS = [
    quad("report/clcm/12", RDF.type, f"<{REC.Report}>"),
    quad("report/clcm/12", REC.factsOnly, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
    quad("statement/clcm/12/4/1", REC.speaker, f"<{BASE}person/abena-lantey>"),
    quad("person/abena-lantey", RDFS.label, '"Abena Lantey"@en'),
    quad("person/abena-lantey", RDF.type, f"<{REC.Person}>"),
    quad("document/E/CN.99/2022/4", REC.symbol, '"E/CN.99/2022/4"'),
    quad("document/E/CN.99/2022/4", RDFS.label, '"E/CN.99/2022/4"@en'),
    quad("agenda/clcm/13/provisional/4", RDFS.label, '"Provisional agenda item 4"@en'),
    quad("session/clcm/13", REC.previousSession, f"<{BASE}session/clcm/12>"),
    quad("evidence/statement/clcm/12/4/1", RDF.type, f"<{OA.Annotation}>", EVIDENCE),
    *link("text/clcm/12/decision/1", str(REC.continues), "text/clcm/11/decision/1", "text/clcm/12/decision/1"),
]
REFUSED = {
    "another report": [quad("report/ccpcj/31", REC.title, '"Lamps put out"')],
    "another session's report": [quad("report/clcm/13", REC.title, '"Lamps put out"')],
    "a text of another report": [quad("text/ccpcj/31/resolution/1", REC.title, '"Lamps put out"')],
    "another report with a longer number": [quad("report/clcm/123", REC.title, '"Lamps put out"')],
    "a State": [quad("state/FRA", RDFS.label, '"Lamps put out"@en')],
    "a class of the vocabulary": [quad("def/Resolution", RDFS.label, '"Lamps put out"@en')],
    "a thing elsewhere": [quad("http://dbpedia.org/resource/France", RDFS.label, '"Lamps put out"@en')],
    "another name for a person": [quad("person/abena-lantey", SKOS.prefLabel, '"Lamps put out"@en')],
    "more of a person": [quad("person/abena-lantey", REC.title, '"Lamps put out"')],
    "a person nobody points to": [quad("person/lamp-out", RDFS.label, '"Lamp Out"@en')],
    "another title for a document": [quad("document/A/RES/77/231", RDFS.label, '"Lamps put out"@en')],
    "another label for a session": [quad("session/clcm/13", RDFS.label, '"Lamps put out"@en')],
    "a label for another commission's session": [quad("session/ccpcj/31", RDFS.label, '"Lamps put out"@en')],
    "a link in its own graph": [quad("text/clcm/12/decision/1", REC.adoptedAs, f"<{BASE}document/A/RES/77/231>")],
    "words in the graph of links": [quad("report/ccpcj/31", REC.title, '"Lamps put out"', LINKS)],
    "a link without evidence": [
        quad("text/clcm/12/decision/2", REC.continues, f"<{BASE}text/clcm/11/decision/2>", LINKS)
    ],
    "a link of two other reports": link("text/clcm/14/decision/1", str(REC.continues), "text/clcm/13/decision/1", "text/clcm/14/decision/1"),
    "a label as a link": link("text/clcm/12/decision/2", str(RDFS.label), "text/clcm/11/decision/1", "text/clcm/12/decision/2"),
    "evidence of another report": [quad("evidence/text/ccpcj/31/resolution/1", REC.rule, '"lamp"', EVIDENCE)],
}  # fmt: skip
AXIOMS = {
    "sameAs": quad("text/clcm/12/decision/1", OWL.sameAs, f"<{BASE}text/clcm/11/decision/1>"),
    "differentFrom": quad("text/clcm/12/decision/1", OWL.differentFrom, f"<{BASE}text/clcm/11/decision/1>"),
    "subClassOf": quad("text/clcm/12/decision/1", RDFS.subClassOf, f"<{REC.Decision}>"),
    "a class": quad("text/clcm/12/decision/1", RDF.type, f"<{OWL.Class}>"),
    "a property": quad("text/clcm/12/decision/1", RDF.type, f"<{OWL.SymmetricProperty}>"),
}


def written(folder: Path, lines: list[str]) -> Path:
    path = folder / "clcm-12.nq"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_what_is_the_reports_own_is_read(tmp_path: Path) -> None:
    assert not isinstance(read_facts(written(tmp_path, FACTS)), Refusal)


@pytest.mark.parametrize("lines", REFUSED.values(), ids=REFUSED)
def test_what_is_not_the_reports_to_say_is_refused_with_its_line(tmp_path: Path, lines: list[str]) -> None:
    outcome = read_facts(written(tmp_path, [*FACTS, *lines]))
    assert isinstance(outcome, Refusal)
    assert f"clcm-12.nq, line {len(FACTS) + 1}, is refused: " in outcome.reason


def test_a_line_of_the_evidence_is_told_by_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "clcm-12.evidence.nq.gz").write_bytes(
        gzip.compress(f"{REFUSED['evidence of another report'][0]}\n".encode())
    )
    outcome = read_facts(written(tmp_path, FACTS))
    assert isinstance(outcome, Refusal) and "clcm-12.evidence.nq.gz, line 1, is refused" in outcome.reason


@pytest.mark.parametrize("axiom", AXIOMS.values(), ids=AXIOMS)
def test_an_axiom_among_facts_is_a_refusal_with_its_reason(tmp_path: Path, axiom: str) -> None:
    outcome = read_facts(written(tmp_path, [*FACTS, axiom]))
    assert (
        isinstance(outcome, Refusal) and "clcm-12.nq: its facts hold what only a vocabulary may say: " in outcome.reason
    )


@pytest.mark.parametrize("left_out", [REC.total, REC.claimed])
def test_coverage_without_its_numbers_is_a_refusal(tmp_path: Path, left_out: str) -> None:
    node, one = "report/clcm/12/coverage/texts", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    lines = [quad(node, RDF.type, f"<{REC.Coverage}>"), quad(node, REC.total, one), quad(node, REC.claimed, one)]
    outcome = read_facts(written(tmp_path, [*FACTS, *(line for line in lines if f"<{left_out}>" not in line)]))
    assert isinstance(outcome, Refusal) and str(left_out) in outcome.reason


def test_the_command_line_says_what_is_refused_without_a_traceback(tmp_path: Path) -> None:
    report = written(tmp_path, [*FACTS, AXIOMS["sameAs"]])
    result = CliRunner().invoke(main, ["build", str(report), "--data", str(tmp_path / "data")])
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert "only a vocabulary may say" in result.output and "Traceback" not in result.output
