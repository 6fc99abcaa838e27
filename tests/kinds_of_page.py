"""The kinds of page: addresses written down for those that stand alone, found in the samples for those of things."""

from __future__ import annotations

from urllib.parse import quote

import httpx

from tests.published import GONE

_EMPTY = quote("SELECT * { ?s a <http://example.org/none> }")
_SOME = quote("SELECT ?s ?o { ?s a ?o } LIMIT 20")

# Each name says which kind; {text} is the draft resolution of which most is said, {release} the one that is served.
PAGES = {
    "home": "",
    "sessions": "sessions",
    "states": "states",
    "bodies": "bodies",
    "about": "about",
    "accuracy": "accuracy",
    "accessibility": "accessibility",
    "contact": "contact",
    "how to cite": "how-to-cite",
    "search": "search",
    "search with results and facets": "search?q=lighthouse",
    "search narrowed down": "search?q=lighthouse&kind=resolution",
    "search without results": "search?q=xyzzy",
    "gallery": "questions",
    "question with a chart": "questions/sponsors",
    "question with many columns": "questions/statements",
    "question about what is not there": "questions/sponsors?session=99",
    "network": "network?of={text}",
    "comparison": "compare?earlier=text/clcm/12/decision/1&later=text/clcm/13/decision/1",
    "editor": "sparql",
    "answer of a query": f"sparql?query={_SOME}",
    "answer without rows": f"sparql?query={_EMPTY}",
    "mistake in a query": f"sparql?query={quote('SELECT * { ?s ?p }')}",
    "validation": "validate",
    "reconciliation": "reconcile",
    "preview of a candidate": "reconcile/preview?id=state/PER",
    "dataset": "dataset",
    "dataset of a report": "dataset/report/clcm/12",
    "dumps": "dumps",
    "releases": "releases",
    "release": "releases/{release}",
    "validation report of a release": "releases/{release}/validation",
    "coverage of a release": "releases/{release}/coverage",
    "changes": "changes",
    "changes of a release": "changes/2",
    "profiles": "profiles",
    "vocabulary": "def/",
    "shapes": "shapes",
    "class": "def/Resolution",
    "property": "def/recalls",
    "not found": "no/such/page",
    "gone": GONE,
    "request that is not understood": "graph-store?graph=nothing",
}

STATUS = {
    "question about what is not there": 400,
    "mistake in a query": 400,
    "not found": 404,
    "gone": 410,
    "request that is not understood": 400,
}

# The classes whose things have pages, by their names in the vocabulary: of each the thing of which most is said.
THINGS = (
    *("Report", "Chapter", "Section", "Paragraph", "ListItem", "Footnote", "ReportedView", "Coverage", "Gap"),
    *("Resolution", "Decision", "DraftResolution", "DraftDecision", "PreambularParagraph", "OperativeParagraph"),
    *("SubParagraph", "Citation", "Mandate", "Fulfilment", "Sponsorship", "Statement", "Presentation", "Act"),
    *("Election", "Designation", "Session", "SessionPart", "Meeting", "AgendaItem", "Attendance", "Delegation"),
    *("Body", "State", "Group", "Organization", "Person", "Post", "ActorClass", "Document", "Instrument", "Verb"),
    *("Goal", "Target", "ParagraphLikeness"),
)
# And those of other vocabularies.
OTHERS = {
    "concept": "http://www.w3.org/2004/02/skos/core#Concept",
    "scheme": "http://www.w3.org/2004/02/skos/core#ConceptScheme",
    "name": "http://www.w3.org/2008/05/skos-xl#Label",
    "evidence": "http://www.w3.org/ns/oa#Annotation",
    "graph": "http://rdfs.org/ns/void#Dataset",
    "release": "release",
}
_RICHEST = """SELECT ?class ?thing (COUNT(*) AS ?said) {{ ?thing a ?class FILTER(STRSTARTS(STR(?thing), "{base}"))
{{ ?thing ?property ?value }} UNION {{ ?subject ?property ?thing }} }}
GROUP BY ?class ?thing ORDER BY DESC(?said) ?thing"""


def richest(base: str) -> dict[str, str]:
    """The path of which most is said of each class in the data of a site, by the class's IRI; that of a "release" too."""
    answer = httpx.get(f"{base}sparql", params={"query": _RICHEST.format(base=base), "format": "json"}, timeout=30)
    found: dict[str, str] = {}
    for row in answer.raise_for_status().json()["results"]["bindings"]:
        path = row["thing"]["value"].removeprefix(base)
        found.setdefault(row["class"]["value"], path)
        if path.startswith("release/"):  # other datasets, such as the description of the data, may be richer
            found.setdefault("release", path)
    return found
