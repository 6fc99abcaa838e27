"""The closure of whole reports equals owlrl's, triple for triple. owlrl takes about half a minute for each."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from mappings.graph import assert_graph
from mappings.outline import outline
from mappings.source import read
from ontology.axioms import rules
from ontology.closure import Reasoner, core_graph
from tests.judge import judged


def asserted(report: Path) -> Graph:
    extract = pytest.importorskip("mappings.extract", reason="the facts of a report cannot be read yet")
    source = read(report)
    return assert_graph(extract.extract(source, outline(source)))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["clcm-12.txt", "clcm-13.txt"])
def test_the_closure_of_a_sample_report_is_that_of_owlrl(name: str) -> None:
    facts = asserted(Path(__file__).parents[1] / "examples" / "reports" / name)
    expected, messages = judged(core_graph(), Graph(), facts)
    assert (set(Reasoner(rules(core_graph()), Graph()).close(facts)), messages) == (expected, [])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ccpcj-31.txt", "ccpcj-33.txt"])
def test_the_closure_of_a_real_report_is_that_of_owlrl(shared: Path, name: str) -> None:
    facts = asserted(shared / "reports" / name)
    expected, messages = judged(core_graph(), Graph(), facts)
    assert (set(Reasoner(rules(core_graph()), Graph()).close(facts)), messages) == (expected, [])
