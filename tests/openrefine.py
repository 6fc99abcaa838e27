"""OpenRefine as Debian packages it, on loopback: a table goes in, its columns are reconciled and extended."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.serving import free_port

OPENREFINE = shutil.which("openrefine")
_ROWS = json.dumps({"facets": [], "mode": "row-based"})


@dataclass(frozen=True, slots=True)
class Project:
    """A table in OpenRefine, and the reconciliation service that it is matched with."""

    client: httpx.Client
    id: str
    service: str

    def reconcile(self, column: str, kind: str, **properties: str) -> None:
        """Match a column to things of a type; `properties` are the columns that help and what they are of a thing."""
        details = [
            {"column": other, "propertyName": other, "propertyID": identity} for other, identity in properties.items()
        ]
        named = {"type": {"id": kind, "name": kind}, "columnDetails": details, "autoMatch": True, "limit": 0}
        config = {"mode": "standard-service", "service": self.service, **self._spaces(), **named}
        self._run("reconcile", {"columnName": column, "config": json.dumps(config)})

    def add_columns(self, column: str, *properties: str) -> None:
        """Add columns with the properties of the things that a column is matched to, behind it."""
        wanted = json.dumps({"properties": [{"id": one, "name": one} for one in properties]})
        given = {"baseColumnName": column, "endpoint": self.service, "extension": wanted, "columnInsertIndex": "1"}
        self._run("extend-data", {**given, **self._spaces()})

    def types(self, column: str) -> list[str]:
        """The types that OpenRefine proposes for a column, from what some of its cells may mean."""
        form = {"columnName": column, "service": self.service, "csrf_token": _token(self.client)}
        answer = self.client.post("command/core/guess-types-of-column", params={"project": self.id}, data=form)
        return [one["id"] for one in answer.raise_for_status().json()["types"]]

    def cells(self) -> list[dict[str, Any]]:
        """What OpenRefine holds of each row's first cell: `j` is its judgement, `m` the match, `c` the candidates."""
        answer = self.client.post(
            "command/core/get-rows", params={"project": self.id, "start": 0, "limit": 100}, data={"engine": _ROWS}
        ).json()
        return [answer["pool"]["recons"][row["cells"][0]["r"]] for row in answer["rows"]]

    def table(self) -> str:
        """The table as CSV."""
        form = {"project": self.id, "format": "csv", "engine": _ROWS}
        return self.client.post("command/core/export-rows", data=form).raise_for_status().text

    def _spaces(self) -> dict[str, str]:
        manifest = httpx.get(self.service).json()
        return {name: manifest[name] for name in ("identifierSpace", "schemaSpace")}

    def _run(self, command: str, form: dict[str, str]) -> None:
        """Start a process of OpenRefine and wait for its end."""
        form = {**form, "engine": _ROWS, "csrf_token": _token(self.client)}
        answer = self.client.post(f"command/core/{command}", params={"project": self.id}, data=form).json()
        assert answer["code"] in ("ok", "pending"), answer
        for _ in range(600):
            if not self.client.get("command/core/get-processes", params={"project": self.id}).json()["processes"]:
                return
            time.sleep(0.1)
        raise AssertionError(f"{command} does not come to an end")


def opened(client: httpx.Client, table: str, service: str) -> Project:
    """A new project with a table in CSV."""
    options = json.dumps({"separator": ",", "encoding": "UTF-8", "headerLines": 1})
    answer = client.post(
        "command/core/create-project-from-upload",
        params={"csrf_token": _token(client)},
        files={"project-file": ("table.csv", table.encode(), "text/csv")},
        data={"project-name": "table", "format": "text/line-based/*sv", "options": options},
    )
    return Project(client, answer.headers["Location"].rpartition("=")[2], service)


@contextmanager
def openrefine(folder: Path) -> Iterator[httpx.Client]:
    """A client of OpenRefine's own commands, with its projects in a folder."""
    port = free_port()
    command = [str(OPENREFINE), "-i", "127.0.0.1", "-p", str(port), "-d", str(folder), "-x", "refine.headless=true"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/", timeout=60) as client:
            _wait(client, process)
            yield client
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "OpenRefine has ended"
        try:
            if client.get("command/core/get-version").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("OpenRefine does not answer")


def _token(client: httpx.Client) -> str:
    return str(client.get("command/core/get-csrf-token").json()["token"])
