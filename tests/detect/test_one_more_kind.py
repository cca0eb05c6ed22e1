"""A row in the table of kinds is enough to find its tokens, however they are written."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from repositories import make_repository, write
from token_factory import base62

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAM = Path(__file__).with_name("one_more_kind.py")

TOKEN = f"zzq_{base62('one more kind', 32)}"
BODY = TOKEN.removeprefix("zzq_")


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


PLAIN = {"written out": f'x = "{TOKEN}"'}
HIDDEN = {
    "base64": f'x = "{encoded(TOKEN)}"',
    "base64 after one byte": f'x = "{encoded(f":{TOKEN}")}"',
    "base64 after two bytes": f'x = "{encoded(f"a:{TOKEN}")}"',
    "hexadecimal": f'x = "{TOKEN.encode().hex()}"',
    "hexadecimal in capitals": f'x = "{TOKEN.encode().hex().upper()}"',
    "percent code": f'x = "{TOKEN.replace("_", "%5F")}"',
    "escape": f'x = "{TOKEN.replace("_", chr(92) + "x5f")}"',
    "character reference": f'x = "{TOKEN.replace("_", "&#95;")}"',
    "base64 twice": f'x = "{encoded(encoded(TOKEN))}"',
    "octal codes": "".join(f"\\{ord(each):03o}" for each in TOKEN),
    "escape of Markdown": TOKEN.replace("_", "\\_"),
    "pieces": f'x = "zzq_" + "{BODY}"',
    "pieces of the body": f'x = "{TOKEN[:30]}" + "{TOKEN[30:]}"',
    "pieces that a call joins": f'x = "_".join(["zzq", "{BODY}"])',
}
# What no string tells of that a folder is searched for: these are found in a file that is open.
IN_OPEN_FILES = {
    "a piece of the prefix": f'x = "zz" + "q_{BODY}"',
}
TEXTS = PLAIN | HIDDEN | IN_OPEN_FILES

Found = dict[str, dict[str, list[str]]]


def run(folders: Mapping[str, Path], path: str) -> Found:
    asked = {"texts": TEXTS, "folders": {name: str(folder) for name, folder in folders.items()}}
    done = subprocess.run(
        [sys.executable, PROGRAM],
        input=json.dumps(asked),
        env=os.environ | {"PATH": path},
        text=True,
        check=True,
        capture_output=True,
    )
    found: Found = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Return what is found where, with one more row in the table."""
    top = tmp_path_factory.mktemp("one_more_kind")
    folders = {"repository": make_repository(top / "repository"), "folder": top / "folder"}
    for folder in folders.values():
        for name, text in TEXTS.items():
            write(folder / name, text)
        write(folder / "without a token", "x = 1")
    known = run(folders, os.environ["PATH"])
    without_git = run({"without git": folders["folder"]}, str(top))
    return known | {"folder": known["folder"] | without_git["folder"]}


@pytest.mark.parametrize("form", TEXTS)
def test_a_row_is_enough_to_find_its_tokens_in_a_text(found: Found, form: str) -> None:
    assert found["text"][form] == [TOKEN]


@pytest.mark.parametrize("form", TEXTS)
def test_a_keystroke_finds_those_that_are_written_out(found: Found, form: str) -> None:
    assert found["keystroke"][form] == ([TOKEN] if form in PLAIN else [])


@pytest.mark.parametrize("form", TEXTS)
def test_a_pause_in_the_typing_finds_the_others_too(found: Found, form: str) -> None:
    assert found["pause"][form] == [TOKEN]


@pytest.mark.parametrize("folder", ["repository", "folder", "without git"])
def test_the_search_of_a_folder_finds_the_files_that_hold_one(found: Found, folder: str) -> None:
    assert set(found["folder"][folder]) == {*PLAIN, *HIDDEN}
