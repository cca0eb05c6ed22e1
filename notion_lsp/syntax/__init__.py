"""What a text is made of: its tree or its lines, and what stands around a token."""
