"""How many of each category attended the session."""

from __future__ import annotations

from mappings.facts import AttendanceFact, Evidence
from mappings.formulae import find, formula
from mappings.lexicon.numbers import number
from mappings.tree import Kind, Node


def attendance(tree: Node) -> tuple[AttendanceFact, ...]:
    """The counts of the paragraph on attendance, in the order of the rules."""
    facts = []
    for node in tree.of(Kind.PARAGRAPH):
        text = node.passage.text
        if not formula("conduct", "attendance").search(text):
            continue
        for rule, match in find("attendance", text):
            evidence = Evidence(node.passage.span(*match.span()), f"attendance: {rule.name}")
            facts.append(AttendanceFact(rule.name, _count(match["count"]), node.key, evidence))
    return tuple(facts)


def _count(printed: str) -> int:
    """The number that figures or a word name; an article counts one."""
    return number(printed) or 1
