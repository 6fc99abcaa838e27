"""What a part says of each thing, as it is sent: Turtle in its order, with what else an answer needs beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from server.descriptions.block import ELSEWHERE, FIRST_LETTER, Block
from server.descriptions.pack import FILE, written_pack
from server.publishing.disk import UNFINISHED, force
from server.requests import prefixes
from server.things import POINTING, RDF_TYPE, layer
from server.turtle import Fact, Writer, arranged, fact_of

# Statements of a thing in one part beyond which it is asked of the store: few things have as many, and no page is made
# of the whole of them.
MOST = 5_000
_TYPE = f"<{RDF_TYPE}>"


@dataclass(slots=True)
class _Known:
    """What is known of a thing: facts that begin at it, facts that point to it, and the quads that do."""

    said: list[Fact] = field(default_factory=list)
    pointing: list[Fact] = field(default_factory=list)
    pointers: int = 0
    elsewhere: bool = False


class PartDescriptions:
    """The descriptions that a part gives of the things with IRIs of our own, in the order of their paths."""

    def __init__(self, dumps: Mapping[str, str], base: str) -> None:
        """`dumps` are the N-Quads of the part by the IRIs of their graphs."""
        self.prefixes = dict(prefixes(base))
        self._base, self._writer = base, Writer(self.prefixes)
        self.graphs = tuple(sorted(name for name in dumps if layer(ox.NamedNode(name)) != "evidence"))
        self._facts = _facts([dumps[name] for name in self.graphs])
        masks = sorted(set(self._facts.values()))
        self.sets = tuple(tuple(place for place in range(len(self.graphs)) if mask >> place & 1) for mask in masks)
        self._letters = {mask: chr(FIRST_LETTER + place) for place, mask in enumerate(masks)}
        self._inferred = sum(1 << place for place, name in enumerate(self.graphs) if name.endswith("/inferred"))
        self._known: dict[str, _Known] = {}
        self._collect([text for name, text in dumps.items() if name not in self.graphs])

    def __iter__(self) -> Iterator[Block]:
        start = len(self._base) + 1
        for thing, known in sorted(self._known.items()):
            if "#" not in thing and not thing.startswith(ELSEWHERE, start):  # nobody looks up what is in a document
                yield self._block(thing, thing[start:-1], known)

    def _collect(self, evidence: Iterable[str]) -> None:
        own = f"<{self._base}"
        for fact, mask in self._facts.items():
            subject, _, value = fact
            if subject.startswith(own):
                self._of(subject).said.append(fact)
            if value.startswith(own):
                known = self._of(value)
                known.pointing.append(fact)
                known.pointers += mask.bit_count()
        start = len(own)
        for text in evidence:
            lines = [line for line in text.split("\n") if line]
            for name in {line[: line.index(" ")] for line in lines}:
                if name.startswith(own) and not name.startswith(ELSEWHERE, start):
                    self._of(name).elsewhere = True
            for name, count in Counter([line.split(" ", 3)[2] for line in lines]).items():
                if name.startswith(own) and not name.startswith(ELSEWHERE, start):
                    self._of(name).pointers += count

    def _of(self, thing: str) -> _Known:
        known = self._known.get(thing)
        if known is None:
            known = self._known[thing] = _Known()
        return known

    def _block(self, thing: str, path: str, known: _Known) -> Block:
        facts = dict.fromkeys((*known.said, *known.pointing))
        if known.elsewhere or known.pointers > POINTING or len(facts) > MOST or any(map(_is_strange, facts)):
            return Block(path)
        used = self._writer.used
        used.clear()
        body, order = arranged(facts, self._writer, thing)
        letters = "".join([self._letters[self._facts[fact]] for fact in order])
        types = {fact[2][1:-1]: fact for fact in known.said if fact[1] == _TYPE and fact[2].startswith("<")}
        asserted = {name for name, fact in types.items() if self._facts[fact] & ~self._inferred}
        following = types.keys() - asserted
        return Block(
            path,
            told=True,
            pointers=known.pointers,
            asserted=tuple(sorted(asserted)),
            following=tuple(sorted(following)),
            prefixes=tuple(sorted(used)),
            letters=letters,
            turtle=body,
        )

    def packed(self) -> bytes:
        """The descriptions as one file."""
        return written_pack(self, self._base, self.graphs, self.sets, self.prefixes)


def write_pack(folder: Path, dumps: Mapping[str, str], base: str) -> None:
    """Write the descriptions of a part into its folder; `dumps` are its N-Quads by the IRIs of their graphs."""
    fresh = folder / f"{UNFINISHED}{FILE}"
    fresh.write_bytes(PartDescriptions(dumps, base).packed())
    force(fresh)
    fresh.replace(folder / FILE)


def _is_strange(fact: Fact) -> bool:
    """Whether a node without a name, or a statement about a statement, is in a fact."""
    return fact[0].startswith(("_", "<<")) or fact[2].startswith(("_", "<<"))


def _facts(dumps: Iterable[str]) -> dict[Fact, int]:
    """Each fact with the dumps that state it, as bits; values are as the engine holds them."""
    found: dict[Fact, int] = {}
    for place, text in enumerate(dumps):
        for quad in ox.parse(text.encode(), ox.RdfFormat.N_QUADS):
            fact = fact_of(quad)
            found[fact] = found.get(fact, 0) | 1 << place
    typed = {value for _, _, value in found if value.startswith('"') and value.endswith(">")}
    if held := _as_held(sorted(typed)):
        for fact in [fact for fact in found if fact[2] in held]:
            subject, name, value = fact
            other, mask = (subject, name, held[value]), found.pop(fact)
            found[other] = found.get(other, 0) | mask
    return found


def _as_held(literals: list[str]) -> dict[str, str]:
    """The literals that the engine holds in another form than they are written in, each with that form: 1 for 01."""
    store = ox.Store()
    lines = "".join(f"<x:{place}> <x:value> {literal} .\n" for place, literal in enumerate(literals))
    store.extend(ox.parse(lines.encode(), ox.RdfFormat.N_QUADS))
    held = ((literals[int(str(quad.subject)[3:-1])], str(quad.object)) for quad in store)
    return {literal: other for literal, other in held if literal != other}
