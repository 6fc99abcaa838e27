"""What is taken from a process that works on what strangers send: the network, memory, its turn at the processor.

The network is taken by a seccomp filter of the Linux kernel, where there is one.

The engine reaches other hosts by itself for SERVICE and LOAD and has no switch against it. Such queries are refused
before they come to a worker; this holds should that check ever be deceived.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import resource
import shutil
import struct
import sys
from collections.abc import Sequence

BESIDE = 5  # a third of that weight: who waits for a page waits for a web process alone, who asks a query for both
NICE = 10  # a tenth of the weight of a process of the web in the kernel's sharing out of the processor
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, return
_SYSCALL_AT, _ARCHITECTURE_AT = 0, 4  # offsets in the kernel's seccomp_data

# Per machine: the audit architecture and the numbers of socket and io_uring_setup in the kernel's tables.
_MACHINES = {"x86_64": (0xC000003E, (41, 425)), "aarch64": (0xC00000B7, (198, 425))}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def close_network() -> bool:
    """Whether this process and its threads to come can no longer open a socket; False where the system cannot do it."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    architecture, calls = _MACHINES[platform.machine()]
    refuse = (_RETURN, 0, 0, _ERRNO | errno.EACCES)
    steps = [(_LOAD, 0, 0, _ARCHITECTURE_AT), (_EQUAL, 1, 0, architecture), refuse, (_LOAD, 0, 0, _SYSCALL_AT)]
    for call in calls:
        steps += [(_EQUAL, 0, 1, call), refuse]
    steps.append((_RETURN, 0, 0, _ALLOW))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def giving_way(command: Sequence[str]) -> list[str]:
    """The command with less weight at the processor, so that pages are answered while checks and builds work.

    It must not be started in a session of its own: where the kernel groups processes by session, it weighs groups.
    """
    nice = shutil.which("nice")
    return [nice, "-n", str(NICE), *command] if nice else [*command]


def limit_memory(size: int) -> None:
    """Lets this process allocate at most `size` bytes from now on, and leaves no core file when it needs more."""
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
