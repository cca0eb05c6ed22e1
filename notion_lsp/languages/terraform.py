"""Terraform and OpenTofu: a sensitive variable, which `TF_VAR_…` sets.

A run without a value for the variable asks for it, or stops where it cannot ask.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._terraform_outputs import (
    Output,
    in_other_files,
    is_sensitive,
    outputs_of,
)
from notion_lsp.lookup import Definition, Lookup, Remains
from notion_lsp.positions import LineIndex
from notion_lsp.refused import Refused
from notion_lsp.syntax.literal_edits import escaped, interpolate, replace_literal
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit, Span, line_bounds, next_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_LABEL = "(string_lit (template_literal) {})"
_COUNTS = "What is sensitive may not decide how many there are."

_TEXT = """(string_lit
  (quoted_template_start) . (template_literal) . (quoted_template_end)) @literal"""
_OWN = """(expression
  . (variable_expr (identifier) @_var) . (get_attr (identifier) @name) .) @own"""
_ASKED = """(expression
  (operation (binary_operation . (variable_expr) . (get_attr (identifier) @_asked))))"""

LITERALS = """
[(string_lit) (quoted_template)] @literal
((heredoc_template) @literal (#set! bare "true"))
(comment) @comment
((block (string_lit) @fixed) (#set! reason "The label of a block is a name."))
((object_elem key: (expression) @fixed) (#set! reason "The token is the key of a value."))
"""
_CONTEXT = rf"""
{LITERALS}
((block . (identifier) @_type (body) @fixed)
  (#match? @_type "^(moved|removed|terraform)$")
  (#set! reason "This block takes constants only."))
((block . (identifier) @_type (body (attribute . (identifier) @_name) @fixed))
  (#eq? @_type "variable") (#not-eq? @_name "default")
  (#set! reason "A variable is described by constants only."))
((block . (identifier) @_type (body (attribute . (identifier) @_name) @fixed))
  (#eq? @_type "module") (#match? @_name "^(source|version)$")
  (#set! reason "Where a module comes from must be a constant."))
((attribute . (identifier) @_name (expression) @fixed)
  (#match? @_name "^(count|for_each)$") (#set! reason "{_COUNTS}"))
((attribute . (identifier) @_name (expression) @fixed)
  (#match? @_name "^(depends_on|ignore_changes|replace_triggered_by)$")
  (#set! reason "This argument takes names only."))
((attribute . (identifier) @_name (expression) @fixed)
  (#eq? @_name "description") (#set! reason "A description must be a constant."))

((block . (identifier) @_type . {_LABEL.format("@name")} (body
  (attribute . (identifier) @_name (expression . (literal_value . (string_lit) @literal .) .))))
  (#eq? @_type "variable") (#eq? @_name "default"))
((block . (identifier) @_type (body (attribute . (identifier) @_name) @default)) @block
  (#eq? @_type "variable") (#eq? @_name "default"))
; coalesce(var.token, "TOKEN") stops without the default.
((function_call
  (identifier) @_tries
  (function_arguments
    {_OWN}
    . "," @comma . (expression (literal_value {_TEXT})) .))
  (#any-of? @_tries "coalesce" "try") (#eq? @_var "var"))
; var.token != "" ? var.token : "TOKEN", and the other way round
((conditional . {_ASKED} . {_OWN} . (expression (literal_value {_TEXT}))) @choice
  (#eq? @_var "var") (#eq? @name @_asked))
((conditional . {_ASKED} . (expression (literal_value {_TEXT})) . {_OWN}) @choice
  (#eq? @_var "var") (#eq? @name @_asked))
((block . (identifier) @_type (body (attribute . (identifier) @_name) @output)) @block
  (#eq? @_type "output") (#eq? @_name "value"))
"""

_OUTLINE = rf"""
(config_file . (comment)+ @banner)
((config_file (body (block . (identifier) @_type) @header))
  (#match? @_type "^(terraform|variable)$"))
((config_file (body (block . (identifier) @_type . {_LABEL.format("@definition")})))
  (#eq? @_type "variable"))
"""

_SENSITIVE = "sensitive"
# `terraform fmt` aligns the equals signs of lines that follow each other, if a value ends there.
_ARGUMENT = re.compile(r"([ \t]*)([\w-]+)([ \t]*)=(?!=)[^\r\n]*(?<![{[(\s])")


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    definition = holes[0].lookup.definition
    is_read = definition is not None and definition.name == site.name
    edits = (is_read and _without_fallback(syntax, site)) or expression(site, holes)
    if isinstance(edits, Refused):
        return edits
    if defaults := site.captures.get("default"):
        edits = _in_variable(syntax, site, defaults[0], is_read=is_read)
    return _with_outputs(syntax, site, edits)


def _in_variable(
    syntax: Syntax, site: Site, default: Span, *, is_read: bool
) -> tuple[Edit, ...] | Refused:
    if site.name is None:
        return Refused("A default must be a constant, and this one is not the token alone.")
    if not is_read:
        return Refused("Another variable would be read: give this one a name of small letters.")
    return _without_default(syntax, default, site.captures["block"][0])


def _with_outputs(
    syntax: Syntax, site: Site, edits: tuple[Edit, ...] | Refused
) -> tuple[Edit, ...] | Refused:
    # Terraform stops where an output has a sensitive value and does not say so.
    if isinstance(edits, Refused):
        return edits
    outputs = () if _falls_back(site) else outputs_of(syntax, site.literal.span)
    if own := site.captures.get("output"):
        outputs = (*outputs, Output(own[0], site.captures["block"][0]))
    for each in outputs:
        marked = _sensitive_too(syntax, *each)
        if isinstance(marked, Refused):
            return marked
        edits = (*edits, *marked)
    return edits


def _fit(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    place = site.literal.span
    other = None if _falls_back(site) else in_other_files(syntax, place, mentioning)
    if other is None:
        return site
    return Refused(f"{other} has an output of this value: mark that as sensitive first.")


def _falls_back(site: Site) -> bool:
    return "comma" in site.captures or "choice" in site.captures


def expression(site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    """Return the edits that put the expressions in a string, or in place of it."""
    literal = site.literal
    if literal.whole and literal.type == "string_lit":
        return replace_literal(site, holes[0].expression)
    # `$${` and `%%{` are plain text (Terraform, "Strings and Templates").
    if any(part.endswith(("$", "%")) for part in literal.parts[:-1]):
        return Refused("The character before the token would escape the variable.")
    if literal.type != "heredoc_template" and (refused := escaped(literal)):
        return refused
    return interpolate(site, [f"${{{hole.expression}}}" for hole in holes])


def _without_fallback(syntax: Syntax, site: Site) -> tuple[Edit, ...]:
    # The variable that comes before the token is the one that is to be read.
    if "comma" in site.captures:
        return (Edit(Span(site.captures["comma"][0].start, site.literal.span.end), ""),)
    if "choice" not in site.captures:
        return ()
    # Without a value this stops, as a choice does not (Terraform, "coalesce").
    return (
        Edit(site.captures["choice"][-1], f"coalesce({site.captures['own'][-1].of(syntax.text)})"),
    )


def _without_default(syntax: Syntax, default: Span, block: Span) -> tuple[Edit, ...]:
    text = syntax.text
    line = line_bounds(text, default.start)
    if is_sensitive(text, block):
        return (Edit(Span(line.start, next_line(text, line.end)), ""),)
    width, edits = _aligned(syntax, line, without=default)
    return (*edits, Edit(default, f"{_SENSITIVE:{width}} = true"))


def _sensitive_too(syntax: Syntax, value: Span, block: Span) -> tuple[Edit, ...] | Refused:
    text = syntax.text
    if is_sensitive(text, block):
        return ()
    line, last = line_bounds(text, value.start), line_bounds(text, value.end)
    indent = text[line.start : value.start]
    if indent.strip():
        return Refused("The output must be sensitive, too: write it over several lines first.")
    width, edits = _aligned(syntax, line) if line == last else (0, ())
    return (*edits, Edit(Span(last.end, last.end), f"\n{indent}{_SENSITIVE:{width}} = true"))


def _aligned(
    syntax: Syntax, line: Span, without: Span | None = None
) -> tuple[int, tuple[Edit, ...]]:
    # How wide the names are with ours among them, and the edits that make the others so.
    arguments = _neighbours(syntax, line)
    if without:
        arguments = [found for found in arguments if found.start(2) != without.start]
    width = max(len(_SENSITIVE), *(len(found[2]) for found in arguments), 0)
    gaps = ((found, " " * (width - len(found[2]) + 1)) for found in arguments)
    return width, tuple(Edit(Span(*found.span(3)), gap) for found, gap in gaps if found[3] != gap)


def _neighbours(syntax: Syntax, line: Span) -> list[re.Match[str]]:
    """Return the arguments on the line and on those next to it, which are aligned."""
    index = syntax.once(_lines, None)
    number, _ = index.position(line.start, "utf-32")
    ways = range(number - 1, -1, -1), range(number, len(index))
    spans = [map(index.span, way) for way in ways]
    matches = [
        (_ARGUMENT.fullmatch(syntax.text, span.start, span.end) for span in way) for way in spans
    ]
    return [found for way in matches for found in takewhile(bool, way) if found]


def _lines(syntax: Syntax, _: None) -> LineIndex:
    return LineIndex(syntax.text)


LANGUAGE = Language(
    id="terraform",
    title="Terraform",
    recognition=Recognition(files=("*.tf", "*.tofu"), editor_ids=("terraform", "opentofu")),
    environment=Lookup(
        "var.{{LOWER}}",
        definition=Definition(
            "{LOWER}",
            """\
variable "{{LOWER}}" {
  type      = string
  sensitive = true
}""",
            signature=r'(?:^|variable\s+)"{LOWER}"',
        ),
        action="Read it from the variable {LOWER}, which TF_VAR_{LOWER} sets",
        # Terraform takes a variable's value from the environment by this name ("Input Variables").
        remains=(Remains("Set {} where Terraform runs.", "TF_VAR_{LOWER}"),),
    ),
    grammar=Grammar("tree_sitter_hcl", _CONTEXT, _OUTLINE, opening='"'),
    # Names are in small letters in Terraform, and in capitals in the environment.
    writing=Writing(write=_write, fit=_fit, variable=str.upper),
    # The files of a folder are one module, and name no package: all of them have the empty name.
    project=ProjectFacts(same_package="()"),
)
