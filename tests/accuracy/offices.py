"""Who was elected, nominated or appointed to which office, and who was named as a panellist."""

from __future__ import annotations

from collections.abc import Iterator

from mappings.facts import Facts
from tests.accuracy.table import Gold, Row, Table, plain, rows

_OFFICES = ("Bureau", "UNICRI Board")
_PRESIDING = ("chair", "moderator")
_SEATS = ("chair", "moderator", "panellist", "speaker")  # on a workshop or panel, not in a bureau or board
_SPEAKERS = ("Panellist, ", "Expert, ", "Named speaker, ")


def _gold_officers(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "officers.json"):
        if row["table"].startswith(_OFFICES):
            office = row["role"].partition(" (")[0]
            who = (row["name"], row["country_or_organization"])
            yield (str(row["para"]), office, plain(row["regional_group"]), *who)


def _officers(facts: Facts) -> Iterator[Row]:
    """Those whom the report lists as holding or proposed for an office; what led to it has a date of its own."""
    for fact in facts.officers:
        if fact.person and fact.on is None and fact.status not in _PRESIDING:
            group = fact.group.label if fact.group else ""
            yield fact.paragraph, fact.office, group, fact.person, fact.state.label if fact.state else ""


def _gold_nominations(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "officers.json"):
        if row.get("nominated"):
            yield row["role"], row["name"], row["country_or_organization"], row["nominated"]


def _nominations(facts: Facts) -> Iterator[Row]:
    for fact in facts.officers:
        if fact.person and fact.status == "nominated" and fact.on:
            yield fact.office, fact.person, fact.state.label if fact.state else "", fact.on.isoformat()


def _gold_panellists(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "officers.json"):
        if row["table"].startswith(_SPEAKERS):
            yield str(row["para"]), row["name"], row["country_or_organization"]


def _panellists(facts: Facts) -> Iterator[Row]:
    for fact in facts.statements:
        if fact.person:
            yield fact.paragraph, fact.person, fact.party.label if fact.party else ""


def _gold_chairs(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "chairs.json"):
        yield str(row["para"]), row["role"], plain(row["name"]), row["country_or_organization"]


def _chairs(facts: Facts) -> Iterator[Row]:
    for fact in facts.officers:
        if fact.status in _PRESIDING:
            yield fact.paragraph, fact.status, fact.person, fact.state.label if fact.state else ""


TABLES = (
    Table("officers", _gold_officers, _officers),
    Table("nominations", _gold_nominations, _nominations),
    Table("named speakers", _gold_panellists, _panellists),
    Table("chairs and moderators", _gold_chairs, _chairs),
)
