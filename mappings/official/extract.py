"""Official text → facts: the sentences are read by the rules that read those of reports, the values are taken over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from mappings import symbols
from mappings.citing.citations import citations_in
from mappings.citing.owners import Circumstances
from mappings.citing.places import Note as CitedNote
from mappings.citing.places import Setting, answering, clause_settings
from mappings.context import Context
from mappings.drafting.clauses import clause_facts, clause_gaps
from mappings.drafting.mandates import mandates
from mappings.facts import (
    CitationFact,
    ClauseFact,
    Count,
    Evidence,
    FootnoteFact,
    FootnoteKey,
    Gap,
    Place,
    ReportFact,
    Role,
    TextKey,
    Thing,
    ThingKind,
)
from mappings.formulae import formula
from mappings.official.document import Holder, Link, Note, OfficialText, Part
from mappings.official.facts import (
    AdoptionFact,
    Basis,
    DraftFact,
    MembershipFact,
    OfficialCitation,
    OfficialFacts,
    OfficialSponsorship,
    OrderedClause,
    PassageFact,
    WorkFact,
)
from mappings.official.places import Apart, Placed, apart, footnotes, paragraphs
from mappings.proceedings.sponsorships import parties
from mappings.source import Span
from mappings.tree import Kind, Node
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary, load

_NOWHERE = Span(0, 0)
_GENERAL_ASSEMBLY = "ga"


@dataclass(frozen=True, slots=True)
class _Linked:
    """A link of the file in its place, with the symbol that it names."""

    place: Place
    symbol: str
    words: str
    span: Span


def extract_official(text: OfficialText) -> OfficialFacts:
    """All facts of an official text, and the gaps that no rule filled."""
    vocabulary = load()
    organ = _body(vocabulary, text.organ)
    key = TextKey(text.kind, number_of(text.symbol), organ.key)
    context = _context(text, vocabulary, organ)
    placed = paragraphs(text, key, Holder.TEXT)
    draft = _draft(text, vocabulary)
    quoted = paragraphs(text, draft.key, Holder.DRAFT) if draft else ()
    others = apart(text, key)
    keyed_notes = tuple(footnotes(text))
    settings = tuple(_settings(placed, quoted, others, vocabulary))
    notes = _notes(settings, keyed_notes)
    context = replace(context, notes=notes)
    clauses = tuple(fact for one in (*placed, *quoted) for fact in clause_facts(context, one.node, one.key))
    read = citations_in(settings, notes, vocabulary, _circumstances(text, organ))
    linked, odd = _linked(text, settings, keyed_notes)
    cited = _with_links(read.facts, linked, settings)
    sponsors, unknown, submitted = _sponsorships(text, context)
    adoption, strangers = _adoption(text, vocabulary)
    agreed = sum(one.basis is Basis.BOTH for one in cited)
    alone = [one for one in cited if one.basis is Basis.LINK]
    return OfficialFacts(
        file=text.file,
        language=text.language,
        source=text.source,
        work=_work(text, key, organ, submitted),
        adoption=adoption,
        draft=draft,
        clauses=tuple(_ordered(clauses)),
        passages=tuple(_passage(one, order) for order, one in enumerate(others, 1)),
        footnotes=tuple(_footnotes(settings, keyed_notes, notes)),
        citations=cited,
        mandates=mandates(clauses, vocabulary, organ, _session_number(text)),
        sponsorships=sponsors,
        memberships=tuple(_memberships(text, vocabulary)),
        subjects=text.subjects,
        gaps=(
            *text.gaps, *clause_gaps(clauses), *read.gaps, *odd, *unknown, *strangers, *(_unread(one) for one in alone),
        ),
        coverage=(
            *text.coverage,
            Count("citations", read.found, read.resolved),
            Count("links", agreed + len(alone), agreed),
            _opened(clauses),
        ),
    )  # fmt: skip


def _unread(one: OfficialCitation) -> Gap:
    """The worklist of links that no rule reads."""
    cited = one.fact.cited.key
    return Gap("links", f"no rule reads {cited}, which a link names", cited, one.fact.evidence.span)


def number_of(symbol: str) -> str:
    """The number of a deliberation as printed: "77/231" of A/RES/77/231, "ES-11/1" of A/RES/ES-11/1."""
    return symbol.partition("/RES/")[2] or symbol.partition("/DEC/")[2] or symbol


def _body(vocabulary: Vocabulary, key: str) -> Thing:
    entry = vocabulary.entry(NameKind.BODY, key)
    return Thing(ThingKind.BODY, key, entry.label if entry else key)


def _context(text: OfficialText, vocabulary: Vocabulary, organ: Thing) -> Context:
    """What the rules of reports need to know of the text: who speaks, at which session, on which day."""
    evidence = Evidence(_NOWHERE, "cover")
    day = text.adopted or text.issued
    report = ReportFact(
        organ, organ, _session_number(text), text.title, day.year if day else 0, "", text.symbol, True, "", (), None,
        evidence,
    )  # fmt: skip
    return Context(
        text.source, Node(Kind.REPORT), vocabulary, report, gaps=(), paragraphs=(), told=(), texts=(), notes=()
    )


def _session_number(text: OfficialText) -> int:
    found = re.search(r"\d+", text.session)
    return int(found[0]) if found else 0


def _circumstances(text: OfficialText, organ: Thing) -> Circumstances:
    day = text.adopted or text.issued
    return Circumstances(organ.key, _session_number(text), day.year if day else 0, organ.key)


def _draft(text: OfficialText, vocabulary: Vocabulary) -> DraftFact | None:
    """The draft that the text quotes: one of ECOSOC's speaks with the voice of the General Assembly."""
    if not any(one.holder is Holder.DRAFT for one in text.provisions):
        return None
    organ = _body(vocabulary, _GENERAL_ASSEMBLY)
    counts = [text.count(part, Holder.DRAFT) for part in (Part.PREAMBULAR, Part.OPERATIVE, Part.SUB_PARAGRAPH)]
    return DraftFact(TextKey(f"draft {text.kind}", number_of(text.symbol), organ.key), organ, *counts)


