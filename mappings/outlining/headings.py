"""How headings, voice lines and beginnings of paragraphs look in a session report."""

from __future__ import annotations

import re
from functools import cache

from mappings.formulae import formula
from mappings.lexicon.numbers import TEXT_NUMBER, cardinal
from mappings.lexicon.openings import opens_preambular, opens_with_verb
from mappings.lexicon.words import organ
from mappings.outlining.lines import Block, Form
from mappings.tree import Kind, Passage

CHAPTER = re.compile(r"chapter\s+([IVXLC]+)\b[.:]?\s*[-–—:]?\s*(.*)$", re.IGNORECASE | re.DOTALL)
ROMAN = re.compile(r"([IVXLC]+)\.?$")
FRONT = {
    "note": Kind.NOTE,
    "contents": Kind.CONTENTS,
    "table of contents": Kind.CONTENTS,
    "executive summary": Kind.SUMMARY,
    "summary": Kind.SUMMARY,
}
ANNEX = re.compile(r"(?:annex|appendix)(?:\s+([IVXLC]+|\d+))?\.?\s*[-–—:]?\s*(.*)$", re.IGNORECASE | re.DOTALL)
KNOWN = re.compile(
    r"(?:deliberations|actions? taken by the (?:commission|council|committee)|summary by the chair(?:person|man|woman)?"
    r"|chair(?:person|man)?['’]s summary|discussion|general discussion|organization of the session|documentation"
    r"|attendance|opening and duration of the session|election of officers|closure of the session"
    r"|agenda and organization of (?:the )?work|adoption of the agenda and organization of work)$",
    re.IGNORECASE,
)
TEXT = re.compile(
    rf"(draft\s+)?(resolution|decision|agreed\s+conclusions)(?:\s+({TEXT_NUMBER}|[IVXLC]+|[A-Z]|\d{{1,2}})(?=$|[\s.:–—]))?"
    r"\s*[.:–—]?\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
BARE_NUMBER = re.compile(rf"({TEXT_NUMBER})[.:]?(?:\s+(.*))?$", re.DOTALL)
DECIDING = (
    r"(?:decides|takes note|approves|endorses|requests|adopts|recommends|confirms|authorizes|elects|appoints|nominates"
    r"|establishes|transmits|decided|approved|took note)"
)
SENTENCE_OF_VOICE = re.compile(
    r"\b(?:takes note|approves|endorses|adopts|confirms)\b.*\s"
)  # has its act, unlike "decides:"
DECIDES = re.compile(rf"\b{DECIDING}\b")
SHORTEST_RUNNING, LONG_RUNNING = 40, 120  # characters: "The meeting was closed at 6 p.m. on 10 March 2031." has 49
RUNNING_START = re.compile(
    r"(?:The|At|On|In|During|Following|After|Before|An?|Many|Most|Some|Several|Other|Another|Both|Two|Three|It|One|With|As|For|Under|To|By|From"
    r"|This|These|Those|There|While|Since|Speakers|Delegations|Representatives|Participants|Members|Statements|Observers"
    r"|Presentations|Introductory|Opening|Concluding|Subsequently|No|Reference|Mention|Concern|Appreciation"
    r"|Also\s(?:at|in|on|under|before|present)|Mr\.|Ms\.|Mrs\.)\s"
    r"(?=(?:[^.;]|\.(?=\S)|(?<=Mr|Ms|Dr)\.|(?<=Mrs)\.){0,400}?"
    r"\b(?:was|were|is|are|be|been|had|has|have|did|would|should|could|will|shall|may|made|took|held|gave"
    r"|said|met|heard|drew|began|spoke|chose|decides?|recommends?|submits|wishes|contains?|[a-z]{2,}ed)\b)"
)
SENTENCE_START = re.compile(
    r"(?:The|At|On|In|During|Following|After|Before|With|For|Under|Pursuant|Regarding|Concerning)\s"
)
AUXILIARY = re.compile(r"\b(?:was|were|had|has|have|is|are|would|will)\b")
FINITE = re.compile(
    r"\b(?:was|were|had|has been|have been|is|are|would|made|took|gave|said|met|expressed|stated|noted|stressed"
    r"|emphasized|welcomed|underlined"
    r"|recalled|reported|informed|considered|discussed|agreed|decided|adopted|approved)\b"
)
LISTED_DOCUMENT = re.compile(
    r"(?:Report|Note|Letter|Draft|Summary|Background|Information|Proposed|Working|Conference)\b[^.]*\([^()]*\)[.;]?$"
)
SYMBOL = re.compile(r"(?:^|[\s(,])[A-Z]{1,5}/[A-Z0-9][^\s,;]*[0-9]|\b(?:document|paper) No\. [0-9]")
SENTENCE_END = re.compile(r"[.:;?!…][\"”’')\]]*$")
CLAUSE_END = re.compile(r"[.:;,?!…][\"”’')\]]*$|[;,]\s+(?:and|or)$")
HANGING = re.compile(
    r"(?:^|[\s(])(?:an?|the|of|and|or|to|for|in|on|at|by|from|with|as|that|which|who|its?s?|their|his|her|this|these|those|into|upon|under|between"
    r"|among|against|through|within|without|including|such|was|were|is|are|be|been|has|have|had|not|no|also|than|per|via)$|[-–—(]$",
    re.IGNORECASE,
)
LETTERED_ROMAN = (
    "",
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
)
ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@cache
def _voice() -> re.Pattern[str]:
    name = r"(?:[A-Z][\w’'-]*|of|and|on|for|the|in|to)"
    bare = rf"The(?:\s{name}){{0,12}}?\s(?-i:{organ()})(?:\s{name}){{0,12}}$"  # where the comma is lost
    return re.compile(
        rf"The\s(?:[^.;:,]|,(?=\s[A-Z])){{0,160}}?\b{organ()}\b(?:[^.;:,\d]|,(?=\s[A-Z])){{0,140}}[,:]$|{bare}"
    )


@cache
def _speaks() -> re.Pattern[str]:
    return re.compile(rf"(?:At its .{{3,120}}?,\s)?[Tt]he\s[^.;:]{{0,160}}?\b{organ()}\b.{{0,2000}}[.:]$", re.DOTALL)


@cache
def _spoken() -> re.Pattern[str]:
    return re.compile(rf"(?:At its .{{3,120}}?,\s)?[Tt]he\s[^.;:]{{0,160}}?\b{organ()}\b[^.;:]{{0,80}}?\s{DECIDING}\b")


@cache
def _reports() -> re.Pattern[str]:
    return re.compile(rf"(?:At (?:its|the)|On \d|The following|[Tt]he\s[^.;:,]{{0,80}}?\b{organ()})\b")


def roman_value(numeral: str) -> int:
    """The number that a Roman numeral stands for."""
    digits = [ROMAN_DIGITS[digit] for digit in numeral.upper()]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, [*digits[1:], 0], strict=True))


