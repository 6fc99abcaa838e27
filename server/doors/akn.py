"""Texts of reports in the format of the United Nations for resolutions: AKN4UN, a profile of Akoma Ntoso 3.0 (OASIS).

The United Nations publish the resolutions of the General Assembly and the Council so, those of commissions not. What
is written here is what `mappings.official` reads: cover, preface, preamble, body, and how the text came about. A text
that no document of its own publishes, as a draft in a report, has no symbol on its cover.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import pyoxigraph as ox

from mappings.assertion.labels import ordinal
from server.citing.work import KINDS, Work, kind_of, work_of
from server.doors.forms import Door
from server.errors import not_found
from server.negotiation import Form
from server.pages.panels import about
from server.pages.paragraphs import LEFT_OUT, Paragraph
from server.pages.pieces import Note, Piece
from server.pages.readings import TEXTS, Reading, reading_of
from server.requests import release
from server.store import Row
from server.things import text
from server.xml_characters import fit

AKN = Form("akn", "application/akn+xml", "Akoma Ntoso")
_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_UNDOCS = "https://undocs.org/"
_NOT_KNOWN = "0001-01-01"  # how the United Nations' files write a day that is not known: the schema wants one
_OUTCOMES = {"recorded vote": "adoptedRecordedVote", "without a vote": "adoptedWithoutVote"}
_SIDES = ("inFavour", "against", "abstaining")


def akn(thing: ox.NamedNode, classes: Collection[str]) -> bytes:
    """A text as AKN4UN XML in UTF-8. Raises a Problem where its words are not held."""
    store, base = release().store, release().base
    work = work_of(store, base, thing, kind_of(classes) or KINDS["Document"])
    reading = reading_of(store, base, thing, classes)
    if reading is None or all(paragraph.words == LEFT_OUT for paragraph in reading.paragraphs):
        raise not_found(f"The words of {thing.value} are not held here, so there is nothing to write as {AKN.title}.")
    rows = store.select(about(_query(), base, thing))
    root = Element(f"{{{_NAMESPACE}}}akomaNtoso")
    statement = SubElement(root, _tag("statement"), name=work.kind.rpartition(" ")[2])
    _meta(statement, work, rows)
    _cover(statement, work)
    _preface(statement, work)
    _preamble(statement, reading)
    _body(statement, [one for one in reading.paragraphs if one.part != "preambular"])
    _conclusions(statement, rows)
    register_namespace("", _NAMESPACE)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


@cache
def _query() -> str:
    return (files("server.doors") / "akn.rq").read_text(encoding="utf-8")


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _add(parent: Element, kind: str, words: str = "", /, **values: str) -> Element:
    """One more element with its attributes and words; a name that Python keeps for itself ends with a line below."""
    attributes = {key.rstrip("_"): fit(value) for key, value in values.items()}
    element = SubElement(parent, _tag(kind), attributes)
    element.text = fit(words) or None
    return element


def _meta(statement: Element, work: Work, rows: Sequence[Row]) -> None:
    meta = _add(statement, "meta")
    named = (work.symbol or work.iri.removeprefix(release().base)).replace(" ", "_")
    address, issuer = f"/akn/un/{work.kind.rpartition(' ')[2]}/{named}", work.organ.iri.rpartition("/")[2] or "un"
    identification = _add(meta, "identification", source="#recalling")
    days = {
        "FRBRWork": ("adoption", work.date),
        "FRBRExpression": ("publication", ""),
        "FRBRManifestation": ("markup", ""),
    }
    for level, (event, day) in days.items():
        ending = {"FRBRWork": "", "FRBRExpression": "/eng@", "FRBRManifestation": "/eng@.akn"}[level]
        element = _add(identification, level)
        _add(element, "FRBRthis", value=f"{address}{ending}/!main" if level == "FRBRWork" else f"{address}{ending}")
        _add(element, "FRBRuri", value=f"{address}{ending}")
        _add(element, "FRBRdate", date=day or _NOT_KNOWN, name=event)
        _add(element, "FRBRauthor", href=f"#{issuer}", as_="#author" if level == "FRBRWork" else "#editor")
        if level == "FRBRWork":
            _add(element, "FRBRcountry", value="un")
        if level == "FRBRExpression":
            _add(element, "FRBRlanguage", language="eng")
    _workflow(meta, work, rows)
    _vote(meta, rows)
    references = _add(meta, "references", source="#recalling")
    _add(references, "TLCOrganization", eId=issuer, href=work.organ.iri, showAs=work.organ.name or issuer)
    _add(references, "TLCOrganization", eId="recalling", href=release().base, showAs="Recalling")


def _workflow(meta: Element, work: Work, rows: Sequence[Row]) -> None:
    """The draft with its sponsors, those who joined them, and the act."""
    workflow = _add(meta, "workflow", source="#recalling")
    kind = "draftDecision" if "decision" in work.kind else "draftResolution"
    drafts = dict.fromkeys(text(row, "draft") for row in rows if text(row, "draft"))
    for joined in (False, True):
        sponsors = dict.fromkeys(
            text(row, "sponsor") for row in rows if text(row, "sponsor") and (text(row, "added") == "true") == joined
        )
        outcome, names = f"{kind}AdditionalSponsors" if joined else kind, ", ".join(sponsors)
        for draft in drafts if not joined else [""]:
            if draft or sponsors:
                _step(workflow, work.date, outcome, draft, names or work.organ.name)
    recommended = any(text(row, "recommendedTo") for row in rows)
    outcome = "recommendedForAdoption" if recommended else "adopted"
    _step(workflow, work.date, outcome, work.report_symbol, work.organ.name)


def _step(workflow: Element, day: str, outcome: str, role: str, agent: str) -> None:
    step = _add(workflow, "step", date=day or _NOT_KNOWN, outcome=outcome, by=agent)
    if role:
        step.set("as", role)


def _vote(meta: Element, rows: Sequence[Row]) -> None:
    """How the text was adopted, where the report says it, with the counts of a vote."""
    row = next((row for row in rows if text(row, "method") in _OUTCOMES), None)
    if row is None:
        return
    analysis = _add(meta, "analysis", source="#recalling")
    voting = _add(_add(analysis, "parliamentary"), "voting", outcome=_OUTCOMES[text(row, "method")])
    _add(voting, "quorum", value="")
    for side in _SIDES:
        if number := text(row, side):
            _add(voting, "count", value=number, refersTo=f"#{side}")


def _cover(statement: Element, work: Work) -> None:
    cover = _add(statement, "coverPage")
    _add(_add(cover, "p"), "docAuthority", "United Nations", refersTo="#publisher")
    if work.symbol:
        _add(_add(cover, "p"), "docNumber", work.symbol, refersTo="#symbol")
    if work.organ.name:
        _add(_add(cover, "p"), "docAuthority", work.organ.name, refersTo="#issuingBody")
    if work.session.name:
        _add(_add(cover, "p"), "session", work.session.name, value=work.session.iri.rpartition("/")[2])


def _preface(statement: Element, work: Work) -> None:
    line = _add(_add(statement, "preface"), "p")
    kind = "" if work.adopted else f"{work.kind.capitalize()} "
    if work.number or kind:
        _add(line, "docNumber", f"{kind}{work.number}".strip())
    _add(line, "docTitle", work.title or work.name, refersTo="#resolutionTitle")


def _preamble(statement: Element, reading: Reading) -> None:
    own = [one for one in reading.paragraphs if one.part == "preambular"]
    voice = text(reading.head, "voiceLabel")
    if not own and not voice:
        return
    preamble = _add(statement, "preamble")
    if voice:
        organ = voice if voice.startswith("The ") else f"The {voice}"
        line = _add(_add(preamble, "formula", name="enactingFormula"), "p")
        _add(line, "span", organ, class_="italic").tail = ","
    for paragraph, inner in _nested(own, 0):
        container = _add(preamble, "container", name=_name(paragraph))
        if not inner:
            _words(_add(container, "p"), paragraph)
            continue
        items = _add(container, "blockList")
        _words(intro := _add(items, "listIntroduction"), paragraph)
        intro.tail = " "
        for item, deeper in _nested(inner, 1):
            _item(items, item, deeper)


def _item(items: Element, paragraph: Paragraph, inner: Sequence[Paragraph]) -> None:
    item = _add(items, "item")
    _add(item, "num", f"({paragraph.letter})").tail = " "
    if not inner:
        _words(_add(item, "p"), paragraph)
        return
    below = _add(item, "blockList")
    _words(_add(below, "listIntroduction"), paragraph)
    for one, deeper in _nested(inner, paragraph.level + 1):
        _item(below, one, deeper)


def _body(statement: Element, paragraphs: Sequence[Paragraph]) -> None:
    body, holder, part = _add(statement, "mainBody"), None, ""
    for paragraph, inner in _nested(paragraphs, 0):
        if paragraph.part not in {part, "operative"}:
            _add(holder := _add(body, "section"), "heading", paragraph.part.capitalize())
        elif paragraph.heading:
            _add(holder := _add(body, "section"), "heading", paragraph.heading)
        part = paragraph.part
        _paragraph(body if holder is None else holder, paragraph, inner)
    if not len(body):
        _add(_add(body, "paragraph"), "content").append(Element(_tag("p")))


def _paragraph(holder: Element, paragraph: Paragraph, inner: Sequence[Paragraph]) -> None:
    element = _add(holder, "paragraph")
    if paragraph.label:
        _add(element, "num", f"{paragraph.label}.")
    if not inner:
        _words(_add(_add(element, "content"), "p"), paragraph)
        return
    points = _add(element, "list")
    _words(_add(_add(points, "intro"), "p"), paragraph)
    for one, deeper in _nested(inner, 1):
        _point(points, one, deeper)


def _point(points: Element, paragraph: Paragraph, inner: Sequence[Paragraph]) -> None:
    point = _add(points, "point")
    _add(point, "num", f"({paragraph.letter})" if paragraph.letter else paragraph.label)
    _words(_add(_add(point, "intro" if inner else "content"), "p"), paragraph)
    if inner:
        below = _add(point, "list")
        for one, deeper in _nested(inner, paragraph.level + 1):
            _point(below, one, deeper)


def _nested(paragraphs: Iterable[Paragraph], level: int) -> list[tuple[Paragraph, list[Paragraph]]]:
    """The paragraphs of a level, each with those deeper ones that follow it."""
    found: list[tuple[Paragraph, list[Paragraph]]] = []
    for paragraph in paragraphs:
        if paragraph.level <= level or not found:
            found.append((paragraph, []))
        else:
            found[-1][1].append(paragraph)
    return found


def _name(paragraph: Paragraph) -> str:
    """What the United Nations name the container of a paragraph by: its opening phrase, as a name of XML."""
    return re.sub(r"\W+", "", paragraph.phrase.title()) or "paragraph"


def _words(line: Element, paragraph: Paragraph) -> None:
    """The words of a paragraph: the opening phrase in italics, links to what is cited, footnotes at their marks."""
    if paragraph.phrase:
        _add(line, "span", paragraph.phrase, class_="italic")
    _pieces(line, paragraph.pieces)


def _pieces(line: Element, pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        path = piece.cited.href if piece.cited else ""
        symbol = path.partition("/document/")[2]
        if symbol and piece.words:
            _add(line, "a", piece.words, href=f"{_UNDOCS}{symbol}")
        else:
            _append(line, piece.words)
        for note in piece.notes:
            _note(line, note)


def _append(line: Element, words: str) -> None:
    """More words after what an element holds."""
    if len(line):
        line[-1].tail = (line[-1].tail or "") + fit(words)
    else:
        line.text = (line.text or "") + fit(words)


def _note(line: Element, note: Note) -> None:
    _pieces(_add(_add(line, "authorialNote", marker=note.mark), "p"), note.pieces)


def _conclusions(statement: Element, rows: Sequence[Row]) -> None:
    row = next((row for row in rows if text(row, "meeting")), None)
    if row is None:
        return
    line = _add(_add(statement, "conclusions"), "p")
    meeting = ordinal(int(text(row, "meeting")))
    _add(line, "inline", f"{meeting} meeting", name="adoptionMeeting", title=meeting)
    if day := text(row, "date"):
        _add(line, "eol")
        _add(line, "docDate", day, date=day, refersTo="#adoptionDate")


DOORS = (Door(AKN, TEXTS, akn, by_content=True),)
