"""A release in another engine: any SPARQL 1.1 endpoint instead of the embedded store, asked over HTTP."""
