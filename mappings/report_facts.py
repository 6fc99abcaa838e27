"""The report and its session, from the cover, the note and the paragraphs on opening and duration."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from mappings import dates, symbols
from mappings.cover import Cover, CoverDays, body_named, read_cover, session_parts
from mappings.facts import Evidence, Gap, ReportFact, SessionPart, Thing, ThingKind
from mappings.formulae import formula
from mappings.iris import slug
from mappings.lexicon.numbers import ordinal_number
from mappings.source import Source, Span
from mappings.tree import Kind, Node
from ontology.naming import Entry, NameKind
from ontology.vocabulary import Vocabulary

_ORGANS = {"E": "ecosoc", "A": "ga", "S": "sc", "T": "trusteeship-council"}  # by the first letter of a symbol


def read_report(
    source: Source, tree: Node, vocabulary: Vocabulary, body: str = ""
) -> tuple[ReportFact, tuple[Gap, ...]]:
    """What the report is, and gaps for what its cover leaves open: a body that is not in the vocabulary, no year.

    `body` is the operator's word on whose report it is. Raises SourceError where no title says which session of which
    body the report is about.
    """
    cover = read_cover(source, vocabulary, body)
    session = cover.session
    assert session is not None  # read_cover settles it, or raises
    reports = _thing(cover.known, cover.body)
    days = [(one.days, _span(cover, one.days), one.again) for one in cover.days]
    if not days:
        days = [(found, span, session.again) for found, span in _days_in_prose(tree, cover.year)]
    parts = _parts(days)
    symbol, printed = _symbol(tree, cover)
    year = cover.year or (parts[-1].end.year if parts else 0) or _year_of_symbol(symbol) or _year_of_meetings(tree)
    fact = ReportFact(
        body=reports,
        parent=_parent(cover, reports, symbol, vocabulary),
        session=session.number,
        title=re.sub(r"\s*\(.*", "", cover.title, flags=re.DOTALL),
        year=year,
        supplement=cover.supplement,
        symbol=symbol,
        symbol_printed=printed,
        place=_place(tree, session.number) or cover.place,
        parts=parts,
        reissued=_reissued(tree, cover),
        evidence=Evidence(cover.span(cover.title_at), "report title"),
        session_name=session.name,
    )
    return fact, tuple(_gaps(cover, fact))


def _gaps(cover: Cover, fact: ReportFact) -> Iterator[Gap]:
    if cover.known is None:
        yield Gap("report", "the body is not in the vocabulary", fact.body.label, cover.span(cover.body_at))
    if not fact.year:
        reason = "no year is printed on the cover, in a symbol or with a meeting; States bear their present names"
        yield Gap("report", reason, fact.title, fact.evidence.span)


def _thing(known: Entry | None, name: str) -> Thing:
    return Thing(ThingKind.BODY, known.key, known.label) if known else Thing(ThingKind.BODY, slug(name), name)


def _span(cover: Cover, found: dates.Days) -> Span:
    return cover.words.span(found.start, found.end)


def _parent(cover: Cover, body: Thing, symbol: str, vocabulary: Vocabulary) -> Thing | None:
    """The organ that the body reports to: the vocabulary's, else the cover's, else that of the report's symbol."""
    key = vocabulary.parents.get(body.key)
    if key is None and cover.parent:
        return _thing(body_named(cover.parent, vocabulary), cover.parent)
    key = key or _ORGANS.get(symbol.partition("/")[0])
    entry = vocabulary.entry(NameKind.BODY, key) if key and key != body.key else None
    return _thing(entry, "") if entry else None


def _parts(days: list[tuple[dates.Days, Span, bool]]) -> tuple[SessionPart, ...]:
    """The parts of the session in order, each with the words that print its days."""
    spans = {(one.start, one.end): span for one, span, _ in days}
    found = []
    for part in session_parts([CoverDays(one, again) for one, _, again in days]):
        inside = [span for at, span in spans.items() if part.at[0] <= at[0] and at[1] <= part.at[1]]
        span = Span(min(inside).start, max(one.end for one in inside))
        found.append(SessionPart(part.kind, part.start, part.end, Evidence(span, "session part")))
    return tuple(found)


def _days_in_prose(tree: Node, year: int) -> Iterator[tuple[dates.Days, Span]]:
    for paragraph in tree.of(Kind.PARAGRAPH, Kind.UNNUMBERED_PARAGRAPH):
        for rule in ("session held", "session was held", "session dates"):
            if match := formula("report", rule).search(paragraph.passage.text):
                at = match.start("dates")
                for found in dates.days(match["dates"], year or None):
                    yield found, paragraph.passage.span(at + found.start, at + found.end)
                return


def _symbol(tree: Node, cover: Cover) -> tuple[str, bool]:
    """The report's own symbol and whether it is printed: that of its announced addendum tells it where it is not."""
    if cover.symbol:
        return cover.symbol, True
    for part in tree.of(Kind.NOTE, Kind.COVER):
        for node in part.walk():
            for found in symbols.find(node.passage.text):
                if any(name.startswith("Add") for name in found.symbols[0].modifiers):
                    return str(found.symbols[0].without_modifiers), False
    return "", False


def _year_of_symbol(symbol: str) -> int:
    found = re.search(r"/((?:19|20)[0-9]{2})(?:/|$)", symbol)
    return int(found[1]) if found else 0


def _year_of_meetings(tree: Node) -> int:
    """The year in which most meetings were held that the paragraphs date ("At its 1st meeting, on 9 March 2031")."""
    years: Counter[int] = Counter()
    for paragraph in tree.of(Kind.PARAGRAPH, Kind.UNNUMBERED_PARAGRAPH):
        for match in formula("report", "dated meeting").finditer(paragraph.passage.text):
            years[int(match["year"])] += 1
    return years.most_common(1)[0][0] if years else 0


def _place(tree: Node, session: int) -> str:
    """Where the session was held, as printed; empty where no paragraph says so."""
    for paragraph in tree.of(Kind.PARAGRAPH, Kind.UNNUMBERED_PARAGRAPH):
        for rule in ("session held", "session was held"):
            for match in formula("report", rule).finditer(paragraph.passage.text):
                if ordinal_number(match["ordinal"]) == session:
                    return match["place"]
    return ""


def _reissued(tree: Node, cover: Cover) -> date | None:
    """The day of the reissue, which the cover or a note without mark on the first pages tells."""
    texts = [cover.words.text.replace("\n", " ")]
    texts += [node.passage.text for node in tree.of(Kind.FOOTNOTE, Kind.NOTE)]
    for text in texts:
        if match := formula("report", "reissued").search(text):
            return next((found.first for found in dates.days(match["date"])), None)
    return None
