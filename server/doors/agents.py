"""The MCP server: the tools, the texts and the vocabulary as resources, prompts with examples; over HTTP and stdio.

A POST at /mcp is answered by the SDK's own stateless transport, which runs for the one request inside this application:
so it is under the same admission, limits and log as any other, and no request goes to ourselves. There is no stream to
listen to, so that a GET is 405, as the protocol allows.
"""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable, MutableMapping
from importlib.metadata import version
from typing import Any, ParamSpec, TypeVar

import anyio
from flask import Blueprint, Flask, Response, current_app, has_request_context, request
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import ToolAnnotations

from server.doors import tools
from server.doors.guide import llms_text
from server.doors.plain import Style, words_of
from server.doors.things import classes_of
from server.errors import Problem, refused
from server.requests import release

blueprint = Blueprint("agents", __name__)

LONGEST = 256 * 1024  # bytes of a request: the longest tool takes a paragraph or a query
_INSTRUCTIONS = (
    "Facts and words of session reports of United Nations commissions. Quote exactly, with the IRI of the paragraph as "
    "its address. Three outcomes are different: found; not in what is held (the source is here and does not say so); "
    "not held (the source is not here: say that it could not be checked). Begin with search or read."
)
Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")


def mcp_server(app: Flask) -> MCPServer:
    """The server with its tools, resources and prompts, which ask the release that the application serves."""
    server: MCPServer = MCPServer(
        "recalling", title="Recalling", version=version("recalling"), instructions=_INSTRUCTIONS, log_level="WARNING"
    )
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for tool in tools.TOOLS:
        words = inspect.getdoc(tool) or ""
        server.tool(name=tool.__name__, description=words, annotations=reads)(_asking(app, tool))
    _add_resources(server, app)
    _add_prompts(server)
    return server


def _add_resources(server: MCPServer, app: Flask) -> None:
    def guide() -> str:
        return llms_text(full=False)

    def vocabulary() -> str:
        return llms_text(full=True)

    def text(path: str) -> str:
        thing = tools.thing_named(path.replace("~", "/"))
        if thing is None:
            raise ValueError(f"Nothing here is called {path}.")
        return words_of(thing, classes_of(thing), Style(markdown=True))

    markdown = "text/markdown"
    server.resource("recalling://guide", title="What is held and how it is asked", mime_type=markdown)(
        _asking(app, guide)
    )
    server.resource("recalling://vocabulary", title="Texts, questions and class cards", mime_type=markdown)(
        _asking(app, vocabulary)
    )
    server.resource(
        "recalling://text/{path}", title="The words of a thing by its path, with ~ for each /", mime_type=markdown
    )(_asking(app, text))


def _add_prompts(server: MCPServer) -> None:
    @server.prompt(title="Check a quotation")
    def check_quotation(quote: str, source: str = "") -> str:
        """Check words that someone quotes, for example “Invites Member States to …” of resolution 31/1."""
        place = f" in {source}" if source else ""
        return (
            f"Call verify_quote for these words{place} and report each sentence as found (with the paragraph's"
            " address), near (with what differs) or not found; if the source is not held, say that it could not be"
            " checked:"
            f" {quote}"
        )

    @server.prompt(title="Has this been asked before?")
    def asked_before(draft_paragraph: str) -> str:
        """Find earlier paragraphs like a draft, for example “Requests the Office to report on …”."""
        return (
            "Call said_before for this draft paragraph. List the likest paragraphs with likeness, verb, addressee,"
            " session and what became of them; compare the strength of the verbs; quote exactly:"
            f" {draft_paragraph}"
        )

    @server.prompt(title="What falls due?")
    def falls_due(addressee: str) -> str:
        """The open requests to an addressee, for example UNODC or the Secretary-General."""
        return (
            f"Call mandates for {addressee}. Group the requests by state: overdue, due, answered, not known (the report"
            " of that session is not held), no term. Give each paragraph's words and address."
        )


def _asking(app: Flask, tool: Callable[Parameters, Value]) -> Callable[Parameters, Value]:
    """A tool that asks within a request of the application: the one that called it, or one of its own (stdio)."""

    @functools.wraps(tool)
    def asked(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Value:
        try:
            if has_request_context():
                return tool(*args, **kwargs)
            with app.test_request_context("/mcp", base_url=app.extensions["current"].release().base):
                return tool(*args, **kwargs)
        except Problem as problem:
            raise ToolError(tools.told_problem(problem)) from problem

    return asked


def init_app(app: Flask) -> None:
    """Gives the application its MCP server."""
    logging.getLogger("mcp").setLevel(logging.WARNING)
    app.extensions["mcp"] = mcp_server(app)


@blueprint.post("/mcp")
def mcp() -> Response:
    """The Model Context Protocol: tools, resources and prompts for agents; stateless, answers in JSON."""
    _check_origin()
    request.max_content_length = LONGEST
    body = request.get_data()
    release()
    server: MCPServer = current_app.extensions["mcp"]
    return anyio.run(_respond, server, body)


@blueprint.get("/mcp")
def no_stream() -> Response:
    """405: there is no stream to listen to, every request is answered by itself."""
    detail = "The Model Context Protocol is spoken here by POST; there is no stream to listen to."
    raise Problem(405, "Method Not Allowed", detail, headers={"Allow": "POST"})


def _check_origin() -> None:
    """Raises 403 for a page of another origin: the protocol demands it, against DNS rebinding."""
    origin = request.headers.get("Origin")
    if origin and origin not in (request.host_url.rstrip("/"), release().base.rstrip("/").rpartition("/")[0], _own()):
        raise refused("A page of another origin may not call this; agents send no Origin.")


def _own() -> str:
    """The origin of the base."""
    scheme, _, rest = release().base.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


async def _respond(server: MCPServer, body: bytes) -> Response:
    """The answer of the SDK's transport to one request, through the two functions of ASGI."""
    response = Response()
    parts: list[bytes] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> MutableMapping[str, Any]:
        if waiting:
            return waiting.pop()
        await anyio.sleep_forever()  # the client is there until it is answered
        raise AssertionError

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            response.status_code = message["status"]
            for name, value in message["headers"]:
                response.headers[name.decode("latin-1")] = value.decode("latin-1")
        else:
            parts.append(message.get("body", b""))

    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": request.scheme,
        "path": "/mcp",
        "raw_path": b"/mcp",
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": (request.remote_addr or "", 0),
        "server": ("", 0),
    }
    manager = StreamableHTTPSessionManager(
        server._lowlevel_server, json_response=True, stateless=True, max_request_body_size=LONGEST
    )
    async with manager.run():
        await manager.handle_request(scope, receive, send)
    response.set_data(b"".join(parts))
    response.headers["Cache-Control"] = "no-store"
    return response
