"""Formats of Go, C and C++."""

from __future__ import annotations

import re

from notion_lsp.languages._formats import FLAGS, Formats, calls, percent
from notion_lsp.syntax.formats import Style

# Go, "fmt": `%[2]d` takes the second value, and what follows goes on from there.
_GO_PRINTS = "print|sprint|error|fatal|panic|log|debug|info|notice|warn(ing)?|critical|trace|exit"
_GO_CALL = "(call_expression function: (_) @_function arguments: (argument_list {}))"
_GO_TEXT = "[(interpreted_string_literal) (raw_string_literal) (binary_expression)]"
_GO_FUNCTIONS = (
    f"(?i)(^|[.])({_GO_PRINTS}|skip|new)f$",
    "(?i)(^|[.])(append|fprint|wrap|log|debug|error|info|warn(ing)?)f$",
)
# What is a format without values: `go vet` wants it to be a constant.
_GO_CALL_ALONE = _GO_CALL.replace("{}", "{} .")
_GO_MADE = "[(binary_expression) (parenthesized_expression) (selector_expression)]"
GO_ALONE = calls(_GO_CALL_ALONE, "(identifier)", _GO_FUNCTIONS, style="format_alone") + calls(
    _GO_CALL_ALONE, _GO_MADE, _GO_FUNCTIONS, style="format_made"
)
GO = Formats(
    calls(_GO_CALL, _GO_TEXT, _GO_FUNCTIONS)
    + """
(argument_list (_) @argument) @arguments
(argument_list (variadic_argument) @spread) @arguments
(argument_list (comment) @beside) @arguments
""",
    {
        "format": Style(
            percent(
                rf"{FLAGS}[a-zA-Z]",
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
    percent(
        rf"{FLAGS}[hlLqjzt]*[a-zA-Z]",
        r"(?P<number>\d+)\$[-+ #0']*(?:[1-9]\d*)?(?:\.\d*)?[hlLqjzt]*[a-zA-Z]",
        r"[-+ #0'\d.*]+\$",
    ),
    numbered="%{}$s",
)
_C_ARGUMENTS = """
(argument_list (_) @argument) @arguments
(argument_list (comment) @beside) @arguments
"""
C = Formats(
    calls(
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
    + calls(
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
