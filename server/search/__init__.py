"""Search: an index of words, names and symbols, made with each release, and what is found with it."""
