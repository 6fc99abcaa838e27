"""The process that evaluates queries: started by `workers`, spoken to over sockets, killed at the time limit.

It is a fresh interpreter, not a fork, so that no lock or thread of the web server comes with it.
"""

from __future__ import annotations

import json
import os
import select
import sys
import threading
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import IO, cast

import pyoxigraph as ox

from server.sparql.confinement import close_network, limit_memory
from server.sparql.failures import BoundError, RefusedError
from server.sparql.messages import Kind, Outcome, Query
from server.sparql.screening import admitted
from server.sparql.syntax import locate
from server.xml_characters import cut, fit_bytes

CHUNK = 256 * 1024


class _Sender:
    """A binary file whose bytes are sent in parts as they come; the last are sent with the end of the answer.

    Those of a text in XML are sent as XML can hold them.
    """

    def __init__(self, connection: Connection, in_xml: bool) -> None:
        self._connection, self._in_xml = connection, in_xml
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        part = bytes(data)
        self._parts.append(part)
        self._size += len(part)
        if self._size >= CHUNK:
            self._connection.send((Outcome.PART, "", self._rest()))
        return len(part)

    def flush(self) -> None:
        """Nothing: the engine flushes when it has ended, but when to send is decided here."""

    def end(self, kind: Kind) -> None:
        """Sends what is left, and what kind of answer it was: of a small answer that is all there is to say."""
        self._connection.send((Outcome.END, kind.value, self._rest(at_end=True)))

    def _rest(self, at_end: bool = False) -> bytes:
        rest = b"".join(self._parts)
        self._parts, self._size = [], 0
        if not self._in_xml:
            return rest
        whole = len(rest) if at_end else cut(rest)
        if whole < len(rest):
            self._parts, self._size = [rest[whole:]], len(rest) - whole
        return fit_bytes(rest[:whole])


def evaluate(store: ox.Store, query: Query, connection: Connection) -> None:
    """Sends the answer to a query, or what is wrong with it, over the connection."""
    try:
        graphs = admitted(query.text) if query.graphs_named is None else query.graphs_named
        answer = _ask(store, query)  # lazy, and first: a query that cannot be parsed asks for no graph
        if unknown := _unknown_graph(store, query, graphs):
            connection.send((Outcome.UNKNOWN_GRAPH, unknown, b""))
            return
        kind = _kind(answer)
        media_type = query.graphs if kind is Kind.GRAPH else query.results
        if media_type is None:
            connection.send((Outcome.UNACCEPTABLE, kind.value, b""))
            return
        sender = _Sender(connection, media_type.endswith("xml"))
        _write(answer, media_type, query, sender)
        sender.end(kind)
    except RefusedError as error:
        connection.send((Outcome.REFUSED, str(error), b""))
    except BoundError as error:
        connection.send((Outcome.BOUND, str(error), b""))
    except SyntaxError as error:
        mistake = locate(query.text, str(error))
        connection.send((Outcome.SYNTAX, json.dumps(asdict(mistake)) if mistake else str(error), b""))
    except (OSError, RuntimeError) as error:
        connection.send((_failure(error), str(error), b""))
    except ValueError as error:
        connection.send((Outcome.FAILED, str(error), b""))


def _failure(error: OSError | RuntimeError) -> Outcome:
    """Whether the query or the store is at fault: the engine says both by the same class, a function by these words."""
    return Outcome.FAILED if str(error).startswith("The custom function ") else Outcome.UNREADABLE


Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def _ask(store: ox.Store, query: Query) -> Answer:
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(name) for name in query.default_graphs]
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(name) for name in query.named_graphs]
    if default or named:
        return store.query(query.text, base_iri=query.base, default_graph=default, named_graphs=named)
    return store.query(query.text, base_iri=query.base)


def _unknown_graph(store: ox.Store, query: Query, graphs: tuple[str, ...]) -> str:
    """The first graph of the query's dataset that the store does not hold, "" where it holds all."""
    names = query.default_graphs + query.named_graphs or graphs
    return next((name for name in names if ":" in name and not store.contains_named_graph(ox.NamedNode(name))), "")


def _kind(answer: Answer) -> Kind:
    if isinstance(answer, ox.QueryTriples):
        return Kind.GRAPH
    return Kind.BOOLEAN if isinstance(answer, ox.QueryBoolean) else Kind.SOLUTIONS


def _write(answer: Answer, media_type: str, query: Query, sender: _Sender) -> None:
    output = cast(IO[bytes], sender)
    if isinstance(answer, ox.QueryTriples):
        ox.serialize(answer, output, ox.RdfFormat.from_media_type(media_type), prefixes=dict(query.prefixes))
    else:
        answer.serialize(output, ox.QueryResultsFormat.from_media_type(media_type))


def _leave_with_parent(descriptor: int) -> None:
    """Ends this process when the other end of the connection is gone, in the middle of a query as well."""
    poll = select.poll()
    poll.register(descriptor, 0)  # a hang-up is always reported
    poll.poll()
    os._exit(0)


def main() -> None:
    """Serves queries until the connection ends. Arguments: its descriptor, the store's folder, bytes of memory."""
    descriptor, path, memory = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    close_network()
    limit_memory(memory)
    connection = Connection(descriptor)
    try:
        store = ox.Store.read_only(path)
    except (OSError, RuntimeError) as error:  # said in the place of an answer
        connection.send((Outcome.UNREADABLE, str(error), b""))
        return
    threading.Thread(target=_leave_with_parent, args=(descriptor,), daemon=True).start()
    connection.send((Outcome.READY, "", b""))
    while True:
        try:
            query = connection.recv()
        except (EOFError, ConnectionResetError):  # the second where the pool went before it heard that we are ready
            return
        evaluate(store, query, connection)


if __name__ == "__main__":
    main()
