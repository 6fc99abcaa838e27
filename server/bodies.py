"""Bodies of requests that arrived whole: what was cut off on its way is never used.

The web server tells its application of a broken connection and of a bad chunk as if the body had ended there. So a body
is counted against its Content-Length while it is read, and summed where the client says what its sum is (RFC 9530). A
body in chunks has no length to be held against: it is taken with a digest only.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING

from flask import Flask, request

from server.errors import Problem, bad_request

if TYPE_CHECKING:
    from hashlib import _Hash

_ALGORITHMS = {"sha-256": "sha256", "sha-512": "sha512"}  # RFC 9530, 5: the active ones
_FIELDS = ("Content-Digest", "Repr-Digest")  # a body comes without a coding here, so both are of the same bytes
_MEMBER = re.compile(r"([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]*):")  # RFC 8941, 3.3.5: a byte sequence
_PIECE = 64 * 1024  # bytes


def init_app(app: Flask) -> None:
    """Has every view read whole bodies or none."""
    app.before_request(_guard)


def content_digest(body: bytes) -> str:
    """The value of Content-Digest for a body: its SHA-256 (RFC 9530, 2)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _guard() -> None:
    """Puts a stream that checks in the place of the request's. Raises 400 for a body that nothing can vouch for."""
    expected = _expected_digests()
    chunked = "Transfer-Encoding" in request.headers
    if chunked and not expected:
        detail = (
            "A body in chunks may have been cut off unseen: send it with its Content-Length, or with its SHA-256 in "
            "the header Content-Digest: sha-256=:…: (RFC 9530)."
        )
        raise bad_request(detail)
    declared = None if chunked else request.content_length or 0
    request.environ["wsgi.input"] = WholeBody(request.environ["wsgi.input"], declared, expected)


def _expected_digests() -> dict[str, bytes]:
    """The digests that the request gives, by algorithm, those of algorithms that we do not know left out.

    Raises a Problem where a header is not as RFC 9530 has it, or where two say different things.
    """
    found: dict[str, bytes] = {}
    for field in _FIELDS:
        for member in filter(None, (word.strip() for word in request.headers.get(field, "").split(","))):
            written = _MEMBER.fullmatch(member)
            if written is None:
                raise bad_request(f"{field} is not as RFC 9530 has it, for example sha-256=:BASE64:.")
            if written[1] not in _ALGORITHMS:
                continue
            try:
                digest = base64.b64decode(written[2], validate=True)
            except binascii.Error as error:
                raise bad_request(f"{field}: the {written[1]} is not in base64.") from error
            if found.setdefault(written[1], digest) != digest:
                raise bad_request(f"The request gives two different {written[1]} digests of its body.")
    return found


class WholeBody:
    """A request's body as a stream that raises a Problem (400) at an end that is not the body's.

    `declared` is the length it must have, None where it has to be vouched for by its digests alone.
    """

    def __init__(self, stream: IO[bytes], declared: int | None, expected: Mapping[str, bytes]) -> None:
        self._stream, self._declared, self._expected = stream, declared, expected
        self._sums: dict[str, _Hash] = {name: hashlib.new(_ALGORITHMS[name]) for name in expected}
        self._received = 0
        self._ended = False

    def read(self, size: int | None = -1) -> bytes:
        """Up to `size` bytes, all that are left for less than zero; b"" at the end of a body that is whole."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_PIECE), b""))
        return self._noted(self._stream.read(size)) if size else b""

    def readline(self, size: int = -1) -> bytes:
        """The next line, up to `size` bytes of it."""
        return self._noted(self._stream.readline() if size < 0 else self._stream.readline(size))

    def readlines(self) -> list[bytes]:
        """All lines that are left."""
        return list(self)

    def __iter__(self) -> WholeBody:
        return self

    def __next__(self) -> bytes:
        if line := self.readline():
            return line
        raise StopIteration

    def _noted(self, piece: bytes) -> bytes:
        self._received += len(piece)
        for digest in self._sums.values():
            digest.update(piece)
        if not self._ended and (not piece or self._received == self._declared):
            self._ended = True  # before it raises: what is told of once is not told again
            self._check()
        return piece

    def _check(self) -> None:
        if self._declared is not None and self._received != self._declared:
            detail = f"The body broke off: {self._received} bytes came of the {self._declared} that were declared."
            raise Problem(400, "Body not whole", detail, {"declared": self._declared, "received": self._received})
        for name, digest in self._sums.items():
            if digest.digest() != self._expected[name]:
                detail = f"The body is not what was sent: its {name} is not the one that the request gives."
                raise Problem(400, "Body not whole", detail, {"received": self._received})
