"""United Nations document symbols: parsed, brought to one normal form, found in running text.

A symbol is a series of components between slashes: the organ ("A", "E", "S", "CTOC"), subsidiary bodies ("CN.15",
"HRC"), the session or year, the nature of the document ("RES", "L.4", "CRP.2") and modifiers ("Rev.1", "Add.8"). The
normal form writes organs and natures as the United Nations prints them, keeps one space before a letter or a session
in parentheses ("A/RES/57/270 B", "E/RES/155 C (VII)") and has no slash at the end. Nothing here knows the bodies of
one year: any first component of the known series is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

# Series that begin a symbol; the list of the United Nations Editorial Manual, with the treaty bodies and programmes,
# and those that official resolutions link.
SERIES = (
    "A|E|S|T|ST|CTOC|CAC|UNODC|UNEP|UNCTAD|UNDP|UNFPA|UNICEF|UNHCR|HCR|HRI|HSP|DP|DC|ID|IDB|GC|ITC|LOS|SPLOS|ISBA|TD|UNW|"
    "WFP|FCCC|CBD|ICCD|CCPR|CEDAW|CERD|CRC|CRPD|CMW|CAT|CED|CESCR|PBC|BWC|NPT|APLC|CCM|CCW|IPBES|ECE|ICC|OHCHR|JIU|SG|"
    "CD|CLCS|TPNW|CEB|ESCAP|ECA|ESCWA|ECLAC|LC|CCD|ENDC|ICEF|UNU|SAICM|ACHPR"
)
_WORDS = {
    word.lower(): word
    for word in (
        *SERIES.split("|"),
        *(
            "RES",
            "DEC",
            "CONF",
            "HRC",
            "COP",
            "CN",
            "CRP",
            "INF",
            "NGO",
            "PV",
            "SR",
            "PRST",
            "WP",
            "MISC",
            "REV",
            "SUB",
            "AC",
        ),
        *("WG", "EG", "CCPCJ", "CND", "COSP", "BUR", "SS", "STAT", "GOV", "PET", "RT", "EX", "SPC", "MSP", "PREPCOM"),
    )
}
_PRINTED = {"rev": "Rev", "add": "Add", "corr": "Corr", "amend": "Amend", "summary": "Summary", "part": "Part"}
_MODIFIER = re.compile(r"(?:Rev|Add|Corr|Amend|Summary|Part)(?:\.|$)")
_HYPHEN = rf"-(?!(?:{SERIES})/)"  # a hyphen before another series joins two symbols
_ROMAN_SESSION = r"(?:E?S-)?[IVXL]+"  # the session of "3104 (XXVIII)" and "1903 (S-IV)"
# A/74/6 (Sect. 16), A/76/6 (Introduction), A/CONF.157/24 (Part I), NPT/CONF.2000/28 (Parts I and II)
_SECTION = (
    r" ?\((?:Sects?\.? ?[0-9]+[A-Z]?|(?:Parts?|Vols?\.?) ?[IVX]+(?: ?(?:and|,|-|–) ?[IVX]+)*|Progs?\.? ?[0-9]+|"
    r"Resumption ?[0-9]+|Introduction|Plan outline)\)"
)
_SESSION = r"\([0-9]{1,3}\)"  # ICCD/COP(15)/29
_COMPONENT = re.compile(
    rf"[A-Za-z0-9](?:[A-Za-z0-9.]|{_HYPHEN})*(?:{_SESSION})?(?: (?:[A-Z]|[A-Z]{{2}})(?![a-z]))?"
    rf"(?: \((?:{_ROMAN_SESSION}|[0-9]{{4}})\)|{_SECTION})?"
)
_RESOLUTION_NUMBER = rf"[0-9]+(?: [A-Z]{{1,2}}(?![A-Za-z]))?(?: ?\((?:{_ROMAN_SESSION}|[0-9]{{4}})\))?"
_PIECE = rf"(?:[A-Za-z0-9]|{_HYPHEN})+"
_SLASH = r"/(?: (?=[A-Z0-9]))?"  # a line may end behind the slash of a symbol
_TOKEN = (
    rf"(?:{SERIES})(?:\.[0-9]+)?(?:{_SLASH}(?:RES|DEC){_SLASH}(?:(?:E?S-)?[0-9]+{_SLASH})?{_RESOLUTION_NUMBER}"
    rf"|{_SLASH}[A-Za-z0-9]{_PIECE[:-1]}*(?:\.{_PIECE})*(?:{_SESSION})?(?:{_SECTION})?)+(?: [A-Z](?=[\s.,;)\]]|$))?"
)
_FOUND = re.compile(rf"(?<![\w/.\-])(?P<first>{_TOKEN})(?:(?P<dash>[-–])(?P<last>(?:{_TOKEN})|[0-9]+(?![\w/])))?")
# "A/77/905 and Corr.1", "E/2022/7 and Corr.1 and 2 and Add.1", "A/77/5 and Add.1–3"
_FURTHER = re.compile(
    r"(?:,|,? and|,? or) (?P<kind>Corr|Add|Rev|Amend)\.(?P<number>[0-9]+)"
    r"(?P<below>(?:/(?:Corr|Add|Rev|Amend)\.[0-9]+)*)"
    r"(?:(?:[-–]| to )(?:(?P=kind)\.)?(?P<last>[0-9]+))?(?![\w/])"
)
_FURTHER_NUMBER = re.compile(r"(?:,|,? and) (?P<number>[0-9]+)(?=[),;.]|$|,? and (?:Corr|Add|Rev|Amend)\.)")
_TAIL_NUMBER = re.compile(r"(?P<stem>.*?)(?P<number>[0-9]+)")
_LANGUAGE = re.compile(r"^(?:en|fr|es|ar|ru|zh)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document symbol in its normal form."""

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def components(self) -> tuple[str, ...]:
        """The pieces between slashes: ("A", "RES", "57", "270 B")."""
        return tuple(self.text.split("/"))

    @property
    def nature(self) -> str:
        """ "resolution", "decision" or "document"."""
        match [part for part in self.components if part in ("RES", "DEC")]:
            case ["RES"]:
                return "resolution"
            case ["DEC"]:
                return "decision"
            case _:
                return "document"

    @property
    def without_modifiers(self) -> Symbol:
        """The symbol of the document itself: E/CN.15/2022/L.4 for E/CN.15/2022/L.4/Rev.1."""
        parts = list(self.components)
        while len(parts) > 2 and _MODIFIER.match(parts[-1]):
            parts.pop()
        return Symbol("/".join(parts))

    @property
    def modifiers(self) -> tuple[str, ...]:
        """The modifiers at the end: ("Rev.1",)."""
        return self.components[len(self.without_modifiers.components) :]


