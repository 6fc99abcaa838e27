"""What footnotes say of a speaker: in whose name it also spoke, or that it made a second statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mappings.facts import FootnoteKey, StatementFact
from mappings.formulas.formula import first, says
from mappings.proceedings.parties import Parties
from mappings.tree import Mark
from ontology.naming import NameKind


@dataclass(frozen=True, slots=True)
class SpeakerNotes:
    """The footnotes of a report by their marks, and the names as the report means them."""

    texts: Mapping[str, str]
    parties: Parties

    def applied(self, fact: StatementFact, marks: tuple[Mark, ...]) -> tuple[StatementFact, ...]:
        """The statement with what its footnotes add, and after it each second statement that one of them reports."""
        seconds = []
        for mark in marks:
            note = self.texts.get(mark.label, "")
            if second := first("second statement in a note", note):
                seconds.append((FootnoteKey(mark.label), second.words("whom")))
            elif behalf := first("behalf in a note", note):
                also = self.parties.represented(behalf.words("whom"))
                fact = replace(fact, on_behalf_of=(*fact.on_behalf_of, *also), via=FootnoteKey(mark.label))
            elif not fact.on_behalf_of and self._only_names(note):
                fact = replace(fact, on_behalf_of=self.parties.represented(note), via=FootnoteKey(mark.label))
        second_facts = (replace(fact, on_behalf_of=self.parties.represented(whom), via=via) for via, whom in seconds)
        return (fact, *second_facts)

    def _only_names(self, note: str) -> bool:
        """Whether a footnote is nothing but a list of States."""
        rest = note
        for name in reversed(self.parties.vocabulary.names(note, (NameKind.STATE,))):
            rest = rest[: name.start] + rest[name.end :]
        return len(note) > len(rest) and says("between names", rest)
