"""The descriptions of the release that is served: what all its parts say of a thing, without a query.

Where they do not tell it, None says that the store is to be asked: of a thing that more point to than a page holds,
of graphs and of evidence, and where a file cannot be read.
"""

from __future__ import annotations

import logging
import sqlite3
import struct
import threading
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from cachetools import LRUCache

from server.descriptions.block import ELSEWHERE, FIRST_LETTER, Block
from server.descriptions.merging import merged
from server.descriptions.pack import FILE, Pack, hash_of
from server.descriptions.things import Things, has_things
from server.publishing.manifest import Manifest, StoredPart, read_manifest
from server.things import POINTING
from server.turtle import headed

logger = logging.getLogger("recalling")
OPEN = 32  # files of parts that are held open at a time, each with a descriptor
_DAMAGE = (OSError, ValueError, KeyError, struct.error, zlib.error, sqlite3.Error)


@dataclass(frozen=True, slots=True)
class Description:
    """What the parts of a release say of a thing."""

    thing: ox.NamedNode
    told: tuple[tuple[Pack, Block], ...]

    @property
    def asserted(self) -> list[str]:
        """The IRIs of the classes that it is asserted to be of, in order."""
        return sorted({name for _, block in self.told for name in block.asserted})

    @property
    def classes(self) -> list[str]:
        """The IRIs of all classes that it is of, in order."""
        return sorted({name for _, block in self.told for name in (*block.asserted, *block.following)})

    @property
    def turtle(self) -> bytes | None:
        """All that is said, in Turtle; None where it is to be made of the statements."""
        pack, block = self.told[0]
        if len(self.told) == 1:
            return headed(block.turtle, pack.prefixes, block.prefixes).encode()
        if any(other.prefixes != pack.prefixes for other, _ in self.told):  # written by versions with other prefixes
            return None
        body = merged([one.turtle for _, one in self.told if one.turtle], pack.prefixes, self.thing.value)
        used = {prefix for _, one in self.told for prefix in one.prefixes}
        return None if body is None else headed(body, pack.prefixes, used).encode()

    def quads(self) -> list[ox.Quad]:
        """All that is said, what begins at the thing before what points to it."""
        found = [quad for pack, block in self.told for quad in _quads(pack, block)]
        return [quad for begins in (True, False) for quad in found if (quad.subject == self.thing) is begins]


def _quads(pack: Pack, block: Block) -> Iterator[ox.Quad]:
    """The statements of a block in each graph that states them."""
    text = headed(block.turtle, pack.prefixes, block.prefixes).encode()
    for triple, letter in zip(ox.parse(text, ox.RdfFormat.TURTLE), block.letters, strict=True):
        for graph in pack.graphs[ord(letter) - FIRST_LETTER]:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))


class Descriptions:
    """What a release says of things; safe to use from several threads."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._base = manifest.base
        self._parts: Mapping[str, StoredPart] = manifest.parts
        self._things = Things(folder)
        self._lock = threading.Lock()
        self._packs: LRUCache[str, Pack] = LRUCache(OPEN)

    def may_know(self, path: str) -> bool:
        """Whether a part may say something of the thing at a path, so also where that cannot be read."""
        try:
            return bool(self._things.parts(path))
        except _DAMAGE:
            return True

    def of(self, path: str) -> Description | None:
        """The description of the thing at a path, None where the store is to be asked."""
        if path.startswith(ELSEWHERE):
            return None
        try:
            told = tuple(self._blocks(path))
        except _DAMAGE as error:
            logger.error("descriptions cannot be read, so that the store is asked: %s", error)
            return None
        if not told or not all(block.told for _, block in told) or sum(one.pointers for _, one in told) > POINTING:
            return None
        return Description(ox.NamedNode(self._base + path), told)

    def _blocks(self, path: str) -> Iterator[tuple[Pack, Block]]:
        key = hash_of(path)
        for part in self._things.parts(path):
            pack = self._pack(part)
            if (block := pack.block(path, key)) is not None:
                yield pack, block
                if not block.told:
                    return

    def _pack(self, part: str) -> Pack:
        with self._lock:
            if (pack := self._packs.get(part)) is None:
                pack = self._packs[part] = Pack(self._parts[part].folder / FILE)
            return pack


def descriptions_of(folder: Path) -> Descriptions | None:
    """The descriptions of the release in a folder, None where it was written without, or they cannot be read."""
    if not has_things(folder):
        return None
    try:
        return Descriptions(folder, read_manifest(folder))
    except _DAMAGE as error:
        logger.error("the release is served without its descriptions: %s", error)
        return None
