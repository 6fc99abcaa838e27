"""Official files → official texts: what the cover, the preface, the history and the body of each file state.

The symbol is the cover's, never the file's name, and the language is the one that the file states. A file that collects
parts A and B gives a text for each. Every element with words or values must be taken by somebody here or stand in the
list of those that say nothing of the text; what is left over becomes a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mappings.facts import Count, Gap
from mappings.official.body import Body
from mappings.official.document import Ballot, Member, OfficialText, Proponents, Subject
from mappings.official.parsing import AKN, AKN4UN, Element, attribute, below, children, name, parse, words
from mappings.official.passages import Converted, Words, gather, placed
from mappings.source import SourceError, Span
from ontology.vocabulary import load

_LANGUAGES = {
    "eng": "en", "fre": "fr", "fra": "fr", "spa": "es", "rus": "ru", "ara": "ar", "chi": "zh", "zho": "zh",
    "ger": "de", "deu": "de",
}  # fmt: skip  # ISO 639-2, in both its forms, which the files mix
_SIDES = {"inFavour": "in favour", "against": "against", "abstaining": "abstaining"}
_SCHEMES = {"SDGO": "SDG", "UNBIS Thesaurus": "UNBIS"}
_METHODS = {"adoptedWithoutVote": "without a vote", "adoptedRecordedVote": "recorded vote"}
_SAID_METHODS = (  # the words of an outcome where no term of the mark-up stands: "Adopted 40-6-4, 34th plenary meeting"
    (re.compile(r"(?i)by consensus"), "consensus"),
    (re.compile(r"(?i)without (?:a )?vote"), "without a vote"),
    (re.compile(r"(?i)adopted (?:by )?\d+\s*-\s*\d+\s*-\s*\d+"), "recorded vote"),
)
_TERMS = frozenset({"composition", "appointment", "election"})
_UNKNOWN_DAY = date(1, 1, 1)  # how the files write that a day is not known
_VALUES = frozenset({"FRBRdate", "FRBRlanguage", "FRBRauthor", "keyword", "step", "voting", "count", "session"})
_SAYS_NOTHING = {  # subtrees that say nothing of the text, and why
    "presentation": "the job number, bar code and logo of the printed page",
    "references": "the terms of the mark-up itself",
    "identification": "read as a whole: author, days, language; the rest is made of the symbol",
    "docAuthority": "the names of the publisher and of the organ, which stand in the symbol",
    "docStatus": "the distribution, general throughout",
    "docType": "the kind of text, which stands in the symbol",
    "documentRef": "the list of the parts of a collection, each of which is read",
    "quorum": "always empty",
}
_SESSION = re.compile(r"/(?:RES|DEC)/([^/]+)")  # also the year: E/RES/2022/12, and a commission's: E/CN.15/RES/31/1
_LETTERS = re.compile(r"\s*[A-Z](?:\s*[-–,]\s*[A-Z]|\s+and\s+[A-Z])*$")


@dataclass(frozen=True, slots=True)
class _Part:
    """A text of a file: its own element, the element that holds what it shares with others, and the cover."""

    statement: Element
    holder: Element
    cover: Element

    @property
    def collected(self) -> bool:
        """Whether it is a part of a collection."""
        return self.statement is not self.holder

    def first(self, *path: str) -> Element | None:
        """The first element under a path in the text itself, else in what holds it."""
        found = below(self.statement, *path)
        return found if found is not None else below(self.holder, *path)


def read_official(path: Path) -> tuple[OfficialText, ...]:
    """The texts of a file, in order. Raises SourceError where it is no official text that can be read safely."""
    root = parse(path)
    collection = root.find(f"{AKN}documentCollection")
    inner = {
        id(one) for outer in root.iter(f"{AKN}statement") for one in outer.iter(f"{AKN}statement") if one is not outer
    }
    statements = [one for one in root.iter(f"{AKN}statement") if id(one) not in inner]
    if not statements:
        raise SourceError(f"{path}: holds no resolution or decision")
    taken: set[int] = set()
    cover = below(root, "coverPage")
    texts = []
    for statement in statements:
        holder = statement if collection is None else collection
        texts.append(_read(_Part(statement, holder, holder if cover is None else cover), path, taken))
    counts, gaps = _coverage(root, taken)
    first, *others = texts
    return (replace(first, coverage=counts, gaps=(*first.gaps, *gaps)), *others)  # the first bears those of its file


def _read(part: _Part, path: Path, taken: set[int]) -> OfficialText:
    converted = Converted()
    number = _preface_number(part)
    symbol = _symbol(words(_cover_symbol(part)), number, part.collected)
    session = _SESSION.search(symbol)
    if session is None:
        raise SourceError(f"{path}: its cover prints no symbol of a resolution or decision, but “{symbol}”")
    title, *further = _titles(part, taken) or (Words("", (), (), ()),)
    placed(title, converted)
    notes = tuple(note for found in _prefatory(part, taken) for note in placed(found, converted)[2])
    body = _body(part, converted, taken)
    meta = next((one for one in (part.statement, part.holder) if below(one, "workflow") is not None), part.statement)
    outcome = below(meta, "voting")
    phrase = attribute(outcome, "outcome")
    steps = list(meta.iter(f"{AKN}step"))
    report = next((one for one in steps if one.get("outcome") == "recommendedForAdoption"), None)
    records = [attribute(one, "as") for one in steps if one.get("outcome") == "adopted"]
    held = [one for one in records if "/PV." in one or "/SR." in one]
    said = phrase if phrase not in _METHODS else ""
    said = said or next((one for one in records if one not in held), "")
    gaps = tuple(_disagreements(symbol, number, path))
    cover = part.cover
    return OfficialText(
        file=path.name,
        language=_language(part, path),
        marked_up=_day(_dated(part, "FRBRManifestation", "markup")),
        symbol=symbol,
        kind="decision" if "/DEC/" in symbol else "resolution",
        title=title.text,
        further_titles=tuple(one.text for one in further),
        organ=_organ(part, symbol),
        voice=words(below(part.statement, "preamble", "formula")).rstrip(", "),
        session=session[1],
        adopted=_day(_dated(part, "FRBRWork", "adoption")),
        issued=_day(attribute(_named(cover, "docDate", "refersTo", "#dateOfIssuance"), "date")),
        meeting=_meeting(part),
        records=tuple(dict.fromkeys(held)),
        agenda_item=attribute(_named(cover, "inline", "name", "agenda item"), "title"),
        agenda_title=words(_named(cover, "inline", "name", "agenda item name")),
        drafts=tuple(_drafts(steps)),
        report=attribute(report, "as"),
        report_paragraph=attribute(report, "refersTo") or _paragraph(cover),
        committee=_committee(part, report),
        method=_METHODS.get(phrase, "") or next((m for p, m in _SAID_METHODS if p.search(said)), "not stated"),
        phrase=said,
        ballots=tuple(_ballots(outcome)),
        proponents=tuple(_proponents(steps)),
        members=tuple(_members(steps)),
        subjects=tuple(dict.fromkeys(_subjects(part))),
        notes=notes,
        provisions=tuple(body.provisions),
        source=converted.source(symbol),
        coverage=(),
        gaps=gaps,
    )


def _cover_symbol(part: _Part) -> Element | None:
    return _named(part.cover, "docNumber", "refersTo", "#symbol")


def _named(holder: Element, kind: str, key: str, value: str) -> Element | None:
    """The first element of a kind with a value of an attribute."""
    return next((one for one in holder.iter(f"{AKN}{kind}") if one.get(key) == value), None)


def _preface_number(part: _Part) -> str:
    return words(below(part.statement, "preface", "docNumber")).rstrip(". ")


def _symbol(printed: str, number: str, collected: bool) -> str:
    """The cover's symbol in its normal form, a collection's with the letter of the part. Empty where none is printed.

    "A/RES/75/290B" is A/RES/75/290 B; part A of "A/RES/77/128 A-B" is A/RES/77/128 A.
    """
    symbol = " ".join(printed.split()).strip(" *")
    if collected:
        letter = re.search(r"([A-Z])$", number)
        return f"{_LETTERS.sub('', symbol)} {letter[1]}" if letter else symbol
    return re.sub(r"(?<=\d)([A-Z])$", r" \1", symbol)


def _disagreements(symbol: str, number: str, path: Path) -> Iterator[Gap]:
    """A cover that prints the number of another text than the preface does."""
    printed = re.search(r"\d+$", _LETTERS.sub("", number))
    own = re.search(r"\d+$", _LETTERS.sub("", symbol))
    if printed and own and printed[0] != own[0]:
        reason = f"the cover prints {symbol} and the preface {number}"
        yield Gap("symbol", reason, path.name, Span(0, 0))


def _language(part: _Part, path: Path) -> str:
    code = attribute(part.first("FRBRlanguage"), "language")
    if code not in _LANGUAGES:
        raise SourceError(f"{path}: states no language that is known, but {code!r}")
    return _LANGUAGES[code]


def _organ(part: _Part, symbol: str) -> str:
    """The key of the organ that adopted the text: the author that the file states, else the symbol's issuer."""
    author = next((one for one in part.holder.iter(f"{AKN}FRBRauthor") if one.get("as") == "author"), None)
    issuer = load().body_of_symbol(symbol)
    return issuer.key if issuer else attribute(author, "href")


