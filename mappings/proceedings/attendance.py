"""How many of each category attended the session."""

from __future__ import annotations

from mappings.facts import AttendanceFact, Evidence
from mappings.formulae import find, formula
from mappings.tree import Kind, Node

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def attendance(tree: Node) -> tuple[AttendanceFact, ...]:
    """The counts of the paragraph on attendance, in the order of the rules; numbers in words are read up to twelve."""
    facts = []
    for node in tree.of(Kind.PARAGRAPH):
        text = node.passage.text
        if not formula("conduct", "attendance").search(text):
            continue
        for rule, match in find("attendance", text):
            evidence = Evidence(node.passage.span(*match.span()), f"attendance: {rule.name}")
            facts.append(AttendanceFact(rule.name, number(match["count"]), node.key, evidence))
    return tuple(facts)


def number(words: str) -> int:
    """The number that digits or a word up to twelve name; an article counts one."""
    if words.isdigit():
        return int(words)
    return 1 if words in ("a", "an") else NUMBERS.index(words) + 1
