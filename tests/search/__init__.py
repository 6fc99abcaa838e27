"""Tables of searches: what is typed, and what is found."""
