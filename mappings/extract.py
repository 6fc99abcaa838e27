"""Report tree → facts: the table of rules, in the order in which they need each other."""

from __future__ import annotations

from mappings.attendance import attendance
from mappings.citations import citations
from mappings.clauses import clause_gaps, clauses
from mappings.context import read_context
from mappings.documents import documents
from mappings.facts import Facts
from mappings.source import Source
from mappings.structure import chapters, footnotes, paragraphs, sections, texts
from mappings.tree import Node


def extract(source: Source, tree: Node) -> Facts:
    """All facts of a report, each with its evidence, and the gaps that no rule filled.

    Raises SourceError where the report does not say whose session it is about.
    """
    context = read_context(source, tree)
    clause_facts = clauses(context)
    cited = citations(
        tree, context.vocabulary, body=context.body.key, session=context.report.session, year=context.report.year
    )
    return Facts(
        source=source.name,
        report=context.report,
        chapters=chapters(context),
        sections=sections(context),
        paragraphs=paragraphs(context),
        footnotes=footnotes(context),
        texts=texts(context),
        clauses=clause_facts,
        citations=cited.facts,
        gaps=(*context.gaps, *clause_gaps(clause_facts), *cited.gaps),
    )
