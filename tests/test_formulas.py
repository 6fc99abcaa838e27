"""Formulas that say what they yield: each yields the fields of its examples, and an error of one names its place."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mappings.formulas.formula import Formula, FormulaError, formulas, read_formulas, yields
from mappings.formulas.readings import READINGS
from mappings.formulas.template import Piece, TemplateError, compile_template
from tests.formula_reading import CASES

ALL = [pytest.param(formula, id=f"{formula.file}:{formula.label}") for formula in formulas()]
ROOT = Path(__file__).parents[1]
_CLI = "from server.cli import main; main()"
_RULE = re.compile(r'"rule": "[^"]*"')
SLOTS = {"number": Piece("[0-9]+"), "organ": Piece("Board|Commission")}


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
def test_each_field_is_stated_by_an_example_that_fails_without_its_slot(formula: Formula) -> None:
    """Examples hold all that slots capture, so that a slot that takes less or nothing makes one wrong."""
    pattern = formula.template.pattern
    for name in formula.template.fields:
        stating = [example for example in formula.examples if name in example.fields]
        assert stating, f"no example states {name}"
        cut = re.compile(pattern.pattern.replace(f"(?P<{name}>", f"(?P<{name}>(?!)"), pattern.flags)
        template = replace(formula.template, pattern=cut)
        for example in stating:
            less = [found.fields.get(name) for found in yields(replace(formula, template=template), example.text)]
            assert less != [example.fields[name]], name


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
        ("conven* it", ["convene it", "convening it"], ["convection of it"]),
        ("[also|then]* lit", ["lit", "also then lit", "Also lit"], ["unlit"]),
        ("lit [by one] [or two][,] [or more]", ["lit", "lit by one", "lit or two, or more", "lit, or more"], ["li"]),
        ("the [co-]keeper", ["the keeper", "the co-keeper"], ["thekeeper", "the co- keeper"]),
        ("(,|[,] and) lit", ["a, and lit", "a and lit", "a, lit"], ["a lit"]),
        ("^lamps$", ["Lamps", "lamps "], ["old lamps", "lamps of old"]),
        ("the Board !(of|on)", ["the Board", "the Board office"], ["the Board of Lamps", "the Board  on oil"]),
        ("report =(s of lamps)", [], ["reports of lamps"]),
        ("lamps=(, lit)", ["lamps, lit"], ["lamps lit"]),
        ("<!(according|subject) \\to", ["access to"], ["according to", "subject to", "To"]),
        ("(^|<=(and) )the lamp", ["the lamp", "oil and the lamp"], ["oil of the lamp"]),
        ("{phrase:(lit [by hand])} today", ["lit today", "lit by hand today"], ["lit by lamp today"]),
    ],
)
def test_a_template_takes_what_it_says(template: str, takes: list[str], leaves: list[str]) -> None:
    pattern = compile_template(template, SLOTS).pattern
    for text in takes:
        assert pattern.search(text), text
    for text in leaves:
        assert not pattern.search(text), text


@pytest.mark.parametrize(
    "template", ["[open", "(open", "close]", "{count:nothing}", "{count}", "{1:number}", "{a", "{a:(b", "!(a", "*"]
)
def test_a_template_that_cannot_be_read_says_why(template: str) -> None:
    with pytest.raises(TemplateError):
        compile_template(template, SLOTS)


def test_each_fact_type_is_yielded_by_a_formula_and_asked_for_by_the_program() -> None:
    emitted = {formula.emits for formula in formulas()}
    modules = [path for path in (ROOT / "mappings").rglob("*.py") if path.name != "readings.py"]
    program = "".join(path.read_text("utf-8") for path in modules)
    assert READINGS.keys() <= emitted
    assert [emits for emits in emitted if f'"{emits}"' not in program] == []


def test_a_renamed_label_changes_nothing_but_the_rule_that_evidence_names(tmp_path: Path) -> None:
    """Labels are for people: a report is read the same where every formula has another one."""
    shutil.copytree(ROOT / "mappings", tmp_path / "mappings", ignore=shutil.ignore_patterns("__pycache__"))
    for file in (tmp_path / "mappings" / "formulas").glob("*.toml"):
        file.write_text(re.sub(r'(?m)^label = "', 'label = "renamed ', file.read_text("utf-8")), "utf-8")
    report = ROOT / "examples" / "reports" / "clcm-12.txt"
    before, after = (said_by("-c", _CLI, "extract", str(report), folder=folder) for folder in (ROOT, tmp_path))
    assert before != after
    assert [_RULE.sub("", line) for line in before] == [_RULE.sub("", line) for line in after]


def test_a_formula_added_in_data_alone_changes_what_is_read(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "mappings", tmp_path / "mappings", ignore=shutil.ignore_patterns("__pycache__"))
    for case in CASES:
        with (tmp_path / "mappings" / "formulas" / f"{case['file']}.toml").open("a", encoding="utf-8") as file:
            file.write(case["formula"])
    before, after = (
        map(json.loads, said_by("-m", "tests.formula_reading", folder=folder)) for folder in (ROOT, tmp_path)
    )
    for case, without, with_it in zip(CASES, before, after, strict=True):
        assert str(case["value"]) in with_it, case["file"]
        assert str(case["value"]) not in without, case["file"]


def said_by(*arguments: str, folder: Path) -> list[str]:
    """What a program says that reads with the mappings of a folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))},
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    ).stdout.splitlines()


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
        ("count = 3 }", "counted = 3 }", "'attendance' has no field 'counted'"),
    ],
)
def test_a_formula_that_names_what_does_not_exist_is_an_error_with_file_and_line(
    right: str, wrong: str, said: str
) -> None:
    assert right in GOOD
    with pytest.raises(FormulaError, match=re.escape(f"lamps.toml:2: {said}")):
        read_formulas("lamps.toml", GOOD.replace(right, wrong))


def test_slots_of_a_file_are_pieces_of_its_templates() -> None:
    slots = '[slots]\nold = "(old|worn)"\noil = "/{:old}[a-z]+/"\n'
    (formula,) = read_formulas("lamps.toml", slots + GOOD.replace("number} lamps", "number} [{:old}] lamps"))
    assert [found.fields["count"] for found in yields(formula, "3 worn lamps and 4 lamps")] == [3, 4]
    assert formula.line == 5


@pytest.mark.parametrize(
    ("slot", "said"),
    [
        ('number = "lamps"', "there is a slot 'number' already"),
        ('old = "/{:lamp}/"', "there is no slot 'lamp'"),
        ('old = "(lamp"', "'(' is not closed"),
    ],
)
def test_a_slot_that_cannot_be_read_is_an_error_with_its_file(slot: str, said: str) -> None:
    with pytest.raises(FormulaError, match=re.escape(f"lamps.toml: {said}")):
        read_formulas("lamps.toml", f"[slots]\n{slot}\n{GOOD}")
