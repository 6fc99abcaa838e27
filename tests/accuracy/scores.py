"""The scores of all tables."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from mappings.extract import extract
from mappings.facts import Facts
from mappings.outline import outline
from mappings.source import read
from tests.accuracy.table import Score, Table, compare

_REPORTS = {"s31": "ccpcj-31.txt"}


def tables() -> Iterator[Table]:
    """Every table of the modules in this folder, in the order of the modules' names."""
    for module in iter_modules([str(Path(__file__).parent)]):
        if module.name != "__main__":
            yield from getattr(import_module(f"tests.accuracy.{module.name}"), "TABLES", ())


def scores(shared: Path, session: str = "s31") -> tuple[Score, ...]:
    """How far the facts of a session's report agree with its gold."""
    source = read(shared / "reports" / _REPORTS[session])
    facts: Facts = extract(source, outline(source))
    return tuple(compare(table, shared / "gold" / session, facts) for table in tables())
