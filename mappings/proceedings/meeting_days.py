"""On which day each numbered meeting was held, worked out from all that the paragraphs say.

Meetings follow one another: a higher number is never on an earlier day. "Its 6th and 7th meetings, on 15 and 16 May"
has one solution, "its 1st to 4th meetings, on 13 and 14 May" needs what other paragraphs say; where more than one
solution is left for a meeting, its day stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from mappings.dates import Days
from mappings.facts import Basis, MeetingKey
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
        pairing.basis.setdefault(key, Basis.STATED)


def _deduce(pairing: Pairing, mention: Mention) -> bool:
    """Whether the days of further meetings follow from a mention and what is known."""
    alone = _possible_days(mention, Pairing())
    within = _possible_days(mention, pairing)
    found = False
    for number, days, of_itself in zip(mention.numbers, within, alone, strict=True):
        key = MeetingKey(mention.body, number)
        if key in pairing.days or len(days) != 1:
            continue
        (pairing.days[key],) = days
        pairing.basis[key] = Basis.STATED if len(of_itself) == 1 else Basis.DEDUCED
        found = True
    return found


def _possible_days(mention: Mention, pairing: Pairing) -> list[set[date]]:
    """For each meeting the days it has in some way to spread the meetings: in order, first to last, no named day left.

    A day is possible where it can be reached from the first meeting and the last can be reached from it, so that the
    work grows with the meetings times the days, not with the ways (25 meetings in two weeks have millions).
    """
    days = sorted(mention.dates)
    limits = [_limits(pairing, mention.body, number) for number in mention.numbers]
    allowed = [{at for at, day in enumerate(days) if first <= day <= last} for first, last in limits]

    def follows(at: int, before: int) -> bool:
        return before <= at and (mention.ranged or at <= before + 1)

    reached = [allowed[0] & {0}]
    for here in allowed[1:]:
        reached.append({at for at in here if any(follows(at, before) for before in reached[-1])})
    left = reached[-1] & {len(days) - 1}
    possible = [left]
    for before in reversed(reached[:-1]):
        left = {at for at in before if any(follows(after, at) for after in left)}
        possible.append(left)
    return [{days[at] for at in here} for here in reversed(possible)]


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
