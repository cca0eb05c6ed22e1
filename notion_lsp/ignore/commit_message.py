"""The message of a commit in the file that git gives to an editor and to a hook."""

from __future__ import annotations

import re

# The file of `git commit`, and that of `git merge`.
_FILES = ("COMMIT_EDITMSG", "MERGE_MSG")
# git's own `cut_line`, behind the sign of a comment, which the configuration may change. What
# `git commit --verbose` shows below it, git takes out of the message.
_SCISSORS = re.compile(r"^\S+ -{24} >8 -{24}$", re.MULTILINE)


def end_of_message(name: str, text: str) -> int:
    """Return where the message ends in a file of that name; any other file is one to its end."""
    found = _SCISSORS.search(text) if name in _FILES else None
    return found.start() if found else len(text)
