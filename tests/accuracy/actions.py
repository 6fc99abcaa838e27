"""What the Commission did, and who sponsored the drafts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mappings.facts import Facts
from tests.accuracy.table import Gold, Row, Table, plain, rows


def _drafts(row: dict[str, Any]) -> str:
    symbols = row["draft_symbol"]
    return " | ".join(symbols) if isinstance(symbols, list) else plain(symbols)


def _gold_actions(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "actions.json"):
        when = (str(row["para"]), plain(row["meeting"]), plain(row["date"]))
        yield (*when, row["action"], _drafts(row), plain(row["revision"]), " | ".join(row["resulting_text"] or ()))


def _actions(facts: Facts) -> Iterator[Row]:
    for fact in facts.actions:
        number = fact.meeting.number if fact.meeting else None
        results = " | ".join(f"{key.kind} {key.number}".strip() for key in fact.results)
        when = (fact.paragraph, plain(number), plain(fact.on))
        yield (*when, fact.phrase, " | ".join(fact.drafts), fact.revision, results)


def _gold_titles(gold: Gold) -> Iterator[Row]:
    return ((str(row["para"]), row["title"]) for row in rows(gold, "actions.json") if row["title"])


def _titles(facts: Facts) -> Iterator[Row]:
    return ((fact.paragraph, fact.title) for fact in facts.actions if fact.title)


def _gold_sponsors(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "actions.json"):
        for one in row["sponsors"]:
            yield row["draft_symbol"], str(one["order"]), one["sponsor"], plain(one["on_behalf_of"])


def _sponsors(facts: Facts) -> Iterator[Row]:
    for fact in facts.sponsorships:
        behalf = fact.on_behalf_of.label if fact.on_behalf_of else ""
        yield fact.draft, str(fact.order), fact.sponsor.label, behalf


def _gold_destinations(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "actions.json"):
        if row.get("recommended_to"):
            yield str(row["para"]), row["recommended_to"], plain(row.get("for_adoption_by"))


def _destinations(facts: Facts) -> Iterator[Row]:
    """Of what was decided; the gold has none for the sentences in the present tense that introduce the texts."""
    for fact in facts.actions:
        if fact.recommended_to and fact.phrase != "recommends":
            last = fact.for_adoption_by.label if fact.for_adoption_by else ""
            yield fact.paragraph, fact.recommended_to.label, last


TABLES = (
    Table("actions", _gold_actions, _actions),
    Table("titles of actions", _gold_titles, _titles),
    Table("destinations of actions", _gold_destinations, _destinations),
    Table("sponsors", _gold_sponsors, _sponsors),
)
