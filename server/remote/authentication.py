"""Who asks an engine to load a release."""

from __future__ import annotations

import httpx


def authentication(user: str | None, password: str, digest: bool) -> httpx.Auth | None:
    """How a user is told to an engine: HTTP basic or digest authentication (RFC 7617, RFC 7616); None for nobody."""
    if user is None:
        return None
    return httpx.DigestAuth(user, password) if digest else httpx.BasicAuth(user, password)
