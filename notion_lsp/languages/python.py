"""Python, 3.8 and later."""

from __future__ import annotations

import re
import string
import sys
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Placement, ProjectFacts, Recognition, Writing
from notion_lsp.languages._earlier_scripts import PYTHON as EARLIER
from notion_lsp.languages._formats_scripts import PYTHON
from notion_lsp.languages._python_defaults import DEFAULTS, fit
from notion_lsp.languages._python_elsewhere import ELSEWHERE, HANDED
from notion_lsp.languages._python_fields import FIELDS
from notion_lsp.languages._python_overlays import LAID
from notion_lsp.languages._python_parameters import when_called
from notion_lsp.languages._python_reads import DOTENV, ENVIRONMENT
from notion_lsp.languages._python_runtimes import RUNTIMES
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.lookup import Manifest
from notion_lsp.refused import Refused
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import concatenate, escaped, interpolate, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_CONTEXT = rf"""
(string (string_start) @opening) @literal
(string (string_start) @outer_quote (interpolation) @interpolation)

(comment) @comment
((expression_statement . (string (string_start) @_start) @comment .)
  ; A string alone is a docstring: no code reads its value.
  (#not-match? @_start "[fFtT]"))
; "a" "b"
(expression_statement . (concatenated_string) @comment .)

((type) @fixed
  ; A call in `Annotated` is evaluated, such as one of `Field` or `Depends`.
  (#not-match? @fixed "^[\\w.]+\\(|\\bAnnotated\\[")
  (#set! reason "A type annotation is not evaluated as a value."))
((subscript value: (_) @_literal subscript: (string) @fixed)
  ; The arguments of `Literal` are values, and no expressions (PEP 586).
  (#match? @_literal "(^|[.])Literal$")
  (#set! reason "A type annotation is not evaluated as a value."))
([(assignment type: (_) @_literal right: (string) @fixed)
  (typed_default_parameter type: (_) @_literal value: (string) @fixed)]
  (#match? @_literal "^([a-z.]*[.])?Literal\\[")
  (#set! reason "Its type is a literal, which no lookup has: make it `str` first."))
((case_pattern) @fixed (#set! reason "A pattern of `case` must be a constant."))
((format_specifier) @fixed (#set! reason "The token stands in a format specifier."))
; os.environ["A"] = "TOKEN", or what is there already
(assignment
  left: (subscript value: (_) @_environ)
  right: [(string) (boolean_operator) (assignment)] @fixed
  (#match? @_environ "(^|[.])environb?$")
  (#set! reason "{SETS_ENVIRONMENT}"))
((assignment
  left: (subscript value: (_) @_environ)
  right: (call function: (_) @_lookup arguments: (argument_list (_) (_)) @fixed))
  (#match? @_environ "(^|[.])environ$") (#match? @_lookup "(^|[.])(getenv|environ[.]get)$")
  (#set! reason "{SETS_ENVIRONMENT}"))
; for name, value in {{"A": "TOKEN"}}.items(): os.environ[name] = value
((for_statement right: (_) @fixed body: (_) @_body)
  (#match? @_body "environ\\[\\w+\\]\\s*=[^=]")
  (#set! reason "{SETS_ENVIRONMENT}"))
; os.environ = {{"A": "TOKEN"}}, os.environ |= {{"A": "TOKEN"}}
([(assignment left: (_) @_environ right: (_) @fixed)
  (augmented_assignment left: (_) @_environ right: (_) @fixed)]
  (#eq? @_environ "os.environ")
  (#set! reason "{SETS_ENVIRONMENT}"))

; os.environ.setdefault("A", "TOKEN"), monkeypatch.setenv("A", "TOKEN")
((call function: (_) @_sets arguments: (argument_list) @fixed) @_call
  (#match? @_sets "(^|[.])(environ[.](update|__setitem__|setdefault)|putenv|setenv)$")
  (#set! reason "{SETS_ENVIRONMENT}"))
; env = os.environ; env["A"] = "TOKEN"; env.setdefault("A", "TOKEN")
([(assignment
    left: (subscript value: (identifier) @handed) right: [(string) (boolean_operator)] @fixed)
  (call
    function: (attribute object: (identifier) @handed attribute: (_) @_sets)
    arguments: (argument_list) @fixed)]
  (#any-of? @_sets "setdefault" "update")
  (#set! reason "{SETS_ENVIRONMENT}"))
; mock.patch.dict(os.environ, {{"A": "TOKEN"}}), monkeypatch.setitem(os.environ, …)
((call function: (_) @_patch arguments: (argument_list . (_) @_environ) @fixed)
  (#match? @_patch "(^|[.])(patch[.]dict|setitem)$") (#match? @_environ "(^|[.])environ[\"']?$")
  (#set! reason "{SETS_ENVIRONMENT}"))

; The code gives it a name: a = "TOKEN", self.a = …, d["a"] = …, f(a=…), {{"a": …}}
(assignment left: (identifier) @name right: (string) @literal)
(assignment left: (attribute attribute: (identifier) @name) right: (string) @literal)
(assignment left: (subscript subscript: (string (string_content) @name)) right: (string) @literal)
(keyword_argument name: (identifier) @name value: (string) @literal)
(default_parameter name: (identifier) @name value: (string) @literal)
(typed_default_parameter name: (identifier) @name value: (string) @literal)
(named_expression name: (identifier) @name value: (string) @literal)
(pair key: (string (string_content) @name) value: (string) @literal)

; os.environ.get("A", "TOKEN")
((call
  function: (_) @_lookup
  arguments: (argument_list . (string (string_content) @name) . (string) @literal .)) @replace
  (#match? @_lookup "(^|[.])(getenv|environ[.]get)$"))
; os.getenv("A", default="TOKEN")
((call
  function: (_) @_lookup
  arguments: (argument_list
    . (string (string_content) @name) . (keyword_argument value: (string) @literal) .)) @replace
  (#match? @_lookup "(^|[.])(getenv|environ[.]get)$"))
; os.getenv("A") or "TOKEN"
(boolean_operator
  left: (call
    function: (_) @_lookup
    arguments: (argument_list . (string (string_content) @name) .)) @replace
  operator: "or"
  right: (string) @literal
  (#match? @_lookup "(^|[.])(getenv|environ[.]get)$"))
; os.getenv("A") or os.getenv("B") or "TOKEN"
(boolean_operator
  left: (boolean_operator
    operator: "or"
    right: (call
      function: (_) @_lookup
      arguments: (argument_list . (string (string_content) @name) .)) @replace)
  operator: "or"
  right: (string) @literal
  (#match? @_lookup "(^|[.])(getenv|environ[.]get)$"))
"""