def _work(text: OfficialText, key: TextKey, organ: Thing, submitted: str) -> WorkFact:
    return WorkFact(
        symbol=text.symbol,
        key=key,
        title=text.title,
        organ=organ,
        session=text.session,
        adopted=text.adopted,
        issued=text.issued,
        agenda_item=text.agenda_item,
        agenda_title=text.agenda_title,
        drafts=tuple(dict.fromkeys(symbol for words in text.drafts for symbol in _symbols(words)[:1])),
        report=next(iter(_symbols(text.report)), ""),
        report_paragraph=text.report_paragraph,
        committee=text.committee,
        submitted_by=submitted,
        preambular=text.count(Part.PREAMBULAR),
        operative=text.count(Part.OPERATIVE),
        subparagraphs=text.count(Part.SUB_PARAGRAPH),
        further_titles=text.further_titles,
    )


def _symbols(words: str) -> tuple[str, ...]:
    """The normal symbols that words name: "A/77/L.30 (as orally revised)" names A/77/L.30."""
    return tuple(str(symbol) for found in symbols.find(words) for symbol in found.symbols)


def _settings(
    placed: tuple[Placed, ...], quoted: tuple[Placed, ...], others: tuple[Apart, ...], vocabulary: Vocabulary
) -> Iterator[Setting]:
    """Every passage of the text, in its order, as the finder of citations wants it."""
    found = [setting for one in (*placed, *quoted) for setting in clause_settings(one.node, one.key, vocabulary)]
    for one in others:
        key = one.key
        found.append(Setting(key, key.text, key.text.voice, key.part, one.provision.passage))
    yield from sorted(found, key=lambda setting: setting.passage.span().start)


def _notes(settings: tuple[Setting, ...], keyed: tuple[tuple[FootnoteKey, Note], ...]) -> tuple[CitedNote, ...]:
    """The footnotes, each with the passage and the mark that it answers to."""
    plain = [CitedNote(key, note.passage, None, None) for key, note in keyed]
    anchored: dict[FootnoteKey, CitedNote] = {}
    for index, setting in enumerate(settings):
        for mark in setting.passage.marks:
            if (note := answering(mark, plain)) and note.key not in anchored:
                anchored[note.key] = replace(note, anchor=index, mark=mark)
    return tuple(anchored.get(note.key, note) for note in plain)


