"""Web processes take memory from the C library so that what is free goes back to the system."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys

import pytest

# Prints how many heaps eight threads had at once, and how many large pieces lay outside of them one after the other.
_MEASURED = """
import ctypes, json, sys, threading
from server.serve import _limit_heaps

class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "a b c pieces d e f g h i".split()]

library = ctypes.CDLL(None)
library.mallinfo2.restype = Info
library.malloc.restype, library.malloc.argtypes, library.free.argtypes = (
    ctypes.c_void_p, (ctypes.c_size_t,), (ctypes.c_void_p,))
if sys.argv[1] == "limited":
    _limit_heaps()
before, outside = library.mallinfo2().pieces, 0
for _ in range(3):
    piece = library.malloc(1024 * 1024)
    outside += library.mallinfo2().pieces - before
    library.free(piece)

together = threading.Barrier(8)
def take():
    together.wait()
    for _ in range(1000):
        library.malloc(5000)
    together.wait()
threads = [threading.Thread(target=take) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

library.open_memstream.restype = ctypes.c_void_p
text, size = ctypes.c_char_p(), ctypes.c_size_t()
stream = ctypes.c_void_p(library.open_memstream(ctypes.byref(text), ctypes.byref(size)))
library.malloc_info(0, stream)
library.fclose(stream)
print(json.dumps([text.value.count(b"<heap "), outside]))
"""


def measured(how: str) -> tuple[int, int]:
    command = [sys.executable, "-c", _MEASURED, how]
    heaps, outside = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return heaps, outside


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="the C library is not glibc 2.33 or later")
def test_threads_share_two_heaps_and_large_pieces_are_never_taken_from_them() -> None:
    assert measured("limited") == (2, 3)
    heaps, outside = measured("not limited")
    assert heaps > 2
    assert outside < 3
