"""The MCP server, asked by the SDK's client over both transports; twenty questions with what the tools must answer."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters, stdio_client

from tests.published import Place

QUESTIONS = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))["question"]
HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


def called(site: FlaskClient, method: str, parameters: dict[str, Any] | None = None) -> Any:
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters or {}}
    answer = site.post("/mcp", data=json.dumps(message), headers=HEADERS)
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    return answer.json["result"]


@pytest.mark.parametrize("question", QUESTIONS, ids=[one["asks"] for one in QUESTIONS])
def test_a_newcomers_question_is_answered_by_a_tool(site: FlaskClient, question: dict[str, Any]) -> None:
    result = called(site, "tools/call", {"name": question["tool"], "arguments": question["arguments"]})
    assert not result["isError"]
    told = result["structuredContent"]
    assert told["outcome"] == question["outcome"]
    output = json.dumps(told, ensure_ascii=False)
    assert [part for part in question["says"] if part not in output] == []


INVITES = "Invites Member States to write to the United Nations Office for Coastal Memory"
OTHER_NAMES = {
    "a quote in a text by its official symbol": ("verify_quote", {"quote": INVITES, "source": "E/CN.99/RES/12/1"}, "found", ""),
    "in a session": ("verify_quote", {"quote": INVITES, "source": "session/clcm/12"}, "found", ""),
    "in a report": ("verify_quote", {"quote": INVITES, "source": "report/clcm/12"}, "found", ""),
    "in another session": (
        "verify_quote", {"quote": INVITES, "source": "session/clcm/13"}, "not in what is held", "",
    ),
    "the words of an official symbol": ("read", {"name": "E/CN.99/RES/12/1"}, "found", "about each lighthouse"),
    "what it cites": ("cites", {"name": "E/CN.99/RES/12/1"}, "found", "document/A/RES/75/905"),
    "who sponsored it": ("sponsors", {"name": "E/CN.99/RES/12/1"}, "found", "state/CUB"),
    "what it asks for": ("mandates", {"name": "E/CN.99/RES/12/1"}, "found", "operative/1"),
    "what came of a draft by its symbol": ("chain", {"name": "E/CN.99/2022/L.2"}, "found", "text/clcm/12/resolution/1"),
    "a column that is none": (
        "ask_question", {"name": "sponsors", "fixed_to": {"bad": "x"}}, "not held", "has no column bad to fix",
    ),
    "an address that is none": (
        "said_before", {"words": "text/clcm/12/resolution/1/operative/999"}, "not held", "No paragraph",
    ),
    "a class that is none": (
        "sparql", {"query": "PREFIX rec: <http://localhost:8000/def/> SELECT * { ?x a rec:Resoluton }"},
        "not in what is held", "rec:Resolution",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tool", "arguments", "outcome", "says"), OTHER_NAMES.values(), ids=OTHER_NAMES)
def test_things_are_known_by_their_other_names_and_what_is_not_held_is_told_apart(
    site: FlaskClient, tool: str, arguments: dict[str, Any], outcome: str, says: str
) -> None:
    told = called(site, "tools/call", {"name": tool, "arguments": arguments})["structuredContent"]
    assert (told["outcome"], says in json.dumps(told)) == (outcome, True)


@pytest.mark.parametrize("tool", ["cites", "cited_by", "sponsors", "statements", "mandates"])
def test_every_fact_comes_with_the_words_that_it_was_read_from(site: FlaskClient, tool: str) -> None:
    asked = [one for one in QUESTIONS if one["tool"] == tool and one["outcome"] == "found"]
    assert asked
    for question in asked:
        result = called(site, "tools/call", {"name": tool, "arguments": question["arguments"]})
        rows = result["structuredContent"]["rows"]
        assert rows and [row["iri"] for row in rows if not row.get("quote")] == []


def test_there_are_twenty_questions_and_they_ask_every_tool_but_the_list(site: FlaskClient) -> None:
    names = {tool["name"] for tool in called(site, "tools/list")["tools"]}
    assert len(QUESTIONS) == 20
    assert names - {one["tool"] for one in QUESTIONS} == {"list_questions"}


def test_every_schema_is_one_and_every_answer_follows_it(site: FlaskClient) -> None:
    for tool in called(site, "tools/list")["tools"]:
        Draft202012Validator.check_schema(tool["inputSchema"])
        Draft202012Validator.check_schema(tool["outputSchema"])
        assert tool["annotations"]["readOnlyHint"] is True
    told = called(site, "tools/call", {"name": "list_questions", "arguments": {}})["structuredContent"]
    (schema,) = [
        tool["outputSchema"] for tool in called(site, "tools/list")["tools"] if tool["name"] == "list_questions"
    ]
    Draft202012Validator(schema).validate(told)
    assert len(told["rows"]) > 30


def test_what_is_wrong_with_a_query_reaches_the_agent(site: FlaskClient) -> None:
    query = "PREFIX rec: <http://localhost:8000/def/> SELECT * { ?t rec:titel ?x ORDER }"
    result = called(site, "tools/call", {"name": "sparql", "arguments": {"query": query}})
    assert result["isError"] and "rec:title" in result["content"][0]["text"]


def test_a_page_of_another_origin_is_refused_and_a_stream_there_is_none(site: FlaskClient) -> None:
    message = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    foreign = site.post("/mcp", data=message, headers={**HEADERS, "Origin": "http://example.org"})
    assert foreign.status_code == 403
    assert site.post("/mcp", data=message, headers={**HEADERS, "Origin": "http://localhost"}).status_code == 200
    listening = site.get("/mcp", headers={"Accept": "text/event-stream"})
    assert (listening.status_code, listening.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(("body", "status"), [("{", 400), ("[]", 400), ('{"jsonrpc": "2.0"}', 400)])
def test_what_is_no_message_is_refused(site: FlaskClient, body: str, status: int) -> None:
    assert site.post("/mcp", data=body, headers=HEADERS).status_code == status


async def visit(client: Client) -> dict[str, Any]:
    """What the SDK's client finds: names of tools, prompts and resources, a quotation checked, a text read."""
    quote = {"quote": "to write to the United Nations Office for Coastal Memory"}
    verdict = await client.call_tool("verify_quote", quote)
    resource = await client.read_resource("recalling://text/text~clcm~12~resolution~1")
    prompt = await client.get_prompt("asked_before", {"draft_paragraph": "Requests the Office"})
    return {
        "tools": [tool.name for tool in (await client.list_tools()).tools],
        "prompts": [one.name for one in (await client.list_prompts()).prompts],
        "resources": [str(one.uri) for one in (await client.list_resources()).resources],
        "outcome": (verdict.structured_content or {})["outcome"],
        "text": resource.contents[0].text,  # type: ignore[union-attr]
        "prompt": prompt.messages[0].content.text,  # type: ignore[union-attr]
    }


def checked(found: dict[str, Any]) -> None:
    assert {"search", "read", "verify_quote", "said_before", "mandates", "sparql"} < set(found["tools"])
    assert found["prompts"] == ["check_quotation", "asked_before", "falls_due"]
    assert "recalling://guide" in found["resources"]
    assert found["outcome"] == "found"
    assert found["text"].startswith("# Lighthouses without keepers")
    assert "said_before" in found["prompt"]


def run(ask: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    return anyio.run(ask)


def test_the_sdks_client_over_http(place: Place) -> None:
    async def ask() -> dict[str, Any]:
        async with Client(f"{place.address}mcp") as client:
            return await visit(client)

    checked(run(ask))


def test_the_sdks_client_over_standard_input_and_output(published_data: Path) -> None:
    command = str(Path(sys.executable).with_name("recalling"))
    arguments = ["mcp", "--data", str(published_data)]
    server = StdioServerParameters(command=command, args=arguments, env=dict(os.environ))

    async def ask() -> dict[str, Any]:
        async with Client(stdio_client(server)) as client:
            return await visit(client)

    checked(run(ask))