@dataclass(frozen=True, slots=True)
class SymbolError:
    """Why words are no document symbol."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class FoundSymbol:
    """A symbol, a joint symbol or a range of symbols in a text; `symbols` are all documents that it names."""

    start: int
    end: int
    symbols: tuple[Symbol, ...]
    kind: str  # "single", "joint", "range" or "further"
    close: int = 0  # behind the further ones named with it ("and Corr.1")


def parse(text: str) -> Symbol | SymbolError:
    """The symbol that the whole of `text` is, spelling variants allowed, or the reason why it is none."""
    cleaned = _unwrapped(text)
    parts = [_spaced(part) for part in cleaned.split("/")]
    reason = ""
    if len(parts) < 2:
        reason = "a symbol has at least two components"
    elif re.search(rf"[-–](?:{SERIES})/", cleaned):
        reason = "two symbols joined, or a range"
    elif parts[0].partition(".")[0].upper() not in SERIES.split("|"):
        reason = f"no series of documents begins with {parts[0]!r}"
    elif wrong := [part for part in parts if not _COMPONENT.fullmatch(part)]:
        reason = f"{wrong[0]!r} is no component of a symbol"
    elif not any(character.isdigit() for character in cleaned):
        reason = "a symbol holds a number"
    return SymbolError(text, reason) if reason else Symbol("/".join(map(_printed, parts)))


def normal(text: str) -> str | None:
    """The normal form of a symbol in any of the spellings found in the wild, or None.

    Takes lower case, encoded or doubled spaces, "+" and "_" for spaces, slashes at either end and a language before or
    after.
    """
    result = parse(text)
    return result.text if isinstance(result, Symbol) else None


def find(text: str) -> Iterator[FoundSymbol]:
    """The symbols of a text in their order; ranges are expanded, joint symbols give each of theirs.

    A corrigendum or addendum named behind one ("A/77/905 and Corr.1") is a symbol of its own, of the kind "further".
    """
    for match in _FOUND.finditer(text):
        printed = _without_end(match["first"])
        first = parse(printed)
        if isinstance(first, SymbolError):
            continue
        found = _joined(match, first, match.start() + len(printed))
        further = tuple(_further(text, found.end, found.symbols if found.kind == "joint" else found.symbols[-1:]))
        yield replace(found, close=further[-1].end if further else found.end)
        yield from further


def _joined(match: re.Match[str], first: Symbol, end: int) -> FoundSymbol:
    """A symbol alone, or with the one that it is joined to."""
    if match["last"]:
        whole = _without_end(match.group())
        last = _without_end(match["last"])
        if symbols := expand_range(whole):
            return FoundSymbol(match.start(), match.start() + len(whole), symbols, "range")
        if _TOKEN_ONLY.fullmatch(last) and isinstance(other := parse(last), Symbol):
            return FoundSymbol(match.start(), match.start() + len(whole), (first, other), "joint")
    return FoundSymbol(match.start(), end, (first,), "single")


def _further(text: str, at: int, bases: tuple[Symbol, ...]) -> Iterator[FoundSymbol]:
    """The corrigenda, addenda and revisions named behind symbols; one of a symbol's own kind stands beside it."""
    kind = ""
    while True:
        if match := _FURTHER.match(text, at):
            kind, below, last = match["kind"], match["below"], match["last"]
        elif kind and (match := _FURTHER_NUMBER.match(text, at)):
            below, last = "", None
        else:
            return
        numbers = range(int(match["number"]), int(last or match["number"]) + 1)[:_LONGEST_RANGE]
        symbols = tuple(_beside(base, f"{kind}.{number}{below}") for base in bases for number in numbers)
        start = match.start("kind") if match.re is _FURTHER else match.start("number")
        at = match.end()
        if symbols:
            yield FoundSymbol(start, at, symbols, "further", at)


