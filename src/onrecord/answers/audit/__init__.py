"""Somebody's text against the base, sentence by sentence."""
