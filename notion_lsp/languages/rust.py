"""Rust, 1.80 and later.

A string literal is a `&'static str`, and code relies on it: a `String` in its place would not fit a
field, an array, a `match` arm, or a variable that is passed on. So the lookup keeps the type. It is
a macro because one can be used in the modules below it without a path, and because each place then
keeps its own text, made once: nothing leaks, nothing is locked. Before the names it takes a format,
as `format!` does, for a token that is part of a string. The stores' macros have the same two arms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._compiled_runtimes import RUST_RUNTIMES
from notion_lsp.languages._earlier_typed import RUST as EARLIER
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.languages._rust_constants import checked_in_others, lazy, uses
from notion_lsp.languages._rust_defaults import ATTRIBUTES, DEFAULTS, OWNED, STRING, VAR
from notion_lsp.languages._rust_options import asked_last
from notion_lsp.loader import Loader
from notion_lsp.lookup import Definition, Lookup, Manifest
from notion_lsp.refused import Refused
from notion_lsp.syntax.formats import Named, named_arguments
from notion_lsp.syntax.literal_edits import escaped, interpolate, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_PATTERN = "A pattern must be a constant."
_ASSOCIATED = "A constant of a type must be known when it is compiled: make it a function."
_NUMBER = "What the compiler counts must be known to it: write the number instead."
_LITERAL = "This macro may take a literal only: put the token into a variable first."

_PRINTS = (
    "(^|::)(e?print(ln)?|format(_args)?|panic|todo|unimplemented"
    "|trace|debug|info|warn|error|anyhow|bail)$"
)
_WRITES = "(^|::)write(ln)?$"
_EVALUATES = "(debug_)?assert(_eq|_ne)?|dbg|json|lazy_static|thread_local|vec"
_CONTEXT = rf"""
{EARLIER.tried}
{STRING} @literal
[(line_comment) (block_comment)] @comment
(token_tree [(line_comment) (block_comment)] @beside) @_arguments

