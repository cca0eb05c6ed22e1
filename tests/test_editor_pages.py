"""What the pages of editors that are not driven here tell people to write, as it stands."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from clients import CLIENTS
from pages import PAGES, shown
from wire import Wire

from notion_lsp.settings import Settings, parse

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EXAMPLES = Path(__file__).parents[1] / "examples" / "editors"
TEMPLATE = EXAMPLES / "lsp4ij" / "notion-lsp"
ZED = EXAMPLES / "zed"

# From LSP.sublime-settings' schema, and from coc.nvim's: what an entry may have.
SUBLIME_KEYS = {"command", "enabled", "initializationOptions", "selector", "settings"}
COC_KEYS = {"args", "command", "filetypes", "initializationOptions", "rootPatterns", "settings"}

# Some entries of the file that Helix is built with.
HELIX = """
[language-server]
ruff = { command = "ruff", args = ["server"] }
taplo = { command = "taplo", args = ["lsp", "stdio"] }

[[language]]
name = "python"
scope = "source.python"
file-types = ["py", "pyi", { glob = ".pythonrc" }]
language-servers = ["ty", "ruff", "jedi", "pylsp"]
indent = { tab-width = 4, unit = "    " }

[[language]]
name = "toml"
language-servers = [ "taplo", "tombi" ]

[[language]]
name = "env"
file-types = [{ glob = ".env" }]

