"""A token put into a store as a person does it, by `fix --keep`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp import cli

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest
    from backends import Backend


def put_by_command(
    token: str,
    settings: Mapping[str, str],
    store: Backend,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Have the token of a file in a folder kept by a store, under the name of the settings."""
    lines = (f'{name} = "{value}"\n' for name, value in settings.items())
    (folder / ".notion-lsp.toml").write_text("".join(lines), "utf-8")
    (folder / "program.py").write_text(f'NOTION_TOKEN = "{token}"\n', "utf-8")
    with monkeypatch.context() as meanwhile:
        meanwhile.chdir(folder)
        for name, value in store.environment.items():
            meanwhile.setenv(name, value)
        assert cli.main(["fix", "--keep"]) == 0
