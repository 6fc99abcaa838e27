"""Word files to text: numbers as Word counts them, real footnotes, headings by their styles, tables as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from posixpath import dirname, join, normpath

from lxml import etree

from mappings.converting.converted import ConversionError, Converted, Draft, labelled, one_line
from mappings.converting.numbering import Numbering, W, formatted, read_numbering, value_of, whole
from mappings.converting.runs import Run, written
from mappings.converting.xml import Package

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_HEADING = re.compile(r"heading (\d)|title$|subtitle$", re.IGNORECASE)
# The UN's templates: "_ H _Ch", "_ H_1", "_ H_2/3", "_ H_4", "Title_H_CH", "Title_H1", "Agenda_Title_H2".
_UN_HEADING = re.compile(r"(?:^|_)\s*H\s*_?\s*(Ch|CH|M|1|2|3|4|5)")
_UN_LEVELS = {"ch": 1, "m": 1, "1": 2, "2": 3, "3": 3, "4": 4, "5": 5}
_LEADER = re.compile(r"\t[.\s…]*(\d{1,3}|[ivxl]+)$")
_LABEL = re.compile(r"\(?[0-9A-Za-z]{1,6}(?:\.\d+)*[.)]?\t+")
_DEEPEST = 40  # levels of boxes and tables inside each other; Word itself ends at fewer


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph or character style says, its own ancestors counted in."""

    name: str = ""
    number: str = ""
    level: int | None = None
    outline: int | None = None
    italic: bool = False
    bold: bool = False
    raised: bool = False


@dataclass(slots=True)
class _Document:
    """A document while it is read."""

    body: etree._Element
    styles: dict[str, Style]
    numbering: Numbering
    notes: dict[tuple[str, str], etree._Element]
    draft: Draft = field(default_factory=Draft)
    marks: dict[str, int] = field(default_factory=dict)
    waiting: list[tuple[str, etree._Element]] = field(default_factory=list)  # notes whose marks were just met


def convert(data: bytes) -> Converted:
    """The text of a Word file. Raises ConversionError where it is damaged or no document."""
    document = _open(Package(data))
    _blocks(document, document.body, 0)
    text = document.draft.text
    if not text.strip():
        raise ConversionError("a Word file without text: its pages are images; read them with an OCR program first")
    return Converted(text, "recalling-word", f"{version('recalling')} (lxml {version('lxml')})")


