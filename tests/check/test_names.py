"""Which names of files are looked at closely."""

from __future__ import annotations

from pathlib import PurePath

import pytest
from token_factory import access_token

from notion_lsp.check import names

TOKEN = access_token(33)


@pytest.mark.parametrize("ending", ["", "\0"])
@pytest.mark.parametrize("before", [[], ["a", "b/c"], [f"long/{'x' * 80}"], [TOKEN[:-8]]])
@pytest.mark.parametrize("name", [TOKEN, f"a/{TOKEN}.txt", f"{TOKEN}/b/{TOKEN}", f"é{TOKEN}"])
def test_a_name_with_a_token_is_told_among_others(
    before: list[str], name: str, ending: str
) -> None:
    listed = "\0".join([*before, name, *before]) + ending
    assert list(names.like_a_token(listed.encode())) == [name.encode()]


@pytest.mark.parametrize("name", ["", "a/b", "ntn_", f"{TOKEN[:20]}/{TOKEN[20:]}", "x" * 80])
def test_a_name_without_one_is_not(name: str) -> None:
    assert not names.may_hold_a_token(PurePath(name))
    assert not list(names.like_a_token(f"{name}\0".encode()))
