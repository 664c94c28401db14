"""What a reader asks of a base: lists, sheets of claims, figures, the corrections log."""
