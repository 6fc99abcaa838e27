"""The cover of a report: whose report it is, on which session, when and where it was held, under which symbol.

The cover is the file's first lines up to the contents, a note or running prose, each cleaned of markup. Its words are
cut into segments (a name, a title, a date line …) at line breaks and at what no name holds (symbols, the series of the
official records, "Distr.: General"), so that a cover in one paragraph reads like one over many lines. The title's own
words decide; a name printed above it only says whose it is where the title does not, and never against it. What cannot
be told is an error with its reason, not a guess.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from mappings import dates, symbols
from mappings.formulae import formula
from mappings.outlining.inline import clean, hyphens_of
from mappings.sessions import SessionName, read_session
from mappings.source import Source, SourceError, Span
from mappings.tree import Passage
from ontology.naming import Entry, NameKind
from ontology.vocabulary import Vocabulary

_LINES, _CHARACTERS = 90, 6000  # the longest covers (two title pages, imprint) have 40 lines and 1,500 characters
_PROSE = 14  # words: a line with a finite verb and more words is a sentence, no line of a cover
_LONGEST_NAME = 250  # characters: the longest name of a body of the United Nations has 170
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "against",
        "by",
        "for",
        "from",
        "in",
        "into",
        "its",
        "of",
        "on",
        "or",
        "over",
        "the",
        "their",
        "to",
        "under",
        "with",
    ]
)
_HANGING = re.compile(r"(?i)(?:^|\s)(?:of|on|and|for|the|to|in|its|at|with|against|or)$|[-–,/]$")
_AFTER_NAME = re.compile(
    r"(?i)\s(?:(?:on|at|of|for|in|during) (?:its|their)\b|on the work\b|convened (?:under|in|by)\b)"
)
_OPENING_LEAD = 28  # days: a single day that much before the regular part only opens the session
_PRINCIPAL = ("ga", "ecosoc", "sc", "trusteeship-council")
_CAPITALS = re.compile(rf"\b({'|'.join(month_name[1:]).upper()})\b|\b(?:AND|TO|FROM)\b(?= [0-9])")
_CUT = re.compile(r"\t|\s+\|\s+|\s{4,}|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the cover that says one thing."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CoverDays:
    """Days that the cover prints for the session, and whether the words say that it was resumed."""

    days: dates.Days
    again: bool


@dataclass(frozen=True, slots=True)
class CoverPart:
    """A part of the session: "opening", "regular" or "reconvened", its days, its place in the words."""

    kind: str
    start: date
    end: date
    at: tuple[int, int]


@dataclass(slots=True)
class Cover:
    """What the cover says. Places are offsets in `words`, whose spans are those of the source."""

    words: Passage
    body: str = ""
    known: Entry | None = None
    body_at: tuple[int, int] = (0, 0)
    parent: str = ""
    session: SessionName | None = None
    title: str = ""
    title_at: tuple[int, int] = (0, 0)
    days: list[CoverDays] = field(default_factory=list)
    place: str = ""
    year: int = 0
    supplement: str = ""
    symbol: str = ""
    form: str = "report"  # or "declaration": a text that stands alone

    @property
    def parts(self) -> tuple[CoverPart, ...]:
        """The parts of the session in order; days that follow one another are one part ("8 and 9 December")."""
        return session_parts(self.days)

    def span(self, at: tuple[int, int]) -> Span:
        """Where in the source a stretch of the cover stands."""
        return self.words.span(*at)


def session_parts(days: list[CoverDays]) -> tuple[CoverPart, ...]:
    """Days as parts of a session: a single day long before the longest stretch opened the session."""
    merged: list[tuple[date, date, tuple[int, int], bool]] = []
    for printed in days:
        one = printed.days
        if merged and (one.first - merged[-1][1]).days == 1:
            merged[-1] = (merged[-1][0], one.last, (merged[-1][2][0], one.end), printed.again)
        else:
            merged.append((one.first, one.last, (one.start, one.end), printed.again))
    regular = max(((last - first, first) for first, last, _, _ in merged), default=None)
    found = []
    for first, last, at, again in merged:
        before = regular is not None and first == last and (regular[1] - first).days >= _OPENING_LEAD
        found.append(CoverPart("reconvened" if again else "opening" if before else "regular", first, last, at))
    return tuple(found)


def read_cover(source: Source, vocabulary: Vocabulary, body: str = "") -> Cover:
    """What the cover of a report says; `body` is the operator's word where the cover does not tell whose report it is.

    Raises SourceError where the report is not in English, or nothing says whose session it is about.
    """
    if language := language_of(source.text):
        raise SourceError(f"{source.name}: the report is in {language}; only reports in English are read")
    return _Reader(source, vocabulary, body).read()


def language_of(text: str) -> str:
    """The name of the language that a text is written in; empty for English, and where it is too short to tell.

    Told by the script of the letters, else by the commonest small words of English, French and Spanish.
    """
    letters = [character for character in text[:20000] if character.isalpha()]
    if not letters:
        return ""
    for language, first, last in (("Russian", "Ѐ", "ӿ"), ("Arabic", "؀", "ۿ"), ("Chinese", "一", "鿿")):
        # a name or a quotation in another script is a few letters; a third of all letters is the text's own script
        if sum(first <= letter <= last for letter in letters) * 3 > len(letters):
            return language
    counts = {name: len(formula("report", f"small words of {name}").findall(text[:20000])) for name in _LATIN}
    most = max(_LATIN, key=lambda name: counts[name])
    # titles of foreign publications hold a few such words; in a text of the language they are a quarter of all words
    return most if most != "English" and counts[most] > 2 * counts["English"] + 3 else ""


_LATIN = ("English", "French", "Spanish")


class _Reader:
    """One reading of a cover."""

    def __init__(self, source: Source, vocabulary: Vocabulary, body: str) -> None:
        self.name, self.vocabulary, self.operator = source.name, vocabulary, body
        words, self.breaks = cover_words(source)
        self.flat = words.text.replace("\n", " ").replace("—", "–")
        self.flat = _CAPITALS.sub(lambda match: match[0].title() if match[1] else match[0].lower(), self.flat)
        self.cover = Cover(words)
        self.segments = tuple(self._segments(words.text))
        self.names = [segment for segment in self.segments if self._is_name(segment.text)]

    def read(self) -> Cover:
        cover = self.cover
        for rule in ("supplement",):
            if match := formula("report", rule).search(self.flat):
                cover.supplement = match["number"]
        cover.symbol = self._symbol()
        title = self._title_with_session()
        if title is None:
            title = self._title_beside_a_session()
        if title is None:
            self._declaration()
        if not cover.body:
            raise SourceError(
                f"{self.name}: no title of the form “Report of the … on its … session” says what the report is about"
            )
        self._days()
        self._year()
        if cover.session is None or cover.session.number == 0:
            self._session_by_year()
        return cover

    # -- segments ---------------------------------------------------------------------------------------------------

    def _segments(self, text: str) -> Iterator[Segment]:
        """The cover cut at line breaks and markers, lines of one name or title joined again."""
        pieces: list[tuple[int, int]] = []
        at = 0
        for start, end in (*self._markers(), (len(text), len(text))):
            pieces += self._lines(text, at, start)
            at = max(at, end)
        pieces = [piece for start, end in pieces for piece in self._apart(start, end)]
        start, end = -1, -1
        for begin, stop in pieces:
            if start >= 0 and self._goes_on(start, end, begin, stop):
                end = stop
                continue
            if start >= 0:
                yield Segment(start, end, self.flat[start:end])
            start, end = begin, stop
        if start >= 0:
            yield Segment(start, end, self.flat[start:end])

    def _lines(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        for match in re.finditer(r"[^\n]+", text[start:end]):
            begin, stop = start + match.start(), start + match.end()
            while begin < stop and (text[begin].isspace() or text[begin] in "*.,:;-–/)•·"):
                begin += 1
            while stop > begin and (text[stop - 1].isspace() or text[stop - 1] in "*.,:;–(•·"):
                stop -= 1
            if stop > begin:
                yield begin, stop

    def _apart(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A line, cut behind a principal organ or known body that another body's name follows, and before a title."""
        words = self.flat[start:end]
        cuts = [
            m.start()
            for m in re.finditer(r"(?i)(?<=\S )(?:draft )?(?:report|proceedings) (?:of|on) (?:the|its)\b", words)
        ]
        cuts = [
            cut for cut in cuts[:1] if words[:cut].split()[-1].lower() not in ("of", "the", "and", "draft", "final")
        ]
        head = words[: cuts[0]] if cuts else words
        if (
            re.match(r"(?i)united nations [A-Z]", head)
            and self._known(head[15:].strip())
            and not self._known(head.strip())
        ):
            cuts.insert(0, 15)
        title = re.match(r"(?i)(?:draft )?(?:report|proceedings)\b", head)
        for entry in () if title else self.vocabulary.names(_cased(head), (NameKind.BODY,)):
            rest = head[entry.end :]
            if entry.start in (0, 15) and re.match(r" +[A-Z]", rest) and formula("report", "body").search(rest.strip()):
                cuts.insert(0, entry.end + 1)
            break
        places = [0, *sorted(set(cuts)), len(words)]
        for begin, stop in pairwise(places):
            part = words[begin:stop].strip()
            if part:
                yield start + begin, start + begin + len(words[begin:stop].rstrip())

    def _markers(self) -> Iterator[tuple[int, int]]:
        """The places of what stands in no name: symbols, records, imprint, sessions of the official records, days."""
        spans: list[tuple[int, int]] = []
        for rule in ("records session", "official records", "supplement", "publication", "reissued"):
            spans += [match.span() for match in formula("report", rule).finditer(self.flat)]
        spans += [match.span("words") for match in formula("report", "administration").finditer(self.flat)]
        spans += [(found.start, found.end) for found in symbols.find(self.flat)]
        spans += [
            match.span()
            for match in re.finditer(r"\([^()]*[0-9]{1,2}[^()]*\)|\[[^\[\]]*\]|(?i:official records)", self.flat)
        ]
        spans += [
            (self._place_start(match), match.end()) for match in formula("report", "date line").finditer(self.flat)
        ]
        spans += [m.span() for m in formula("report", "session").finditer(self.flat) if self._alone(m.start())]
        at = 0
        for start, end in sorted(spans):
            if end > at:
                yield max(start, at), end
                at = end

    def _place_start(self, match: re.Match[str]) -> int:
        """Where the place of a date line begins: at the line's beginning, behind a session or a body's name in it."""
        place = self.cover.words.text[match.start("place") : match.end("place")]
        begin = place.rfind("\n") + 1
        for session in formula("report", "session").finditer(place, begin):
            begin = session.end()
        for name in self.vocabulary.names(place[begin:], (NameKind.BODY,)):
            if name.end < len(place) - begin:
                begin += name.end
                break
        return match.start("place") + begin

    def _alone(self, start: int) -> bool:
        """Whether the words of a session are no part of a title: "on its", "of the" do not stand before them."""
        return not re.search(r"(?i)\b(?:on|at|of|its|the|their|during|from|for)\s*$", self.flat[:start])

    def _goes_on(self, start: int, end: int, begin: int, stop: int) -> bool:
        """Whether a line goes on with the name or title before it."""
        before, line = self.flat[start:end], self.flat[begin:stop]
        if self.flat[end:begin].strip() or len(before) > _LONGEST_NAME:
            return False
        if re.match(r"(?i)(?:draft |final )?(?:report|proceedings)\b", line) and not _HANGING.search(before):
            return False
        if self._known(f"{before} {line}"):
            return True
        if _HANGING.search(before) and not re.match(r"(?i)united nations$", before):
            return True
        if (
            re.fullmatch(r"(?i)(?:of|on|and|for|the|to)(?: (?:of|on|the))*", line)
            and before.lower() != "united nations"
        ):
            return True
        if re.match(r"(?i)acting as\b", line):
            return True
        plain = not formula("report", "body").search(line) and not re.search(r"[0-9:]", line) and not self._known(line)
        behind = re.compile(r"\s*").match(self.flat, stop)
        if (
            plain
            and behind
            and formula("report", "session").match(self.flat, behind.end())
            and self._begins_name(before)
        ):
            return True  # nothing but the rest of its name stands between a body and its session
        adjacent = not any(end <= place <= begin for place in self.breaks)
        if not line[0].isupper() and not line[0].isdigit():
            return True
        if not adjacent or begin - end > 1 or self._known(before) or "united nations" in (before.lower(), line.lower()):
            return False
        named = formula("report", "body").search(before) or re.match(r"(?i)(?:report|proceedings)\b", before)
        return (
            bool(named)
            and not formula("report", "body").search(line)
            and not self._known(line)
            and not re.search(r"[0-9:]", line)
        )

    def _begins_name(self, words: str) -> bool:
        return bool(formula("report", "body").search(words)) and not formula("report", "not a body").search(words)

    def _known(self, words: str) -> Entry | None:
        return body_named(words, self.vocabulary)

    def _is_name(self, words: str) -> bool:
        if re.match(r"(?i)(?:of|on|and|for|acting|as|to)\b", words):
            return False
        if formula("report", "not a body").search(words) or formula("report", "person").search(words):
            return False
        return bool(self._known(words) or formula("report", "body").search(_unquoted(words)))

    # -- titles -----------------------------------------------------------------------------------------------------

    def _title_with_session(self) -> bool | None:
        """ "Report of the X on its N session": the session is the title's, and X, or the name beside it, the body."""
        pattern, at_least = formula("report", "title with session"), 0
        while match := pattern.search(self.flat, at_least):
            at_least = match.start() + 1  # the title may begin inside: an agenda item names the report as well
            of = match["of"] or match["after"] or ""
            if re.search(r"(?i)\b(?:report|proceedings|agenda|supplement no|distr)\b", of) or formula(
                "report", "person"
            ).search(of):
                continue
            if re.search(
                r"(?i)\b(?:provisional|adoption of (?:the )?|consideration of (?:the )?)\s*$",
                self.flat[: match.start()],
            ):
                of = "" if of and not _complete(of) else of
            session = read_session(match["session"])
            if session is None:
                continue
            meets = match["after"] and re.search(r"(?i)meetings?$", match["session"])
            if meets and re.match(r"(?i)(?:states )?parties", of):
                of = f"Meeting of {of}"
            if match["after"] and not match["of"]:
                of = re.split(
                    r"(?i)\s(?:held|to|convened|report|official records|united nations •)\s|\s[0-9]",
                    _until_name_ends(of, self),
                )[0]
            end = match.end("session") if not match["after"] or match["of"] else match.start("after") + len(of)
            self.cover.session = session
            self.cover.title_at = (match.start(), end)
            self.cover.title = _tidy(self.flat[match.start() : end])
            at = (
                match.span("of")
                if match["of"]
                else (match.start("after"), end)
                if match["after"]
                else (match.start(), end)
            )
            self._whose(_tidy(of), at, match.start())
            return True
        return None

    def _title_beside_a_session(self) -> bool | None:
        """ "N session" in a line, and "Report of the X" or "Report" in another; or no session at all, and a year."""
        sessions = self._sessions()
        for segment in self.segments:
            words = _unquoted(segment.text)
            match = formula("report", "title of a body").search(words)
            if not match or formula("report", "person").search(match["of"]):
                continue
            of = _tidy(re.sub(r"(?i),?\s(?:held|convened)\s.*$", "", match["of"]))
            if re.search(r"(?i)\bon (?:its|the) \w+ (?:session|meeting)", of):
                continue
            self.cover.title, self.cover.title_at = _tidy(segment.text), (segment.start, segment.end)
            self._whose(
                of, (segment.start + match.start("of"), segment.start + match.start("of") + len(of)), segment.start
            )
            owned = self._owned(sessions, segment)
            if match["year"]:
                self.cover.session = SessionName(int(match["year"]))
            elif owned:
                self.cover.session = _together(owned)
            elif sessions:
                raise SourceError(
                    f"{self.name}: the cover tells a session, but not that it is one of “{self.cover.body}”"
                )
            elif any(formula("report", "agenda item").search(s.text) for s in self.segments):
                raise SourceError(f"{self.name}: a report on an agenda item, not on a session of “{self.cover.body}”")
            return True
        for segment in self.segments:
            if sessions and formula("report", "title alone").search(segment.text.strip("[] ")):
                self.cover.title, self.cover.title_at = _tidy(segment.text), (segment.start, segment.end)
                name, session = sessions[-1]
                if any(one.key != session.key for _, one in sessions):
                    raise SourceError(f"{self.name}: the cover tells several sessions, and not which the report is on")
                self.cover.session = session
                self._whose("", (segment.start, segment.end), name.start)
                return True
        return None

    def _sessions(self) -> list[tuple[Segment, SessionName]]:
        """The sessions printed in lines of their own; those of the official records of another organ are none."""
        records = [match.span() for match in formula("report", "records session").finditer(self.flat)]
        found = []
        for match in formula("report", "session").finditer(self.flat):
            inside = any(start <= match.start() < end for start, end in records)
            session = None if inside or not self._alone(match.start()) else read_session(match.group())
            if session:
                found.append((Segment(match.start(), match.end(), match.group()), session))
        return found

    def _owned(self, sessions: list[tuple[Segment, SessionName]], title: Segment) -> list[SessionName]:
        """The sessions that are those of the title's body: nearest above them stands its name, or the title itself."""
        owned = []
        for segment, session in sessions:
            above = [name for name in self.names if name.end <= segment.start]
            below_title = title.end <= segment.start and not any(title.end <= name.start for name in above)
            if below_title or (above and self._same(above[-1].text)):
                owned.append(session)
        return owned

    def _same(self, words: str) -> bool:
        """Whether a name on the cover is that of the body that reports."""
        if self.cover.known and (entry := self._known(words)):
            return entry.key == self.cover.known.key
        one, other = _letters(words), _letters(self.cover.body)
        return one == other or other.startswith(one) or one.startswith(other)

    def _declaration(self) -> None:
        """A declaration that stands alone tells in its title at which session of which body it was adopted."""
        for segment in self.segments:
            match = formula("report", "declaration").search(segment.text)
            session = read_session(match["session"]) if match else None
            if match and session:
                of = _until_name_ends(match["of"], self)
                self.cover.form, self.cover.session = "declaration", session
                self.cover.title, self.cover.title_at = _tidy(segment.text), (segment.start, segment.end)
                at = segment.start + match.start("of")
                self._whose(_tidy(of), (at, at + len(of)), segment.start)
                return

    # -- whose ------------------------------------------------------------------------------------------------------

    def _whose(self, of: str, at: tuple[int, int], title_start: int) -> None:
        """Settle the body: the title's words, made whole from the cover where they are short, else the name beside."""
        above = [name for name in self.names if name.end <= title_start]
        below = [name for name in self.names if name.start >= title_start]
        if self.operator:
            of, at = self.operator, self.cover.title_at
        elif not of:
            near = [name for name in reversed(above) if not self._principal(name.text)]
            near += [name for name in below if not self._principal(name.text)] or [*reversed(above), *below]
            if not near:
                raise SourceError(f"{self.name}: the cover names no body; say it with --body")
            of, at = near[0].text, (near[0].start, near[0].end)
            of = _tidy(re.sub(r"(?i)^united nations (?=commission|committee)", "", of)) if not self._known(of) else of
        name = _tidy(_AFTER_NAME.split(_unquoted(of))[0])
        whole = self._whole(name, [*reversed(above), *below])
        if len(whole) > _LONGEST_NAME:
            raise SourceError(f"{self.name}: the title has no name of a body; say it with --body")
        self.cover.known = self._known(whole)
        self.cover.body = self.cover.known.label if self.cover.known else _cased(whole)
        self.cover.body_at = at
        self._parent(above, below)

    def _principal(self, words: str) -> bool:
        entry = self._known(words)
        return entry is not None and entry.key in _PRINCIPAL

    def _whole(self, name: str, near: list[Segment]) -> str:
        """The full name of a body that the title shortens: "the Committee", "the Executive Body"."""
        if self.operator or (self._known(name) and _complete(name)):
            return name
        letters = _letters(name)
        for segment in near:
            words = _tidy(_unquoted(segment.text))
            if _letters(words).startswith(letters + " ") and self._is_name(words):
                return words
        if _complete(name):
            return name
        if len(name.split()) == 1:  # "the Committee": the nearest name that has the word
            for segment in near:
                words = _tidy(_unquoted(segment.text))
                if (
                    re.search(rf"(?i)\b{re.escape(name)}\b", words)
                    and not self._principal(words)
                    and len(words.split()) > 1
                ):
                    return words
        for segment in self.segments:  # "Governing Council" below "United Nations Environment Programme"
            words = _tidy(segment.text)
            if (
                formula("report", "entity").search(words)
                and not formula("report", "not a body").search(words)
                and not self._is_name(words)
            ):
                joint = "to" if re.search(r"(?i)\b(?:convention|treaty|protocol|agreement)\b", words) else "of"
                entity = (
                    words if re.match(r"(?i)united nations\b", words) else self._with_united_nations(words, segment)
                )
                return f"{name} {joint} the {entity}"
        if self._known(name):
            return name
        raise SourceError(f"{self.name}: the title says only “{name}”; say whose it is with --body")

    def _with_united_nations(self, words: str, segment: Segment) -> str:
        """ "United Nations" in the line above is the beginning of "Framework Convention on …"."""
        before = self.flat[: segment.start].strip().lower().endswith("united nations")
        return f"United Nations {words}" if before and re.match(r"(?i)(?:framework )?convention\b", words) else words

    def _parent(self, above: list[Segment], below: list[Segment]) -> None:
        """The organ that the body reports to, as the cover names it: the nearest above, else a principal one."""
        if self.cover.known and self.cover.known.key in _PRINCIPAL:
            return  # a forum that meets under its auspices is not above it
        others = [name for name in reversed(above) if not self._same(name.text)]
        others += [name for name in below if self._principal(name.text) and not self._same(name.text)]
        if others:
            entry = self._known(others[0].text)
            self.cover.parent = entry.label if entry else _cased(_tidy(others[0].text))

    # -- days, year, symbol -----------------------------------------------------------------------------------------

    def _days(self) -> None:
        """The days of the session, from the first place that prints any; from all of them where there are several."""
        seen: set[str] = set()
        for at, words in self._printed_days():
            found = dates.days(words, self._printed_year() or None)
            if not found or words in seen or _dates_the_document(self.flat, at):
                continue
            if self.cover.days and not self._several():
                break
            seen.add(words)
            again = bool(self.cover.session and self.cover.session.again)
            for one in found:
                moved = dates.Days(one.first, one.last, at + one.start, at + one.end)
                self.cover.days.append(CoverDays(moved, again))
            if not self.cover.place and (place := re.match(r"\s*(?P<place>[A-Z][^0-9,;]{2,40}),\s", words)):
                self.cover.place = _cased(_tidy(place["place"]))
        if self._several():
            self.cover.days.sort(key=lambda one: one.days.first)

    def _printed_days(self) -> Iterator[tuple[int, str]]:
        """Where days are printed: in parentheses behind the title, behind "held", in a line with a place."""
        start, end = self.cover.title_at
        behind = re.compile(r"[\s,:]*(?:\((?P<dates>[^()]*[0-9][^()]*)\))?").match(self.flat, end)
        if behind and behind["dates"]:
            yield behind.start("dates"), behind["dates"]
        lines = [(match, True) for match in formula("report", "held behind a title").finditer(self.flat)]
        lines += ((match, False) for match in formula("report", "date line").finditer(self.flat))
        for match, held in lines:
            if match.start() < start and not self._of_own_session(match.start("dates")):
                continue
            if not self.cover.place and match["place"] and not match["place"].lower().startswith("united nations"):
                begin = match.start("place") if held else self._place_start(match)
                self.cover.place = _cased(_tidy(self.flat[begin : match.end("place")]))
            yield match.start("dates"), match["dates"]
        lone = dates.RUN.match(self.flat, behind.end() if behind else end)
        if lone:
            yield lone.start(), lone.group()
        for match in re.finditer(r"\((?P<dates>[^()]*[0-9][^()]*)\)", self.flat):
            if self._of_own_session(match.start("dates")):
                yield match.start("dates"), match["dates"]
        for match in formula("report", "session").finditer(self.flat):
            tail = re.compile(r"[\s,:(]*").match(self.flat, match.end())
            found = dates.RUN.match(self.flat, tail.end() if tail else match.end())
            if found and self._alone(match.start()) and self._of_own_session(found.start()):
                yield found.start(), found.group()

    def _of_own_session(self, at: int) -> bool:
        """Whether no session of another body stands between days and what is before them."""
        before = list(formula("report", "session").finditer(self.flat, 0, at))
        session = read_session(before[-1].group()) if before else None
        own = self.cover.session
        return session is None or own is None or self._several() or session.number in (own.number, 0)

    def _several(self) -> bool:
        return bool(self.cover.session and re.fullmatch(r"[0-9]+-[0-9]+|[A-Z]+-[0-9]+-[0-9]+", self.cover.session.name))

    def _printed_year(self) -> int:
        for rule in ("publication", "official records"):
            if match := formula("report", rule).search(self.flat):
                return int(match["year"])
        return 0

    def _year(self) -> None:
        """The year of the report: that of the series or the imprint, else of the session's days or the symbol."""
        cover = self.cover
        cover.year = self._printed_year()
        if not cover.year and cover.days:
            cover.year = cover.days[-1].days.last.year
        if not cover.year and cover.session and cover.session.number > 1900:
            cover.year = cover.session.number
        if not cover.year and (found := re.search(r"/((?:19|20)[0-9]{2})(?:/|$)", cover.symbol)):
            cover.year = int(found[1])
        if not cover.year and (match := formula("report", "records session").search(self.flat)):
            number = read_session(match["session"] or match["before"])
            if number and not number.name and "conom" not in self.flat[: match.start()]:
                cover.year = 1945 + number.number  # the Assembly's first session opened in 1946
        if not cover.year and (found := re.fullmatch(r"A/([0-9]{2,3})/[0-9]+(?:/.*)?", cover.symbol)):
            cover.year = 1945 + int(found[1])

    def _session_by_year(self) -> None:
        """A forum, a conference or a yearly report without a number is known by its year."""
        cover = self.cover
        year = cover.days[-1].days.last.year if cover.days else cover.year
        if not year:
            raise SourceError(f"{self.name}: neither a session nor a year says which report of “{cover.body}” it is")
        kind = f"{year}-{cover.session.name}" if cover.session else ""
        cover.session = SessionName(year, kind, cover.session.again if cover.session else False)

    def _symbol(self) -> str:
        """The report's own symbol: of several that in the series of the Council's or Assembly's records."""
        bracketed = re.sub(
            r"\[[^\[\]]*\]", lambda match: " " * len(match[0]), self.flat
        )  # "[on a proposal considered …]"
        found = [str(one.symbols[0]) for one in symbols.find(bracketed) if one.symbols]
        found = [symbol for symbol in found if "/RES/" not in symbol and "/Corr." not in symbol]
        found = [symbol for symbol in found if "/Add." not in symbol] or found
        for symbol in found:
            if re.match(r"(?:E/[0-9]{4}/[0-9]+|A/[0-9]{2,3}/[0-9]+)(?![\w.])", symbol):
                return symbol
        return next((symbol for symbol in found if len(symbol.split("/")) > 2), "")


