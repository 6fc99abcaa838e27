"""The typed slots of formulas: for each its pattern, made of the lexicon, and the value that its words mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from mappings.lexicon.numbers import number
from mappings.lexicon.slots import slots as lexicon

Value = int | str | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A pattern, and what the words that it takes mean."""

    pattern: str
    value: Callable[[str], Value]


@cache
def slots() -> Mapping[str, Slot]:
    """All slots by name: those of the lexicon, whose value is their words, and those that mean something else."""
    words = {name: Slot(pattern, lambda found: " ".join(found.split())) for name, pattern in lexicon().items()}
    return words | {"number": Slot(f"(?:[0-9]+|an?|{lexicon()['cardinal']})", _number)}


def _number(words: str) -> int:
    """The number that figures or a word name; an article counts one."""
    return number(words) or 1
