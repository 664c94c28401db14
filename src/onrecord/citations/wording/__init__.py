"""Wording rules: what can be decided about whether a quotation carries the statement that cites it."""
