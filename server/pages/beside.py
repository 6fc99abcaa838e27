"""What stands beside a text: its sponsors, what was done with it, what it requests, what cites it, its other sessions.

It is made of the rows of the panels that say `# place: beside`, so that the page asks nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from server.pages.answers import EMPTY, Cell, Grid, cell
from server.pages.dates import in_day
from server.pages.panels import Filled, Panel
from server.requests import address
from server.store import Row
from server.things import iri, text

# Letters of a quote after which it is more than the name of who spoke: "the Chief of the Budget Section of the United
# Nations Office at Vienna and UNODC" has 79.
REPORTED = 90
AWAITED = frozenset({"report", "information"})  # what a document of a later session can answer


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A sponsor, and in whose name it signed (empty where in its own)."""

    name: Cell
    on_behalf_of: Cell


@dataclass(frozen=True, slots=True)
class Sponsored:
    """The sponsors of a draft in the printed order."""

    draft: Cell
    sponsors: tuple[Sponsor, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """What was done with a text: the words and address of the act, where and when, on what, where it is reported.

    `method` is empty where the report states none, `votes` where none were counted: "27 in favour, 3 against".
    """

    act: Cell
    meeting: Cell
    date: str
    draft: Cell
    revision: str
    paragraph: Cell
    method: str
    recommended_to: Cell
    for_adoption_by: Cell
    votes: str

    @property
    def day(self) -> str:
        """The date in words: "20 May 2022"."""
        return in_day(date.fromisoformat(self.date))


@dataclass(frozen=True, slots=True)
class Said:
    """What was said on a text before or after the act on it: by whom, in which capacity, the report's words if held.

    `stance` names the positions that it takes, empty where the report says none.
    """

    statement: str
    speaker: Cell
    capacity: str
    purpose: str
    stance: str
    paragraph: Cell
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A document that answers a request, the session that it was presented at, how sure that is, the link's address."""

    document: Cell
    session: Cell
    confidence: str
    href: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a paragraph asks for, of whom, due when; `expected` where a document could answer it.

    `due_state` is "held" where the report of the session when it is due is held here, "later" where that session
    comes after all of its body that are held, "not held" where nothing can be known of it, "" where none is named.
    """

    href: str
    addressees: tuple[Cell, ...]
    deliverable: str
    due: Cell
    due_state: str
    answers: tuple[Answer, ...]
    more_dues: tuple[Cell, ...] = ()  # further sessions at which it is due
    terms: tuple[str, ...] = ()  # days, how often, review and end, in words

    @property
    def expected(self) -> bool:
        """Whether a document of a later session could answer it."""
        return self.deliverable in AWAITED or bool(self.due.words)


@dataclass(frozen=True, slots=True)
class Citing:
    """A place that cites the text: the citation's kind in words, its pinpoint and address."""

    place: Cell
    kind: str
    pinpoint: str
    citation: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A paragraph of another text that says nearly the same, and how much of it in per cent."""

    place: Cell
    likeness: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same text in another session, what became of it, and the words that both are compared with."""

    text: Cell
    session: Cell
    became: Cell
    comparison: str


@dataclass(frozen=True, slots=True)
class Beside:
    """All that stands beside a text, with the queries that it was read by as empty tables, by title."""

    sponsored: tuple[Sponsored, ...]
    acts: tuple[Act, ...]
    said: tuple[Said, ...]
    became: Cell
    citing: tuple[Citing, ...]
    elsewhere: tuple[Elsewhere, ...]
    requests: Mapping[str, tuple[Request, ...]]
    alike: Mapping[str, tuple[Alike, ...]]
    tables: Mapping[str, Panel]

    def requests_at(self, href: str) -> tuple[Request, ...]:
        """What the paragraph at an address asks for."""
        return self.requests.get(href, ())

    def alike_at(self, href: str) -> tuple[Alike, ...]:
        """The paragraphs of other texts that say nearly the same as the one at an address, the likest first."""
        return self.alike.get(href, ())

    @property
    def asked(self) -> tuple[Request, ...]:
        """All requests of the text."""
        return tuple(request for requests in self.requests.values() for request in requests)


def beside(panels: Sequence[Filled], labels: Mapping[str, str], quotes: Mapping[str, str]) -> Beside:
    """What stands beside a text, by the filled panels of its page and the words of statements by their IRIs."""
    rows = {panel.title: panel.rows for panel in panels if panel.beside}
    became = rows.get("What became of it", ())
    return Beside(
        sponsored=_sponsored(rows.get("Sponsors", ()), labels),
        acts=_acts(rows.get("Action taken", ()), labels),
        said=tuple(_said(row, labels, quotes) for row in rows.get("Said on it", ())),
        became=cell(became[0].get("became"), labels) if became else EMPTY,
        citing=tuple(_citing(row, labels) for row in rows.get("Cited by", ())),
        elsewhere=tuple(_elsewhere(row, labels) for row in rows.get("The same text in other sessions", ())),
        requests=_requests(rows.get("Requests", ()), labels),
        alike=_alike(rows.get("Says nearly the same", ()), labels),
        tables={panel.title: Panel(panel.title, Grid((), ()), panel.query) for panel in panels if panel.beside},
    )


def _sponsored(rows: Sequence[Row], labels: Mapping[str, str]) -> tuple[Sponsored, ...]:
    found: dict[Cell, list[Sponsor]] = {}
    for row in rows:
        signed = Sponsor(cell(row.get("sponsor"), labels), cell(row.get("onBehalfOf"), labels))
        found.setdefault(cell(row.get("draft"), labels), []).append(signed)
    return tuple(Sponsored(draft, tuple(sponsors)) for draft, sponsors in found.items())


def _acts(rows: Sequence[Row], labels: Mapping[str, str]) -> tuple[Act, ...]:
    """What was done, told at its meeting; what chapter I sums up without one only where nothing else is told."""
    told = [row for row in rows if row.get("meeting")]
    return tuple(_act(row, labels) for row in told or rows)


def _said(row: Row, labels: Mapping[str, str], quotes: Mapping[str, str]) -> Said:
    speaker, capacity = cell(row.get("party"), labels), text(row, "capacity")
    words = quotes.get(iri(row, "statement"), "")
    return Said(
        statement=address(iri(row, "statement")),
        speaker=speaker if speaker.words else Cell(text(row, "speaker")),
        capacity="" if "not printed" in capacity else capacity,
        purpose=text(row, "purpose"),
        stance=text(row, "stance"),
        paragraph=_within(cell(row.get("paragraph"), labels)),
        words=words if len(words) > REPORTED else "",
    )


def _act(row: Row, labels: Mapping[str, str]) -> Act:
    named, method = cell(row.get("act"), labels), text(row, "method")
    counted = (("inFavour", "in favour"), ("against", "against"), ("abstentions", "abstaining"))
    return Act(
        act=Cell(text(row, "action") or named.words, named.href),
        meeting=cell(row.get("meeting"), labels),
        date=text(row, "date"),
        draft=cell(row.get("draft"), labels),
        revision=text(row, "revision"),
        paragraph=_within(cell(row.get("paragraph"), labels)),
        method="" if method == "not stated" else method,
        recommended_to=cell(row.get("recommendedTo"), labels),
        for_adoption_by=cell(row.get("forAdoptionBy"), labels),
        votes=", ".join(f"{count} {words}" for name, words in counted if (count := text(row, name))),
    )


def _within(named: Cell) -> Cell:
    """A name as it stands within a sentence, on one line: "paragraph 143"."""
    return replace(named, words=f"{named.words[:1].lower()}{named.words[1:]}".replace(" ", "\N{NO-BREAK SPACE}", 1))


def _citing(row: Row, labels: Mapping[str, str]) -> Citing:
    kind = text(row, "kind") if text(row, "role") == "direct" else ""
    place = cell(row.get("place"), labels)
    return Citing(place, kind or "mentions", text(row, "pinpoint"), address(iri(row, "citation")))


def _elsewhere(row: Row, labels: Mapping[str, str]) -> Elsewhere:
    both = urlencode({"earlier": iri(row, "earlier"), "later": iri(row, "later")})
    return Elsewhere(
        text=cell(row.get("text"), labels),
        session=cell(row.get("session"), labels),
        became=cell(row.get("became"), labels),
        comparison=both,
    )


def _alike(rows: Sequence[Row], labels: Mapping[str, str]) -> dict[str, tuple[Alike, ...]]:
    found: dict[str, tuple[Alike, ...]] = {}
    for row in rows:
        place = address(iri(row, "paragraph"))
        found[place] = (
            *found.get(place, ()),
            Alike(cell(row.get("other"), labels), int(100 * float(text(row, "likeness")))),
        )
    return found


def _requests(rows: Sequence[Row], labels: Mapping[str, str]) -> dict[str, tuple[Request, ...]]:
    mandates: dict[str, list[Row]] = {}
    for row in rows:
        mandates.setdefault(iri(row, "mandate"), []).append(row)
    found: dict[str, tuple[Request, ...]] = {}
    for same in mandates.values():
        place = address(iri(same[0], "paragraph"))
        found[place] = (*found.get(place, ()), _request(same, labels))
    return found


def _request(rows: Sequence[Row], labels: Mapping[str, str]) -> Request:
    """A request by its rows, one for each of its answers."""
    first = rows[0]
    return Request(
        href=address(iri(first, "mandate")),
        addressees=tuple(dict.fromkeys(cell(row.get("addressee"), labels) for row in rows)),
        deliverable=text(first, "deliverable"),
        due=cell(first.get("due"), labels),
        due_state=text(first, "dueState") if iri(first, "due") else "",
        answers=tuple(
            dict.fromkeys(
                Answer(
                    document=cell(row.get("answeredBy"), labels),
                    session=cell(row.get("presentedAt"), labels),
                    confidence=text(row, "confidence"),
                    href=address(iri(row, "fulfilment")),
                )
                for row in rows
                if iri(row, "answeredBy")
            )
        ),
        more_dues=tuple(dict.fromkeys(cell(row.get("due"), labels) for row in rows))[1:],
        terms=tuple(dict.fromkeys(term for row in rows for term in _terms(row))),
    )


def _terms(row: Row) -> Iterator[str]:
    if day := text(row, "dueDate"):
        yield f"by {in_day(date.fromisoformat(day))}"
    yield from filter(None, (text(row, name) for name in ("periodicity", "review", "expiry")))
