"""Files that one program reads, and no other."""

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._program_readers import PROGRAM_READERS
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import LineGrammar

LANGUAGE = Language(
    id="other-program",
    title="a file of another program",
    recognition=Recognition(
        files=(
            *("Procfile", "Procfile.*", "Caddyfile", "Caddyfile.*", "*.caddyfile", "Earthfile"),
            *(".pypirc", ".wgetrc", ".my.cnf", ".s3cfg", ".pgpass", ".bazelrc"),
            *("*.nix", "CMakeLists.txt", "*.cmake", "meson.build", "meson_options.txt"),
            *("meson.options", "BUILD", "BUILD.bazel", "WORKSPACE", "WORKSPACE.bazel"),
            *("MODULE.bazel", "*.bzl", "justfile", "Justfile", ".justfile", "*.just"),
            *("*.fs", "*.fsx", "*.vb"),
            *("*.bru", "*.hurl", "*.sql", "*.psql", "*.graphql", "*.gql"),
            *("*.adoc", "*.asciidoc", "*.org", "*.rst", "*.tex", "*.csv", "*.tsv"),
            *(".flaskenv", ".dev.vars", ".dev.vars.*", ".secrets"),
        ),
        editor_ids=(
            *("caddyfile", "bazel", "bruno", "cmake", "earthfile", "graphql", "groovy"),
            *("just", "meson", "nix", "sql"),
        ),
    ),
    environment=Refused(
        "Look up how the program that reads this file takes secrets: most have a variable for it."
    ),
    # What begins a comment in one of them is a value in another, such as `#` in SQL and Nix.
    grammar=LineGrammar(()),
    writing=Writing(comment=""),
    project=ProjectFacts(runtimes=PROGRAM_READERS),
)
