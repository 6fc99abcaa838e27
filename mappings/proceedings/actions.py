"""What the commission did: at which meeting, on which draft, with what result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mappings import symbols
from mappings.context import Context, Numbered
from mappings.facts import ActionFact, Evidence, Gap, MeetingKey, TextKey, Vote
from mappings.formulae import formula, formulae
from mappings.proceedings.chapeaux import chapeau, organ
from mappings.proceedings.meetings import Calendar, Sitting
from mappings.proceedings.results import by_pointer, by_title, plain_title
from mappings.proceedings.votes import vote_of
from mappings.sentences import Sentence, sentences
from mappings.source import Span
from mappings.tree import Kind

_MASKED = re.compile(r"“[^”]*”|\"[^\"]*\"|\([^()]*(?:\([^()]*\)[^()]*)*\)")
_CERTAIN = ("stated in paragraph", "same meeting", "same paragraph")
_METHODS = ("consensus", "acclamation", "without a vote", "recorded vote")


@dataclass(frozen=True, slots=True)
class _Act:
    """An act found in a sentence: its rule, the words for it and the stretch of the sentence that tells of it."""

    kind: str
    phrase: str
    start: int  # of the words for the act, in the sentence
    end: int
    stop: int  # where what is said of this act ends
    passive: bool  # "the draft resolution was adopted"
    since: int  # where what is said of it begins: for the first act of a sentence, with the sentence


@dataclass(frozen=True, slots=True)
class _Told:
    """Where an act is told: the paragraph, the sentence and its sitting, and what follows up to the next act."""

    paragraph: Numbered
    sentence: Sentence
    sitting: Sitting | None
    following: str

    def span(self, act: _Act) -> Span:
        """Where the words for the act stand in the source."""
        start = self.sentence.start
        return self.paragraph.node.passage.span(start + act.start, start + act.end)


@dataclass(slots=True)
class _Draft:
    """The draft that was last introduced or acted on in a section."""

    symbols: tuple[str, ...] = ()
    title: str = ""


def actions(context: Context, calendar: Calendar) -> tuple[ActionFact, ...]:
    """Every act that the numbered paragraphs report, in the order of reading."""
    found: list[ActionFact] = []
    draft, section = _Draft(), ("", "")
    for one in context.paragraphs:
        if (one.stand.chapter, one.stand.section) != section:
            draft, section = _Draft(), (one.stand.chapter, one.stand.section)
        introduced = chapeau(context, one)
        facts = [introduced] if introduced else list(_of_paragraph(context, calendar, one, draft))
        found.extend(replace(fact, order=order) for order, fact in enumerate(facts, 1))
    return _with_decisions(context, found)


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
    for index, sentence in enumerate(found):
        sitting = calendar.sitting(one.key, sentence.start)
        if one.stand.views and not (sitting and sitting.basis in ("stated in paragraph", "same meeting")):
            continue
        following = _following(context, one, found[index + 1 :])
        before: ActionFact | None = None
        for act in _acts(context, sentence):
            told = _Told(one, sentence, sitting, following)
            before = _with_object(_fact(context, calendar, told, act, draft), before, sentence.text[act.end :])
            yield before
        _remember(sentence.text, draft)


def _following(context: Context, one: Numbered, after: tuple[Sentence, ...]) -> str:
    """What follows an act up to the next one: behind the last act of a paragraph, the lists under it too."""
    words: list[str] = []
    for sentence in after:
        if list(_acts(context, sentence)):
            return " ".join(words)
        words.append(sentence.text)
    lines = (child.passage.text for child in one.node.children if child.kind is Kind.LINE)
    return " ".join((*words, *lines))


def _acts(context: Context, sentence: Sentence) -> Iterator[_Act]:
    """The acts of a sentence; a further one goes on with "and" before any relative clause."""
    masked = _MASKED.sub(lambda match: "·" * len(match.group()), sentence.text)
    relative = formula("actions", "end of act").search(masked)
    limit = relative.start() if relative else len(masked)
    found: list[tuple[int, str, re.Match[str]]] = []
    for rule in formulae("actions"):
        if rule.name.startswith("act: ") or rule.name == "act in the passive":
            kind = rule.name.removeprefix("act: ") if rule.name.startswith("act: ") else ""
            found.extend((match.start("phrase"), kind, match) for match in rule.pattern.finditer(masked))
    found.sort(key=lambda item: (item[0], -item[2].end("phrase")))
    acts: list[_Act] = []
    for start, kind, match in found:
        groups = match.groupdict()
        goes_on = groups.get("and") is not None
        if acts and (start < acts[-1].end or not goes_on or start > limit):
            continue
        if not acts and (goes_on or not _own(context, groups.get("subject") or groups.get("what") or "")):
            continue
        words = sentence.text[start : match.end("phrase")]
        passive = groups.get("what") is not None
        told, since = kind or _passive_kind(words), start if acts else 0
        acts.append(_Act(told, words, start, match.end("phrase"), len(masked), passive, since))
    for place, act in enumerate(acts):
        yield replace(act, stop=acts[place + 1].start) if place + 1 < len(acts) else act


def _passive_kind(words: str) -> str:
    verb = words.split(maxsplit=1)[0]
    return "not adopted" if verb in ("rejected", "not") else verb


def _own(context: Context, subject: str) -> bool:
    """Whether the one that acts is the commission that reports: by its name, "the Commission", "it" or its draft."""
    if subject == "It" or formula("actions", "a draft").search(subject):
        return True
    named = context.vocabulary.body(subject)
    if named:
        return named.key == context.body.key
    name = re.sub(r"^[Tt]he ", "", subject)
    short = bool(re.fullmatch(r"[A-Z][a-z]+", name)) and name in context.body.label.split()
    return short or name == context.body.label


def _fact(context: Context, calendar: Calendar, told: _Told, act: _Act, draft: _Draft) -> ActionFact:
    sentence, sitting, one = told.sentence, told.sitting, told.paragraph
    words = sentence.text[act.start : act.stop]
    objects = _objects(words)
    drafts = tuple(symbol for symbol in objects if is_draft(symbol))
    title = _title(words)
    if not drafts and (
        act.passive or formula("actions", "draft before named").search(sentence.text[act.end : act.stop])
    ):
        drafts, title = draft.symbols, title or draft.title
    revision = formula("actions", "revision").search(_masked(words))
    meetings = sitting.meetings if sitting and sitting.basis in _CERTAIN else ()
    meeting = meetings[0] if len(meetings) == 1 else None
    said = _masked(sentence.text[act.since : act.stop])
    vote = vote_of(context, said, told.following)
    results = by_pointer(context, words + " " + told.following) or by_title(context, title, act.kind)
    return ActionFact(
        paragraph=one.key,
        order=0,
        meeting=meeting,
        on=(meeting.on or calendar.days.get(meeting)) if meeting else None,
        meeting_basis=sitting.basis if sitting and (meeting or not meetings) else "not stated",
        kind=act.kind,
        phrase=act.phrase,
        method=_method(said, vote),
        drafts=drafts,
        revision=revision["revision"] if revision else "",
        title=title,
        results=(one.text,) if one.text else results,
        documents=tuple(symbol for symbol in objects if not is_draft(symbol)),
        recommended_to=organ(context, "recommends to", words),
        for_adoption_by=organ(context, "for adoption by", words),
        evidence=Evidence(told.span(act), f"act: {act.kind}"),
        vote=vote,
    )


def _with_object(fact: ActionFact, before: ActionFact | None, words: str) -> ActionFact:
    """An act on "it" or "them" is one on what the act before it in the sentence was about."""
    if before is None or not formula("actions", "object before named").search(words):
        return fact
    return replace(
        fact,
        drafts=before.drafts,
        documents=before.documents,
        title=before.title,
        results=fact.results or before.results,
    )


def _masked(words: str) -> str:
    return _MASKED.sub(lambda match: "·" * len(match.group()), words)


def _objects(words: str) -> tuple[str, ...]:
    """The normal symbols of the documents that an act is about, ranges taken apart; not those of a relative clause."""
    relative = formula("actions", "end of act").search(_masked(words))
    found = symbols.find(words[: relative.start()] if relative else words)
    return tuple(dict.fromkeys(str(symbol) for one in found for symbol in one.symbols))


def is_draft(symbol: str) -> bool:
    """Whether a symbol is that of a document of limited distribution, as drafts are: E/CN.15/2022/L.2/Rev.1."""
    return any(re.fullmatch(r"L\.\d+", part) for part in symbol.split("/"))


def _title(words: str) -> str:
    match = formula("actions", "title").search(words)
    return plain_title(match["quoted"]) if match else ""


def _method(words: str, vote: Vote | None) -> str:
    found = (name for name in _METHODS if formula("actions", f"method: {name}").search(words))
    return next(found, "recorded vote" if vote else "not stated")


def _remember(words: str, draft: _Draft) -> None:
    """The draft of a sentence is the one that "the draft resolution" means after it."""
    drafts = tuple(symbol for symbol in _objects(words) if is_draft(symbol))
    if formula("actions", "draft given up").search(words):
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
