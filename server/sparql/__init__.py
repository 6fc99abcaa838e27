"""The SPARQL endpoint: protocols, queries in processes of their own, what bounds them."""
