"""Finding claims by words, names and meaning."""
