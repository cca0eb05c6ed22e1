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
# What a script sets, and what the file around it sets for it: `X: …`, `X = …`. What mentions its
# own name, as `X: ${{ secrets.X }}` does, keeps the value that it has elsewhere.
_SET_IN_SCRIPTS = re.compile(rf"(?<![\w$-]){_NAME}=(?![^\n]{{0,200}}\b\1\b)")
_SET_AROUND = re.compile(rf"(?<![\w$-]){_NAME}(?:[\"']?:[ \t]| =)(?![^\n]{{0,200}}\b\1\b)")
_TO_WHAT_FOLLOWS = re.compile(rf"(?<![\w$-]){_NAME}=\\?[\"']?\Z")
_LONGEST = 80  # characters of a name


def set_in(text: str) -> set[str]:
    """Return the variables that the text sets: a lookup would find what it has set."""
    return {name for groups in _SET.findall(text) for name in groups if name}


def set_in_scripts(text: str) -> list[str]:
    """Return the variables that scripts inside a file set, each as often as they do."""
    return _SET_IN_SCRIPTS.findall(text)


def set_around_scripts(text: str) -> list[str]:
    """Return the variables that a file sets for the scripts inside it, likewise."""
    return _SET_AROUND.findall(text)


def set_to(text: str, start: int) -> str | None:
    """Return the variable that a script sets to what begins there."""
    found = _TO_WHAT_FOLLOWS.search(text, max(start - _LONGEST, 0), start)
    return found[1] if found else None
