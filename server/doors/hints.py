"""What a query may have meant by a class or property that the vocabulary does not have.

The names of a query are looked up in the release; nothing is said of those of namespaces that we do not use. A hint
goes with the answer as the header `Recalling-Hint`, and with a problem as its member `hints`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from urllib.parse import urljoin

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from server.current import Release
from server.requests import prefixes
from server.sparql.screening import tokens
from server.sparql.terms import vocabulary_terms
from server.store import StoreError

HEADER = "Recalling-Hint"
_TOKENS = 2_000  # of a query that are read for this: ten times a long query
_HINTS = 5  # unknown names that are told of
_ALIKE = 60  # of 100: "sponser" is 86 of "sponsor", "title" 44 of "text"
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class Hint:
    """A name of a query that the vocabulary does not have, as the query may write it, and those it may have meant."""

    unknown: str
    meant: tuple[str, ...]

    def __str__(self) -> str:
        meant = f" Did you mean {' or '.join(self.meant)}?" if self.meant else ""
        return f"{self.unknown} is not in the vocabulary.{meant}"

    def member(self) -> Mapping[str, object]:
        """The hint as a member of a problem document."""
        return {**asdict(self), "detail": str(self)}


def hints_of(query: str, current: Release) -> tuple[Hint, ...]:
    """The unknown names of a query in their order; none where the store cannot be asked."""
    try:
        return tuple(islice(_hints(query, current), _HINTS))
    except (StoreError, ValueError):  # a name that no IRI may hold is the parser's to judge
        return ()


def _hints(query: str, current: Release) -> Iterator[Hint]:
    known = {namespace: prefix for prefix, namespace in prefixes(current.base)}
    seen: set[str] = set()
    for iri in _names(query, current.base):
        namespace = next((one for one in known if iri.startswith(one)), "")
        if not namespace or iri == namespace or iri in seen:
            continue
        seen.add(iri)
        if not re.fullmatch(r"[A-Za-z][\w-]*", iri.removeprefix(namespace)) or current.store.knows(ox.NamedNode(iri)):
            continue
        yield Hint(f"{known[namespace]}:{iri.removeprefix(namespace)}", _meant(iri, namespace, known, current))


def _names(query: str, base: str) -> Iterator[str]:
    """The IRIs of a query in full, as far as its prefixes are declared before they are used."""
    declared: dict[str, str] = {}
    waiting: str | None = None
    for kind, _, token in islice(tokens(query), _TOKENS):
        if kind == "word" and token.upper() == "PREFIX":
            waiting = ""
        elif waiting == "" and kind == "name":
            waiting = token.rstrip(":") + ":"
        elif waiting and kind == "iri":
            declared[waiting[:-1]], waiting = urljoin(base, token.strip("<>")), None
        elif kind == "iri":
            yield token.strip("<>")
        elif kind == "name" and token[0] not in "?$@":
            prefix, _, local = token.partition(":")
            if prefix in declared:
                yield declared[prefix] + local.rstrip(".")


def _meant(iri: str, namespace: str, known: Mapping[str, str], current: Release) -> tuple[str, ...]:
    """Names that are written nearly so: classes for a class, properties for a property, of its namespace."""
    local = iri.removeprefix(namespace)
    names = [term.removeprefix(namespace) for term in vocabulary_terms(current) if term.startswith(namespace)]
    alike = [name for name in names if name[:1].isupper() == local[:1].isupper()]
    near = process.extract(local, alike, scorer=fuzz.ratio, limit=3, score_cutoff=_ALIKE)
    found = [name for name, *_ in near] or _sharing_a_word(local, alike)
    return tuple(f"{known[namespace]}:{name}" for name in found)


def _sharing_a_word(local: str, names: Iterable[str]) -> list[str]:
    """The names with the most words of a name, at most three: "sponsoredByState" shares "sponsored" and "state"."""
    words = {word.lower() for word in _WORD.findall(local)}
    shared = {name: len(words & {word.lower() for word in _WORD.findall(name)}) for name in names}
    return sorted((name for name in shared if shared[name]), key=lambda name: (-shared[name], len(name), name))[:3]
