"""What the helpers of Ruby and PHP are beside each other, and how often they ask."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from conjur_server import ConjurServer
from from_stores import result, source
from programs import programs
from token_factory import access_token
from toolchains import required

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SAME = access_token(3)
TWO_FILES = {
    "php": ("<?php\nfunction {}() {{ return 'T!'; }}\n", "<?php\nrequire 'a';\nrequire 'b';\n"),
    "ruby": ("def {}\n  'T!'\nend\n", "load './a'\nload './b'\n"),
}
TWICE = {
    "php": f'<?php\n$a = "T!";\necho $a, "{SAME}";\n',
    "ruby": f'a = "T!"\nprint a, "{SAME}"\n',
}


def run(language: str, folder: Path, environment: Mapping[str, str]) -> str:
    """Run what stands in the file of the language's program, and return what it prints."""
    required(language)
    done = subprocess.run(
        programs()[language].run(folder),
        env={"HOME": str(folder), "PATH": os.environ["PATH"], **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("store", ["aws-secrets-manager", "conjur", "vault"])
@pytest.mark.parametrize("language", TWO_FILES)
def test_files_with_the_same_helper_go_together(language: str, store: str, tmp_path: Path) -> None:
    text, main = TWO_FILES[language]
    for name in ("a", "b"):
        (tmp_path / name).write_text(result(source(text.format(name), language), store))
    (tmp_path / programs()[language].file).write_text(main)
    assert run(language, tmp_path, {}) == ""


@pytest.mark.parametrize("language", TWICE)
def test_a_secret_is_asked_for_once(language: str, tmp_path: Path) -> None:
    text = TWICE[language].replace("T!", SAME)
    changed = result(source(text, language), "conjur")
    assert SAME not in changed
    (tmp_path / programs()[language].file).write_text(changed)
    with ConjurServer() as server:
        server.variables["notion/api-token"] = b"kept"
        assert run(language, tmp_path, server.environment) == "keptkept"
        assert server.reads == 1