def _dated(part: _Part, level: str, kind: str) -> str:
    for holder in (part.statement, part.holder):
        for one in holder.iter(f"{AKN}{level}"):
            for day in one.iter(f"{AKN}FRBRdate"):
                if day.get("name") == kind:
                    return day.get("date", "")
    return ""


def _day(written: str) -> date | None:
    """A day as the files write it; None for one that is not known or impossible."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return None if day == _UNKNOWN_DAY else day


def _meeting(part: _Part) -> str:
    """The ordinal of the meeting that adopted the text, as printed: "54th"."""
    for ended in children(part.statement, "conclusions"):
        for one in ended.iter():
            if name(one) in ("inline", "location") and (title := attribute(one, "title")):
                return title
    return ""


def _titles(part: _Part, taken: set[int]) -> tuple[Words, ...]:
    """The title of the text, then what else the prefaces print as titles: that of a collection, a second line."""
    found = []
    for holder in (part.statement, part.holder) if part.collected else (part.statement,):
        titles = [title for preface in children(holder, "preface") for title in preface.iter(f"{AKN}docTitle")]
        titles.sort(key=lambda title: title.get("refersTo") != "#resolutionTitle")
        found += [gather([title], taken) for title in titles]
    return tuple(title for title in found if title.text)


def _prefatory(part: _Part, taken: set[int]) -> Iterator[Words]:
    """The lines of the preface with the footnotes at the number and the title."""
    for preface in children(part.statement, "preface"):
        for note in preface.iter(f"{AKN}authorialNote"):
            yield Words("", (), (), ((0, note.get("marker", ""), gather([note], taken)),))


def _body(part: _Part, converted: Converted, taken: set[int]) -> Body:
    body = Body(converted, taken)
    for child in part.statement:
        match name(child):
            case "preamble":
                body.preamble(child)
            case "mainBody":
                body.main(child)
            case "attachments":
                body.attachments(child)
            case "components":
                body.draft(child)
            case _:
                pass
    return body


def _paragraph(cover: Element) -> str:
    """The paragraph of the committee's report that the cover prints: "31" of "A/77/464, para. 31"."""
    printed = words(_named(cover, "inline", "name", "originating document"))
    found = re.search(r"paras?\. (.+)$", printed)
    return found[1].strip(" )]") if found else ""


