"""The pieces of an answer read as a file: all bytes in order, and no more pieces taken than are read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from server.sparql.reader import Reader


@given(st.lists(st.binary(max_size=20)), st.integers(1, 30))
def test_every_byte_is_read_in_order(pieces: list[bytes], size: int) -> None:
    reader, read = Reader(pieces), []
    while part := reader.read(size):
        read.append(part)
    assert b"".join(read) == b"".join(pieces)


def test_of_an_answer_without_end_the_beginning_is_read() -> None:
    taken: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in count():
            taken.append(number)
            yield b"%d\n" % number

    assert io.BufferedReader(Reader(pieces()), 8).readline() == b"0\n"
    assert len(taken) < 10
