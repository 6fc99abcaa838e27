"""The ontology, the concept schemes and the shapes as documentation with counts and examples from the data."""
