"""What several parts say of a thing, put together as text: the same as the statements of all, arranged anew.

The Turtle of a part is read as `server.turtle` writes it: blocks with an empty line between them, that of the thing
first where it has one, then what points to it in its order; facts end in " ;", and no literal holds the end of a line.
So only what several parts say is looked at, however much one of them says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from server.turtle import POINTING_HERE, Writer, arranged, fact_of, headed, place_of_property

_FACTS = " ;\n    "


def merged(bodies: Sequence[str], prefixes: Mapping[str, str], thing: str) -> str | None:
    """The Turtle of a thing, by its IRI, of all bodies, which have no prefixes at their heads and need the given ones.

    None where two say of the same thing that it points here, in different words: the statements tell then.
    """
    writer = Writer(prefixes)

    def place_of(block: str) -> tuple[int | str, ...]:
        return writer.place(_expanded(_subject(block), prefixes))

    own = writer.term(f"<{thing}>")
    said: dict[str, list[str]] = {}
    here: list[str] = []
    for body in sorted(bodies, key=len, reverse=True):
        blocks = body.removesuffix("\n").split("\n\n")
        if blocks[0].startswith(f"{own} "):
            for fact in blocks.pop(0).removesuffix(" .").removeprefix(f"{own} ").split(_FACTS):
                name = fact.split(None, 1)[0]
                if fact not in said.setdefault(name, []):
                    said[name].append(fact)
        pointing = blocks[1:]  # below the line that says so
        if not here:
            here = pointing
            continue
        for block in pointing:
            place = bisect_left(here, place_of(block), key=place_of)
            if place < len(here) and _subject(here[place]) == _subject(block):
                if here[place] != block:
                    return None
            else:
                here.insert(place, block)
    parts = []
    if said:
        names = sorted(said, key=lambda name: place_of_property(_expanded(name, prefixes)))
        facts = (said[name][0] if len(said[name]) == 1 else _joined(said[name], writer, prefixes) for name in names)
        parts.append(f"{own} {_FACTS.join(facts)} .\n")
    if here:
        parts += [f"{POINTING_HERE}\n", *(f"{block}\n" for block in here)]
    return "\n".join(parts)


def _joined(facts: Sequence[str], writer: Writer, prefixes: Mapping[str, str]) -> str:
    """Facts of one property with different values, as one."""
    text = headed("".join(f"<x:y> {fact} .\n" for fact in facts), prefixes, prefixes).encode()
    statements = dict.fromkeys(fact_of(quad) for quad in ox.parse(text, ox.RdfFormat.TURTLE))
    body, _ = arranged(statements, writer, "<x:y>")
    return body.removeprefix("<x:y> ").removesuffix(" .\n")


def _subject(block: str) -> str:
    return block.split(" ", 1)[0]


def _expanded(name: str, prefixes: Mapping[str, str]) -> str:
    """An IRI as N-Triples have it, of the form that Turtle has for it."""
    if name == "a":
        return f"<{prefixes['rdf']}type>"
    if name.startswith("<"):
        return name
    prefix, _, local = name.partition(":")
    return f"<{prefixes[prefix]}{local}>"
