"""How much one request may ask for; the page /reconcile and docs/reconciliation.md name these numbers."""

from __future__ import annotations

from server.search.asking import LENGTH

BATCH = 50  # queries
SECONDS = 10.0  # that a batch may take
CANDIDATES = 10  # that a query gets if it does not say how many
MOST_CANDIDATES = 100
CONSTRAINTS = 10  # properties of a query
ALTERNATIVES = 10  # values of a property, types of a query
IDENTIFIERS = 500  # things of a data extension
COLUMNS = 30  # properties of a data extension
SUGGESTIONS = 20
CURSOR = 1000  # suggestions that are passed over
WORDS = LENGTH  # characters of a name
NAME = 1000  # characters of an identifier
