"""Java."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Placement, ProjectFacts, Recognition, Writing
from notion_lsp.languages._earlier_typed import JAVA as EARLIER
from notion_lsp.languages._formats_typed import JAVA
from notion_lsp.languages._identity import JAVA as GIVEN
from notion_lsp.languages._identity import JAVA_COMPARED, OBJECTS, fit
from notion_lsp.languages._jvm_annotations import JAVA as ANNOTATIONS
from notion_lsp.languages._jvm_annotations import placeholders, variable
from notion_lsp.languages._jvm_runtimes import ANDROID
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.lookup import Lookup, Manifest, Requirement, built_in
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import concatenate, interpolate
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.refused import Refused
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_GETENV = """
(method_invocation
  object: (identifier) @_system name: (identifier) @_getenv
  arguments: (argument_list . (string_literal (string_fragment) @name) .))
"""
_IS_GETENV = '(#eq? @_system "System") (#eq? @_getenv "getenv")'

_INTERNED = "(method_invocation name: (identifier) @_intern)"

_CONTEXT = rf"""
{EARLIER.tried}
(string_literal) @literal
[(line_comment) (block_comment)] @comment

{ANNOTATIONS}
((annotation_type_element_declaration value: (_) @fixed)
  (#set! reason "An annotation takes constants only."))
([(method_invocation name: (_) @_with arguments: (_) @fixed)
  ; System Lambda, System Stubs, Kotest.
  (object_creation_expression type: (_) @_with arguments: (_) @fixed)]
  (#match? @_with "^(with(System)?Environment(Variables?)?|EnvironmentVariables)$")
  (#set! reason "{SETS_ENVIRONMENT}"))
; a == b.intern(): a variable's value is one object each time it is read
([(binary_expression . {_INTERNED} . ["==" "!="] . (string_literal) @fixed)
  (binary_expression . (string_literal) @fixed . ["==" "!="] . {_INTERNED})]
  (#eq? @_intern "intern") (#set! reason "{OBJECTS}"))
((switch_label) @fixed (#set! reason "A `case` label must be a constant."))

([(field_declaration (modifiers) @_final (variable_declarator name: (identifier) @constant_name))
  ; A `final` variable with a constant value is a constant (JLS 4.12.4), which annotations may use.
  (local_variable_declaration
    (modifiers) @_final (variable_declarator name: (identifier) @constant_name))] @constant
  (#match? @_final "final"))
((field_declaration (modifiers) @_final) @of_object
  (#match? @_final "final") (#not-match? @_final "static"))
(constant_declaration (variable_declarator name: (identifier) @constant_name)) @constant @shared
((field_declaration (modifiers) @_private) @shared (#not-match? @_private "private"))

; String a = "TOKEN", a = …, this.a = …, map.put("a", …)
(variable_declarator name: (identifier) @name value: (string_literal) @literal)
(assignment_expression left: (identifier) @name right: (string_literal) @literal)
(assignment_expression
  left: (field_access field: (identifier) @name) right: (string_literal) @literal)
((method_invocation
  name: (identifier) @_put
  arguments: (argument_list
    . (string_literal (string_fragment) @name) . (string_literal) @literal .))
  (#match? @_put "^(put|putIfAbsent|entry|setProperty)$"))

; System.getenv().getOrDefault("A", "TOKEN")
((method_invocation
  object: (method_invocation
    object: (identifier) @_system name: (identifier) @_getenv arguments: (argument_list . ")"))
  name: (identifier) @_default
  arguments: (argument_list
    . (string_literal (string_fragment) @name) . (string_literal) @literal .)) @replace
  {_IS_GETENV} (#eq? @_default "getOrDefault"))
; Optional.ofNullable(System.getenv("A")).orElse("TOKEN")
((method_invocation
  object: (method_invocation
    name: (identifier) @_nullable arguments: (argument_list . {_GETENV} .))
  name: (identifier) @_else
  arguments: (argument_list . (string_literal) @literal .)) @replace
  {_IS_GETENV} (#eq? @_nullable "ofNullable") (#eq? @_else "orElse"))
((method_invocation
  ; Objects.requireNonNullElse(System.getenv("A"), "TOKEN")
  name: (identifier) @_else
  arguments: (argument_list . {_GETENV} . (string_literal) @literal .)) @replace
  {_IS_GETENV} (#eq? @_else "requireNonNullElse"))
; System.getenv("A") != null ? System.getenv("A") : "TOKEN"
((ternary_expression
  condition: (binary_expression left: (method_invocation) operator: "!=" right: (null_literal))
  consequence: {_GETENV} alternative: (string_literal) @literal) @replace {_IS_GETENV})

((method_invocation
  name: (identifier) @replace arguments: (argument_list . (string_literal) @literal .)) @_call
  ; The default of an `Optional` is evaluated first, unless it is a function.
  (#eq? @replace "orElse")
  (#not-match? @_call "ofNullable\\(System[.]getenv\\([^()]*\\)\\)\\s*[.]orElse")
  (#set! wrap "orElseGet(() -> %"))
((method_invocation
  name: (identifier) @_else arguments: (argument_list . (string_literal) @literal @default .))
  (#any-of? @_else "defaultValue" "orElse"))
; config.getString("A", "TOKEN")
((method_invocation
  name: (identifier) @_get
  arguments: (argument_list
    . (string_literal (string_fragment) @name) . (string_literal) @literal .))
  (#match? @_get "^get") (#match? @name "^[A-Z][A-Z0-9_]*$"))
((field_declaration
  ; What JCommander, picocli and args4j put an option into.
  (modifiers [(annotation name: (_) @_option) (marker_annotation name: (_) @_option)])
  declarator: (variable_declarator value: (string_literal) @literal @default))
  (#match? @_option "(^|[.])(Argument|Option|Parameter|Parameters)$"))
((class_declaration
  ; Spring sets the fields of such an object once it is made.
  (modifiers [(annotation name: (_) @_bound) (marker_annotation name: (_) @_bound)])
  body: (class_body (field_declaration
    declarator: (variable_declarator value: (string_literal) @literal @default))))
  (#match? @_bound "(^|[.])ConfigurationProperties$"))
((method_invocation
  name: (identifier) @_get arguments: (argument_list (_) . (string_literal) @literal @default .))
  (#match? @_get
    "^(get(Option(Value)?|Parameter|Property|String|Value)?|\\w+OrDefault|putIfAbsent)$"))
((method_invocation
  name: (identifier) @_else arguments: (argument_list (_) . (string_literal) @literal @default .))
  (#any-of? @_else "requireNonNullElse" "firstNonNull" "defaultIfBlank" "defaultIfEmpty"))
((method_invocation
  name: (identifier) @source
  arguments: (argument_list
    . (string_literal (string_fragment) @name) . (string_literal) @literal .))
  (#match? @source "(?i)^(get|read)?_?env(var)?_?(or|default|string|str|else)*$"))
"""

_OUTLINE = rf"""
{JAVA_COMPARED} ({_GETENV} @read {_IS_GETENV})
{EARLIER.assigned}
(program . [(line_comment) (block_comment)]+ @banner)
(package_declaration) @header
((import_declaration (scoped_identifier name: (identifier) @alias) @module .) @import
  (#not-match? @import "^import[ ]+static|[*] *;$"))
((import_declaration (scoped_identifier) @module (asterisk) @member) @import
  (#not-match? @import "^import[ ]+static"))
(program (_ name: (identifier) @declared))

(program (_ body: (class_body "}}" @end) @home))  ; Java has no functions outside of types.
(program (_ body: (enum_body (enum_body_declarations) "}}" @end) @home))
((program (_ body: [(annotation_type_body "}}" @end) (interface_body "}}" @end)] @home))
  ; The member classes of an interface are public and static by themselves (JLS 9.5).
  (#set! without "private static "))
(program (_ body: (_ (class_declaration name: (identifier) @definition))))
(program (_ body: (_ (enum_body_declarations
  (class_declaration name: (identifier) @definition)))))

(ERROR) @unreadable
(annotation_argument_list
  [(binary_expression) (element_value_array_initializer) (field_access) (identifier)]
  @constant_only)
(element_value_pair value: (_) @constant_only)
(annotation_type_element_declaration value: (_) @constant_only)
(switch_label) @constant_only
([(binary_expression . {_INTERNED} . ["==" "!="] . (_) @constant_only)
  (binary_expression . [(identifier) (field_access)] @constant_only . ["==" "!="] . {_INTERNED})]
  (#eq? @_intern "intern"))
(variable_declarator name: (identifier) @made_name value: (_) @made_from)

[(class_body) (enum_body) (interface_body)] @members
(_ (field_declaration (variable_declarator name: (identifier) @scoped_name))) @scoped_in
(class_literal) @unused
((field_declaration (modifiers) @_static (variable_declarator value: (_) @set_at_once))
  (#match? @_static "static"))
(static_initializer) @set_at_once
((field_declaration (modifiers) @_static (variable_declarator value: (_) @set_with_object))
  (#not-match? @_static "static"))
(field_declaration . type: (_) (variable_declarator value: (_) @set_with_object))
(class_body (block) @set_with_object)
; A constructor runs that of the superclass first, which may call what the class overrides.
[(class_declaration superclass: (_) @superclass body: (_) @subclass_body)
  (object_creation_expression type: (_) @superclass (class_body) @subclass_body)
  (enum_declaration name: (_) @superclass
    body: (enum_body (enum_constant body: (_) @subclass_body)))]
(class_declaration name: (identifier) @member_name superclass: (_) @member_code)
(constant_declaration (variable_declarator value: (_) @set_at_once))
(enum_constant) @set_first  ; Its constants are made before all else of an enum (JLS 12.4.2).
(enum_body_declarations [(constructor_declaration) (block)] @set_first)
((enum_body_declarations
  (field_declaration (modifiers) @_static (variable_declarator value: (_) @set_first)))
  (#not-match? @_static "static"))
(_ name: (identifier) @member_name body: [(block) (constructor_body)] @member_code)
(_ name: (identifier) @member_name body: [
  (class_body (field_declaration (variable_declarator value: (_) @member_code)))
  (interface_body (constant_declaration (variable_declarator value: (_) @member_code)))
  (enum_body (_ (field_declaration (variable_declarator value: (_) @member_code))))
  (enum_body (enum_constant) @member_code)
  (class_body [(block) (static_initializer)] @member_code)])
"""

_NAMES = """
[(identifier) (type_identifier)] @name
[(field_access object: (identifier) @use)
  (method_invocation object: (identifier) @use)
  (method_reference . (identifier) @use)]
(type_identifier) @use
(type_parameter (type_identifier) @otherwise)
[(field_access field: (identifier) @apart)
  (method_invocation name: (identifier) @apart)
  (method_declaration name: (identifier) @apart)
  (method_reference (identifier) @apart .)
  (scoped_identifier scope: (identifier) @apart)
  (scoped_identifier scope: (scoped_identifier name: (identifier) @apart))
  (package_declaration (scoped_identifier name: (identifier) @apart))
  (labeled_statement . (identifier) @apart)
  (break_statement (identifier) @apart)
  (continue_statement (identifier) @apart)
  (element_value_pair key: (identifier) @apart)]
(import_declaration (scoped_identifier name: (identifier) @use))
(import_declaration "static" (scoped_identifier name: (identifier) @otherwise))
"""

# Where a sum needs no parentheses around it.
_ALONE_IN = frozenset(
    {"argument_list", "array_initializer", "assignment_expression", "binary_expression"}
    | {"expression_statement", "lambda_expression", "parenthesized_expression"}
    | {"return_statement", "ternary_expression", "variable_declarator", "yield_statement"}
)


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    if site.instead is not None:
        return placeholders(site, holes)
    passed = pass_values(syntax.text, site, JAVA.styles, holes)
    if passed is not None:
        return passed
    literal, expressions = site.literal, [hole.expression for hole in holes]
    if literal.opening != '"""':
        return concatenate(site, expressions, " + ", alone=literal.parent in _ALONE_IN)
    # A text block has no holes: `formatted` (Java 15) fills them in, and reads `%` as its own sign.
    parts = [part.replace("%", "%%") for part in literal.parts]
    closing = f"{literal.closing}.formatted({', '.join(expressions)})"
    return interpolate(site, ["%s"] * len(holes), parts=parts, closing=closing)


def java_type(path: str) -> Requirement:
    """Return the import of a type, which has its full name where its own is taken."""
    name = path.rpartition(".")[2]
    return Requirement(path, f"import {path};", name, alias=path, standard=_is_standard(path))


def _is_standard(module: str) -> bool:
    return module.startswith("java.")


SYSTEM, STRING = (built_in(name, f"java.lang.{name}") for name in ("System", "String"))

# What is compiled for the JVM may use what any of the others declares.
FAMILY = ("*.java", "*.kt", "*.kts", "*.groovy", "*.scala")

# The types of a package, and Kotlin's functions and properties that stand in no type.
DECLARES = (
    r"\b(?:class|interface|enum|record|object|typealias)\s+{0}\b"
    r"|^(?:(?:public|internal|inline|const|lateinit)\s+)*(?:fun|val|var)\s+{0}\b"
)

# Neither tool has a command that adds a package.
MANIFESTS = (
    Manifest("pom.xml", "add {} to pom.xml"),
    Manifest("build.gradle.kts", "add {} to build.gradle.kts"),
    Manifest("build.gradle", "add {} to build.gradle"),
)

LANGUAGE = Language(
    id="java",
    title="Java",
    recognition=Recognition(files=("*.java",), editor_ids=("java",)),
    # `getenv` gives null where nothing is set, which would fail far from here.
    environment=Lookup(
        '{Objects}.requireNonNull({System}.getenv("{name}"), "{name} is not set")',
        (java_type("java.util.Objects"), SYSTEM),
        lenient='{Objects}.toString({System}.getenv("{name}"), "")',
    ),
    grammar=Grammar("tree_sitter_java", _CONTEXT + JAVA.query, _OUTLINE, _NAMES, opening=r'"""|"'),
    writing=Writing(write=_write, variable=variable, comment="// {}", fit=partial(fit, GIVEN)),
    placement=Placement(definitions_at_home=True, is_standard=_is_standard),
    project=ProjectFacts(
        family=FAMILY,
        manifests=MANIFESTS,
        declares=DECLARES,
        takes_dotenv=True,
        runtimes=ANDROID,
    ),
)