[[language]]
name = "tsx"
language-servers = [
  { name = "typescript-language-server", except-features = ["format", "hover"] },
  "vscode-eslint-language-server",
]
"""
MINE = """
[[language]]
name = "toml"
auto-format = true
language-servers = ["tombi"]
"""


def generated(folder: Path, *texts: str) -> str:
    """Return what the program prints for some files."""
    files = [folder / f"{number}.toml" for number, _ in enumerate(texts)]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
    program: list[str | Path] = [sys.executable, EXAMPLES / "helix.py", *files]
    return subprocess.run(program, check=True, capture_output=True, text=True).stdout


def languages(*texts: str) -> dict[str, dict[str, Any]]:
    """Return the languages of some files, merged as Helix does it: one entry after the other."""
    merged: dict[str, dict[str, Any]] = {}
    for language in (each for text in texts for each in tomllib.loads(text)["language"]):
        merged[language["name"]] = merged.get(language["name"], {}) | language
    return merged


def test_in_helix_each_language_keeps_its_servers(tmp_path: Path) -> None:
    before, after = languages(HELIX), languages(HELIX, generated(tmp_path, HELIX))
    assert after == {
        name: {
            **language,
            "language-servers": [*language.get("language-servers", ()), "notion-lsp"],
        }
        for name, language in before.items()
    }


def test_in_helix_the_file_that_is_there_counts_more_and_keeps_what_it_has(tmp_path: Path) -> None:
    added = MINE + generated(tmp_path, HELIX, MINE)
    toml = languages(HELIX, added)["toml"]
    assert toml["language-servers"] == ["tombi", "notion-lsp"]
    assert toml["auto-format"]


def test_in_helix_nothing_is_added_twice(tmp_path: Path) -> None:
    added = MINE + generated(tmp_path, HELIX, MINE)
    assert generated(tmp_path, HELIX, added) == ""


def test_the_page_shows_what_is_added_for_helix(tmp_path: Path) -> None:
    page = shown("helix", "~/.config/helix/languages.toml")
    assert generated(tmp_path, HELIX).startswith(page)


def command(client: str) -> list[str]:
    """Return the command that a page gives, as its editor splits it."""
    if client == "helix":
        table = tomllib.loads(shown("helix", "languages.toml"))["language-server"]["notion-lsp"]
        return [table["command"], *table["args"]]
    if client == "lsp4ij":
        template = json.loads((TEMPLATE / "template.json").read_text())
        return shlex.split(template["programArgs"]["default"])
    if client == "coc.nvim":
        return [COC["command"], *COC["args"]]
    words: list[str] = SUBLIME["command"]
    return words


COC = json.loads(shown("coc", "coc-settings.json", "Settings"))["languageserver"]["notion-lsp"]
SUBLIME = json.loads(shown("sublime", "LSP.sublime-settings"))["clients"]["notion-lsp"]


@pytest.mark.parametrize("client", ["helix", "lsp4ij", "coc.nvim", "sublime-lsp"])
def test_the_command_of_a_page_starts_the_server(
    client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = Path(sys.executable).parent
    monkeypatch.setenv("PATH", f"{scripts}{os.pathsep}{os.environ['PATH']}")
    announced = json.loads((CLIENTS / f"{client}.json").read_text())["capabilities"]
    *start, last = command(client)
    words = start if last == "server" else [*start, last]
    with Wire(tmp_path, words, capabilities=announced) as wire:
        assert wire.answer["result"]["serverInfo"]["name"] == "notion-lsp"


@pytest.mark.parametrize(
    "values",
    [
        tomllib.loads(shown("helix", "languages.toml"))["language-server"]["notion-lsp"]["config"],
        {"notion-lsp": COC["initializationOptions"]},
        json.loads(shown("zed", "~/.config/zed/settings.json"))["lsp"]["notion-lsp"]["settings"],
        json.loads(shown("jetbrains", "settings.json")),
        {key.removeprefix("notion-lsp."): value for key, value in SUBLIME["settings"].items()},
    ],
    ids=["helix", "coc", "zed", "jetbrains", "sublime"],
)
def test_the_settings_of_a_page_are_settings(values: dict[str, Any]) -> None:
    _, problems = parse(values.get("notion-lsp", values), Settings())
    assert problems == ()


def test_the_entries_for_sublime_text_and_coc_have_keys_that_these_know() -> None:
    shorter = json.loads(shown("sublime", "Packages/User/LSP.sublime-settings"))["clients"]
    assert SUBLIME.keys() <= SUBLIME_KEYS
    assert {**shorter["notion-lsp"], "settings": SUBLIME["settings"]} == SUBLIME
    entry = json.loads(shown("coc", "coc-settings.json", "With coc.nvim"))["languageserver"]
    assert COC.keys() <= COC_KEYS
    assert {**entry["notion-lsp"], "initializationOptions": COC["initializationOptions"]} == COC


def test_saving_takes_the_action_that_the_server_has() -> None:
    on_save = json.loads(shown("sublime", "clients"))["lsp_code_actions_on_save"]
    helix = tomllib.loads(shown("helix", "code-actions-on-save"))
    assert list(on_save) == helix["code-actions-on-save"] == ["source.fixAll.notion-lsp"]


def test_the_template_for_jetbrains_maps_every_file() -> None:
    template = json.loads((TEMPLATE / "template.json").read_text())
    assert template.keys() == {"id", "name", "programArgs", "fileTypeMappings"}
    # LSP4IJ passes over a mapping that has no language.
    assert [
        (each["fileType"]["patterns"], bool(each["languageId"]))
        for each in template["fileTypeMappings"]
    ] == [(["*"], True)]
    assert (TEMPLATE / "settings.json").read_text() == shown("jetbrains", "settings.json")


def test_the_extension_for_zed_has_what_zed_asks_for() -> None:
    manifest = tomllib.loads((ZED / "extension.toml").read_text())
    asked = {"id", "name", "version", "schema_version", "authors", "description", "repository"}
    assert asked <= manifest.keys()
    assert manifest["schema_version"] == 1
    server = manifest["language_servers"]["notion-lsp"]
    assert server["languages"] == sorted(set(server["languages"]), key=str.lower)
    crate = tomllib.loads((ZED / "Cargo.toml").read_text())
    assert crate["lib"]["crate-type"] == ["cdylib"]
    assert crate["package"]["version"] == manifest["version"]


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_each_page_says_what_was_tested(page: Path) -> None:
    assert page.read_text("utf-8").rpartition("\n## ")[2].startswith("Tested\n")
