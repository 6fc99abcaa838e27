"""Web pages to text: the numbers that a browser counts for `<ol>`, raised marks with their notes, headings, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from mappings.converting.converted import BACK, LARGEST, ConversionError, Converted, Draft, labelled, one_line
from mappings.converting.numbering import formatted, whole
from mappings.converting.runs import Run, written

_UNSEEN = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "nav",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "audio",
        "video",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLE_TYPE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(decimal|lower-alpha|lower-latin|upper-alpha|lower-roman|upper-roman|none|\w+)"
)
_STYLES = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal": "decimal",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_RAISED = re.compile(r"vertical-align\s*:\s*super")
_MARK = re.compile(r"[\[(]?([0-9]{1,3}|[a-z]|\*{1,3})[\])]?")
_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_DEEPEST = 120  # elements inside each other; pages of the UN have at most some 40


@dataclass(frozen=True, slots=True)
class _Look:
    """How words are shown where they stand."""

    italic: bool = False
    bold: bool = False
    raised: bool = False


@dataclass(slots=True)
class _Page:
    """A page while it is read: `notes` are the elements that raised links lead to, with the marks of the links."""

    notes: dict[int, str]
    noted: dict[str, HtmlElement]
    draft: Draft = field(default_factory=Draft)
    runs: list[Run] = field(default_factory=list)
    label: str = ""
    heading: int = 0
    waiting: list[str] = field(default_factory=list)
    written: set[int] = field(default_factory=set)

    def end(self) -> None:
        """Write the paragraph that the runs make, with the notes whose marks it has."""
        runs, self.runs = self.runs, []
        text = one_line(written(runs, plain=self.heading > 0).replace("\t", " "))
        if text.strip("* "):
            text, self.label = labelled(self.label, text), ""
            self.draft.block(f"{'#' * self.heading} {text}" if self.heading else text)
        self.notes_of_marks()

    def notes_of_marks(self) -> None:
        """Write the notes whose marks were met."""
        while self.waiting:
            note = self.noted[self.waiting.pop(0)]
            if id(note) not in self.written:
                self.written.add(id(note))
                self.draft.block(_note(self, note))


def convert(data: bytes) -> Converted:
    """The text of a web page. Raises ConversionError where it shows none, or is built to be too deep to read."""
    if len(data) > LARGEST:
        raise ConversionError(f"a web page of more than {LARGEST} bytes")
    parser = HTMLParser(
        encoding=_encoding(data), no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ConversionError(f"a web page that cannot be read: {error}") from error
    noted = _noted(root)
    page = _Page({id(note): mark for note, mark in noted.values()}, {at: note for at, (note, _) in noted.items()})
    _flow(page, _main(root), _Look(), 0)
    page.end()
    if not page.draft.text.strip():
        raise ConversionError("a web page without text: save the page of the report itself, as its program shows it")
    return Converted(page.draft.text, "recalling-web", f"{version('recalling')} (lxml {version('lxml')})")


def _encoding(data: bytes) -> str:
    """The encoding that the page declares; UTF-8 where it is that, else that of Western Europe."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    found = _CHARSET.search(data[:4096])
    if found:
        declared = found[1].decode("ascii").lower()
        try:
            b"".decode(declared)
        except LookupError:
            declared = "utf-8"
        return declared
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _main(root: HtmlElement) -> HtmlElement:
    """The element of the report: the page's only `main` or `article`, else its body."""
    for name in ("main", "article"):
        found = list(root.iter(name))
        if len(found) == 1 and 2 * len(found[0].text_content()) > len(root.text_content()):
            return found[0]
    body = root.find("body")
    return root if body is None else body


def _noted(root: HtmlElement) -> dict[str, tuple[HtmlElement, str]]:
    """The elements that raised marks lead to, by their names, each with its mark."""
    places: dict[str, HtmlElement] = {}
    for node in root.iter():
        if isinstance(node.tag, str):
            for name in (node.get("id"), node.get("name") if node.tag == "a" else None):
                if name:
                    places.setdefault(name, node)
    noted: dict[str, tuple[HtmlElement, str]] = {}
    for link in root.iter("a"):
        target = (link.get("href") or "").partition("#")[2]
        mark = _MARK.fullmatch(link.text_content().strip())
        if mark and target in places and _stands_raised(link) and target not in noted:
            block = _block_of(places[target])
            # A link back from a note leads to a mark inside a paragraph, and not to a note of its own.
            if not _begins_with(block, link) and _begins_with(block, places[target]):
                noted[target] = (block, mark[1])
    return noted


def _stands_raised(link: HtmlElement) -> bool:
    inside = [link, *link.iterancestors(), *link.iter()]
    return any(n.tag == "sup" or _RAISED.search(n.get("style") or "") for n in inside if isinstance(n.tag, str)) or (
        link.text_content().strip().startswith("[")
    )


def _block_of(node: HtmlElement) -> HtmlElement:
    """The paragraph or entry around an element."""
    while node.tag in _INLINE and node.getparent() is not None:
        node = node.getparent()
    return node


def _begins_with(block: HtmlElement, node: HtmlElement) -> bool:
    """Whether nothing is shown in a block before an element."""
    for at in block.iter():
        if at is node:
            return True
        if at is not block and at.tag in ("br", "p", "sup", "a", "span"):
            if (at.text or "").strip() and node not in list(at.iter()):
                return False
        elif (at.text or "").strip():
            return False
        if at is not block and (at.tail or "").strip():
            return False
    return False


