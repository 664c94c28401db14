"""Quotations: locating them in their sources, and the rules on how statements may word them."""
