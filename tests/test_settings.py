"""What an operator may set: kinds of values, and errors that name the variable, the value and what is expected."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from server.settings import (
    BOOLEAN,
    LIST,
    NUMBER,
    NUMBER_OR_ZERO,
    PORT,
    WHOLE,
    WHOLE_OR_ZERO,
    Kind,
    Settings,
    SettingsError,
    from_environment,
    kind_of,
    read,
    variable_of,
)


def test_settings_come_from_the_environment() -> None:
    chosen = from_environment(
        {"RECALLING_PORT": "9000", "RECALLING_TIME_LIMIT": "2.5", "RECALLING_DATA": "d", "HOME": "x"}
    )
    assert (chosen.port, chosen.time_limit, chosen.data) == (9000, 2.5, Path("d"))


def test_an_empty_variable_is_as_one_that_is_not_set() -> None:
    assert from_environment({"RECALLING_PORT": "", "RECALLING_HSTS": " "}) == Settings()


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        *((BOOLEAN, word, True) for word in ("true", "Yes", "ON", "1")),
        *((BOOLEAN, word, False) for word in ("false", "No", "OFF", "0")),
        (WHOLE, "12", 12),
        (WHOLE_OR_ZERO, "0", 0),
        (NUMBER, "0.5", 0.5),
        (NUMBER_OR_ZERO, "0", 0.0),
        (LIST, "one, two ,,three", ("one", "two", "three")),
    ],
)
def test_each_kind_is_read(kind: Kind, value: str, expected: object) -> None:
    assert read("RECALLING_X", value, kind) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *((BOOLEAN, word) for word in ("2", "maybe")),
        *((WHOLE, word) for word in ("many", "0", "-1", "2.5")),
        *((WHOLE_OR_ZERO, word) for word in ("-1", "0.0")),
        *((PORT, word) for word in ("0", "65536", "http")),
        *((NUMBER, word) for word in ("0", "nan", "inf", "-1.5", "many")),
        *((NUMBER_OR_ZERO, word) for word in ("-0.1", "inf")),
    ],
)
def test_what_is_not_of_the_kind_is_refused_with_the_variable_the_value_and_what_is_expected(
    kind: Kind, value: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        read("RECALLING_X", value, kind)
    assert str(caught.value) == f"RECALLING_X={value!r}: expected is {kind.expected}"


@pytest.mark.parametrize("value", ["localhost:7878", "file:///etc/passwd", "http://", "http://[", "query"])
def test_an_endpoint_is_an_address_of_the_web(value: str) -> None:
    with pytest.raises(SettingsError, match=r"RECALLING_ENDPOINT=.*http://"):
        from_environment({"RECALLING_ENDPOINT": value})


@pytest.mark.parametrize("name", ["WEB_WORKERS", "TIME_LIMIT", "KEEP", "QUERY_WORKERS"])
def test_zero_is_refused_where_it_makes_no_sense(name: str) -> None:
    with pytest.raises(SettingsError, match=f"RECALLING_{name}='0': .*above zero"):
        from_environment({f"RECALLING_{name}": "0"})


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)
def test_every_default_can_be_given_as_a_value(setting: object) -> None:
    (one,) = (known for known in fields(Settings) if known is setting)
    words = ",".join(one.default) if isinstance(one.default, tuple) else str(one.default)
    if words:
        assert read(variable_of(one), words, kind_of(one)) == one.default
