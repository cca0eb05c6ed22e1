"""Notebooks whose cells are documents: `notebookDocument/didOpen` and what follows it."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from notebook import Notebook, counts, notebook_in
from profiles import PROFILES, WITH_NOTEBOOKS
from token_factory import access_token
from wire import SECONDS, Wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions import Start

TOKEN, OTHER = access_token(1), access_token(2)
LEAK, ANOTHER = f'token = "{TOKEN}"\n', f'other = "{OTHER}"\n'
READ = 'token = os.environ["NOTION_TOKEN"]\n'

PUSH_AND_PULL = pytest.mark.parametrize("profile", WITH_NOTEBOOKS)
PIECES = ("\n", "\r\n", "é", "😀", 'x = "', '"', TOKEN, f"{OTHER}\n", "%%time\n", "")


BOOK = "file:///nowhere/a.ipynb"
URI = "vscode-notebook-cell:/nowhere/a.ipynb#W0"


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    """Yield a session in which a notebook with one cell is open."""
    capabilities: dict[str, object] = {"notebookDocument": {"synchronization": {}}}
    with Wire(tmp_path, capabilities=capabilities) as opened:
        opened.notify("notebookDocument/didOpen", **opening(LEAK))
        assert opened.notification("textDocument/publishDiagnostics")["diagnostics"]
        yield opened


def opening(text: str) -> dict[str, object]:
    cell = {"kind": 2, "document": URI, "metadata": {"tags": [{"deep": [None, 1.5]}]}}
    document = {"uri": BOOK, "notebookType": "x", "version": 1, "cells": [cell]}
    documents = [{"uri": URI, "languageId": "python", "version": 1, "text": text}]
    return {"notebookDocument": document, "cellTextDocuments": documents}


def changing(**cells: object) -> dict[str, object]:
    return {"notebookDocument": {"uri": BOOK, "version": 2}, "change": {"cells": cells}}


def typing(uri: str, text: str) -> dict[str, object]:
    return {"document": {"uri": uri, "version": 2}, "changes": [{"text": text}]}


@pytest.mark.parametrize("profile", PROFILES | WITH_NOTEBOOKS)
async def test_notebooks_are_asked_for_where_the_client_tells_of_them(
    start: Start, profile: str
) -> None:
    editor = await start(profile)
    sync = editor.result.capabilities.notebook_document_sync
    announced = editor.profile.capabilities.notebook_document is not None
    assert (sync is not None) == announced == (profile in WITH_NOTEBOOKS)


@PUSH_AND_PULL
async def test_the_tokens_of_each_cell_are_underlined_in_it(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    texts = (f"😀\n{LEAK}", "x = 1\n", (f"# {OTHER}\n", "markdown"), (OTHER, "raw"))
    notebook = notebook_in(editor, tmp_path, *texts)
    underlined = [
        [editor.buffers[uri].at(each.range) for each in await editor.shown(uri)]
        for uri in notebook.cells
    ]
    assert underlined == [[TOKEN], [], [OTHER], [OTHER]]


@PUSH_AND_PULL
async def test_typing_in_a_cell_shows_and_takes_away(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, "x = 1\n", 'token = "')
    told = []
    for character in TOKEN:
        editor.type(notebook.cells[1], character)
        told.append(await counts(notebook))
    assert told == [[0, 0]] * (len(TOKEN) - 1) + [[0, 1]]
    editor.replace(notebook.cells[1], 20, 21, "")
    assert await counts(notebook) == [0, 0]


@PUSH_AND_PULL
async def test_a_position_past_the_end_of_a_cell_is_its_end(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, f'"{TOKEN[:-1]}')
    buffer = editor.buffers[notebook.cells[0]]
    buffer.text, buffer.version = f'"{TOKEN}', 2
    past = types.Position(7, 99)
    change = types.TextDocumentContentChangePartial(types.Range(past, past), TOKEN[-1])
    notebook.typed(types.VersionedTextDocumentIdentifier(2, notebook.cells[0]), [change])
    assert await counts(notebook) == [1]


@PUSH_AND_PULL
async def test_cells_are_added_moved_and_deleted(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, LEAK, "x = 1\n", "y = 2\n")
    notebook.splice(1, 0, f"\n{ANOTHER}", (TOKEN, "markdown"))
    assert await counts(notebook) == [1, 1, 1, 0, 0]
    notebook.move(0, 4)
    assert await counts(notebook) == [1, 1, 0, 0, 1]
    editor.type(notebook.cells[4], ANOTHER)
    assert await counts(notebook) == [1, 1, 0, 0, 2]
    gone = notebook.cells[1:3]
    notebook.splice(1, 2)
    assert await counts(notebook) == [1, 0, 2]
    assert [await editor.hover(uri, types.Position(0, 9)) for uri in gone] == [None, None]


async def test_what_was_pushed_for_a_cell_is_taken_back_with_it(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("notebooks", tmp_path)
    notebook = notebook_in(editor, tmp_path, LEAK, ANOTHER)
    first, second = notebook.cells
    assert await counts(notebook) == [1, 1]
    notebook.splice(0, 1)
    await editor.settle()
    assert [len(editor.published[uri][-1].diagnostics) for uri in (first, second)] == [0, 1]
    notebook.close()
    await editor.settle()
    assert list(editor.published[second][-1].diagnostics) == []


@PUSH_AND_PULL
async def test_a_notebook_opened_again_is_as_it_was(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook_in(editor, tmp_path, LEAK, ANOTHER).close()
    assert await counts(notebook_in(editor, tmp_path, "x = 1\n", LEAK)) == [0, 1]


@PUSH_AND_PULL
async def test_a_cell_whose_language_changes_is_one_of_that_language(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, "x = 1\n", LEAK)
    notebook.splice(1, 1)
    [uri] = notebook.splice(1, 0, (f'auth = "{TOKEN}"\n', "ruby"))
    assert await editor.fix(uri) == 'auth = ENV.fetch("NOTION_TOKEN")\n'


@PUSH_AND_PULL
async def test_hover_says_what_a_token_in_a_cell_is(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, "x = 1\n", LEAK)
    place = types.Position(0, LEAK.index(TOKEN) + 5)
    assert await editor.hover(notebook.cells[0], place) is None
    assert await editor.hover(notebook.cells[1], place)


@PUSH_AND_PULL
async def test_the_settings_of_a_notebooks_folder_hold_for_its_cells(
    start: Start, tmp_path: Path, profile: str
) -> None:
    (tmp_path / ".notion-lsp.toml").write_text('exclude = ["drafts/**"]\nseverity = "warning"\n')
    editor = await start(profile, tmp_path)
    kept = notebook_in(editor, tmp_path, LEAK)
    excluded = notebook_in(editor, tmp_path / "drafts", LEAK)
    [found] = await editor.shown(kept.cells[0])
    assert found.severity is types.DiagnosticSeverity.Warning
    assert await counts(excluded) == [0]


async def test_the_file_of_an_open_notebook_is_not_told_of_beside_its_cells(
    start: Start, tmp_path: Path
) -> None:
    content = {"cells": [{"cell_type": "code", "metadata": {}, "source": LEAK, "outputs": []}]}
    (tmp_path / "a.ipynb").write_text(json.dumps(content))
    editor = await start("vscode", tmp_path)
    [before] = await editor.pull_workspace({})
    notebook = notebook_in(editor, tmp_path, LEAK)
    known = {before.uri: str(before.result_id)}
    [opened] = await editor.pull_workspace(known)
    assert isinstance(opened, types.WorkspaceFullDocumentDiagnosticReport)
    assert list(opened.items) == []
    notebook.close()
    [closed] = await editor.pull_workspace({before.uri: str(opened.result_id)})
    assert (closed.uri, closed.result_id) == (before.uri, before.result_id)


async def test_replacing_everywhere_leaves_an_open_notebook_to_its_cells_and_says_so(
    start: Start, tmp_path: Path
) -> None:
    content = json.dumps({"cells": [{"cell_type": "code", "source": LEAK}]})
    (tmp_path / "a.ipynb").write_text(content)
    (tmp_path / "b.py").write_text(ANOTHER)
    editor = await start("vscode", tmp_path)
    notebook = notebook_in(editor, tmp_path, "x = 1\n", LEAK, LEAK)
    assert await editor.execute("notion-lsp.fixWorkspace") == {"tokens": 1, "replaced": 1}
    assert (tmp_path / "a.ipynb").read_text() == content
    assert notebook.texts == ["x = 1\n", LEAK, LEAK]
    await editor.settle()
    assert editor.messages[-1].count("a.ipynb: It is open as a notebook: fix its cells there.") == 1


@PUSH_AND_PULL
async def test_a_long_cell_among_many_is_looked_at_like_any(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    long = "x = 1\n" * 200_000
    notebook = notebook_in(editor, tmp_path, *("y = 2\n",) * 50, f"{long}{LEAK}", "z = 3\n")
    editor.type(notebook.cells[50], ANOTHER)
    assert await counts(notebook) == [*[0] * 50, 2, 0]


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("didOpen", {}),
        ("didOpen", {"notebookDocument": TOKEN, "cellTextDocuments": []}),
        ("didOpen", {"notebookDocument": {"uri": BOOK, "cells": None}, "cellTextDocuments": []}),
        ("didChange", {"notebookDocument": {"uri": TOKEN, "version": 2}, "change": {"cells": {}}}),
        ("didChange", {"notebookDocument": {"uri": BOOK, "version": 2}, "change": None}),
        ("didChange", changing(textContent=[typing(f"x:{TOKEN}", LEAK)])),
        ("didChange", changing(textContent=[{"document": URI}])),
        ("didChange", changing(data=[{"kind": 2, "document": TOKEN}])),
        ("didChange", changing(structure={"array": {"start": -1, "deleteCount": 1}})),
        ("didChange", changing(structure={"array": {"start": 9, "deleteCount": 9}})),
        ("didSave", {"notebookDocument": {"uri": f"x:{TOKEN}"}}),
        ("didClose", {"notebookDocument": {"uri": f"x:{TOKEN}"}, "cellTextDocuments": []}),
        ("didNothing", {"text": TOKEN}),
    ],
)
def test_a_message_of_notebooks_that_cannot_be_followed_is_survived_and_tells_no_token(
    wire: Wire, method: str, params: dict[str, object]
) -> None:
    wire.notify(f"notebookDocument/{method}", **params)
    wire.notify("notebookDocument/didChange", **changing(textContent=[typing(URI, "x = 1")]))
    assert wire.notification("textDocument/publishDiagnostics")["diagnostics"] == []
    wire.notify("notebookDocument/didChange", **changing(textContent=[typing(URI, ANOTHER)]))
    assert len(wire.notification("textDocument/publishDiagnostics")["diagnostics"]) == 1
    wire.request("shutdown")
    wire.notify("exit")
    assert wire.process.wait(SECONDS) == 0
    assert wire.process.stderr
    written = wire.received + wire.process.stderr.read()
    assert [token for token in (TOKEN, OTHER) if token.encode() in written] == []


@PUSH_AND_PULL
async def test_random_edits_of_a_notebook_end_where_a_fresh_open_begins(
    start: Start, tmp_path: Path, profile: str
) -> None:
    chosen = random.Random(profile)  # noqa: S311, any edits will do
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, "", LEAK, "x = 1\n")

    def text() -> str:
        return "".join(chosen.choices(PIECES, k=chosen.randrange(5)))

    for number in range(40):
        size = len(notebook.cells)
        at = chosen.randrange(size)
        match chosen.choice(("type", "type", "add", "delete", "move")):
            case "type":
                buffer = editor.buffers[notebook.cells[at]]
                begin = chosen.randrange(len(buffer.text) + 1)
                end = min(len(buffer.text), begin + chosen.choice((0, 1, 30)))
                if not buffer.splits_a_break(begin) and not buffer.splits_a_break(end):
                    editor.replace(notebook.cells[at], begin, end, text())
            case "add":
                notebook.splice(at, chosen.randrange(2), text(), text())
            case "delete" if size > 1:
                notebook.splice(at, 1)
            case "move":
                notebook.move(at, chosen.randrange(size))
        fresh = Notebook(editor, f"file:///fresh/{number}.ipynb", *notebook.texts)
        places = [
            [
                [(each.range, each.code, each.message) for each in await editor.shown(uri)]
                for uri in opened.cells
            ]
            for opened in (notebook, fresh)
        ]
        fresh.close()
        assert places[0] == places[1]
