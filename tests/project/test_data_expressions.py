"""A token within what the reader of a file of data evaluates, or keeps from being evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from placed import rewritten
from token_factory import access_token

from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = access_token(1)
PLAY = "- hosts: all\n  vars:\n    token: {}\n"


@pytest.mark.parametrize(
    "value",
    [
        f'!unsafe "{TOKEN}"',
        f"!unsafe &token {TOKEN}",
        f"!unsafe |\n      {TOKEN}",
        f'"{{% raw %}}{{{{ a }}}} {TOKEN}{{% endraw %}}"',
        f'"{{%- raw -%}}{TOKEN}{{%- endraw -%}}"',
    ],
)
def test_what_ansible_does_not_evaluate_is_left(tmp_path: Path, value: str) -> None:
    made = rewritten(PLAY.format(value), tmp_path / "site.yml", tmp_path)
    assert [reason.partition(":")[0] for reason in made.refused.values()] == [
        "Nothing is evaluated in `raw` or behind `!unsafe`"
    ]


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (
            f'"{{% raw %}}{{{{ a }}}}{{% endraw %}} {TOKEN}"',
            '"{% raw %}{{ a }}{% endraw %} {TOKEN}"',
        ),
        (f"!!str {TOKEN}", '!!str "{TOKEN}"'),
    ],
)
def test_what_ansible_evaluates_beside_that_is_rewritten(
    tmp_path: Path, value: str, result: str
) -> None:
    text = PLAY.format(value)
    made = rewritten(text, tmp_path / "site.yml", tmp_path)
    lookup = "{{ lookup('ansible.builtin.env', 'NOTION_TOKEN', default=undef()) }}"
    assert apply_edits(text, made.edits) == PLAY.format(result.replace("{TOKEN}", lookup))