def _footnotes(
    settings: tuple[Setting, ...], keyed: Iterable[tuple[FootnoteKey, Note]], notes: tuple[CitedNote, ...]
) -> Iterator[FootnoteFact]:
    for (key, _), note in zip(keyed, notes, strict=True):
        anchors = (settings[note.anchor].place,) if note.anchor is not None else ()
        yield FootnoteFact(key, note.passage.text, anchors, Evidence(note.passage.span(), "footnote"))


def _linked(
    text: OfficialText, settings: tuple[Setting, ...], keyed: tuple[tuple[FootnoteKey, Note], ...]
) -> tuple[tuple[_Linked, ...], tuple[Gap, ...]]:
    """The links in their places; a link whose words say another number than its address is a gap."""
    places: dict[int, Place] = {id(setting.passage): setting.place for setting in settings}
    holders = [(places.get(id(one.passage)), one.passage, one.links) for one in text.provisions]
    holders += [(key, note.passage, note.links) for key, note in keyed]
    found: list[_Linked] = []
    gaps: list[Gap] = []
    for place, passage, links in holders:
        for link in links:
            words, span = passage.text[link.start : link.end], passage.span(link.start, link.end)
            if place is None or not _fits(link, words):
                reason = f"a link with these words leads to {link.address}" if place else "a link that stands nowhere"
                gaps.append(Gap("links", reason, words, span))
                continue
            found += [_Linked(place, symbol, words, span) for symbol in link.symbols]
    return tuple(found), tuple(gaps)


def _fits(link: Link, words: str) -> bool:
    """Whether the words of a link print a number of the document that it names, or none at all."""
    printed = set(re.findall(r"\d+", words))
    return not printed or not link.symbols or any(printed & set(re.findall(r"\d+", one)) for one in link.symbols)


def _with_links(
    facts: tuple[CitationFact, ...], linked: tuple[_Linked, ...], settings: tuple[Setting, ...]
) -> tuple[OfficialCitation, ...]:
    """Our citations with those that links alone tell, in order; what both tell is one citation."""
    named = {(one.place, _folded(one.symbol)) for one in linked}
    known = {(fact.place, _folded(fact.cited.key)) for fact in facts if fact.cited.kind is ThingKind.DOCUMENT}
    opened = {setting.place: setting for setting in settings}
    bases = [(fact, Basis.BOTH if (fact.place, _folded(fact.cited.key)) in named else Basis.READING) for fact in facts]
    for one in linked:
        identity = (one.place, _folded(one.symbol))
        if identity not in known:
            known.add(identity)
            bases.append((_from_link(one, opened.get(one.place)), Basis.LINK))
    bases.sort(key=lambda pair: (pair[0].evidence.span.start, pair[0].evidence.span.end))
    seen: Counter[tuple[Place, Thing]] = Counter()
    found = []
    for fact, basis in bases:
        seen[fact.place, fact.cited] += 1
        found.append(OfficialCitation(fact, basis, seen[fact.place, fact.cited]))
    return tuple(found)


def _folded(symbol: str) -> str:
    return symbol.replace(" ", "").casefold()


def _from_link(one: _Linked, setting: Setting | None) -> CitationFact:
    """What a link says that no rule reads: the place cites the document, in which role is not known."""
    label = next(iter(_symbols(one.symbol)), one.symbol)
    cited = Thing(ThingKind.DOCUMENT, label, label)
    relation, verb, role = ("footnote", "", Role.FOOTNOTE) if setting is None else (
        setting.relation, setting.verb, Role.MENTION,
    )  # fmt: skip
    text = setting.text if setting else None
    return CitationFact(one.place, text, relation, verb, cited, "", None, role, "", None, Evidence(one.span, "link"))


