"""Answers of queries with the notes that their rows rest on."""
