"""Formats of Java, Kotlin, Scala and C#."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages._formats import Formats, calls, percent
from notion_lsp.syntax.formats import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

# `java.util.Formatter`: `%<s` takes the value before once more. An array is all of the values.
_FLAGS = r"[-+ #0,(]*(?:[1-9]\d*)?(?:\.\d+)?"
_ARRAY = (
    r"(?:\[\]|\.\.\.)\s*{}\b|\b{}\s*(?:\[\]|:\s*Array\b)"
    r"|\b{}\s*(?::[^=\n]*)?=\s*(?:new\b[^;(]*\[|array)"
)


def _jvm_percent(dollar: str) -> Style:
    return Style(
        percent(
            rf"{_FLAGS}(?:[tT][a-zA-Z]|[a-zA-Z])",
            rf"(?P<number>\d+){re.escape(dollar)}{_FLAGS}(?:[tT][a-zA-Z]|[a-zA-Z])",
            r"[-+ #0,(\d.]*<|\d+\\?\$",
            signs="%n",
        ),
        numbered=f"%{{}}{dollar}s",
        many=_ARRAY,
    )


# `java.text.MessageFormat`: an apostrophe begins a text in which nothing is filled in.
_MESSAGE = Style(
    re.compile(r"''|\{(?P<number>\d+)(?:,[^{}]*)?\}|(?P<other>['{])"),
    numbered="{{{}}}",
    first=0,
    plain=True,
    many=_ARRAY,
)
# SLF4J and Log4j 2. What is left of the values may be an exception.
_LOG = Style(re.compile(r"\{(?P<takes>)\}|(?P<other>\\\{)"), "{}", plain=True, many=_ARRAY)

_WRITERS = "[oO]ut|[eE]rr|[wW]riter|[sS]tream|[fF]ormatter|[cC]onsole"
_FORMATS = rf"(^|[.])(String|\\w*({_WRITERS})(\\(\\))?)$"
_LOGS = r"(?i)(^|[._])(log|logger)(\\(\\))?$"
_LEVELS = "^(trace|debug|info|warn|error|fatal)$"


def _methods(call: str, text: str, argument: str = "{}") -> str:
    """Return the rows of calls of a method `@_function` of `@_object`."""

    def rows(functions: Sequence[str], object_: str, style: str) -> str:
        return calls(
            call.replace("!", f'(#match? @_object "{object_}")'),
            text,
            functions,
            style=style,
            argument=argument,
        )

    return "\n".join(
        (
            rows(("^printf$", "^printf$"), "", "format"),
            rows(("^format$", "^format$"), _FORMATS, "format"),
            rows(("^format$",), "MessageFormat$", "message"),
            rows((_LEVELS, _LEVELS), _LOGS, "log"),
        )
    )


def _formatted(call: str, *arguments: str, name: str = "format") -> str:
    # The rows of a text's own method: `call` has a place for the `arguments` of each.
    return "\n".join(f'({call.format(each)} (#eq? @_formatted "{name}"))' for each in arguments)


def _arguments(node: str, argument: str, *, spread: str, comments: str) -> str:
    # The rows of any call's arguments: what one is, what passes several, and what stands beside.
    rows = (f"{argument} @argument", spread, f"{comments} @beside")
    return "\n".join(("", *(f"({node} {each}) @arguments" for each in rows)))


_JAVA_TEXT = "[(string_literal) (binary_expression)]"
JAVA = Formats(
    _methods(
        "(method_invocation object: (_) @_object name: (identifier) @_function"
        " arguments: (argument_list {}) !)",
        _JAVA_TEXT,
    )
    + _formatted(
        "(method_invocation object: (string_literal) @format name: (identifier) @_formatted"
        " arguments: {})",
        "(argument_list (_)? @value) @values",
        name="formatted",
    )
    + _arguments(
        "argument_list",
        "(_)",
        spread="[(array_creation_expression) (cast_expression type: (array_type))] @spread",
        comments="[(line_comment) (block_comment)]",
    ),
    {"format": _jvm_percent("$"), "message": _MESSAGE, "log": _LOG},
)

# What a template of Kotlin puts into a format may be a conversion too.
_TEMPLATE = r"(?<!\\)(?:\\\\)*\$[A-Za-z_{]"
_KOTLIN_SPREAD = "(value_argument (spread_expression)) @spread"
_KOTLIN_TEXT = "[(string_literal) (multiline_string_literal)]"
KOTLIN = Formats(
    _methods(
        "(call_expression (navigation_expression (_) @_object (identifier) @_function)"
        " (value_arguments {}) !)",
        f"[(binary_expression) {_KOTLIN_TEXT}]",
        "(value_argument . {} .)",
    )
    + _formatted(
        f"(call_expression"
        f" (navigation_expression {_KOTLIN_TEXT} @format (identifier) @_formatted) {{}})",
        "(value_arguments (value_argument)? @value) @values",
        f"(value_arguments {_KOTLIN_SPREAD})",
    )
    + _arguments(
        "value_arguments",
        "(value_argument)",
        spread=_KOTLIN_SPREAD,
        comments="[(line_comment) (block_comment)]",
    ),
    {
        "format": _jvm_percent(r"\$")._replace(unseen=_TEMPLATE),
        "message": _MESSAGE._replace(unseen=_TEMPLATE),
        "log": _LOG._replace(unseen=_TEMPLATE),
    },
)

_SCALA_TEXT = "[(string) (infix_expression)]"
SCALA = Formats(
    _methods(
        "(call_expression"
        " function: (field_expression value: (_) @_object field: (identifier) @_function)"
        " arguments: (arguments {}) !)",
        _SCALA_TEXT,
    )
    + calls(
        "(call_expression function: (identifier) @_function arguments: (arguments {}))",
        _SCALA_TEXT,
        ("^printf$",),
    )
    + _formatted(
        "(call_expression"
        " function: (field_expression value: (string) @format field: (identifier) @_formatted)"
        " arguments: {})",
        "(arguments (_)? @value) @values",
        "(arguments (vararg) @spread)",
    )
    + _arguments(
        "arguments", "(_)", spread="(vararg) @spread", comments="[(comment) (block_comment)]"
    ),
    JAVA.styles,
)

_CSHARP_CALL = """
(invocation_expression function: (member_access_expression
  expression: (_) @_object name: (identifier) @_function) arguments: (argument_list {}) !)
