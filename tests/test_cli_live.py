"""`notion-lsp live` and `notion-lsp rotated`, against a stand-in for Notion."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import notion_stand_in as notion
import pytest
from conjur_server import ConjurServer
from hostile import SAID, links, obeyed
from notion_stand_in import BOT, WORKSPACE, answer, by_token, error, stand_in, user
from repositories import write
from token_factory import (
    access_token,
    development_token,
    file_cookie,
    integration_token,
    refresh_token,
    session_cookie,
)

from notion_lsp import cli
from notion_lsp.detect.finding import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from notion_stand_in import Reply, StandIn

pytestmark = pytest.mark.usefixtures("folder", "trusted")

TOKEN, NEW = access_token(1), access_token(2)
SHARED = integration_token(3)


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    notion.trust(monkeypatch)
    monkeypatch.setenv("OLD", TOKEN)
    monkeypatch.setenv("NEW", NEW)


@contextmanager
def answering(reply: Reply, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with stand_in(reply) as server:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", server.address)
        yield server


def give(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    ("reply", "code", "said"),
    [
        (notion.DEAD, 0, "It is dead"),
        (notion.LIVE, 1, 'in the workspace "Acme": rotate it.'),
        (error(403, "restricted_resource"), 1, "It is live but restricted"),
        (answer(503), 2, "Whether it is live cannot be told. Notion is out of order"),
    ],
)
def test_the_answer_is_said_and_is_the_exit_code(
    reply: Reply,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with answering(reply, monkeypatch):
        assert cli.main(["live", "--from-env", "OLD"]) == code
    assert said in capsys.readouterr().out


def test_what_is_sent_and_where_is_said_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(notion.DEAD, monkeypatch) as server:
        cli.main(["live", "--from-env", "OLD"])
    host = server.address.removeprefix("https://")
    shown = capsys.readouterr().err
    assert f"Notion access token ntn_…{TOKEN[-4:]} is sent to {host} in one request" in shown


@pytest.mark.parametrize(
    ("place", "sent"),
    [("a.py:2", TOKEN), ("a.py:3:3", TOKEN), ("a.py:3:70", NEW), ("a.py:4", NEW), ("a.py:5", NEW)],
)
def test_a_token_is_named_by_its_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, sent: str
) -> None:
    split = f'a = "{NEW[:20]}" + "{NEW[20:]}"\nb = ("{NEW[:20]}"\n   "{NEW[20:]}")\n'
    write(folder / "a.py", f'\nb = "{TOKEN}"\n"{TOKEN}" + "{NEW}"\n{split}')
    with answering(notion.DEAD, monkeypatch) as server:
        assert cli.main(["live", place]) == 0
    assert [notion.bearer(each) for each in server.requests] == [sent]


def test_a_token_is_given_by_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, f"NOTION_TOKEN={TOKEN}\n")
    with answering(notion.DEAD, monkeypatch) as server:
        assert cli.main(["live", "-"]) == 0
    assert [notion.bearer(each) for each in server.requests] == [TOKEN]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.py:1"], '"a.py:1" has no token of Notion.'),
        (["a.py:3"], '"a.py:3" has 2 tokens: name one, by its line and column.'),
        (["a.py"], '"a.py" names no place: write a file and a line, as in "app.py:3".'),
        (["b.py:1"], '"b.py" could not be read: no such file or directory.'),
        (["--from-env", "NONE"], 'The variable "NONE" is not set.'),
        (["--from-env", "EMPTY"], 'The variable "EMPTY" has no token of Notion.'),
        ([TOKEN], "A token that is typed stays in the shell's history"),
        (["--from-env", TOKEN], "A token that is typed stays in the shell's history"),
    ],
)
def test_without_one_token_nothing_is_sent(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    write(folder / "a.py", f'\nb = "{TOKEN}"\n"{TOKEN}" + "{NEW}"\n')
    monkeypatch.setenv("EMPTY", "")
    with answering(notion.LIVE, monkeypatch) as server:
        assert cli.main(["live", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert server.requests == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (refresh_token(1), "would exchange it for a new one"),
        (f"client_secret={SHARED}", "about a client secret alone"),
        (f"webhook={SHARED}", "signs messages"),
        (development_token(1), "opens nothing at the address"),
        (session_cookie(1), "sign in as the person"),
        (file_cookie(1), "open files of the person"),
        (f"notion {TOKEN}x", "has not the exact form"),
    ],
)
def test_of_what_must_not_be_sent_the_reason_is_said_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, why: str
) -> None:
    give(monkeypatch, text)
    with answering(notion.LIVE, monkeypatch) as server:
        assert cli.main(["live", "-", "--send-anyway"]) == 2
    shown = capsys.readouterr().err
    assert "Notion is not asked about" in shown
    assert why in shown
    assert server.requests == []


def test_a_variable_for_a_client_secret_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTION_CLIENT_SECRET", SHARED)
    with answering(notion.LIVE, monkeypatch) as server:
        assert cli.main(["live", "--from-env", "NOTION_CLIENT_SECRET", "--send-anyway"]) == 2
    assert server.requests == []


def test_what_may_be_a_key_of_another_vendor_is_sent_only_with_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OLD", SHARED)
    with answering(notion.DEAD, monkeypatch) as server:
        assert cli.main(["live", "--from-env", "OLD"]) == 2
        shown = capsys.readouterr().err
        assert "may be a key of another vendor" in shown
        assert "is sent to" not in shown
        assert server.requests == []
        assert cli.main(["live", "--from-env", "OLD", "--send-anyway"]) == 0
        assert len(server.requests) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no terminals of its own making")
@pytest.mark.parametrize(("typed", "code", "sent"), [("yes\n", 0, 1), ("no\n", 2, 0), ("\n", 2, 0)])
def test_in_a_terminal_a_person_is_asked(
    monkeypatch: pytest.MonkeyPatch, typed: str, code: int, sent: int
) -> None:
    monkeypatch.setenv("OLD", SHARED)
    command = [sys.executable, "-m", "notion_lsp", "live", "--from-env", "OLD"]
    leader, terminal = os.openpty()
    os.write(leader, typed.encode())
    with answering(notion.DEAD, monkeypatch) as server:
        done = subprocess.run(
            command, stdin=terminal, stdout=subprocess.PIPE, stderr=terminal, check=False
        )
    shown = os.read(leader, 2**16).decode()
    os.close(leader)
    os.close(terminal)
    assert (done.returncode, len(server.requests)) == (code, sent), shown
    assert "may be a key of another vendor" in shown
    assert "Send it? [y/N]" in shown


def test_json_has_the_answer_and_what_is_known(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(notion.LIVE, monkeypatch):
        cli.main(["live", "--from-env", "OLD", "--output-format", "json"])
    assert json.loads(capsys.readouterr().out) == {
        "kind": "access-token",
        "token": f"ntn_…{TOKEN[-4:]}",
        "fingerprint": fingerprint(TOKEN),
        "liveness": "live",
        "owner": "workspace",
        "bot": BOT,
        "workspace_id": WORKSPACE,
        "workspace": "Acme",
        "message": 'It is live and belongs to an internal connection, in the workspace "Acme": '
        "rotate it.",
    }


def test_json_has_the_reason_and_the_time_to_wait(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(answer(429, Retry_After="17"), monkeypatch):
        cli.main(["live", "--from-env", "OLD", "--output-format", "json"])
    said = json.loads(capsys.readouterr().out)
    assert (said["liveness"], said["reason"], said["wait"]) == ("unknown", "too_many_requests", 17)


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_name_of_a_workspace_is_obeyed_by_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    reply = answer(200, user(workspace_name=SAID + TOKEN, workspace_id=SAID))
    with answering(reply, monkeypatch):
        assert cli.main(["live", "--from-env", "OLD", "--output-format", form]) == 1
    shown = capsys.readouterr().out
    assert obeyed(shown) == []
    assert links(shown if form == "text" else json.loads(shown)["message"]) == []


def rotated(*arguments: str) -> int:
    return cli.main(["rotated", "--old", "env:OLD", "--new", "env:NEW", *arguments])


OTHER = answer(200, user(bot=WORKSPACE, workspace_id=BOT))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (notion.LIVE, notion.LIVE, "The old token is still live: revoke it."),
        (error(403, "restricted_resource"), notion.LIVE, "The old token is restricted"),
        (answer(429), notion.LIVE, "Whether the old token is dead cannot be told."),
        (answer(500), notion.LIVE, "Whether the old token is dead cannot be told."),
        (notion.DEAD, notion.DEAD, "The new token is dead."),
        (notion.DEAD, error(403, "restricted_resource"), "The new token is restricted"),
        (notion.DEAD, answer(529), "Whether the new token is live cannot be told."),
        (notion.DEAD, OTHER, "The new token opens another workspace than the old one."),
        (notion.LIVE, OTHER, "The new token opens another workspace than the old one."),
        (notion.DEAD, answer(200, notion.PERSON), "Notion does not say which workspace"),
    ],
)
def test_what_is_not_so_is_said(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    old: Reply,
    new: Reply,
    said: str,
) -> None:
    with answering(by_token({TOKEN: old, NEW: new}), monkeypatch):
        assert rotated("--workspace", WORKSPACE) == 1
    shown = capsys.readouterr().out
    assert said in shown
    assert "Rotated" not in shown


def test_a_token_is_rotated_where_all_is_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(by_token({TOKEN: notion.DEAD, NEW: notion.LIVE}), monkeypatch):
        assert rotated("--workspace", WORKSPACE) == 0
    assert capsys.readouterr().out == (
        "Rotated: the old token is dead, the new one is live, and both are of one workspace.\n"
    )


def test_which_workspace_a_dead_token_opened_has_to_be_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(by_token({TOKEN: notion.DEAD, NEW: notion.LIVE}), monkeypatch):
        assert rotated() == 1
    assert f'"Acme": if it is the same, add "--workspace {WORKSPACE}".' in capsys.readouterr().out


def test_another_connection_is_told_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = answer(200, user(bot=WORKSPACE))
    with answering(by_token({TOKEN: notion.LIVE, NEW: other}), monkeypatch):
        assert rotated() == 1
    assert "The new token belongs to another connection" in capsys.readouterr().out


def test_a_rotation_is_told_to_programs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(by_token({TOKEN: notion.DEAD, NEW: notion.LIVE}), monkeypatch):
        rotated("--output-format", "json")
    said = json.loads(capsys.readouterr().out)
    assert said["rotated"] is False
    assert said["old"]["liveness"] == "dead"
    assert said["new"]["workspace_id"] == WORKSPACE
    assert len(said["messages"]) == 1


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("env:OLD", "The old token and the new one are the same."),
        ("env:NONE", 'The variable "NONE" is not set.'),
        (NEW, "A token that is typed stays in the shell's history"),
        ("-", "Notion is not asked about Notion OAuth refresh token"),
    ],
)
def test_where_one_cannot_be_asked_about_neither_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], new: str, said: str
) -> None:
    give(monkeypatch, refresh_token(1))
    with answering(notion.LIVE, monkeypatch) as server:
        assert cli.main(["rotated", "--old", "env:OLD", "--new", new]) == 2
    assert said in capsys.readouterr().err
    assert server.requests == []


def test_the_new_token_may_be_in_a_store(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with ConjurServer() as store:
        store.variables["notion/api-token"] = NEW.encode()
        for name, value in store.environment.items():
            monkeypatch.setenv(name, value)
        arguments = ["--old", "env:OLD", "--new", "conjur:NOTION_TOKEN", "--workspace", WORKSPACE]
        with answering(by_token({TOKEN: notion.DEAD, NEW: notion.LIVE}), monkeypatch):
            assert cli.main(["rotated", *arguments]) == 0
    assert capsys.readouterr().out.startswith("Rotated: ")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("conjur:NOTION_TOKEN", "Set CONJUR_APPLIANCE_URL to the address of CyberArk Conjur."),
        ("nowhere:NOTION_TOKEN", '"nowhere:NOTION_TOKEN" names no place'),
    ],
)
def test_a_store_that_does_not_tell_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], source: str, said: str
) -> None:
    with answering(notion.LIVE, monkeypatch) as server:
        assert cli.main(["rotated", "--old", "env:OLD", "--new", source]) == 2
    assert said in capsys.readouterr().err
    assert server.requests == []
