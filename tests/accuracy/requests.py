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
        for addressee in [one.label for one in fact.addressees] or [""]:
            for due in fact.sessions or (None,):
                body = due.body.label if due and due.body else ""
                session = plain(due.session) if due else ""
                asked = (addressee, fact.deliverable, body, session, str(fact.conditional))
                yield (text_id(fact.clause.text), place_id(fact.clause), *asked)


TABLES = (Table("requests", _gold_requests, _requests),)
