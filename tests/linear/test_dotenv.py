"""`.env` files with long gaps, many quotes or many comment signs are read in linear time."""

from __future__ import annotations

from pathlib import PurePath

import pytest
from growth import grows_linearly, repeated
from token_factory import access_token

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import language_of
from notion_lsp.refused import Refused
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.source import Source
from notion_lsp.rewrite.to_dotenv import Surroundings, move
from notion_lsp.stores import stores

TOKEN = access_token(1)
UNITS = [" ", "\t", " #", "# ", "'", '"', "'\"", "=", "a ", "export ", "A=\n"]


@pytest.mark.parametrize("unit", UNITS)
def test_a_dotenv_file_is_read_in_linear_time(unit: str) -> None:
    source = Source(f'token = "{TOKEN}"\n', language_of(None, "python"))
    [finding] = find_plain(source.text)

    def work(dotenv: str) -> object:
        around = Surroundings(dotenv, example="", gitignore="", tracked=False, ignored=True)
        return move(source, finding, "A", around, lambda _name, _loader: Refused(""))

    assert grows_linearly(work, repeated(unit, "A=x", "y"), 4000)


@pytest.mark.parametrize("unit", [each for each in UNITS if "\n" not in each])
def test_an_example_of_one_is_rewritten_in_linear_time(unit: str) -> None:
    def work(text: str) -> object:
        source = Source(text, language_of(PurePath(".env.example")))
        found = tuple(find_plain(text))
        return rewrite(source, found, stores()["env"], dict.fromkeys(found, "A"))

    assert grows_linearly(work, repeated(unit, f"A={TOKEN} ", "y"), 4000)
