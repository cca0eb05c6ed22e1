"""The variables that a text sets in its own environment, in whatever language."""

from __future__ import annotations

import re

_NAME = r"([A-Z][A-Z0-9_]{2,})\b"
_SET = re.compile(
    # A call: `os.Setenv("X", …)`, `putenv('X=…')`, `monkeypatch.setenv("X", …)`.
    rf"(?i:set_?env|put_?env|stub_?env|set_?var|set_?default)\w{{0,30}}[^\w\n]{{1,6}}{_NAME}"
    # An assignment: `process.env.X = …`, `ENV["X"] ||= …`, `$ENV{X} = …`.
    rf"|(?i:env|environ|_server)['\"]?[.:({{\[]*['\"]?{_NAME}['\"]?[\])}}]*\s?[|?]*=(?![=~>])"
    # Several: `Object.assign(process.env, {X: …})`, `os.environ.update(X=…)`, `environ |= {…}`.
    rf"|(?i:env|environ)(?:[.,]|\s?\|=)[^;\n]{{0,80}}?\b{_NAME}['\"]?\s?(?:=>|[:=])(?!=)"
)


def set_in(text: str) -> set[str]:
    """Return the variables that the text sets: a lookup would find what it has set."""
    return {name for groups in _SET.findall(text) for name in groups if name}
