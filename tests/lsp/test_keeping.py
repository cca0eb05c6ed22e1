"""The action that puts a token into a store: what is in the store then, and in the text."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from canary import leaks
from conjur_server import ConjurServer
from editor import Editor
from profiles import PROFILES
from sessions import recorded_process
from token_factory import access_token

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


TOKEN, OTHER = access_token(71), access_token(72)
TEXT = f'NOTION_TOKEN = "{TOKEN}"\n'
PUT = "Put it into CyberArk Conjur and read it from there: notion/api-token"
NAME = "notion/api-token"
READS_IT = f'NOTION_TOKEN = conjur_secret("{NAME}")\n'


class Session:
    """An editor with a token before it, and a store that has a variable without a value."""

    def __init__(self, editor: Editor, uri: str, store: ConjurServer) -> None:
        self.editor, self.uri, self.store = editor, uri, store

    @property
    def text(self) -> str:
        return self.editor.buffers[self.uri].text

    @property
    def kept(self) -> bytes | None:
        return self.store.variables[NAME]

    async def put(self, *answers: str | None) -> str:
        """Choose the action, answer each question in turn, and return the last message."""
        self.editor.answers += answers
        await self.editor.choose(self.uri, PUT)
        await self.editor.settle()
        return self.editor.messages[-1]


@asynccontextmanager
async def session(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Session]:
    editor = Editor(PROFILES["vscode"], [folder])
    with ConjurServer() as store:
        store.variables[NAME] = None
        for name, value in store.environment.items():
            # A server with a fault may stand before the store.
            monkeypatch.setenv(name, value)
        async with recorded_process(folder, editor):
            await editor.initialize()
            yield Session(editor, editor.open(folder / "a.py", TEXT), store)
    written = (folder / "stdout").read_bytes(), (folder / "stderr").read_bytes()
    assert leaks(*written, editor.tokens) == []


async def test_the_store_gets_the_token_and_the_text_reads_it_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(tmp_path, monkeypatch) as asked:
        said = await asked.put()
        assert asked.kept == TOKEN.encode()
        assert asked.text.endswith(READS_IT)
        assert said.startswith('The token is in CyberArk Conjur as "notion/api-token". Set CONJUR_')
        assert "Rotate the token" in said


async def test_a_person_sees_that_it_is_being_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(tmp_path, monkeypatch) as asked:
        await asked.put()
        (reports,) = asked.editor.client.progress_reports.values()
        begin: Any = reports[0]
        assert begin.title == "Putting the token into CyberArk Conjur"


async def test_another_value_is_replaced_after_a_yes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(tmp_path, monkeypatch) as asked:
        asked.store.variables[NAME] = OTHER.encode()
        await asked.put("Replace")
        (question,) = asked.editor.questions
        where = '"notion/api-token" in CyberArk Conjur'
        assert question == f"{where} has another value. Replace it?"
        assert asked.kept == TOKEN.encode()
        assert asked.text.endswith(READS_IT)


@pytest.mark.parametrize("answered", ["Cancel", None])
async def test_without_a_yes_another_value_and_the_text_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answered: str | None
) -> None:
    async with session(tmp_path, monkeypatch) as asked:
        asked.store.variables[NAME] = OTHER.encode()
        said = await asked.put(answered)
        assert asked.kept == OTHER.encode()
        assert asked.text == TEXT
        assert "has another value, which is left as it is: answer yes to replace it" in said
        assert said.endswith("The code is left as it is.")


async def test_what_the_store_refuses_is_said_and_the_text_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(tmp_path, monkeypatch) as asked:
        asked.store.variables.clear()
        said = await asked.put()
        assert asked.text == TEXT
        assert said.startswith('CyberArk Conjur has no variable "notion/api-token" that you may')


async def test_an_editor_that_does_not_make_the_edit_is_told_that_the_token_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(tmp_path, monkeypatch) as asked:
        asked.editor.says_yes = False
        said = await asked.put()
        assert asked.kept == TOKEN.encode()
        assert said.endswith("The text is as it was: choose the action once more.")


async def test_a_store_that_the_environment_does_not_name_is_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(tmp_path, monkeypatch) as asked:
        titles = [each.title for each in await asked.editor.offers(asked.uri)]
        assert [title for title in titles if title.startswith("Put it into")] == [PUT]
