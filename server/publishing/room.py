"""Whether the disk has room for a release, told before anything of it is written."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from server.publishing.growing import can_grow, changes
from server.publishing.manifest import Manifest
from server.publishing.release import Release, ReleaseError

# Bytes that the store takes for a byte of N-Quads: its statement stands in six orders and, in the default graph, in
# three more. Measured on reports of 8 to 40 thousand quads: 0.9 to 1.2.
_STORE = 1.5
_AT_LEAST = 4 << 20  # the engine's own files, the manifest, the statistics


def check_room(data: Path, served: Release | None, manifest: Manifest) -> None:
    """Raises ReleaseError, which says how much is needed, where the disk is too full for a release."""
    grows = served is not None and can_grow(served.folder, served.manifest, manifest)
    before = served.manifest if served and grows else None
    new = [change.after for change in changes(before, manifest) if change.after]
    if served and (described := served.manifest.parts.get("release")):  # written anew, and much like the last one
        new.append(described)
    written = sum(packed.size for part in new for form, packed in part.downloads.items() if form == "nq")
    indexes = served.folder.glob("*.sqlite") if served and grows else ()
    index = sum(path.stat().st_size for path in indexes)
    needed, free = int(written * _STORE) + index + _AT_LEAST, shutil.disk_usage(data).free
    if needed > free:
        full = f"{os.strerror(errno.ENOSPC)}: a release needs about {needed} bytes more, and {free} are free"
        raise ReleaseError(f"cannot write to {data}: {full}")
