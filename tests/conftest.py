"""Puts this folder on the path, so that tests in any folder below import its helpers."""
