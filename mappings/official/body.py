"""The paragraphs of an official text out of its preamble, main body, annexes and embedded drafts, in reading order.

The mark-up tells preambular containers from paragraphs; it does not tell headings, annexes and sub-paragraphs apart
reliably. What a paragraph without number is, its class, its words and what stands before it decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mappings.official.document import Holder, Link, Part, Provision
from mappings.official.parsing import AKN, Element, children, name, words
from mappings.official.passages import Converted, Words, gather, placed

_NESTED = frozenset({"list", "sublist", "embeddedStructure", "table", "blockList"})
_HEADING_CLASS = re.compile(r"H\d+|HCh")
_LONGEST_HEADING = 200  # characters; 1 of 1,500 headings without a heading's class is longer
_ANNEX = re.compile(r"(?:Annexe?|Anexo|Приложение|المرفق|مرفق|附件|Anlage)", re.IGNORECASE)
_LETTER = re.compile(r"\(?([^\W\d_]{1,5})\)")
_NUMBER = re.compile(r"(\d+)\s*[-–.．]?")
_PRINTED = re.compile(r"[\u200e\u200f]*(\(?[^\W\d_]{1,5}\)|\d+ ?[-–.])\s+")  # a number that only the words hold
_SMALL_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


class Body:
    """Collects the paragraphs of one text; `taken` receives the elements whose words they are."""

    def __init__(self, converted: Converted, taken: set[int]) -> None:
        self.provisions: list[Provision] = []
        self._converted = converted
        self._taken = taken
        self._holder = Holder.TEXT
        self._section = ""
        self._sections = 0
        self._top = ""  # the number of the paragraph that sub-paragraphs stand under
        self._opened = False
        self._letters: list[str] = []  # of the sub-paragraph read last, from the outside in

    def preamble(self, element: Element) -> None:
        """A preamble: each container or list is a paragraph."""
        for child in element:
            if name(child) == "container" and child.get("name") == "table":
                self._table(child)
            elif name(child) in ("container", "blockList"):
                self._add(
                    Part.PREAMBULAR, "", gather([child], self._taken, frozenset({"table"})), child.get("name", "")
                )
                self._tables(child)

    def main(self, element: Element) -> None:
        """A main body or a section of one."""
        for child in element:
            match name(child):
                case "paragraph":
                    self._paragraph(child)
                case "section" | "part" | "title":
                    self._in_section(child)
                case "crossHeading":
                    self._add(Part.PREAMBULAR, "", gather([child], self._taken))
                case "container" if child.get("name") == "table":
                    self._table(child)
                case "container":
                    self._add(Part.OPERATIVE, "", gather([child], self._taken, _NESTED), child.get("name", ""))
                    self._tables(child)
                case "heading" | "subheading":
                    self._heading(child)
                case _:
                    pass  # the coverage of elements lists what stands here

    def attachments(self, element: Element) -> None:
        """Annexes that stand apart from the main body."""
        before, self._holder = self._holder, Holder.ANNEX
        for main in element.iter(f"{AKN}mainBody"):
            self.main(main)
        self._holder = before

    def draft(self, element: Element) -> None:
        """A draft that the text recommends for adoption by another organ, quoted in it or attached to it."""
        before, self._holder = self._holder, Holder.DRAFT
        self._top, self._opened = "", False
        for child in element.iter():
            if name(child) == "container" and child.get("name") == "table":
                self._table(child)
            elif name(child) == "container":
                self._add(
                    Part.PREAMBULAR, "", gather([child], self._taken, frozenset({"table"})), child.get("name", "")
                )
            elif name(child) == "paragraph":
                number = child.find(f"{AKN}num")
                self._take(number)
                contents = list(children(child, "content", "p", "list"))
                self._add(Part.OPERATIVE, words(number), gather(contents, self._taken, frozenset({"table"})))
        self._holder = before

    def _in_section(self, element: Element) -> None:
        number = element.find(f"{AKN}num")
        self._take(number)
        self._sections += 1
        before, self._section = self._section, words(number).strip(". ") or str(self._sections)
        self.main(element)
        self._section = before

    def _heading(self, element: Element) -> None:
        found = gather([element], self._taken)
        if _ANNEX.match(found.text):
            self._holder = Holder.ANNEX if self._holder is Holder.TEXT else self._holder
        self._add(Part.HEADING, "", found)

    def _paragraph(self, element: Element) -> None:
        subheading = element.find(f"{AKN}subheading")
        contents = list(children(element, "content", "intro", "p"))
        lists = list(children(element, "list"))
        if _HEADING_CLASS.fullmatch(element.get("class", "")) or (subheading is not None and not contents):
            self._heading(element)
            return
        number = element.find(f"{AKN}num")
        self._take(number)
        contents += [child for one in lists for child in children(one, "intro")]
        before = list(children(element, "heading", "subheading"))
        if before:
            self._add(Part.HEADING, "", gather(before, self._taken))
        self._add(Part.OPERATIVE, words(number), gather(contents, self._taken, _NESTED))
        for quoted in element.iter(f"{AKN}embeddedStructure"):
            self.draft(quoted)
        for one in lists:
            self._points(one, 1)
        for content in contents:
            self._tables(content)

    def _points(self, element: Element, depth: int) -> None:
        for child in element:
            if name(child) == "point":
                number = child.find(f"{AKN}num")
                self._take(number)
                found = gather(children(child, "content", "intro", "p"), self._taken, _NESTED)
                self._add(Part.SUB_PARAGRAPH, words(number), found, depth=depth)
                self._tables(child)
            if name(child) in ("sublist", "point", "list"):
                self._points(child, depth + (name(child) != "point"))

    def _tables(self, element: Element) -> None:
        for table in element.iter(f"{AKN}table"):
            self._rows(table)

    def _table(self, container: Element) -> None:
        self._taken.add(id(container))
        for child in container:
            if name(child) == "table":
                self._rows(child)
            else:
                self._add(Part.HEADING, "", gather([child], self._taken))

    def _rows(self, table: Element) -> None:
        if id(table) in self._taken:
            return
        self._taken.add(id(table))
        for row in table.iter(f"{AKN}tr"):
            self._taken.add(id(row))
            cells = [gather([cell], self._taken) for cell in children(row, "td", "th")]
            if any(cell.text for cell in cells):
                self._append(Part.ROW, "", "", _row(cells))

    def _add(self, part: Part, label: str, found: Words, verb: str = "", depth: int = 0) -> None:
        if not found.text and not label:
            return
        label = label.strip("\u200e\u200f ")
        if part is Part.OPERATIVE and not label:
            if printed := _PRINTED.match(found.text):
                label, found = printed[1], found.after(printed.end())
            elif self._is_heading(found):
                part = Part.HEADING
        letter = _LETTER.fullmatch(label)
        if part is Part.OPERATIVE and letter and self._opened and self._holder is not Holder.ANNEX:
            part = Part.SUB_PARAGRAPH
        if part is Part.SUB_PARAGRAPH:
            self._letter(letter[1] if letter else label.strip("(). "), depth)
            self._append(part, self._top, _nested(self._letters), found, verb)
            return
        number = _number(label)
        self._append(part, number, "", found, verb)
        if part is Part.OPERATIVE:
            self._top, self._opened, self._letters = number, True, []

    def _is_heading(self, found: Words) -> bool:
        text = found.text
        return not found.italics and 0 < len(text) < _LONGEST_HEADING and text[-1] not in ".;:,"

    def _letter(self, letter: str, depth: int) -> None:
        """Put a sub-paragraph's letter under those that it stands in; the depth is 0 where the mark-up is flat."""
        letter = letter.lower() if letter.isascii() else letter
        if not depth:
            depth = 1 + (letter in _SMALL_ROMAN and self._nests(letter))
        self._letters = [*self._letters[: depth - 1], letter]

    def _nests(self, letter: str) -> bool:
        """Whether a flat "(i)" counts on inside the letter before it, and does not follow an "(h)"."""
        if letter == "i":
            return bool(self._letters) and self._letters[0] != "h"
        before = _SMALL_ROMAN[_SMALL_ROMAN.index(letter) - 1]
        return len(self._letters) == 2 and self._letters[1] == before

    def _append(self, part: Part, number: str, letter: str, found: Words, verb: str = "") -> None:
        passage, links, notes = placed(found, self._converted)
        self.provisions.append(
            Provision(self._holder, part, self._section, number, letter, verb, passage, links, notes)
        )

    def _take(self, element: Element | None) -> None:
        if element is not None:
            self._taken.update(id(one) for one in element.iter())


def _number(label: str) -> str:
    """A printed number in plain figures without its stop: "7.", "٧ -" are 7; other labels as they are."""
    number = _NUMBER.fullmatch(label)
    return str(int(number[1])) if number else label.strip("(). ")


def _nested(letters: Iterable[str]) -> str:
    """Letters from the outside in as a key holds them: "a", "a (ii)"."""
    outer, *inner = letters
    return " ".join((outer, *(f"({one})" for one in inner)))


def _row(cells: list[Words]) -> Words:
    """The cells of a row separated by tabs, with their links and footnotes."""
    text, links, notes = "", list[Link](), list[tuple[int, str, Words]]()
    for cell in cells:
        at = len(text)
        links += [replace(link, start=link.start + at, end=link.end + at) for link in cell.links]
        notes += [(place + at, mark, note) for place, mark, note in cell.notes]
        text += f"{cell.text}\t"
    return Words(text[:-1], (), tuple(links), tuple(notes))