def _committee(part: _Part, report: Element | None) -> str:
    """The committee or commission on whose report the text was adopted, as the file names it."""
    if by := attribute(report, "by"):
        return by.strip("\u200b ")
    term = attribute(below(part.cover, "docProponent"), "refersTo").lstrip("#")
    known = next((one for one in part.holder.iter(f"{AKN}TLCTerm") if one.get("eId") == term), None)
    return attribute(known, "showAs")


def _drafts(steps: list[Element]) -> Iterator[str]:
    for step in steps:
        if step.get("outcome") in ("draftResolution", "draftDecision") and (symbol := attribute(step, "as")):
            yield symbol


def _proponents(steps: list[Element]) -> Iterator[Proponents]:
    for step in steps:
        outcome, names = step.get("outcome", ""), attribute(step, "by").strip("\u200b ")
        if outcome.startswith("draft") and names:
            added = outcome.endswith("AdditionalSponsors")
            yield Proponents(names, "" if added else attribute(step, "as"), added, _day(step.get("date", "")))


def _members(steps: list[Element]) -> Iterator[Member]:
    for step in steps:
        if (kind := step.get("outcome", "")) in _TERMS:
            start, end = (_day(step.get(f"{AKN4UN}{key}", "")) for key in ("start", "end"))
            yield Member(
                attribute(step, "as"), attribute(step, "refersTo"), attribute(step, "by"), kind,
                start or _day(step.get("date", "")), end,
            )  # fmt: skip


