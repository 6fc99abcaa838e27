"""The descriptions that a part gives, in one file: found by the path of a thing, read without the rest.

    8 bytes      what the file is, with the edition of its form
    u32, u32     bytes of the head, number of things
    the head     JSON: the base, the graphs, the sets of graphs that a letter stands for, the prefixes
    24 bytes     of each thing, in the order of the hashes: u64 hash of its path; u32 place and length of its group in
                 the file; u32 place and length of its block in the group when it is expanded
    the groups   blocks one after another, in the order of their paths, compressed by zlib

Numbers have their lowest byte first. The same quads make the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from server.descriptions.block import Block

FILE = "descriptions-1.pack"  # with the edition of its form: a file of another edition is as good as none
_MAGIC = b"RECDESC1"
_NUMBERS = struct.Struct("<II")
_ENTRY = struct.Struct("<QIIII")
# Bytes from which a group is full: what one block shares with its neighbours makes two real reports 3.8 times smaller
# than blocks compressed alone, and to expand a group takes some 15 microseconds.
GROUP = 8192


def hash_of(path: str) -> int:
    """The number by which a thing is found, of 64 bits."""
    return int.from_bytes(hashlib.blake2b(path.encode(), digest_size=8).digest(), "little")


def written_pack(
    blocks: Iterable[Block],
    base: str,
    graphs: tuple[str, ...],
    sets: tuple[tuple[int, ...], ...],
    prefixes: Mapping[str, str],
) -> bytes:
    """The file of some blocks, which come in the order of their paths."""
    head = json.dumps({"base": base, "graphs": graphs, "sets": sets, "prefixes": dict(prefixes)}).encode()
    groups: list[bytes] = []
    entries: list[tuple[int, int, int, int, int]] = []
    place = 0
    for group in _groups(blocks):
        packed = zlib.compress(b"".join(text for _, text in group), 6)
        start = 0
        for path, text in group:
            entries.append((hash_of(path), place, len(packed), start, len(text)))
            start += len(text)
        groups.append(packed)
        place += len(packed)
    first = len(_MAGIC) + _NUMBERS.size + len(head) + len(entries) * _ENTRY.size
    table = (_ENTRY.pack(key, first + at, *rest) for key, at, *rest in sorted(entries))
    return b"".join((_MAGIC, _NUMBERS.pack(len(head), len(entries)), head, *table, *groups))


def _groups(blocks: Iterable[Block]) -> Iterator[list[tuple[str, bytes]]]:
    group: list[tuple[str, bytes]] = []
    size = 0
    for block in blocks:
        text = block.text.encode()
        group.append((block.path, text))
        size += len(text)
        if size >= GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


class Pack:
    """A file of descriptions, open. Raises OSError where it cannot be read, ValueError where it is no such file."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as stream:
            self._bytes = mmap.mmap(stream.fileno(), os.fstat(stream.fileno()).st_size, access=mmap.ACCESS_READ)
        begin = len(_MAGIC) + _NUMBERS.size
        if self._bytes[: len(_MAGIC)] != _MAGIC:
            raise ValueError(f"{file} holds no descriptions")
        head, self.count = _NUMBERS.unpack_from(self._bytes, len(_MAGIC))
        record = json.loads(self._bytes[begin : begin + head])
        self._table = begin + head
        self.prefixes: dict[str, str] = record["prefixes"]
        self.graphs = tuple(
            tuple(record["graphs"][place] for place in places) for places in record["sets"]
        )  # of each letter

    def hashes(self) -> Iterator[int]:
        """The hashes of the paths of all things, in order."""
        return (self._hash(place) for place in range(self.count))

    def block(self, path: str, key: int) -> Block | None:
        """What the part says of a thing by its path and the hash of it, None where it says nothing."""
        place = bisect_left(range(self.count), key, key=self._hash)
        while place < self.count and self._hash(place) == key:
            _, group, packed, start, length = _ENTRY.unpack_from(self._bytes, self._table + place * _ENTRY.size)
            expanded = zlib.decompress(self._bytes[group : group + packed])
            if (block := Block.of(expanded[start : start + length].decode())).path == path:
                return block
            place += 1
        return None

    def _hash(self, place: int) -> int:
        key: int = _ENTRY.unpack_from(self._bytes, self._table + place * _ENTRY.size)[0]
        return key
