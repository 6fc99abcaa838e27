"""Who spoke, which documents were presented, what was on the agenda, and how many attended."""

from __future__ import annotations

from collections.abc import Iterator

from mappings.facts import Facts, StatementFact
from tests.accuracy.table import Gold, Row, Table, plain, rows


def _party(fact: StatementFact) -> str:
    return fact.party.label if fact.party else ""


def _gold_statements(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "statements.json"):
        behalf = " | ".join(sorted(row["on_behalf_of"] or ()))
        yield str(row["para"]), row["party"], behalf, str(row["right_of_reply"])


def _statements(facts: Facts) -> Iterator[Row]:
    for fact in facts.statements:
        behalf = " | ".join(sorted(thing.label for thing in fact.on_behalf_of))
        yield fact.paragraph, _party(fact), behalf, str(fact.right_of_reply)


def _gold_modes(gold: Gold) -> Iterator[Row]:
    return ((str(row["para"]), row["party"], plain(row["mode"])) for row in rows(gold, "statements.json"))


def _modes(facts: Facts) -> Iterator[Row]:
    return ((fact.paragraph, _party(fact), fact.mode) for fact in facts.statements)


def _gold_capacities(gold: Gold) -> Iterator[Row]:
    return ((str(row["para"]), row["party"], row["capacity"]) for row in rows(gold, "statements.json"))


def _capacities(facts: Facts) -> Iterator[Row]:
    return ((fact.paragraph, _party(fact), fact.capacity) for fact in facts.statements)


def _gold_documents(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "documents.json"):
        place = (str(row["para"]), plain(row["agenda_item"]), plain(row["letter"]))
        yield (*place, row["title"], " | ".join(row["symbols"]), row["role"])


def _documents(facts: Facts) -> Iterator[Row]:
    for fact in facts.documents:
        yield fact.paragraph, fact.item, fact.letter, fact.title, " | ".join(fact.symbols), fact.role


def _gold_agenda(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "agenda.json"):
        status = "adopted" if row["agenda"] == "adopted" else "provisional"
        yield str(row["session"]), status, row["item"], plain(row["letter"]), row["title"]


def _agenda(facts: Facts) -> Iterator[Row]:
    return ((str(item.session), item.status, item.item, item.letter, item.title) for item in facts.agenda)


def _gold_attendance(gold: Gold) -> Iterator[Row]:
    return ((row["category"], str(row["count"])) for row in rows(gold, "attendance.json"))


def _attendance(facts: Facts) -> Iterator[Row]:
    return ((fact.category, str(fact.count)) for fact in facts.attendance)


def _gold_meetings(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "statements.json"):
        days = " | ".join(row["dates"] or ())
        yield str(row["para"]), row["party"], " | ".join(map(str, row["meetings"] or ())), days


def _meetings(facts: Facts) -> Iterator[Row]:
    organs = {fact.key: fact.organ for fact in facts.meetings}
    for fact in facts.statements:
        numbers = (f"{organs.get(key, '')} {plain(key.number)}".strip() for key in fact.meetings)
        yield fact.paragraph, _party(fact), " | ".join(numbers), " | ".join(on.isoformat() for on in fact.on)


def _gold_items(gold: Gold) -> Iterator[Row]:
    return ((str(row["para"]), row["party"], plain(row["agenda_item"])) for row in rows(gold, "statements.json"))


def _items(facts: Facts) -> Iterator[Row]:
    return ((fact.paragraph, _party(fact), fact.item) for fact in facts.statements)


def _gold_purposes(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "statements.json"):
        yield str(row["para"]), row["party"], _purpose(row["purpose"])


def _purposes(facts: Facts) -> Iterator[Row]:
    return ((fact.paragraph, _party(fact), _purpose(fact.purpose)) for fact in facts.statements)


def _purpose(name: str) -> str:
    """A purpose without its occasion; what the report prints no words of its own for is a statement on the item."""
    bare = name.partition(" (")[0]
    return "statement on item" if bare.startswith(("report on", "statement on", "discussion")) else bare


def _gold_offices(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "statements.json"):
        if row["capacity"].startswith("listed by title"):
            yield str(row["para"]), row["speaker"]


def _offices(facts: Facts) -> Iterator[Row]:
    for fact in facts.statements:
        if fact.capacity.startswith("listed by title"):
            yield fact.paragraph, fact.speaker


def _gold_persons(gold: Gold) -> Iterator[Row]:
    return ((str(row["para"]), row["party"], plain(row["person"])) for row in rows(gold, "statements.json"))


def _persons(facts: Facts) -> Iterator[Row]:
    return ((fact.paragraph, _party(fact), fact.person) for fact in facts.statements)


def _gold_views(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "views.json"):
        place = (str(row["para"]), row["chapter"], row["section"], plain(row["topic"]))
        yield (*place, plain(row["quantifier"]))


def _views(facts: Facts) -> Iterator[Row]:
    return ((fact.paragraph, fact.chapter, fact.section, fact.topic, fact.quantifier) for fact in facts.views)


TABLES = (
    Table("statements", _gold_statements, _statements),
    Table("modes", _gold_modes, _modes),
    Table("capacities", _gold_capacities, _capacities),
    Table("meetings of statements", _gold_meetings, _meetings),
    Table("items of statements", _gold_items, _items),
    Table("purposes of statements", _gold_purposes, _purposes),
    Table("offices of listed speakers", _gold_offices, _offices),
    Table("persons who spoke", _gold_persons, _persons),
    Table("views", _gold_views, _views),
    Table("documents", _gold_documents, _documents),
    Table("agenda", _gold_agenda, _agenda),
    Table("attendance", _gold_attendance, _attendance),
)
