"""The IRI of everything that a report speaks of, made from the field's own identifiers.

No IRI comes from a counter over the whole file, so that one fact more or less moves no other.

All functions are injective over keys of the form that `mappings.facts` describes; `symbol_of` turns a document's IRI
back into its symbol. Numerals are read: draft resolution "II" ends in 2, resolution "31/1" of the thirty-first session
in 1, and a text without number has no last segment. The base is that of the default deployment; publishing replaces it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from rdflib import URIRef

from mappings.facts import (
    ClauseKey,
    FootnoteKey,
    MeetingKey,
    ParagraphKey,
    Place,
    ReportFact,
    TextKey,
    Thing,
    ThingKind,
)
from mappings.tree import DECLARATIONS
from ontology.terms import BASE

UNNUMBERED = "unnumbered"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_NUMERAL = re.compile(r"(?=.)(XL|X{0,3})(IX|IV|V?I{0,3})")
_PLAIN = frozenset("/-._~!$&'()*+,;=:@")
_SPECIALS = "\ufffc\ufffd"  # printable, and yet no letters of an IRI (RFC 3987, ucschar)


@dataclass(frozen=True, slots=True)
class SessionKey:
    """A session of a commission: the commission's key ("ccpcj") and the ordinal of the session, or its year.

    `name` is given where the number is not all of it: "S-32" for a special session, "71-72" for two in one report.
    """

    body: str
    number: int
    name: str = ""

    @property
    def key(self) -> str:
        """The segment of an address that names the session: "31", "2024", "S-32"."""
        return self.name or str(self.number)

    def of_number(self, number: int) -> SessionKey:
        """The session of the same body and series with another number: "S-33" for 33 beside "S-32"."""
        if number == self.number:
            return self
        series = re.fullmatch(r"([A-Za-z-]+-)[0-9]+", self.name)
        return SessionKey(self.body, number, f"{series[1]}{number}" if series else "")


def session_key(report: ReportFact) -> SessionKey:
    """The session that a report is about."""
    return SessionKey(report.body.key, report.session, report.session_name)


def encode(text: str) -> str:
    """A symbol or slug as the path of an IRI: letters of any script, "/" and "()" stay, a space becomes %20."""
    return "".join(character if _stays(character) else quote(character, safe="") for character in text)


def _stays(character: str) -> bool:
    if character in _PLAIN or character.isalnum():
        return True
    return "\x7f" < character < "\U000e0000" and character.isprintable() and character not in _SPECIALS


def _iri(*segments: str | int) -> URIRef:
    return URIRef(BASE + "/".join(encode(str(segment)) for segment in segments if segment != ""))


def path_of(iri: str) -> str:
    """The part of one of our IRIs after the base, percent-encoding kept."""
    return iri.removeprefix(BASE)


def numeral(number: str) -> str:
    """A printed ordinal in figures: "II" is "2", other numbers stay as they are in lower case.

    Roman numerals are read up to XLIX, so that the letters C, D, L and M stay letters.
    """
    if not _NUMERAL.fullmatch(number):
        return number.lower()
    values = [_ROMAN[letter] for letter in number]
    following = [*values[1:], 0]
    return str(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))


def report(session: SessionKey) -> URIRef:
    """`report/ccpcj/31`."""
    return _iri("report", session.body, session.key)


def original(session: SessionKey, checksum: str) -> URIRef:
    """`report/ccpcj/31/original/9f86d081884c7d65`: a file that the report was read from, by its SHA-256."""
    return _iri("report", session.body, session.key, "original", checksum[:16])


def converted(session: SessionKey, checksum: str, converter: str, version: str) -> URIRef:
    """`report/ccpcj/31/original/9f86d081884c7d65/text/recalling-pdf/1.0`: what a converter made of a file."""
    return URIRef(f"{original(session, checksum)}/text/{encode(converter)}/{encode(version.replace(' ', '-'))}")


def session(key: SessionKey) -> URIRef:
    """`session/ccpcj/31`."""
    return _iri("session", key.body, key.key)


def session_part(key: SessionKey, order: int) -> URIRef:
    """`session/ccpcj/31/part/1`."""
    return _iri("session", key.body, key.key, "part", order)


def chapter(session: SessionKey, number: str) -> URIRef:
    """`report/ccpcj/31/chapter/1`."""
    return _iri("report", session.body, session.key, "chapter", numeral(number))


def section(session: SessionKey, chapter_number: str, key: str) -> URIRef:
    """`report/ccpcj/31/chapter/1/section/A`."""
    return _iri("report", session.body, session.key, "chapter", numeral(chapter_number), "section", key)


def paragraph(session: SessionKey, key: ParagraphKey) -> URIRef:
    """`report/ccpcj/31/paragraph/15/a`, where numbers begin anew `report/clcm/12/chapter/4/paragraph/12/a`.

    The front matter has no paragraph: `report/ccpcj/31/summary`. All places without address that are no part of the
    front matter are one: `report/ccpcj/31/unnumbered`.
    """
    path = f"paragraph/{key.path}" if key.path.isdigit() else key.path or UNNUMBERED
    return _iri("report", session.body, session.key, path, *_letters(key.letter))


def footnote(session: SessionKey, key: FootnoteKey) -> URIRef:
    """`report/ccpcj/31/footnote/22`, `…/footnote/asterisk/2` for the second note with the same mark."""
    mark = "-".join("asterisk" if sign == "*" else sign for sign in key.mark) if "*" in key.mark else key.mark
    mark = mark or "unmarked"
    occurrence: tuple[int, ...] = (key.occurrence,) if key.occurrence > 1 else ()
    return _iri("report", session.body, session.key, "footnote", mark, *occurrence)


def meeting(session: SessionKey, key: MeetingKey) -> URIRef:
    """`meeting/ccpcj/31/13`, of another body `meeting/ccpcj/31/extended-bureau/3`, without number by its date."""
    body = "" if key.body == session.body else key.body
    place: str | int = ""
    if key.number is not None:
        place = key.number
    elif key.on is not None:
        place = key.on.isoformat()
    return _iri("meeting", session.body, session.key, body, place)


def text(session: SessionKey, key: TextKey) -> URIRef:
    """`text/ccpcj/31/draft-resolution/ga/2`; the commission's own texts have no voice: `text/ccpcj/31/resolution/1`.

    "31/1" of session 31 ends in 1, a number with another prefix such as "2022/1" in 2022-1.
    """
    kind = key.kind.replace(" ", "-")
    voice = "" if key.voice == session.body else key.voice
    before, slash, after = key.number.partition("/")
    own = slash and before in (str(session.number), session.key)
    number = after if own else key.number.replace("/", "-")
    if key.kind in DECLARATIONS:  # counted where none prints a number: text/clcm/12/declaration/1
        return _iri("text", session.body, session.key, kind, voice, numeral(number or str(key.position or 1)))
    alike = ("position", key.position) if key.position else ()
    return _iri("text", session.body, session.key, kind, voice, numeral(number) if number else "", *alike)


def clause(session: SessionKey, key: ClauseKey) -> URIRef:
    """The text's IRI + `/operative/7/a`."""
    return URIRef("/".join((text(session, key.text), key.part, str(key.number), *_letters(key.letter))))


