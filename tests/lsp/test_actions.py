"""What the lightbulb offers, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from editor import named
from lsprotocol import types
from profiles import PROFILES
from pygls.exceptions import JsonRpcException
from token_factory import access_token

from notion_lsp.explain.pages import ON_REFUSALS

if TYPE_CHECKING:
    from pathlib import Path

    from sessions import Start

TOKEN = access_token(1)
LEAK = f'token = "{TOKEN}"\n'
TWO = f'a = "{TOKEN}"\nb = "{access_token(2)}"\n'
LOOKUP = 'import os\n\ntoken = os.environ["NOTION_TOKEN"]\n'
FIX_ALL = "source.fixAll.notion-lsp"
MOVE = "Move it to .env as NOTION_TOKEN"
START = types.Position(0, 0)

ONE_BY_ONE = pytest.mark.parametrize(
    "profile", [name for name, profile in PROFILES.items() if not profile.asks_for_all]
)


@ONE_BY_ONE
async def test_a_token_has_its_choices_and_one_is_preferred(
    start: Start, tmp_path: Path, profile: str
) -> None:
    (tmp_path / "Pipfile").touch()  # pipenv loads .env.
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    actions = await editor.offers(uri)
    moves = [MOVE] * editor.profile.creates_files
    ignores = ["Ignore this token in this project"] * editor.profile.creates_files
    everywhere = ["Replace it in the whole workspace: 1 of 1 place"] * editor.profile.applies_edits
    helps = ["Ask Notion whether it is live", "My token leaked: what now?"]
    asks = helps * editor.profile.applies_edits
    disabled = editor.profile.shows_disabled
    assert [each.title for each in actions if not each.disabled] == [
        "Read it from the environment variable NOTION_TOKEN",
        "Read it from AWS Secrets Manager: notion/api-token (needs boto3)",
        "Read it from CyberArk Conjur: notion/api-token (needs conjur-api)",
        "Read it from HashiCorp Vault: api_key of secret/notion (needs hvac)",
        *moves,
        *everywhere,
        "Replace it with a placeholder",
        *asks,
        "Ignore this line",
        *ignores,
    ]
    assert disabled or not any(each.disabled for each in actions)
    assert [each.title for each in actions if each.is_preferred] == [actions[0].title]
    assert {each.kind for each in actions} == {"quickfix"}


@pytest.mark.parametrize(
    ("options", "listed", "offered"),
    [({}, "requests\n", False), ({}, "doppler-sdk\n", True), ({"store": "doppler"}, "", True)],
)
async def test_a_store_that_few_use_is_offered_where_it_is_chosen_or_its_package_is_there(
    start: Start, tmp_path: Path, options: dict[str, str], listed: str, *, offered: bool
) -> None:
    (tmp_path / "requirements.txt").write_text(listed)
    editor = await start("vscode", tmp_path, options=options)
    uri = editor.open(tmp_path / "a.py", LEAK)
    titles = [each.title for each in await editor.offers(uri)]
    assert any("Doppler" in title for title in titles) == offered


async def test_a_store_without_a_call_for_the_language_is_not_offered(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.toml", f'token = "{TOKEN}"\n', "toml")
    assert [each.title for each in await editor.offers(uri) if each.title.startswith("Read")] == []


@ONE_BY_ONE
async def test_an_action_names_the_diagnostic_it_is_for(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", TWO)
    second = (await editor.shown(uri))[1]
    actions = await editor.actions(uri, second.range, [second])
    named = [list(each.diagnostics or ()) for each in actions if each.kind == "quickfix"]
    assert named
    assert all(each == [second] for each in named)


async def test_actions_are_for_the_diagnostics_named_and_for_no_others(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", TWO)
    _, second = await editor.shown(uri)
    wide = types.Range(START, types.Position(1, 3))
    actions = await editor.actions(uri, wide, [second])
    assert {str(each.diagnostics) for each in actions if each.diagnostics} == {str((second,))}


async def test_a_diagnostic_that_is_out_of_place_still_names_the_token_of_the_range(
    start: Start, tmp_path: Path
) -> None:
    """Neovim 0.7 counts bytes where others count units, and a person types on."""
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", TWO)
    old = await editor.shown(uri)
    editor.replace(uri, 0, 0, "long")
    now = await editor.shown(uri)
    for asked in (now[0].range, editor.buffers[uri].whole()):
        actions = await editor.actions(uri, asked, [old[0]])
        preferred = [each for each in actions if each.is_preferred]
        assert [list(each.diagnostics or ()) for each in preferred] == [[now[0]]]


async def test_without_diagnostics_actions_are_for_the_range(start: Start, tmp_path: Path) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", TWO)
    _, second = await editor.shown(uri)
    cursor = types.Range(second.range.end, second.range.end)
    preferred = [each for each in await editor.actions(uri, cursor) if each.is_preferred]
    assert [list(each.diagnostics or ()) for each in preferred] == [[second]]


async def test_away_from_every_token_there_is_nothing_to_do(start: Start, tmp_path: Path) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", f"{TWO}x = 1\n")
    here = types.Range(types.Position(2, 1), types.Position(2, 1))
    assert await editor.actions(uri, here) == []


async def test_at_another_tools_diagnostic_there_is_nothing_to_do(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", TWO)
    first = (await editor.shown(uri))[0]
    theirs = types.Diagnostic(first.range, "other", source="another")
    assert await editor.actions(uri, first.range, [theirs]) == []


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["quickfix"], {"quickfix"}),
        (["source"], {FIX_ALL}),
        (["source.fixAll"], {FIX_ALL}),
        ([FIX_ALL], {FIX_ALL}),
        (["source.fixAll.other"], set()),
        (["source.fix"], set()),
        (["refactor"], set()),
        ([], set()),
        ([""], {"quickfix", FIX_ALL}),
        (["quickfix", "source.fixAll"], {"quickfix", FIX_ALL}),
    ],
)
async def test_only_the_kinds_asked_for_are_offered(
    start: Start, tmp_path: Path, only: list[str], kinds: set[str]
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    [found] = await editor.shown(uri)
    assert {each.kind for each in await editor.actions(uri, found.range, [], only)} == kinds


async def test_fix_all_is_one_of_the_choices_where_there_is_more_than_one_token(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    one = editor.open(tmp_path / "one.py", LEAK)
    two = editor.open(tmp_path / "two.py", TWO)
    kinds = [[each.kind for each in await editor.offers(uri)] for uri in (one, two)]
    assert [FIX_ALL in each for each in kinds] == [False, True]


@pytest.mark.parametrize(
    "text", [f'a = "{TOKEN}"\n{LEAK}', f'a = "{TOKEN}"; b = "{access_token(2)}"', LEAK]
)
async def test_kate_changes_the_token_it_names_and_no_other(
    start: Start, tmp_path: Path, text: str
) -> None:
    editor = await start("kate", tmp_path)
    uri = editor.open(tmp_path / "a.py", text)
    first = (await editor.shown(uri))[0]
    place = editor.buffers[uri].offset(first.range.start)
    after = f"import os\n\n{text[: place - 1]}{LOOKUP[19:-1]}{text[place + len(TOKEN) + 1 :]}"
    assert await editor.fix(uri) == after


async def test_the_edit_is_left_out_for_an_editor_that_asks_for_it_later(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    action = named(await editor.offers(uri), "Read it")
    resolved = await editor.resolve(action)
    assert (action.edit, resolved.edit is None) == (None, False)


@pytest.mark.parametrize("title", ["Replace it in the whole workspace", "Why no rewrite?"])
async def test_an_action_that_has_no_edit_is_whole_as_it_is(
    start: Start, tmp_path: Path, title: str
) -> None:
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.txt", TOKEN, "plaintext")
    action = named(await editor.offers(uri), title)
    assert await editor.resolve(action) == action


@pytest.mark.parametrize("profile", ["vscode", "neovim-0.11"])
async def test_an_action_for_a_text_that_has_changed_is_refused(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    action = named(await editor.offers(uri), "Read it")
    editor.type(uri, "x")
    with pytest.raises(JsonRpcException) as refused:
        await editor.resolve(action)
    assert refused.value.code == types.LSPErrorCodes.ContentModified


@pytest.mark.parametrize("data", [None, {}, "x", {"uri": 1}, {"uri": "file:///b.py", "version": 1}])
async def test_an_action_that_was_never_offered_is_refused(
    start: Start, tmp_path: Path, data: object
) -> None:
    editor = await start("vscode", tmp_path)
    editor.open(tmp_path / "a.py", LEAK)
    action = types.CodeAction("Read it", kind="quickfix", data=data)
    with pytest.raises(JsonRpcException) as refused:
        await editor.resolve(action)
    assert refused.value.code == types.LSPErrorCodes.ContentModified


async def test_an_edit_says_which_version_it_is_for(start: Start, tmp_path: Path) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    editor.type(uri, "x = 1\n")
    edit = named(await editor.offers(uri), "Read it").edit
    assert edit
    [change] = edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == 2


@pytest.mark.parametrize(
    ("file", "title", "reason"),
    [
        (("a.json", f'{{"notion": "{TOKEN}"}}'), "Ignore this line", "No comment ends"),
        (("a.py", f'x = """\n{TOKEN}\n"""\n'), "Ignore this line", "part of the code"),
        (("a.py", f"# {TOKEN}\n"), "Move it", "Nothing here reads"),
    ],
)
async def test_what_cannot_be_done_says_why_where_the_editor_shows_it(
    start: Start, tmp_path: Path, file: tuple[str, str], title: str, reason: str
) -> None:
    editor = await start("vscode", tmp_path)
    name, text = file
    uri = editor.open(tmp_path / name, text, "")
    disabled = named(await editor.offers(uri), title).disabled
    assert disabled
    assert reason in disabled.reason


async def test_what_cannot_be_done_is_left_out_where_the_editor_does_not_show_it(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.txt", TOKEN, "plaintext")
    assert [each.title for each in await editor.offers(uri)] == [
        "Why no rewrite? How this kind of file reads a variable is not known: take the token out.",
        "Replace it with a placeholder",
        "Ask Notion whether it is live",
        "My token leaked: what now?",
    ]


async def test_there_is_nothing_to_do_in_an_excluded_file(start: Start, tmp_path: Path) -> None:
    editor = await start("eglot", tmp_path, options={"exclude": ["a.py"]})
    uri = editor.open(tmp_path / "a.py", LEAK)
    assert await editor.shown(uri) == []
    assert await editor.actions(uri, editor.buffers[uri].whole()) == []


REFUSED = f'package a\n\ntype A struct {{\n\tB string `auth:"{TOKEN}"`\n}}\n'
TAG = "A field's tag must be a literal."


@ONE_BY_ONE
async def test_the_first_choice_for_a_token_without_a_rewrite_says_why(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    offers = await editor.offers(editor.open(tmp_path / "a.go", REFUSED, "go"))
    assert offers[0].title == f"Why no rewrite? {TAG}"
    assert offers[0].disabled is None
    assert not offers[0].is_preferred
    assert TAG not in [each.disabled.reason for each in offers if each.disabled]
    assert not any(each.title.startswith("Read it from") for each in offers)


async def test_without_a_folder_a_constant_stays_that_an_unsaved_document_needs(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode")
    user = "package api;\n@Named(keys.Keys.TOKEN)\nclass Api { }\n"
    editor.open(tmp_path / "src/api/Api.java", user, "java")
    keys = f'package keys;\npublic interface Keys {{ String TOKEN = "{TOKEN}"; }}\n'
    offers = await editor.offers(editor.open(tmp_path / "src/keys/Keys.java", keys, "java"))
    assert offers[0].title.startswith("Why no rewrite? api/Api.java uses this constant")


@pytest.mark.parametrize("opens", [True, False])
async def test_who_asks_why_is_shown_the_page_or_else_its_address(
    start: Start, tmp_path: Path, *, opens: bool
) -> None:
    editor = await start("vscode", tmp_path)
    editor.opens_pages = opens
    await editor.choose(editor.open(tmp_path / "a.go", REFUSED, "go"), "Why no rewrite?")
    assert editor.pages == [ON_REFUSALS]
    assert editor.messages == ([] if opens else [f"More: {ON_REFUSALS}"])


async def test_an_editor_that_opens_no_page_is_told_the_reason(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    await editor.choose(
        editor.open(tmp_path / "a.yaml", f"a: {TOKEN}\n", "yaml"), "Why no rewrite?"
    )
    reason = "YAML cannot read the environment: have the program that loads this file do it."
    assert editor.messages == [f"{reason} More: {ON_REFUSALS}"]


async def test_a_reason_that_comes_back_is_shown_masked(start: Start, tmp_path: Path) -> None:
    editor = await start("eglot", tmp_path)
    await editor.execute("notion-lsp.whyNoRewrite", f"because {TOKEN}")
    assert TOKEN not in str(editor.messages)


@pytest.mark.parametrize("command", ["notion-lsp.whyNoRewrite", "notion-lsp.leaked"])
async def test_a_command_that_may_have_an_argument_may_have_none(
    start: Start, tmp_path: Path, command: str
) -> None:
    editor = await start("vscode", tmp_path)
    # The extension sends an empty list.
    params = types.ExecuteCommandParams(command, [])
    await editor.client.workspace_execute_command_async(params)
