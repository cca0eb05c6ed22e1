"""What the server tells an editor of a workspace that speaks to whoever reads of it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest
from hostile import NAME, SAID, hostile_workspace, links, obeyed
from lsprotocol import types

if TYPE_CHECKING:
    from pathlib import Path

    from editor import Editor
    from sessions import Start

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")

OPTIONS = {SAID: 1, "severity": SAID, "patterns": {SAID: SAID}, "exclude": ["[z-a]" + SAID]}


@pytest.mark.parametrize("profile", ["kate", "vscode"])
async def test_nothing_that_is_told_is_obeyed_or_followed(
    profile: str, tmp_path: Path, start: Start
) -> None:
    folder = tmp_path / "folder"
    inner = hostile_workspace(folder)
    editor = await start(profile, folder, inner, options=OPTIONS)
    said: list[str] = []
    names = ("custom.py", ".vscode/mcp.json", ".env", ".notion-lsp.toml")
    for path in (inner / f"{NAME}.py", *map(folder.joinpath, names)):
        said += await everything_of(editor, editor.open(path))
    await editor.execute("notion-lsp.scanWorkspace")
    if editor.profile.applies_edits:
        await editor.execute("notion-lsp.fixWorkspace")
    editor.opens_pages = False
    await editor.execute("notion-lsp.whyNoRewrite", SAID)
    await editor.settle()
    said += editor.messages
    said += [each.message for each in editor.client.log_messages]
    assert any("settings" in text for text in said)
    assert [text for text in said if links(text) or obeyed(text)] == []


async def everything_of(editor: Editor, uri: str) -> list[str]:
    """Return what an editor shows of a document: its diagnostics, actions and hovers."""
    said = []
    for each in await editor.shown(uri):
        said += [each.message, *(about.message for about in each.related_information or ())]
        hover = await editor.hover(uri, each.range.start)
        if hover and isinstance(hover.contents, types.MarkupContent):
            # The one link of a hover is ours.
            said.append(re.sub(r"\[More about[^\]]*\]\(https:[^)]*\)", "", unescaped(hover)))
        for action in await editor.actions(uri, each.range):
            said += [action.title, action.disabled.reason if action.disabled else ""]
    return said


def unescaped(hover: types.Hover) -> str:
    """Return the text of a hover without its code, and without the marks that are escaped."""
    assert isinstance(hover.contents, types.MarkupContent)
    return re.sub(r"`[^`\n]+`|\\[^\w\s]", "", hover.contents.value)