_OUTLINE = (
    HANDED
    + r"""
(module . (comment)+ @banner)
((module . (comment)* . (expression_statement . (string (string_start) @_start) .) @header)
  (#not-match? @_start "[fFtT]"))
(module (future_import_statement) @header)  ; Only a docstring and comments stand above it.
(module (import_statement name: (dotted_name) @module) @import)
(module (import_statement
  name: (aliased_import name: (dotted_name) @module alias: (identifier) @alias)) @import)
(module (import_from_statement
  module_name: (_) @module name: (dotted_name) @member) @import)
(module (import_from_statement module_name: (_) @module (wildcard_import) @member) @import)
(module (import_from_statement
  module_name: (_) @module
  name: (aliased_import name: (dotted_name) @member alias: (identifier) @alias)) @import)
; os.environ.get("A"), os.environ["A"]
((call
  function: (_) @_get arguments: (argument_list . (string (string_content) @name))) @read
  (#match? @_get "(^|[.])(getenv|environ[.]get)$"))
((subscript value: (_) @_environ subscript: (string (string_content) @name)) @read
  (#match? @_environ "(^|[.])environ$"))
; env = os.environ, from os import environ as env
([(assignment left: (identifier) @handed right: (_) @_environ)
  (aliased_import name: (dotted_name) @_environ alias: (identifier) @handed)]
  (#match? @_environ "^(os[.])?environ$"))
(module (function_definition name: (identifier) @definition))
(module (decorated_definition
  definition: (function_definition name: (identifier) @definition)))
"""
)

_NAMES = """
(identifier) @name
(attribute object: (identifier) @use)
(attribute attribute: (identifier) @apart)
(argument_list (identifier) @use)
(call function: (identifier) @use)
(keyword_argument name: (identifier) @apart)
; An import in a function makes the name a local one in all of it; in an `if` it may not be run.
(module (import_statement name: (dotted_name . (identifier) @use)))
(import_statement name: (dotted_name (identifier) . (identifier) @apart))
(import_statement name: (aliased_import name: (dotted_name (identifier) @apart)))
(module (import_statement name: (aliased_import alias: (identifier) @use)))
(import_from_statement module_name: (dotted_name (identifier) @apart))
(import_from_statement module_name: (relative_import (dotted_name (identifier) @apart)))
(module (import_from_statement name: (dotted_name (identifier) @use)))
(import_from_statement name: (aliased_import name: (dotted_name (identifier) @apart)))
(module (import_from_statement name: (aliased_import alias: (identifier) @use)))
"""

