"""What the footnotes of a report cite, before it is known which treaty a registration belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mappings.citing.deliberations import plain, rule
from mappings.citing.instruments import Unresolved
from mappings.citing.owners import Circumstances
from mappings.citing.pinpoints import parts, whole
from mappings.citing.places import Note, Setting
from mappings.citing.references import Reference, read
from mappings.facts import ThingKind
from ontology.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class NoteReading:
    """A footnote with its references; `registration` and `volumes` are those of a treaty, printed at `place`.

    A footnote that gives the imprint of a publication has a place and no registration.
    """

    note: Note
    references: tuple[Reference, ...]
    unresolved: tuple[Unresolved, ...]
    registration: str = ""
    volumes: tuple[str, ...] = ()
    place: tuple[int, int] = (0, 0)

    @property
    def is_source(self) -> bool:
        """Whether the footnote says where the thing before its mark is printed."""
        return bool(self.registration) or any(one.cited.kind is ThingKind.DOCUMENT for one in self.references)


def read_notes(
    footnotes: tuple[Note, ...], places: tuple[Setting, ...], vocabulary: Vocabulary, at: Circumstances
) -> tuple[NoteReading, ...]:
    """The footnotes of a report read in order; "Ibid." alone repeats the one before.

    "Resolution 76/181, annex" is a resolution of the organ that speaks where the mark stands.
    """
    result: list[NoteReading] = []
    for note in footnotes:
        previous = result[-1] if result else None
        voice = places[note.anchor].voice if note.anchor is not None else at.body
        whose = Circumstances(at.body, at.session, at.year, voice)
        result.append(_ibid(note, previous) or _read(note, vocabulary, whose))
    return tuple(result)


def _read(note: Note, vocabulary: Vocabulary, at: Circumstances) -> NoteReading:
    reading = read(note.passage, vocabulary, at)
    found = NoteReading(note, _with_ibid_inside(note, reading.references), reading.unresolved)
    if match := rule("treaty series").search(note.passage.text):
        volumes = tuple(re.findall(r"[0-9]+", match["volumes"]))
        return replace(found, registration=match["number"], volumes=volumes, place=match.span())
    if not found.references and (match := rule("imprint").search(note.passage.text)):
        return replace(found, place=(0, match.end()))
    return found


def _ibid(note: Note, previous: NoteReading | None) -> NoteReading | None:
    """The footnote before once more, with another pinpoint where one is printed; None for any other footnote.

    A note that goes on with more than a pinpoint prints a document of its own ("Ibid., Seventy-second Session,
    Supplement No. 93 (A/72/93)"), and is read like any other.
    """
    text = plain(note.passage.text)
    match = rule("ibid").match(text.strip())
    if not match or rule("treaty series").match(text) or previous is None:
        return None
    places = parts(pinpoint) if (pinpoint := whole(match["pinpoint"] or "")) else ()
    if match["pinpoint"] and not places:
        return None
    end = len(text.rstrip(" ."))
    references = tuple(
        replace(one, begin=0, start=0, end=end, stop=end, pinpoints=places or one.pinpoints, rule="ibid")
        for one in _meant(previous)
    )
    place = (0, end) if previous.place[1] else (0, 0)
    return NoteReading(note, references, (), previous.registration, previous.volumes, place)


def _meant(previous: NoteReading) -> tuple[Reference, ...]:
    """The one work of a footnote that "Ibid." repeats: the last one cited, with the halves of its joint symbol.

    Where it is reproduced is another work; a corrigendum or addendum named with it is not what is quoted.
    """
    text = plain(previous.note.passage.text)
    elsewhere = [match.span() for match in rule("reproduced elsewhere").finditer(text)]
    works = [
        one
        for one in previous.references
        if one.rule != "symbol, further" and not any(a <= one.start < b for a, b in elsewhere)
    ]
    return tuple(one for one in works if (one.start, one.end) == (works[-1].start, works[-1].end))


def _with_ibid_inside(note: Note, found: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """The references of a note with those that "ibid." repeats inside it: "A/71/905, annex I; ibid., annex II"."""
    text = plain(note.passage.text)
    repeated = []
    for match in rule("ibid inside").finditer(text):
        before = [one for one in found if one.end <= match.start("words")]
        if before and (pinpoint := whole(match["pinpoint"])):
            start, end = match.span("words")
            again = replace(before[-1], begin=start, start=start, end=end, stop=end, rule="ibid")
            repeated.append(replace(again, pinpoints=parts(pinpoint)))
    return tuple(sorted((*found, *repeated), key=lambda one: one.start))
