from __future__ import annotations

from dataclasses import replace

import pytest

from notion_lsp.languages import Language, languages
from notion_lsp.lookup import Lookup, Requirement
from notion_lsp.rewrite.helpers import bring
from notion_lsp.rewrite.requirements import File
from notion_lsp.rewrite.source import ALONE
from notion_lsp.syntax.site import Syntax
from notion_lsp.text import apply_edits

LANGUAGES = {language.id: language for language in languages()}
PYTHON = LANGUAGES["python"]
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


def imported(
    text: str, requirement: Requirement, at: int, language: Language = PYTHON
) -> tuple[str, str]:
    assert language.grammar
    file = File(Syntax(text, language.grammar), language, ALONE)
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


@pytest.mark.parametrize("language", ["javascript", "typescript"])
def test_a_name_that_an_import_below_binds_is_not_bound_again(language: str) -> None:
    vault = replace(
        BOTO3,
        module="node-vault",
        statement='import vault from "node-vault";',
        name="vault",
        aliased='import nodeVault from "node-vault";',
        alias="nodeVault",
    )
    text = "f();\nimport vault from 'node-vault';\n"
    called, result = imported(text, vault, 0, LANGUAGES[language])
    assert (called, result) == ("nodeVault", f'import nodeVault from "node-vault";\n\n{text}')


@pytest.mark.parametrize("language", ["javascript", "typescript", "ruby"])
def test_what_loads_env_below_the_use_is_loaded_above_it_too(language: str) -> None:
    loader = LANGUAGES[language].project.dotenv
    assert loader
    assert loader.requirement
    statement = loader.requirement.statement
    text = f"f()\n{statement}\n"
    _, result = imported(text, loader.requirement, 0, LANGUAGES[language])
    assert result.startswith(f"{statement}\n")
    assert result.endswith(text)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_an_import_never_stands_above_what_must_come_first(ending: str) -> None:
    first = '#!/usr/bin/env python3\n# coding: utf-8\n"""Title."""\nfrom __future__ import x\n'
    text = f"{first}x = 1\n".replace("\n", ending)
    assert with_import(text, OS)[1] == f"{first}\nimport os\n\nx = 1\n".replace("\n", ending)
