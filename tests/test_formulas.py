"""Formulas that say what they yield: each yields the fields of its examples, and an error of one names its place."""

from __future__ import annotations

import re

import pytest

from mappings.formulas.formula import Formula, FormulaError, formulas, read_formulas, yields
from mappings.formulas.template import TemplateError, compile_template

ALL = [pytest.param(formula, id=f"{formula.file}:{formula.label}") for formula in formulas()]
SLOTS = {"number": "[0-9]+", "organ": "Board|Commission"}


@pytest.mark.parametrize("formula", ALL)
def test_a_formula_yields_the_fields_of_its_examples_and_leaves_the_rest(formula: Formula) -> None:
    assert formula.examples and formula.leaves
    for example in formula.examples:
        (found,) = yields(formula, example.text)
        assert {name: found.fields[name] for name in formula.template.fields if name in found.fields} == example.fields
        assert formula.constants.items() <= found.fields.items()
    for text in formula.leaves:
        assert list(yields(formula, text)) == [], text


@pytest.mark.parametrize("formula", ALL)
def test_an_example_fails_where_a_slot_takes_less(formula: Formula) -> None:
    """A slot that takes no more than one sign makes some example wrong: examples hold what slots capture."""
    for name, slot in formula.template.fields.items():
        cut = re.sub(rf"\(\?P<{name}>", rf"(?P<{name}>(?!\\w\\w)", formula.template.pattern.pattern)
        assert any(
            not (match := re.search(cut, example.text)) or match[name] != str(example.fields[name])
            for example in formula.examples
        ), slot


@pytest.mark.parametrize(
    ("template", "takes", "leaves"),
    [
        ("the lamps of the {:organ}", ["the lamps of the Board", "The  lamps\nof the Commission"], ["the lamps"]),
        ("[also] decided", ["decided", "also decided", "Also decided", "Decided"], ["undecided"]),
        ("decided [by vote] today", ["decided today", "decided by vote today"], ["decided by vote", "decidedtoday"]),
        ("decided [today]", ["decided", "decided today"], ["undecided"]),
        ("(one|two lamps) lit", ["one lit", "two lamps lit", "Two lamps lit"], ["two lit"]),
        ("the Board[, on Monday,] met", ["the Board met", "the Board, on Monday, met"], ["the Boardmet"]),
        ("the ... Board", ["the old Board", "the very old Board"], ["the Board", "the lamp. A Board"]),
        (r"sect\. \(a\)", ["sect. (a)"], ["sect a"]),
    ],
)
def test_a_template_takes_what_it_says(template: str, takes: list[str], leaves: list[str]) -> None:
    pattern = compile_template(template, SLOTS).pattern
    for text in takes:
        assert pattern.search(text), text
    for text in leaves:
        assert not pattern.search(text), text


@pytest.mark.parametrize("template", ["[open", "(open", "close]", "{count:nothing}", "{count}", "{1:number}"])
def test_a_template_that_cannot_be_read_says_why(template: str) -> None:
    with pytest.raises(TemplateError):
        compile_template(template, SLOTS)


GOOD = """
[[formula]]
emits = "attendance"
sentence = "{count:number} lamps"
set = { category = "attendance-category:members" }
examples = [{ text = "3 lamps", count = 3 }]
not = ["lamps"]
"""


def test_a_good_formula_is_read() -> None:
    (formula,) = read_formulas("lamps.toml", GOOD)
    assert (formula.line, formula.emits, formula.label) == (2, "attendance", "{count:number} lamps")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('emits = "attendance"', 'emits = "lamps"', "there is no fact type 'lamps'"),
        ('emits = "attendance"', "", "'emits' is missing"),
        ("count:number", "counted:number", "'attendance' has no field 'counted'"),
        ("count:number", "count:lamp", "there is no slot 'lamp'"),
        ("category = ", "kind = ", "'attendance' has no field 'kind'"),
        ("category:members", "category:lamps", "there is no concept 'attendance-category/lamps'"),
        ('number} lamps"', 'number} (lamps"', "'(' is not closed"),
    ],
)
def test_a_formula_that_names_what_does_not_exist_is_an_error_with_file_and_line(
    right: str, wrong: str, said: str
) -> None:
    assert right in GOOD
    with pytest.raises(FormulaError, match=re.escape(f"lamps.toml:2: {said}")):
        read_formulas("lamps.toml", GOOD.replace(right, wrong))
