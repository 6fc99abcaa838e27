"""The OpenSearch 1.1 description: how this server is searched."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/opensearchdescription+xml"
SUGGESTIONS = "application/x-suggestions+json"
_FORMS = (("text/html", "search.html"), ("application/json", "search.json"), ("text/csv", "search.csv"))


def description(base: str) -> str:
    """The description of the search of the deployment at an address."""
    urls = [
        (media_type, f"{base}{path}?q={{searchTerms}}&page={{startPage?}}", "results") for media_type, path in _FORMS
    ]
    urls.append((SUGGESTIONS, f"{base}search/suggest?q={{searchTerms}}", "suggestions"))
    listed = "".join(
        f'<Url type="{media_type}" rel="{rel}" method="get" template={quoteattr(template)}/>\n'
        for media_type, template, rel in urls
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Recalling</ShortName>
<Description>Resolutions, paragraphs, documents, States and bodies in the session reports of commissions</Description>
<InputEncoding>UTF-8</InputEncoding>
<OutputEncoding>UTF-8</OutputEncoding>
<Language>en</Language>
<Image width="16" height="16" type="image/svg+xml">{escape(base)}static/icon.svg</Image>
{listed}<Url type="{MEDIA_TYPE}" rel="self" template={quoteattr(f"{base}opensearch.xml")}/>
</OpenSearchDescription>
"""
