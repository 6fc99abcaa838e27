"""The report and its session, from the cover, the note and the paragraphs on opening and duration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mappings import dates, symbols
from mappings.facts import Evidence, Gap, ReportFact, SessionPart, Thing, ThingKind
from mappings.formulae import formula
from mappings.iris import slug
from mappings.lexicon.numbers import ordinal_number
from mappings.outlining.passages import joined
from mappings.source import Source, SourceError, Span
from mappings.tree import Kind, Node, Passage
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary

_GENERAL_ASSEMBLY = Thing(ThingKind.BODY, "ga", "General Assembly")
_PRINCIPAL_ORGANS = ("ga", "ecosoc", "sc", "trusteeship-council")  # whose official records a report belongs to
_OPENING_LEAD = 28  # days: a single day that much before the regular part only opens the session


@dataclass(frozen=True, slots=True)
class Heading:
    """The words that a report begins with, and the match of its title in them."""

    passage: Passage
    title: re.Match[str]

    def span(self) -> Span:
        """Where the title stands."""
        return self.passage.span(self.title.start(), self.title.end())


def read_report(source: Source, tree: Node, vocabulary: Vocabulary) -> tuple[ReportFact, tuple[Gap, ...]]:
    """What the report is, and a gap where its body is not in the vocabulary.

    Raises SourceError where no title says which session of which body it is about.
    """
    heading = _heading(source, tree)
    session = ordinal_number(heading.title["ordinal"])
    if session is None:
        raise SourceError(f"{source.name}: the session {heading.title['ordinal']!r} is no number that is known")
    body, known, where = _body(source, tree, heading, vocabulary)
    gaps = () if known else (Gap("report", "the body is not in the vocabulary", body.label, where),)
    records = _cover_match(heading, "official records")
    publication = _cover_match(heading, "publication")
    year = next((int(match["year"]) for match in (publication, records) if match), None)
    parts = _parts(tree, heading, year)
    symbol, printed = _symbol(tree, heading)
    supplement = _cover_match(heading, "supplement")
    fact = ReportFact(
        body=body,
        parent=_parent(heading, body, vocabulary),
        session=session,
        title=re.sub(r"\s*\(.*", "", heading.title.group(), flags=re.DOTALL),
        year=year or (parts[-1].end.year if parts else 0),
        supplement=supplement["number"] if supplement else "",
        symbol=symbol,
        symbol_printed=printed,
        place=_place(tree, session),
        parts=parts,
        reissued=_reissued(tree, heading),
        evidence=Evidence(heading.span(), "report title"),
    )
    return fact, gaps


def _heading(source: Source, tree: Node) -> Heading:
    """The title in the cover's words, else in those of the first nodes of the report."""
    for kinds in ((Kind.COVER,), (Kind.NOTE, Kind.UNNUMBERED_PARAGRAPH, Kind.SUMMARY)):
        for part in tree.of(*kinds):
            words = joined([passage for node in part.walk() for passage in (node.title, node.passage)])
            if match := formula("report", "report title").search(words.text):
                return Heading(words, match)
    raise SourceError(f"{source.name}: no title of the form “Report on the … session” says what the report is about")


def _cover_match(heading: Heading, rule: str) -> re.Match[str] | None:
    return formula("report", rule).search(heading.passage.text)


def _lines(tree: Node) -> Iterator[Passage]:
    for cover in tree.of(Kind.COVER):
        for node in cover.walk():
            yield from (passage for passage in (node.title, node.passage) if passage.text)


def _body(source: Source, tree: Node, heading: Heading, vocabulary: Vocabulary) -> tuple[Thing, bool, Span]:
    """The body that reports: a line of the cover or the title's words, whether it is known, and where it is named."""
    candidates = [(heading.title["of"], heading.span())] if heading.title["of"] else []
    candidates += [(line.text, line.span()) for line in _lines(tree) if formula("report", "body").search(line.text)]
    known = [(entry, where) for words, where in candidates if (entry := vocabulary.body(words))]
    parents = {vocabulary.parents.get(entry.key, "") for entry, _ in known}
    for entry, where in known:
        if entry.key not in parents and entry.key not in _PRINCIPAL_ORGANS:
            return Thing(ThingKind.BODY, entry.key, entry.label), True, where
    unknown = [(words, where) for words, where in candidates if not vocabulary.body(words)]
    if not unknown and known:
        return Thing(ThingKind.BODY, known[0][0].key, known[0][0].label), True, known[0][1]
    if not unknown:
        raise SourceError(f"{source.name}: the cover names no commission")
    name = formula("report", "body").sub(r"\g<name>", unknown[0][0]).strip()
    return Thing(ThingKind.BODY, slug(name), name), False, unknown[0][1]


