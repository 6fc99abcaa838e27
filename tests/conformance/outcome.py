"""What became of each test of a suite, and the exceptions that are known with their reasons."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

EXCEPTIONS = Path(__file__).with_name("exceptions.toml")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A test of a suite: whether it passed, and if not, why."""

    suite: str
    test: str
    passed: bool
    reason: str = ""


def exceptions() -> dict[str, dict[str, str]]:
    """For each suite the tests that are known to fail, each with its reason."""
    return tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))


def unexpected(outcomes: Iterable[Outcome]) -> list[str]:
    """What differs from the list of exceptions: a failure that it lacks, and an exception that passes."""
    known = exceptions()
    lines = []
    for outcome in outcomes:
        excepted = outcome.test in known.get(outcome.suite, {})
        if not outcome.passed and not excepted:
            lines.append(f"{outcome.suite}: {outcome.test} fails: {outcome.reason}")
        if outcome.passed and excepted:
            lines.append(f"{outcome.suite}: {outcome.test} passes, but exceptions.toml lists it")
    return lines


def table(outcomes: Sequence[Outcome]) -> str:
    """A line for each suite: tests, passed, failed."""
    lines = [f"{'suite':<34}{'tests':>7}{'passed':>8}{'failed':>8}"]
    for suite in dict.fromkeys(outcome.suite for outcome in outcomes):
        of_suite = [outcome for outcome in outcomes if outcome.suite == suite]
        passed = sum(outcome.passed for outcome in of_suite)
        lines.append(f"{suite:<34}{len(of_suite):>7}{passed:>8}{len(of_suite) - passed:>8}")
    return "\n".join(lines)
