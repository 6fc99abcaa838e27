"""Formulas: read from `mappings/formulas/*.toml`, checked when they are loaded, matched in the order of their file.

    [[formula]]
    label = "intergovernmental organizations"
    emits = "attendance"
    sentence = "{count:number} intergovernmental (organization|organizations)"
    set = { category = "attendance-category:intergovernmental-organizations" }
    examples = [ { text = "observers for 13 intergovernmental organizations", count = 13 } ]
    not = [ "13 non-governmental organizations" ]

`emits` names a fact type, the field of `Facts` that holds its rows; the slots of `sentence` and the names in `set` are
fields of its rows. A value in `set` with a colon is a concept of `ontology/schemes/`, and stands for its label. An
example says every field that its text yields; `not` are texts that the formula leaves. What does not exist (a fact
type, a field, a slot, a concept) is an error of loading that names file and line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_type_hints

from mappings.facts import Facts
from mappings.formulas.slots import Value, slots
from mappings.formulas.template import Template, TemplateError, compile_template
from ontology.vocabulary import load


class FormulaError(Exception):
    """A formula that cannot be used; the message names the file, the line and the reason."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the fields that the formula yields from it."""

    text: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula; `label` is for people: nothing in the program compares it."""

    file: str
    line: int
    label: str
    emits: str
    template: Template
    constants: Mapping[str, Value]
    examples: tuple[Example, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Yield:
    """What a formula yields at a place of a text: the values of the fields, by name."""

    formula: Formula
    start: int
    end: int
    fields: Mapping[str, Value]


def matches(emits: str, text: str) -> Iterator[Yield]:
    """What the formulas of a fact type yield from a text, formula after formula in the order of their files."""
    for formula in formulas():
        if formula.emits == emits:
            yield from yields(formula, text)


def yields(formula: Formula, text: str) -> Iterator[Yield]:
    """What one formula yields from a text, place after place."""
    for match in formula.template.pattern.finditer(text):
        read = {
            name: slots()[slot].value(match[name])
            for name, slot in formula.template.fields.items()
            if match[name] is not None
        }
        yield Yield(formula, match.start(), match.end(), {**formula.constants, **read})


@cache
def formulas() -> tuple[Formula, ...]:
    """All formulas, by file and in the order of each. Raises FormulaError."""
    folder = files("mappings") / "formulas"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(formula for name in names for formula in read_formulas(name, (folder / name).read_text("utf-8")))


def read_formulas(file: str, text: str) -> tuple[Formula, ...]:
    """The formulas of a file's text. Raises FormulaError."""
    try:
        tables = tomllib.loads(text).get("formula", [])
    except tomllib.TOMLDecodeError as error:
        raise FormulaError(f"{file}: {error}") from error
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[formula]]"]
    return tuple(_formula(file, line, table) for line, table in zip(lines, tables, strict=True))


def _formula(file: str, line: int, table: dict[str, Any]) -> Formula:
    try:
        emits = str(table["emits"])
        known = _row_fields(emits)
        template = compile_template(str(table["sentence"]), {name: slot.pattern for name, slot in slots().items()})
        constants = {name: _constant(value) for name, value in table.get("set", {}).items()}
        examples = tuple(
            Example(str(one["text"]), {name: value for name, value in one.items() if name != "text"})
            for one in table["examples"]
        )
    except (KeyError, TemplateError) as error:
        raise FormulaError(f"{file}:{line}: {_said(error)}") from error
    for name in (*template.fields, *constants):
        if name not in known:
            raise FormulaError(f"{file}:{line}: {emits!r} has no field {name!r}")
    return Formula(
        file,
        line,
        str(table.get("label", table["sentence"])),
        emits,
        template,
        constants,
        examples,
        tuple(map(str, table.get("not", ()))),
    )


def _row_fields(emits: str) -> frozenset[str]:
    """The fields of the rows of a table of facts. Raises KeyError where there is no such table."""
    hints = get_type_hints(Facts)
    if emits not in hints or not (arguments := get_args(hints[emits])):
        raise KeyError(f"there is no fact type {emits!r}")
    return frozenset(field.name for field in fields(arguments[0]))


def _constant(value: object) -> Value:
    """A value that a formula sets: the label of a concept, another word or number as it is."""
    if not isinstance(value, str) or ":" not in value:
        return value if isinstance(value, int) else str(value)
    prefix, _, name = value.partition(":")
    return load().concept(f"{prefix}/{name}")


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        name = str(error.args[0])
        return name if " " in name else f"{name!r} is missing"
    return str(error)
