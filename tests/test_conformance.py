"""The public suites, run by their manifests; what fails is what tests/conformance/exceptions.toml lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.__main__ import SUITES
from tests.conformance.outcome import Outcome, table, unexpected

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.slow]  # runs the public suites
WHOLE = (
    "SPARQL 1.1 Protocol",
    "SPARQL 1.1 Service Description",
    "updates refused in public",
    "Graph Store Protocol, reading",
)


@pytest.fixture(scope="module", params=sorted(SUITES))
def outcomes(request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    return list(SUITES[request.param](shared / "suites", tmp_path_factory.mktemp("suite") / request.param))


def test_suite_has_only_the_failures_that_are_listed(outcomes: list[Outcome]) -> None:
    print(table(outcomes))
    assert unexpected(outcomes) == []


def test_server_passes_whatever_the_engine_alone_passes(outcomes: list[Outcome]) -> None:
    passed = {(outcome.suite, outcome.test) for outcome in outcomes if outcome.passed}
    alone = {(suite.removesuffix(", engine alone"), test) for suite, test in passed if suite.endswith(", engine alone")}
    assert alone <= passed


def test_suites_of_the_protocols_pass_whole(outcomes: list[Outcome]) -> None:
    assert [outcome for outcome in outcomes if outcome.suite in WHOLE and not outcome.passed] == []
