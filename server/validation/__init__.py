"""Anyone's RDF, checked against our shapes."""
