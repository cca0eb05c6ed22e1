"""The action that asks Notion whether a token is live: only with a yes, and once."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import notion_stand_in as notion
import pytest
from canary import leaks
from editor import Editor, named
from notion_stand_in import answer, stand_in, user
from profiles import PROFILES
from sessions import recorded_process
from token_factory import access_token, integration_token, refresh_token

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from notion_stand_in import Reply, StandIn

TOKEN = access_token(61)
ASK = "Ask Notion whether it is live"
YES = "Ask Notion"


class Session:
    """An editor with a token before it, and what stands in Notion's place."""

    def __init__(self, editor: Editor, uri: str, server: StandIn) -> None:
        self.editor, self.uri, self.server = editor, uri, server

    @property
    def sent(self) -> list[str]:
        return [notion.bearer(each) for each in self.server.requests]

    async def ask(self, *answers: str | None) -> None:
        """Choose the action, and answer each question in turn."""
        self.editor.answers += answers
        await self.editor.choose(self.uri, ASK)
        await self.editor.settle()


@asynccontextmanager
async def session(
    folder: Path, monkeypatch: pytest.MonkeyPatch, token: str, reply: Reply = notion.LIVE
) -> AsyncIterator[Session]:
    notion.trust(monkeypatch)
    editor = Editor(PROFILES["vscode"], [folder])
    with stand_in(reply) as server:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", server.address)
        async with recorded_process(folder, editor):
            await editor.initialize()
            yield Session(editor, editor.open(folder / "a.py", f'a = "{token}"\n'), server)
    written = (folder / "stdout").read_bytes(), (folder / "stderr").read_bytes()
    assert leaks(*written, editor.tokens) == []


async def test_a_yes_sends_the_token_and_shows_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(tmp_path, monkeypatch, TOKEN) as asked:
        await asked.ask(YES)
        assert asked.sent == [TOKEN]
        (question,) = asked.editor.questions
        assert f"ntn_…{TOKEN[-4:]} is sent to localhost:" in question
        assert asked.editor.messages[-1].endswith('in the workspace "Acme": rotate it.')


@pytest.mark.parametrize("answered", ["Cancel", None])
async def test_without_a_yes_nothing_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answered: str | None
) -> None:
    async with session(tmp_path, monkeypatch, TOKEN) as asked:
        await asked.ask(answered)
        assert asked.sent == []
        assert asked.editor.messages == []


@pytest.mark.parametrize(("second", "sends"), [(YES, True), ("Cancel", False)])
async def test_what_may_be_a_key_of_another_vendor_is_asked_about_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str, *, sends: bool
) -> None:
    token = integration_token(62)
    async with session(tmp_path, monkeypatch, token, notion.DEAD) as asked:
        await asked.ask(YES, second)
        assert asked.sent == [token] * sends
        assert "may be a key of another vendor" in asked.editor.questions[1]


async def test_each_time_is_asked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with session(tmp_path, monkeypatch, TOKEN) as asked:
        await asked.ask(YES)
        await asked.ask("Cancel")
        assert len(asked.editor.questions) == 2
        assert asked.sent == [TOKEN]


async def test_of_what_is_never_sent_the_menu_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(tmp_path, monkeypatch, refresh_token(63)) as asked:
        offered = named(await asked.editor.offers(asked.uri), ASK)
        assert offered.disabled
        assert "would exchange it for a new one" in offered.disabled.reason


async def test_a_client_that_asks_all_the_same_is_told_why_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(tmp_path, monkeypatch, refresh_token(63)) as asked:
        place = {"uri": asked.uri, "version": 1, "offset": 5}
        await asked.editor.execute("notion-lsp.askNotion", place)
        await asked.editor.settle()
        assert "would exchange it for a new one" in asked.editor.messages[-1]
        assert asked.editor.questions == []
        assert asked.sent == []


async def test_to_open_to_hover_and_to_save_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(tmp_path, monkeypatch, TOKEN) as asked:
        (shown,) = await asked.editor.shown(asked.uri)
        await asked.editor.hover(asked.uri, shown.range.start)
        await asked.editor.offers(asked.uri)
        asked.editor.save(asked.uri, tmp_path / "a.py")
        await asked.editor.execute("notion-lsp.scanWorkspace")
        assert asked.server.requests == []


async def test_the_name_of_a_workspace_makes_no_link_and_no_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"[Click](command:evil) {access_token(64)}"
    reply = answer(200, user(workspace_name=name))
    async with session(tmp_path, monkeypatch, TOKEN, reply) as asked:
        await asked.ask(YES)
        assert "[Click] (command:evil)" in asked.editor.messages[-1]