# Where a sum needs no parentheses around it.
_ALONE_IN = frozenset(
    {"argument_list", "assignment", "dictionary", "keyword_argument", "list", "pair"}
    | {"parenthesized_expression", "return_statement", "set", "tuple"}
)
_LETTERS = string.ascii_letters

# A brace that begins the name of a character is no brace to an f-string.
_BRACE = re.compile(r"(\\N\{[^{}]*\})|([{}])")

_COMMENT_LINES = re.compile(r"^[ \t]*#.*(?:\n[ \t]*#.*){99,}", re.MULTILINE)


def _mended(text: str) -> str:
    # At each line that is a comment, the grammar looks at all that follow: many become one.
    return _COMMENT_LINES.sub(lambda lines: lines[0].replace("\n", " "), text)


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    if not literal.closing:
        return Refused("There is no string here.")
    if site.replaced:
        return replace_literal(site, holes[0].expression)
    if "r" not in literal.opening.lower() and (refused := escaped(literal)):
        return refused
    passed = None
    if "interpolation" not in site.captures:
        passed = pass_values(syntax.text, site, PYTHON.styles, holes)
    edits = _expression(site, holes) if passed is None else passed
    return edits if isinstance(edits, Refused) else when_called(syntax, site, edits) or edits


def _expression(site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    nested = "interpolation" in site.captures
    beside = literal.parent == "concatenated_string"
    quote = literal.opening.lstrip(_LETTERS)
    bytes_ = "b" in literal.opening.lower()
    # Strings side by side are one literal; an f-string may be among them, but no call.
    if beside and (bytes_ or nested):
        return Refused("A string beside another one cannot become an expression here.")
    # Before 3.12 an f-string may not hold its own quote: the inner literal's is not that.
    expressions = [_requoted(hole.expression, quote[0] if nested else '"') for hole in holes]
    if bytes_:
        expressions = [f"{expression}.encode()" for expression in expressions]
    # A template of PEP 750 stays one: a text in its place has no `strings` and `values`.
    is_template = "t" in literal.opening.lower()
    if bytes_ or nested or (literal.whole and not beside and not is_template):
        return concatenate(site, expressions, " + ", alone=literal.parent in _ALONE_IN)
    return _format_string(site, quote, expressions)


def _format_string(site: Site, quote: str, expressions: Sequence[str]) -> tuple[Edit, ...]:
    literal = site.literal
    prefix = literal.opening.removesuffix(quote)
    other = "'" if quote[0] == '"' else '"'
    holes = [f"{{{_requoted(expression, other)}}}" for expression in expressions]
    if not frozenset("ft").isdisjoint(prefix.lower()):
        return interpolate(site, holes)
    parts = [_BRACE.sub(lambda found: found[1] or found[2] * 2, part) for part in literal.parts]
    # `u` may not stand beside `f` (Python reference, "String and Bytes literals").
    return interpolate(site, holes, opening=f"{prefix.strip('uU')}f{quote}", parts=parts)


def _requoted(expression: str, quote: str) -> str:
    return expression.replace('"', quote)


LANGUAGE = Language(
    id="python",
    title="Python",
    recognition=Recognition(
        files=("*.py", "*.pyi", "*.pyw", "SConstruct", "SConscript"),
        editor_ids=("python",),
        interpreters=("python", "pypy", "uv", "pipx"),
    ),
    environment=ENVIRONMENT,
    grammar=Grammar(
        "tree_sitter_python",
        _CONTEXT + ELSEWHERE + DEFAULTS + LAID + FIELDS + PYTHON.query + EARLIER.tried,
        _OUTLINE + EARLIER.assigned,
        _NAMES,
        opening=r"""[A-Za-z]*(?P<quote>\"\"\"|'''|"|')""",
        mended=_mended,
    ),
    writing=Writing(write=_write, fit=fit),
    placement=Placement(
        is_standard=lambda module: module.partition(".")[0] in sys.stdlib_module_names,
        # PEP 8, "Blank Lines".
        lines_between=2,
    ),
    project=ProjectFacts(
        # The lock file tells poetry and pdm apart; uv can add to any other `pyproject.toml`.
        manifests=(
            Manifest("pyproject.toml", "poetry add {}", beside="poetry.lock"),
            Manifest("pyproject.toml", "pdm add {}", beside="pdm.lock"),
            Manifest("pyproject.toml", "uv add {}"),
            Manifest("requirements.txt", "echo {} >> requirements.txt"),
        ),
        # What `from module import *` brings along.
        declares=r"^(?:def|class)\s+{0}\b|^{0}\s*[:=,]|^for\s+{0}\b|\bas\s+{0}\b"
        r"|^from\s.*\bimport\b.*\b{0}\b",
        runtimes=RUNTIMES,
        takes_dotenv=True,
        dotenv=DOTENV,
    ),
)
