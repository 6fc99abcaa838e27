"""Names of things as people say them: "Resolution 31/1, operative paragraph 7 (a)"."""

from __future__ import annotations

import re

from mappings.facts import ClauseKey, Facts, FootnoteKey, MeetingKey, ParagraphKey, Place, TextKey, Thing, ThingKind
from mappings.iris import SessionKey, session_key
from mappings.lexicon.words import words
from mappings.sessions import session_words
from mappings.tree import UNLETTERED

_FRONT = {
    "": "Unnumbered part",
    "cover": "Cover",
    "note": "Note",
    "contents": "Contents",
    "summary": "Executive summary",
}
_DEFINITE = re.compile(
    r"\b(?:Federation|Republic|Kingdom|States|Emirates|Islands|Union|Group|Office|Secretariat)\b"
    r"|^(?:Netherlands|Philippines|Gambia|Bahamas|Congo|Maldives|Comoros|Niger|Sudan|Holy See|State of Palestine)$"
)
_PARTS = {"preambular": "preambular paragraph", "operative": "operative paragraph", "agenda": "agenda item"}


def ordinal(number: int) -> str:
    """ "31st", "12th", "2nd"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def session_name(session: SessionKey) -> str:
    """ "31st session", "2024 session", "32nd special session"."""
    return session_words(session.key, ordinal(session.number))


def session_label(body: Thing, session: SessionKey) -> str:
    """ "31st session of the Commission on …"."""
    return f"{session_name(session)} of the {body.label.removeprefix('the ')}"


def report_label(facts: Facts) -> str:
    """ "Report of the Commission on … on its 31st session"."""
    report = facts.report
    return f"Report of the {report.body.label.removeprefix('the ')} on its {session_name(session_key(report))}"


def paragraph_label(session: SessionKey, key: ParagraphKey) -> str:
    """ "Paragraph 15 (a) of the report on the 31st session"."""
    where = _FRONT.get(key.path) or _paragraph_name(key.path)
    return f"{where}{_lettered(key.letter)} of the report on the {session_name(session)}"


def _paragraph_name(path: str) -> str:
    """ "Paragraph 15", "Chapter 4, section B, position 12" of the address of a paragraph."""
    if path.isdigit():
        return f"Paragraph {path}"
    words = path.split("/")
    named = ", ".join(f"{kind} {name}" for kind, name in zip(words[::2], words[1::2], strict=False))
    return named[:1].upper() + named[1:]


def footnote_label(session: SessionKey, key: FootnoteKey) -> str:
    """ "Footnote 22 of the report on the 31st session"."""
    again = f" ({ordinal(key.occurrence)} with this mark)" if key.occurrence > 1 else ""
    return f"Footnote {key.mark}{again} of the report on the {session_name(session)}"


def meeting_label(session: SessionKey, key: MeetingKey, body: str) -> str:
    """ "13th meeting of the 31st session", "3rd meeting of the Extended Bureau, 31st session"."""
    number = f"{ordinal(key.number)} meeting" if key.number is not None else "Meeting"
    when = f" on {key.on.isoformat()}" if key.number is None and key.on else ""
    at = f" of the {session_name(session)}"
    if key.body != session.body:
        at = f" of the {body.removeprefix('the ')}, {session_name(session)}"
    return f"{number}{when}{at}"


def text_name(session: SessionKey, key: TextKey) -> str:
    """A text by its number alone: "Resolution 31/1", "Draft resolution II of the 31st session"."""
    name = f"{key.kind.capitalize()} {key.number}".rstrip()
    return name if "/" in key.number else f"{name} of the {session_name(session)}"


def text_label(key: TextKey, title: str) -> str:
    """ "Draft resolution II: Reducing reoffending …"."""
    name = f"{key.kind.capitalize()} {key.number}".rstrip()
    return f"{name}: {title}" if title else name


def clause_number(key: ClauseKey) -> str:
    """The number as answers show it: "7", "7(a)", "7(a)(ii)"."""
    return lettered(str(key.number), key.letter)


def lettered(number: str, letter: str) -> str:
    """A number with the letters of a place inside it: "7(a)(ii)"."""
    return number + "".join(f"({one})" for one in re.findall(r"\w+", letter) if not one.startswith(UNLETTERED))


def clause_label(session: SessionKey, key: ClauseKey) -> str:
    """ "Resolution 31/1, operative paragraph 7 (a)"."""
    return f"{text_name(session, key.text)}, {_PARTS.get(key.part, key.part)} {key.number}{_lettered(key.letter)}"


def place_label(session: SessionKey, key: Place) -> str:
    """The name of a place in the report."""
    match key:
        case ClauseKey():
            return clause_label(session, key)
        case ParagraphKey():
            return paragraph_label(session, key)
        case FootnoteKey():
            return footnote_label(session, key)


def with_article(named: Thing) -> str:
    """A name as it stands in a sentence: "the Russian Federation", "the Commission …", "France", "Member States"."""
    name = named.label
    if name.lower().startswith("the ") or (" " not in name.partition(" (")[0] and not _definite(name)):
        return name
    definite = named.kind in (ThingKind.BODY, ThingKind.GROUP) or _definite(name.partition(" (")[0])
    return f"the {name}" if definite and named.kind is not ThingKind.ADDRESSEE else name


def _definite(name: str) -> bool:
    """Whether a name takes the article for a noun in it, an organ's among them."""
    return bool(_DEFINITE.search(name) or re.search(rf"\b{words('organ-noun/organ')}\b", name))


def _lettered(letter: str) -> str:
    return "".join(f" ({one.replace(UNLETTERED, 'entry ')})" for one in re.findall(r"\w+", letter))
