"""Facts as triples: one module per part of the model, each a function from facts to triples."""
