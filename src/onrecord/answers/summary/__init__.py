"""Sourced summaries to publish, and checks of written ones."""
