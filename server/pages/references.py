"""What paragraphs and footnotes cite, each citation with its kind in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.requests import address
from server.store import Row
from server.things import iri, text

MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing that a paragraph cites: its name and address, the kind of citation ("recalls", "mentions") with the
    address of what explains it, the pinpoint, the citation's address, the words that name it in the report."""

    words: str
    href: str
    kind: str
    kind_href: str
    pinpoint: str
    citation: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """References of one kind, with the address of what explains the kind."""

    words: str
    href: str
    references: tuple[Reference, ...]

    @property
    def works(self) -> tuple[tuple[Reference, ...], ...]:
        """The references by work, each at the place of its first."""
        found: dict[str, list[Reference]] = {}
        for one in self.references:
            found.setdefault(one.href, []).append(one)
        return tuple(tuple(same) for same in found.values())


def references_of(rows: Sequence[Row], quotes: Mapping[str, str]) -> dict[str, tuple[Reference, ...]]:
    """The references of each place, by its IRI, in the order of the rows; the quotes are by the citations' IRIs."""
    found: dict[str, dict[str, Reference]] = {}
    for row in rows:
        target = iri(row, "cited")
        kind, kind_of = _kind(row)
        reference = Reference(
            words=text(row, "citedLabel") or target.rpartition("/")[2],
            href=address(target),
            kind=kind,
            kind_href=address(kind_of) if kind_of else "",
            pinpoint=text(row, "pinpoint"),
            citation=address(iri(row, "citation")),
            quote=quotes.get(iri(row, "citation"), ""),
        )
        found.setdefault(iri(row, "place"), {}).setdefault(iri(row, "citation"), reference)
    return {place: tuple(references.values()) for place, references in found.items()}


def _kind(row: Row) -> tuple[str, str]:
    """The kind of a citation in words and its IRI: that of the verb whose object the cited work is, else a mention."""
    if text(row, "role") != "direct":
        return MENTIONS, ""
    return text(row, "kind") or "cites", iri(row, "kindOf")


def kinds(references: Iterable[Reference]) -> tuple[Kind, ...]:
    """References by kind, mentions last; within a kind each work once with each of its pinpoints, in their order."""
    found: dict[tuple[str, str], dict[tuple[str, str], Reference]] = {}
    for one in references:
        found.setdefault((one.kind, one.kind_href), {}).setdefault((one.href, one.pinpoint), one)
    groups = (Kind(words, href, tuple(works.values())) for (words, href), works in found.items())
    return tuple(sorted(groups, key=lambda kind: kind.words == MENTIONS))
