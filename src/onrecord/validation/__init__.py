"""Checking: shapes, terms, structure and citations gathered into one report."""
