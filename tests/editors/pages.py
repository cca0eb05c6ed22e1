"""What the pages under docs/editors/ tell people to write, taken out of them as it stands."""

from __future__ import annotations

import re
from pathlib import Path

PAGES = Path(__file__).parents[2] / "docs" / "editors"

# A block of code belongs to the file that the line above it names last.
_BLOCK = re.compile(
    r"(?m)^(?P<above>.*`(?P<file>[^`\n]+)`[^`\n]*)\n\n```\w*\n(?P<text>(?s:.*?))^```$"
)


def shown(page: str, file: str, under: str = "") -> str:
    """Return the text that a page, or what is under a heading of it, shows for a file, once."""
    text = (PAGES / f"{page}.md").read_text("utf-8")
    if under:
        text = re.split(r"(?m)^#", text.split(f"# {under}\n")[1])[0]
    (found,) = [each["text"] for each in _BLOCK.finditer(text) if each["file"] == file]
    return found
