"""The inside of a resolution or decision: title, voice, preamble, operative part, embedded agenda.

Drafting grammar decides where a paragraph ends: a preambular one with a comma, an operative one with a semicolon, the
last one with a full stop. What does not begin a paragraph after such an end, or comes before one, is its continuation.
"""

from __future__ import annotations

from mappings.lexicon.openings import opens_preambular, surely_preambular
from mappings.outlining.agenda import (
    agenda_entry,
    begin_agenda,
    heads_agenda,
    lists_unmarked_items,
    next_number,
    title_of_annex,
)
from mappings.outlining.growth import Growth
from mappings.outlining.headings import (
    ANNEX,
    HANGING,
    KIND_ALONE,
    ROMAN,
    begins_inside,
    clause_ended,
    ended,
    heading_like,
    in_first_person,
    is_record,
    is_voice,
    norm,
    opens_operative,
    reports_on,
    speaks,
    text_head,
)
from mappings.outlining.lines import Block, Form
from mappings.outlining.reading import Reading, attach
from mappings.outlining.text_heads import begin_declaration
from mappings.tree import DECLARATIONS, Kind, Passage


def go_on_text(reading: Reading) -> bool:
    """Put the block into the open text; False when the text has ended before it."""
    text, block = reading.text, reading.block
    if text is None:
        return False
    if reading.at in reading.profile.units:
        reading.close_text()
        return False
    if ANNEX.match(block.whole.text) and heading_like(block) and (reading.voice or reading.clause):
        return _annex(reading, text)
    if text.kind in DECLARATIONS and not reading.voice and not is_voice(block):
        return _declaration(reading, text)
    if text.children and text.children[-1].kind is Kind.RECORD:
        reading.close_text()
        return False
    if reading.agenda is None and _announces_agenda(reading):
        reading.agenda = Growth(Kind.AGENDA)
        text.children.append(reading.agenda)
    if reading.agenda is not None and _agenda(reading, reading.agenda):
        return True
    if not reading.voice and reading.clause is None:
        taken = _opening(reading, text)
    elif reading.operative == 0:
        taken = _preamble(reading, text)
    else:
        taken = _operative(reading, text)
    if taken:
        reading.at += 1
    else:
        reading.close_text()
    return taken


def begin_untitled(reading: Reading, kind: Kind) -> None:
    """Open a decision that has no title and begin it with the block."""
    place = reading.place
    reading.close_paragraph()
    reading.text = Growth(kind)
    place.children.append(reading.text)
    _clause(reading, reading.text, Kind.OPERATIVE_PARAGRAPH)
    reading.operative = 1
    reading.at += 1


def record(reading: Reading) -> bool:
    """The lines of a text's record: meeting, day, method and vote, with the lists of those who voted in its bracket.

    An annex of the text may still follow them.
    """
    text, block = reading.text, reading.block
    if text is None or reading.clause is None or reading.at in reading.profile.units or reading.numbers_own():
        return False
    last = text.children[-1]
    behind = last.kind is Kind.RECORD
    if not is_record(block) and not (behind and reading.bracket):
        return False
    if not behind and reading.leaf is not None and not ended(reading.leaf.text):
        return False
    words = block.whole.text if block.form is not Form.ROW else block.words.text
    reading.bracket = (reading.bracket or words.startswith("[")) and not words.endswith("]")
    reading.leaf = text.child(Kind.RECORD, block, block.words if block.form is Form.ROW else block.whole)
    reading.at += 1
    return True


