"""Kotlin as tree-sitter-kotlin can read it: as long, and with the same meaning (1.1.0)."""

from __future__ import annotations

import re

# A name: as a modifier, it has a word or an annotation behind it.
_NAMED_LIKE_MODIFIER = re.compile(
    r"\b(?:abstract|crossinline|external|final|infix|inline|internal|lateinit|noinline|open"
    r"|override|private|protected|public|sealed|tailrec|vararg)\b(?!\s*[@/]|\s+\w)"
)
# `when (x) { is A if x.ready -> …`, which reads as `is A, x.ready ->` (Kotlin 2.2, "Guard
# conditions in when"): no other line has `if` behind what begins a branch.
_GUARD = re.compile(
    r"(?m)(?P<branch>(?:^|[{;])[ \t]*(?:!?(?:is|in)\s[^\n\"{};=]{1,200}?|[A-Z][\w.]*)[ \t])if"
    r"(?=[ \t][^\n]{0,200}->)"
)
# `$$"…"` has more signs for a template (Kotlin 2.2), and `suspend { … }` is a call.
_DOLLARS = re.compile(r"(?<![\w$\"])\$\$+(?=\")")
_SUSPEND = re.compile(r"\bsuspend(?=\s*\{)")
# A brace, or the first blank in front of one that ends what stands on its line.
_BRACE = re.compile(r"\$?\{|(?P<blank>(?<=[^\s{;,(\[]) (?= *\})(?<!-> )(?<!\*/ ))|\}")


def mended(text: str) -> str:
    """Return the text with all that the grammar misses."""
    # Behind a property its scanner reads an annotation to the end of the line, and where that is
    # the end of the text it never comes back: the text ends with a line break, which no node has.
    text = f"{text}\n"
    # It takes the name in `external("…")` for a modifier.
    text = _DOLLARS.sub(lambda dollars: " " * len(dollars[0]), text)
    text = _SUSPEND.sub("suspenD", _GUARD.sub(r"\g<branch>, ", text))
    text = _NAMED_LIKE_MODIFIER.sub(lambda name: f"{name[0][:-1]}_", text)
    return "\n".join(map(_with_ends, text.split("\n")))


def _with_ends(line: str) -> str:
    # A member ends where its class does, also on one line: the grammar wants a sign in between. In
    # a template none may stand.
    opened: list[str] = []

    def ended(brace: re.Match[str]) -> str:
        if brace["blank"]:
            return brace[0] if opened[-1:] == ["${"] else ";"
        if brace[0] != "}":
            opened.append(brace[0])
        elif opened:
            opened.pop()
        return brace[0]

    return _BRACE.sub(ended, line)
