"""Texts, reports, documents and whole sessions as libraries' records: MARCXML, MARC 21, MODS, Dublin Core.

Of a session the records of its texts and reports stand in one file. MARC 191 is the field of the United Nations
libraries for symbols of documents; 856 leads to our address and to that of the document.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import pyoxigraph as ox
from pymarc import Field, Indicators, Record, Subfield, XMLWriter

from server.citing.words import place
from server.citing.work import KINDS, PUBLISHER, Work, kind_of, work_of
from server.doors.forms import Door
from server.negotiation import Form
from server.pages.panels import about
from server.requests import release
from server.things import iri
from server.xml_characters import fit

MARCXML = Form("marcxml", "application/marcxml+xml", "MARCXML")
MARC = Form("mrc", "application/marc", "MARC 21", ("marc",))
MODS = Form("mods", "application/mods+xml", "MODS")
DUBLIN_CORE = Form("dc", "application/vnd.openarchives.oai-dc+xml", "Dublin Core", ("oai_dc",))
RECORDS = 2000  # of a session in one file; the longest sessions that are held have some forty texts
_MODS = "http://www.loc.gov/mods/v3"
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_DC = "http://purl.org/dc/elements/1.1/"
_OF_SESSION = f"""PREFIX rec: <http://localhost:8000/def/>
SELECT DISTINCT ?work ?class WHERE {{
  {{ ?work rec:ofSession $this }} UNION {{ ?work rec:reportsOn $this }}
  ?work a ?class FILTER (?class IN (rec:Resolution, rec:Decision, rec:DraftResolution, rec:DraftDecision, rec:Report))
}} ORDER BY ?work ?class LIMIT {RECORDS}"""


def works_of(thing: ox.NamedNode, classes: Collection[str]) -> list[Work]:
    """The work that a thing is, or those of a session in the order of their IRIs."""
    store, base = release().store, release().base
    if kind := kind_of(classes):
        return [work_of(store, base, thing, kind)]
    rows = store.select(about(_OF_SESSION, base, thing))
    kinds: dict[str, list[str]] = {}
    for row in rows:
        kinds.setdefault(iri(row, "work"), []).append(iri(row, "class").removeprefix(f"{base}def/"))
    return [work_of(store, base, ox.NamedNode(one), kind_of(named)) for one, named in kinds.items()]


def marc(work: Work) -> Record:
    """A work as a MARC 21 record of a textual document."""
    record = Record(leader="00000nam a2200000 a 4500", force_utf8=True)
    made = [Field(tag="001", data=work.iri.removeprefix(release().base)), Field(tag="003", data="Recalling")]
    fields = (
        ("024", "7 ", [("a", work.iri), ("2", "uri")]),
        ("041", "  ", [("a", "eng")]),
        ("191", "  ", [("a", work.symbol)]),
        ("110", "2 ", [("a", work.organ.name)]),
        ("245", "10", [("a", work.name)]),
        ("260", "  ", [("b", PUBLISHER), ("c", (work.date or work.year)[:4])]),
        ("269", "  ", [("a", work.date)]),
        ("500", "  ", [("a", place(work))]),
        ("655", " 7", [("a", work.kind), ("2", "local")]),
        ("711", "2 ", [("a", work.session.name)]),
        ("773", "0 ", [("t", work.report.name), ("o", work.report_symbol)]),
        ("856", "40", [("u", work.iri)]),
        ("856", "41", [("u", work.elsewhere)]),
    )
    for tag, indicators, subfields in fields:
        kept = [Subfield(code, fit(value)) for code, value in subfields if value]
        if kept and not (tag == "773" and not work.report.name):
            made.append(Field(tag=tag, indicators=Indicators(*indicators), subfields=kept))
    record.add_field(*made)  # type: ignore[no-untyped-call]
    return record


def _marc21(works: list[Work]) -> bytes:
    return b"".join(marc(work).as_marc() for work in works)


def _marcxml(works: list[Work]) -> bytes:
    output = io.BytesIO()
    writer = XMLWriter(output)
    for work in works:
        writer.write(marc(work))
    writer.close(close_fh=False)
    return output.getvalue()


def _mods(works: list[Work]) -> bytes:
    root = Element("modsCollection", {"xmlns": _MODS, "version": "3.8"})
    for work in works:
        record = SubElement(root, "mods", {"version": "3.8"})
        _said(SubElement(record, "titleInfo"), "title", work.name)
        if work.organ.name:
            _said(SubElement(record, "name", {"type": "corporate"}), "namePart", work.organ.name)
        _said(record, "typeOfResource", "text")
        _said(record, "genre", work.kind)
        origin = SubElement(record, "originInfo")
        _said(origin, "publisher", PUBLISHER)
        _said(origin, "dateIssued", work.date or work.year)
        _said(SubElement(record, "language"), "languageTerm", "eng")
        _said(record, "identifier", work.iri, {"type": "uri"})
        _said(record, "identifier", work.symbol, {"type": "document number"})
        _said(record, "note", place(work))
        for address in filter(None, (work.iri, work.elsewhere)):
            _said(SubElement(record, "location"), "url", address)
    return _xml(root)


def _dublin_core(works: list[Work]) -> bytes:
    records = [Element("oai_dc:dc", {"xmlns:oai_dc": _OAI_DC, "xmlns:dc": _DC}) for _ in works]
    for record, work in zip(records, works, strict=True):
        for name, value in (
            ("title", work.name),
            ("creator", work.organ.name),
            ("publisher", PUBLISHER),
            ("date", work.date or work.year),
            ("type", work.kind),
            ("identifier", work.iri),
            ("identifier", work.symbol),
            ("source", work.elsewhere),
            ("relation", work.report.iri),
            ("description", place(work)),
            ("language", "en"),
        ):
            _said(record, f"dc:{name}", value)
    if len(records) == 1:
        return _xml(records[0])
    root = Element("records")
    root.extend(records)
    return _xml(root)


def _said(parent: Element, name: str, words: str, attributes: dict[str, str] | None = None) -> None:
    """Words as the content of a new element; no element where there are none."""
    if words:
        SubElement(parent, name, attributes or {}).text = fit(words)


def _xml(root: Element) -> bytes:
    indent(root)
    body: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()


def _door(form: Form, write: Callable[[list[Work]], bytes]) -> Door:
    return Door(
        form, frozenset({*KINDS, "Session"}), lambda thing, classes: write(works_of(thing, classes)), saved=True
    )


DOORS = (_door(MARCXML, _marcxml), _door(MARC, _marc21), _door(MODS, _mods), _door(DUBLIN_CORE, _dublin_core))