def _letters(letter: str) -> list[str]:
    """The letters of a sub-paragraph from the outside in: "a", or "a (ii)" for one inside it."""
    return re.findall(r"\w+", letter)


def place(session: SessionKey, key: Place) -> URIRef:
    """The IRI of a place in the report: a clause, a paragraph or a footnote."""
    match key:
        case ClauseKey():
            return clause(session, key)
        case ParagraphKey():
            return paragraph(session, key)
        case FootnoteKey():
            return footnote(session, key)


def document(symbol: str) -> URIRef:
    """`document/A/RES/57/270%20B`."""
    return _iri("document", symbol)


def symbol_of(iri: str) -> str:
    """The symbol of the document with this IRI; ValueError for an IRI of something else."""
    path = path_of(iri)
    if path == iri or not path.startswith("document/"):
        raise ValueError(f"not the IRI of a document: {iri}")
    return unquote(path.removeprefix("document/"))


def thing(named: Thing) -> URIRef:
    """`state/FRA`, `goal/16`, `instrument/untoc` …, a document by its symbol."""
    return _iri(named.kind.value, named.key)


def verb(key: str) -> URIRef:
    """`verb/recall`."""
    return _iri("verb", key)


def act(session: SessionKey, paragraph_number: str, order: int) -> URIRef:
    """`act/ccpcj/31/119/1`: the paragraph and the order in it."""
    return _iri("act", session.body, session.key, paragraph_number, order)