def _declaration(reading: Reading, text: Growth) -> bool:
    """A paragraph of a declaration, with or without number, a heading between two, or more of what stands before."""
    block, leaf = reading.block, reading.leaf
    if reading.numbers_own() or block.form is Form.ROW or (reading.announced(block) and not reading.alone):
        reading.close_text()
        return False
    whole = leaf is None or clause_ended(leaf.text)
    if block.form is Form.LETTER and reading.clause is not None:
        return _passed(reading, _letter(reading, text))
    if block.form is Form.NUMBER and whole and int(block.label) > reading.operative:
        _clause(reading, text, Kind.OPERATIVE_PARAGRAPH)
        reading.operative = int(block.label)
    elif leaf is not None and (not clause_ended(leaf.text) or begins_inside(block.whole.text)):
        leaf.go_on(block)
    elif not reading.operative and (
        (opens_preambular(block.whole.text) and whole) or (in_first_person(block) and leaf is None)
    ):
        reading.clause = reading.leaf = text.child(Kind.PREAMBULAR_PARAGRAPH, block, block.whole)
    elif leaf is None and not reading.alone and heading_like(block):
        if KIND_ALONE.fullmatch(text.heading):
            text.title.clear()  # "Agreed conclusions" above the title says only what the text is
        text.entitle(block)
    elif heading_like(block) and (reading.alone or _declared_ahead(reading)):
        text.headed(Kind.TOPIC, block, block.whole)
        reading.leaf = reading.clause
    elif _is_unlettered(reading):
        reading.leaf = _unlettered(reading, block)
    elif in_first_person(block) or reading.alone or _declared_ahead(reading):
        # "Adopt the following declaration:", above its first number
        before = not reading.operative and next_number(reading) == 1
        _clause(reading, text, Kind.PREAMBULAR_PARAGRAPH if before else Kind.OPERATIVE_PARAGRAPH)
        reading.operative += 0 if before or _declared_ahead(reading) else 1
    else:
        reading.close_text()
        return False
    return _passed(reading, True)


def _passed(reading: Reading, taken: bool) -> bool:
    reading.at += taken
    return taken


def _declared_ahead(reading: Reading) -> bool:
    """Whether the declaration goes on behind the block: with its next number, or in the first person."""
    for step in (1, 2, 3):
        block = reading.after(step)
        if block is None or reading.numbers_own(step) or reading.at + step in reading.profile.units:
            return False
        if block.form is Form.NUMBER and int(block.label) == reading.operative + 1:
            return True
        if in_first_person(block):
            return True
        if not heading_like(block):
            return False
    return False


def _opening(reading: Reading, text: Growth) -> bool:
    """Title and voice, up to the first paragraph."""
    block = reading.block
    words = block.whole.text
    if is_voice(block):
        if not text.title and (above := _title_above(reading)):
            text.title.append(above)
        reading.leaf = text.child(Kind.VOICE, block, block.whole)
        reading.voice = True
        return True
    if block.form is Form.NUMBER:
        return _numbered_opening(reading, text)
    if block.form is Form.ROW or block.form is Form.LETTER:
        return block.form is Form.LETTER and _letter(reading, text)
    if text.title and not begins_inside(words) and not block.heading:
        if opens_preambular(words) and words.endswith(","):
            _clause(reading, text, Kind.PREAMBULAR_PARAGRAPH)
            return True
        whole = ended(words) or len(words) > 350 or norm(text.heading) in reading.titles
        if whole or speaks(block) or reports_on(block):  # a line that only begins a sentence is no part of a title
            tells = reports_on(block) and not reading.prints_numbers  # a decision that tells how it was taken
            _clause(reading, text, Kind.PARAGRAPH if tells else Kind.OPERATIVE_PARAGRAPH)
            reading.operative = 1
            return True
    text.entitle(block)
    return True


def _title_above(reading: Reading) -> Passage | None:
    """The heading above the line with the number of a text that has no title behind it."""
    above = reading.after(-2)
    if above is None or not heading_like(above) or text_head(above) or is_record(above):
        return None
    return above.words if above.form is Form.CAPITAL else above.whole


def _numbered_opening(reading: Reading, text: Growth) -> bool:
    """A text without voice: a paragraph of the report is its body, or its first operative paragraph."""
    block = reading.block
    if reading.numbers_own():
        reading.paragraph = text.child(Kind.PARAGRAPH, block, label=block.label)
        reading.leaf = reading.paragraph
        reading.begun = True
        paragraph = reading.paragraph
        reading.close_text()
        reading.paragraph = paragraph
    else:
        _clause(reading, text, Kind.OPERATIVE_PARAGRAPH)
        reading.operative = int(block.label)
    return True


