"""Each kind of file has fixtures for what can become of a token, and for where one can stand."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
from test_fixtures import sources, unmarked

from notion_lsp.detect.find import find_tokens
from notion_lsp.languages import languages
from notion_lsp.lookup import Lookup
from notion_lsp.rewrite.source import Source
from notion_lsp.syntax.site import NoSite, Site, Syntax
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.detect.finding import Finding
    from notion_lsp.languages import Language

WHOLE, PART, COMMENT = "a whole string", "a part of a string", "a comment"
CONSTANT, DEFAULT = "a constant", "the default of a lookup"

# A query for each programming language: its `@literal` is the value of a constant, or what the
# language has in its place.
_JAVASCRIPT = '(lexical_declaration kind: "const" (variable_declarator value: (_) @literal))'
_CONST = """
  ((declaration (type_qualifier) @_const declarator: (init_declarator value: (_) @literal))
    (#eq? @_const "const"))
"""
CONSTANTS = {
    "c": _CONST,
    "cpp": _CONST,
    "csharp": """
      ([(field_declaration
          (modifier) @_const (variable_declaration (variable_declarator (_) @literal .)))
        (local_declaration_statement
          (modifier) @_const (variable_declaration (variable_declarator (_) @literal .)))]
        (#eq? @_const "const"))
    """,
    "dart": """
      (program (const_builtin) . (_)? . (static_final_declaration_list
        (static_final_declaration (_) @literal .)))
    """,
    "elixir": '(unary_operator operator: "@" operand: (call (arguments (_) @literal)))',
    "go": "(const_spec value: (_) @literal)",
    "java": """
      ((field_declaration (modifiers) @_final declarator: (variable_declarator value: (_) @literal))
        (#match? @_final "final"))
    """,
    "javascript": _JAVASCRIPT,
    "kotlin": """
      ((property_declaration (modifiers (property_modifier) @_const) (string_literal) @literal)
        (#eq? @_const "const"))
    """,
    "lua": """
      ((assignment_statement
        (variable_list attribute: (_) @_attribute) (expression_list (_) @literal))
        (#eq? @_attribute "<const>"))
    """,
    "perl": """
      ((use_statement module: (package) @_constant (list_expression (_) (_) @literal .))
        (#eq? @_constant "constant"))
    """,
    "php": "(const_element (_) @literal .)",
    "powershell": '((command) @literal (#match? @literal "-Option (Constant|ReadOnly)"))',
    "python": """
      ((assignment left: (identifier) @_name right: (_) @literal) (#match? @_name "^[A-Z_]+$"))
    """,
    "ruby": "(assignment left: (constant) right: (_) @literal)",
    "rust": "(const_item value: (_) @literal)",
    "scala": """
      ((val_definition (modifiers) @_final value: (_) @literal) (#match? @_final "final"))
    """,
    "shell": '((declaration_command) @literal (#match? @literal "^(readonly|declare -r)"))',
    "swift": """
      ((property_declaration (value_binding_pattern) @_let value: (_) @literal) (#eq? @_let "let"))
    """,
    "tsx": _JAVASCRIPT,
    "typescript": _JAVASCRIPT,
}
# Where no expression can take the place of the whole lookup: Go's `cmp.Or`, a shell's `${…:-…}`.
READ = re.compile(r"(?:Getenv\(\"\w+\"\), *\"|\$\{\w+:?[-=])\Z")


class Token(NamedTuple):
    """A token of a fixture: whether its mark says that it is refused, and where it stands."""

    refused: bool
    contexts: frozenset[str]

    def covers(self, context: str) -> bool:
        """Whether it shows the rewrite in a context; of a constant, a refusal will do."""
        return context in self.contexts and (context == CONSTANT or not self.refused)


def is_program(language: Language) -> bool:
    """Whether the language reads the environment when it runs; Docker Compose reads it before."""
    reads = isinstance(language.environment, Lookup) and language.project.takes_dotenv
    return reads and language.id != "docker-compose"


KINDS = languages()
READERS = [each for each in KINDS if isinstance(each.environment, Lookup) or each.parts]
PROGRAMS = [each for each in KINDS if is_program(each)]
# The patterns of a language without a grammar, such as R's, tell no constant from a variable.
SHOWN = [
    (language, context)
    for language in PROGRAMS
    for context in (WHOLE, PART, COMMENT, CONSTANT, DEFAULT)
    if context != CONSTANT or isinstance(language.grammar, Grammar)
]


@cache
def tokens(language: Language) -> tuple[Token, ...]:
    """Return the tokens of a language's fixtures. That the marks are right is tested elsewhere."""
    found: list[Token] = []
    for path in sources():
        if path.parent.name == language.id:
            text, marks = unmarked(path.read_bytes().decode("utf-8", "surrogatepass"))
            source = Source(text, language)
            refused = {mark.spans: mark.refused is not None for mark in marks}
            found += [
                Token(refused[finding.spans], frozenset(contexts(source, finding)))
                for finding in find_tokens(text)
            ]
    return tuple(found)


def contexts(source: Source, finding: Finding) -> Iterator[str]:
    """Yield what the place of a token is."""
    site = source.site((finding,))
    if isinstance(site, NoSite) and site.comment:
        yield COMMENT
        return
    if is_constant(source, finding):
        yield CONSTANT
    if isinstance(site, Site):
        yield WHOLE if site.literal.whole else PART
        if site.fallback or READ.search(source.text[: finding.span.start]):
            yield DEFAULT


def is_constant(source: Source, finding: Finding) -> bool:
    language = source.language
    if language not in PROGRAMS or not isinstance(language.grammar, Grammar):
        return False
    syntax = Syntax(source.text, replace(language.grammar, context=CONSTANTS[language.id]))
    return syntax.literal_span(finding.span) is not None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_kind_of_file_has_a_fixture_of_what_is_refused(kind: Language) -> None:
    assert any(token.refused for token in tokens(kind))


@pytest.mark.parametrize("kind", READERS, ids=lambda kind: kind.id)
def test_a_kind_of_file_that_can_read_a_token_has_a_fixture_of_it(kind: Language) -> None:
    assert not all(token.refused for token in tokens(kind))


@pytest.mark.parametrize(
    ("language", "context"), SHOWN, ids=[f"{language.id}-{context}" for language, context in SHOWN]
)
def test_a_programming_language_has_a_fixture_of_each_context(
    language: Language, context: str
) -> None:
    assert any(token.covers(context) for token in tokens(language))