def _parent(heading: Heading, body: Thing, vocabulary: Vocabulary) -> Thing:
    """The organ that the body reports to: the vocabulary's, else the first on the cover, else the General Assembly."""
    key = vocabulary.parents.get(body.key)
    if key and (entry := vocabulary.entry(NameKind.BODY, key)):
        return Thing(ThingKind.BODY, entry.key, entry.label)
    for name in vocabulary.names(heading.passage.text, (NameKind.BODY,)):
        if name.key in ("ecosoc", _GENERAL_ASSEMBLY.key):
            return Thing(ThingKind.BODY, name.key, name.label)
    return _GENERAL_ASSEMBLY


def _parts(tree: Node, heading: Heading, year: int | None) -> tuple[SessionPart, ...]:
    """The parts of the session in order; a day long before the regular part opened the session."""
    reconvened = bool(heading.title["part"])
    printed = heading.title["dates"]
    if printed:
        at = heading.title.start("dates")
        spans = [(d, heading.passage.span(at + d.start, at + d.end)) for d in dates.days(printed, year)]
    else:
        spans = list(_parts_in_prose(tree, year))
    merged = _consecutive(spans)
    return tuple(
        SessionPart(_kind(first, merged[-1][0], reconvened), first, last, Evidence(span, "session part"))
        for first, last, span in merged
    )


def _parts_in_prose(tree: Node, year: int | None) -> Iterator[tuple[dates.Days, Span]]:
    for paragraph in tree.of(Kind.PARAGRAPH, Kind.UNNUMBERED_PARAGRAPH):
        for rule in ("session held", "session was held", "session dates"):
            if match := formula("report", rule).search(paragraph.passage.text):
                at = match.start("dates")
                for found in dates.days(match["dates"], year):
                    yield found, paragraph.passage.span(at + found.start, at + found.end)
                return


def _consecutive(spans: list[tuple[dates.Days, Span]]) -> list[tuple[date, date, Span]]:
    """Days that follow one another ("8 and 9 December") as one part."""
    merged: list[tuple[date, date, Span]] = []
    for found, span in spans:
        if merged and (found.first - merged[-1][1]).days == 1:
            merged[-1] = (merged[-1][0], found.last, Span(merged[-1][2].start, span.end))
        else:
            merged.append((found.first, found.last, span))
    return merged


def _kind(first: date, regular: date, reconvened: bool) -> str:
    if reconvened:
        return "reconvened"
    return "opening" if (regular - first).days >= _OPENING_LEAD else "regular"


def _symbol(tree: Node, heading: Heading) -> tuple[str, bool]:
    """The report's own symbol and whether it is printed: that of its announced addendum tells it where it is not."""
    for found in symbols.find(heading.passage.text):
        if found.symbols and not found.symbols[0].modifiers:
            return str(found.symbols[0]), True
    for part in tree.of(Kind.NOTE, Kind.COVER):
        for node in part.walk():
            for found in symbols.find(node.passage.text):
                if any(name.startswith("Add") for name in found.symbols[0].modifiers):
                    return str(found.symbols[0].without_modifiers), False
    return "", False


def _place(tree: Node, session: int) -> str:
    """Where the session was held, as printed; empty where no paragraph says so."""
    for paragraph in tree.of(Kind.PARAGRAPH, Kind.UNNUMBERED_PARAGRAPH):
        for rule in ("session held", "session was held"):
            for match in formula("report", rule).finditer(paragraph.passage.text):
                if ordinal_number(match["ordinal"]) == session:
                    return match["place"]
    return ""


def _reissued(tree: Node, heading: Heading) -> date | None:
    """The day of the reissue, which the cover or a note without mark on the first pages tells."""
    texts = [heading.passage.text, *(node.passage.text for node in tree.of(Kind.FOOTNOTE, Kind.NOTE))]
    for text in texts:
        if match := formula("report", "reissued").search(text):
            return next((found.first for found in dates.days(match["date"])), None)
    return None
