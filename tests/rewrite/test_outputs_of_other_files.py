"""Outputs of Terraform in another file of the module than the value that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rewriting import TOKEN, rewritten

from notion_lsp.refused import Refused
from notion_lsp.rewrite.one_text import Rewrite

if TYPE_CHECKING:
    from pathlib import Path

MAIN = f'locals {{\n  token  = "{TOKEN}"\n  header = "Bearer ${{local.token}}"\n}}\n'


def test_an_output_beside_the_file_has_to_be_sensitive_first(tmp_path: Path) -> None:
    files = {"main.tf": MAIN, "outputs.tf": 'output "a" {\n  value = local.header\n}\n'}
    assert rewritten(tmp_path, "main.tf", files) == Refused(
        "outputs.tf has an output of this value: mark that as sensitive first."
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("outputs.tf", 'output "a" {\n  value     = local.header\n  sensitive = true\n}\n'),
        ("outputs.tf", 'output "a" {\n  value = local.header_name\n}\n'),
        ("outputs.tf", 'resource "x" "y" {\n  value = local.header\n}\n'),
        ("other/outputs.tf", 'output "a" {\n  value = local.header\n}\n'),
    ],
)
def test_another_use_of_the_value_is_none(tmp_path: Path, name: str, text: str) -> None:
    assert isinstance(rewritten(tmp_path, "main.tf", {"main.tf": MAIN, name: text}), Rewrite)
