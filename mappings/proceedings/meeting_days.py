"""On which day each numbered meeting was held, worked out from all that the paragraphs say.

Meetings follow one another: a higher number is never on an earlier day. "Its 6th and 7th meetings, on 15 and 16 May"
has one solution, "its 1st to 4th meetings, on 13 and 14 May" needs what other paragraphs say; where more than one
solution is left for a meeting, its day stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from mappings.dates import Days
from mappings.facts import MeetingKey
from mappings.source import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """Meetings of a body that a paragraph names together, with the days it prints for them."""

    paragraph: str
    body: str
    numbers: tuple[int, ...]
    days: tuple[Days, ...]
    start: int
    end: int
    span: Span
    rule: str
    organ: str = ""  # the commission's organ whose meetings they are, as printed

    @property
    def ranged(self) -> bool:
        """Whether the days are a range, in which a day without a meeting may lie."""
        return any(one.first != one.last for one in self.days)

    @property
    def dates(self) -> tuple[date, ...]:
        """Every day that is printed or lies in a printed range."""
        return tuple(dict.fromkeys(day for one in self.days for day in one.each()))


@dataclass(slots=True)
class Pairing:
    """The day of each numbered meeting and how it is known; mentions that were left open, with the reason."""

    days: dict[MeetingKey, date] = field(default_factory=dict)
    basis: dict[MeetingKey, str] = field(default_factory=dict)
    unresolved: list[tuple[Mention, str]] = field(default_factory=list)


def paired(mentions: Sequence[Mention]) -> Pairing:
    """The pairing of the numbered meetings of all bodies."""
    pairing = Pairing()
    numbered = [mention for mention in mentions if mention.numbers and mention.dates]
    for mention in numbered:
        if len(mention.dates) == 1 or len(mention.numbers) == 1:
            _state(pairing, mention)
    open_ones = [mention for mention in numbered if len(mention.dates) > 1 and len(mention.numbers) > 1]
    found = True
    while found:
        found = sum(_deduce(pairing, mention) for mention in open_ones) > 0
    for mention in open_ones:
        if any(MeetingKey(mention.body, number) not in pairing.days for number in mention.numbers):
            pairing.unresolved.append((mention, "which of the meetings was held on which of the days is not said"))
    return pairing


def _state(pairing: Pairing, mention: Mention) -> None:
    """One day for all meetings, or the first day of a meeting that lasted several."""
    for number in mention.numbers:
        key = MeetingKey(mention.body, number)
        if pairing.days.setdefault(key, mention.dates[0]) != mention.dates[0]:
            pairing.unresolved.append((mention, f"meeting {number} is given another day elsewhere"))
        pairing.basis.setdefault(key, "stated in paragraph")


def _deduce(pairing: Pairing, mention: Mention) -> bool:
    """Whether the days of further meetings follow from a mention and what is known."""
    alone = list(_solutions(mention, Pairing()))
    within = list(_solutions(mention, pairing))
    found = False
    for place, number in enumerate(mention.numbers):
        key = MeetingKey(mention.body, number)
        days = {solution[place] for solution in within}
        if key in pairing.days or len(days) != 1:
            continue
        pairing.days[key] = days.pop()
        certain = len({solution[place] for solution in alone}) == 1
        pairing.basis[key] = "stated in paragraph" if certain else "deduced from other paragraphs"
        found = True
    return found


def _solutions(mention: Mention, pairing: Pairing) -> Iterator[tuple[date, ...]]:
    """Every way to spread the meetings over the days: in order, from first to last, no named day left out."""
    days = sorted(mention.dates)
    limits = [_limits(pairing, mention.body, number) for number in mention.numbers]

    def spread(place: int, at: int) -> Iterator[tuple[date, ...]]:
        if place == len(mention.numbers):
            if at == len(days) - 1:
                yield ()
            return
        first = 0 if place == 0 else at
        furthest = len(days) if mention.ranged else at + 2
        for index in range(first, 1 if place == 0 else min(furthest, len(days))):
            earliest, latest = limits[place]
            if earliest <= days[index] <= latest:
                for rest in spread(place + 1, index):
                    yield (days[index], *rest)

    yield from spread(0, 0)


def _limits(pairing: Pairing, body: str, number: int) -> tuple[date, date]:
    """The earliest and the latest day that the known meetings leave for a meeting."""
    earliest, latest = date.min, date.max
    for key, day in pairing.days.items():
        if key.body == body and key.number is not None:
            if key.number <= number:
                earliest = max(earliest, day)
            if key.number >= number:
                latest = min(latest, day)
    return earliest, latest
