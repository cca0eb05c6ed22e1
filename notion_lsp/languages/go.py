"""Go."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Placement, ProjectFacts, Recognition, Writing
from notion_lsp.languages._compiled_runtimes import GO_RUNTIMES
from notion_lsp.languages._earlier_typed import GO as EARLIER
from notion_lsp.languages._formats_native import GO, GO_ALONE
from notion_lsp.languages._go_builds import conditions
from notion_lsp.languages._go_constants import as_variable, kept, stays_constant
from notion_lsp.languages._go_requirements import MUST_ENV, OS, PREDECLARED
from notion_lsp.languages._go_types import wanted
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.loader import Loader
from notion_lsp.lookup import Lookup, Manifest, Requirement
from notion_lsp.refused import Refused
from notion_lsp.syntax.following import following
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import concatenate
from notion_lsp.syntax.neighbour import word
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit, Span

_STRING = "[(interpreted_string_literal) (raw_string_literal)]"

_CONTEXT = rf"""
{EARLIER.tried}
{_STRING} @literal
(comment) @comment

((import_spec path: (_) @fixed) (#set! reason "This is the path of a package."))
((field_declaration tag: (_) @fixed)
  (#not-match? @fixed "(?i)default")
  (#set! reason "A field's tag must be a literal."))
((field_declaration tag: (_) @fixed)
  (#match? @fixed "(?i)default")
  (#set! reason
    "A field's tag must be a literal: take the default out, and have the variable required."))
([(array_type length: (_) @fixed)
  (composite_literal
    type: [(array_type) (implicit_length_array_type) (slice_type)]
    body: (literal_value (keyed_element key: (literal_element (call_expression)) @fixed)))]
  (#set! reason "The length of an array, or an index in it, must be a constant."))
((call_expression
  function: (selector_expression field: (field_identifier) @_setenv)
  arguments: (argument_list) @fixed)
  (#match? @_setenv "^Setenv$")
  (#set! reason "{SETS_ENVIRONMENT}"))

(const_declaration) @declaration
; A constant takes no call (Go specification, "Constant expressions").
(const_spec (identifier) @constant_name) @constant  ; By its field, it would be the first alone.
(const_spec value: (_) @constant_value)
(source_file (const_declaration (const_spec name: (identifier) @_name) @shared)
  (#match? @_name "^[A-Z]"))
(source_file (const_declaration (const_spec) @shared_beside))
(const_spec type: (_)) @typed

; const a = "TOKEN", var a = …, Config{{A: …}}
(const_spec name: (identifier) @name value: (expression_list . {_STRING} @literal .))
(var_spec name: (identifier) @name value: (expression_list . {_STRING} @literal .))
(keyed_element (literal_element (identifier) @name) (literal_element {_STRING} @literal))
(call_expression
  ; `cmp.Or(os.Getenv("NAME"), "…")` gives a default, since Go 1.22.
  function: (selector_expression operand: (identifier) @_cmp field: (field_identifier) @_or)
  arguments: (argument_list
    . (call_expression
      function: (selector_expression field: (field_identifier) @_getenv) @source
      arguments: (argument_list (interpreted_string_literal
        (interpreted_string_literal_content) @name)))
    . {_STRING} @literal .)
  (#eq? @_cmp "cmp") (#eq? @_or "Or") (#eq? @_getenv "Getenv"))
((call_expression
  ; What stands before it may be given: then nothing may stop.
  function: (_) @_or
  arguments: (argument_list (_) (call_expression
    function: (selector_expression field: (field_identifier) @_getenv)
    arguments: (argument_list (interpreted_string_literal
      (interpreted_string_literal_content) @name))) . {_STRING} @literal .))
  (#eq? @_or "cmp.Or") (#eq? @_getenv "Getenv"))

; env.Get("A", "TOKEN"), getEnvOrDefault("A", "TOKEN")
((call_expression
  function: (_) @source
  arguments: (argument_list
    . (interpreted_string_literal (interpreted_string_literal_content) @name)
    . {_STRING} @literal .))
  (#match? @source
    "(?i)(^|[.])(get|read|lookup|must|default)?_?env([.]get)?(var|or|default|str(ing)?)*$"))
; flag.String("a", "TOKEN", "…"), fs.StringVar(&a, "a", "TOKEN", "…")
((call_expression
  function: (selector_expression operand: (_) @_flags field: (field_identifier) @_string)
  arguments: (argument_list {_STRING} @literal @default))
  (#match? @_flags "(?i)flag|^fs$") (#match? @_string "^String(Var)?P?$"))
; viper.SetDefault("a", "TOKEN"), c.DefaultQuery("a", "TOKEN")
((call_expression
  function: (selector_expression field: (field_identifier) @_default)
  arguments: (argument_list {_STRING} @literal @default .))
  (#match? @_default "^(Default(PostForm|Query)?|Get(String)?Or|GetOrDefault|Or|SetDefault)$"))
((call_expression
  ; What a later provider is laid over.
  function: (_) @_provider
  arguments: (argument_list . (composite_literal body: (literal_value (keyed_element
    (literal_element (_)) (literal_element {_STRING} @literal @default))))))
  (#eq? @_provider "confmap.Provider"))
; &cli.StringFlag{{Name: "a", Value: "TOKEN"}}
((composite_literal
  type: (_) @_flag
  body: (literal_value (keyed_element
    (literal_element (identifier) @_value) (literal_element {_STRING} @literal @default))))
  (#match? @_flag "Flag$") (#eq? @_value "Value"))
(composite_literal
  ; urfave/cli reads these variables first.
  type: (_) @_flag
  body: (literal_value
    (keyed_element
      (literal_element (identifier) @_value) (literal_element {_STRING} @literal @replace))
    (keyed_element (literal_element (identifier) @_vars) (literal_element (_
      [(literal_value . (literal_element (interpreted_string_literal
        (interpreted_string_literal_content) @name)))
      (argument_list . (interpreted_string_literal
        (interpreted_string_literal_content) @name))]))))
  (#match? @_flag "Flag$") (#eq? @_value "Value") (#any-of? @_vars "EnvVars" "Sources")
  (#set! instead "{{os}}.Getenv(\"{{name}}\")"))

(argument_list (_) . {_STRING} @several)
(argument_list {_STRING} @several . (_))
"""

_OUTLINE = rf"""
{EARLIER.assigned}
(source_file . (comment)+ @banner)
(package_clause) @header
; The comment above it is code of C, so it goes into no group (cmd/cgo).
((import_declaration (import_spec path: (_ (_) @_module))) @header (#eq? @_module "C"))
((import_declaration (import_spec !name path: (_ (_) @module))) @import (#not-eq? @module "C"))
(import_declaration
  (import_spec name: (package_identifier) @alias path: (_ (_) @module))) @import
(import_spec_list (import_spec !name path: (_ (_) @module)) @import)
(import_spec_list
  (import_spec name: (package_identifier) @alias path: (_ (_) @module)) @import)
(source_file (function_declaration name: (identifier) @definition))
(source_file (var_declaration (var_spec name: (identifier) @declared)))
(source_file (var_declaration (var_spec_list (var_spec name: (identifier) @declared))))
(source_file (const_declaration (const_spec name: (identifier) @declared)))
(source_file (type_declaration (type_spec name: (type_identifier) @declared)))
(source_file (type_declaration (type_alias name: (type_identifier) @declared)))
((call_expression
  function: (_) @_get
  arguments: (argument_list . (_ (interpreted_string_literal_content) @name) .)) @read
  (#match? @_get "(^|[.])(Getenv|LookupEnv)$"))
(ERROR) @unreadable
(const_spec !value) @implicit  ; It repeats the value above it (Go specification).
(const_spec name: (identifier) "," value: (_) @constant_only)
((const_spec value: (_) @constant_only)
  ; No variable counts (Go specification, "Iota").
  (#match? @constant_only "\\biota\\b"))
(const_declaration
  ; Each of a group goes by itself.
  (const_spec name: (identifier) @following_name @following_const value: (_) @following_value))
(array_type length: (_) @constant_only)
(composite_literal type: [(array_type) (implicit_length_array_type) (slice_type)]
  body: (literal_value (keyed_element key: (_) @constant_only)))
"""

_NAMES = """
[(identifier) (package_identifier) (type_identifier) (field_identifier)] @name
(field_identifier) @apart
[(call_expression function: (identifier) @use) (type_identifier) @use]
[(type_spec name: (type_identifier) @otherwise) (type_alias name: (type_identifier) @otherwise)]
(selector_expression operand: (identifier) @use)
(qualified_type package: (package_identifier) @use)
(import_spec name: (package_identifier) @use)
(package_clause (package_identifier) @apart)
(keyed_element key: (literal_element (identifier) @apart))
"""

_OTHER_TYPE = "{}The constant is used as a type that is not `string`."
_ALONE_IN = frozenset(
    {"argument_list", "binary_expression", "expression_list", "literal_element"}
    | {"parenthesized_expression"}
)

_NEW = re.compile(r"\bnew\((?!(?:chan|func|interface|map|struct)\b|\[|<-)")
_AUTOLOAD = "github.com/joho/godotenv/autoload"


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    expressions = [hole.expression for hole in holes]
    passed = pass_values(syntax.text, site, GO.styles, holes)
    if passed is not None:
        return passed
    # As gofmt has it: no spaces in one argument of several.
    tight = site.literal.span in site.captures.get("several", ())
    alone = site.literal.parent in _ALONE_IN
    edits = concatenate(site, expressions, "+" if tight else " + ", alone=alone)
    constants = sorted(set(site.captures.get("constant", ())))
    constant = next((span for span in constants if span.contains(site.literal.span)), None)
    return edits if constant is None else as_variable(syntax, site, constant, edits)


def _fit(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    wrap = _of_its_uses(syntax, site, mentioning)
    if isinstance(wrap, Refused):
        return wrap
    if refused := stays_constant(syntax, site, mentioning):
        return refused
    own = wanted(syntax, site.literal.span, mentioning)
    if isinstance(own, Refused):
        return own
    stay = syntax.once(kept, mentioning) if "constant" in site.captures else ()
    return replace(site, wrap=own.replace("%", wrap), captures={**site.captures, "kept": stay})


def _of_its_uses(syntax: Syntax, site: Site, mentioning: Mentioning) -> str | Refused:
    # A constant without a type fits all types, and a variable has one: what all its uses want.
    declared = _untyped(syntax, site)
    names = {each.of(syntax.text) for each in declared}
    others = {*declared, *(row["field"] for row in syntax.found("(field_identifier) @field"))}
    places = [place for name in names for place in syntax.places(name) if place not in others]
    wants = {wanted(syntax, place, mentioning) for place in places} or {"%"}
    if len(wants) > 1 or any(isinstance(each, Refused) for each in wants):
        return Refused(_OTHER_TYPE.format(""))
    for name in names:
        for other in mentioning(word(name)):
            where = other.syntax
            if where and any(wanted(where, each, mentioning) != "%" for each in where.places(name)):
                return Refused(_OTHER_TYPE.format(f"{other.name}: "))
            if where and where.places(name) and wants != {"%"}:
                return Refused(_OTHER_TYPE.format(""))
    return str(wants.pop())


def _untyped(syntax: Syntax, site: Site) -> list[Span]:
    constants = set(site.captures.get("constant", ())) - set(site.captures.get("typed", ()))
    around = [each for each in constants if each.contains(site.literal.span)]
    names = site.captures.get("constant_name", ())
    own = [name for each in around for name in names if each.contains(name)]
    known = [name.of(syntax.text) for name in own]
    return [*own, *(each.name for each in following(syntax, known))]


LANGUAGE = Language(
    id="go",
    title="Go",
    recognition=Recognition(files=("*.go",), editor_ids=("go",)),
    environment=Lookup(
        '{mustEnv}("{name}")',
        (OS, *PREDECLARED),
        MUST_ENV,
        lenient='{os}.Getenv("{name}")',
    ),
    grammar=Grammar(
        "tree_sitter_go",
        _CONTEXT + GO.query,
        _OUTLINE + GO_ALONE,
        _NAMES,
        # The grammar wants a type, and not a value (Go 1.26).
        mended=partial(_NEW.sub, "neW("),
    ),
    writing=Writing(write=_write, comment="// {}", fit=_fit),
    placement=Placement(
        definitions_at_end=True,
        import_group="import (\n\t{}\n)",
        # The path of a package that can be downloaded begins with a host's name, which has a dot.
        is_standard=lambda module: "." not in module.partition("/")[0],
        exported=lambda name: name[0].upper() + name[1:],
    ),
    project=ProjectFacts(
        manifests=(Manifest("go.mod", "go get {}"),),
        # A file that is left out of every build is a package of its own.
        same_package=r"(?ms)\A(?!.*^//go:build ignore\b).*?^package (\w+)",
        conditions=conditions,
        runtimes=GO_RUNTIMES,
        takes_dotenv=True,
        dotenv=Loader(
            r"\bgodotenv[.](?:Load|Overload)\(|godotenv/autoload",
            "godotenv.Load()",
            "github.com/joho/godotenv",
            Requirement(_AUTOLOAD, f'import _ "{_AUTOLOAD}"', _AUTOLOAD, standard=False),
        ),
    ),
)
