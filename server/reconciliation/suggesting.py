"""Things that what a person is typing may become."""

from __future__ import annotations

import json
from collections.abc import Sequence

from server.reconciliation.matching import Source, Thing, things
from server.search.asking import asked, beginnings
from server.search.straight import meant

_LIKELIEST = """
SELECT path, kind, thing.title FROM spelt JOIN thing ON thing.id = spelt.rowid
WHERE spelt MATCH ? AND kind IN (SELECT value FROM json_each(?))
ORDER BY -bm25(spelt, 4.0, 3.0, 0.0) * thing.weight DESC, path LIMIT ?
"""


def suggested(source: Source, prefix: str, kinds: Sequence[str], cursor: int, limit: int) -> list[Thing]:
    """Things of the kinds with what has been typed in their names, its last word as a beginning, the likeliest first.

    What is typed as a symbol, a number with an organ or an identifier comes before all others.
    """
    typed = asked(prefix)
    first = things(source.index, meant(source.index, source.store, source.base, source.here, typed), kinds)
    if not typed.terms:
        return first[cursor : cursor + limit]
    rows = source.index.execute(
        _LIKELIEST,
        (f"{{title names}} : ({beginnings(typed.terms)})", json.dumps(list(kinds)), cursor + limit + len(first)),
    )
    return list(dict.fromkeys([*first, *(Thing(*row) for row in rows)]))[cursor : cursor + limit]
