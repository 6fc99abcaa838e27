"""A text in the format of the mandate registry, by a schema of that format."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

BASE = "http://localhost:8000/"
RESOLUTION = "text/clcm/12/resolution/1"
WORDS, NONE = {"type": "string"}, {"type": ["string", "null"]}


def schema(*keys: str, **more: dict[str, Any]) -> dict[str, Any]:
    properties = {**dict.fromkeys(keys, NONE), **more}
    return {"type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False}


def listed(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


MANDATE = schema(
    "action_verb",
    "action_verb_normalized",
    action_verb_type={"enum": ["directive", "deciding", "evaluative", "reinforcing", "observing", None]},
    assignees=listed(
        schema(
            "assignee_normalized",
            "recalling_iri",
            assignee=WORDS,
            assignee_type={"enum": ["Member States", "UN Organs", "UN Secretariat", "UN System", "other", None]},
        )
    ),
    deliverables=listed(schema("deliverable", "deliverable_normalized", "deliverable_type")),
    mentioned_entities={"type": "array"},
    recalling=schema(
        "iri",
        "due_session",
        "due_session_iri",
        "due_date",
        "answered_by",
        conditional={"type": "boolean"},
        state={"enum": ["answered", "due", "overdue", "not known", "no term", None]},
    ),
)
DOCUMENT = listed(
    schema(
        "text",
        "prefix",
        "textWithHighlights",
        "uncertainties",
        type={"enum": ["frontmatter", "heading", "paragraph"]},
        heading_level={"enum": [None, 1, 2, 3, 4, 5]},
        paragraph_type={"enum": ["preambular", "operative", None]},
        paragraph_level={"enum": [None, 1, 2, 3, 4, 5]},
        links=listed({"type": "array", "prefixItems": [WORDS, WORDS], "minItems": 2, "maxItems": 2}),
        mandates=listed(MANDATE),
        recalling=schema(iri=WORDS),
    )
)


@pytest.mark.parametrize(
    "path", [RESOLUTION, "text/clcm/12/draft-resolution/ga/1", "text/clcm/13/resolution/1", "text/clcm/12/decision/1"]
)
def test_a_text_follows_the_format_of_the_registry(site: FlaskClient, path: str) -> None:
    answer = site.get(f"/{path}.mandates.json")
    assert answer.status_code == 200
    assert [error.message for error in Draft202012Validator(DOCUMENT).iter_errors(answer.get_json(force=True))] == []


def test_paragraphs_have_their_verbs_assignees_and_dues(site: FlaskClient) -> None:
    heading, *paragraphs = site.get(f"/{RESOLUTION}.mandates.json").get_json(force=True)
    assert (heading["type"], heading["text"]) == ("heading", "Lighthouses without keepers")
    assert [one["paragraph_type"] for one in paragraphs] == ["preambular"] * 10 + ["operative"] * 3
    first = paragraphs[10]
    assert (first["prefix"], first["recalling"]["iri"]) == ("1.", f"{BASE}{RESOLUTION}/operative/1")
    (mandate,) = first["mandates"]
    assert (mandate["action_verb"], mandate["action_verb_type"]) == ("Invites", "directive")
    assert [(one["assignee"], one["assignee_type"]) for one in mandate["assignees"]] == [
        ("Member States", "Member States")
    ]
    assert first["text"].startswith("Invites Member States") and first["textWithHighlights"].startswith("*Invites*")
    dues = [one["recalling"]["due_session_iri"] for each in paragraphs for one in each["mandates"]]
    assert f"{BASE}session/clcm/13" in dues


def test_links_lead_to_what_is_cited(site: FlaskClient) -> None:
    _, *paragraphs = site.get(f"/{RESOLUTION}.mandates.json").get_json(force=True)
    links = dict(tuple(link) for one in paragraphs for link in one["links"])
    assert f"{BASE}document/A/RES/75/905" in links.values()


def test_only_texts_have_the_form(site: FlaskClient) -> None:
    assert site.get("/state/FJI.mandates.json").status_code == 404