def _beside(base: Symbol, modifier: str) -> Symbol:
    """A symbol with a modifier, which takes the place of one of the same kind."""
    same = base.components[-1].partition(".")[0] == modifier.partition(".")[0]
    return Symbol("/".join((*base.components[: -1 if same else None], modifier)))


def _without_end(printed: str) -> str:
    """The words of a symbol without the full stop or dash of the sentence."""
    return printed.rstrip(".-")


_TOKEN_ONLY = re.compile(_TOKEN)
_LONGEST_RANGE = 500  # documents; more are a slip of the pen


def expand_range(text: str) -> tuple[Symbol, ...]:
    """The symbols of a range such as "E/CN.15/2022/L.1/Add.1-E/CN.15/2022/L.1/Add.8" or "…/Add.1–7".

    A range runs inside one document's addenda (or one series of numbers): the two ends differ in their last number
    only, and those of a joint symbol of two bodies never do. Empty for words that are no range.
    """
    match = re.fullmatch(rf"(?P<first>{_TOKEN})[-–](?P<last>(?:{_TOKEN})|[0-9]+)", text)
    if not match:
        return ()
    first = parse(match["first"])
    if isinstance(first, SymbolError):
        return ()
    start = _TAIL_NUMBER.fullmatch(first.text)
    if start is None:
        return ()
    end_number = match["last"]
    if not end_number.isdigit():
        last = parse(match["last"])
        end = _TAIL_NUMBER.fullmatch(last.text) if isinstance(last, Symbol) else None
        if end is None or end["stem"] != start["stem"]:
            return ()
        end_number = end["number"]
    numbers = range(int(start["number"]), int(end_number) + 1)
    if len(numbers) < 2 or len(numbers) > _LONGEST_RANGE:
        return ()
    return tuple(Symbol(f"{start['stem']}{number}") for number in numbers)


def _unwrapped(text: str) -> str:
    """The words of a symbol without encoding, outer slashes, languages, brackets and marks."""
    plain = re.sub(r"[\s\u00a0_+]+", " ", unquote(text)).strip(" [].,;*/")
    while plain.endswith(")") and plain.count(")") > plain.count("("):
        plain = plain[:-1]
    if plain.startswith("("):
        plain = plain[1:].removesuffix(")") if plain.count(")") != plain.count("(") - 1 else plain[1:]
    parts = [part for part in re.split(r" ?/ ?", plain) if part]
    while parts and _LANGUAGE.match(parts[0]):
        parts.pop(0)
    if len(parts) > 2 and _LANGUAGE.match(parts[-1]):
        parts.pop()
    return "/".join(parts)


def _spaced(part: str) -> str:
    """A component with one space before its letter and its session: "270B" and "270 b" are "270 B"."""
    match = re.fullmatch(r"([0-9]+) ?([A-Za-z]|[A-Z]{2})?(?: ?\(((?:[eE]?[sS]-)?[IVXLivxl]+|[0-9]{4})\))?", part)
    if not match:
        part = re.sub(r"(?<=\w)(?=\((?:Sect|Part|Vol|Prog|Resum|Intro|Plan))", " ", part.rstrip("*"))
        part = re.sub(r"\((Sect|Vol|Prog)\.? ?(?=[0-9IVX])", r"(\1. ", part)
        return re.sub(r"\((Parts?|Resumption)(?=[IVX0-9])", r"(\1 ", part)
    number, letter, session = match.groups()
    return number + (f" {letter.upper()}" if letter else "") + (f" ({session.upper()})" if session else "")


def _printed(part: str) -> str:
    """A component as the United Nations prints it: capitals but for "Rev.", "Add.", "Corr."."""
    head, dot, tail = part.partition(".")
    if dot and head.lower() in ("res", "dec"):  # UNEP/EA.4/Res.9; a component of its own is in capitals
        return f"{head.capitalize()}.{tail}"
    known = _PRINTED.get(head.lower()) or _WORDS.get(head.lower())
    if known is None:
        known = head.upper() if len(head) == 1 else head
        if re.fullmatch(r"[sS]-?[0-9]+", head):
            known = head.upper()
    return known + dot + tail
