"""The tables of a page when there is more than they show."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF

from ontology.terms import BASE, REC
from server.pages.panels import ROWS, panels_for
from server.store import EmbeddedStore


def test_a_long_table_asks_for_the_rows_that_it_shows_and_for_their_number(tmp_path: Path) -> None:
    body, session = (ox.NamedNode(f"{BASE}{path}") for path in ("body/clcm", "session/clcm/12"))
    quads = [
        ox.Quad(ox.NamedNode(f"{BASE}{subject}"), ox.NamedNode(property_), value)
        for number in range(2 * ROWS + 50)
        for subject, property_, value in (
            (f"text/{number:04}", REC.voice, body),
            (f"presentation/{number:04}", RDF.type, ox.NamedNode(REC.Presentation)),
            (f"presentation/{number:04}", REC.ofSession, session),
            *(
                (f"presentation/{number:04}", REC.presentedDocument, ox.NamedNode(f"{BASE}document/{number}{letter}"))
                for letter in "ab"
            ),
        )
    ]
    ox.Store(str(tmp_path)).bulk_extend(quads)
    held = EmbeddedStore(tmp_path)
    (texts,) = panels_for(held, BASE, body, ("Body",), only="Texts in which it speaks")
    (documents,) = panels_for(held, BASE, session, ("Session",), only="Documents")
    assert (len(texts.rows), texts.held) == (ROWS, 2 * ROWS + 50)
    presented = [row["presentation"] for row in documents.rows]
    assert documents.held == 2 * ROWS + 50 and len(set(presented)) >= ROWS
    assert all(presented.count(one) == 2 for one in set(presented))
