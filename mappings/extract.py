"""Report tree → facts: the table of rules, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mappings import structure
from mappings.announcements import announcements
from mappings.citing.citations import citations
from mappings.consistency import disagreements
from mappings.context import Context, read_context
from mappings.coverage import coverage
from mappings.drafting.clauses import clause_gaps, clauses, swallowed_gaps
from mappings.drafting.mandates import mandates
from mappings.facts import Count, Facts, Gap
from mappings.proceedings.actions import action_gaps, actions
from mappings.proceedings.agendas import agendas
from mappings.proceedings.attendance import attendance
from mappings.proceedings.documents import documents
from mappings.proceedings.meetings import Calendar, read_calendar
from mappings.proceedings.officers import officers
from mappings.proceedings.parties import Parties
from mappings.proceedings.positions import with_acts
from mappings.proceedings.sponsorships import sponsorships
from mappings.proceedings.statements import statements
from mappings.proceedings.views import views
from mappings.source import Source
from mappings.tree import Node


@dataclass(frozen=True, slots=True)
class Reading:
    """A report while it is read: what the rules need, and the facts that those before have found."""

    context: Context
    calendar: Calendar
    facts: Facts

    def found(self, gaps: tuple[Gap, ...] = (), **tables: object) -> Reading:
        """The same with further tables of facts and further gaps."""
        return replace(self, facts=replace(self.facts, gaps=(*self.facts.gaps, *gaps), **tables))  # type: ignore[arg-type]

    @property
    def parties(self) -> Parties:
        """Names as this report means them."""
        return Parties(self.context.vocabulary, self.context.body, self.context.day)


def extract(source: Source, tree: Node, body: str = "") -> Facts:
    """All facts of a report, each with its evidence, and the gaps that no rule filled.

    `body` is the operator's word on whose report it is. Raises SourceError where the report does not say whose session
    it is about.
    """
    context = read_context(source, tree, body)
    reading = Reading(context, read_calendar(context), Facts(source.name, context.report, gaps=context.gaps))
    for _, rule in RULES:
        reading = rule(reading)
    return reading.facts


def _structure(reading: Reading) -> Reading:
    context = reading.context
    return reading.found(
        chapters=structure.chapters(context),
        sections=structure.sections(context),
        paragraphs=structure.paragraphs(context),
        footnotes=structure.footnotes(context),
        texts=structure.texts(context),
    )


def _meetings(reading: Reading) -> Reading:
    return reading.found(reading.calendar.gaps, meetings=reading.calendar.facts)


def _clauses(reading: Reading) -> Reading:
    found = clauses(reading.context)
    context = reading.context
    asked = mandates(found, context.vocabulary, context.body, context.report.session)
    swallowed = swallowed_gaps(found, reading.context.source, reading.context.vocabulary)
    return reading.found((*clause_gaps(found), *swallowed), clauses=found, mandates=asked)


def _citations(reading: Reading) -> Reading:
    context = reading.context
    report = context.report
    found = citations(context.tree, context.vocabulary, body=report.body.key, session=report.session, year=report.year)
    return reading.found(found.gaps, citations=found.facts, coverage=(Count("citations", found.found, found.resolved),))


def _actions(reading: Reading) -> Reading:
    acts = actions(reading.context, reading.calendar)
    sponsors = sponsorships(reading.context, acts)
    return reading.found((*action_gaps(acts), *sponsors.gaps), actions=acts, sponsorships=sponsors.facts)


def _proceedings(reading: Reading) -> Reading:
    context, tree = reading.context, reading.context.tree
    decisions = {id(text.node): text.key for text in context.texts}
    spoken = with_acts(context, statements(tree, reading.facts.meetings, reading.parties), reading.facts.actions)
    return reading.found(
        statements=spoken,
        views=views(tree, reading.facts.paragraphs),
        documents=documents(tree, reading.facts.actions),
        agenda=agendas(tree, context.report.session, decisions),
        officers=officers(tree, reading.parties, spoken),
        attendance=attendance(tree),
    )


def _coverage(reading: Reading) -> Reading:
    (citations_read,) = reading.facts.coverage
    counts, gaps, residue = coverage(reading.context, reading.calendar, reading.facts, citations_read)
    announced, missing = announcements(reading.context.tree)
    found = disagreements(reading.context.tree, reading.facts)
    return reading.found((*gaps, *missing, *found), coverage=(*counts, announced), residue=residue)


RULES: tuple[tuple[str, Callable[[Reading], Reading]], ...] = (
    ("structure", _structure),
    ("meetings", _meetings),
    ("clauses", _clauses),
    ("citations", _citations),
    ("actions and sponsors", _actions),
    ("proceedings", _proceedings),
    ("coverage", _coverage),
)