def cover_words(source: Source) -> tuple[Passage, tuple[int, ...]]:
    """The words of the cover with line breaks kept as one sign each, and the places where a blank line stands."""
    hyphens = hyphens_of(source.text[:20000])
    text: list[str] = []
    offsets: list[int] = []
    breaks: list[int] = []
    blank = below_item = False
    for count, (start, end) in enumerate(_cells(source)):
        line = clean(source.text, start, end).passage
        if not line.text.strip("*_=-–#|· "):
            blank = True
            continue
        words, places = line.text, line.offsets
        if hashes := re.match(r"#+\s*", words):
            words, places = words[hashes.end() :], places[hashes.end() :]
        ends = formula("report", "end of the cover").search(words) and not below_item  # the title of an agenda item
        if (text and (ends or _is_prose(words))) or count > _LINES:
            break
        below_item = bool(formula("report", "agenda item").search(words))
        if text:
            last = re.search(r"([^\W\d_]+)-$", "".join(text)[-40:])
            after = re.match(r"[^\W\d_]+", words)
            if last and after and not blank:
                if after[0][0].islower() and hyphens(last[1], after[0]):
                    text[-1] = text[-1][:-1]
                    offsets.pop()
            else:
                if blank:
                    breaks.append(len(offsets))
                text.append("\n")
                offsets.append(offsets[-1] + 1)
        text.append(words)
        offsets.extend(places)
        blank = False
        if len(offsets) > _CHARACTERS:
            break
    whole = "".join(text)
    note = formula("report", "front note").search(whole.replace("\n", " "))
    size = min(note.start() if note else len(whole), _CHARACTERS)
    return Passage(whole[:size], tuple(offsets[:size])), tuple(breaks)


