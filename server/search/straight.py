"""What a symbol, a number or an address means: the things to go to without a search."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

import pyoxigraph as ox

from mappings.iris import encode
from mappings.symbols import normal
from server.linked_data.variants import canonical_path
from server.negotiation import by_suffix
from server.search.asking import Asked
from server.search.keys import keys
from server.store import Store

_ADDRESS = re.compile(r"(?:https?://|www\.|(?:[a-z-]+\.)?un(?:docs)?\.org/)\S+", re.IGNORECASE)


def meant(index: sqlite3.Connection, store: Store, base: str, here: str, asked: Asked) -> tuple[str, ...]:
    """The paths of the things that a query means as a whole; none where it is words to look for.

    `here` is the address of this server as the client calls it. Words in quotation marks mean nothing but themselves.
    """
    if asked.quoted:
        return ()
    if _ADDRESS.fullmatch(asked.typed):
        return _at_address(index, store, base, here, asked.typed)
    if found := _keyed(index, asked.typed):
        return found
    known = _known(store, base, asked.typed)
    return (known,) if known else ()


def _at_address(index: sqlite3.Connection, store: Store, base: str, here: str, address: str) -> tuple[str, ...]:
    """What an address leads to: one of our own, or one of the United Nations that holds a symbol."""
    for own in (base, here):
        if address.startswith(own):
            found = _known(store, base, address[len(own) :])
            return (found,) if found else ()
    for words in _symbols_in(address):
        if paths := _keyed(index, words):
            return paths
    return ()


def _symbols_in(address: str) -> Iterator[str]:
    """What may be a symbol in an address: its path, and the values of its parameters."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
    except ValueError:
        return
    for words in (unquote(parts.path), *(value for _, value in parse_qsl(parts.query))):
        if symbol := normal(words):
            yield symbol


def _known(store: Store, base: str, path: str) -> str | None:
    """The path of the thing that a path means, as it stands or in another spelling."""
    if "/" not in path:
        return None
    plain = unquote(path.partition("#")[0].partition("?")[0])
    stems = (plain, *((found[0], f"{found[0]}/") if (found := by_suffix(plain)) else ()))
    known = next((stem for stem in stems if store.knows(ox.NamedNode(base + encode(stem)))), None)
    found_path = known or canonical_path(plain, store, base)
    return encode(found_path) if found_path else None


def _keyed(index: sqlite3.Connection, words: str) -> tuple[str, ...]:
    """The paths of what a symbol or number means, however it is spelt: of a report not the document of its symbol."""
    rows = index.execute(
        "SELECT DISTINCT path, weight FROM thing JOIN key ON thing = id WHERE key IN (?, ?) AND straight"
        " ORDER BY weight DESC, path",
        keys(words),
    )
    paths = [path for path, _ in rows]
    return tuple([path for path in paths if path.startswith("report/")] or paths)
