"""The keyring of Linux: a Secret Service of its own, in which Python and Node find what is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import kits
import pytest
from repositories import write
from token_factory import access_token
from toolchains import required

if TYPE_CHECKING:
    from pathlib import Path

TOKEN, TYPED_IN = access_token(1), access_token(2)
READS = {
    "python": ("reads.py", f'NOTION_TOKEN = "{TYPED_IN}"\nprint(NOTION_TOKEN)\n'),
    "node": ("reads.cjs", f'const token = "{TYPED_IN}";\nconsole.log(token);\n'),
}
# A session bus of its own, and on it a keyring that is unlocked, for as long as the commands run.
SESSION = """\
set -e
printf password | gnome-keyring-daemon --unlock --components=secrets > unlocked
{python} -m notion_lsp fix --keep kept.py
{python} -m notion_lsp fix {file} > fixed
{run} {file}
"""


@pytest.mark.parametrize("reader", READS)
def test_a_program_gets_the_token_from_the_keyring_of_the_system(
    reader: str, folder: Path, tmp_path: Path
) -> None:
    for needed in ("dbus-run-session", "gnome-keyring-daemon"):
        required(needed)
    name, text = READS[reader]
    run = {"python": sys.executable, "node": "node"}[reader]
    write(folder / ".notion-lsp.toml", 'store = "keyring"\n')
    write(folder / "kept.py", f'NOTION_TOKEN = "{TOKEN}"\n')
    write(folder / name, text)
    if reader == "node":
        (folder / "node_modules").symlink_to(kits.node())
    script = SESSION.format(python=sys.executable, file=name, run=run)
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout.endswith(f"\n{TOKEN}\n"), done.stderr