def _cells(source: Source) -> Iterator[tuple[int, int]]:
    """The lines of the source, or the cells of its rows."""
    starts = (*source.line_starts, len(source.text))
    for start, end in pairwise(starts):
        if start > 4 * _CHARACTERS:
            return
        at = start
        for cut in _CUT.finditer(source.text, start, min(end, start + 4 * _CHARACTERS)):
            if source.text[at : cut.start()].strip():
                yield at, cut.start()
            at = cut.end()
        yield at, min(end, start + 4 * _CHARACTERS)


def _is_prose(line: str) -> bool:
    """Whether a line is a sentence of running text; a whole cover in one paragraph holds the marks of a cover."""
    if len(line.split()) < _PROSE or not re.search(r"[.;:]$", line) or not formula("report", "prose").search(line):
        return False
    return not re.search(r"(?i)official records|supplement no|distr\.", line)


def _dates_the_document(text: str, at: int) -> bool:
    """Whether days are those on which the document was issued."""
    return bool(
        re.search(
            r"(?i)(?:reissued[^.]*|distr\.?:? ?(?:general|limited|restricted)|\[)\s*$", text[max(0, at - 80) : at]
        )
    )


def _together(found: list[SessionName]) -> SessionName:
    """The sessions of a report that covers several, as one name: "135-137"; their year where they are of two series."""
    numbers = sorted({session.number for session in found})
    if len({session.key for session in found}) == 1:
        return found[0]
    if all(not session.name for session in found):
        return SessionName(numbers[-1], f"{numbers[0]}-{numbers[-1]}")
    plain = sorted({session.number for session in found if not session.name})
    return SessionName(plain[-1], f"{plain[0]}-{plain[-1]}" if len(plain) > 1 else "") if plain else found[-1]