{ATTRIBUTES}
((macro_definition) @fixed (#set! reason "The token stands in the definition of a macro."))
; match a {{ "TOKEN" => … }}, if let "TOKEN" = a {{ … }}
((match_pattern . (_) @fixed) (#set! reason "{_PATTERN}"))
([(let_condition pattern: (_) @fixed) (let_declaration pattern: (_) @fixed)]
  (#set! reason "{_PATTERN}"))
((const_block) @fixed (#set! reason "A `const` block is run by the compiler."))
((function_item (function_modifiers) @_modifiers body: (_) @fixed)
  (#match? @_modifiers "\\bconst\\b")
  (#set! reason "A `const fn` may be run by the compiler."))
; [0; "TOKEN".len()], enum A {{ B = "TOKEN".len() as isize }}
([(array_expression length: (_) @fixed) (array_type length: (_) @fixed)
  (type_arguments (block) @fixed) (enum_variant value: (_) @fixed)] (#set! reason "{_NUMBER}"))
((impl_item body: (declaration_list (const_item) @fixed)) (#set! reason "{_ASSOCIATED}"))
((trait_item body: (declaration_list (const_item) @fixed)) (#set! reason "{_ASSOCIATED}"))
((call_expression function: (_) @_set arguments: (arguments) @fixed)
  (#match? @_set "(^|::)set_var$")
  (#set! reason "{SETS_ENVIRONMENT}"))
({STRING} @fixed (#match? @fixed "^cr?[\"#]") (#set! reason "A C string must be a literal."))
((unary_expression "*" {STRING} @fixed) (#set! reason "An array of bytes must be a literal."))
({STRING} @fixed (#match? @fixed "^r?#*\"cargo::?rustc-env=")
  (#set! reason "This line would put the token into the program: read it when the program runs."))

; concat!("TOKEN"): what is not known to print or to evaluate what it is given
((macro_invocation macro: (_) @_macro (token_tree) @fixed)
  (#not-match? @_macro "{_PRINTS}") (#not-match? @_macro "{_WRITES}")
  (#not-match? @_macro "(^|::)({_EVALUATES})$")
  (#set! reason "{_LITERAL}"))
((token_tree (identifier) @_macro . "!" . (token_tree) @fixed)
  (#not-match? @_macro "{_PRINTS}") (#not-match? @_macro "{_WRITES}")
  (#not-match? @_macro "^({_EVALUATES})$") (#set! reason "{_LITERAL}"))
; assert!(a, "TOKEN {{}}", b): the message is a format, but a comma may stand in a type
((macro_invocation macro: (_) @_macro (token_tree "," . {STRING} @fixed) @_arguments)
  (#match? @_macro "^(debug_)?assert") (#match? @_arguments "<[^<>]*,")
  (#set! reason "{_LITERAL}"))
((macro_invocation macro: (_) @_macro (token_tree "," . {STRING} @direct) @arguments)
  (#match? @_macro "^(debug_)?assert$"))
((macro_invocation macro: (_) @_macro (token_tree "," . {STRING} {STRING} @argument))
  (#match? @_macro "^(debug_)?assert$"))
((macro_invocation macro: (_) @_macro (token_tree "," "," . {STRING} @direct) @arguments)
  (#match? @_macro "^(debug_)?assert_"))
((macro_invocation macro: (_) @_macro (token_tree "," "," . {STRING} {STRING} @argument))
  (#match? @_macro "^(debug_)?assert_"))
; println!("TOKEN {{}}", a): the format; println!("{{}}", "TOKEN"): an argument
([(macro_invocation macro: (_) @_macro (token_tree {STRING} @direct) @arguments)
  (token_tree (identifier) @_macro . "!" . (token_tree {STRING} @direct) @arguments)]
  (#match? @_macro "{_PRINTS}|{_WRITES}"))
; println!("{{a}}", a = "TOKEN")
(token_tree "=" . {STRING} @argument)
([(macro_invocation macro: (_) @_macro (token_tree . {STRING} {STRING} @argument))
  (token_tree (identifier) @_macro . "!" . (token_tree . {STRING} {STRING} @argument))]
  (#match? @_macro "{_PRINTS}"))
([(macro_invocation macro: (_) @_macro (token_tree {STRING} {STRING} @argument))
  (token_tree (identifier) @_macro . "!" . (token_tree {STRING} {STRING} @argument))]
  (#match? @_macro "{_WRITES}"))

[(const_item "const" @keyword name: (_) @constant_name type: (_) @type value: (_) @value)
 (static_item "static" @keyword name: (_) @constant_name type: (_) @type value: (_) @value)]
 @constant
[(const_item (visibility_modifier)) (static_item (visibility_modifier))] @public
[(const_item (visibility_modifier (_))) (static_item (visibility_modifier (_)))] @of_crate
((static_item (mutable_specifier)) @fixed (#set! reason "A `static mut` must begin as a constant."))
[(function_item) (mod_item body: (_))] @scope
(closure_expression) @closure  ; Its code runs when it is called, and may call a macro.

(const_item name: (identifier) @name value: {STRING} @literal)
(static_item name: (identifier) @name value: {STRING} @literal)
(static_item
  ; static A: LazyLock<String> = LazyLock::new(|| "TOKEN".to_string())
  name: (identifier) @name
  value: (call_expression
    arguments: (arguments (closure_expression body: [{OWNED} {STRING} @literal]))))
"""

_OUTLINE = rf"""
{EARLIER.assigned}
({VAR} @read (#match? @_var "(^|::)var(_os)?$"))
(source_file . [(line_comment !outer !inner) (block_comment !outer !inner)]+ @banner)
(source_file [(shebang) (inner_attribute_item) (extern_crate_declaration)] @header)
(source_file [(line_comment inner: (_)) (block_comment inner: (_))] @header)
(source_file (use_declaration argument: (_) @module) @import)
(source_file (use_declaration argument: [
  (scoped_identifier path: (_) @module name: (_) @member)
  (scoped_use_list path: (_) @module list: (use_list (identifier) @member))
  (use_as_clause
    path: (scoped_identifier path: (_) @module name: (_) @member) alias: (_) @alias)]) @import)
(source_file (macro_definition name: (identifier) @definition))
((inner_attribute_item) @no_std (#match? @no_std "\\bno_std\\b"))

((source_file (function_item name: (_) @main)) (#eq? @main "main"))
((macro_invocation macro: (_) @_macro (token_tree) @formatted)
  (#match? @_macro "{_PRINTS}|{_WRITES}"))
(ERROR) @unreadable
(mod_item !body) @file  ; The file of that module may use the constants of this one.
[(const_item) (static_item) (const_block) (shorthand_field_initializer) (use_as_clause)]
  @constant_only
(use_declaration argument: (_) @path)
(mod_item name: (_) @module_name body: (_))
[(match_pattern . (_) @constant_only) (let_condition pattern: (_) @constant_only)
  (enum_variant value: (_) @constant_only) (type_arguments (block) @constant_only)
  (array_type length: (_) @constant_only) (array_expression length: (_) @constant_only)]
((function_item (function_modifiers) @_modifiers body: (_) @constant_only)
  (#match? @_modifiers "\\bconst\\b"))
((macro_invocation macro: (_) @_macro (token_tree) @constant_only)  ; It may want a pattern.
  (#not-match? @_macro "{_PRINTS}") (#not-match? @_macro "{_WRITES}")
  (#not-match? @_macro "(^|::)({_EVALUATES})$"))
((token_tree (identifier) @_macro . "!" . (token_tree) @constant_only)
  (#not-match? @_macro "{_PRINTS}") (#not-match? @_macro "^({_EVALUATES})$"))
(identifier) @use
(block [(const_item name: (_) @scoped_name) (static_item name: (_) @scoped_name)]) @scoped_in
(mod_item body: (declaration_list
  [(const_item name: (_) @scoped_name) (static_item name: (_) @scoped_name)])) @scoped_in
"""

_NAMED = Named("{{{}}}", "{} = {}")
_BRACE = re.compile(r"(\\(?:u\{[^{}]*\}|.))|[{}]", re.DOTALL)
_RAW_END = re.compile(r"\"#+\Z")
_BINARY = re.compile(r"(?<!\\)(?:\\\\)*\\x[89a-fA-F]")  # A byte above 0x7F is no character.
_OPENING = r"[bc]?(?:r#*)?(?P<quote>\")"


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    edits = _expression(syntax, site, holes)
    if isinstance(edits, Refused):
        return edits
    if reason := _out_of_reach(syntax, site.literal.span.start, holes[0]):
        return Refused(reason)
    constant = next(iter(site.captures.get("constant", ())), None)
    if constant is None or any(map(constant.contains, site.captures.get("closure", ()))):
        return edits
    changed = uses(syntax, site, constant)
    return changed if isinstance(changed, Refused) else (*lazy(syntax.text, site, edits), *changed)


def _fit(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    return checked_in_others(syntax, site, mentioning) or asked_last(syntax, site)


def _expression(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal, captures = site.literal, site.captures
    if site.replaced:
        owned = ".to_string()" if site.replaced in captures.get("owned", ()) else ""
        return replace_literal(site, f"{holes[0].expression}{owned}")
    if "r" not in literal.opening and (refused := escaped(literal)):
        return refused
    is_format = literal.span in {*captures.get("direct", ())} - {*captures.get("argument", ())}
    return _format(syntax, site, holes) if is_format else _text(site, holes)


def _format(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...]:
    literal = site.literal
    if not any("{" in part.replace("{{", "") for part in literal.parts):
        values = ", ".join(hole.expression for hole in holes)
        return interpolate(site, ["{}"] * len(holes), closing=f"{literal.closing}, {values}")
    # Beside other values it has a name (`std::fmt`, "Named parameters").
    arguments = min(site.captures["arguments"], key=lambda span: span.size)
    return named_arguments(syntax.text, arguments, site, holes, _NAMED)


def _text(site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    bytes_, raw = literal.opening.startswith("b"), "r" in literal.opening
    if bytes_ and not raw and any(map(_BINARY.search, literal.parts)):
        return Refused("The string has bytes that are no text.")
    end = ".as_bytes()" if bytes_ else ""
    # The last part of a raw string ends as the string does.
    if literal.parts[0] == _RAW_END.sub("", literal.parts[-1]) == "" and len(holes) == 1:
        return replace_literal(site, f"{holes[0].expression}{end}")
    parts = [_BRACE.sub(_raw_brace if raw else _brace, part) for part in literal.parts]
    names = ", ".join(hole.lookup.arguments for hole in holes)
    return interpolate(
        site,
        ["{}"] * len(holes),
        opening=f"{_macro(holes[0])}!({literal.opening.removeprefix('b')}",
        parts=parts,
        closing=f"{literal.closing}, {names}){end}",
    )


def _macro(hole: Hole) -> str:
    return hole.lookup.definition.name if hole.lookup.definition else ""


def _brace(found: re.Match[str]) -> str:
    return found[1] or found[0] * 2


def _raw_brace(found: re.Match[str]) -> str:
    return found[0].replace("{", "{{").replace("}", "}}")


def _out_of_reach(syntax: Syntax, at: int, hole: Hole) -> str | None:
    captures, text = syntax.outline.captures, syntax.text
    if "no_std" in captures:
        return "The macro that would read it needs the standard library."
    for span in captures.get("definition", ()):
        if span.start > at and span.of(text) == _macro(hole):
            return "The macro that reads it stands below the token: move it up."
    return None


_REQUIRE_ENV = Definition(
    "require_env",
    """\
macro_rules! {require_env} {
    ($name:literal) => {
        {require_env}!("{}", $name)
    };
    ($format:literal, $($name:literal),+) => {{
        static TEXT: ::std::sync::OnceLock<::std::string::String> = ::std::sync::OnceLock::new();
        TEXT.get_or_init(|| {
            let set = |name| ::std::env::var(name).ok().filter(|value| !value.is_empty());
            ::std::format!($format, $(set($name).expect(::std::concat!($name, " is not set"))),+)
        })
        .as_str()
    }};
}""",
    signature=r"(?s)macro_rules! require_env \{.*\(\$format:literal, \$\(\$name:literal\),\+\)",
)

LANGUAGE = Language(
    id="rust",
    title="Rust",
    recognition=Recognition(files=("*.rs",), editor_ids=("rust",)),
    environment=Lookup(
        "{require_env}!({arguments})", definition=_REQUIRE_ENV, arguments='"{name}"'
    ),
    grammar=Grammar(
        "tree_sitter_rust",
        _CONTEXT + DEFAULTS,
        _OUTLINE,
        "(identifier) @name",
        _OPENING,
    ),
    writing=Writing(write=_write, comment="// {}", fit=_fit),
    project=ProjectFacts(
        manifests=(Manifest("Cargo.toml", "cargo add {}"),),
        runtimes=RUST_RUNTIMES,
        takes_dotenv=True,
        dotenv=Loader(r"\bdotenvy?::(?:dotenv|from_)|\bdotenvy?::load", "dotenvy::dotenv()"),
    ),
)
