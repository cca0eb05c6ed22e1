"""Formats: which functions of each language take one, and how it is written.

The captures are those of `notion_lsp.syntax.formats`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.syntax.formats import Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Formats(NamedTuple):
    """The formats of a language: a query, and the styles that its captures name."""

    query: str
    styles: Mapping[str, Style]


def _percent(takes: str, number: str = "", other: str = "(?!)") -> re.Pattern[str]:
    numbered = number or "(?!)(?P<number>)"
    return re.compile(rf"%(?:%|{numbered}|(?P<other>{other})|(?P<takes>{takes}))")


_FLAGS = r"[-+ #0']*(?:\d+|\*)?(?:\.(?:\d+|\*)?)?"


def _calls(
    call: str, text: str, functions: Sequence[str], *, style: str = "format", argument: str = "{}"
) -> str:
    """Return the rows of calls whose first text is a format.

    `call` is a call's node with `@_function` in it and a place for the arguments, `argument` the
    node of one. Of the `functions` each takes one more argument before its format.
    """
    rows = []
    for before, names in enumerate(functions):
        passed = [". " + argument.format("(_) @_before")] * before
        behind = '(#not-match? @_before "^[\\"\'`]")' if before else ""
        arguments = " ".join([*passed, f". {argument.format(f'{text} @{style}')}"])
        rows.append(f'({call.format(arguments)} (#match? @_function "{names}") {behind})')
    return "\n".join(rows)


# Go, "fmt": `%[2]d` takes the second value, and what follows goes on from there.
_GO_PRINTS = "print|sprint|error|fatal|panic|log|debug|info|notice|warn(ing)?|critical|trace|exit"
_GO_CALL = "(call_expression function: (_) @_function arguments: (argument_list {}))"
_GO_TEXT = "[(interpreted_string_literal) (raw_string_literal) (binary_expression)]"
GO = Formats(
    _calls(
        _GO_CALL,
        _GO_TEXT,
        (
            f"(?i)(^|[.])({_GO_PRINTS}|skip|new)f$",
            "(?i)(^|[.])(append|fprint|wrap|log|debug|error|info|warn(ing)?)f$",
        ),
    )
    + """
(argument_list (_) @argument) @arguments
(argument_list (variadic_argument) @spread) @arguments
(argument_list (comment) @beside) @arguments
""",
    {
        "format": Style(
            _percent(
                rf"{_FLAGS}[a-zA-Z]",
                r"[-+ #0]*\[(?P<number>\d+)\][a-zA-Z]",
                r"[-+ #0\d.*]*\[\d+\][^a-zA-Z]|[-+ #0\d.*]+\[",
            ),
            numbered="%[{}]s",
        )
    },
)

# C17, 7.21.6.1; C++ has the same functions. A `va_list` takes no more values.
_C_TEXT = "[(string_literal) (concatenated_string)]"
_C_CALL = "(call_expression function: (_) @_function arguments: (argument_list {}))"
_C_PERCENT = Style(
    _percent(
        rf"{_FLAGS}[hlLqjzt]*[a-zA-Z]",
        r"(?P<number>\d+)\$[-+ #0']*\d*(?:\.\d*)?[hlLqjzt]*[a-zA-Z]",
        r"[-+ #0'\d.*]+\$",
    ),
    numbered="%{}$s",
)
_C_ARGUMENTS = """
(argument_list (_) @argument) @arguments
(argument_list (comment) @beside) @arguments
"""
C = Formats(
    _calls(
        _C_CALL,
        _C_TEXT,
        (
            "^(std::|g_|absl::)?(printf(_s)?|warnx?|print|printerr|PrintF|StrFormat)$",
            "^(std::|g_|absl::)?([fds]printf(_s)?|asprintf|syslog|errx?|FPrintF)$",
            "^(std::|g_)?snprintf(_s)?$",
        ),
    )
    + _C_ARGUMENTS,
    {"format": _C_PERCENT},
)
_CPP_LOGS = "(^spdlog::|log(ger)?_?([.]|->))(trace|debug|info|warn|error|critical)$"
CPP = Formats(
    C.query
    + _calls(
        _C_CALL,
        "[(string_literal) (concatenated_string) (raw_string_literal)]",
        (
            rf"^(std|fmt)::(format|print|println)$|{_CPP_LOGS}",
            r"^(std|fmt)::(print|println|format_to)$",
        ),
        style="braces",
    ),
    {
        "format": _C_PERCENT,
        "braces": Style(
            re.compile(
                r"\{\{|\}\}|\{(?P<number>\d+)(?::[^{}]*)?\}|\{(?P<takes>(?::(?:\{\}|[^{}])*)?)\}"
                r"|(?P<other>\{)"
            ),
            "{}",
            "{{{}}}",
            first=0,
        ),
    },
)
