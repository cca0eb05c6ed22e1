"""Base64 and hexadecimal folded at a column, as mail, JSON, shells and code fold it."""

from __future__ import annotations

import base64
import json
import textwrap

import pytest
from token_factory import access_token, development_token, integration_token

from notion_lsp.detect import glance
from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import token_of

TOKEN = access_token(71)
OTHER = integration_token(72)
SECRETS = f'{{"db": "xxxxxxxxxxxxxxxxxxxxxxxxx", "auth": "{TOKEN}", "space": "y", "b": "{OTHER}"}}'
BASE64 = base64.b64encode(SECRETS.encode()).decode()
HEX = SECRETS.encode().hex()
FORMATS = {
    "mail": ("\r\n\r\n", "\r\n", "\r\n"),
    "old Mac": ("\r\r", "\r", "\r"),
    ".resx": ("<value>\r\n        ", "\r\n        ", "\r\n  </value>\r\n"),
    "JSON": ('{"content": "', "\\n", '\\n"}'),
    "JSON in JSON": ('"{\\"content\\": \\"', "\\\\n", '\\\\n\\"}"'),
    "JSON of Windows": ('{"content": "', "\\r\\n", '"}'),
    "Python": ('A = ("', '"\n     "', '")\n'),
    "JavaScript": ('a = "', '" +\n  "', '";\n'),
    "Java": ('a = "', '"\n  + "', '";\n'),
    "PHP": ("$a = '", "' .\n  '", "';\n"),
    "C": ('char *a = "', '\\n"\n  "', '\\n";\n'),
    "Elixir": ('a = "', '" <>\n  "', '"\n'),
    "Haskell": ('a = "', "\\\n  \\", '"\n'),
    "Julia": ('a = "', '" *\n  "', '"\n'),
    "MATLAB": ("a = ['", "' ...\n  '", "']\n"),
    "D": ('a = "', '" ~\n  "', '";\n'),
    "Visual Basic": ('a = "', '" & _\n  "', '"\n'),
    "PowerShell": ('$a = "', '" + `\n  "', '"\n'),
    "bytes of Python": ("A = (b'", "'\n     b'", "')\n"),
    "list": ('["', '", "', '"].join("")\n'),
    "statements": ('a = "', '";\na += "', '";\n'),
    "statements of PHP": ("$a = '", "';\n$a .= '", "';\n"),
    "URL": ("config=", "%0D%0A", "&next=1"),
    "attribute of XML": ('<a b="', "&#xA;", '"/>'),
    "Python, continued": ("A = '", "' \\\n    '", "'\n"),
    "shell": ("A=", "\\\n", "\n"),
    "shell with a space": ("A=", " \\\n", "\n"),
    "spaces at the end": ("A:\n", "  \n", "  \n"),
    "spaces to a column": ("A:\r\n", f"{' ' * 20}\r\n", "\r\n"),
    "dotenv": ('CONFIG_B64="', "\n", '"\n'),
    "YAML": ("config: ", "\n  ", "\nnext: 1\n"),
    "comment": ("# ", "\n# ", "\n"),
    "quoted mail": ("> ", "\n> ", "\n"),
    "XML of Windows": ("<a>", "&#13;\n", "</a>"),
    "HTML": ("<p>", "<br>\n", "</p>"),
    "XHTML": ("<p>", "<br />", "</p>"),
    "mail that folds a text": ("a=3D", "=\r\n", "\r\n"),
    "spaces that do not break": ("a:\n\xa0\xa0", "\xa0\n\xa0\xa0", "\n"),
    "spaces without a width": ("a: ", "\u200b\n", "\n"),
    "line separators": ("a: ", "\u2028", "\n"),
    "two carriage returns": ("a:\r\r\n", "\r\r\n", "\r\r\n"),
    "numbers of lines": ("   1\t", "\n   2\t", "\n"),
    "numbers of lines with a colon": ("1: ", "\n2: ", "\n"),
    "numbers of lines with a bar": (" 1 | ", "\n 2 | ", "\n"),
    "ends of lines shown": ("a: ", "$\n", "$\n"),
    "table": ("| ", " |\n| ", " |\n"),
    "comment of documentation": ("/// ", "\n/// ", "\n"),
    "header of a mail": ("Subject: =?utf-8?B?", "?=\r\n =?utf-8?B?", "?=\r\n"),
    "URL in a URL": ("config=", "%250A", "&next=1"),
    "numbers of characters": ('{"content": "', "\\u000a", '"}'),
    "added by a diff": ("+config:\n+", "\n+", "\n next\n"),
    "removed by a diff": ("-config:\r\n-", "\r\n-", "\r\n next\r\n"),
}


