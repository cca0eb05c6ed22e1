"""Formats of languages that declare no types."""

from __future__ import annotations

import re

from notion_lsp.languages._formats import FLAGS, Formats, calls, percent
from notion_lsp.syntax.formats import Named, Style

_TAKES = rf"{FLAGS}[hlL]?[a-zA-Z]"
_IS_FORMAT = '(#eq? @_format "format")'

# "printf-style String Formatting", "Format String Syntax"; `logging` fills in nothing where there
# are no values. A single one behind `%` may be a tuple, and so more than one.
_PYTHON_TEXT = '(string (string_start) @_start (#not-match? @_start "[bBfF]"))'
_PYTHON_LOGS = r"(?i)(^|[._])log(ger|ging)?[.]"
_PYTHON_CALL = "(call function: (_) @_function arguments: (argument_list {}))"
_PYTHON_BRACES = f"""
function: (attribute object: {_PYTHON_TEXT} @braces attribute: (identifier) @_format)
"""
PYTHON = Formats(
    calls(
        _PYTHON_CALL,
        _PYTHON_TEXT,
        (
            f"{_PYTHON_LOGS}(debug|info|warn|warning|error|critical|exception|fatal)$",
            f"{_PYTHON_LOGS}log$",
        ),
        style="log",
    )
    + f"""
(binary_operator left: {_PYTHON_TEXT} @percent operator: "%" right: (tuple (_)? @value) @values)
(binary_operator left: {_PYTHON_TEXT} @percent operator: "%" right: (tuple (list_splat) @spread))
(binary_operator left: {_PYTHON_TEXT} @percent operator: "%"
  right: (dictionary (_)? @value) @values)
(binary_operator left: {_PYTHON_TEXT} @percent operator: "%" right: (_ (comment) @beside))
((call {_PYTHON_BRACES} arguments: (argument_list (_)? @value) @values) {_IS_FORMAT})
((call {_PYTHON_BRACES} arguments: (argument_list (comment) @beside)) {_IS_FORMAT})
(argument_list (_) @argument) @arguments
(argument_list [(list_splat) (dictionary_splat)] @spread) @arguments
(argument_list [(comment) (keyword_argument)] @beside) @arguments
""",
    {
        "percent": Style(
            percent(_TAKES, name=rf"\((?P<name>[^()]*)\){FLAGS}[a-zA-Z]", other=r"\("),
            named=Named("%({})s", '"{}": {}'),
        ),
        "braces": Style(re.compile("(?!)"), hole="", named=Named("{{{}}}", "{}={}")),
        "log": Style(percent(_TAKES, other=r"\("), plain=True),
    },
)

# `Kernel#format`.
_RUBY_CALL = "(call method: (identifier) @_function arguments: (argument_list {}))"
# Of a call of a call, each waits for its arguments: where none has a receiver, none is asked.
_RUBY_FUNCTION = "(call !receiver method: (identifier) @_function arguments: (argument_list {}))"
RUBY = Formats(
    calls(_RUBY_CALL, "(string)", ("^(format|sprintf|printf)$",))
    + calls(_RUBY_FUNCTION, "(string)", ("", "^printf$"))
    + """
(binary left: (string) @format operator: "%" right: (array (_)? @value) @values)
(binary left: (string) @format operator: "%" right: (hash (_)? @value) @values)
(binary left: (string) @format operator: "%" right: (_ (splat_argument) @spread))
(binary left: (string) @format operator: "%" right: (_ (comment) @beside))
(argument_list (_) @argument) @arguments
(argument_list [(splat_argument) (hash_splat_argument) (block_argument)] @spread) @arguments
(argument_list (comment) @beside) @arguments
""",
    {
        "format": Style(
            percent(
                _TAKES,
                rf"(?P<number>\d+)\\?\${_TAKES}",
                name=rf"[-+ #0\d.]*(?P<name><\w+>|\{{\w+\}}){FLAGS}[a-zA-Z]?",
            ),
            unseen=r"#[{@$]",
            numbered="%{}$s",
            named=Named("%<{}>s", "{}: {}", r"(?:\w+|\"[^\"]*\"|'[^']*'):\s|.*=>"),
        )
    },
)

