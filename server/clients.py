"""How many requests of one client are answered at a time, so that one who is slow leaves threads for others.

A thread belongs to a request until its body is read and its answer handed on, however long that takes. An answer
that is whole is handed on in one piece; one that streams, only as fast as the client reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.wsgi import ClosingIterator

from server.errors import Problem
from server.operations.observation import PROBES
from server.sparql.failures import ClientLimitError
from server.sparql.places import Places

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# In the environment of the request:
REFUSED = "recalling.too_many_requests"
_STREAMED = "recalling.streamed"


NETWORK = 64  # bits: what one subscriber of IPv6 is given at least (RFC 6177), with 2^64 addresses in it


@lru_cache(maxsize=4096)
def client_of(address: str) -> str:
    """Who asks from an address: its IPv4 address, or the network of its IPv6 address; "" where there is none."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, NETWORK), strict=False))


class _Counting:
    """A WSGI application that counts the requests of each client that another one answers."""

    def __init__(self, limit: int, asked: WSGIApplication) -> None:
        self._places, self._asked = Places(limit), asked

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        place = ExitStack()
        try:
            place.enter_context(self._places.taken(client_of(environ.get("REMOTE_ADDR", ""))))
        except ClientLimitError:
            environ[REFUSED] = True
            return self._asked(environ, start_response)
        try:
            answer = self._asked(environ, start_response)
        except BaseException:
            place.close()
            raise
        if environ.get(_STREAMED):
            return ClosingIterator(answer, place.close)
        place.close()
        return answer


def init_app(app: Flask, limit: int) -> None:
    """Refuses of each client what comes while `limit` of its requests are being answered, probes excepted."""

    def refuse() -> None:
        if request.environ.get(REFUSED) and request.endpoint not in PROBES:
            detail = f"{limit} requests of one client are answered at a time; wait for their answers."
            raise Problem(429, "Too many requests at once", detail, {"limit": limit}, {"Retry-After": "10"})

    app.before_request(refuse)
    app.after_request(_noted)
    app.wsgi_app = _Counting(limit, app.wsgi_app)  # type: ignore[method-assign]


def _noted(response: Response) -> Response:
    request.environ[_STREAMED] = response.is_streamed
    return response
