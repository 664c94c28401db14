"""What is written out for other readers: reference pages and claim files, one file a format."""
