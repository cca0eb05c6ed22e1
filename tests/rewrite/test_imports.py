from __future__ import annotations

from dataclasses import replace

import pytest

from notion_lsp.languages import languages
from notion_lsp.lookup import Lookup, Requirement
from notion_lsp.rewrite.helpers import bring
from notion_lsp.rewrite.requirements import File
from notion_lsp.rewrite.source import ALONE
from notion_lsp.syntax.site import Syntax
from notion_lsp.text import apply_edits

PYTHON = next(language for language in languages() if language.id == "python")
OS = Requirement("os", "import os", "os", aliased="import os as _os", alias="_os")
BOTO3 = replace(
    OS,
    module="boto3",
    statement="import boto3",
    name="boto3",
    aliased="import boto3 as _boto3",
    alias="_boto3",
    standard=False,
)
CLIENT = Requirement(
    "hvac",
    "from hvac import Client",
    "Client",
    member="Client",
    aliased="from hvac import Client as VaultClient",
    alias="VaultClient",
    standard=False,
)


def with_import(text: str, requirement: Requirement) -> tuple[str, str]:
    """Return what the requirement is called at the end of the text, and the text with it."""
    return imported(text, requirement, len(text))


def imported(text: str, requirement: Requirement, at: int) -> tuple[str, str]:
    assert PYTHON.grammar
    file = File(Syntax(text, PYTHON.grammar), PYTHON, ALONE)
    called, edits = bring(file, Lookup(f"{{{requirement.name}}}", (requirement,)), at)
    return called[requirement.name], apply_edits(text, edits)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("x = 1\n", "import boto3\n\nx = 1\n"),
        ("import os\n\nx = 1\n", "import os\n\nimport boto3\n\nx = 1\n"),
        ("import hvac\n\nx = 1\n", "import boto3\nimport hvac\n\nx = 1\n"),
        ("import os\n\nimport yaml\n", "import os\n\nimport boto3\nimport yaml\n"),
        ("import os\n\nimport attrs\n", "import os\n\nimport attrs\nimport boto3\n"),
        ("from hvac import Client\n", "import boto3\nfrom hvac import Client\n"),
        ("import os, re; x = 1\n", "import os, re; x = 1\n\nimport boto3\n"),
    ],
)
def test_a_packages_import_goes_among_the_packages(text: str, result: str) -> None:
    assert with_import(text, BOTO3) == ("boto3", result)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("from hvac import Client\n", "Client"),
        ("from hvac import Client as Vault\n", "Vault"),
        ("from hvac import (\n    Client,\n    adapters,\n)\n", "Client"),
    ],
)
def test_a_member_that_is_imported_is_used_by_its_name(text: str, name: str) -> None:
    assert with_import(text, CLIENT) == (name, text)


@pytest.mark.parametrize(
    "text",
    [
        "from notion_client import Client\n",
        "import hvac\n\n\nclass Client:\n    pass\n",
        "def f(Client):\n    pass\n",
        "for Client in ():\n    pass\n",
        "with open('') as Client:\n    pass\n",
        "f = lambda Client: 1\n",
        "x = [1 for Client in ()]\n",
        "if (Client := 1):\n    pass\n",
        "a, Client = 1, 2\n",
        "Client = 1\n",
        "def f(Client: int = 1):\n    pass\n",
    ],
)
def test_a_name_that_means_something_else_is_imported_as_another(text: str) -> None:
    name, result = with_import(text, CLIENT)
    assert name == "VaultClient"
    assert "from hvac import Client as VaultClient\n" in result


def test_an_import_that_may_not_have_run_is_not_relied_on() -> None:
    text = "try:\n    import os\nexcept ImportError:\n    pass\n"
    assert with_import(text, OS) == ("_os", f"import os as _os\n\n{text}")


def test_an_import_in_a_function_takes_the_name_there_from_its_first_line_on() -> None:
    text = "def f():\n    import os\n"
    assert with_import(text, OS) == ("_os", f"import os as _os\n\n\n{text}")


def test_an_import_below_is_not_relied_on() -> None:
    text = "x = 1\nimport os\n"
    assert imported(text, OS, 0) == ("os", f"import os\n\n{text}")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_an_import_never_stands_above_what_must_come_first(ending: str) -> None:
    first = '#!/usr/bin/env python3\n# coding: utf-8\n"""Title."""\nfrom __future__ import x\n'
    text = f"{first}x = 1\n".replace("\n", ending)
    assert with_import(text, OS)[1] == f"{first}\nimport os\n\nx = 1\n".replace("\n", ending)
