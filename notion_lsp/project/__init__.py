"""A folder: its settings, the files to search, the names in use, what stands beside a file."""
