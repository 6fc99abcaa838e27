"""One sentence tried alone: read where a report would print it, with its facts, its gaps and the formulae that match."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from mappings.facts import ActionFact, ClauseFact, MandateFact
from mappings.trial import OPERATIVE, PREAMBULAR, PROCEEDINGS, try_sentence
from server.cli import main

REQUEST = "Requests the Executive Director to report to the Commission at its thirteenth session on the lamps;"
ACT = "At its 3rd meeting, on 8 March 2022, the Commission adopted the draft resolution (E/CN.99/2022/L.4)."


@pytest.mark.parametrize(
    ("sentence", "place"),
    [("Mindful of the tides,", PREAMBULAR), (REQUEST, OPERATIVE), (ACT, PROCEEDINGS)],
)
def test_a_sentence_is_read_where_a_report_prints_it(sentence: str, place: str) -> None:
    assert try_sentence(sentence).place == place


def test_a_request_yields_its_clause_and_its_mandate_with_what_it_asks() -> None:
    facts = {read.table: read.fact for read in try_sentence(REQUEST).facts}
    clause, mandate = facts["clauses"], facts["mandates"]
    assert isinstance(clause, ClauseFact) and clause.verb == "request"
    assert isinstance(mandate, MandateFact) and (mandate.addressees[0].key, mandate.dues[0].session) == (
        "executive-director",
        13,
    )


def test_an_act_names_the_formula_that_read_it_among_those_that_match() -> None:
    trial = try_sentence(ACT)
    (act,) = [read for read in trial.facts if isinstance(read.fact, ActionFact)]
    assert act.words == "adopted"
    (match,) = [match for match in trial.matches if f"act: {match.groups.get('kind')}" == act.formula]
    assert (match.emits, match.groups["phrase"]) == ("act", "adopted")


def test_cues_of_one_word_are_left_out_of_what_matches() -> None:
    matches = [match for match in try_sentence(ACT).matches if match.file.startswith("formulas/")]
    assert matches and all(match.groups or " " in match.words.strip() for match in matches)


def test_a_sentence_that_nothing_reads_is_a_gap() -> None:
    trial = try_sentence("The lamps were lit.")
    assert (trial.facts, trial.gaps) == ((), (("sentences", "no rule reads this sentence"),))


def test_the_verb_prints_the_facts_and_the_formulas() -> None:
    said = CliRunner().invoke(main, ["formulas", ACT], catch_exceptions=False).output.splitlines()
    assert said[0] == "read as: paragraph of the proceedings"
    assert '    drafts: ["E/CN.99/2022/L.4"]' in said
    assert said.index("formulas that match:") < said.index("        phrase: adopted")