# `sprintf` of perldoc. An array, or what a function returns, may be any number of values.
_PERL_TEXT = "[(string_literal) (interpolated_string_literal)]"
_PERL_UNSEEN = r"(?<!\\)(?:\\\\)*[$@][A-Za-z_{]"


def _perl(dollar: str) -> Style:
    numbered = rf"(?P<number>\d+)\\?\${_TAKES}"
    return Style(percent(_TAKES, numbered), numbered=f"%{{}}{dollar}s", unseen=_PERL_UNSEEN)


_PERL_CALL = """
({0} function: (function) @_function arguments: [
  (list_expression . [(string_literal) @quoted (interpolated_string_literal) @format])
  (string_literal) @quoted @arguments
  (interpolated_string_literal) @format @arguments]
  (#match? @_function "^s?printf$"))
({0} function: (function) @_function arguments: (list_expression (_) @argument) @arguments
  (#match? @_function "^s?printf$"))
({0} function: (function) @_function arguments: (list_expression [
  (array) (hash) (function_call_expression) (ambiguous_function_call_expression)
  (method_call_expression) (func1op_call_expression) (func0op_call_expression)
  (slice_expression) (list_expression)
  (conditional_expression) (sort_expression) (map_grep_expression)] @spread) @arguments
  (#match? @_function "^s?printf$"))
({0} function: (function) @_function arguments: (list_expression (comment) @beside) @arguments
  (#match? @_function "^s?printf$"))
"""
PERL = Formats(
    _PERL_CALL.replace("{0}", "function_call_expression")
    + _PERL_CALL.replace("{0}", "ambiguous_function_call_expression"),
    {"format": _perl(r"\$"), "quoted": _perl("$")},
)

# `string.format`; values that are too many count for nothing.
LUA = Formats(
    """
((function_call
  name: (dot_index_expression table: (identifier) @_string field: (identifier) @_format)
  arguments: (arguments "(" . [(string) (binary_expression)] @format))
  (#eq? @_string "string") (#eq? @_format "format"))
((function_call
  name: (method_index_expression
    table: (parenthesized_expression (string) @format) method: (identifier) @_format)
  arguments: (arguments "(" (_)? @value) @values) (#eq? @_format "format"))
(arguments (_) @argument) @arguments
(arguments (comment) @beside) @arguments
""",
    {"format": Style(percent(_TAKES))},
)

# The manual of `sprintf`. In double quotes `%1$s` is a variable.
_PHP_TAKES = r"(?:[-+ 0]|'.)*(?:[1-9]\d*|\*)?(?:\.(?:\d+|\*)?)?[a-zA-Z]"


def _php(dollar: str, unseen: str = "(?!)") -> Style:
    numbered = rf"(?P<number>\d+){re.escape(dollar)}{_PHP_TAKES}"
    other = r"\d+\\?\$"
    return Style(percent(_PHP_TAKES, numbered, other), numbered=f"%{{}}{dollar}s", unseen=unseen)


_PHP_CALL = "(function_call_expression function: (_) @_function arguments: (arguments {}))"
_PHP_FUNCTIONS = (r"^\\\\?s?printf$", r"^\\\\?fprintf$")
_PHP_HELD = r"^\\\\?vs?printf$"
_ARRAY_VALUES = "(argument (array_creation_expression {}) @values)"
_PHP_TEXTS = {"format": "(encapsed_string)", "quoted": "[(string) (binary_expression)]"}
PHP = Formats(
    "\n".join(
        calls(_PHP_CALL, text, _PHP_FUNCTIONS, style=style, argument="(argument {})")
        + f"""
((function_call_expression
  function: (_) @_function
  arguments: (arguments . (argument {text} @{style})
    . (argument (array_creation_expression (array_element_initializer)? @value) @values)))
  (#match? @_function "{_PHP_HELD}"))
((function_call_expression
  function: (_) @_function
  arguments: (arguments . (argument {text} @{style})
    . (argument (array_creation_expression
        (array_element_initializer (variadic_unpacking)) @spread))))
  (#match? @_function "{_PHP_HELD}"))
"""
        for style, text in _PHP_TEXTS.items()
    )
    + """
(arguments (argument) @argument) @arguments
(arguments (argument (variadic_unpacking)) @spread) @arguments
(arguments (comment) @beside) @arguments
""",
    {
        "format": _php(r"\$", r"(?<!\\)(?:\\\\)*(?:\$[A-Za-z_{]|\{\$)"),
        "quoted": _php("$"),
    },
)

