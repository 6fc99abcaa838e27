"""A node of the tree while it grows: the outline adds blocks to it until the next one begins."""

from __future__ import annotations

from dataclasses import dataclass, field

from mappings.outlining.inline import Hyphens
from mappings.outlining.lines import Block
from mappings.outlining.passages import joined
from mappings.source import Span
from mappings.tree import Kind, Node, Passage


@dataclass(slots=True, eq=False)
class Growth:
    """A node that can still take words, a title, children and the blocks that belong to it."""

    kind: Kind
    label: str = ""
    title: list[Passage] = field(default_factory=list)
    words: list[Passage] = field(default_factory=list)
    children: list[Growth] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def child(self, kind: Kind, block: Block, words: Passage | None = None, label: str = "") -> Growth:
        """A new last child made of one block."""
        grown = Growth(kind, label, words=[block.words if words is None else words], spans=[block.span])
        self.children.append(grown)
        return grown

    def headed(self, kind: Kind, block: Block, title: Passage, label: str = "") -> Growth:
        """A new last child that begins with a heading."""
        grown = Growth(kind, label, title=[title], spans=[block.span])
        self.children.append(grown)
        return grown

    def go_on(self, block: Block, words: Passage | None = None) -> None:
        """Take a block as the continuation of the node's own words."""
        self.words.append(block.whole if words is None else words)
        self.spans.append(block.span)

    def entitle(self, block: Block, words: Passage | None = None) -> None:
        """Take a block as a part of the title."""
        self.title.append(block.whole if words is None else words)
        self.spans.append(block.span)

    @property
    def text(self) -> str:
        """The last words so far, enough to see how they end."""
        for part in reversed(self.words):
            if part.text:
                return part.text
        return ""

    @property
    def heading(self) -> str:
        """The words of the title so far."""
        return " ".join(part.text for part in self.title)

    def frozen(self, hyphens: Hyphens) -> Node:
        """The finished node and all below it."""
        return Node(
            self.kind,
            self.label,
            joined(self.title, hyphens),
            joined(self.words, hyphens),
            tuple(child.frozen(hyphens) for child in self.children),
            merged(self.spans),
        )


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """The same regions in their order, touching ones as one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and result[-1].end == span.start:
            result[-1] = Span(result[-1].start, span.end)
        else:
            result.append(span)
    return tuple(result)
