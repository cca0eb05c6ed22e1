"""Configuration files in JSON: which is whose, and what stays as it was."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import pytest
from test_fixtures import language_of_folder, rewritten, sources, unmarked
from token_factory import access_token

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import language_of, languages
from notion_lsp.refused import Refused
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.rewrite.source import Source
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BY_ID = {language.id: language for language in languages()}
TOKEN = access_token(1)
FILES = [
    path
    for path in sources()
    if (language := language_of_folder(path)) and language.grammar
    if getattr(language.grammar, "package", "") == "tree_sitter_json" and language.id != "notebook"
]
SERVERS = '{ "servers": {} }'
SERVER_BY_ADDRESS = '{{ "mcpServers": {{ "notion": {{ "{}": "https://mcp.example" }} }} }}'
MCP_SERVERS = '{ "mcpServers": {} }'

_STRING_COMMENT_OR_COMMA = re.compile(
    r'("(?:[^"\\]|\\.)*")|//[^\r\n]*|/\*.*?\*/|,(?=(?:\s|//[^\r\n]*|/\*.*?\*/)*[]}])', re.DOTALL
)


def loads(text: str) -> Any:  # noqa: ANN401, JSON has no narrower type
    """Read JSON with comments and trailing commas."""
    return json.loads(_STRING_COMMENT_OR_COMMA.sub(lambda found: found[1] or "", text))


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}/{index}")
    else:
        yield path, value


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (".vscode/mcp.json", SERVERS, "mcp-vscode"),
        ("Code/User/mcp.json", SERVERS, "mcp-vscode"),
        ("mcp.json", SERVERS, "mcp-vscode"),
        (".mcp.json", SERVERS, "mcp-vscode"),
        (".vscode/mcp.json", MCP_SERVERS, "mcp"),
        ("mcp.json", MCP_SERVERS, "mcp"),
        ("cline_mcp_settings.json", MCP_SERVERS, "mcp"),
        ("servers.json", SERVER_BY_ADDRESS.format("httpUrl"), "mcp-gemini"),
        ("servers.json", SERVER_BY_ADDRESS.format("serverUrl"), "mcp-windsurf"),
        ("servers.json", SERVER_BY_ADDRESS.format("url"), "mcp"),
        (".cursor/mcp.json", MCP_SERVERS, "mcp-cursor"),
        ("home/.cursor/mcp.json", '{\n  "mcpServers" : {} }', "mcp-cursor"),
        (".mcp.json", MCP_SERVERS, "mcp-claude-code"),
        ("plugin/.mcp.json", MCP_SERVERS, "mcp-claude-code"),
        (".codeium/windsurf/mcp_config.json", MCP_SERVERS, "mcp-windsurf"),
        ("other/mcp_config.json", MCP_SERVERS, "mcp"),
        ("servers.json", SERVERS, "json"),
        (".gemini/settings.json", MCP_SERVERS, "mcp-gemini"),
        (".gemini/settings.json", "{}", "json"),
        ("opencode.json", '{ "mcp": {} }', "mcp-opencode"),
        ("opencode.jsonc", '{ "mcp": {} }', "mcp-opencode"),
        ("Claude/claude_desktop_config.json", MCP_SERVERS, "mcp-claude-desktop"),
        (".vscode/launch.json", '{ "configurations": [] }', "vscode-launch"),
        (".vscode/tasks.json", '{ "tasks": [] }', "vscode-launch"),
        ("tasks.json", '{ "tasks": [] }', "json"),
        (".vscode/settings.json", '{ "terminal.integrated.env.osx": {} }', "vscode-settings"),
        (".vscode/settings.json", "{}", "json"),
        ("my.code-workspace", '{ "launch": { "configurations": [] } }', "vscode-launch"),
        (
            "my.code-workspace",
            '{ "settings": { "terminal.integrated.env.osx": {} } }',
            "vscode-settings",
        ),
        ("my.code-workspace", '{ "folders": [] }', "json"),
        (".devcontainer/devcontainer.json", '{ "remoteEnv": {} }', "devcontainer"),
        (".devcontainer.json", '{ "containerEnv": {} }', "devcontainer"),
        ("Notion.postman_collection.json", "{}", "postman"),
        ("package.json", "{}", "json"),
        ("a.ipynb", "{}", "notebook"),
        ("a.ipynb", "# %%\nimport os\n", None),
    ],
)
def test_a_file_is_recognised_by_its_path_and_by_what_it_holds(
    path: str, text: str, expected: str | None
) -> None:
    language = language_of(PurePath(path), "json" if expected else None, text)
    assert (language.id if language else None) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_all_but_the_tokens_is_read_as_before(path: Path) -> None:
    text, _ = unmarked(path.read_bytes().decode())
    source = Source(text, language_of_folder(path))
    case = rewritten(source)
    try:
        before = loads(text)
    except json.JSONDecodeError:
        assert source.syntax
        assert source.syntax.error_count
        return
    after = dict(leaves(loads(case.result)))
    for where, value in leaves(before):
        if find_plain(str(value)) and not case.refused:
            assert not find_plain(str(after[where]))
        else:
            assert after[where] == value


def test_each_input_is_asked_for_once() -> None:
    for path in FILES:
        if path.parent.name == "mcp-vscode" and not path.name.startswith("refused"):
            text, _ = unmarked(path.read_bytes().decode())
            made = loads(rewritten(Source(text, BY_ID["mcp-vscode"])).result)
            ids = [each["id"] for each in made["inputs"]]
            used = re.findall(r"\$\{input:([^}]+)\}", json.dumps(made["servers"]))
            assert len(ids) == len(set(ids))
            assert set(used) <= set(ids)


def test_an_input_is_named_in_the_title_and_is_no_variable() -> None:
    source = Source(f'{{"servers": {{"n": {{"env": {{"A": "{TOKEN}"}}}}}}}}', BY_ID["mcp-vscode"])
    findings = find_plain(source.text)
    done = rewrite(source, findings, stores()["env"], variable_names(source, findings, {}))
    assert isinstance(done, Rewrite)
    assert done.title == "Ask for it when the server starts: input notion-token"
    assert done.remains == ()


@pytest.mark.parametrize("store", sorted(set(stores()) - {"env"}))
@pytest.mark.parametrize("language", ["mcp-vscode", "mcp-cursor", "devcontainer"])
def test_no_other_store_is_read_by_a_configuration(language: str, store: str) -> None:
    source = Source(f'{{"servers": {{"n": {{"env": {{"A": "{TOKEN}"}}}}}}}}', BY_ID[language])
    findings = find_plain(source.text)
    done = rewrite(source, findings, stores()[store], variable_names(source, findings, {}))
    title = BY_ID[language].title
    of = f"No call of {stores()[store].title} is known for {title}"
    assert done == Refused(f"{of}: choose another store.")
