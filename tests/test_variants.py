"""Addresses found in the wild lead to the canonical IRI in one step, and only to one that exists."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from server.app import create_app
from server.settings import Settings

SLASH = "/"
with (Path(__file__).parent / "serving" / "variants.csv").open(encoding="utf-8", newline="") as table:
    VARIANTS = [(row["address"], row["meant"]) for row in csv.DictReader(table)]


@pytest.fixture(scope="module")
def sample(published_data: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(data=published_data))
    yield app.test_client()
    app.extensions["current"].close()


@pytest.mark.parametrize(("address", "meant"), VARIANTS)
def test_variant_is_redirected_to_the_canonical_iri(sample: FlaskClient, address: str, meant: str) -> None:
    answer = sample.get(f"/{address}")
    assert (answer.status_code, answer.headers.get("Location")) == (301, f"/{meant}")
    assert sample.get(f"/{meant}").status_code in (200, 303)


@pytest.mark.parametrize("query", ["?format=jsonld", "?profile=plain&page=2"])
def test_what_a_variant_asks_for_is_asked_of_the_canonical_iri(sample: FlaskClient, query: str) -> None:
    assert sample.get(f"/state/per{query}").headers["Location"] == f"/state/PER{query}"


def test_letters_with_marks_of_their_own_mean_the_composed_ones(sample: FlaskClient) -> None:
    answer = sample.get("/person/ana-mare%CC%81")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/person/ana-mar%C3%A9")


@pytest.mark.parametrize(
    "address", ["document/Z/RES/1/2", "en/nothing", "state/xx", "A/RES/1", "en/en/en/", "%00", "document/"]
)
def test_what_means_nothing_known_is_not_found(sample: FlaskClient, address: str) -> None:
    assert sample.get(f"/{address}").status_code == 404


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="AEaeRS/. %-+()0123456789nfr\u00e9", max_size=30))
def test_no_address_is_redirected_twice(sample: FlaskClient, path: str) -> None:
    first = sample.get(f"/{path.lstrip(SLASH)}")
    if first.status_code == 301:
        assert sample.get(first.headers["Location"]).status_code in (200, 303)
