"""Every rule takes its examples and leaves its counter-examples."""

from __future__ import annotations

from importlib.resources import files

import pytest

from mappings.formulae import Formula, formulae

RULES = [
    pytest.param(formula, id=f"{entry.name}:{formula.name}")
    for entry in sorted((files("mappings") / "rules").iterdir(), key=lambda entry: entry.name)
    if entry.name.endswith(".toml")
    for formula in formulae(entry.name.removesuffix(".toml"))
]


@pytest.mark.parametrize("formula", RULES)
def test_rule_takes_its_examples_and_leaves_its_counter_examples(formula: Formula) -> None:
    assert formula.examples, "a rule without an example"
    for example in formula.examples:
        assert formula.pattern.search(example), example
    for counter_example in formula.counter_examples:
        assert not formula.pattern.search(counter_example), counter_example
