"""`fix --keep` into 1Password, by a stand-in for its command `op`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from kept import fix, program
from repositories import write
from stand_in_program import write_program
from token_factory import access_token

from notion_lsp.files.programs import Bounds
from notion_lsp.keep import _program

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TOKEN, OTHER = access_token(97), access_token(98)
PROGRAM = f'NOTION_TOKEN = "{TOKEN}"\n'
REFERENCE = "op://Private/Notion/credential"
# It keeps each item in a file of the vault's folder, and reads and writes as the command does.
OP = """
import json, pathlib, sys
_, item, call, *rest, form, style = sys.argv
assert (item, form, style) == ("item", "--format", "json")
vault = pathlib.Path(__file__).with_name(rest[rest.index("--vault") + 1])
if not vault.exists():
    sys.exit(f'[ERROR] "{vault.name}" isn\\'t a vault in this account.')
if call == "create":
    assert rest[-1] == "-"
    item = json.load(sys.stdin)
    file = vault / item["title"]
else:
    file = vault / rest[0]
    if not file.exists():
        sys.exit(f'[ERROR] "{rest[0]}" isn\\'t an item in the "{vault.name}" vault.')
    item = json.loads(file.read_text()) if call == "get" else json.load(sys.stdin)
file.write_text(json.dumps(item))
print(json.dumps(item))
"""


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> Path:
    """Return the folder of a vault without an item, in a place that `PATH` has."""
    setting = f'store = "1password"\nonepassword-reference = "{REFERENCE}"\n'
    write(folder / ".notion-lsp.toml", setting)
    write(folder / "program.py", PROGRAM)
    write_program(tmp_path / "programs" / "op", OP)
    monkeypatch.setenv("PATH", str(tmp_path / "programs"), prepend=":")
    made = tmp_path / "programs" / "Private"
    made.mkdir()
    return made


def an_item(value: str, **about: object) -> dict[str, Any]:
    field = {"id": "credential", "label": "credential", "type": "CONCEALED", "value": value}
    beside = {"id": "username", "label": "username", "type": "STRING", "value": "me"}
    return {"title": "Notion", "category": "API_CREDENTIAL", "fields": [beside, field], **about}


def put(vault: Path, item: Mapping[str, object]) -> None:
    write(vault / "Notion", json.dumps(item))


def test_the_item_is_made_and_the_code_reads_it(vault: Path) -> None:
    assert fix() == 0
    item = json.loads((vault / "Notion").read_text())
    assert [field["value"] for field in item["fields"]] == [TOKEN]
    assert f'onepassword_secret("{REFERENCE}")' in program()


def test_the_token_may_be_there_already(vault: Path) -> None:
    put(vault, an_item(TOKEN))
    assert fix() == 0
    assert json.loads((vault / "Notion").read_text()) == an_item(TOKEN)


def test_a_field_without_a_value_gets_one_and_the_others_stay(vault: Path) -> None:
    put(vault, an_item(""))
    assert fix() == 0
    assert json.loads((vault / "Notion").read_text()) == {**an_item(TOKEN), "sections": []}


def test_a_field_of_a_section_is_added_to_it(vault: Path, folder: Path) -> None:
    setting = 'store = "1password"\nonepassword-reference = "op://Private/Notion/api/token"\n'
    write(folder / ".notion-lsp.toml", setting)
    put(vault, an_item(OTHER))
    assert fix() == 0
    item = json.loads((vault / "Notion").read_text())
    section = {"id": "api", "label": "api"}
    assert item["sections"] == [section]
    assert (item["fields"][-1]["value"], item["fields"][-1]["section"]) == (TOKEN, section)
    assert item["fields"][:2] == an_item(OTHER)["fields"]


def test_another_value_is_left_where_nobody_can_be_asked(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(vault, an_item(OTHER))
    assert fix() == 1
    assert json.loads((vault / "Notion").read_text()) == an_item(OTHER)
    assert program() == PROGRAM
    assert "has another value, which is left as it is: answer yes" in capsys.readouterr().out


def test_a_login_is_left_because_its_passkey_would_be_lost(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(vault, an_item("", category="LOGIN"))
    assert fix() == 1
    assert program() == PROGRAM
    assert "is a login, whose passkey would be lost" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise SystemExit(1)", '"op" fails with items of "Private": look at your rights'),
        (
            "raise SystemExit('[ERROR] 2026/01/01 00:00:00 account is not signed in')",
            '"op" is not signed in to 1Password: sign in, with "op signin".',
        ),
        (
            "raise SystemExit('More than one item')",
            'has more than one item "Notion": have the setting',
        ),
        (
            """raise SystemExit("it isn't a vault")""",
            'has no vault "Private" that you may see: look at the setting',
        ),
        ("print('[]')", '"op" answers with what is no item.'),
    ],
)
def test_a_command_that_fails_changes_nothing(
    vault: Path, capsys: pytest.CaptureFixture[str], code: str, reason: str
) -> None:
    write_program(vault.with_name("op"), code)
    assert fix() == 1
    assert program() == PROGRAM
    assert reason in capsys.readouterr().out


def test_a_command_that_hangs_changes_nothing(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(_program, "_BOUNDS", Bounds(seconds=1.0))
    write_program(vault.with_name("op"), "import time\ntime.sleep(600)")
    assert fix() == 1
    assert program() == PROGRAM
    assert '"op" does not answer: see what it does by itself.\n' in capsys.readouterr().out


def test_an_item_that_is_written_and_not_said_to_be_has_the_token(vault: Path) -> None:
    failing = OP + "\nif call == 'create':\n    sys.exit('[ERROR] out of order')"
    write_program(vault.with_name("op"), failing)
    assert fix() == 0
    assert TOKEN not in program()


def test_a_process_that_is_killed_before_the_edit_leaves_the_file_whole(vault: Path) -> None:
    killing = f"\nif call == 'create':\n    os.kill(os.getppid(), {signal.SIGKILL})"
    write_program(vault.with_name("op"), f"import os\n{OP}{killing}")
    done = subprocess.run([sys.executable, "-m", "notion_lsp", "fix", "--keep"], check=False)
    assert done.returncode == -signal.SIGKILL
    assert program() == PROGRAM
    item = json.loads((vault / "Notion").read_text())
    assert [field["value"] for field in item["fields"]] == [TOKEN]


@pytest.mark.usefixtures("vault")
@pytest.mark.parametrize("reference", ["op://-x/Notion/credential", "op://Private/--x/credential"])
def test_a_name_is_never_an_option_of_the_command(
    folder: Path, capsys: pytest.CaptureFixture[str], reference: str
) -> None:
    setting = f'store = "1password"\nonepassword-reference = "{reference}"\n'
    write(folder / ".notion-lsp.toml", setting)
    assert fix() == 1
    assert program() == PROGRAM
    assert f'"{reference}" is not the name of a secret.\n' in capsys.readouterr().out


def test_no_program_is_told_the_token(vault: Path, started: list[str]) -> None:
    assert fix() == 0
    assert (vault / "Notion").exists()
    assert not [text for text in started if TOKEN in text]
