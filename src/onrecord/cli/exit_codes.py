"""The exit codes of every command."""

OK = 0
"""Nothing at or above the fail level."""
FOUND = 1
"""Findings; `ask` not on record; `find-quote` without a hit."""
COULD_NOT = 2
"""Could not run: bad arguments, unreadable input, a refused query."""
INTERRUPTED = 130
"""Stopped from the keyboard."""
