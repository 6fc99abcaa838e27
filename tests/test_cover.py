"""Covers: whose report, which session, when and where, under which symbol; data in tests/covers/covers.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from mappings.cover import Cover, read_cover
from mappings.source import SourceError, from_text
from ontology.vocabulary import load

COVERS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "covers" / "covers.toml").read_text("utf8"))[
    "cover"
]


def _read(text: str, body: str = "") -> Cover:
    return read_cover(from_text(text, "cover.txt"), load(), body)


def _said(cover: Cover) -> dict[str, object]:
    return {
        "body": cover.body,
        "parent": cover.parent,
        "session": cover.session.key if cover.session else "",
        "again": cover.session.again if cover.session else False,
        "days": [f"{part.start}/{part.end}" for part in cover.parts],
        "year": cover.year,
        "symbol": cover.symbol,
        "place": cover.place,
        "standing": cover.form,
    }


@pytest.mark.parametrize("case", COVERS, ids=[case["form"] for case in COVERS])
def test_a_cover_is_read_or_refused_as_it_should(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(SourceError, match=case["refused"]):
            _read(case["text"])
        return
    said = _said(_read(case["text"]))
    expected = {name: value for name, value in case.items() if name in said}
    assert {name: said[name] for name in expected} == expected


@pytest.mark.parametrize(
    "case", [case for case in COVERS if "body" in case], ids=[c["form"] for c in COVERS if "body" in c]
)
def test_the_operator_names_the_body(case: dict[str, Any]) -> None:
    assert _read(case["text"], "CCPCJ").body == "Commission on Crime Prevention and Criminal Justice"


LAYOUTS = {
    "in one line": lambda text: " ".join(text.split()),
    "a paragraph a block": lambda text: "\n\n".join(" ".join(block.split()) for block in text.split("\n\n")),
    "in capitals": str.upper,
    "blank lines between": lambda text: text.replace("\n", "\n\n"),
    "every line a heading": lambda text: "\n\n".join(f"# {line}" for line in text.splitlines() if line.strip()),
    "every line bold": lambda text: "\n".join(f"**{line}**" if line.strip() else line for line in text.splitlines()),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "case", [case for case in COVERS if "body" in case], ids=[c["form"] for c in COVERS if "body" in c]
)
def test_no_layout_makes_another_body_session_or_day_of_a_cover(case: dict[str, Any], layout: str) -> None:
    as_printed = _said(_read(case["text"]))
    try:
        laid_out = _said(_read(LAYOUTS[layout](case["text"])))
    except SourceError:
        assert layout in ("in one line", "a paragraph a block")  # what a line said is gone there: a refusal is right
        return
    for name in ("session", "days"):
        assert laid_out[name] == as_printed[name]
    assert str(laid_out["body"]).casefold() == str(as_printed["body"]).casefold()