def _note(page: _Page, node: HtmlElement) -> str:
    """A note as a paragraph of its own."""
    mark = page.notes[id(node)]
    runs = list(_note_runs(node, _Look()))
    text = one_line(written(runs).replace("\t", " "))
    text = re.sub(
        rf"^(?:<sup>{re.escape(mark)}</sup>|\[\^{re.escape(mark)}\]|[\[(]?{re.escape(mark)}[\])]?[.:]?(?!\w))\s*",
        "",
        text,
    )
    return f"[^{mark}]: {BACK.sub('', text)}"


def _note_runs(node: HtmlElement, look: _Look) -> Iterator[Run]:
    if node.text:
        yield Run(node.text, look.italic, look.bold, look.raised)
    for child in node:
        if isinstance(child.tag, str) and not _is_hidden(child):
            yield from _note_runs(child, _look(child, look))
        if child.tail:
            yield Run(child.tail, look.italic, look.bold, look.raised)


def _is_hidden(node: HtmlElement) -> bool:
    return (
        node.tag in _UNSEEN
        or node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or _HIDDEN.search(node.get("style") or "") is not None
    )


def _look(node: HtmlElement, look: _Look) -> _Look:
    style = node.get("style") or ""
    return _Look(
        look.italic or node.tag in ("i", "em", "cite", "dfn", "var") or _ITALIC.search(style) is not None,
        look.bold or node.tag in ("b", "strong", "th") or _BOLD.search(style) is not None,
        look.raised or node.tag == "sup" or _RAISED.search(style) is not None,
    )


def _flow(page: _Page, node: HtmlElement, look: _Look, depth: int) -> None:
    """Read what an element holds: words go on with the paragraph, elements that are blocks end it."""
    if depth > _DEEPEST:
        raise ConversionError(f"a web page with more than {_DEEPEST} elements inside each other")
    _words(page, node.text, look)
    count = _First(node)
    for child in node:
        if isinstance(child.tag, str) and not _is_hidden(child):
            _element(page, child, _look(child, look), depth + 1, count)
        _words(page, child.tail, look)


def _element(page: _Page, node: HtmlElement, look: _Look, depth: int, count: _First) -> None:
    if id(node) in page.notes:
        page.end()
        if id(node) not in page.written:
            page.written.add(id(node))
            page.draft.block(_note(page, node))
        return
    match node.tag:
        case "br":
            page.runs.append(Run(" "))
        case "table":
            page.end()
            _table(page, node, look, depth)
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            page.end()
            page.heading = int(node.tag[1])
            _flow(page, node, look, depth)
            page.end()
            page.heading = 0
        case "li":
            page.end()
            page.label = count.label(node)
            _flow(page, node, look, depth)
            page.end()
            page.label = ""
        case "a" if (target := (node.get("href") or "").partition("#")[2]) in page.noted:
            page.runs.append(Run("", note=page.notes[id(page.noted[target])]))
            page.waiting.append(target)
        case tag if tag in _INLINE:
            _flow(page, node, look, depth)
        case _:
            page.end()
            _flow(page, node, look, depth)
            page.end()


def _words(page: _Page, words: str | None, look: _Look) -> None:
    if words and (words.strip() or page.runs):
        page.runs.append(Run(words, look.italic, look.bold, look.raised))


class _First:
    """The numbers of a list: where it begins, how it is counted."""

    def __init__(self, node: HtmlElement) -> None:
        self.ordered = node.tag == "ol"
        found = _STYLE_TYPE.search(node.get("style") or "")
        style = found[1] if found else ""
        self.form = "none" if style == "none" else _STYLES.get(style) or _FORMS.get(node.get("type") or "1", "decimal")
        self.step = -1 if node.get("reversed") is not None else 1
        entries = sum(1 for _ in node.iterchildren("li")) if self.step < 0 else 1
        self.value = whole((node.get("start") or "").strip(), entries) - self.step

    def label(self, entry: HtmlElement) -> str:
        """The label of the next entry: "12.", "(a)", "(ii)", "B."; "" in a list without numbers."""
        self.value = whole((entry.get("value") or "").strip(), self.value + self.step)
        if not self.ordered or self.form == "none":
            return ""
        shown = formatted(self.value, self.form)
        return f"({shown})" if self.form in ("lowerLetter", "lowerRoman") else f"{shown}."


def _table(page: _Page, table: HtmlElement, look: _Look, depth: int) -> None:
    """A table as rows; one with a table in it, or with one column, only places its contents on the page."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    places = all(len(row) < 2 for row in cells) or any(
        next(cell.iter("table"), None) is not None for row in cells for cell in row
    )
    for row in cells:
        if places:
            for cell in row:
                _flow(page, cell, look, depth)
                page.end()
            continue
        texts = []
        for cell in row:
            _cell(page, cell, _look(cell, look), depth)
            texts.append(one_line(written(page.runs, plain=True).replace("\t", " ")))
            page.runs = []
        if any(texts):
            page.draft.row(texts)
    page.notes_of_marks()


def _cell(page: _Page, cell: HtmlElement, look: _Look, depth: int) -> None:
    """Gather the runs of a cell, its paragraphs as one."""
    if depth > _DEEPEST:
        raise ConversionError(f"a web page with more than {_DEEPEST} elements inside each other")
    _words(page, cell.text, look)
    for child in cell:
        if isinstance(child.tag, str) and not _is_hidden(child):
            target = (child.get("href") or "").partition("#")[2]
            if child.tag == "a" and target in page.noted:
                page.runs.append(Run("", note=page.notes[id(page.noted[target])]))
                page.waiting.append(target)
            else:
                _cell(page, child, _look(child, look), depth + 1)
            if child.tag not in _INLINE or child.tag == "br":
                page.runs.append(Run(" "))
        _words(page, child.tail, look)
