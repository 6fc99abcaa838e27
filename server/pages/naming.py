"""Names as they are said in a context: what a page is plainly about is not repeated in each of its rows.

"13th meeting of the 31st session" is "13th meeting" on the page of that session; "33rd session of the Commission …" is
"33rd session" on the page of the commission, and "33rd session of the CCPCJ" on the page of a State. Titles of texts,
which follow a colon, are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from server.pages.panels import about
from server.store import Store
from server.things import text

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th) session")
_ABOUT = """PREFIX rec: <http://localhost:8000/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?session ?body WHERE {
  { $this a rec:Session ; rdfs:label ?session ; rec:ofBody/rdfs:label ?body }
  UNION { $this rec:ofSession|rec:reportsOn ?held . ?held rdfs:label ?session ; rec:ofBody/rdfs:label ?body }
  UNION { $this a rec:Body ; rdfs:label ?body }
} ORDER BY ?session LIMIT 1"""
_ACRONYMS = """PREFIX rec: <http://localhost:8000/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?name ?acronym WHERE {
  { SELECT DISTINCT ?body { ?session a rec:Session ; rec:ofBody ?body } }
  ?body rec:acronym ?acronym ; rdfs:label ?name
} ORDER BY ?name"""


@dataclass(frozen=True, slots=True)
class Context:
    """What a page is about: its session ("31st session") and body by name, and who speaks or signs on it."""

    session: str = ""
    body: str = ""
    actor: str = ""
    acronyms: Mapping[str, str] = field(default_factory=dict)

    def short(self, name: str) -> str:
        """A name without what the context says already, a body by its acronym."""
        done_by, _, done = name.partition(": ")
        if done and done_by in (self.body, *self.acronyms):  # an act: "Commission …: adopted: E/…"
            return done if done_by == self.body else f"{self.acronyms[done_by]}: {done}"
        head, colon, title = name.partition(": ")
        if self.body:
            head = head.replace(f" of the {self.body}", "")
        for body, acronym in self.acronyms.items():
            head = head.replace(f" of the {body}", f" of the {acronym}")
        if self.session:
            session = re.escape(self.session)
            head = re.sub(rf" (?:of|at|of the report on) the {session}\b|, {session}\b| \({session}\)", "", head)
        if self.actor:
            actor = re.escape(self.actor)
            head = re.sub(rf"^Statement by (?:the )?{actor}\b(?: on behalf of .+(?= \(paragraph))?", "Statement", head)
        return f"{head}{colon}{title}"

    def names(self, labels: Mapping[str, str]) -> dict[str, str]:
        """The labels of things, shortened."""
        return {thing: self.short(label) for thing, label in labels.items()}


def context_of(store: Store, base: str, thing: ox.NamedNode, name: str) -> Context:
    """The context of the page of a thing with a name."""
    acronyms = {text(row, "name"): text(row, "acronym") for row in store.select(about(_ACRONYMS, base, thing))}
    rows = store.select(about(_ABOUT, base, thing))
    session, body = (text(rows[0], "session"), text(rows[0], "body")) if rows else ("", "")
    found = _ORDINAL.match(session)
    return Context(found[0] if found else session, body, name, acronyms)