def _clause(reading: Reading, text: Growth, kind: Kind) -> None:
    block = reading.block
    numbered = block.form is Form.NUMBER and kind is Kind.OPERATIVE_PARAGRAPH
    words = block.words if numbered else block.whole
    reading.clause = reading.leaf = text.child(kind, block, words, block.label if numbered else "")


def _letter(reading: Reading, text: Growth) -> bool:
    """A lettered sub-paragraph, or the rest of the paragraph when the letter cannot stand here."""
    block, leaf = reading.block, reading.leaf
    owner = reading.clause or text
    if leaf is not None and leaf.kind is not Kind.VOICE and not clause_ended(leaf.text):
        grown = None
    else:
        grown = attach(owner, block, Kind.SUB_PARAGRAPH)
    if grown is None and leaf is not None:
        leaf.go_on(block)
    elif grown is None:
        grown = text.child(Kind.SUB_PARAGRAPH, block, label=block.label)
    reading.leaf = grown or leaf
    if reading.clause is None:
        reading.operative = max(reading.operative, 1)
        reading.voice = True
    return True


def _preamble(reading: Reading, text: Growth) -> bool:
    block, leaf = reading.block, reading.leaf
    words = block.whole.text
    if _part_of_text(reading, text):
        return True
    if block.form is Form.NUMBER and _begins_operative(reading, leaf):
        _clause(reading, text, Kind.OPERATIVE_PARAGRAPH)
        reading.operative = int(block.label)
        return True
    if block.form is Form.LETTER:
        return _letter(reading, text)
    if block.form is Form.ROW:
        return False
    if block.form is Form.PLAIN and _is_unlettered(reading) and not surely_preambular(words):
        reading.leaf = _unlettered(reading, block)
        return True
    fresh = leaf is None or leaf.kind is Kind.VOICE
    if not fresh and leaf is not None and _continues(leaf, block):
        leaf.go_on(block)
        return True
    if fresh or not (leaf and leaf.text.rstrip("”’\"'").endswith(".") and heading_like(block)):
        decides = opens_operative(block) and not opens_preambular(words) and ended(words)
        _clause(reading, text, Kind.OPERATIVE_PARAGRAPH if decides else Kind.PREAMBULAR_PARAGRAPH)
        reading.operative = 1 if decides else 0
        return True
    return False


def _part_of_text(reading: Reading, text: Growth) -> bool:
    """Take "I" with the title below it, which heads a part of a text; False where the block is no such heading."""
    block, leaf, after = reading.block, reading.leaf, reading.after()
    if block.form is not Form.PLAIN or not ROMAN.match(block.whole.text):
        return False
    if leaf is not None and not clause_ended(leaf.text):
        return False
    topic = text.headed(Kind.TOPIC, block, block.whole)
    if after is not None and after.form is Form.PLAIN and heading_like(after) and not text_head(after):
        reading.at += 1
        topic.entitle(after)
    return True


def _is_unlettered(reading: Reading) -> bool:
    """Whether a block without letter is the next entry of a list that the open paragraph introduces with a colon."""
    clause, leaf, words = reading.clause, reading.leaf, reading.block.whole.text
    if clause is None or leaf is None or not clause.text.endswith(":") or begins_inside(words):
        return False
    if leaf is clause:
        return True
    return leaf.kind is Kind.SUB_PARAGRAPH and leaf.text.endswith((";", ",", "; and", ", and"))


def _unlettered(reading: Reading, block: Block) -> Growth:
    """The new sub-paragraph without a letter."""
    owner = reading.clause
    assert owner is not None
    return owner.child(Kind.SUB_PARAGRAPH, block, block.whole)


def _begins_operative(reading: Reading, leaf: Growth | None) -> bool:
    """Whether a numbered block is the first operative paragraph and not the report's next one, or a cut-off year."""
    block = reading.block
    if block.label == "1" and not reading.numbers_own():
        return True
    whole = leaf is None or leaf.kind is Kind.VOICE or clause_ended(leaf.text)
    return whole and not reading.numbers_own() and int(block.label) < 100 and opens_operative(block)


