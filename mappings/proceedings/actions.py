"""What the commission did: at which meeting, on which draft, with what result."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mappings import symbols
from mappings.context import Context, Numbered
from mappings.facts import ActionFact, Basis, Evidence, Gap, MeetingKey, TextKey, Vote
from mappings.formulae import formula
from mappings.formulas.formula import Yield, first, matches, says
from mappings.proceedings.chapeaux import chapeau, organ
from mappings.proceedings.meetings import Calendar, Sitting
from mappings.proceedings.organs import organ_of_session
from mappings.proceedings.records import records
from mappings.proceedings.results import by_entry, by_number, by_pointer, by_title, plain_title
from mappings.proceedings.votes import vote_of
from mappings.sentences import Sentence, sentences
from mappings.source import Span
from mappings.tree import Kind, Passage
from ontology.vocabulary import load

_MASKED = re.compile(r"“[^”]*”|\"[^\"]*\"|\([^()]*(?:\([^()]*\)[^()]*)*\)")
_CERTAIN = (Basis.STATED, Basis.SAME_MEETING, Basis.SAME_PARAGRAPH)
_ADOPTED = "act-kind/adopted"
_RECORDED_VOTE, _METHOD_NOT_STATED = "method/recorded-vote", "method/not-stated"


@dataclass(frozen=True, slots=True)
class _Act:
    """An act found in a sentence: what was read, the words for it and the stretch of the sentence that tells of it."""

    read: Yield
    phrase: str
    start: int  # of the words for the act, in the sentence
    end: int
    stop: int  # where what is said of this act ends
    passive: bool  # "the draft resolution was adopted"
    since: int  # where what is said of it begins: for the first act of a sentence, with the sentence
    lead: str = ""  # what stands before the sentence and is said of the act
    organ: str = ""  # the organ of the session that acted, empty for the commission

    @property
    def kind(self) -> str:
        """The kind of act, by the label of its concept."""
        return self.read.words("kind")


@dataclass(frozen=True, slots=True)
class _Told:
    """Where an act is told: the paragraph, the sentence and its sitting, and what follows up to the next act.

    `passage` holds the sentence: the paragraph's own, or that of an entry of the list below it. A sentence that was
    given a subject for reading ("It took note" for an entry's "Took note") begins before the passage does.
    """

    paragraph: Numbered
    passage: Passage
    sentence: Sentence
    sitting: Sitting | None
    following: str

    def span(self, act: _Act) -> Span:
        """Where the words for the act stand in the source."""
        start = self.sentence.start
        return self.passage.span(start + act.start, start + act.end)


@dataclass(slots=True)
class _Draft:
    """The draft that was last introduced or acted on in a section."""

    symbols: tuple[str, ...] = ()
    title: str = ""


def actions(context: Context, calendar: Calendar) -> tuple[ActionFact, ...]:
    """Every act that the running paragraphs and the decisions that tell their own adoption report, as they are read."""
    found: list[ActionFact] = []
    draft, section = _Draft(), ("", "")
    told: Counter[str] = Counter()
    for one in context.told:
        if (one.stand.chapter, one.stand.section) != section:
            draft, section = _Draft(), (one.stand.chapter, one.stand.section)
        introduced = chapeau(context, one)
        facts = [introduced] if introduced else list(_of_paragraph(context, calendar, one, draft))
        if not facts and found and (results := _pointed_to(context, one, found[-1])):
            found[-1] = replace(found[-1], results=results)
        found.extend(replace(fact, order=told[one.key] + order) for order, fact in enumerate(facts, 1))
        told[one.key] += len(facts)
    complete = _with_decisions(context, found)
    return (*complete, *_recorded(context, complete, told))


def _pointed_to(context: Context, one: Numbered, before: ActionFact) -> tuple[TextKey, ...]:
    """The text that a paragraph gives for the adoption told before it: "For the text as adopted, see chapter I, …"."""
    if before.kind != load().concept(_ADOPTED) or before.results or not before.drafts:
        return ()
    text = one.node.passage.text
    return by_pointer(context, text) if formula("outline", "pointer alone").match(text) else ()


def _recorded(context: Context, facts: tuple[ActionFact, ...], told: Counter[str]) -> Iterator[ActionFact]:
    """The adoptions that only the records below the texts tell."""
    known = {key for fact in facts if fact.meeting for key in fact.results}
    for record in records(context):
        if record.text.key in known or (record.number is None and not record.method):
            continue
        told[record.paragraph] += 1
        vote = vote_of(context, record.method, record.method)
        yield ActionFact(
            paragraph=record.paragraph,
            order=told[record.paragraph],
            meeting=MeetingKey(context.body.key, record.number) if record.number is not None else None,
            on=record.on,
            meeting_basis=Basis.STATED if record.number is not None else Basis.NOT_STATED,
            kind=load().concept(_ADOPTED),
            phrase=record.phrase,
            method=_method(record.method, vote),
            drafts=(),
            revision="",
            title=record.text.node.title.text,
            results=(record.text.key,),
            documents=(),
            recommended_to=None,
            for_adoption_by=None,
            evidence=Evidence(record.span, "act: record of adoption"),
            vote=vote,
        )


def action_gaps(facts: tuple[ActionFact, ...]) -> tuple[Gap, ...]:
    """The acts on a draft of which no resulting text is found, and those whose meeting is not said."""
    return tuple(_gaps(facts))


def _gaps(facts: tuple[ActionFact, ...]) -> Iterator[Gap]:
    for fact in facts:
        named = f"paragraph {fact.paragraph}: {fact.phrase}"
        if unresolved(fact):
            yield Gap("actions", "the text that came out of the draft is not found", named, fact.evidence.span)
        elif fact.drafts and fact.meeting is None:
            yield Gap("actions", "the meeting is not said", named, fact.evidence.span)


def unresolved(fact: ActionFact) -> bool:
    """Whether an act on a draft resolution or decision lacks its resulting text."""
    return fact.kind in ("adopted", "recommended") and bool(fact.title and fact.drafts) and not fact.results


def _of_paragraph(context: Context, calendar: Calendar, one: Numbered, draft: _Draft) -> Iterator[ActionFact]:
    passage = one.node.passage
    found = sentences(passage.text)
    here = one.stand.organ
    its: str | None = here  # whom "it" means: the organ that is the subject of the sentence before, empty for the body
    for index, sentence in enumerate(found):
        sitting = calendar.sitting(one, sentence.start)
        if one.stand.views and not (sitting and sitting.basis in (Basis.STATED, Basis.SAME_MEETING)):
            continue
        following = _following(context, one, found[index + 1 :])
        acts = tuple(_acts(context, sentence, here, its))
        before: ActionFact | None = None
        for act in acts:
            told = _Told(one, passage, sentence, sitting, following)
            fact = _with_object(_fact(context, calendar, told, act, draft), before, sentence.text[act.end :])
            if act is acts[-1] and sentence is found[-1]:
                fact = _with_listed(context, fact, one, sentence.text[act.end :])
            yield (before := fact)
        its = _subject(context, sentence, here, its)
        _remember(sentence.text, draft)
        if sentence is found[-1]:
            actor = _lists_acts(context, sentence, acts, here, its)
            if actor is not None:
                for entry in _entries(one):
                    for told, act in _of_entry(context, one, entry, sitting, actor):
                        yield _fact(context, calendar, told, act, draft)


def _subject(context: Context, sentence: Sentence, here: str, its: str | None) -> str | None:
    """The organ that is the subject of a sentence, which "it" in the next one then means; None where none is."""
    found = first("subject", sentence.text)
    if found is None:
        return None
    words = re.sub(r"^[Tt]he ", "", sentence.text[found.spans["subject"][0] :])
    return "" if words.startswith(f"{context.body.label} ") else _actor(context, found.words("subject"), here, its)


def _entries(one: Numbered) -> Iterator[Passage]:
    """The entries of the list below a paragraph, with marks or without."""
    return (child.passage for child in one.node.children if child.kind in (Kind.LIST_ITEM, Kind.LINE))


def _lists_acts(context: Context, sentence: Sentence, acts: tuple[_Act, ...], here: str, its: str | None) -> str | None:
    """Whose acts the entries of the list are that a sentence announces: "The Commission:", "… took note, and:"."""
    listed = first("list of acts", _masked(sentence.text))
    if listed is None:
        return None
    if subject := listed.words("subject"):
        return _actor(context, subject, here, its)
    return acts[-1].organ if acts else its


def _of_entry(
    context: Context, one: Numbered, passage: Passage, sitting: Sitting | None, actor: str
) -> Iterator[tuple[_Told, _Act]]:
    """The acts of an entry, which has the subject of the sentence above it; the act may stand after what led to it."""
    text = passage.text
    places = [0, *(match.end() for match in re.finditer(r", (?=[a-z])", text))]
    for at in places:
        # the place of the passage stands: two letters and a space go before it, and the capital of its verb goes
        words = f"{text[:at]}It {text[at : at + 1].lower()}{text[at + 1 :]}"
        shift = len("It ")
        first, *others = sentences(words) or [Sentence(0, 0, "")]
        found = tuple(_acts(context, Sentence(0, len(first.text), first.text[at:]), actor, actor))
        if not found:
            continue
        sentence = Sentence(at - shift, first.end - shift, first.text[at:])
        yield from ((_Told(one, passage, sentence, sitting, ""), _leading(act, words[:at])) for act in found)
        for other in others:
            placed = Sentence(other.start - shift, other.end - shift, other.text)
            told = _Told(one, passage, placed, sitting, "")
            yield from ((told, act) for act in _acts(context, other, actor, actor))
        return


def _with_listed(context: Context, fact: ActionFact, one: Numbered, words: str) -> ActionFact:
    """The act with the objects that a list names: "adopted: (a) The rules (E/CN.99/5)", "adopted …: 27/1 Lamps"."""
    if not says("list of objects", words):
        return fact
    listed = [symbol for entry in _entries(one) for symbol in _objects(entry.text)]
    others = (symbol for symbol in listed if not is_draft(symbol))
    drafts = (symbol for symbol in listed if is_draft(symbol))
    named = tuple(key for entry in _entries(one) for key in by_entry(context, words, entry.text))
    return replace(
        fact,
        results=fact.results or tuple(dict.fromkeys(named)),
        documents=tuple(dict.fromkeys((*fact.documents, *others))),
        drafts=tuple(dict.fromkeys((*fact.drafts, *drafts))),
    )


def _following(context: Context, one: Numbered, after: tuple[Sentence, ...]) -> str:
    """What follows an act up to the next one: behind the last act of a paragraph, the lists under it too."""
    words: list[str] = []
    for sentence in after:
        if list(_acts(context, sentence, one.stand.organ, one.stand.organ)):
            return " ".join(words)
        words.append(sentence.text)
    lines = (child.passage.text for child in one.node.children if child.kind is Kind.LINE)
    return " ".join((*words, *lines))


def _acts(context: Context, sentence: Sentence, here: str, its: str | None) -> Iterator[_Act]:
    """The acts of a sentence; a further one goes on with "and" or a comma before any relative clause.

    `here` is the organ whose work is reported, `its` the one that "it" means, None where it is none of the session's.
    Behind "noted that …" a further act wants a comma and "and".
    """
    masked = _masked(sentence.text)
    limit = _end_of_act(masked)
    acts: list[_Act] = []
    for found in _verbs(masked):
        start, end = found.spans["phrase"]
        goes_on = "goes_on" in found.fields
        actor: str | None
        if acts:
            if start < acts[-1].end or not goes_on or start > limit or _inside(masked, acts[-1], found):
                continue
            actor = acts[-1].organ
        else:
            actor = None if goes_on else _who_acts(context, masked, found, here, its)
        if actor is None:
            continue
        passive = bool(found.words("what"))
        since = start if acts else 0
        acts.append(_Act(found, sentence.text[start:end], start, end, len(masked), passive, since, organ=actor))
    for place, act in enumerate(acts):
        if not act.read.fields.get("besides"):
            yield replace(act, stop=acts[place + 1].start) if place + 1 < len(acts) else act


def _verbs(masked: str) -> list[Yield]:
    """The words for acts and other verbs of a sentence, in order, the longest first."""
    return sorted(matches("act", masked), key=lambda found: (found.spans["phrase"][0], -found.spans["phrase"][1]))


def _end_of_act(masked: str) -> int:
    """Where a relative clause begins, which tells of no act of the sentence's subject."""
    return min((found.start for found in matches("end of act", masked)), default=len(masked))


def _who_acts(context: Context, masked: str, found: Yield, here: str, its: str | None) -> str | None:
    """The organ whose act the first verb of a sentence tells, empty for the commission; None where somebody else did
    it or tells of it.
    """
    if found.fields.get("motion"):
        return here
    if says("told by another", masked[: found.start]):
        return None
    if found.fields.get("impersonal"):  # "it was decided that …": by the organ whose work is told
        return here if its is None else its
    return _actor(context, found.words("subject") or found.words("what"), here, its)


def _inside(masked: str, before: _Act, found: Yield) -> bool:
    """Whether a further verb is in the clause of the one before: "noted that the Bureau had met and agreed on it"."""
    between = masked[before.end : found.start]
    if before.read.fields.get("own_clause") or not says("clause of a verb", between):
        return False
    return not re.match(r";|,\sand\b", found.words("goes_on")) or bool(re.search(r"\bha(?:d|s|ve)\b", between))


def _actor(context: Context, subject: str, here: str, its: str | None) -> str | None:
    """The organ of the session that a subject names, empty for the commission; a draft is acted on where it is told."""
    if subject in ("It", "it"):
        return its
    if says("draft named", subject):
        return here
    return organ_of_session(context, subject, here)


def _fact(context: Context, calendar: Calendar, told: _Told, act: _Act, draft: _Draft) -> ActionFact:
    sentence, sitting, one = told.sentence, told.sitting, told.paragraph
    words = sentence.text[act.start : act.stop]
    objects = _objects(words)
    drafts = tuple(symbol for symbol in objects if is_draft(symbol))
    title = _title(words)
    if not drafts and (act.passive or says("draft before", sentence.text[act.end : act.stop])):
        drafts, title = draft.symbols, title or draft.title
    if one.introduced:
        title = title or next(text.node.title.text for text in context.texts if text.key == one.text)
    revision = first("revision", _masked(words))
    meetings = sitting.meetings if sitting and sitting.basis in _CERTAIN else ()
    meeting = meetings[0] if len(meetings) == 1 else None
    said = act.lead + _masked(sentence.text[act.since : act.stop])
    vote = vote_of(context, said, told.following)
    if vote and act.read.fields.get("failed") and (vote.in_favour or 0) > (vote.against or 0):
        vote = replace(vote, in_favour=vote.against, against=vote.in_favour)  # "rejected by 30 votes to 2"
    results = by_pointer(context, words + " " + told.following) or by_title(
        context, title, drafts=bool(act.read.fields.get("drafts"))
    )
    if not results and act.kind == load().concept(_ADOPTED):
        results = by_number(context, sentence.text[act.end : act.stop])
    return ActionFact(
        paragraph=one.key,
        order=0,
        meeting=meeting,
        on=(meeting.on or calendar.days.get(meeting)) if meeting else None,
        meeting_basis=sitting.basis if sitting and (meeting or not meetings) else Basis.NOT_STATED,
        kind=act.kind,
        phrase=act.phrase,
        method=_method(said, vote),
        drafts=drafts,
        revision=revision.words("revision") if revision else "",
        title=title,
        results=(one.text,) if one.text else results,
        documents=tuple(symbol for symbol in objects if not is_draft(symbol)),
        recommended_to=organ(context, "recommended to", words),
        for_adoption_by=organ(context, "for adoption by", words),
        evidence=Evidence(told.span(act), f"act: {act.kind}"),
        vote=vote,
        organ=act.organ,
    )


def _with_object(fact: ActionFact, before: ActionFact | None, words: str) -> ActionFact:
    """An act on "it" or "them" is one on what the act before it in the sentence was about."""
    if before is None or not says("object before", words):
        return fact
    return replace(
        fact,
        drafts=before.drafts,
        documents=before.documents,
        title=before.title,
        results=fact.results or before.results,
    )


def _leading(act: _Act, lead: str) -> _Act:
    """The act of an entry with the words that led to it ("Following a vote with …, adopted …")."""
    return replace(act, lead=lead)


def _masked(words: str) -> str:
    return _MASKED.sub(lambda match: "·" * len(match.group()), words)


def _objects(words: str) -> tuple[str, ...]:
    """The normal symbols of the documents that an act is about, ranges taken apart; not those of a relative clause."""
    found = symbols.find(words[: _end_of_act(_masked(words))])
    return tuple(dict.fromkeys(str(symbol) for one in found for symbol in one.symbols))


def is_draft(symbol: str) -> bool:
    """Whether a symbol is that of a document of limited distribution, as drafts are: E/CN.15/2022/L.2/Rev.1."""
    return any(re.fullmatch(r"L\.\d+", part) for part in symbol.split("/"))


def _title(words: str) -> str:
    found = first("quoted title", words)
    return plain_title(found.words("title")) if found else ""


def _method(words: str, vote: Vote | None) -> str:
    found = first("method", words)
    return found.words("method") if found else load().concept(_RECORDED_VOTE if vote else _METHOD_NOT_STATED)


def _remember(words: str, draft: _Draft) -> None:
    """The draft of a sentence is the one that "the draft resolution" means after it."""
    drafts = tuple(symbol for symbol in _objects(words) if is_draft(symbol))
    if says("draft given up", words):
        if set(drafts) & set(draft.symbols):
            draft.symbols, draft.title = (), ""
    elif drafts:
        draft.symbols, draft.title = drafts, _title(words)


def _with_decisions(context: Context, facts: list[ActionFact]) -> tuple[ActionFact, ...]:
    """The facts; an act that is told in its chapter and again as a decision has the decision as its result."""
    own = {one.key: one.text for one in context.paragraphs if one.text}
    titles = {text.key: text.node.title.text for text in context.texts}
    told: dict[tuple[str, MeetingKey | None, tuple[str, ...]], tuple[TextKey, ...]] = {
        (fact.kind, fact.meeting, fact.documents): fact.results
        for fact in facts
        if fact.paragraph in own and fact.documents and fact.meeting
    }
    complete = []
    for fact in facts:
        results = fact.results or told.get((fact.kind, fact.meeting, fact.documents), ())
        text = own.get(fact.paragraph)
        complete.append(replace(fact, results=results, title=fact.title or (titles[text] if text else "")))
    return tuple(complete)
