"""Facts without the units that do not conform: a text, a paragraph of the report, or a chapter with all it holds.

What does not conform is named by the IRI of a node of the graph. Its unit is the smallest one that the node belongs to:
the text, else the paragraph, else the chapter or annex. A node of none of them belongs to the report as a whole, which
has no unit to withhold. What a unit holds goes with it, and what points into it points there no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from mappings import iris
from mappings.assertion import labels
from mappings.facts import WITHHELD, ClauseKey, Count, Facts, FootnoteKey, Gap, ParagraphKey, Place, TextKey
from mappings.source import Span
from ontology.terms import BASE

COUNTED = "units"


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the report that is published or withheld as one: a text, a paragraph by its address, or a chapter."""

    key: TextKey | ParagraphKey | str
    name: str  # "Resolution 31/1", "Paragraph 12", "Chapter IV"
    span: Span


@dataclass(frozen=True, slots=True)
class Withheld:
    """A unit that is withheld, and what is wrong with it, each reason once."""

    unit: Unit
    reasons: tuple[str, ...]


class Units:
    """The units of a report, found by the IRI of a node that belongs to one."""

    def __init__(self, facts: Facts) -> None:
        self._of: dict[str, Unit] = dict(_paths(facts))

    def __len__(self) -> int:
        """How many there are."""
        return len({unit.key for unit in self._of.values()})

    def of(self, iri: str) -> Unit | None:
        """The smallest unit whose address begins that of the node; None for what belongs to the report as a whole."""
        path = iri.removeprefix(BASE).partition("/")[2]
        while path:
            if path in self._of:
                return self._of[path]
            path = path.rpartition("/")[0]
        return None


def _paths(facts: Facts) -> Iterator[tuple[str, Unit]]:
    """Each unit with what follows the kind in the IRIs of its nodes: "ccpcj/31/resolution/1", "ccpcj/31/119"."""
    session = iris.session_key(facts.report)
    for chapter in facts.chapters:
        unit = Unit(chapter.number, f"Chapter {chapter.number}", chapter.evidence.span)
        yield _tail(iris.chapter(session, chapter.number)), unit
    for paragraph in facts.paragraphs:
        key = ParagraphKey(paragraph.key)
        unit = Unit(key, labels.paragraph_label(session, key), paragraph.evidence.span)
        yield _tail(iris.paragraph(session, key)), unit
        yield _tail(iris.act(session, paragraph.key, 0)).removesuffix("/0"), unit
    for text in facts.texts:
        yield (
            _tail(iris.text(session, text.key)),
            Unit(text.key, labels.text_name(session, text.key), text.evidence.span),
        )


def _tail(iri: str) -> str:
    return iri.removeprefix(BASE).partition("/")[2]


def without(facts: Facts, withheld: Collection[Withheld], units: int) -> Facts:
    """The facts without the withheld units, which are counted among all `units` and listed with their reasons."""
    left_out = _LeftOut.of(facts, [one.unit for one in withheld])
    gaps = tuple(Gap(WITHHELD, "; ".join(one.reasons), one.unit.name, one.unit.span) for one in withheld)
    counted = Count(COUNTED, units, units - len(withheld))
    kept = left_out.removed_from(facts)
    return replace(kept, gaps=(*facts.gaps, *gaps), coverage=(*facts.coverage, counted))


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """All that is left out, by key: chapters, paragraphs, texts, and the notes whose marks stand only there."""

    chapters: frozenset[str]
    paragraphs: frozenset[str]
    texts: frozenset[TextKey]
    footnotes: frozenset[FootnoteKey]

    @classmethod
    def of(cls, facts: Facts, units: Collection[Unit]) -> _LeftOut:
        """What the units hold: a chapter its paragraphs and the texts that these introduce."""
        keys = {unit.key for unit in units}
        chapters = frozenset(key for key in keys if isinstance(key, str))
        paragraphs = frozenset(
            one.key for one in facts.paragraphs if one.chapter in chapters or ParagraphKey(one.key) in keys
        )
        whole = frozenset(one.key for one in facts.paragraphs if one.chapter in chapters)
        texts = frozenset(one.key for one in facts.texts if one.key in keys or one.paragraph in whole)
        bare = cls(chapters, paragraphs, texts, frozenset())
        notes = frozenset(
            one.key for one in facts.footnotes if one.anchors and all(bare.holds(place) for place in one.anchors)
        )
        return cls(chapters, paragraphs, texts, notes)

    def holds(self, place: Place) -> bool:
        """Whether a place lies in what is left out."""
        match place:
            case ClauseKey():
                return place.text in self.texts
            case ParagraphKey():
                return place.path in self.paragraphs
            case FootnoteKey():
                return place in self.footnotes

    def removed_from(self, facts: Facts) -> Facts:
        """The facts that stand elsewhere, none of which points here."""
        by_paragraph: Mapping[str, object] = {
            table: tuple(one for one in getattr(facts, table) if one.paragraph not in self.paragraphs)
            for table in (
                "actions",
                "sponsorships",
                "statements",
                "views",
                "documents",
                "agenda",
                "officers",
                "attendance",
            )
        }
        kept = replace(facts, **by_paragraph)  # type: ignore[arg-type]
        spoken = [
            replace(one, act=None, stances=()) if one.act and one.act[0] in self.paragraphs else one
            for one in kept.statements
        ]
        used = {one.meeting for one in kept.actions} | {key for one in kept.statements for key in one.meetings}
        meetings = [
            replace(one, paragraphs=tuple(key for key in one.paragraphs if key not in self.paragraphs))
            for one in facts.meetings
        ]
        return replace(
            kept,
            statements=tuple(spoken),
            chapters=tuple(one for one in facts.chapters if one.number not in self.chapters),
            sections=tuple(one for one in facts.sections if one.chapter not in self.chapters),
            paragraphs=tuple(one for one in facts.paragraphs if one.key not in self.paragraphs),
            meetings=tuple(one for one in meetings if one.paragraphs or one.key in used),
            texts=tuple(
                replace(one, paragraph="" if one.paragraph in self.paragraphs else one.paragraph)
                for one in facts.texts
                if one.key not in self.texts
            ),
            clauses=tuple(one for one in facts.clauses if one.key.text not in self.texts),
            mandates=tuple(one for one in facts.mandates if one.clause.text not in self.texts),
            citations=tuple(one for one in facts.citations if not self.holds(one.place)),
            footnotes=tuple(
                replace(one, anchors=tuple(place for place in one.anchors if not self.holds(place)))
                for one in facts.footnotes
                if one.key not in self.footnotes
            ),
            actions=tuple(
                replace(one, results=tuple(key for key in one.results if key not in self.texts)) for one in kept.actions
            ),
            sponsorships=tuple(
                replace(one, text=None if one.text in self.texts else one.text) for one in kept.sponsorships
            ),
            agenda=tuple(
                replace(one, chapter="" if one.chapter in self.chapters else one.chapter)
                for one in kept.agenda
                if one.text not in self.texts
            ),
        )
