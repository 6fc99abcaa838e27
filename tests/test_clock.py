"""A clock that jumps ends no query and closes no client: what is bounded in time counts by itself.

Documents to check are left out: with libfaketime's switch for the monotonic clock `time.sleep` fails (EINVAL, Python
3.11), which the standard library calls while it waits for a process.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.serving import TEXT, running, write_release

LIBRARIES = (
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
)
FAKETIME = next((path for path in LIBRARIES if Path(path).exists()), None)
ASK = f"sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 5')}"


@pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed (Debian: faketime)")
def test_a_server_answers_all_the_same_when_the_clock_jumps_a_year_on_and_back(tmp_path: Path) -> None:
    write_release(tmp_path / "data")
    clock = tmp_path / "clock"
    clock.write_text("+0d\n")
    settings = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "DONT_FAKE_MONOTONIC": "1",  # the kernel's monotonic clock does not jump either
        "RECALLING_WEB_WORKERS": "1",
        "PATH": os.environ["PATH"],
    }
    log = tmp_path / "log"
    with (
        running(tmp_path / "data", settings, log=log) as server,
        httpx.Client(base_url=server.address, timeout=60) as client,
    ):
        refused: list[str] = []
        for number, jump in enumerate(("+0d", "+365d", "-365d", "+0d")):
            clock.write_text(f"{jump}\n")
            answers = [client.get(path) for path in (f"{TEXT}.html", f"{ASK}%23{number}", "health/ready", "texts.atom")]
            refused += [f"{jump} {one.url}: {one.text}" for one in answers if one.status_code != 200]
    assert not refused, refused
    years = set(re.findall(r'"time": "(20\d\d)-', log.read_text()))
    assert len(years) == 3, years  # it has jumped