def stance(label: str) -> URIRef:
    """The concept of a position on an act, by its label: `stance/consensus-without-endorsement`."""
    return _iri("stance", slug(label))


def sponsorship(session: SessionKey, paragraph_number: str, sponsor: Thing, occurrence: int = 1) -> URIRef:
    """`sponsorship/ccpcj/31/119/FRA`, `…/119/group/eu`; `occurrence` counts the drafts that one paragraph gives it."""
    again: tuple[int, ...] = (occurrence,) if occurrence > 1 else ()
    return _iri("sponsorship", session.body, session.key, paragraph_number, *_short(sponsor), *again)


def citation(session: SessionKey, citing: Place, cited: Thing, occurrence: int = 1) -> URIRef:
    """`citation/ccpcj/31/resolution/1/preambular/4/A/RES/69/314`, `…/instrument/untoc/2` for the second of a place."""
    at = path_of(place(session, citing)).partition("/")[2]
    key = "/".join(map(encode, _short(cited)))
    return URIRef(f"{BASE}citation/{at}/{key}" + (f"/{occurrence}" if occurrence > 1 else ""))


def _short(named: Thing) -> tuple[str, ...]:
    """The name of a thing where States and documents are what one expects: their keys alone."""
    if named.kind in (ThingKind.STATE, ThingKind.DOCUMENT):
        return (named.key,)
    return named.kind.value, named.key


def statement(session: SessionKey, paragraph_number: str, order: int) -> URIRef:
    """`statement/ccpcj/31/6/12`: the paragraph and the order in it."""
    return _iri("statement", session.body, session.key, paragraph_number, order)


def view(session: SessionKey, paragraph_number: str) -> URIRef:
    """`view/ccpcj/31/45`: the paragraph that reports it."""
    return _iri("view", session.body, session.key, paragraph_number)


def presentation(session: SessionKey, paragraph_number: str, order: int) -> URIRef:
    """`presentation/ccpcj/31/15/1`: a document before the commission, by the paragraph and the order in its list."""
    return _iri("presentation", session.body, session.key, paragraph_number, order)


def agenda_item(session: SessionKey, of_session: int, status: str, item: str, letter: str = "") -> URIRef:
    """`agenda/ccpcj/31/6/a`; of a provisional agenda, which may differ, `agenda/ccpcj/32/provisional/6/a`."""
    provisional = "provisional" if status == "provisional" else ""
    return _iri("agenda", session.body, session.of_number(of_session).key, provisional, item, letter)


def designation(session: SessionKey, paragraph_number: str, order: int) -> URIRef:
    """`designation/ccpcj/31/141/2`: who is elected or named to a post, by the paragraph and the place in it."""
    return _iri("designation", session.body, session.key, paragraph_number, order)


def post(session: SessionKey, body: str, office: str, group: Thing | None = None) -> URIRef:
    """`post/ccpcj/31/commission/vice-chair/african-states`: an office at a session, of a group where it is one's."""
    whose = group.key if group else ""
    return _iri("post", session.body, session.key, slug(body), slug(office), whose)


def person(name: str) -> URIRef:
    """`person/hikihara-takeshi`."""
    return _iri("person", slug(name))


def delegation(session: SessionKey, party: Thing) -> URIRef:
    """`delegation/ccpcj/31/FRA`: a State at a session."""
    return _iri("delegation", session.body, session.key, *_short(party))


