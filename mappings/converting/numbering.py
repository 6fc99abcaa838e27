"""The numbers that Word counts itself: from numbering.xml and the styles to "12.", "(a)", "A." as a reader sees them.

ECMA-376, part 1, section 17.9. Lists (`w:num`) of one kind (`w:abstractNum`) count together, unless one of them says
where it begins; a level begins anew behind each entry of a level above it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is counted and shown."""

    start: int = 1
    form: str = "decimal"
    shown: str = ""
    style: str = ""
    restart: bool = True
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each is counted."""

    kinds: dict[str, dict[int, Level]] = field(default_factory=dict)
    kind_of: dict[str, str] = field(default_factory=dict)
    own: dict[str, dict[int, Level]] = field(default_factory=dict)  # levels that a list defines itself
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, number: str, style: str) -> int:
        """The level of a list that belongs to a style; the first where none does."""
        levels = self.kinds.get(self.kind_of.get(number, ""), {})
        return next((at for at, level in levels.items() if level.style == style), 0)

    def next(self, number: str, at: int) -> str:
        """The label of the next entry of a list at a level, "" for a bullet and for a list that is not there."""
        kind = self.kind_of.get(number)
        if kind is None or not 0 <= at < _LEVELS:
            return ""
        level = self._level(number, at)
        counts = self.counts.setdefault(kind, [None] * _LEVELS)
        override = self.starts.get((number, at))
        before = counts[at]
        if override is not None and (number, at) not in self.begun:
            counts[at] = override
        else:
            counts[at] = level.start if before is None else before + 1
        self.begun.add((number, at))
        for deeper in range(at + 1, _LEVELS):
            if self._level(number, deeper).restart:
                counts[deeper] = None
        return "" if level.form == "bullet" else self._label(number, level, counts)

    def _level(self, number: str, at: int) -> Level:
        own = self.own.get(number, {}).get(at)
        return own or self.kinds.get(self.kind_of[number], {}).get(at, Level())

    def _label(self, number: str, level: Level, counts: list[int | None]) -> str:
        label = level.shown
        for place in range(_LEVELS):
            if f"%{place + 1}" in label:
                of = self._level(number, place)
                count = counts[place]
                value = of.start if count is None else count
                label = label.replace(f"%{place + 1}", formatted(value, "decimal" if level.legal else of.form))
        return label.strip()


def read_numbering(root: etree._Element | None, styles: dict[str, str]) -> Numbering:
    """The lists of a numbering part; `styles` are the lists that numbering styles name, by the style's id."""
    numbering = Numbering()
    if root is None:
        return numbering
    links: dict[str, str] = {}
    for kind in root.iterfind(f"{W}abstractNum"):
        identity = kind.get(f"{W}abstractNumId", "")
        numbering.kinds[identity] = dict(map(_level, kind.iterfind(f"{W}lvl")))
        if link := value_of(kind, "numStyleLink"):
            links[identity] = link
    for number in root.iterfind(f"{W}num"):
        identity = number.get(f"{W}numId", "")
        numbering.kind_of[identity] = value_of(number, "abstractNumId")
        for override in number.iterfind(f"{W}lvlOverride"):
            at = whole(override.get(f"{W}ilvl", ""), 0)
            if start := value_of(override, "startOverride"):
                numbering.starts[identity, at] = whole(start, 1)
            if (level := override.find(f"{W}lvl")) is not None:
                numbering.own.setdefault(identity, {})[at] = _level(level)[1]
    for kind_id, style in links.items():
        linked = numbering.kind_of.get(styles.get(style, ""))
        if linked is not None and not numbering.kinds[kind_id]:
            numbering.kinds[kind_id] = numbering.kinds.get(linked, {})
    return numbering


def _level(node: etree._Element) -> tuple[int, Level]:
    return whole(node.get(f"{W}ilvl", ""), 0), Level(
        start=whole(value_of(node, "start"), 1),
        form=value_of(node, "numFmt") or "decimal",
        shown=value_of(node, "lvlText"),
        style=value_of(node, "pStyle"),
        restart=value_of(node, "lvlRestart") != "0",
        legal=node.find(f"{W}isLgl") is not None,
    )


def value_of(node: etree._Element | None, name: str) -> str:
    """The value of a property, "" where there is none."""
    child = node.find(f"{W}{name}") if node is not None else None
    return child.get(f"{W}val", "") if child is not None else ""


def whole(text: str, otherwise: int) -> int:
    """A number in figures, or another one where the text is none."""
    return int(text) if text.lstrip("-").isdecimal() else otherwise


def formatted(value: int, form: str) -> str:
    """A number as a list shows it; figures for the many forms of other scripts."""
    match form:
        case "none" | "bullet":
            return ""
        case "lowerLetter" | "upperLetter" if value > 0:
            letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
            return letter if form == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman" if 0 < value < 4000:
            roman = _roman(value)
            return roman if form == "lowerRoman" else roman.upper()
        case "decimalZero":
            return f"{value:02}"
        case _:
            return str(value)


def _roman(value: int) -> str:
    letters = ""
    for size, letter in _ROMAN:
        letters += letter * (value // size)
        value %= size
    return letters
