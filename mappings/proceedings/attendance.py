"""How many of each category attended the session."""

from __future__ import annotations

from mappings.facts import AttendanceFact, Evidence
from mappings.formulas.formula import matches, says
from mappings.tree import Kind, Node


def attendance(tree: Node) -> tuple[AttendanceFact, ...]:
    """The counts of the paragraph on attendance, in the order of the formulas."""
    facts = []
    for node in tree.of(Kind.PARAGRAPH):
        text = node.passage.text
        if says("attendance told", text):
            for found in matches("attendance", text):
                evidence = Evidence(node.passage.span(found.start, found.end), f"attendance: {found.formula.label}")
                facts.append(AttendanceFact(**found.fields, paragraph=node.key, evidence=evidence))  # type: ignore[arg-type]
    return tuple(facts)
