"""Captured texts of sources: the archive, extraction, commitments and proofs."""