def _complete(name: str) -> bool:
    """Whether a name tells one body from all others: it says on, for or to what, or has an adjective of its own."""
    if re.match(r"(?i)(?:conference|meeting|assembly) of (?:the )?(?:states )?parties$", name):
        return False
    if re.search(r"(?i)\s(?:on|for|of|to|against)\s", name):
        return True
    generic = (
        r"(?:governing|executive|general|industrial|working|expert|preparatory|standing|joint|compliance|plenary"
        r"|steering|implementation|review|ad hoc|intergovernmental|open-ended)"
    )
    return not re.fullmatch(rf"(?i)(?:{generic}[ -])*(?:[\w-]+)", name)


def _until_name_ends(words: str, reader: _Reader) -> str:
    """A name at the beginning of some words, which may go on: a known one, else up to a number, "held" or "and the"."""
    known = reader.vocabulary.names(_cased(words), (NameKind.BODY,))
    if known and known[0].start == 0:
        return words[: known[0].end]
    return re.split(r"(?i)\s(?=and the\b|held\b|[0-9(])|,\s", words)[0]


def body_named(words: str, vocabulary: Vocabulary) -> Entry | None:
    """The body that some words name, in any capitals, with or without its acronym in parentheses."""
    name = _tidy(words)
    return (
        vocabulary.entry(NameKind.BODY, name)
        or vocabulary.body(name)
        or vocabulary.body(_cased(name))
        or _by_letters(vocabulary).get(_letters(name))
    )


