"""Formulas: read from `mappings/formulas/*.toml`, checked when they are loaded, matched in the order of their file.

    [slots]
    organization = "(organization|organizations)"

    [[formula]]
    label = "intergovernmental organizations"
    emits = "attendance"
    sentence = "{count:number} intergovernmental {:organization}"
    set = { category = "attendance-category:intergovernmental-organizations" }
    examples = [ { text = "observers for 13 intergovernmental organizations", count = 13 } ]
    not = [ "13 non-governmental organizations" ]

`emits` names a fact type: the field of `Facts` that holds its rows, or a part of facts in `mappings.formulas.readings`.
The slots of `sentence` and the names in `set` are fields of it. A value in `set` with a colon is a concept of
`ontology/schemes/`, and stands for its label. An example says every field that its text yields; `not` are texts that
the formula leaves. `any_case = true` takes capitals for small letters. `[slots]` are pieces of this file's templates,
those of `common.toml` of every file's. What does not exist (a fact type, a field, a slot, a concept) is an error of
loading that names file and line.

What a text yields is asked for by the fact type alone (`matches`, `first`): a label is for people and for evidence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_type_hints

from mappings.facts import Facts
from mappings.formulas.readings import READ_FURTHER, READINGS
from mappings.formulas.slots import Value, pieces, slots, with_own, words
from mappings.formulas.template import Piece, Template, TemplateError, compile_template
from ontology.vocabulary import load

_COMMON = "common.toml"


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
    """What a formula yields at a place of a text: the values of the fields, by name, and the places of their words.

    A field for which the text has no words is absent from both.
    """

    formula: Formula
    start: int
    end: int
    fields: Mapping[str, Value]
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def words(self, name: str) -> str:
        """The value of a field that holds words; empty where the text has none for it."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """The value of a field that holds a number."""
        value = self.fields.get(name)
        return value if isinstance(value, int) else None


def matches(emits: str, text: str, start: int = 0, end: int | None = None) -> Iterator[Yield]:
    """What the formulas of a fact type yield from a text, or from a part of it, in the order of their files."""
    for formula in _by_type(emits):
        yield from yields(formula, text, start, end)


def in_order(emits: str, text: str, start: int = 0) -> list[Yield]:
    """What the formulas of a fact type yield from a text, in the order of the text, none over the one before it.

    Where two begin at one place the formula that stands first in its file is taken.
    """
    found: list[Yield] = []
    for one in sorted(matches(emits, text, start), key=lambda one: one.start):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def first(emits: str, text: str, start: int = 0) -> Yield | None:
    """What the first formula of a fact type that matches yields at the first place where it does."""
    for formula in _by_type(emits):
        if match := formula.template.pattern.search(text, start):
            return _yield(formula, match)
    return None


def leftmost(emits: str, text: str, start: int = 0) -> Yield | None:
    """What the formulas of a fact type yield first in a text; of two at one place what the first formula does."""
    return min(matches(emits, text, start), key=lambda found: found.start, default=None)


def says(emits: str, text: str) -> bool:
    """Whether a formula of a fact type matches in a text."""
    return any(formula.template.pattern.search(text) for formula in _by_type(emits))


def yields(formula: Formula, text: str, start: int = 0, end: int | None = None) -> Iterator[Yield]:
    """What one formula yields from a text, place after place."""
    for match in formula.template.pattern.finditer(text, start, len(text) if end is None else end):
        yield _yield(formula, match)


def wording(emits: str, text: str, *, of_first: bool = False) -> Iterator[tuple[int, int]]:
    """The places of the words that the formulas of a fact type write themselves, or take into a field of the fact.

    What they pass over, and fields whose words are read further (`READ_FURTHER`), are left out. `of_first` is for a
    fact type of which the first formula that matches reads the text.
    """
    for formula in _by_type(emits):
        matching = False
        for match in formula.template.pattern.finditer(text):
            matching = True
            yield from _said_in(match)
        if matching and of_first:
            return


def _said_in(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    names = match.re.groupindex
    held = [match.span(name) for name in names if name not in READ_FURTHER]
    passed = [match.span(name) for name in names if name in READ_FURTHER]
    unnamed = [match.span(group) for group in range(1, match.re.groups + 1) if group not in names.values()]
    passed += [one for one in unnamed if not any(start <= one[0] and one[1] <= end for start, end in held)]
    at = match.start()
    for start, end in sorted(passed):
        if at < start:
            yield at, start
        at = max(at, end)  # of a group that took no part the place is -1
    if at < match.end():
        yield at, match.end()


def _yield(formula: Formula, match: Any) -> Yield:
    read: dict[str, Value] = dict(formula.constants)
    spans: dict[str, tuple[int, int]] = {}
    for name, slot in formula.template.fields.items():
        if found := match[name]:
            known = slots().get(slot)
            read[name] = known.value(found) if known else words(found)
            spans[name] = match.span(name)
    return Yield(formula, match.start(), match.end(), read, spans)


@cache
def _by_type(emits: str) -> tuple[Formula, ...]:
    found = tuple(formula for formula in formulas() if formula.emits == emits)
    if not found:
        raise FormulaError(f"no formula yields {emits!r}")
    return found


@cache
def formulas() -> tuple[Formula, ...]:
    """All formulas, by file and in the order of each. Raises FormulaError."""
    folder = files("mappings") / "formulas"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(formula for name in names for formula in read_formulas(name, (folder / name).read_text("utf-8")))


@cache
def _common() -> dict[str, Piece]:
    """The slots that every file knows."""
    text = (files("mappings") / "formulas" / _COMMON).read_text("utf-8")
    return with_own(pieces(), tomllib.loads(text).get("slots", {}))


def read_formulas(file: str, text: str) -> tuple[Formula, ...]:
    """The formulas of a file's text. Raises FormulaError."""
    try:
        tables = tomllib.loads(text)
        known = _common() if file == _COMMON else with_own(_common(), tables.get("slots", {}))
    except (tomllib.TOMLDecodeError, TemplateError) as error:
        raise FormulaError(f"{file}: {error}") from error
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[formula]]"]
    return tuple(
        _formula(file, line, table, known) for line, table in zip(lines, tables.get("formula", []), strict=True)
    )


def _formula(file: str, line: int, table: dict[str, Any], known: Mapping[str, Piece]) -> Formula:
    try:
        emits = str(table["emits"])
        allowed = _row_fields(emits)
        template = compile_template(str(table["sentence"]), known, any_case=bool(table.get("any_case")))
        constants = {name: _constant(value) for name, value in table.get("set", {}).items()}
        examples = tuple(map(_example, table["examples"]))
    except (KeyError, TemplateError) as error:
        raise FormulaError(f"{file}:{line}: {_said(error)}") from error
    for name in (*template.fields, *constants, *(name for one in examples for name in one.fields)):
        if name not in allowed:
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


def _example(written: object) -> Example:
    """An example of its table; one that yields no field may be its text alone."""
    if not isinstance(written, dict):
        return Example(str(written), {})
    fields_ = {
        name: tuple(value) if isinstance(value, list) else value for name, value in written.items() if name != "text"
    }
    return Example(str(written["text"]), fields_)


def _row_fields(emits: str) -> frozenset[str]:
    """The fields of a fact type. Raises KeyError where there is no such type."""
    hints = get_type_hints(Facts)
    if emits in READINGS:
        return frozenset(field.name for field in fields(READINGS[emits]))
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
