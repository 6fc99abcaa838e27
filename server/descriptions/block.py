"""What one part says of one thing, as text: seven lines and more.

Its path, how many quads point to it, the classes that are asserted, those that follow, the prefixes that are used, a
letter for each statement that tells which graphs state it, and the statements as Turtle in its order. Of a thing that
is to be asked of the store there is the path alone.
"""

from __future__ import annotations

from dataclasses import dataclass

ELSEWHERE = ("evidence/", "graph/")  # paths of things that the store alone describes
FIRST_LETTER = ord("A")


@dataclass(frozen=True, slots=True)
class Block:
    """What a part says of a thing; `pointers` counts the quads of evidence as well, of which there are no letters.

    `told` is false where it is to be asked of the store.
    """

    path: str
    told: bool = False
    pointers: int = 0
    asserted: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    letters: str = ""
    turtle: str = ""

    @property
    def text(self) -> str:
        """The lines of the block."""
        if not self.told:
            return self.path
        lines = (self.asserted, self.following, self.prefixes)
        return "\n".join((self.path, str(self.pointers), *map(" ".join, lines), self.letters, self.turtle))

    @staticmethod
    def of(text: str) -> Block:
        """The block of those lines."""
        path, _, rest = text.partition("\n")
        if not rest:
            return Block(path)
        pointers, asserted, following, prefixes, letters, turtle = rest.split("\n", 5)
        words = (tuple(asserted.split()), tuple(following.split()), tuple(prefixes.split()))
        return Block(path, True, int(pointers), *words, letters, turtle)
