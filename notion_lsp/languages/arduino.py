"""A sketch of Arduino: C++ that is flashed to a microcontroller."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages._compiled_runtimes import DEVICE
from notion_lsp.languages.cpp import LANGUAGE as CPP

LANGUAGE = replace(
    CPP,
    id="arduino",
    title="an Arduino sketch",
    recognition=Recognition(files=("*.ino", "*.pde"), editor_ids=("arduino",)),
    environment=DEVICE,
    project=replace(CPP.project, takes_dotenv=False, runtimes=()),
)
