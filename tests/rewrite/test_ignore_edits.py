"""The edits that say no."""

from __future__ import annotations

import pytest
from token_factory import access_token

from notion_lsp.detect.finding import fingerprint
from notion_lsp.detect.plain import find_plain
from notion_lsp.ignore.ignore_file import FOREVER, Entry, parse_ignore_file
from notion_lsp.ignore.review import review
from notion_lsp.languages import language_of
from notion_lsp.refused import Refused
from notion_lsp.rewrite.ignore_edits import ignore_line, ignore_token
from notion_lsp.rewrite.source import Source
from notion_lsp.text import Edit, apply_edits

TOKEN = access_token(1)


def source(text: str, language: str) -> Source:
    return Source(text, language_of(None, language))


def ignored(text: str, language: str) -> str | Refused:
    edit = ignore_line(source(text, language), find_plain(text)[0])
    return edit if isinstance(edit, Refused) else apply_edits(text, [edit])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("json", f'{{"notion": "{TOKEN}"}}\n'),
        ("plaintext", f"{TOKEN}\n"),
        ("python", f'x = """\n{TOKEN}\n"""\n'),
        ("python", f'x = "{TOKEN}" \\\n    "y"\n'),
        ("javascript", f"x = `\n{TOKEN}\n`;\n"),
        ("shellscript", f"curl -H {TOKEN} \\\n  x\n"),
        ("yaml", f"x: |\n  {TOKEN}\n"),
        ("nginx", f'set $x "\n{TOKEN}\n";\n'),
        ("nginx", f'content_by_lua_block {{\n  ngx.say(#x, "{TOKEN}")\n}}\n'),
        ("nushell", f"let x = '\n{TOKEN}\n'\n"),
        ("nushell", f"let x = r#'it's\n{TOKEN}\n'#\n"),
        ("csh", f"cat <<END\n{TOKEN}\nEND\n"),
        ("csh", f"curl {TOKEN} \\\n  x\n"),
        ("emacs-lisp", f'(setq x "\n{TOKEN}\n")\n'),
        ("hcl", f"x = <<END\n{TOKEN}\nEND\n"),
        ("gradle", f'x = """\n{TOKEN}\n"""\n'),
    ],
)
def test_a_comment_that_would_become_part_of_the_code_is_refused(language: str, text: str) -> None:
    assert isinstance(ignored(text, language), Refused)


@pytest.mark.parametrize(
    ("language", "line", "comment"),
    [
        ("python", f'x = "{TOKEN}"', "  # notion-lsp:ignore"),
        ("shellscript", f'x="{TOKEN}"', "  # notion-lsp:ignore"),
        ("yaml", f"x: {TOKEN}", "  # notion-lsp:ignore"),
        ("javascript", f'x = "{TOKEN}";', " // notion-lsp:ignore"),
        ("typescript", f'x = "{TOKEN}";', " // notion-lsp:ignore"),
        ("go", f'var x = "{TOKEN}"', " // notion-lsp:ignore"),
        ("nginx", f'set $x it\'s; set $y "Bearer {TOKEN}";', "  # notion-lsp:ignore"),
        ("nushell", f'let x = "{TOKEN}"', "  # notion-lsp:ignore"),
        ("csh", f'setenv X "it\'s {TOKEN}"', "  # notion-lsp:ignore"),
        ("emacs-lisp", f'(setq x ?" y "{TOKEN}")', " ; notion-lsp:ignore"),
        ("hcl", f'x = "{TOKEN}"', "  # notion-lsp:ignore"),
        ("gradle", f"x = 'https://{TOKEN}'", " // notion-lsp:ignore"),
        ("fish", f"set x '{TOKEN}'", "  # notion-lsp:ignore"),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_comment_is_put_at_the_end_of_the_line(
    language: str, line: str, comment: str, end: str
) -> None:
    before = "package a\n" if language == "go" else ""
    text = f"{before}{line}{end}"
    after = ignored(text, language)
    assert after == f"{before}{line}{comment}{end}"
    assert review(str(after)).findings == ()


@pytest.mark.parametrize(
    ("before", "gap"), [("", ""), ("# ours\n", ""), ("# ours\r\n", ""), ("# ours", "\n")]
)
def test_a_fingerprint_is_put_on_a_line_of_its_own(before: str, gap: str) -> None:
    text = f'x = "{TOKEN}"\n'
    edit = ignore_token(before, source(text, "python"), find_plain(text)[0], "made up")
    assert isinstance(edit, Edit)
    after = apply_edits(before, [edit])
    ending = "\r\n" if "\r" in before else "\n"
    assert after == f"{before}{gap}{fingerprint(TOKEN)} made up{ending}"
    assert parse_ignore_file(after) == ({Entry(fingerprint(TOKEN)): FOREVER}, ())
