"""The statements of the Turtle files under schemes/, as they stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files

import pyoxigraph as ox

Statements = Mapping[str, Sequence[ox.Literal | str]]
"""What is said of one subject: by predicate the values in the order of the files, IRIs as text."""


def statements() -> Mapping[str, Statements]:
    """Everything that the schemes say, by subject; the files in the order of their names.

    A subject of which nothing is said has no statements.
    """
    found: dict[str, dict[str, list[ox.Literal | str]]] = defaultdict(lambda: defaultdict(list))
    folder = files("ontology") / "schemes"
    for file in sorted((file for file in folder.iterdir() if file.name.endswith(".ttl")), key=lambda file: file.name):
        for triple in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE):
            value = triple.object
            term = value if isinstance(value, ox.Literal) else str(getattr(value, "value", ""))
            found[str(getattr(triple.subject, "value", ""))][triple.predicate.value].append(term)
    return found


def texts(said: Statements, predicate: str) -> tuple[str, ...]:
    """The values of a predicate that are English or of no language."""
    return tuple(
        value.value
        for value in said.get(predicate, ())
        if isinstance(value, ox.Literal) and value.language in (None, "en")
    )


def links(said: Statements, predicate: str) -> tuple[str, ...]:
    """The IRIs that a predicate points to."""
    return tuple(value for value in said.get(predicate, ()) if isinstance(value, str))


def first(values: Iterable[str]) -> str:
    """The first value, empty where there is none."""
    return next(iter(values), "")
