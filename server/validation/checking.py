"""Checking a document in a process of its own, within bounds of time, memory and number."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from rdflib import Graph

from server.errors import Problem, bad_request, pointed
from server.negotiation import Form
from server.sparql.confinement import giving_way
from server.sparql.failures import BusyError
from server.sparql.turns import Turns
from server.validation.outcome import Outcome

CHECKS = 2  # at a time in each web process: one client has one of them, so that the other is free for others
WAITING = 8  # documents in each web process, besides those that are being checked


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one check may take: seconds, seconds of waiting for another to end; bytes of memory of all together."""

    seconds: float
    patience: float
    memory: int


class Checker:
    """Checks documents, `CHECKS` at a time, in `turns`; safe to use from several threads."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self.turns = Turns(CHECKS, WAITING, bounds.patience)

    def report(self, document: bytes, form: Form, base: str, client: str = "") -> Graph:
        """The SHACL validation report of a client's document. Raises the Problem that tells why there is none."""
        try:
            with self.turns.taken(client):
                answer, code = self._run(document, form.media_type, base)
        except BusyError as error:
            detail = "Other documents are being checked; try again."
            raise Problem(503, "Busy", detail, headers={"Retry-After": "20"}) from error
        head, _, body = answer.partition(b"\n")
        said: list[Any] = json.loads(head) if head else [Outcome.EXHAUSTED] if code < 0 else []
        match said:
            case [Outcome.REPORT]:
                return Graph().parse(data=body, format="nt")
            case [Outcome.UNREADABLE, reason, line, column]:
                raise _unreadable(document, reason, line, column)
            case [Outcome.EXHAUSTED]:
                raise Problem(503, "Memory limit", "The check needed more memory than one check may use.")
            case _:
                raise ChildProcessError(f"the process that checks a document ended with status {code}")

    def _run(self, document: bytes, media_type: str, base: str) -> tuple[bytes, int]:
        """What the process answers, and its status, which is below zero where it was killed."""
        command = [
            sys.executable,
            "-P",
            "-m",
            "server.validation.check",
            media_type,
            base,
            str(self._bounds.memory // CHECKS),
        ]
        try:
            done = subprocess.run(  # noqa: S603 - the command is ours, the document goes to its standard input
                giving_way(command), input=document, stdout=subprocess.PIPE, timeout=self._bounds.seconds, check=False
            )
        except subprocess.TimeoutExpired as error:
            seconds = self._bounds.seconds
            detail = f"The check was ended after {seconds:g} seconds, the limit for one check."
            raise Problem(503, "Time limit", detail, {"limit": seconds}, {"Retry-After": "60"}) from error
        return done.stdout, done.returncode


def _unreadable(document: bytes, reason: str, line: int, column: int) -> Problem:
    """400 with the place, where the parser tells it, and the line itself."""
    if not line:
        return bad_request(reason)
    lines = document.decode("utf-8", "replace").split("\n")
    source = pointed(lines[min(line, len(lines)) - 1], column)
    return Problem(400, "Syntax error", reason, {"line": line, "column": column, "source": source})
