"""BENCHMARKS.md: one section a measurement, each replaced when it is measured again."""

from __future__ import annotations

import os
import platform
import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from benchmarks import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REPORT = ROOT / "BENCHMARKS.md"

_TITLE = """# Benchmarks

`make bench` writes this page; `python -m benchmarks <part>` measures one part again.
Times on a machine that others use vary: read the ratio to the peer in the same run.
Each section says when it was measured, and holds for the code of that day.
"""
BUSY = "compare with the peers of the same run, which a busy machine slows as well."


def write_section(title: str, body: str) -> None:
    """Put the section into the report, in the place of the one with that title."""
    text = REPORT.read_text("utf-8") if REPORT.exists() else _TITLE
    section = f"## {title}\n\n{_machine()}\n\n{body.strip()}\n"
    old = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    if old.search(text):
        text = old.sub(lambda _: f"{section}\n", text)
    else:
        text = f"{text.rstrip()}\n\n{section}"
    REPORT.write_text(f"{text.rstrip()}\n", "utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first are numbers."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def goal(wanted: str, *, met: bool, reason: str) -> str:
    """Return the list item that states a goal and, where the figures miss it, the reason."""
    return f"- Goal: {wanted}. {'Met.' if met else f'Missed: {reason}'}\n"


def _machine() -> str:
    day = datetime.now(tz=timezone.utc).date()
    return (
        f"{day}, {os.cpu_count()} cores, {platform.system()} on {platform.machine()}, "
        f"Python {platform.python_version()}."
    )
