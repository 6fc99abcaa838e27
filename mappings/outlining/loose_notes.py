"""Footnotes whose mark a converter dropped, so that they stand between the paragraphs of the page.

Two things tell one: its words have a form that only footnotes have, or it ends with a full stop where nothing around
it does and what stands behind it goes on with what stands before.
"""

from __future__ import annotations

from mappings.formulae import formula
from mappings.lexicon.openings import opens_preambular
from mappings.outlining.growth import Growth
from mappings.outlining.headings import begins_inside, ended, heading_like, opens_operative, runs
from mappings.outlining.lines import Form
from mappings.outlining.reading import Reading
from mappings.tree import Kind

LONGEST = 1500  # characters of a note; the longest of the real reports has 1,100


def loose_note(reading: Reading) -> bool:
    """Take the block as a footnote that has lost its mark; False when it is none."""
    block = reading.block
    words = block.whole.text
    if block.form not in (Form.PLAIN, Form.CAPITAL) or block.heading or len(words) > LONGEST:  # "P. Lamp and others"
        return False
    if reading.leaf is None or reading.marked_notes or begins_inside(words):
        return False
    behind = reading.after() if not words.endswith(".") else None  # the rest of a note that a page break cuts
    if behind is not None and behind.form is Form.PLAIN:
        words = f"{words} {behind.whole.text}"
    form = formula("outline", "footnote without its mark").match(words)
    if not form and (
        behind is not None
        or block.form is Form.CAPITAL
        or not words.endswith(".")
        or not _interrupts(reading, reading.leaf)
    ):
        return False
    note = reading.notes.child(Kind.FOOTNOTE, block, block.whole)
    if behind is not None:
        note.go_on(behind)
    reading.at += 1 if behind is None else 2
    return True


def _interrupts(reading: Reading, leaf: Growth) -> bool:
    """Whether a block with a full stop stands in the middle of a preamble, or of a list without full stops."""
    block, after = reading.block, reading.after()
    if after is None or after.form is Form.ROW or after.heading or reading.at + 1 in reading.profile.units:
        return False
    words = block.whole.text
    if leaf.kind is Kind.PREAMBULAR_PARAGRAPH:
        resumes = opens_preambular(after.whole.text) or opens_operative(after) or begins_inside(after.whole.text)
        return resumes and not opens_preambular(words) and not opens_operative(block)
    if leaf.kind is Kind.LINE and reading.in_list() and not ended(leaf.text):
        return after.form is Form.PLAIN and not runs(after) and not ended(after.whole.text) and not heading_like(block)
    return False
