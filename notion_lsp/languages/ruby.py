"""Ruby, 2.7 and later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Placement, ProjectFacts, Recognition, Writing
from notion_lsp.languages._compiled_runtimes import RUBY_RUNTIMES
from notion_lsp.languages._earlier_scripts import RUBY as EARLIER
from notion_lsp.languages._formats_scripts import RUBY
from notion_lsp.languages._overlaid import fit_overlaid
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.languages._ruby_defaults import DEFAULTS
from notion_lsp.languages._ruby_overlays import LAID, OVERLAYS
from notion_lsp.loader import Loader
from notion_lsp.lookup import Lookup, Manifest, Requirement, built_in
from notion_lsp.refused import Refused
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.heredocs import unquoted
from notion_lsp.syntax.literal_edits import escaped, interpolate, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.literal import Literal
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_SYMBOL = "A symbol is a name in the program: it cannot be read when the program runs."
_GROUPS = "The groups of this pattern become variables, and those of one with a lookup do not."
_PATTERN = "A pattern of `in` must be a constant."

_READ = """
  [(element_reference object: (_) @_env . (string (string_content) @name))
   (call receiver: [(constant) (scope_resolution)] @_env method: (identifier) @_fetch
     arguments: (argument_list . (string (string_content) @name)))]
"""
_IS_ENV = '(#match? @_env "^(::)?ENV$")'

# The receiver of a call, but for one that is itself the end of a longer chain: each call of a chain
# would wait for all before it.
_RECEIVER = """receiver: [
  (identifier) (constant) (instance_variable) (class_variable) (global_variable) (self)
  (element_reference) (scope_resolution) (string) (parenthesized_statements) (call !receiver)
  (call receiver: [(identifier) (constant) (instance_variable) (class_variable) (self)])]"""
# What changes a string in place, which one of the environment does not allow: it is frozen.
_CHANGES = "!$|^(<<|append_as_bytes|clear|concat|force_encoding|insert|prepend|replace|setbyte)$"

_CHANGES_TEXT = (
    "^(capitalize|chomp|chop|delete(_prefix|_suffix)?|downcase|encode|gsub|[lr]?strip|scrub|squeeze"
    "|sub|swapcase|tr(_s)?|unicode_normalize|upcase)!$|^(append_as_bytes|force_encoding|setbyte)$"
)

_CONTEXT = rf"""
{EARLIER.tried}
[(string) (string_array) (subshell)] @literal
((heredoc_body (heredoc_end) @heredoc_end) @literal (#set! bare "true"))
(comment) @comment

([(delimited_symbol) (simple_symbol) (hash_key_symbol) (symbol_array)] @fixed
  (#set! reason "{_SYMBOL}"))
((pair key: (string) @fixed . ":") (#set! reason "{_SYMBOL}"))  ; As in `{{"key": value}}`.
((regex) @literal (#set! bare "true"))
((binary left: (regex) @fixed operator: "=~")
  (#match? @fixed "[(][?]<[a-z_]") (#set! reason "{_GROUPS}"))
((uninterpreted) @fixed (#set! reason "What stands after `__END__` is text: nothing is evaluated."))
((in_clause pattern: (_) @fixed) (#set! reason "{_PATTERN}"))
((match_pattern pattern: (_) @fixed) (#set! reason "{_PATTERN}"))
((test_pattern pattern: (_) @fixed) (#set! reason "{_PATTERN}"))

(assignment left: (element_reference object: (_) @_env) right: (_) @fixed
  {_IS_ENV} (#set! reason "{SETS_ENVIRONMENT}"))
(operator_assignment left: (element_reference object: (_) @_env) right: (_) @fixed
  {_IS_ENV} (#set! reason "{SETS_ENVIRONMENT}"))
((call receiver: (_) @fixed block: (_) @_body)  ; {{ "A" => "TOKEN" }}.each {{ |k, v| ENV[k] = v }}
  (#match? @_body "ENV\\[\\w+\\]\\s*([|][|])?=[^=~]") (#set! reason "{SETS_ENVIRONMENT}"))
((call receiver: (_) @_control method: (identifier) @_modify arguments: (argument_list) @fixed)
  (#eq? @_control "ClimateControl") (#eq? @_modify "modify") (#set! reason "{SETS_ENVIRONMENT}"))
((call method: (identifier) @_stub arguments: (argument_list . (string) @_env (_) @fixed))
  (#eq? @_stub "stub_const") (#match? @_env "^.ENV.$") (#set! reason "{SETS_ENVIRONMENT}"))
((call receiver: (_) @_allowed arguments: (argument_list) @fixed)
  ; RSpec Mocks.
  (#match? @_allowed "^allow[(](::)?ENV[)]$") (#set! reason "{SETS_ENVIRONMENT}"))
(call receiver: (_) @_env method: (identifier) @_sets arguments: (argument_list) @fixed
  {_IS_ENV} (#any-of? @_sets "store" "update" "merge!" "replace")
  (#set! reason "{SETS_ENVIRONMENT}"))

(assignment left: (_) @name right: (string) @literal)
(assignment left: (_) @name right: (call receiver: (string) @literal))
(operator_assignment left: (_) @name right: (string) @literal)
(pair key: (hash_key_symbol) @name value: (string) @literal)
(pair key: (string (string_content) @name) value: (string) @literal)
(optional_parameter name: (identifier) @name value: (string) @literal)
(method name: (_) @named body: (body_statement (string) @literal .))
(assignment left: (_) @named right: (string) @literal)
(optional_parameter name: (identifier) @named value: (string) @literal)
(keyword_parameter name: (identifier) @named value: (string) @literal)
([(call receiver: (string) @literal method: (identifier) @_changes)
  (binary left: (string) @literal operator: "<<")] @changed
  (#match? @_changes "{_CHANGES}"))
(keyword_parameter name: (identifier) @name value: (string) @literal)

(binary left: {_READ} @replace operator: ["||" "or"] right: (string) @literal {_IS_ENV})
(binary
  left: (binary operator: ["||" "or"] right: {_READ} @replace)
  operator: ["||" "or"] right: (string) @literal {_IS_ENV})
((call receiver: (_) @_env method: (identifier) @_fetch
  arguments: (argument_list . (string (string_content) @name) . (string) @literal .)) @replace
  {_IS_ENV} (#eq? @_fetch "fetch"))
((call receiver: (_) @_env method: (identifier) @_fetch
  arguments: (argument_list . (string (string_content) @name) .)
  block: (_ body: (_ . (string) @literal .))) @replace
  {_IS_ENV} (#eq? @_fetch "fetch"))
"""

_OUTLINE = rf"""
{EARLIER.assigned}
({_READ} @read {_IS_ENV})
((comment) @frozen (#match? @frozen "^# *(-[*]- *)?frozen_string_literal: *true"))
((call {_RECEIVER} @changed method: (identifier) @_changes) (#match? @_changes "{_CHANGES}"))
(binary left: (_) @changed operator: "<<")
(assignment left: (element_reference object: (_) @changed))
((call {_RECEIVER} @changed_text method: (identifier) @_changes)
  (#match? @_changes "{_CHANGES_TEXT}"))
(binary left: (_) @changed_text operator: "<<")
[(assignment left: (_) @list right: (array)) (operator_assignment left: (_) @list right: (array))]
((assignment left: (_) @list right: (call receiver: (constant) method: (identifier) @_new))
  (#eq? @_new "new"))
(heredoc_beginning) @heredoc

(program . (comment)+ @banner)
((program (call
  !receiver method: (identifier) @_require
  arguments: (argument_list . (string (string_content) @module) .)) @import)
  (#match? @_require "^require(_relative)?$"))
(program (module name: (constant) @definition))
(program [(class name: (constant) @declared) (module name: (constant) @declared)])
(program (assignment left: (constant) @declared))
"""

_NAMES = """
[(constant) (identifier)] @name
(element_reference object: (constant) @use)
(call receiver: (constant) @use)
(argument_list (constant) @use)
(scope_resolution name: (constant) @apart)
(scope_resolution scope: (constant) @use)
(superclass (constant) @use)
"""

# What is no string itself: a stream, a literal list, a class that is opened.
_OUTPUT = re.compile(r"\$\w+|STD\w+|self|class|\[.*|[\"'].*", re.DOTALL)
_HEREDOC = re.compile(r"<<[-~]?(?P<quote>[\"'`]?)(?P<word>.+)(?P=quote)")
_EXPANDED = re.compile(r"\\|#(?=[{@$])")
# The delimiters of a percent literal that differ at its end (Ruby, "Percent Literals").
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    passed = pass_values(syntax.text, site, RUBY.styles, holes)
    if passed is not None:
        return passed
    whole = literal.type == "string" and literal.whole and literal.parent != "chained_string"
    if site.replaced or whole:
        copied = ".dup" if _is_changed(syntax, site) else ""
        return replace_literal(site, f"{_quoted_as(literal, holes[0].expression)}{copied}")
    expressions = [f"#{{{_single_quoted(hole.expression)}}}" for hole in holes]
    if literal.type == "regex":
        patterns = [f"#{{Regexp.escape({_single_quoted(hole.expression)})}}" for hole in holes]
        return escaped(literal) or interpolate(site, patterns)
    if literal.opening == "'" or literal.opening[:2] in {"%q", "%w"}:
        return _interpolating(site, expressions)
    if literal.type == "heredoc_body" and (opens := unquoted(syntax, site, _HEREDOC)):
        parts = [_EXPANDED.sub(r"\\\g<0>", part) for part in literal.parts]
        return opens, *interpolate(site, expressions, parts=parts)
    # The backslash would escape the `#` that opens the hole.
    return escaped(literal) or interpolate(site, expressions)


def _is_changed(syntax: Syntax, site: Site) -> bool:
    # With the magic comment the literal is frozen, too, and nothing changes it. By another name,
    # such as that of a parameter, anything that may be a text in this file may be this one.
    captures, text = syntax.outline.captures, syntax.text
    if "frozen" in captures:
        return False
    names = {span.of(text) for span in site.captures.get("named", ())}
    changed = {span.of(text) for span in captures.get("changed", ())}
    lists = {span.of(text) for span in captures.get("list", ())}
    texts = {span.of(text) for span in captures.get("changed_text", ())}
    others = {each for each in texts - lists if not _OUTPUT.fullmatch(each)}
    return "changed" in site.captures or not names.isdisjoint(changed) or bool(others)


def _interpolating(site: Site, expressions: Sequence[str]) -> tuple[Edit, ...] | Refused:
    # `'…'` becomes `"…"`, `%q(…)` becomes `%Q(…)` and `%w[…]` becomes `%W[…]`.
    literal = site.literal
    delimiter = literal.opening[-1]
    if delimiter == "#":
        return Refused("A hole would end this string, which `#` delimits.")
    kept = re.escape(f"\\{delimiter}{_PAIRS.get(delimiter, '')}")
    kept += r"\s" if literal.opening[:2] == "%w" else ""
    special = re.compile(rf"\\[{kept}]|\\|\"|#(?=[{{@$])")
    alone = delimiter == "'"

    def escape(found: re.Match[str]) -> str:
        if found[0] == '"':
            return '\\"' if alone else '"'
        if len(found[0]) > 1:
            return "'" if alone and found[0] == "\\'" else found[0]
        return f"\\{found[0]}"

    parts = [special.sub(escape, part) for part in literal.parts]
    if alone:
        return interpolate(site, expressions, opening='"', parts=parts, closing='"')
    opening = f"%{literal.opening[1].upper()}{delimiter}"
    return interpolate(site, expressions, opening=opening, parts=parts)


def _fit(syntax: Syntax, site: Site, _mentioning: Mentioning) -> Site:
    return fit_overlaid(syntax, site, OVERLAYS)


def _quoted_as(literal: Literal, expression: str) -> str:
    return _single_quoted(expression) if literal.opening == "'" else expression


def _single_quoted(expression: str) -> str:
    return expression.replace('"', "'")


ENV = built_in("ENV", "::ENV")


def gem(name: str, constant: str) -> Requirement:
    """Return the import of a gem that gives one constant."""
    statement = f'require "{name}"'
    alias = f"::{constant}"
    return Requirement(name, statement, constant, "", statement, alias, standard=False)


LANGUAGE = Language(
    id="ruby",
    title="Ruby",
    recognition=Recognition(
        files=(
            *("*.rb", "*.rake", "*.ru", "*.gemspec", "*.podspec", "*.jbuilder", "*.thor"),
            *("Gemfile", "Rakefile", "Podfile", "Fastfile", "Vagrantfile", "Guardfile", "Brewfile"),
            *(".irbrc", ".pryrc"),
        ),
        editor_ids=("ruby",),
        interpreters=("ruby", "jruby", "rake"),
    ),
    # `fetch` raises where nothing is set; `ENV[…]` gives nil.
    environment=Lookup('{ENV}.fetch("{name}")', (ENV,), lenient='{ENV}["{name}"]'),
    grammar=Grammar(
        "tree_sitter_ruby",
        _CONTEXT + DEFAULTS + LAID + RUBY.query,
        _OUTLINE,
        _NAMES,
        opening=r"(?P<quote>[\"'`])|%[qQwWx]?[^\w\s]",
    ),
    writing=Writing(write=_write, fit=_fit),
    placement=Placement(import_gap=""),
    project=ProjectFacts(
        runtimes=RUBY_RUNTIMES,
        declares=r"\b(?:class|module)\s+(?:\w+::)*{0}\b|\b{0}\s*=",
        manifests=(Manifest("Gemfile", "bundle add {}"),),
        takes_dotenv=True,
        dotenv=Loader(
            r"dotenv/load|\bDotenv[.](?:load|overload)",
            "the gem dotenv",
            "dotenv",
            Requirement("dotenv/load", 'require "dotenv/load"', "dotenv/load", standard=False),
        ),
    ),
)
