"""Measurements of notion-lsp beside its peers: `python -m benchmarks` writes BENCHMARKS.md."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The random tokens are those of the tests.
sys.path.append(str(ROOT / "tests"))
