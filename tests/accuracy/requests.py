"""Of whom the operative paragraphs ask what, for which session and on which condition."""

from __future__ import annotations

from collections.abc import Iterator

from mappings.facts import Facts
from tests.accuracy.table import Gold, Row, Table, place_id, plain, rows, text_id, text_named


def _gold_requests(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "requests.json"):
        letter = f"({row['letter']})" if row["letter"] else ""
        asked = (plain(row["addressee"]), row["deliverable"])
        due = (plain(row["dueBody"]), plain(row["dueSession"]), str(row["conditional"]))
        yield (text_named(row), f"O {row['operative']}{letter}", *asked, *due)


def _requests(facts: Facts) -> Iterator[Row]:
    for fact in facts.mandates:
        asked = (fact.addressee.label if fact.addressee else "", fact.deliverable)
        due = (fact.due_body.label if fact.due_body else "", plain(fact.due_session), str(fact.conditional))
        yield (text_id(fact.clause.text), place_id(fact.clause), *asked, *due)


TABLES = (Table("requests", _gold_requests, _requests),)