# `printf` (POSIX, "Utilities") begins anew where values are left, so that their number must be
# sure: without quotes an expansion may be any number of words, and so may `"$@"`.
_SHELL_TEXT = "[(string) (raw_string) (word) (concatenation) (ansi_c_string)]"
_SHELL_CALL = "(command name: (command_name) @_function {})"
SHELL = Formats(
    rf"""
((command name: (command_name) @_printf
  . argument: {_SHELL_TEXT} @format) (#eq? @_printf "printf") (#not-match? @format "^-"))
((command name: (command_name) @_printf
  . argument: (word) @_end . argument: {_SHELL_TEXT} @format)
  (#eq? @_printf "printf") (#eq? @_end "--"))
((command name: (command_name) @_printf
  . argument: (word) @_to . argument: (_) . argument: {_SHELL_TEXT} @format)
  (#eq? @_printf "printf") (#eq? @_to "-v"))
(command argument: (_) @argument) @arguments
(command argument: [(simple_expansion) (expansion) (command_substitution)] @spread) @arguments
(command argument: (concatenation
  [(simple_expansion) (expansion) (command_substitution)]) @spread) @arguments
((command argument: (word) @spread) @arguments (#match? @spread "[*?\\[]"))
((command argument: (concatenation [(word) (brace_expression)] @_word) @spread) @arguments
  (#match? @_word "[*?{{\\[]"))
((command argument: (string
  [(simple_expansion (special_variable_name) @_all) (expansion (_) @_all)]) @spread) @arguments
  (#match? @_all "^@|\\[@\\]"))
""",
    {
        "format": Style(
            percent(_TAKES, other=r"\(|\d+\$"),
            unseen=r"(?<!\\)(?:\\\\)*[$`]",
            value='"{}"',
            separator=" ",
        )
    },
)

# Node's `util.format`, which prints the values that are left. What a template holds is not seen.
_LEVELS = "debug|error|info|log|trace|warn"
_JAVASCRIPT_CALL = "(call_expression function: (_) @_function arguments: (arguments {}))"
JAVASCRIPT = Formats(
    calls(
        _JAVASCRIPT_CALL,
        "[(string) (template_string)]",
        (
            rf"^((console|log|logger|winston)[.]({_LEVELS})|debug|(util[.])?format)$",
            "^console[.]assert$",
        ),
    )
    + """
(arguments (_) @argument) @arguments
(arguments (spread_element) @spread) @arguments
(arguments (comment) @beside) @arguments
""",
    {"format": Style(percent("[sdifjoOc]"), plain=True, unseen=r"\$\{")},
)

# Erlang's `io_lib:format`: its values stand in a list, and some conversions take two.
_ELIXIR_CALL = "(call target: (dot left: (atom) @_io right: (identifier) @_format) (arguments {}))"
_IS_ERLANG = '(#match? @_io "^:io(_lib)?$") (#any-of? @_format "format" "fwrite")'
_ERLANG_FORMAT = "(string) @format . (list {}) @values ."
ELIXIR = Formats(
    "\n".join(
        f"({_ELIXIR_CALL.format(_ERLANG_FORMAT.format(value))} {_IS_ERLANG})"
        for value in (
            "(_)? @value",
            '(binary_operator operator: "|") @spread',
            "(comment) @beside",
        )
    ),
    {
        "format": Style(
            re.compile(
                r"~(?:[~n]|(?P<other>[-\d.*]*[tlkK]*[WPXx])|(?P<takes>[-\d.*]*[tlkK]*[a-zA-Z#+]))"
            ),
            hole="~ts",
            unseen=r"#\{",
        )
    },
)
