"""Asks the client what it finds at an endpoint, and what it says of queries, which are JSON on the standard input."""

from __future__ import annotations

import json
import sys

from sparql_llm import SparqlExamplesLoader, get_shex_dict_from_void, validate_sparql_with_void
from sparql_llm.utils import get_prefix_converter, get_prefixes_for_endpoint, get_schema_for_endpoint

endpoint = sys.argv[1]
prefixes = get_prefixes_for_endpoint(endpoint)
schema = {endpoint: get_schema_for_endpoint(endpoint)}
converter = get_prefix_converter(dict(prefixes))
examples = [(document.page_content, document.metadata) for document in SparqlExamplesLoader(endpoint).load()]
print(
    json.dumps(
        {
            "prefixes": prefixes,
            "examples": examples,
            "cards": get_shex_dict_from_void(endpoint, dict(prefixes)),
            "verdicts": [
                sorted(validate_sparql_with_void(query, endpoint, converter, schema)) for query in json.load(sys.stdin)
            ],
        }
    )
)
