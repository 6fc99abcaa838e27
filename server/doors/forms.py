"""The forms of a thing beside its descriptions: plain text, JSON, feeds, library records … each a door of its own.

A door says for which classes of things it is, and writes one. It is had like a description: by the suffix of the
address, by `?format=` and by `Accept`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from server.negotiation import Form


@dataclass(frozen=True, slots=True)
class Door:
    """A form and the classes (local names) of the things that have it, none for all; `write` may raise a Problem.

    `saved` tells that a browser saves it as a file, `by_content` that its ETag is that of its content: what nothing has
    changed of is 304 in the next release too.
    """

    form: Form
    classes: frozenset[str]
    write: Callable[[ox.NamedNode, Collection[str]], str | bytes]
    saved: bool = False
    by_content: bool = False

    def opens_to(self, classes: Collection[str]) -> bool:
        """Whether things of the classes have this form."""
        return not self.classes or not self.classes.isdisjoint(classes)


def forms_of(doors: Sequence[Door], classes: Collection[str]) -> tuple[Form, ...]:
    """The forms that things of the given classes have among some doors."""
    return tuple(door.form for door in doors if door.opens_to(classes))
