from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from token_factory import access_token

from notion_lsp.detect.plain import find_plain
from notion_lsp.explain import messages
from notion_lsp.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from notion_lsp.detect.finding import Finding

TOKEN = access_token(1)
TEXT = f'notion = "{TOKEN}"'
UNSURE = f'notion = "{TOKEN[:-3]}"'


def only(text: str) -> Finding:
    (finding,) = find_plain(text)
    return finding


def test_a_description_is_one_a_person_can_act_on() -> None:
    assert messages.describe(only(TEXT), TEXT) == (
        f"Notion access token ntn_…{TOKEN[-4:]} (exact form) is hardcoded: "
        "keep it in the environment or a secret store, and rotate it."
    )


def test_a_description_is_no_surer_than_the_finding() -> None:
    assert messages.describe(only(UNSURE), UNSURE).startswith("This may be a Notion access token ")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"VITE_NOTION_TOKEN={TOKEN}", "VITE_NOTION_TOKEN"),
        (f'const key = process.env.NEXT_PUBLIC_KEY || "{TOKEN}"', "NEXT_PUBLIC_KEY"),
        (f'"REACT_APP_NOTION": "{TOKEN}"', "REACT_APP_NOTION"),
        (f'EXPO_PUBLIC_A: "Bearer {TOKEN}"', "EXPO_PUBLIC_A"),
    ],
)
def test_a_description_says_that_a_bundler_ships_the_name(line: str, name: str) -> None:
    described = messages.describe(only(line), line)
    assert f"A bundler ships {name} to the browser" in described
    assert TOKEN not in described


def test_a_name_on_another_line_ships_nothing() -> None:
    text = f"VITE_NOTION_TOKEN=x\nNOTION_TOKEN={TOKEN}"
    assert "bundler" not in messages.describe(only(text), text)


def test_a_hover_says_what_it_opens_and_what_to_do() -> None:
    shown = messages.hover(only(TEXT), TEXT, "Quick fix: read it.")
    kind = only(TEXT).kind
    title, opens, advice, rotate, page, evidence = shown.split("  \n")
    assert title == f"**{kind.title}** `{messages.masked(only(TEXT), TEXT)}`"
    assert (opens, advice) == (kind.opens, "Quick fix: read it.")
    assert kind.rotate in rotate
    assert kind.documentation in page
    assert evidence == "Found by: exact form."


def hover(finding: Finding, text: str, *, example: bool = False) -> str:
    return messages.hover(finding, text, "Quick fix: read it.", example=example)


@pytest.mark.parametrize("shown", [messages.describe, hover, messages.masked])
@pytest.mark.parametrize("text", [TEXT, UNSURE])
def test_no_message_shows_the_token(shown: Callable[[Finding, str], str], text: str) -> None:
    assert TOKEN.removeprefix("ntn_")[:6] not in shown(only(text), text)


@pytest.mark.parametrize("text", [TEXT, UNSURE])
def test_what_stands_in_an_example_is_a_hint_and_says_so(text: str) -> None:
    assert messages.severity(only(text), Settings(), example=True) == "hint"
    for shown in (messages.describe, hover):
        assert "in a test or example path" in shown(only(text), text, example=True)


def test_what_is_off_is_off_in_an_example() -> None:
    assert messages.severity(only(TEXT), Settings(severity="off"), example=True) == "off"


@pytest.mark.parametrize(
    ("text", "settings", "severity"),
    [
        (TEXT, Settings(), "error"),
        (TEXT, Settings(severity="warning"), "warning"),
        (TEXT, Settings(kinds={"access-token": "information"}), "information"),
        (UNSURE, Settings(), "hint"),
        (UNSURE, Settings(severity="off"), "off"),
    ],
)
def test_what_only_may_be_a_token_is_never_more_than_a_hint(
    text: str, settings: Settings, severity: str
) -> None:
    assert messages.severity(only(text), settings) == severity
