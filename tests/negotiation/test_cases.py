"""Each case of cases.toml: the status, type and place of the answer to a request."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.serving import TEXT

QUERIES = {
    "SELECT": "/sparql?query=SELECT%20%3Fs%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%201",
    "ASK": "/sparql?query=ASK%7B%7D",
    "CONSTRUCT": "/sparql?query=CONSTRUCT%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%201",
}
HEADERS = {"accept": "Accept", "charset": "Accept-Charset", "content": "Content-Type"}
CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]


def _filled(text: str) -> str:
    return text.format(TEXT=TEXT, **QUERIES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["claim"])
def test_the_answer_is_as_the_table_has_it(web: FlaskClient, case: dict[str, str]) -> None:
    headers = {name: case[key] for key, name in HEADERS.items() if key in case}
    answer = web.open(
        _filled(case["path"]), method=case.get("method", "GET"), headers=headers, data=case.get("body", "")
    )
    assert answer.status_code == case["status"]
    if "type" in case:
        assert answer.headers["Content-Type"] == case["type"]
    if "location" in case:
        assert answer.headers["Location"] == _filled(case["location"])
    if "begins" in case:
        assert answer.text.startswith(case["begins"])
    if "allow" in case:
        assert sorted(answer.headers["Allow"].split(", ")) == sorted(case["allow"].split(", "))
        return
    if not case["path"].startswith("/{TEXT}.html"):
        assert "Accept" in [name.strip() for name in answer.headers["Vary"].split(",")]
