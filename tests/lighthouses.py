"""Facts about a session of the invented commission, a few of every kind, written by hand."""

from __future__ import annotations

from datetime import date

from mappings.facts import (
    ActionFact,
    AgendaItemFact,
    AttendanceFact,
    ChapterFact,
    CitationFact,
    ClauseFact,
    ClauseKey,
    Count,
    DocumentFact,
    Due,
    Evidence,
    Facts,
    FootnoteFact,
    FootnoteKey,
    Gap,
    MandateFact,
    MeetingFact,
    MeetingKey,
    OfficerFact,
    ParagraphFact,
    ParagraphKey,
    ReportFact,
    Role,
    SectionFact,
    SessionPart,
    SponsorshipFact,
    StatementFact,
    TextFact,
    TextKey,
    Thing,
    ThingKind,
    ViewFact,
)
from mappings.source import Source, Span, from_text

WORDS = (
    "Recalling also its resolution 12/4 on the painting of lanterns,¹ "
    "1. Requests the Secretariat to report to it at its fourteenth session;"
)
SOURCE: Source = from_text(WORDS, "clcm-13.txt")
HERE = Evidence(Span(0, 64), "sample")

CLCM = Thing(ThingKind.BODY, "clcm", "Commission on Lighthouses and Coastal Memory")
ECOSOC = Thing(ThingKind.BODY, "ecosoc", "Economic and Social Council")
ASSEMBLY = Thing(ThingKind.BODY, "ga", "General Assembly")
FRANCE = Thing(ThingKind.STATE, "FRA", "France")
MALTA = Thing(ThingKind.STATE, "MLT", "Malta")
UNION = Thing(ThingKind.GROUP, "eu", "European Union")
AFRICA = Thing(ThingKind.GROUP, "african-states", "Group of African States")
KEEPERS = Thing(ThingKind.ORGANIZATION, "circle-of-lamp-keepers", "Circle of Lamp Keepers")
SECRETARIAT = Thing(ThingKind.BODY, "secretariat", "Secretariat")

DRAFT = TextKey("draft resolution", "II", "ga")
OWN = TextKey("resolution", "13/1", "clcm")
DECISION = TextKey("decision", "13/1", "clcm")
LANTERNS = ClauseKey(OWN, "preambular", 1)
REPORT = ClauseKey(OWN, "operative", 1)
CALL = ClauseKey(DRAFT, "operative", 1)
PARTS = ClauseKey(DRAFT, "operative", 1, "a")
NOTE = FootnoteKey("1")
MEETING = MeetingKey("clcm", 2)
BUREAU = MeetingKey("extended-bureau", None, date(2023, 5, 2))
SECOND_OF_MAY = date(2023, 5, 2)


def _document(symbol: str) -> Thing:
    return Thing(ThingKind.DOCUMENT, symbol, symbol)


def _clause(key: ClauseKey, phrase: str, verb: str, text: str, **more: object) -> ClauseFact:
    base: dict[str, object] = {
        "numbered": key.part == "operative",
        "addressee": None,
        "addressee_phrase": "",
        "conditional": False,
        "footnotes": (),
        "evidence": HERE,
    }
    return ClauseFact(key=key, phrase=phrase, verb=verb, text=text, **{**base, **more})  # type: ignore[arg-type]


