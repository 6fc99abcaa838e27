"""The files that reports were read from, as they came, with the text that was read: by digest, beside the releases.

    DATA/sources/<sha256>/original.pdf     the bytes as they came
                          text.txt         the text that offsets count in
                          source.json      media type, converter and version, pages as pairs of offset and page

They are not served. A report's `report.json` names the digest under "original".
"""

from __future__ import annotations

import json
from pathlib import Path

from mappings.converting.kinds import MEDIA_TYPES
from mappings.source import Source
from server.publishing.disk import force, unfinished_folder
from server.publishing.release import SOURCES


def keep_source(data: Path, source: Source) -> None:
    """Keep the file of a source and its text. Call it under `writing`; what is kept already stays as it is."""
    original = source.original
    if original is None:
        return
    folder = data / SOURCES
    folder.mkdir(exist_ok=True)
    final = folder / original.sha256
    record = {
        "name": source.name,
        "mediaType": original.media_type,
        "converter": original.converter,
        "version": original.version,
        "pages": [list(turn) for turn in original.pages],
    }
    kept = final / "source.json"
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    if kept.exists() and kept.read_text(encoding="utf-8") == text:
        return
    unfinished = unfinished_folder(folder)
    (unfinished / f"original{MEDIA_TYPES[original.media_type]}").write_bytes(original.data)
    (unfinished / "text.txt").write_text(source.text, encoding="utf-8", newline="")
    (unfinished / "source.json").write_text(text, encoding="utf-8")
    for path in unfinished.iterdir():
        force(path)
    if final.exists():  # made by another version of the converter: what is in force now is read by this one
        final.rename(unfinished_folder(folder) / "replaced")
    unfinished.rename(final)
    force(folder)
