"""C#, 7 and later."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Placement, ProjectFacts, Recognition, Writing
from notion_lsp.languages import _csharp_constants as constants
from notion_lsp.languages._compiled_runtimes import CSHARP_RUNTIMES
from notion_lsp.languages._csharp_defaults import DEFAULTS
from notion_lsp.languages._earlier_typed import CSHARP as EARLIER
from notion_lsp.languages._formats_typed import CSHARP
from notion_lsp.languages._identity import CSHARP as GIVEN
from notion_lsp.languages._identity import CSHARP_COMPARED, fit
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.loader import Loader
from notion_lsp.lookup import Lookup, Manifest, Requirement
from notion_lsp.refused import Refused
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import concatenate, interpolate, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_STRING = """[(string_literal) (verbatim_string_literal) (raw_string_literal)
  (interpolated_string_expression)]"""
_ENVIRONMENT = """
(invocation_expression
  function: (member_access_expression name: (identifier) @_get)
  arguments: (argument_list . (argument (string_literal (string_literal_content) @name)) .))
"""

_DELEGATES = (
    r"Add(?!OrUpdate)\\w*|Configure\\w*|ForEach|GetOrAdd|Map(Delete|Get|Patch|Post|Put)|PostConfigure"
    r"|RemoveAll|Returns(Async)?|Run|StartNew|TrueForAll|Use\\w*|With\\w*"
)

_CONTEXT = rf"""
{EARLIER.tried}
{_STRING} @literal
(comment) @comment