def tokens(text: str) -> list[str]:
    return [token_of(text, finding) for finding in find_tokens(text)]


@pytest.mark.parametrize("encoded", [BASE64, HEX], ids=["base64", "hexadecimal"])
@pytest.mark.parametrize("width", [60, 64, 76])
@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_token_across_a_fold_is_found(
    form: tuple[str, str, str], width: int, encoded: str
) -> None:
    begin, fold, end = form
    assert tokens(begin + fold.join(textwrap.wrap(encoded, width)) + end) == [TOKEN, OTHER]


@pytest.mark.parametrize("width", range(1, 78))
def test_a_fold_may_stand_anywhere(width: int) -> None:
    assert tokens("\n".join(textwrap.wrap(BASE64, width))) == [TOKEN, OTHER]


@pytest.mark.parametrize("fold", ["\n", "\r\n", "\r", " \\\n", '"\n"', "<br>", "=\n"])
@pytest.mark.parametrize("cut", range(8))
@pytest.mark.parametrize("before", range(3))
@pytest.mark.parametrize("token", [TOKEN, OTHER])
def test_a_search_looks_into_a_file_wherever_a_fold_cuts_the_prefix(
    token: str, before: int, cut: int, fold: str
) -> None:
    at = 28 + cut  # the token begins at 28, 29 or 30
    encoded = base64.b64encode(f"{' ' * (21 + before)}{token}\n".encode()).decode()
    if encoded[:at].endswith("50b"):
        at += 1  # as many a number does
    assert glance.can_hold_a_token(f"{encoded[:at]}{fold}{encoded[at:]}\n".encode())


@pytest.mark.parametrize("width", [48, 72])
def test_the_first_row_may_be_shorter_by_its_label(width: int) -> None:
    label = "config: "
    first, rest = BASE64[: width - len(label)], BASE64[width - len(label) :]
    text = label + "\n".join([first, *textwrap.wrap(rest, width)]) + "\n"
    assert tokens(text) == [TOKEN, OTHER]


@pytest.mark.parametrize("column", range(1, 12))
@pytest.mark.parametrize("token", [TOKEN, OTHER])
def test_a_token_may_begin_in_the_last_characters_of_a_first_row(token: str, column: int) -> None:
    encoded = base64.b64encode(token.encode()).decode()
    text = f"token: {encoded[:column]}\n  {encoded[column:]}\n"
    assert [token_of(text, found) for found in find_tokens(text)] == [token]
    assert glance.can_hold_a_token(text.encode())


@pytest.mark.parametrize("column", range(1, 24))
def test_a_fold_in_a_prefix_that_ends_in_another_one_cuts_nothing_off(column: int) -> None:
    token = development_token(73)
    encoded = base64.b64encode(f"a={token}".encode()).decode()
    assert tokens(f"data: {encoded[:column]}\n  {encoded[column:]}\n") == [token]


@pytest.mark.parametrize("before", ["", "$env:NOTION_TOKEN = '", "$x='"])
@pytest.mark.parametrize("width", [76, 4000])
def test_the_argument_of_an_encoded_command_is_decoded(before: str, width: int) -> None:
    command = base64.b64encode(f"{before}{TOKEN}' ; ./run.ps1".encode("utf-16-le")).decode()
    text = "\n".join(textwrap.wrap(command, width))
    assert tokens(f"powershell -EncodedCommand {text}\n") == [TOKEN]


def test_what_is_folded_in_json_is_json_still() -> None:
    text = json.dumps({"content": base64.encodebytes(SECRETS.encode()).decode()})
    assert tokens(text) == [TOKEN, OTHER]


@pytest.mark.parametrize("next_line", ["Then run it.", "KEY=value", "key: value", "---", "end)"])
def test_the_next_line_is_no_row(next_line: str) -> None:
    encoded = base64.b64encode(TOKEN.encode()).decode().rstrip("=")
    [found] = find_tokens(f"a = {encoded}\n{next_line}\n")
    assert found.rest == ()