def organ(session: SessionKey, key: str) -> URIRef:
    """`body/ccpcj/extended-bureau`: an organ of the commission that has a name only inside it."""
    return _iri("body", session.body, key)


def attendance(session: SessionKey, category: str, occurrence: int = 1) -> URIRef:
    """`attendance/ccpcj/31/states-members-of-the-commission`, `…/2` for a second count of the category."""
    again: tuple[int, ...] = (occurrence,) if occurrence > 1 else ()
    return _iri("attendance", session.body, session.key, slug(category), *again)


def mandate(session: SessionKey, key: ClauseKey, order: int) -> URIRef:
    """`mandate/` + the clause's path without `text/` + the order of the request in it."""
    at = path_of(clause(session, key)).partition("/")[2]
    return URIRef(f"{BASE}mandate/{at}/{order}")


def coverage(session: SessionKey, stage: str) -> URIRef:
    """`report/ccpcj/31/coverage/outline`."""
    return _iri("report", session.body, session.key, "coverage", slug(stage))


def gap(session: SessionKey, stage: str, start: int, end: int) -> URIRef:
    """`report/ccpcj/31/gap/citations/1200-1260`: what was not understood, by its offsets in the source."""
    return _iri("report", session.body, session.key, "gap", slug(stage), f"{start}-{end}")


def evidence(fact: str) -> URIRef:
    """`evidence/` + the path of the fact."""
    return URIRef(f"{BASE}evidence/{path_of(fact)}")


def evidence_target(fact: str) -> URIRef:
    """`evidence/` + the path of the fact + `/target`: the stretch of the report that a fact was read from."""
    return URIRef(f"{evidence(fact)}/target")


def fact_of(target: str) -> str:
    """The fact whose stretch `evidence_target` names."""
    return BASE + target.removeprefix(f"{BASE}evidence/").removesuffix("/target")


def fulfilment(mandate_iri: str, symbol: str) -> URIRef:
    """`fulfilment/` + the mandate's path without `mandate/` + the symbol of the document that answers it."""
    return URIRef(f"{BASE}fulfilment/{path_of(mandate_iri).partition('/')[2]}/{encode(symbol)}")


def link_evidence(subject: str, predicate: str, value: str) -> URIRef:
    """`evidence/` + the paths of a link between two reports: `evidence/text/…/adoptedAs/document/A/RES/77/232`."""
    name = path_of(predicate).rpartition("/")[2]
    return URIRef(f"{BASE}evidence/{path_of(subject)}/{name}/{path_of(value)}")


def paragraph_change(draft: str, text: str, order: int) -> URIRef:
    """`change/text/ccpcj/31/draft-resolution/ga/1/A/RES/77/231/3`: its third pair of paragraphs."""
    return URIRef(f"{BASE}change/{path_of(draft)}/{path_of(text).removeprefix('document/')}/{order}")


def paragraph_likeness(one: str, other: str) -> URIRef:
    """`likeness/` + the paths of two paragraphs: `likeness/document/A/RES/77/231/operative/3/text/…/operative/2`."""
    return URIRef(f"{BASE}likeness/{path_of(one)}/{path_of(other)}")


def chain_graph(layer: str = "") -> URIRef:
    """`graph/chain`, what became of drafts in official texts, or its layer "inferred" or "evidence"."""
    return _iri("graph", "chain", layer)


def links_graph(layer: str = "") -> URIRef:
    """`graph/links`, what links reports, or its layer "inferred" or "evidence"."""
    return _iri("graph", "links", layer)


def graph(session: SessionKey, layer: str = "") -> URIRef:
    """`graph/report/ccpcj/31`, or its layer "inferred" or "evidence"."""
    return _iri("graph", "report", session.body, session.key, layer)


def section_key(title: str) -> str:
    """The last segment of the IRI of a section without letter: the slug of its heading's words."""
    return slug(re.sub(r"\s+", " ", title))


def slug(words: str) -> str:
    """Words as one segment of an IRI: lower case, letters of any script and figures, hyphens between."""
    return "-".join(re.findall(r"[^\W_]+", words.lower()))
