"""How this program was started: what a hook has to run."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

# A hook runs in the repository, whose modules must not be taken for ours. What keeps Python from
# looking there came with 3.11; before, the packages of one person are not seen with it.
_APART = "-P" if sys.version_info >= (3, 11) else "-I"


def launcher(*arguments: str) -> str:
    """Return a command line that runs this program again, from any folder and with any `PATH`.

    Links are not followed: that of pipx or Homebrew is still right after an upgrade.
    """
    program = Path(sys.argv[0])
    if program.suffix == ".py":
        words = [sys.executable, _APART, "-m", "notion_lsp", *arguments]
    else:
        words = [os.path.abspath(program), *arguments]  # noqa: PTH100, Path.resolve follows links
    if os.name == "nt":
        # The shells that run hooks there take slashes, and drop what backslashes escape.
        return " ".join(f'"{word}"' if " " in word else word for word in map(_slashed, words))
    return shlex.join(words)


def _slashed(word: str) -> str:
    return word.replace("\\", "/")
