"""Finds Notion tokens typed into code and rewrites them to a lookup."""

__version__ = "0.1.0"