def roman_numeral(number: int) -> str:
    """A number from 1 to 399 as a Roman numeral."""
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "C" * (number // 100) + tens[number // 10 % 10] + ones[number % 10]


def norm(text: str) -> str:
    """A heading's words for comparison: lower case, letters and digits only."""
    return re.sub(r"[^\w]+", " ", text.casefold()).strip()


def ended(text: str) -> bool:
    """Whether a sentence, or a paragraph that introduces a list, ends here."""
    return SENTENCE_END.search(text) is not None


def clause_ended(text: str) -> bool:
    """Whether a paragraph of a resolution ends here: a preambular one with a comma, an operative with a semicolon."""
    return CLAUSE_END.search(text) is not None


@cache
def _part() -> re.Pattern[str]:
    """ "Part One", "Part II", "Part 3", with its title where one stands in the line."""
    return re.compile(rf"part\s+({cardinal()}|[IVX]{{1,4}}|[1-9])\b[.:]?\s*[-–—:]?\s*(.*)$", re.IGNORECASE | re.DOTALL)


def part_head(block: Block) -> re.Match[str] | None:
    """The number and title of a line such as "Part One", under which chapters may begin anew; None where it is none."""
    words = block.whole.text
    found = _part().match(words) if block.form is Form.PLAIN and len(words) < 300 and words[:1] == "P" else None
    return found if found and (not found[2] or found[2][0].isupper()) and not ended(words) else None


def begins_inside(text: str) -> bool:
    """Whether the words cannot begin a paragraph."""
    return bool(text) and (
        text[0].islower() or text[0] in ",;.)’”" or (text[0] == "(" and not re.match(r"\([A-Z]", text))
    )


def heading_like(block: Block) -> bool:
    """Whether a block could be a heading: marked as one, or short and without the end of a sentence."""
    text = block.words.text
    if not text or block.form in (Form.LETTER, Form.ROW, Form.NOTE, Form.FURNITURE):
        return False
    if block.heading:
        return len(text) < 500
    return len(text) <= 500 and not clause_ended(text) and not begins_inside(text)


def is_voice(block: Block) -> bool:
    """Whether a block names the organ that speaks: "The General Assembly,", "The Economic and Social Council:"."""
    text = block.whole.text
    named = block.form is Form.PLAIN and len(text) < 300 and _voice().match(text) is not None
    return named and SENTENCE_OF_VOICE.search(text) is None


def speaks(block: Block) -> bool:
    """Whether a block is a sentence of an organ that decides something, or its first half with the verb."""
    words = block.whole.text
    if block.form is not Form.PLAIN:
        return False
    decides = _speaks().match(words) is not None and DECIDES.search(words) is not None
    return decides or _spoken().match(words) is not None


def reports_on(block: Block) -> bool:
    """Whether the words begin as a report's paragraphs do ("At its 2nd meeting", "The following resolution")."""
    return _reports().match(block.words.text) is not None


def runs(block: Block) -> bool:
    """Whether a block reads like a running paragraph of a report: a sentence with an end and a subject or a verb.

    An entry of a list is a name or the title of a document: it does not begin as a sentence does, and has no verb.
    """
    return block.form in (Form.PLAIN, Form.NUMBER) and not block.heading and words_run(block.words.text)


def words_run(words: str) -> bool:
    """Whether words read like a running paragraph, wherever they stand."""
    if len(words) < SHORTEST_RUNNING:
        return False
    if not re.search(r"[.:][\"”’')\]]*$", words) or begins_inside(words):
        return False
    if RUNNING_START.match(words):
        return True
    return len(words) >= LONG_RUNNING and FINITE.search(words) is not None and not LISTED_DOCUMENT.match(words)


def opens_operative(block: Block) -> bool:
    """Whether a block begins with a verb of the present tense ("Decides", "Also requests")."""
    if block.words.italics and block.words.italics[0][0] == 0 and not opens_preambular(block.words.text):
        return True
    return opens_with_verb(block.words.text)


def text_head(block: Block) -> tuple[Kind, str, Passage] | None:
    """The kind, number and inline title of a text's heading ("Draft resolution II", "Decision 31/1")."""
    words = block.whole.text
    found = TEXT.match(words) if block.form is Form.PLAIN and words[:1].isupper() and len(words) < 500 else None
    if not found:
        return None
    draft, noun, label, rest = found[1], found[2].lower(), found[3] or "", found[4]
    if rest and (not label or (not rest[0].isupper() and rest[0] not in '“"') or clause_ended(rest)):
        return None
    printed = bool(label) and any(sign in label for sign in "/(")
    if label and not draft and not printed and not label.isdigit():
        return None
    label = label.upper()
    title = block.whole.part(found.start(4), len(words))
    if noun.startswith("agreed"):  # by their number they are a body's own series; else a declaration's heading
        return (Kind.AGREED_CONCLUSIONS, label, title) if printed else None
    kinds = (Kind.DRAFT_RESOLUTION, Kind.DRAFT_DECISION) if draft else (Kind.RESOLUTION, Kind.DECISION)
    return kinds[noun == "decision"], label, title


DECLARATION = re.compile(
    r"(?:draft\s+)?(?:[A-Z][\w-]+\s+){0,3}?(declaration|statement|agreed\s+conclusions|conclusions)\b(?!\s*[.:;]$)",
    re.IGNORECASE,
)
KIND_ALONE = re.compile(
    r"(?:(?:draft|ministerial|political|joint)\s+)*(?:(?:agreed\s+)?conclusions|declaration|statement)", re.I
)
WE = re.compile(r"(?:[^.;:]{0,160},\s)?[Ww]e\b[,\s]")


def declaration_head(block: Block) -> Kind | None:
    """The kind of text that the heading of a declaration, a ministerial statement or agreed conclusions names."""
    words = block.whole.text
    found = (
        DECLARATION.match(words) if block.form is Form.PLAIN and words[:1].isupper() and heading_like(block) else None
    )
    if not found:
        return None
    noun = found[1].casefold()
    if noun == "declaration":
        return Kind.DECLARATION
    return Kind.MINISTERIAL_STATEMENT if noun == "statement" else Kind.AGREED_CONCLUSIONS


def is_record(block: Block) -> bool:
    """Whether a block is of the record that is printed below a text: "39th meeting", "[Adopted without a vote.]"."""
    return (
        block.form in (Form.PLAIN, Form.NUMBER)
        and formula("outline", "record of adoption").match(block.whole.text) is not None
    )


def in_first_person(block: Block) -> bool:
    """Whether a block is a sentence of those who declare: "We, the Ministers, …", "1. We reaffirm …"."""
    return block.form in (Form.PLAIN, Form.NUMBER) and WE.match(block.words.text) is not None


def follows(label: str, after: str) -> bool:
    """Whether `label` is the next one after `after` in a list lettered a, b, c or i, ii, iii or numbered."""
    if after.isdigit():
        return label == str(int(after) + 1)
    if len(after) == 1 and after.isalpha():
        if label == (chr(ord(after) + 1) if after != "z" else "aa"):
            return True
    elif len(set(after)) == 1 and label == chr(ord(after[0]) + 1) * len(after) and after[0] not in "ivx":
        return True
    if after in LETTERED_ROMAN[1:-1]:
        return label == LETTERED_ROMAN[LETTERED_ROMAN.index(after) + 1]
    return False


def begins_list(label: str) -> bool:
    """Whether a label is the first of a list."""
    return label in {"a", "i", "1"}
