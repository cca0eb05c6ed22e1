"""Where a file's `.env` stands, and whether something beside it loads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files import read_write
from notion_lsp.project.texts import text_of
from notion_lsp.rewrite.to_dotenv import DOTENV

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.project.texts import Newer


class _Loading(NamedTuple):
    """A file that says that `.env` is loaded before the code of some languages runs, or of all."""

    file: str
    pattern: str = ""
    languages: tuple[str, ...] = ()


_NODE = ("javascript", "typescript", "tsx")
# A package begins at the nearest of these.
_MANIFESTS = (
    *("package.json", "deno.json", "deno.jsonc", "pyproject.toml", "setup.py", "requirements.txt"),
    *("Pipfile", "go.mod", "Cargo.toml", "composer.json", "Gemfile", "mix.exs", "pom.xml"),
    *("build.gradle", "build.gradle.kts", "*.csproj", "compose.y*ml", "docker-compose*.y*ml"),
)
# `.env` itself, and no other file of such a name.
_ITSELF = r"[\"']?(?:\./)?\.env(?![\w.-])"
_ENV_FILE = (
    rf"env_file:[ \t]*(?:\[[^\[\]\r\n]{{0,99}})?{_ITSELF}"
    rf"|(?m:^[ \t]*- (?:path:[ \t]*)?{_ITSELF}[\"']?[ \t]*\r?$)"
)
_LOADING = (
    # Next.js and Nuxt read `.env` into the environment; Vite and Astro give it to the bundle alone.
    _Loading("package.json", r'"(?:next|nuxt|@nestjs/config)"\s*:', _NODE),
    _Loading("package.json", rf"--env-file(?:-if-exists)?[= ]{_ITSELF}", _NODE),
    _Loading(
        "package.json",
        r"dotenvx?/config|dotenv-cli|dotenvx run|env-cmd|\bbun (?:run\b|[\w./-]+\.[cm]?[jt]s)",
        _NODE,
    ),
    _Loading("bun.lock*", languages=_NODE),
    _Loading("bunfig.toml", languages=_NODE),
    _Loading("deno.json*", rf"--env(?:-file)?(?:(?=[\s\"])|={_ITSELF})", ("deno",)),
    _Loading("composer.json", r"laravel/framework|symfony/(?:runtime|framework-bundle)", ("php",)),
    _Loading("Gemfile", r"dotenv-rails|dotenv/load", ("ruby",)),
    _Loading("Pipfile", languages=("python",)),  # `pipenv run` and `pipenv shell` load it
    _Loading("compose.y*ml", _ENV_FILE),
    _Loading("docker-compose*.y*ml", _ENV_FILE),
    _Loading("Procfile"),  # foreman, `heroku local` and their like load it
    _Loading(".envrc", r"(?m)^[ \t]*dotenv"),
    _Loading("justfile", r"set dotenv-load"),
    _Loading("Makefile", r"(?m)^-?include\s+[.]env\b"),
    _Loading("Taskfile.y*ml", r"(?m)^dotenv:"),
    _Loading("mise.toml", r"[.]env\b"),
)


def folder_of(path: Path, top: Path) -> Path:
    """Return the folder of the `.env` that a file's package reads, at most the folder `top`.

    It is the nearest one above the file that has a `.env` or a manifest.
    """
    for folder in path.parents:
        if folder == top or read_write.exists(folder / DOTENV) or _has(folder, _MANIFESTS):
            return folder
    return top


def is_loaded(folder: Path, language: str, newer: Newer) -> bool:
    """Whether something in a folder loads its `.env` before code of a language runs."""
    return any(
        re.search(row.pattern, text_of(file, newer) or "")
        for row in _LOADING
        if not row.languages or language in row.languages
        for file in read_write.matching(folder, row.file)
    )


def _has(folder: Path, patterns: tuple[str, ...]) -> bool:
    return any(read_write.matching(folder, pattern) for pattern in patterns)
