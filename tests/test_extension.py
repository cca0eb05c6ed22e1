"""The VS Code extension's manifest and pages say what the server does."""

import json
import re
from pathlib import Path
from typing import Any

from notion_lsp import __version__
from notion_lsp.detect import kinds
from notion_lsp.lsp import ids
from notion_lsp.lsp.server import create_server
from scripts import extension_icon, extension_settings

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "vscode-extension"
GUIDE = (EXTENSION / "guide" / "leaked.md").read_text("utf-8")
# They are about one token, which a person does not name in the palette.
OF_A_LIGHTBULB = {ids.ASK_NOTION, ids.KEEP, ids.WHY_NO_REWRITE}
README = (EXTENSION / "README.md").read_text("utf-8")


def manifest() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text("utf-8"))
    return content


def palette() -> set[str]:
    """Return the ids of the commands that the palette lists."""
    return {each["command"] for each in manifest()["contributes"]["commands"]}


def test_the_settings_of_the_manifest_are_the_servers() -> None:
    # `python -m scripts.extension_settings` writes them anew.
    assert manifest() == extension_settings.with_settings(manifest())


def test_the_icon_is_what_the_script_draws() -> None:
    assert extension_icon.ICON.read_bytes() == extension_icon.png()


def test_the_extension_has_the_version_of_its_server() -> None:
    assert manifest()["version"] == __version__


def test_extension_and_server_call_commands_and_actions_by_the_same_names() -> None:
    source = (EXTENSION / "src" / "ids.ts").read_text("utf-8")
    shared = dict(re.findall(r'export const (\w+) = "(.*?)";', source))
    assert shared == {name: getattr(ids, name) for name in shared} != {}


def test_each_command_of_the_server_is_in_the_palette() -> None:
    assert set(create_server().protocol.fm.commands) - OF_A_LIGHTBULB <= palette()


def test_each_command_of_the_palette_is_registered_before_the_server_runs() -> None:
    source = (EXTENSION / "src" / "commands.ts").read_text("utf-8")
    quoted = re.findall(r'(?m)^    "(notion-lsp\.\w+)":', source)
    shared = [getattr(ids, name) for name in re.findall(r"(?m)^    \[(\w+)\]:", source)]
    assert palette() | OF_A_LIGHTBULB == {*quoted, *shared, "notion-lsp.restart"}


def test_each_command_has_its_row() -> None:
    titles = [each["title"] for each in manifest()["contributes"]["commands"]]
    rows = re.findall(r"(?m)^\| (.*?) \| .* \|$", README.split("## Commands")[1])
    assert sorted(rows[2:]) == sorted(titles)


def test_a_setting_that_names_a_program_is_no_workspaces_to_make() -> None:
    declared = manifest()
    trust = declared["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited"
    assert trust["restrictedConfigurations"] == list(extension_settings.OURS)
    properties = declared["contributes"]["configuration"]["properties"]
    assert {properties[name]["scope"] for name in extension_settings.OURS} == {"machine"}


def test_the_guide_says_how_to_rotate_each_kind() -> None:
    # Nobody outside Notion can have a development token.
    ids = {kind.id for kind in kinds.TOKEN_KINDS} - {"internal-development-token"}
    assert set(re.findall(r"`([a-z]+-[a-z-]+)`", GUIDE)) >= ids


def test_the_types_are_those_of_the_oldest_version_of_the_editor() -> None:
    declared = manifest()
    oldest = declared["engines"]["vscode"].removeprefix("^").removesuffix(".0")
    assert declared["devDependencies"]["@types/vscode"] == f"~{oldest}.0"


def test_the_lock_file_names_no_host() -> None:
    assert "resolved" not in (EXTENSION / "package-lock.json").read_text("utf-8")


def test_the_bundle_has_the_files_of_each_package_that_lists_its_own() -> None:
    spec = (ROOT / "vscode-extension" / "bundle" / "server.spec").read_text("utf-8")
    packages = (ROOT / "notion_lsp").rglob("__init__.py")
    listing = re.compile(r"(?:listdir|scandir)\(__path__|\(__file__\)")
    found = [path.parent for path in packages if listing.search(path.read_text("utf-8"))]
    names = [".".join(folder.relative_to(ROOT).parts) for folder in found]
    assert "notion_lsp.hooks.git" in names
    assert [name for name in names if f'"{name}"' not in spec] == []


def test_the_licence_is_the_repositorys() -> None:
    assert (EXTENSION / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_debugger_starts_the_server_by_the_variable_that_the_extension_reads() -> None:
    (launch,) = json.loads((ROOT / ".vscode" / "launch.json").read_text("utf-8"))["configurations"]
    source = (EXTENSION / "src" / "connection.ts").read_text("utf-8")
    assert re.findall(r'process\.env\["(\w+)"\]', source) == list(launch["env"])


def test_the_debugger_builds_the_extension_first() -> None:
    (launch,) = json.loads((ROOT / ".vscode" / "launch.json").read_text("utf-8"))["configurations"]
    (task,) = json.loads((ROOT / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert launch["preLaunchTask"] == task["label"]
    assert [f"\n{target}:" in makefile for target in task["args"]] == [True]
