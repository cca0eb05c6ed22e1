"""A document that holds many tokens: what is sent of them, and what a keystroke asks for anew."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from in_process import InProcess
from lsprotocol import types
from lsprotocol.converters import get_converter
from token_factory import access_token, refresh_token

from notion_lsp.lsp import diagnostics
from notion_lsp.lsp.document_findings import LONG_LINE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from in_process import Message

PUSH: Message = {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}}
PULL: Message = {"textDocument": {"diagnostic": {}}}
LEAK = f'token = "{access_token(1)}"\n'
TEXT = (
    f'{LEAK}é = "😀{access_token(2)}"\n{LEAK}# notion-lsp:ignore\n'
    f'a = "{refresh_token(3)}"\nb = "{access_token(4)[:20]}" + "{access_token(4)[20:]}"\n'
)


def of_many(number: int) -> str:
    return "".join(f'T{each} = "{access_token(each)}"\n' for each in range(number))


def with_at_most(folder: Path, number: int) -> None:
    (folder / ".notion-lsp.toml").write_text(f"maximum-findings = {number}\n")


def shown(client: InProcess) -> list[Message]:
    found: list[Message] = client.notifications[-1]["params"]["diagnostics"]
    return found


async def test_what_is_written_is_what_the_protocol_has(tmp_path: Path) -> None:
    client = InProcess(tmp_path, PUSH)
    uri = (tmp_path / "a.py").as_uri()
    client.open(uri, TEXT)
    document = client.server.document(uri)
    assert document
    written = shown(client)
    starts = {
        (each["range"]["start"]["line"], each["range"]["start"]["character"]) for each in written
    }
    made = diagnostics.at_starts(client.server, document, starts)
    converter = get_converter()
    assert len(made) == 5
    assert [each for each in written if each["code"] != "unused-ignore"] == [
        converter.unstructure(each, types.Diagnostic) for each in made.values()
    ]


async def test_as_many_are_pushed_as_the_setting_says(tmp_path: Path) -> None:
    with_at_most(tmp_path, 3)
    client = InProcess(tmp_path, PUSH)
    client.open((tmp_path / "a.py").as_uri(), of_many(10))
    assert [each["range"]["start"]["line"] for each in shown(client)] == [0, 1, 2]
    assert shown(client)[-1]["message"].endswith(" Not shown: 7 more in this file.")


async def test_comments_that_silence_nothing_count_among_as_many(tmp_path: Path) -> None:
    with_at_most(tmp_path, 3)
    client = InProcess(tmp_path, PUSH)
    client.open((tmp_path / "a.py").as_uri(), LEAK + "# notion-lsp:ignore\n" * 10)
    assert [each["code"] for each in shown(client)] == ["access-token", *2 * ["unused-ignore"]]


async def test_of_a_closed_file_no_more_are_told(tmp_path: Path) -> None:
    with_at_most(tmp_path, 3)
    (tmp_path / "a.py").write_text(of_many(10))
    client = InProcess(tmp_path, PULL)
    report = await client.request("workspace/diagnostic", previousResultIds=[])
    [items] = [each["items"] for each in report["items"] if each["uri"].endswith("a.py")]
    assert len(items) == 3
    assert items[-1]["message"].endswith(" Not shown: 7 more in this file.")


def key(client: InProcess, uri: str, version: int) -> None:
    client.type(uri, "x", version)
    if client.server.capabilities.pull:
        client.send("textDocument/diagnostic", textDocument={"uri": uri})


def in_a_long_line(number: int) -> str:
    return " ".join(of_many(number).split("\n")) + " " * LONG_LINE


def calls_of_a_keystroke(folder: Path, capabilities: Message, text: str) -> int:
    """Return how many functions of Python the second key calls in a text of many tokens."""
    with_at_most(folder, 50)
    client = InProcess(folder, capabilities)
    uri = (folder / "a.py").as_uri()
    client.open(uri, text)
    key(client, uri, 2)
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        key(client, uri, 3)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("capabilities", [PUSH, PULL], ids=["push", "pull"])
@pytest.mark.parametrize(
    "text",
    [of_many, in_a_long_line, lambda number: f"a = 1\n{in_a_long_line(number)}"],
    ids=["lines", "one line", "the line above one line"],
)
async def test_a_keystroke_does_as_much_among_many_tokens_as_among_few(
    tmp_path: Path, capabilities: Message, text: Callable[[int], str]
) -> None:
    calls_of_a_keystroke(tmp_path, capabilities, text(1))  # imports
    few = calls_of_a_keystroke(tmp_path, capabilities, text(100))
    assert calls_of_a_keystroke(tmp_path, capabilities, text(1000)) <= few + 40
