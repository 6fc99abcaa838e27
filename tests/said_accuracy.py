"""`python -m tests.said_accuracy`: whether what was said before is found, over the chains of the official files.

The Council's resolutions that recommend a draft to the General Assembly, and the Assembly's resolutions that these
became, are built from the real files, which the repository does not hold. For each paragraph of an adopted text the
first hit outside its own text is asked for, and it is right where it is the same paragraph of an earlier version in the
chain: of that version's paragraphs none is more alike. The share of right ones is recall@1; the aim is 0.95. Paragraphs
of fewer than `FEWEST` words ("Decides as follows:") stand in many texts word for word, so they tell nothing apart.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from mappings.links.sameness import FEWEST
from mappings.official.document import Holder
from mappings.official.reading import read_official
from ontology.terms import BASE
from server.doors.alike_order import in_order
from server.doors.quoting import likeness, words_in
from server.doors.said import nearest
from server.publish import build
from server.search.index import opened
from server.store import EmbeddedStore
from tests.official import english_files

AIM = 0.95

_CHAINS = f"""PREFIX rec: <{BASE}def/>
SELECT DISTINCT ?draft ?text {{ ?draft rec:adoptedAs ?text . ?text rec:hasClause ?clause . ?draft rec:hasClause ?other }}"""
_CLAUSES = f"""PREFIX rec: <{BASE}def/>
SELECT DISTINCT ?clause ?words {{ <%s> rec:hasClause ?clause . ?clause rec:text ?words }} ORDER BY ?clause"""


def chained(files: list[Path]) -> list[Path]:
    """The files of resolutions that carry a draft, and of those that have the title of one."""
    titles: dict[str, list[Path]] = defaultdict(list)
    carriers: list[Path] = []
    drafts: set[str] = set()
    for path in files:
        for text in read_official(path):
            title = " ".join(text.title.split()).casefold()
            titles[title].append(path)
            if any(one.holder is Holder.DRAFT for one in text.provisions):
                carriers.append(path)
                drafts.add(title)
    return sorted({*carriers, *(path for title in drafts for path in titles.get(title, ()))})


def measure(folder: Path) -> tuple[int, int, int, list[str]]:
    """Of the release in a folder: its chains, the paragraphs that are asked for, those found right, the misses."""
    store = ox.Store.read_only(str(folder / "store"))
    asking = EmbeddedStore(folder / "store")
    versions: Mapping[str, list[str]] = defaultdict(list)
    for row in _rows(store, _CHAINS):
        versions[row["text"]].append(row["draft"])
    asked = right = 0
    misses: list[str] = []
    with opened(folder) as index:
        assert index is not None
        for text, drafts in sorted(versions.items()):
            earlier = {draft: _clauses(store, draft) for draft in drafts}
            for clause, words in _clauses(store, text).items():
                own = words_in(words)
                if len(own) < FEWEST:
                    continue
                asked += 1
                besides, path = text.removeprefix(BASE), clause.removeprefix(BASE)
                found = in_order(nearest(index, words, besides), asking, BASE, besides, path)
                first = BASE + found[0][0].path if found else ""
                version = next((held for held in earlier.values() if first in held), {})
                best = max((likeness(own, words_in(one)) for one in version.values()), default=2.0)
                if version and likeness(own, words_in(version[first])) >= best:
                    right += 1
                else:
                    misses.append(f"{clause} → {first or 'nothing'}")
    return len(versions), asked, right, misses


def _clauses(store: ox.Store, text: str) -> dict[str, str]:
    return {row["clause"]: row["words"] for row in _rows(store, _CLAUSES % text)}


def _rows(store: ox.Store, query: str) -> list[dict[str, str]]:
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [{name: row[name].value for name in names} for row in solutions]  # type: ignore[union-attr]


def main() -> int:
    """Builds, asks, prints; 1 where the share is below the aim, 0 with the reason where the files are not at hand."""
    shared = Path(os.environ.get("RECALLING_SHARED", Path(__file__).parents[2] / "shared"))
    files = english_files(shared)
    if not files:
        print(f"said before: skipped, no official texts at {shared}/official-resolutions (set RECALLING_SHARED)")
        return 0
    with tempfile.TemporaryDirectory() as data:
        published = build(chained(files), Path(data), jobs=2)
        assert published.release is not None
        chains, asked, right, misses = measure(published.release.folder)
    share = right / (asked or 1)
    print(f"said before: recall@1 {share:.4f} ({right} of {asked} paragraphs of {chains} adopted texts, aim {AIM})")
    print(*(f"    {miss}" for miss in misses), sep="\n")
    return int(share < AIM)


if __name__ == "__main__":
    sys.exit(main())