def _by_letters(vocabulary: Vocabulary) -> dict[str, Entry]:
    known = _INDEX.get(id(vocabulary))
    if known is None:
        bodies = [entry for (kind, _), entry in vocabulary.entries.items() if kind is NameKind.BODY]
        known = _INDEX[id(vocabulary)] = {_letters(entry.label): entry for entry in reversed(bodies)}
    return known


_INDEX: dict[int, dict[str, Entry]] = {}


def _letters(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"\s*\([^()]*\)", "", words).casefold().removeprefix("the ")))


def _tidy(words: str) -> str:
    """Words without acronyms in parentheses, footnote stars, doubled spaces and signs at their ends."""
    words = re.sub(r"\s*\((?:[A-Z][\w/ -]{1,14}|[^()]*[0-9][^()]*)\)", "", words)
    words = re.sub(r"\s+", " ", words).strip(" *.,:;–-")
    return re.sub(r"(?i)(?<!of)(?<!the) united nations$", "", words)


def _unquoted(words: str) -> str:
    """A name without the theme in quotation marks, or behind a colon, that follows it."""
    return re.sub(r"[\s:,]*[“\"«].*$", "", words)


def _cased(name: str) -> str:
    """A name in the capitals of running text, where it is printed in capitals throughout."""
    letters = [character for character in name if character.isalpha()]
    if not letters or sum(map(str.isupper, letters)) < 0.8 * len(letters):
        return name
    words = [
        word.lower() if word.lower() in _SMALL and index else word.title() for index, word in enumerate(name.split(" "))
    ]
    return re.sub(r"([’'])S\b", r"\1s", " ".join(words))