((attribute_argument_list) @fixed (#set! reason "An attribute takes constants only."))
((parameter name: (_) . (_) @fixed) (#set! reason "The default of a parameter must be a constant."))
((constant_pattern) @fixed (#set! reason "A `case` label or a pattern must be a constant."))
; A lambda that may be compiled to an expression tree: Where(a => …), new A(b => …), `from`;
; what sets up an application, a thread, a list or a stand-in takes a delegate.
((invocation_expression
  function: (_) @_called arguments: (_ (argument (lambda_expression body: (_) @tree))))
  (#not-match? @_called "(^|[.])({_DELEGATES})(<[^()]*>)?$"))
((object_creation_expression type: (_) @_new arguments: (_ (_ (lambda_expression body: (_) @tree))))
  (#not-match? @_new "^(Argument|Lazy|Option|Task|Thread)\\b"))
(query_expression) @tree
((variable_declaration type: (_) @_t (variable_declarator (lambda_expression body: (_) @tree)))
  (#match? @_t "Expression<"))
[(block) @no_tree (lambda_expression body: (assignment_expression) @no_tree)]
((goto_statement) @fixed (#set! reason "A `case` label or a pattern must be a constant."))
((string_literal (string_literal_encoding)) @fixed
  (#set! reason "A literal with `u8` is bytes, and must be known when the code is compiled."))
((invocation_expression
  function: (member_access_expression name: (identifier) @_set) arguments: (argument_list) @fixed)
  (#eq? @_set "SetEnvironmentVariable") (#set! reason "{SETS_ENVIRONMENT}"))

{constants.CONTEXT}
(binary_expression operator: "??" right: {_STRING} @alone)  ; `??` groups from the right.

; var a = "TOKEN", string A => …, a = …, this.a = …, a["b"] = …, F(a: …), {{"a", …}}
(variable_declarator name: (identifier) @name {_STRING} @literal)
(property_declaration name: (identifier) @name
  value: [(arrow_expression_clause {_STRING} @literal) {_STRING} @literal])
(assignment_expression
  left: [
    (identifier) @name
    (member_access_expression name: (identifier) @name)
    (element_access_expression
      subscript: (_ (argument (string_literal (string_literal_content) @name))))
    (element_binding_expression (argument (string_literal (string_literal_content) @name)))]
  right: {_STRING} @literal)
(argument name: (identifier) @name {_STRING} @literal)
(initializer_expression
  . (string_literal (string_literal_content) @name) . {_STRING} @literal .)

; GetEnvironmentVariableOrDefault("A", "TOKEN"), a function of the program's own
((invocation_expression
  function: (_) @source
  arguments: (argument_list
    . (argument (string_literal (string_literal_content) @name))
    . (argument {_STRING} @literal) .))
  (#match? @source "^(Get|Read)?Env(Var|ironment)?(Variable)?(Or|Default|String|Else)*$"))

; Environment.GetEnvironmentVariable("A") ?? "TOKEN"
((binary_expression left: {_ENVIRONMENT} @replace operator: "??" right: {_STRING} @literal)
  (#eq? @_get "GetEnvironmentVariable"))
"""

_OUTLINE = rf"""
{CSHARP_COMPARED}
{EARLIER.assigned}
({_ENVIRONMENT} @read (#eq? @_get "GetEnvironmentVariable"))
(compilation_unit . (comment)+ @banner)
(extern_alias_directive) @header
[(preproc_define (preproc_arg) @header) (preproc_undef (preproc_arg) @header)]
((using_directive) @header (#match? @header "^global"))  ; These stand above all others.
([(compilation_unit (using_directive !name [(identifier) (qualified_name)] @module) @import)
  (declaration_list (using_directive !name [(identifier) (qualified_name)] @module) @import)]
  (#not-match? @import "^(global|using[ ]+(static|unsafe))"))
((compilation_unit (using_directive !name (identifier) @module) @import . (_) @_next)
  (#eq? @module "System") (#match? @import "^global") (#not-match? @_next "^global"))
((compilation_unit
  (using_directive !name (identifier) @module) @_system . (using_directive) @import . (_) @_next)
  (#eq? @module "System") (#match? @_system "^global")
  (#match? @import "^global") (#not-match? @_next "^global"))
(_ body: (declaration_list (using_directive) @homeless))
(compilation_unit (class_declaration name: (identifier) @definition))
{constants.OUTLINE}
"""

_NAMES = """
(identifier) @name
(implicit_parameter) @name
(member_access_expression expression: (identifier) @apart)  ; An import of `System` may be implicit.
(member_access_expression name: (identifier) @apart)
(member_binding_expression name: (identifier) @apart)
(argument name: (identifier) @apart)
(qualified_name name: (identifier) @apart)
(namespace_declaration name: (_) @otherwise)
(file_scoped_namespace_declaration name: (_) @otherwise)
(attribute_argument name: (identifier) @apart)
(using_directive (qualified_name) @apart)
(using_directive !name (identifier) @apart)
((object_creation_expression type: (identifier) @apart) (#match? @apart "Exception$"))
(catch_declaration type: (identifier) @apart)
"""

# Where `a ?? throw b` needs no parentheses around it.
_ALONE_IN = frozenset(
    {"argument", "arrow_expression_clause", "assignment_expression", "expression_element"}
    | {"initializer_expression", "lambda_expression", "parenthesized_expression"}
    | {"property_declaration", "return_statement", "switch_expression_arm", "variable_declarator"}
    | {"yield_statement"}
)
_SUM_ALONE_IN = _ALONE_IN | {"binary_expression", "conditional_expression"}

_BRACES = re.compile(r"\{+|\}+")
# The grammar sees no hole behind escaped braces, as in `$"{{{a}}}"`.
_TO_FIRST_QUOTE = re.compile(r'(?<!\$)(?:\$@?|@\$)"(?!"")[^"\n]*')
_ESCAPED = re.compile(r"(?<!\{)(?:\{\{)+(?=\{(?!\{))")


def _mended(text: str) -> str:
    def without(start: re.Match[str]) -> str:
        return _ESCAPED.sub(lambda braces: "." * len(braces[0]), start[0])

    return _TO_FIRST_QUOTE.sub(without, text)


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    edits = _expression(syntax, site, holes)
    if any(hole.lookup.compound for hole in holes) and _may_be_a_tree(site):
        return Refused(
            "This lambda may become an expression tree, which cannot throw: "
            "put the token into a variable above it first."
        )
    if "constant" not in site.captures:
        return edits
    variables = constants.as_variables(syntax, site)
    return variables if isinstance(variables, Refused) else (*variables, *edits)


def _may_be_a_tree(site: Site) -> bool:
    # What has statements in it, or assigns, is no expression tree (C# reference, CS0834, CS0832).
    literal, captures = site.literal.span, site.captures
    trees = [each for each in captures.get("tree", ()) if each.contains(literal)]
    others = [each for each in captures.get("no_tree", ()) if each.contains(literal)]
    return any(not any(tree.contains(each) for each in others) for tree in trees)


def _expression(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...]:
    literal = site.literal
    passed = pass_values(syntax.text, site, CSHARP.styles, holes)
    if passed is not None:
        return passed
    alone = literal.parent in _ALONE_IN or literal.span in site.captures.get("alone", ())
    if site.replaced or (literal.whole and alone):
        return replace_literal(site, holes[0].expression)
    operands = [
        f"({each.expression})" if each.lookup.compound else each.expression for each in holes
    ]
    if literal.whole:
        return replace_literal(site, operands[0])
    if "$" in literal.opening or literal.type == "raw_string_literal":
        return _interpolated(site, operands)
    return concatenate(site, operands, " + ", alone=literal.parent in _SUM_ALONE_IN)


def _interpolated(site: Site, operands: Sequence[str]) -> tuple[Edit, ...]:
    # As many braces make a hole as there are dollars, and a raw string has any number of both.
    literal = site.literal
    opening, depth = literal.opening, literal.opening.count("$")
    if not depth:
        runs = [len(run) for part in literal.parts for run in _BRACES.findall(part)]
        depth = max(runs, default=0) + 1
        opening = "$" * depth + opening
    holes = [f"{'{' * depth}{operand}{'}' * depth}" for operand in operands]
    return interpolate(site, holes, opening=opening)


SYSTEM = tuple(
    Requirement("System", "using System;", name, alias=f"global::System.{name}")
    for name in ("Environment", "InvalidOperationException")
)
# What the helpers of all stores need.
SHARED = (
    *SYSTEM,
    Requirement(
        "System.Collections.Concurrent",
        "using System.Collections.Concurrent;",
        "ConcurrentDictionary",
        alias="System.Collections.Concurrent.ConcurrentDictionary",
    ),
)
# A helper that waits for a call runs it on the pool, where no context holds it back.
TASK = Requirement(
    "System.Threading.Tasks",
    "using System.Threading.Tasks;",
    "Task",
    alias="System.Threading.Tasks.Task",
)

LANGUAGE = Language(
    id="csharp",
    title="C#",
    recognition=Recognition(files=("*.cs",), editor_ids=("csharp",)),
    environment=Lookup(
        '{Environment}.GetEnvironmentVariable("{name}")'
        ' ?? throw new {InvalidOperationException}("{name} is not set")',
        SYSTEM,
        compound=True,
        lenient='{Environment}.GetEnvironmentVariable("{name}") ?? ""',
    ),
    grammar=Grammar(
        "tree_sitter_c_sharp",
        _CONTEXT + DEFAULTS + CSHARP.query,
        _OUTLINE,
        _NAMES,
        opening=r"""(?:(?:\$@|@\$?)(?=")|\$*)(?P<quote>(?:(?<=@)|(?<=@\$))"|"{3,}|")""",
        mended=_mended,
    ),
    writing=Writing(write=_write, comment="// {}", fit=partial(fit, GIVEN)),
    placement=Placement(
        definitions_at_end=True,
        import_gap="",  # The usings of `System` and of other packages stand in one block.
        is_standard=lambda module: module.partition(".")[0] == "System",
    ),
    project=ProjectFacts(
        manifests=(Manifest("*.csproj", "dotnet add package {}"),),
        # A type, a namespace, an alias, or a member that a class may inherit.
        declares=r"\b(?:class|struct|enum|interface|record|delegate\s+\S+)\s+{0}\b"
        r"|\bnamespace\s+(?:\w+\.)*{0}\b|\busing\s+{0}\s*=|[\w>\])?]\s+{0}\s*(?:[{{;=]|$)",
        runtimes=CSHARP_RUNTIMES,
        takes_dotenv=True,
        dotenv=Loader(
            r"\bDotEnv[.](?:Fluent|Load)\(|\bEnv[.](?:Load|TraversePath)\(", "DotNetEnv.Env.Load()"
        ),
    ),
)