"""
_CSHARP_MANY = (
    r"\w\[\]\??\s+{}\b|\bparams\s[^,()]*\s{}\b|\b{}\s*=\s*(?:new\b[^;(]*\[|\[)|\b{}\s*=[^;]*ToArray"
)
_CSHARP_TEXT = (
    "[(string_literal) (verbatim_string_literal) (raw_string_literal) (binary_expression)]"
)
_ARGUMENT = "(argument . {} .)"
CSHARP = Formats(
    calls(
        _CSHARP_CALL.replace("!", '(#match? @_object "^(System[.])?[sS]tring$")'),
        _CSHARP_TEXT,
        ("^Format$", "^Format$"),
        style="numbers",
        argument=_ARGUMENT,
    )
    + calls(
        _CSHARP_CALL.replace("!", ""),
        _CSHARP_TEXT,
        ("^(Write(Line)?|AppendFormat|Print)$", "^AppendFormat$"),
        style="numbers",
        argument=_ARGUMENT,
    )
    + calls(
        _CSHARP_CALL.replace("!", '(#match? @_object "(?i)log(ger)?$")'),
        _CSHARP_TEXT,
        *[
            ("^(Log)?(Trace|Verbose|Debug|Information|Info|Warning|Warn|Error|Critical|Fatal)$",)
            * 3
        ],
        style="template",
        argument=_ARGUMENT,
    )
    + _arguments(
        "argument_list",
        "(argument)",
        spread="(argument [(array_creation_expression) (implicit_array_creation_expression)"
        " (cast_expression type: (array_type))]) @spread",
        comments="(comment)",
    ),
    {
        "numbers": Style(
            re.compile(r"\{\{|\}\}|\{(?P<number>\d+)(?:[,:][^{}]*)?\}|(?P<other>\{)"),
            numbered="{{{}}}",
            first=0,
            plain=True,
            many=_CSHARP_MANY,
        ),
        # A message template: its names are for who reads the log, the values stand in their order.
        "template": Style(
            re.compile(
                r"\{\{|\}\}|\{(?P<takes>[@$]?[A-Za-z_]\w*(?:,-?\d+)?(?::[^{}]*)?)\}|(?P<other>\{)"
            ),
            "{NotionToken}",
            plain=True,
            many=_CSHARP_MANY,
        ),
    },
)
