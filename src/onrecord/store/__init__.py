"""Where facts are kept: files as the truth, the index built from them, and filing changes."""
