"""SPARQL over a base: guarding queries and writing results."""
