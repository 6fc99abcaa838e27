"""Who may send reports: whoever has the token. The server knows only its SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from werkzeug.datastructures import Authorization


def new_token() -> str:
    """A token that cannot be guessed: 256 random bits."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """The SHA-256 of a token, in hexadecimal, as the setting has it."""
    return hashlib.sha256(token.encode()).hexdigest()


def admits(expected: str, authorization: Authorization | None) -> bool:
    """Whether the header of a request holds the token with the expected fingerprint (RFC 6750, section 2.1)."""
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        return False
    return hmac.compare_digest(fingerprint(authorization.token), expected.lower())