def _sponsorships(text: OfficialText, context: Context) -> tuple[tuple[OfficialSponsorship, ...], tuple[Gap, ...], str]:
    """The sponsors in their order, gaps for names that nobody knows, and a proponent that is told in words."""
    found: list[OfficialSponsorship] = []
    gaps: list[Gap] = []
    told: list[str] = []
    for proponents in text.proponents:
        if formula("official", "no list of sponsors").search(proponents.names):
            told.append(proponents.names)
            continue
        draft = next(iter(_symbols(proponents.draft)), "")
        named, left = parties(context, _spelled(proponents.names, context.vocabulary))
        for party in named:
            order = len(found) + 1
            found.append(OfficialSponsorship(order, party.thing, party.on_behalf_of, draft, proponents.added))
        spelled = _spelled(proponents.names, context.vocabulary)
        for start, end in left:
            if words := spelled[start:end].strip(" ,.;"):
                gaps.append(Gap("sponsorships", "a sponsor that the vocabulary does not know", words, _NOWHERE))
    return tuple(found), tuple(gaps), "; ".join(told)


def _spelled(names: str, vocabulary: Vocabulary) -> str:
    """A list with the names of States in the case in which they are known: "Republic Of Korea", "CÔTE D'IVOIRE"."""
    pieces = []
    for piece in re.split(r"(,\s*(?:and\s+)?|\s+and\s+)(?![^()]*\))", names):
        entry = None if vocabulary.named(piece) else vocabulary.state_in_any_case(piece)
        pieces.append(entry.label if entry else piece)
    return "".join(pieces)


def _adoption(text: OfficialText, vocabulary: Vocabulary) -> tuple[AdoptionFact, tuple[Gap, ...]]:
    number = formula("official", "meeting ordinal").match(text.meeting)
    voters: list[tuple[str, Thing]] = []
    gaps: list[Gap] = []
    for ballot in text.ballots:
        for name in ballot.voters:
            if thing := _state(name, text.adopted, vocabulary):
                voters.append((ballot.side, thing))
            else:
                gaps.append(Gap("votes", "a voter that the vocabulary does not know", name, _NOWHERE))
        if ballot.count is not None and ballot.voters and ballot.count != len(ballot.voters):
            reason = f"{ballot.count} are counted and {len(ballot.voters)} are named"
            gaps.append(Gap("votes", reason, ballot.side, _NOWHERE))
    counts = {ballot.side: ballot.count for ballot in text.ballots}
    return AdoptionFact(
        meeting=int(number["number"]) if number else None,
        on=text.adopted,
        method=text.method,
        phrase=text.phrase,
        records=tuple(filter(None, map(_record, text.records))),
        in_favour=counts.get("in favour"),
        against=counts.get("against"),
        abstaining=counts.get("abstaining"),
        voters=tuple(dict.fromkeys(voters)),
    ), tuple(gaps)


def _record(printed: str) -> str:
    """The symbol of a meeting's record, a resumed meeting's with what tells it: "A/77/PV.56 (Resumption 1)"."""
    symbol = next(iter(_symbols(printed)), "")
    resumed = formula("official", "resumed meeting").search(printed)
    return f"{symbol} {resumed[0]}" if symbol and resumed and not symbol.endswith(")") else symbol


def _state(name: str, on: date | None, vocabulary: Vocabulary) -> Thing | None:
    entry = vocabulary.state_in_any_case(name)
    if entry is None:
        return None
    named = vocabulary.as_of(entry, on)
    return Thing(ThingKind.STATE, named.key, named.label)


def _memberships(text: OfficialText, vocabulary: Vocabulary) -> Iterator[MembershipFact]:
    for order, one in enumerate(text.members, 1):
        member = _state(one.name, text.adopted, vocabulary)
        yield MembershipFact(order, one.body, member, one.name, one.of, one.kind, one.start, one.end)


def _ordered(clauses: tuple[ClauseFact, ...]) -> Iterator[OrderedClause]:
    order: Counter[TextKey] = Counter()
    for clause in clauses:
        order[clause.key.text] += 1
        yield OrderedClause(clause, order[clause.key.text])


def _passage(one: Apart, order: int) -> PassageFact:
    kind = one.key.part
    return PassageFact(f"{kind}/{one.key.number}", kind, order, one.provision.number, one.provision.passage.text)


def _opened(clauses: tuple[ClauseFact, ...]) -> Count:
    """How many paragraphs that must open with a verb do so with one that the vocabulary knows."""
    must = [clause for clause in clauses if not clause.key.letter]
    return Count("opening phrases", len(must), sum(bool(clause.verb) for clause in must))
