"""A process that writes to a data folder and may be killed, with all that it starts."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from server.cli import main

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.kills.warm"])
# What changes a folder, as Python reports it before it happens; the engine's own files are not reported.
_STEPS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.symlink", "os.utime", "os.chmod"}


class Victim:
    """A process group of its own that does some work; it has begun when this is made."""

    def __init__(self, work: Callable[[], object], log: Path) -> None:
        ours, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_run, args=(work, log, theirs))
        self._process.start()
        theirs.close()
        self._word = ours
        ours.recv()
        ours.send("go")

    def kill(self, whole_group: bool = True) -> None:
        """SIGKILL to the group, or to its first process alone."""
        with suppress(ProcessLookupError):  # it had ended
            (os.killpg if whole_group else os.kill)(int(self._process.pid or 0), signal.SIGKILL)
        self.wait()

    def wait(self, seconds: float | None = None) -> int | None:
        """The exit status, below zero for a signal; None where it still works after so many seconds."""
        self._process.join(seconds)
        return self._process.exitcode

    def children(self) -> list[int]:
        """The processes that it has started and that live."""
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _run(work: Callable[[], object], log: Path, word: Connection) -> None:
    os.setsid()
    multiprocessing.set_start_method(None, force=True)  # what it starts, it starts as if it had been started by a shell
    with log.open("w") as output:
        os.dup2(output.fileno(), sys.stdout.fileno())
        os.dup2(output.fileno(), sys.stderr.fileno())
    word.send("ready")
    word.recv()
    work()


def command(arguments: list[str]) -> None:
    """A verb of the command line."""
    main(arguments)


def interrupted(work: Callable[[], object], data: Path, number: int) -> None:
    """Work that is killed before its step of that number, counted from 1, which changes something in a data folder."""
    left = number

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if _changes(event, arguments, str(data)):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    work()


def _changes(event: str, arguments: tuple[Any, ...], data: str) -> bool:
    paths = [os.fsdecode(one) for one in arguments if isinstance(one, str | bytes | os.PathLike)]
    if event == "open":
        writes = arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        return bool(writes) and bool(paths) and paths[0].startswith(data)
    # Within shutil.rmtree names are relative to a folder that is open.
    return event in _STEPS and any(path.startswith(data) or not path.startswith("/") for path in paths)
