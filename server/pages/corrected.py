"""What was corrected by hand of a thing, and where an error in it is reported."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from server.pages.dates import day_in_words
from server.pages.panels import about
from server.requests import address
from server.store import Store
from server.things import iri, text

_CORRECTIONS = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?correction ?state ?date ?office ?reason WHERE {
  $this rec:hasCorrection ?correction .
  ?correction rec:correctionState ?state ; rec:date ?date ;
    rec:correctingOffice ?office ; rec:correctionReason ?reason .
} ORDER BY ?date"""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction of a thing: "corrected" or "withdrawn", its day in words, the office, its reason, its address."""

    what: str
    day: str
    office: str
    reason: str
    href: str


def corrections_of(store: Store, base: str, thing: ox.NamedNode) -> tuple[Corrected, ...]:
    """The corrections of a thing, the earliest first."""
    return tuple(
        Corrected(
            "withdrawn" if text(row, "state") == "withdrawn" else "corrected",
            day_in_words(text(row, "date")),
            text(row, "office"),
            text(row, "reason"),
            address(iri(row, "correction")),
        )
        for row in store.select(about(_CORRECTIONS, base, thing))
    )


def error_address(contact: str, fact: str) -> str:
    """Where an error in a fact is reported, with the fact's address filled in; empty where nobody is to be reached.

    A contact is a mail address, or the address of a page that is told the fact by the parameter `fact`.
    """
    if not contact:
        return ""
    if "://" in contact:
        page, mark, place = contact.partition("#")
        return f"{page}{'&' if '?' in page else '?'}{urlencode({'fact': fact})}{mark}{place}"
    words = {"subject": "Error in a fact", "body": f"{fact}\n\nWhat the report says instead:\n"}
    return f"mailto:{contact}?{urlencode(words, quote_via=quote)}"
