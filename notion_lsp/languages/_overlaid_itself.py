"""An element of a collection that is set to what was made of it: no other value comes there."""

from __future__ import annotations

import re

# The end of an expression that is one value, or made of that alone.
_ENDS = (
    r"(?:(?:[.:]|->)\w+(?:\((?:[\"'][^\"'\n]{0,40}[\"'][,\s]*){0,4}\))?|\))*\s*(?:[;}\n]|end\b|\Z)"
)
_MADE_OF = r"\s*=\s*(?:[\w.\\]{1,40}[( ]\s*)?"
# `tokens[key] = tokens[key].strip()`
_ELEMENT = re.compile(rf"(?P<element>[^\n=]{{1,80}}?){_MADE_OF}(?P=element){_ENDS}")
# `tokens[key] = value.strip()`, in a loop over the keys and values of `tokens`.
_VALUE = re.compile(
    rf"[$@]?(?P<owner>[\w.]{{1,80}})(?:->)?[\[{{](?P<key>[$]?\w+)[\]}}]{_MADE_OF}(?P<value>[$]?\w+){_ENDS}"
)
_LONGEST_HEAD = 120  # code points


def is_made_of_itself(text: str, start: int) -> bool:
    """Whether the assignment there gives an element nothing but its own value."""
    found = _VALUE.match(text, start)
    return bool(_ELEMENT.match(text, start)) or bool(found and _is_its_value(text, found))


def _is_its_value(text: str, found: re.Match[str]) -> bool:
    owner, key, value = (re.escape(name) for name in found.group("owner", "key", "value"))
    head = text[max(0, found.start() - _LONGEST_HEAD) : found.start()]
    both = rf"{key}\s*(?:,|=>)\s*{value}(?!\w)"
    of_owner = rf"(?<![\w.]){owner}(?!\w)"
    return bool(re.search(rf"{both}[^\n]*{of_owner}|{of_owner}[^\n]*{both}", head))
