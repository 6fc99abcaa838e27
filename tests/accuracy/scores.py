"""The scores of all tables of both sessions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mappings.extract import extract
from mappings.outline import outline
from mappings.source import read
from tests.accuracy import actions, citations, offices, proceedings, report, requests, texts
from tests.accuracy.table import Gold, Score, Table, compare

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Session:
    """A session whose report was read by hand: its name among the gold and the file of its report."""

    name: str
    report: str

    def gold(self, shared: Path) -> Gold:
        """The folders of its gold: the one beside the repository, where it has one, then ours."""
        return shared / "gold" / self.name, _HERE / self.name


SESSIONS = (Session("s31", "ccpcj-31.txt"), Session("s33", "ccpcj-33.txt"))


def tables() -> Iterator[Table]:
    """Every table, in the order in which a report is read."""
    for module in (report, texts, requests, citations, proceedings, actions, offices):
        yield from module.TABLES


def scores(shared: Path, session: Session) -> tuple[Score, ...]:
    """How far the facts of a session's report agree with its gold."""
    source = read(shared / "reports" / session.report)
    facts = extract(source, outline(source))
    return tuple(compare(table, session.gold(shared), facts) for table in tables())