def _open(package: Package) -> _Document:
    main = _main_part(package)
    root = package.tree(main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise ConversionError("a damaged Word file: it has no document; open it and save it again as .docx")
    folder = dirname(main)
    styles = _styles(package.tree(join(folder, "styles.xml")))
    lists = {identity: style.number for identity, style in styles.items() if style.number}
    notes = {
        (kind, note.get(f"{W}id", "")): note
        for kind in ("footnote", "endnote")
        if (part := package.tree(join(folder, f"{kind}s.xml"))) is not None
        for note in part.iterfind(f"{W}{kind}")
        if note.get(f"{W}type") in (None, "normal")
    }
    numbering = read_numbering(package.tree(join(folder, "numbering.xml")), lists)
    return _Document(body, styles, numbering, notes)


def _main_part(package: Package) -> str:
    relations = package.tree("_rels/.rels")
    for relation in relations.iterfind(_RELATION) if relations is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return normpath(relation.get("Target", "").lstrip("/"))
    return "word/document.xml"


def _styles(root: etree._Element | None) -> dict[str, Style]:
    """Every style by its id, what it inherits filled in."""
    nodes = {node.get(f"{W}styleId", ""): node for node in root.iterfind(f"{W}style")} if root is not None else {}
    styles: dict[str, Style] = {}

    def style(identity: str, depth: int) -> Style:
        node = nodes.get(identity)
        if identity in styles or node is None or depth > _DEEPEST:
            return styles.get(identity, Style())
        parent = style(value_of(node, "basedOn"), depth + 1)
        properties, look = node.find(f"{W}pPr"), node.find(f"{W}rPr")
        numbers = properties.find(f"{W}numPr") if properties is not None else None
        outline = value_of(properties, "outlineLvl")
        level = value_of(numbers, "ilvl")
        styles[identity] = Style(
            name=value_of(node, "name"),
            number=value_of(numbers, "numId") or parent.number,
            level=whole(level, 0) if level else parent.level,
            outline=whole(outline, 9) if outline else parent.outline,
            italic=_on(look, "i", parent.italic),
            bold=_on(look, "b", parent.bold),
            raised=value_of(look, "vertAlign") == "superscript" or parent.raised,
        )
        return styles[identity]

    for identity in nodes:
        style(identity, 0)
    return styles


def _on(properties: etree._Element | None, name: str, otherwise: bool) -> bool:
    node = properties.find(f"{W}{name}") if properties is not None else None
    return otherwise if node is None else node.get(f"{W}val", "true") not in ("0", "false", "off")


def _blocks(document: _Document, parent: etree._Element, depth: int) -> None:
    """Write the paragraphs and tables of a body, a cell or a box, each with the notes whose marks it has."""
    if depth > _DEEPEST:
        raise ConversionError(f"a Word file with more than {_DEEPEST} tables inside each other")
    for node in parent:
        if node.tag == f"{W}p":
            _paragraph(document, node, depth)
        elif node.tag == f"{W}tbl":
            _table(document, node, depth)
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            _blocks(document, node, depth + 1)
        if depth == 0:
            _write_notes(document)


def _paragraph(document: _Document, node: etree._Element, depth: int) -> None:
    properties = node.find(f"{W}pPr")
    identity = value_of(properties, "pStyle")
    style = document.styles.get(identity, Style())
    label = _label(document, properties, identity, style)
    runs = list(_runs(document, node, style, depth))
    heading = _heading_level(properties, style)
    text = _untabbed(written(runs, plain=heading > 0))
    if not text.strip("* \t"):
        return
    if heading:
        document.draft.block(f"{'#' * heading} {labelled(label, text)}")
    else:
        document.draft.block(labelled(label, text))


def _label(document: _Document, properties: etree._Element | None, identity: str, style: Style) -> str:
    """The number that Word gives the paragraph, counted; "" where it has none."""
    own = properties.find(f"{W}numPr") if properties is not None else None
    number = value_of(own, "numId") or style.number
    if number in ("", "0"):
        return ""
    level = value_of(own, "ilvl")
    if level:
        return document.numbering.next(number, whole(level, 0))
    by_style = document.numbering.level_of_style(number, identity)
    return document.numbering.next(number, by_style if style.level is None else style.level)


def _heading_level(properties: etree._Element | None, style: Style) -> int:
    """1 to 6 for a heading, 0 for other paragraphs."""
    own = value_of(properties, "outlineLvl")
    outline = whole(own, 9) if own else style.outline
    if outline is not None and outline < 9:
        return min(outline + 1, 6)
    if found := _HEADING.match(style.name):
        return min(int(found[1] or 1), 6)
    found = _UN_HEADING.search(style.name)
    return _UN_LEVELS[found[1].lower()] if found else 0


def _untabbed(text: str) -> str:
    """The text in one line; of its tabs those of a line of the contents stay, others are spaces."""
    text = one_line(text.strip()).strip()
    if _LEADER.search(text):
        return re.sub(r"[ .…]*\t[\t .…]*(?=(?:\d{1,3}|[ivxl]+)$)", "\t", text)
    return re.sub(r" *\t[\t ]*", " ", text)


def _table(document: _Document, table: etree._Element, depth: int) -> None:
    """A table as rows; one that only places paragraphs on the page, as those of a cover, as its paragraphs."""
    rows = [[cell for cell in _inside(row) if cell.tag == f"{W}tc"] for row in _inside(table) if row.tag == f"{W}tr"]
    cells = [cell for row in rows for cell in row]
    places = all(len(row) < 2 for row in rows) or any(
        cell.find(f"{W}tbl") is not None or sum(_has_words(p) for p in cell.iterfind(f"{W}p")) > 3 for cell in cells
    )
    for row in rows:
        if places:
            for cell in row:
                _blocks(document, cell, depth + 1)
            continue
        texts = [_cell(document, cell, depth) for cell in row]
        if any(texts):
            document.draft.row(texts)


def _inside(node: etree._Element) -> Iterator[etree._Element]:
    """The children, those that stand in a control of the content among them."""
    for child in node:
        if child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _inside(child)
        else:
            yield child


def _has_words(paragraph: etree._Element) -> bool:
    return any((node.text or "").strip() for node in paragraph.iter(f"{W}t"))


def _cell(document: _Document, cell: etree._Element, depth: int) -> str:
    texts = []
    for paragraph in cell.iterfind(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        identity = value_of(properties, "pStyle")
        style = document.styles.get(identity, Style())
        label = _label(document, properties, identity, style)
        text = written(_runs(document, paragraph, style, depth), plain=True)
        texts.append(labelled(label, one_line(text.replace("\t", " "))))
    return " ".join(text for text in texts if text)


def _runs(document: _Document, parent: etree._Element, style: Style, depth: int) -> Iterator[Run]:
    """The runs of a paragraph: what was inserted is there, what was deleted or hidden is not."""
    for node in parent:
        if node.tag == f"{W}r":
            yield from _run(document, node, style, depth)
        elif node.tag in (
            f"{W}hyperlink",
            f"{W}ins",
            f"{W}moveTo",
            f"{W}smartTag",
            f"{W}fldSimple",
            f"{W}sdt",
            f"{W}sdtContent",
            f"{W}customXml",
            f"{W}dir",
            f"{W}bdo",
        ):
            yield from _runs(document, node, style, depth)


def _run(document: _Document, node: etree._Element, style: Style, depth: int) -> Iterator[Run]:
    properties = node.find(f"{W}rPr")
    if _on(properties, "vanish", False):
        return
    character = document.styles.get(value_of(properties, "rStyle"), Style())
    italic = _on(properties, "i", style.italic != character.italic)  # toggles: one inside the other is upright
    bold = _on(properties, "b", style.bold != character.bold)
    position = value_of(properties, "vertAlign")
    raised = position == "superscript" or (not position and character.raised)
    words = ""
    note: etree._Element | None = None
    for child in node:
        if child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            note = child
        elif child.tag == _ALTERNATIVES:
            for box in child.iterfind(f".//{W}txbxContent"):
                _blocks(document, box, depth + 1)
        else:
            words += _words(child)
    if note is not None:
        yield _mark(document, note, words)
    elif words:
        yield Run(words, italic=italic, bold=bold, raised=raised)


def _words(node: etree._Element) -> str:
    match node.tag.removeprefix(W) if isinstance(node.tag, str) else "":
        case "t":
            return node.text or ""
        case "tab" | "ptab":
            return "\t"
        case "br" | "cr":
            return " "
        case "noBreakHyphen":
            return "-"
        case _:
            return ""


def _mark(document: _Document, reference: etree._Element, typed: str) -> Run:
    """The mark of a footnote: the next number, or the sign that the author typed behind it."""
    kind = "endnote" if reference.tag == f"{W}endnoteReference" else "footnote"
    mark = typed.strip()
    if not mark or reference.get(f"{W}customMarkFollows") in (None, "0", "false"):
        document.marks[kind] = document.marks.get(kind, 0) + 1
        mark = formatted(document.marks[kind], "lowerRoman" if kind == "endnote" else "decimal")
    note = document.notes.get((kind, reference.get(f"{W}id", "")))
    if note is not None:
        document.waiting.append((mark, note))
    return Run("", note=mark)


def _write_notes(document: _Document) -> None:
    """Write the notes whose marks were met, behind the paragraph that has them."""
    while document.waiting:
        mark, note = document.waiting.pop(0)
        texts = []
        for paragraph in note.iterfind(f"{W}p"):
            identity = value_of(paragraph.find(f"{W}pPr"), "pStyle")
            runs = _runs(document, paragraph, document.styles.get(identity, Style()), 1)
            texts.append(one_line(written(runs).replace("\t", " ")))
        text = " ".join(text for text in texts if text)
        text = re.sub(rf"^(?:<sup>{re.escape(mark)}</sup>|\\?{re.escape(mark)}(?!\w))\s*", "", text)
        document.draft.block(f"[^{mark}]: {text}")
