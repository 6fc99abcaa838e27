"""Sending a report to a server and following the work on it, for the command line."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import httpx

from server.bodies import content_digest
from server.intake.views import SUFFIXES

_TYPES = {suffix: media_type for media_type, suffix in SUFFIXES.items()}
LOOK_AGAIN = 1.0  # seconds


class SendingError(Exception):
    """A report that could not be sent, or was not published; the message says why."""


def send(report: Path, server: str, token: str, watch: Callable[[str], None], *, partial: bool = False) -> str:
    """The id of the release that the server published with a report; `watch` is told of each state of the work.

    `partial` lets it replace a fuller version that is held. Raises SendingError.
    """
    if report.suffix not in _TYPES:
        raise SendingError(f"{report}: reports are sent as {', '.join(_TYPES)} files")
    with httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
        try:
            job = _posted(client, report, f"{server.rstrip('/')}/reports", partial)
            watch(job["state"])
            while not job["ended"]:
                time.sleep(LOOK_AGAIN)
                before, job = job["state"], _read(client.get(urljoin(server, job["self"])))
                if job["state"] != before:
                    watch(job["state"])
        except (OSError, httpx.HTTPError) as error:
            raise SendingError(f"{server}: {error}") from error
    if job["state"] != "published":
        more = f"; see {urljoin(server, job['validation'])}" if job["validation"] else ""
        raise SendingError(f"{job['state']}: {job['message'] or 'nothing was published'}{more}")
    return str(job["release"])


def _posted(client: httpx.Client, report: Path, address: str, partial: bool) -> dict[str, str]:
    content = report.read_bytes()
    params = {"name": report.name, **({"partial": "true"} if partial else {})}
    headers = {"Content-Type": _TYPES[report.suffix], "Content-Digest": content_digest(content)}
    return _read(client.post(address, params=params, content=content, headers=headers))


def _read(response: httpx.Response) -> dict[str, str]:
    """The job that a server tells of. Raises SendingError where it tells of a problem."""
    try:
        document: dict[str, str] = response.json()
    except ValueError as error:
        raise SendingError(
            f"{response.url}: the answer ({response.status_code}) is not of a Recalling server"
        ) from error
    if response.is_error:
        raise SendingError(f"{document.get('title', response.status_code)}: {document.get('detail', '')}")
    return document
