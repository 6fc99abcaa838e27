"""Document symbols: what is one, its normal form, ranges and joint symbols in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.symbols import Symbol, SymbolError, expand_range, find, normal, parse

NORMAL = [
    "A/RES/76/181",
    "A/RES/57/270 B",
    "A/RES/217 A (III)",
    "A/RES/S-30/1",
    "A/DEC/74/550 A",
    "E/RES/2004/27",
    "E/RES/155 C (VII)",
    "E/DEC/2021/253",
    "S/RES/1325 (2000)",
    "A/HRC/RES/42/22",
    "E/CN.15/RES/28/3",
    "E/CN.7/DEC/63/15",
    "CTOC/COP/RES/10/6",
    "E/CN.15/2022/L.4/Rev.1",
    "E/CN.15/2022/CRP.5",
    "E/CN.15/2022/INF/2",
    "E/2022/30/Add.1",
    "A/CONF.234/16",
    "A/CONF.157/24 (Part I)",
    "A/74/6 (Sect. 16)",
    "UNODC/CCPCJ/EG.9/2023/2",
]


@pytest.mark.parametrize("symbol", NORMAL)
def test_normal_form_is_its_own_normal_form(symbol: str) -> None:
    assert normal(symbol) == symbol


@pytest.mark.parametrize("symbol", [symbol for symbol in NORMAL if "(Part" not in symbol and "(Sect" not in symbol])
def test_variants_in_the_wild_have_the_same_normal_form(symbol: str) -> None:
    encoded = symbol.replace(" ", "%20")
    variants = (f"{encoded}/", f"/en/{encoded}", f"/{symbol}/en/", symbol.replace(" ", "_"), symbol.replace(" ", "  "))
    assert {normal(variant) for variant in variants} == {symbol}


@pytest.mark.parametrize(
    "symbol", ["A/RES/57/270 B", "E/CN.15/2022/L.4/Rev.1", "CTOC/COP/RES/10/6", "E/RES/155 C (VII)"]
)
def test_lower_case_has_the_same_normal_form(symbol: str) -> None:
    assert normal(symbol.lower()) == symbol


@pytest.mark.parametrize(
    "words", ["", "A", "A/RES", "and/or", "foo/bar/1", "E/CN.7/2022/2-E/CN.15/2022/2", "A//", "http://x/1"]
)
def test_other_words_are_no_symbol(words: str) -> None:
    assert isinstance(parse(words), SymbolError)


def test_error_names_the_reason() -> None:
    result = parse("foo/1")
    assert isinstance(result, SymbolError)
    assert "foo" in result.reason


def test_modifiers_are_taken_off() -> None:
    symbol = parse("E/CN.15/2022/L.4/Rev.1")
    assert isinstance(symbol, Symbol)
    assert (symbol.without_modifiers.text, symbol.modifiers) == ("E/CN.15/2022/L.4", ("Rev.1",))


@pytest.mark.parametrize(
    ("symbol", "nature"),
    [("A/RES/76/181", "resolution"), ("E/DEC/2021/253", "decision"), ("A/CONF.234/16", "document")],
)
def test_nature_is_told_from_the_symbol(symbol: str, nature: str) -> None:
    assert Symbol(symbol).nature == nature


def texts(words: str) -> list[tuple[str, list[str]]]:
    return [(found.kind, [symbol.text for symbol in found.symbols]) for found in find(words)]


def test_joint_symbol_is_two_documents() -> None:
    assert texts("(E/CN.98/2022/2-E/CN.99/2022/2)") == [("joint", ["E/CN.98/2022/2", "E/CN.99/2022/2"])]


@pytest.mark.parametrize("printed", ["E/CN.99/2022/L.1/Add.1-E/CN.99/2022/L.1/Add.3", "E/CN.99/2022/L.1/Add.1–3"])
def test_range_of_addenda_is_each_of_them(printed: str) -> None:
    expected = [f"E/CN.99/2022/L.1/Add.{number}" for number in (1, 2, 3)]
    assert texts(f"({printed}), as orally amended.") == [("range", expected)]


def test_punctuation_behind_a_symbol_is_none_of_it() -> None:
    assert texts("See A/CONF.299/16, chap. VII; E/CN.99/2022/6.") == [
        ("single", ["A/CONF.299/16"]),
        ("single", ["E/CN.99/2022/6"]),
    ]


def test_words_with_a_slash_are_not_found() -> None:
    assert texts("and/or, A/B testing, 24/7 and w/o") == []


def test_joint_symbol_is_no_range() -> None:
    assert expand_range("E/CN.98/2022/2-E/CN.99/2022/2") == ()


@given(st.text(max_size=60))
def test_parsing_never_fails(words: str) -> None:
    result = parse(words)
    assert isinstance(result, SymbolError) or normal(result.text) == result.text


@given(st.text(alphabet="AEST/RESDCONF.0123456789- ()IVXL–", max_size=60))
def test_found_places_hold_their_words(words: str) -> None:
    assert all(0 <= found.start < found.end <= len(words) for found in find(words))
