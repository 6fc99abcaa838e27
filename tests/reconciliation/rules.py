"""The rules of the specification's JSON schemas (version 0.2) that an answer of ours can break, in our own words."""

from __future__ import annotations

import re
from typing import Any

_DATE = re.compile(r"-?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def check_manifest(manifest: dict[str, Any]) -> None:
    """The four required members; templates that hold {{id}}; services at an address and a path; types."""
    assert "0.2" in manifest["versions"] and all(isinstance(one, str) for one in manifest["versions"])
    texts = ("name", "identifierSpace", "schemaSpace", "documentation", "logo", "serviceVersion")
    assert all(isinstance(manifest[name], str) and manifest[name] for name in texts)
    for name in ("view", "feature_view", "preview"):
        assert "{{id}}" in manifest[name]["url"]
    assert all(type(manifest["preview"][name]) is int for name in ("width", "height"))
    assert type(manifest["batchSize"]) is int
    assert set(manifest["suggest"]) == {"entity", "type", "property"}
    for service in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        assert isinstance(service["service_url"], str) and isinstance(service["service_path"], str)
    assert all("${id}" in service["flyout_service_path"] for service in manifest["suggest"].values())
    assert isinstance(manifest["extend"]["property_settings"], list)
    check_types(manifest["defaultTypes"])
    assert len({one["id"] for one in manifest["defaultTypes"]}) == len(manifest["defaultTypes"])


def check_types(types: list[dict[str, Any]]) -> None:
    """Each type has an id and a name, and so have those that are broader."""
    for one in types:
        assert one["id"] and one["name"] and isinstance(one["id"], str) and isinstance(one["name"], str)
        check_types(one.get("broader", []))


def check_results(batch: dict[str, Any], keys: set[str]) -> None:
    """A result for each query and no other, candidates by falling score, features each once."""
    assert set(batch) == keys
    for answer in batch.values():
        scores = [one["score"] for one in answer["result"]]
        assert scores == sorted(scores, reverse=True) and all(0 <= score <= 100 for score in scores)
        assert sum(one["match"] for one in answer["result"]) <= 1
        for one in answer["result"]:
            assert isinstance(one["id"], str) and isinstance(one["name"], str) and isinstance(one["description"], str)
            assert type(one["match"]) is bool
            check_types(one["type"])
            features = {feature["id"]: feature["value"] for feature in one["features"]}
            assert len(features) == len(one["features"])
            assert all(isinstance(value, bool | int | float) for value in features.values())


def check_suggestions(answer: dict[str, Any]) -> None:
    """Each suggestion has an id and a name; what it is notable for are types."""
    check_types([{"id": one["id"], "name": one["name"]} for one in answer["result"]])
    for one in answer["result"]:
        assert isinstance(one.get("description", ""), str)
        check_types(one.get("notable", []))


def check_extension(answer: dict[str, Any], ids: list[str], properties: list[str]) -> None:
    """A row for each thing, a cell for each property, a value of one of the five shapes."""
    assert [one["id"] for one in answer["meta"]] == properties and all(one["name"] for one in answer["meta"])
    assert set(answer["rows"]) == set(ids)
    for row in answer["rows"].values():
        assert set(row) == set(properties)
        for value in (value for cell in row.values() for value in cell):
            check_value(value)


def check_value(value: dict[str, Any]) -> None:
    """An entity, a string, a number, or a moment of time."""
    match value:
        case {"id": str(), "name": str(), **rest} if not rest:
            pass
        case {"str": str(), **rest} if not rest:
            pass
        case {"int": int(), **rest} if not rest:
            pass
        case {"float": float(), **rest} if not rest:
            pass
        case {"date": str(moment), **rest} if not rest:
            assert _DATE.fullmatch(moment)
        case _:
            raise AssertionError(f"{value} is no value of the specification")
