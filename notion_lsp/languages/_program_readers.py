"""Files that one program reads, known by their names, and where it takes secrets from."""

from __future__ import annotations

from notion_lsp.languages._data_readers import HELD_HERE
from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime


def _read(id_: str, files: str, reason: str) -> Runtime:
    return Runtime(id_, Refused(reason), path=rf"(?i)/(?:{files})$")


PROGRAM_READERS = (
    _read(
        "procfile",
        r"Procfile(?:\.\w+)?",
        "A process has the variables of its platform: delete what sets this one, and set it there, "
        "or in .env for a run at home.",
    ),
    _read(
        "caddy",
        r"Caddyfile(?:\.\w+)?|[^/]*\.caddyfile",
        "Caddy reads a variable as {${name}}: write that, and set it where Caddy runs.",
    ),
    _read(
        "own-settings",
        r"\.(?:pypirc|wgetrc|my\.cnf|s3cfg|pgpass)",
        "This file holds passwords as they stand: keep it in your home folder, out of every "
        "repository.",
    ),
    _read(
        "earthly",
        r"Earthfile",
        "Earthly has secrets: write RUN --secret {name}, and read the variable in the command.",
    ),
    _read(
        "nix",
        r"[^/]*\.nix",
        "Everyone on the machine can read the store of Nix: have the program read a file at run "
        "time, as with agenix or sops-nix.",
    ),
    _read(
        "cmake",
        r"CMakeLists\.txt|[^/]*\.cmake",
        "CMake reads a variable as $ENV{{name}}: write that, and check that it is there.",
    ),
    _read(
        "meson",
        r"meson\.build|meson_options\.txt|meson\.options",
        "Meson reads no variable: have a test or a target get it from env, where it is run.",
    ),
    _read(
        "bazel",
        r"(?:BUILD|WORKSPACE|MODULE)(?:\.bazel)?|[^/]*\.bzl|\.bazelrc",
        "Bazel takes a variable from where it is started: name it in --action_env or --test_env, "
        "without a value.",
    ),
    _read(
        "dotnet",
        r"[^/]*\.(?:fsx?|vb)",
        'Read it with Environment.GetEnvironmentVariable("NOTION_TOKEN"), which gives null without '
        "one, and stop then.",
    ),
    _read(
        "just",
        r"\.?justfile|[^/]*\.just",
        'just reads a variable with env("{name}"), which stops without one; in a recipe '
        "write ${name}.",
    ),
    _read(
        "bruno",
        r"[^/]*\.bru",
        "Bruno reads {{process.env.{name}}} from the .env file of the collection: write that here.",
    ),
    _read(
        "hurl",
        r"[^/]*\.hurl",
        "Hurl reads {{notion_token}}: write that, and set the variable HURL_notion_token where it "
        "runs.",
    ),
    _read(
        "flask",
        r"\.flaskenv",
        "Flask reads .env too: move the line there, as long as git ignores it.",
    ),
    Runtime("held", HELD_HERE, path=r"/(?:\.dev\.vars(?:\.\w+)?|\.secrets)$"),
    _read(
        "sql",
        r"[^/]*\.(?:sql|psql)",
        "SQL reads no variable: hand the value to the statement as a parameter.",
    ),
    _read(
        "graphql",
        r"[^/]*\.(?:graphql|gql)",
        "Hand the value to the operation as a variable of GraphQL, such as $token.",
    ),
    _read(
        "document",
        r"[^/]*\.(?:adoc|asciidoc|org|rst|tex)",
        "Nothing reads a variable for a text: write a placeholder here.",
    ),
    _read(
        "table",
        r"[^/]*\.(?:csv|tsv)",
        "A table holds values alone: have the program that loads it read the token elsewhere.",
    ),
)