FACTS = Facts(
    source="clcm-13.txt",
    report=ReportFact(
        body=CLCM,
        parent=ECOSOC,
        session=13,
        title="Report on the thirteenth session",
        year=2023,
        supplement="99",
        symbol="E/2023/99",
        symbol_printed=True,
        place="Valletta",
        parts=(SessionPart("regular", date(2023, 5, 1), date(2023, 5, 5), HERE),),
        reissued=None,
        evidence=HERE,
    ),
    chapters=(ChapterFact("I", 1, "Matters calling for action", HERE),),
    sections=(SectionFact("I", "A", "A", "Draft resolutions", 1, HERE),),
    paragraphs=(
        ParagraphFact("1", "1", 1, "I", "A", "Draft resolutions", "", "The Commission recommends a draft.", HERE),
        ParagraphFact("2", "2", 1, "I", "", "", "Lamps", "Many speakers praised lamps.\n(a) Oil;\n(b) Gas.", HERE),
    ),
    footnotes=(FootnoteFact(NOTE, "E/CN.99/2023/4.", (LANTERNS,), HERE),),
    meetings=(
        MeetingFact(MEETING, SECOND_OF_MAY, "stated in paragraph", ("1", "2"), HERE),
        MeetingFact(BUREAU, SECOND_OF_MAY, "stated in paragraph", ("2",), HERE),
    ),
    texts=(
        TextFact(DRAFT, "Keeping old lamps alight", ASSEMBLY, ECOSOC, "1", "A", 0, 1, 1, HERE),
        TextFact(OWN, "Painting of lanterns", CLCM, None, "1", "A", 1, 1, 0, HERE),
        TextFact(DECISION, "Agenda of the fourteenth session", CLCM, None, "1", "A", 0, 0, 0, HERE),
    ),
    clauses=(
        _clause(CALL, "Calls upon", "call-upon", "Calls upon keepers:", addressee_phrase="keepers"),
        _clause(PARTS, "", "", "(a) To trim the wicks."),
        _clause(LANTERNS, "Recalling also", "recall", "Recalling also its resolution 12/4,", footnotes=(NOTE,)),
        _clause(REPORT, "Requests", "request", "Requests the Secretariat to report;", addressee=SECRETARIAT),
        _clause(ClauseKey(DECISION, "agenda", 1), "", "", "Election of officers"),
    ),
    citations=(
        CitationFact(
            LANTERNS,
            OWN,
            "Recalling also",
            "recall",
            _document("E/CN.99/RES/12/4"),
            "annex",
            date(2022, 5, 6),
            Role.DIRECT,
            "on the painting of lanterns",
            NOTE,
            HERE,
        ),
        CitationFact(NOTE, OWN, "", "", _document("E/CN.99/2023/4"), "", None, Role.FOOTNOTE, "", None, HERE),
        CitationFact(
            ParagraphKey("2", "a"),
            None,
            "",
            "",
            Thing(ThingKind.INSTRUMENT, "charter-of-oil-lamps", "Charter of Oil Lamps"),
            "Article 3",
            None,
            Role.MENTION,
            "",
            None,
            HERE,
        ),
        CitationFact(
            ParagraphKey("summary"), None, "", "", _document("A/RES/68/1"), "", None, Role.MENTION, "", None, HERE
        ),
    ),
    actions=(
        ActionFact(
            "1",
            1,
            MEETING,
            SECOND_OF_MAY,
            "stated in paragraph",
            "recommended",
            "decided to recommend",
            "not stated",
            ("E/CN.99/2023/L.2/Rev.1",),
            "as orally amended",
            "Keeping old lamps alight",
            (DRAFT,),
            (),
            ECOSOC,
            ASSEMBLY,
            HERE,
        ),
    ),
    sponsorships=(
        SponsorshipFact("1", "E/CN.99/2023/L.2/Rev.1", DRAFT, 1, FRANCE, UNION, HERE),
        SponsorshipFact("1", "E/CN.99/2023/L.2/Rev.1", DRAFT, 2, MALTA, None, HERE),
        SponsorshipFact("1", "E/CN.99/2023/L.3", None, 1, MALTA, None, HERE),
    ),
    gaps=(Gap("citations", "no known instrument", "on the painting of lanterns", Span(34, 61)),),
    coverage=(Count("citations", 5, 4),),
    statements=(
        StatementFact(
            "2",
            1,
            (MEETING,),
            (SECOND_OF_MAY,),
            "same meeting",
            "the representative of Malta",
            MALTA,
            "Ġorġ Borg",
            "representative",
            "in person",
            (UNION,),
            False,
            "general debate",
            "1",
            None,
            HERE,
        ),
        StatementFact(
            "2",
            2,
            (),
            (),
            "not stated",
            "Circle of Lamp Keepers",
            KEEPERS,
            "",
            "observer",
            "",
            (),
            True,
            "",
            "7",
            None,
            HERE,
        ),
    ),
    views=(ViewFact("2", "I", "", "Lamps", "Many speakers", "Many speakers praised lamps.", HERE),),
    documents=(
        DocumentFact("2", "1", "a", "Report on lamps", ("E/CN.98/2023/1", "E/CN.99/2023/1"), "had before it", HERE),
    ),
    agenda=(
        AgendaItemFact(13, "adopted", "1", "", "Election of officers", "2", None, "E/CN.99/2023/1", "I", HERE),
        AgendaItemFact(14, "provisional", "1", "", "Election of officers", "", DECISION, "", "", HERE),
    ),
    officers=(
        OfficerFact("2", "the Commission", "Chair", AFRICA, "Ġorġ Borg", MALTA, "elected", SECOND_OF_MAY, HERE),
        OfficerFact("2", "the Commission", "Rapporteur", None, "", None, "vacant", None, HERE),
    ),
    attendance=(AttendanceFact("intergovernmental organizations", 3, "2", HERE),),
    mandates=(
        MandateFact(REPORT, 1, (SECRETARIAT,), "the Secretariat", "report", (Due(CLCM, 14, None, ""),), False, HERE),
    ),
)