def _ballots(voting: Element | None) -> Iterator[Ballot]:
    for count in voting.iter(f"{AKN}count") if voting is not None else ():
        number = attribute(count, "value")
        side = _SIDES.get(attribute(count, "refersTo").lstrip("#"), "")
        if side:
            voters = tuple(words(one) for one in count.iter(f"{AKN}organization"))
            yield Ballot(side, int(number) if number.isdigit() else None, voters)


def _subjects(part: _Part) -> Iterator[Subject]:
    own = below(part.statement, "keyword") is not None
    for keyword in (part.statement if own else part.holder).iter(f"{AKN}keyword"):
        dictionary = attribute(keyword, "dictionary")
        agenda = keyword.get("refersTo") == "agenda"
        scheme = "agenda" if agenda else _SCHEMES.get(dictionary, dictionary)
        label = keyword.get("showAs", "").strip() or keyword.get("value", "").strip()
        yield Subject(scheme, attribute(keyword, "href"), label)


def _coverage(root: Element, taken: set[int]) -> tuple[tuple[Count, ...], tuple[Gap, ...]]:
    """How many elements with words or values were read, and a gap for each that was not."""
    total = claimed = letters = read = 0
    gaps = []
    for element, path in _telling(root, ""):
        own = _own_words(element)
        total += 1
        letters += len(own)
        if id(element) in taken or _read_as_value(element, path):
            claimed += 1
            read += len(own)
        else:
            gaps.append(Gap("elements", f"nothing reads {path}", own[:160], Span(0, 0)))
    return (Count("elements", total, claimed), Count("element characters", letters, read)), tuple(gaps)


def _telling(element: Element, path: str) -> Iterator[tuple[Element, str]]:
    """The elements that have words of their own or values, without those that say nothing of the text."""
    kind = name(element)
    if kind in _SAYS_NOTHING:
        return
    path = f"{path}/{kind}"
    if kind in _VALUES or _own_words(element):
        yield element, path
    for child in element:
        yield from _telling(child, path)


def _own_words(element: Element) -> str:
    """The words of an element and between its children, without theirs."""
    pieces = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join(" ".join(pieces).split())


_READ_PATHS = (  # what is read by its path, not as a passage
    re.compile(r"/coverPage/"),
    re.compile(r"/preface/.*docNumber"),
    re.compile(r"/preamble/formula"),
    re.compile(r"/conclusions/"),
)
_OUTCOMES = frozenset({"recommendedForAdoption", "adopted"}) | _TERMS


def _read_as_value(element: Element, path: str) -> bool:
    """Whether an element is one of those whose value has a field of its own."""
    match name(element):
        case "step":
            outcome = element.get("outcome", "")
            return outcome in _OUTCOMES or outcome.startswith("draft")
        case "count":
            return attribute(element, "refersTo").lstrip("#") in _SIDES
        case "keyword" | "voting" | "session" | "organization" | "FRBRdate" | "FRBRlanguage" | "FRBRauthor":
            return True
        case _:
            return any(pattern.search(path) for pattern in _READ_PATHS)
