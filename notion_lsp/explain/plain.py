"""Sentences for places that show no Markdown: a menu, a list of problems, a terminal."""

from __future__ import annotations

import re

_CODE = re.compile(r"`([^`]+)`")


def plain(sentence: str) -> str:
    """Return a sentence with quotes around what is marked as code in Markdown."""
    return _CODE.sub(r'"\1"', sentence)
