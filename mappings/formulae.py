"""Sentence formulae: the patterns of UN drafting, kept as data in `mappings/rules/*.toml`.

A rule file holds `[macros]` (named pieces of pattern, used as `{name}`) and `[[rule]]` tables with `name`, `pattern`
(a verbose regular expression with named groups), `examples` and `counter_examples`; both lists are run as tests.
Macros of `common.toml` are known in every file, as are the slots of `mappings.lexicon.slots`, which no macro replaces.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mappings.lexicon.slots import slots


@dataclass(frozen=True, slots=True)
class Formula:
    """One named pattern with the sentences that show what it takes and what it leaves."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class FormulaError(Exception):
    """A rule file that cannot be used: names the file, the rule and the reason."""


def _expand(pattern: str, macros: dict[str, str]) -> str:
    """The pattern with every `{name}` of a known macro replaced, macros inside macros included."""
    known = re.compile(r"\{(" + "|".join(map(re.escape, macros)) + r")\}") if macros else None
    while known and known.search(pattern):
        pattern = known.sub(lambda match: f"(?:{macros[match.group(1)]})", pattern)
    return pattern


def _read(name: str) -> dict[str, object]:
    return tomllib.loads((files("mappings") / "rules" / f"{name}.toml").read_text(encoding="utf8"))


@cache
def formulae(name: str) -> tuple[Formula, ...]:
    """The rules of `mappings/rules/{name}.toml`, in their order.

    Raises FormulaError for a pattern that does not compile and for a macro with the name of a slot.
    """
    common, content = _read("common"), _read(name)
    macros: dict[str, str] = {**common.get("macros", {}), **content.get("macros", {})}  # type: ignore[dict-item]
    if hidden := sorted(macros.keys() & slots().keys()):
        raise FormulaError(f"{name}.toml, macro {hidden[0]!r}: the lexicon has a slot of this name")
    macros |= slots()
    return tuple(_formula(name, rule, macros) for rule in content.get("rule", ()))  # type: ignore[attr-defined]


def _formula(file: str, rule: dict[str, object], macros: dict[str, str]) -> Formula:
    try:
        pattern = re.compile(_expand(str(rule["pattern"]), macros), re.VERBOSE)
    except re.error as error:
        raise FormulaError(f"{file}.toml, rule {rule['name']!r}: {error}") from error
    return Formula(
        str(rule["name"]),
        pattern,
        tuple(map(str, rule.get("examples", ()))),  # type: ignore[call-overload]
        tuple(map(str, rule.get("counter_examples", ()))),  # type: ignore[call-overload]
    )


def find(name: str, text: str) -> Iterator[tuple[Formula, re.Match[str]]]:
    """Every match of every rule of a file in a text, in the order of the rules."""
    for formula in formulae(name):
        for match in formula.pattern.finditer(text):
            yield formula, match


def formula(file: str, name: str) -> re.Pattern[str]:
    """The pattern of one named rule of a file; raises FormulaError where the file has no such rule."""
    for known in formulae(file):
        if known.name == name:
            return known.pattern
    raise FormulaError(f"{file}.toml has no rule {name!r}")
