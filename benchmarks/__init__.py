"""Benchmarks: ratios within one run against a named peer or limit, never a timed test."""
