"""Copies the files of `examples/leaky`, with made-up tokens in place of their placeholders.

Outside its tests, the repository contains nothing with the form of a token, so that secret
scanners, ours included, need no exception for these files.
"""

from __future__ import annotations

import secrets
import string
from pathlib import Path

LEAKY = Path(__file__).parent / "leaky"

# A placeholder, and the token for it: its prefix, so many digits, so many letters or digits.
PLACEHOLDERS = {
    "@ACCESS_TOKEN@": ("ntn_", 11, 35),
    "@OTHER_TOKEN@": ("ntn_", 11, 35),
    "@REFRESH_TOKEN@": ("nrt_", 11, 35),
    "@INTEGRATION_TOKEN@": ("secret_", 3, 40),
    "@CLIENT_SECRET@": ("secret_", 3, 40),
    "@SESSION_COOKIE@": ("v02%3Auser_token_or_cookies%3A", 0, 132),
}


def copy_leaky_files(folder: Path) -> tuple[list[Path], list[str]]:
    """Write the files into the folder; return their paths and the tokens in them."""
    tokens = {placeholder: _token(*form) for placeholder, form in PLACEHOLDERS.items()}
    paths = []
    for source in sorted(LEAKY.iterdir()):
        text = source.read_text("utf-8")
        for placeholder, token in tokens.items():
            text = text.replace(placeholder, token)
        paths.append(folder / source.name)
        paths[-1].write_bytes(text.encode())
    return paths, list(tokens.values())


def _token(prefix: str, digits: int, rest: int) -> str:
    letters = string.ascii_letters + string.digits
    return (
        prefix
        + "".join(secrets.choice(string.digits) for _ in range(digits))
        + "".join(secrets.choice(letters) for _ in range(rest))
    )
