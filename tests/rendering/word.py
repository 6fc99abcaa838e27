"""A report as a Word file whose numbers and letters are automatic and whose footnotes are real ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from tests.rendering.manuscript import Block, Manuscript, Role, Run, manuscript

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    _HEAD
    + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("footnotes", "footnotes"),
            ("header1", "header"),
        )
    )
    + "</Types>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = _HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_STYLES = {
    "HCh": ("_ H _Ch", 0, None),
    "H1": ("_ H_1", 1, 1),
    "H23": ("_ H_2/3", 2, None),
    "H4": ("_ H_4", 3, None),
    "SingleTxt": ("__Single Txt", None, None),
    "FootnoteText": ("footnote text", None, None),
    "FootnoteReference": ("footnote reference", None, None),
}
_STYLE_OF_NOTES = '<w:pStyle w:val="FootnoteText"/>'
_SECTIONS = 1  # the list of section letters, which the style of a section's heading names
_FORMATS = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))


def docx(text: str) -> bytes:
    """The report of a text as a Word file."""
    return _Writer(manuscript(text)).packed()


class _Writer:
    """Writes the parts of the package; lists are numbered as they are met."""

    def __init__(self, report: Manuscript) -> None:
        self.report = report
        self.notes: list[tuple[int, int]] = []  # (id in the file, place in the report's notes), in the order of marks
        self.lists: list[tuple[int, tuple[int, int, int]]] = []  # (id, the starts of its levels)
        self.counts: dict[int, list[int]] = {}
        self.numbered: dict[int, int] = {}  # series → the list that its entries belong to now

    def packed(self) -> bytes:
        body = "".join(self._body())
        notes = "".join(self._note(identity, place) for identity, place in self.notes)
        files = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": f'{_RELATIONS}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": _RELATIONS
            + "".join(
                f'<Relationship Id="rId{index}" Type="{_OFFICE}/{kind}" Target="{kind}{"1" if kind == "header" else ""}.xml"/>'
                for index, kind in enumerate(("styles", "numbering", "footnotes", "header"), 1)
            )
            + "</Relationships>",
            "word/document.xml": f'{_HEAD}<w:document {_W} xmlns:r="{_OFFICE}"><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="rId4"/></w:sectPr></w:body></w:document>',
            "word/header1.xml": f"{_HEAD}<w:hdr {_W}><w:p><w:r><w:t>E/2099/99</w:t></w:r></w:p></w:hdr>",
            "word/styles.xml": f"{_HEAD}<w:styles {_W}>{''.join(self._styles())}</w:styles>",
            "word/numbering.xml": f"{_HEAD}<w:numbering {_W}>{self._numbering()}</w:numbering>",
            "word/footnotes.xml": f'{_HEAD}<w:footnotes {_W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>{notes}</w:footnotes>',
        }
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, contents in files.items():
                archive.writestr(zipfile.ZipInfo(name), contents, zipfile.ZIP_DEFLATED)
        return packed.getvalue()

    def _body(self) -> Iterator[str]:
        for role, group in groupby(self.report.blocks, key=lambda block: block.role):
            if role is Role.ROW:
                yield from self._tables(list(group))
                continue
            yield from map(self._paragraph, group)

    def _paragraph(self, block: Block) -> str:
        inner = "".join(self._run(run) for run in block.runs)
        if block.role is Role.HEADING:
            style = ("HCh", "H1", "H23", "H4")[block.level - 1]
            if style != "H1":
                label = f"{block.label}.\t" if block.label else ""
                return _p(f'<w:pStyle w:val="{style}"/>', _r(label) + inner)
            if len(block.label) == 1:
                return _p(f'<w:pStyle w:val="{style}"/>{self._section(block.label)}', inner)
            return _p(f'<w:pStyle w:val="{style}"/><w:numPr><w:numId w:val="0"/></w:numPr>', inner)
        if block.label:
            number = self._number(block)
            return _p(f'<w:pStyle w:val="SingleTxt"/>{number}', inner)
        return _p('<w:pStyle w:val="SingleTxt"/>', inner)

    def _section(self, letter: str) -> str:
        """Nothing where the style's own list goes on; a new list where it begins anew."""
        value = ord(letter) - ord("A") + 1
        count = self.counts.setdefault(_SECTIONS, [0])
        if value == count[0] + 1 and value != 1:
            count[0] = value
            return "" if not self.numbered.get(-1) else _num(self.numbered[-1], 0)
        count[0] = value
        identity = len(self.lists) + 100
        self.lists.append((identity, (value, -1, -1)))
        self.numbered[-1] = identity
        return _num(identity, 0)

    def _number(self, block: Block) -> str:
        """The list and level whose next number is the block's label; a new list where none goes on to it."""
        value = _value(block)
        current = self.numbered.get(block.series)
        if current is not None:
            counts = self.counts[current]
            if counts[block.level] + 1 == value:
                counts[block.level] = value
                counts[block.level + 1 :] = [0] * (2 - block.level)
                return _num(current, block.level)
        starts = [1, 1, 1]
        starts[block.level] = value
        identity = len(self.lists) + 100
        self.lists.append((identity, (starts[0], starts[1], starts[2])))
        self.counts[identity] = [0, 0, 0]
        self.counts[identity][block.level] = value
        if block.level == 0 or current is None:
            self.numbered[block.series] = identity
        return _num(identity, block.level)

    def _tables(self, rows: list[Block]) -> Iterator[str]:
        for width, group in groupby(rows, key=lambda row: len(row.cells)):
            inner = "".join(
                "<w:tr>"
                + "".join(f"<w:tc>{_p('', ''.join(self._run(run) for run in cell))}</w:tc>" for cell in row.cells)
                + "</w:tr>"
                for row in group
            )
            grid = "<w:gridCol/>" * width
            yield f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl><w:p/>"

    def _run(self, run: Run) -> str:
        if run.note is None:
            return _r(run.words, "<w:i/>" if run.italic else "")
        if run.note in (place for _, place in self.notes):  # a second mark of one note is typed
            return _r(self.report.notes[run.note].mark, '<w:vertAlign w:val="superscript"/>')
        identity = len(self.notes) + 1
        self.notes.append((identity, run.note))
        mark = self.report.notes[run.note].mark
        own = mark != str(sum(self.report.notes[place].mark.isdigit() for _, place in self.notes))
        style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        follows = ' w:customMarkFollows="1"' if own else ""
        typed = f"<w:t>{mark}</w:t>" if own else ""
        return f'<w:r>{style}<w:footnoteReference{follows} w:id="{identity}"/>{typed}</w:r>'

    def _note(self, identity: int, place: int) -> str:
        note = self.report.notes[place]
        automatic = sum(self.report.notes[at].mark.isdigit() for other, at in self.notes if other <= identity)
        mark = "<w:footnoteRef/>" if note.mark == str(automatic) else f"<w:t>{note.mark}</w:t>"
        inner = "".join(_r(run.words, "<w:i/>" if run.italic else "") for run in note.runs)
        words = f"<w:r>{mark}</w:r>{_r(' ')}{inner}"
        return f'<w:footnote w:id="{identity}">{_p(_STYLE_OF_NOTES, words)}</w:footnote>'

    def _styles(self) -> Iterator[str]:
        for identity, (name, outline, numbered) in _STYLES.items():
            level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
            number = "" if numbered is None else f'<w:numPr><w:numId w:val="{numbered}"/></w:numPr>'
            kind = "character" if identity == "FootnoteReference" else "paragraph"
            yield f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/><w:pPr>{number}{level}</w:pPr></w:style>'

    def _numbering(self) -> str:
        letters = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1."/></w:lvl>'
        kinds = [f'<w:abstractNum w:abstractNumId="1">{letters}</w:abstractNum>']
        numbers = ['<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>']
        for identity, starts in self.lists:
            if starts[1] < 0:
                override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{starts[0]}"/></w:lvlOverride>'
                numbers.append(f'<w:num w:numId="{identity}"><w:abstractNumId w:val="1"/>{override}</w:num>')
                continue
            levels = "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'
                for level, (start, (form, shown)) in enumerate(zip(starts, _FORMATS, strict=True))
            )
            kinds.append(f'<w:abstractNum w:abstractNumId="{identity}">{levels}</w:abstractNum>')
            numbers.append(f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{identity}"/></w:num>')
        return "".join((*kinds, *numbers))


def _value(block: Block) -> int:
    if block.label.isdigit():
        return int(block.label)
    if block.level == 2:
        return ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x").index(block.label)
    return ord(block.label[0]) - ord("a") + 1


def _num(identity: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'


def _p(properties: str, inner: str) -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def _r(words: str, properties: str = "") -> str:
    if not words:
        return ""
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    tabbed = escape(words).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r>{style}<w:t xml:space="preserve">{tabbed}</w:t></w:r>'
