"""How reports name the documents before the body, one paragraph a case: tests/documents/cases.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mappings.facts import DocumentFact
from tests.extraction import facts_of

AFTER = "The Commission considered agenda item 4."
CASES = tomllib.loads((Path(__file__).parent / "documents" / "cases.toml").read_text(encoding="utf8"))["case"]


def row(fact: DocumentFact) -> list[str]:
    return [" ".join(fact.symbols), fact.title, fact.role]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["manner"]) for case in CASES])
def test_a_paragraph_gives_its_documents(case: dict[str, object]) -> None:
    text = "\n\n".join([str(case["text"]), *case.get("lines", ())])  # type: ignore[misc]
    paragraphs = (text, AFTER) if case.get("numbered", True) else (f"{AFTER}\n\n{text}", AFTER)
    assert [row(fact) for fact in facts_of(*paragraphs).documents] == case["documents"]