def _continues(leaf: Growth, block: Block) -> bool:
    """Whether a block goes on with a preambular paragraph that a page break has cut."""
    words = block.whole.text
    if begins_inside(words):
        return True
    if clause_ended(leaf.text):
        return leaf.text.endswith(",") and not opens_preambular(words) and not opens_operative(block)
    return not surely_preambular(words) or HANGING.search(leaf.text) is not None


def _operative(reading: Reading, text: Growth) -> bool:
    block, leaf = reading.block, reading.leaf
    if leaf is None or block.form is Form.ROW:
        return False
    if _part_of_text(reading, text):
        return True
    if block.form is Form.NUMBER:
        return _numbered(reading, text, leaf)
    if block.form is Form.LETTER:
        return _letter(reading, text)
    if heads_agenda(reading):
        reading.agenda = begin_agenda(reading, text)
        reading.at -= 1
        return True
    return _unlabelled(reading, text, leaf)


def _unlabelled(reading: Reading, text: Growth, leaf: Growth) -> bool:
    """The rest of a paragraph, one that has lost its number, or a heading between two; False behind the last one."""
    block = reading.block
    goes_on = next_number(reading) == reading.operative + 1
    if _is_unlettered(reading) and not (reading.leaf is not reading.clause and opens_operative(block)):
        reading.leaf = _unlettered(reading, block)
    elif not clause_ended(leaf.text) or begins_inside(block.whole.text) or leaf.text.endswith(","):
        leaf.go_on(block)
    elif leaf.text.endswith((";", "; and")) and opens_operative(block):
        _clause(reading, text, Kind.OPERATIVE_PARAGRAPH)
        reading.operative += 1
    elif goes_on and heading_like(block):
        text.headed(Kind.TOPIC, block, block.whole)
    elif goes_on:
        leaf.go_on(block)
    return goes_on or reading.leaf is not leaf or leaf.spans[-1] == block.span


def _numbered(reading: Reading, text: Growth, leaf: Growth) -> bool:
    """The next operative paragraph, or the report's next paragraph, which ends the text."""
    block = reading.block
    value = int(block.label)
    closed = leaf.text.rstrip("”’\"')").endswith(".")
    if reading.numbers_own():
        return False
    own = value == reading.operative + 1
    missing = reading.operative < value <= reading.operative + 4 and clause_ended(leaf.text) and opens_operative(block)
    if (own and (clause_ended(leaf.text) or opens_operative(block))) or missing:
        _clause(reading, text, Kind.OPERATIVE_PARAGRAPH)
        reading.operative = value
        return True
    if closed:
        return False
    leaf.go_on(block)
    return True


def _announces_agenda(reading: Reading) -> bool:
    """Whether the items of an agenda without title begin: "approves the provisional agenda as set out below:"."""
    leaf, block = reading.leaf, reading.block
    return (
        leaf is not None
        and leaf.text.endswith(":")
        and "agenda" in leaf.text.casefold()
        and ((block.form is Form.NUMBER and block.label == "1") or lists_unmarked_items(reading))
    )


def _agenda(reading: Reading, agenda: Growth) -> bool:
    """Put the block into the open agenda; False, and the agenda is closed, when it does not belong to it."""
    if not agenda_entry(reading, agenda):
        reading.agenda = None
        reading.operative = max(reading.operative, 1)
        return False
    reading.at += 1
    return True


def _annex(reading: Reading, text: Growth) -> bool:
    block = reading.block
    found = ANNEX.match(block.whole.text)
    label = (found[1] or "") if found else ""
    title = block.whole.part(found.start(2), len(block.whole.text)) if found else block.whole
    annex = text.headed(Kind.ANNEX, block, title, label)
    reading.close_paragraph()
    reading.annex = annex
    reading.at += 1
    if not begin_declaration(reading):
        title_of_annex(reading, annex)
    return True
