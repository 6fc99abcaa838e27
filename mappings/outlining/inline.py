"""Clean words out of marked-up text: links, emphasis, tags and footnote marks are taken out, offsets are kept."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from mappings.source import Span
from mappings.tree import Mark, Passage

TOKEN = re.compile(
    r"""
    (?P<hyphen>[-\u00ad][ \t]*\r?\n\s*)
  | (?P<space>[\s\ufeff\u200b]+)
  | (?P<soft>\u00ad)
  | (?P<stars>\*+|(?:\\\*)+)
  | (?P<escape>\\(?=[!-/:-@\[-`{-~]))
  | (?P<image>!\[[^\[\]\n]*\]\([^()\s]*\))
  | (?P<note>\[\^(?P<note_label>[^\[\]\s]{1,8})\]:?)
  | (?P<link>\[(?=[^\[\]]*\]\([^()\s]*\)))
  | (?P<target>\]\([^()\s]*\))
  | (?P<sup><sup>\s*(?P<sup_label>[0-9a-z*,\s]{1,16}?)\s*</sup>)
  | (?P<tag></?(?P<tag_name>i|em|b|strong|u|su[pb]|br|p|span|a|small|div|font|center|table|tbody|thead|t[rdh])\b[^<>]*>)
  | (?P<comment><!--[^<>]{0,300}-->)
  | (?P<raised>[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+|[\u1d43\u1d47\u1d9c\u1d48\u1d49](?!\w))
  | (?P<caret>\$?\^(?:\{(?P<brace_label>[0-9]{1,3}|[a-z]|\*{1,3})\}
      |(?P<caret_label>[0-9]{1,3}|[a-z](?![a-z])|\\?\*{1,3})\^?)\$?)
  | (?P<under>(?<![\w_])_(?=[^\s_])|(?<=[^\s_])_(?![\w_]))
  | (?P<entity>&(?:amp|nbsp|lt|gt|quot|apos|\#[0-9]{1,6});)
  | (?P<plain>[^\s\ufeff\u200b\u00ad\\*!\[\]<\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u1d43\u1d47\u1d9c\u1d48\u1d49$^_&-]+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉ", "0123456789abcde")
MEASURE = re.compile(r"(?<![^\W\d_])(?:k?m|cm|mm)$")  # "km²" is a square kilometre, not a second footnote
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
KEPT_HYPHEN = frozenset(["anti", "cross", "ex", "high", "long", "low", "non", "self", "short", "socio", "well", *TENS])

CUT = re.compile(r"[A-Z0-9]/$")

Hyphens = Callable[[str, str], bool]


def always_joined(_before: str, _after: str) -> bool:
    """True: a hyphen at a line end is the converter's own and goes away with the line break."""
    return True


def hyphens_of(text: str) -> Hyphens:
    """A judgement, from the words of this text, whether the two halves of a word cut at a line end are one word.

    The text's own spelling decides ("long-term" elsewhere in it keeps its hyphen); then the prefixes that the UN
    writes with a hyphen; otherwise the halves are one word.
    """
    if not re.search(r"[^\W\d_][-\u00ad][ \t]*\r?\n", text):
        return always_joined
    words = frozenset(word.lower() for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))

    def joined(before: str, after: str) -> bool:
        if (before + after).lower() in words:
            return True
        if f"{before}-{after}".lower() in words:
            return False
        return before.lower() not in KEPT_HYPHEN

    return joined


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean passage and how many of its characters were bold."""

    passage: Passage
    bold: int


@dataclass(slots=True)
class _Scan:
    """What has been read so far of one stretch of text."""

    text: str
    end: int
    hyphens: Hyphens
    words: list[str] = field(default_factory=list)
    length: int = 0
    offsets: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    italics: list[tuple[int, int]] = field(default_factory=list)
    bold: int = 0
    space: int | None = None
    marked_space: bool = False
    open: list[tuple[str, int, int]] = field(
        default_factory=list
    )  # (sign, its place in the source, start in the passage)
    links: int = 0
    last: str = ""

    def emit(self, words: str, at: int, step: int = 1) -> None:
        if self.space is not None and self.length and not (self.marked_space and words[0] in ".,;:)"):
            self.words.append(" ")
            self.offsets.append(self.space)
            self.length += 1
        self.space, self.marked_space = None, False
        self.words.append(words)
        self.offsets.extend(range(at, at + len(words)) if step else [at] * len(words))
        self.length += len(words)
        self.last = words[-16:]

    def mark(self, label: str, start: int, end: int) -> None:
        for one in re.split(r"[,\s]+", label):
            if one:
                self.marks.append(Mark(one, self.length, Span(start, end)))
        self.marked_space = self.space is not None

    def begin(self, sign: str, at: int) -> None:
        self.open.append((sign, at, self.length + (1 if self.space is not None and self.length else 0)))

    def finish(self, sign: str) -> bool:
        """Close the nearest open emphasis of the sign; False when there is none."""
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == sign:
                start = self.open[index][2]
                del self.open[index:]
                if self.length > start:
                    if sign not in {"**", "b", "strong", "__"}:
                        self.italics.append((start, self.length))
                    if sign not in {"*", "i", "em", "_"}:
                        self.bold += self.length - start
                return True
        return False

    def stars(self, at: int, end: int) -> None:
        """Tell emphasis from a footnote mark: emphasis opens before a word and closes after one."""
        run = self.text[at:end].replace("\\", "")
        escaped = "\\" in self.text[at:end]
        before = self.text[at - 1] if self.offsets and at else ""
        after = self.text[end] if end < self.end else ""
        count = len(run)
        if not escaped and before.strip():
            while count and self.open:
                sign = self.open[-1][0]
                if sign.strip("*") or len(sign) > count:
                    break
                self.finish(sign)
                count -= len(sign)
        if not count:
            return
        if (
            not escaped
            and after.strip()
            and not before.isalnum()
            and (not before or before not in ",;.)”" or after == "*")
        ):
            self.begin("*" * count, at)
        elif not after.strip() or not after.isalnum():
            self.mark("*" * count, at, end)
        else:
            self.emit("*" * count, self.text.index("*", at), 0)

    def hyphen(self, at: int, end: int) -> None:
        """A hyphen at a line end: the converter's own, or one that the word always has."""
        before = re.search(r"[^\W\d_]+$", self.last)
        after = re.compile(r"[^\W\d_]+").match(self.text, end, self.end)
        own = self.text[at] == "\u00ad"
        if before and after and after[0][0].islower() and (own or self.hyphens(before[0], after[0])):
            return
        if own:
            return
        spaced = self.space is not None
        self.emit("-", at)
        if spaced:
            self.space = end - 1

    def tag(self, name: str, closing: bool, at: int) -> None:
        if name in {"i", "em", "b", "strong"}:
            if closing:
                self.finish(name)
            else:
                self.begin(name, at)
        elif name in {"br", "p", "div", "td", "th", "tr"} and self.space is None:
            self.space = at


def clean(text: str, start: int, end: int, hyphens: Hyphens = always_joined) -> Cleaned:
    """The clean words of `text` from `start` to `end`, with the source offset of each character."""
    scan = _Scan(text, end, hyphens)
    for match in TOKEN.finditer(text, start, end):
        READERS[match.lastgroup or "other"](scan, match)
    for sign, at, _ in scan.open:  # an opening star that nothing closes is a mark where it leans on a word
        if sign == "*" * len(sign) and at > start and not text[at - 1].isspace() and text[at - 1] not in "([“":
            offset = sum(1 for place in scan.offsets if place < at)
            scan.marks.append(Mark(sign, offset, Span(at, at + len(sign))))
    marks = tuple(sorted(scan.marks, key=lambda mark: (mark.offset, mark.span)))
    words = "".join(scan.words)
    return Cleaned(Passage(words, tuple(scan.offsets), marks, tuple(sorted(scan.italics))), scan.bold)


def _words(scan: _Scan, match: re.Match[str]) -> None:
    scan.emit(match[0], match.start())


def _space(scan: _Scan, match: re.Match[str]) -> None:
    after = scan.text[match.end() : match.end() + 1]
    if "\n" in match[0] and CUT.search(scan.last) and after.isalnum():
        return  # a line that a converter ended inside a symbol or a number: "(E/CN.15/2022/", "L.4)"
    scan.space = match.start() if scan.space is None else scan.space


def _label(group: str) -> Callable[[_Scan, re.Match[str]], None]:
    """The reader of a footnote mark whose label is the given group."""
    return lambda scan, match: scan.mark(match[group], match.start(), match.end())


def _caret(scan: _Scan, match: re.Match[str]) -> None:
    label = match["brace_label"] or match["caret_label"]
    scan.mark(label.replace("\\", ""), match.start(), match.end())


def _raised(scan: _Scan, match: re.Match[str]) -> None:
    if scan.space is None and MEASURE.search(scan.last):
        scan.emit(match[0], match.start())
    else:
        scan.mark(match[0].translate(RAISED), match.start(), match.end())


def _link(scan: _Scan, _match: re.Match[str]) -> None:
    scan.links += 1


def _target(scan: _Scan, match: re.Match[str]) -> None:
    if scan.links:
        scan.links -= 1
    else:
        scan.emit(match[0], match.start())


def _under(scan: _Scan, match: re.Match[str]) -> None:
    at = match.start()
    if not (scan.last and at and not scan.text[at - 1].isspace() and scan.finish("_")):
        scan.begin("_", at)


def _entity(scan: _Scan, match: re.Match[str]) -> None:
    words = html.unescape(match[0])
    if words.strip():
        scan.emit(words, match.start(), 0)
    else:
        scan.space = match.start()


def _nothing(_scan: _Scan, _match: re.Match[str]) -> None:
    """Markup that leaves no trace."""


READERS: dict[str, Callable[[_Scan, re.Match[str]], None]] = {
    "plain": _words,
    "other": _words,
    "space": _space,
    "hyphen": lambda scan, match: scan.hyphen(match.start(), match.end()),
    "stars": lambda scan, match: scan.stars(match.start(), match.end()),
    "link": _link,
    "target": _target,
    "note": _label("note_label"),
    "sup": _label("sup_label"),
    "caret": _caret,
    "raised": _raised,
    "tag": lambda scan, match: scan.tag(match["tag_name"], match[0].startswith("</"), match.start()),
    "under": _under,
    "entity": _entity,
    "soft": _nothing,
    "escape": _nothing,
    "image": _nothing,
    "comment": _nothing,
}
