"""The address of each running paragraph inside its report: by its printed number, else by its position.

- One series of numbers through the report: "119".
- Numbers that begin anew in each chapter: "chapter/4/paragraph/12".
- No printed number, or one that an earlier paragraph has: "chapter/4/section/B/position/12". A number is never guessed,
  because the numbered text of the same report may come later and mean another paragraph.

A text has a position where several have its kind, number and voice: those that a converter left without numbers.

An annex is a unit of its own, with the numbering that it prints: "annex/2/paragraph/3".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from mappings.iris import numeral, section_key
from mappings.tree import TEXTS, Kind, Node


@dataclass(slots=True)
class _Addresses:
    """The addresses given so far, and how many paragraphs each division holds."""

    anew: bool
    given: set[str]
    counted: Counter[str]
    texts: Counter[tuple[str, ...]]  # how many texts have each kind, number and voice

    def of(self, unit: str, section: str, number: str) -> tuple[str, int]:
        """The address and the position of the next paragraph of a division."""
        division = "/".join(part for part in (unit, section) if part)
        self.counted[division] += 1
        position = self.counted[division]
        own_numbers = self.anew or unit.startswith("annex")
        printed = f"{unit}/paragraph/{number}" if own_numbers and unit else number
        if number and printed not in self.given:
            address = printed
        else:
            address = f"{division}/position/{position}" if division else f"position/{position}"
        self.given.add(address)
        return address, position


def with_addresses(tree: Node, *, anew: bool) -> Node:
    """The tree with the key and position of each paragraph; `anew` tells that each chapter numbers its own from 1."""
    texts = Counter(_text_name(node) for node in tree.of(*TEXTS))
    return _addressed(tree, _Addresses(anew, set(), Counter(), texts), "", "")


def _text_name(node: Node) -> tuple[str, ...]:
    """What tells a text: its kind, its number and the organ that speaks."""
    voice = next((child.passage.text for child in node.children if child.kind is Kind.VOICE), "")
    return node.kind.value, node.label, voice


def _addressed(node: Node, addresses: _Addresses, unit: str, section: str) -> Node:
    match node.kind:
        case Kind.CHAPTER:
            unit, section = f"chapter/{numeral(node.label)}", ""
        case Kind.ANNEX:
            unit, section = f"annex/{numeral(node.label)}" if node.label else "annex", ""
        case Kind.SECTION:
            section = f"section/{node.label or section_key(node.title.text)}"
        case Kind.PARAGRAPH:
            key, position = addresses.of(unit, section, node.label)
            node = replace(node, key=key, position=position)
        case kind if kind in TEXTS and addresses.texts[_text_name(node)] > 1:
            addresses.counted["/".join(_text_name(node))] += 1
            node = replace(node, position=addresses.counted["/".join(_text_name(node))])
        case _:
            pass
    children = tuple(_addressed(child, addresses, unit, section) for child in node.children)
    return replace(node, children=children) if children else node
