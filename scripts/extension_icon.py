"""Draw the icon of the VS Code extension: a key with a squiggle under it."""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path

ICON = Path(__file__).parents[1] / "vscode-extension" / "media" / "icon.png"
SIZE, SAMPLES = 128, 4

CLEAR, NIGHT, PAPER, RED = (0, 0, 0, 0), (31, 36, 48, 255), (240, 242, 245, 255), (240, 80, 80, 255)
Colour = tuple[int, int, int, int]


def colour(x: float, y: float) -> Colour:
    """Return what is drawn at a point."""
    wave = 99 + 5 * math.sin((x - 20) / 88 * 2 * math.pi * 4)
    if _tile(x, y) > 0:
        return CLEAR
    if 20 <= x <= 108 and abs(y - wave) < 3.5:
        return RED
    return PAPER if _is_key(x, y) else NIGHT


def _tile(x: float, y: float) -> float:
    # How far outside a square with round corners.
    across, down = max(abs(x - 64) - 40, 0), max(abs(y - 64) - 40, 0)
    return math.hypot(across, down) - 24


def _is_key(x: float, y: float) -> bool:
    ring = abs(math.hypot(x - 42, y - 54) - 15) < 5
    bar = 57 <= x <= 106 and abs(y - 54) < 5
    teeth = (84 <= x <= 92 or 98 <= x <= 106) and 54 <= y <= 72
    return ring or bar or teeth


def png() -> bytes:
    """Return the icon."""
    rows = b"".join(b"\0" + b"".join(_pixel(x, y) for x in range(SIZE)) for y in range(SIZE))
    header = struct.pack(">2I5B", SIZE, SIZE, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _pixel(x: int, y: int) -> bytes:
    steps = [(step + 0.5) / SAMPLES for step in range(SAMPLES)]
    found = [colour(x + across, y + down) for across in steps for down in steps]
    opaque = [each for each in found if each[3]] or [CLEAR]
    mixed = [sum(each[part] for each in opaque) // len(opaque) for part in range(3)]
    return bytes([*mixed, sum(each[3] for each in found) // len(found)])


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)


if __name__ == "__main__":
    ICON.write_bytes(png())
