"""Files, paths and git: bytes as they are, and what git says of them."""
