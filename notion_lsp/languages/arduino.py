"""A sketch of Arduino: C++ that is flashed to a microcontroller."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.c import DEVICE
from notion_lsp.languages.cpp import LANGUAGE as CPP
from notion_lsp.refused import Refused

LANGUAGE = replace(
    CPP,
    id="arduino",
    title="an Arduino sketch",
    recognition=Recognition(files=("*.ino", "*.pde"), editor_ids=("arduino",)),
    environment=Refused(DEVICE),
    project=replace(CPP.project, takes_dotenv=False),
)
