from __future__ import annotations

import pytest
from token_factory import access_token

from notion_lsp.ignore.comments import own_comment, silenced
from notion_lsp.text import Span

TOKEN = access_token(1)
THIS_LINE = [
    "# notion-lsp:ignore",
    "# notion-lsp: ignore",
    "# notion-lsp:ignore a token of the test workspace",
    "// notion-lsp:ignore",
    "<!-- notion-lsp:ignore -->",
    "# gitleaks:allow",
    "# betterleaks:allow",
    "// trufflehog:ignore",
    "# ggignore",
    "# pragma: allowlist secret",
    "# pragma: whitelist secret",
    "# pragma:allowlist secret",
    "# pragma: allowlist-secret",
    "// secretlint-disable-line",
    "// secretlint-disable-line @secretlint/secretlint-rule-notion",
]
ALONE_OR_BEHIND = [
    "# nosemgrep",
    "// nosem",
    "# NOSEMGREP",
    "<!-- NoSem -->",
    "/* nosemgrep */",
    "# nosemgrep: generic.secrets.gitleaks.notion-api-token",
    "# nosem: generic.secrets.gitleaks.notion-api-token, other",
    "# nosemgrep: python.lang.security.eval, generic.secrets.gitleaks.notion-api-token",
    "# nosemgrep:other,generic.secrets.gitleaks.notion-api-token",
    "# nosemgrep=generic.secrets.gitleaks.notion-api-token",
    "# nosemgrep:",
]
NEXT_LINE = [
    "# notion-lsp:ignore-next-line",
    "# notion-lsp: ignore-next-line",
    "# notion-lsp:ignore-next-line made up",
    "# pragma: allowlist nextline secret",
    "# pragma: allowlist-nextline-secret",
    "/* secretlint-disable-next-line */",
]
NEITHER = [
    "# notion-lsp:ignored",
    "# notion-lsp: ignored",
    "# notion-lsp:  ignore",
    "# notion-lsp:ignore-nextline",
    "# gitleaks: allow",
    "# nosemgrep: python.lang.security.eval",
    "# pragma: no cover",
    "# noqa",
    "# nosemgrepper",
    "# nosemantics",
    "# nosem: python.lang.security.eval",
    "# nosemgrep=python.lang.security.eval",
    "# nosemgrep: python.lang.security.eval this is no secret of Notion",
    "# biggignore",
    "# notion-lsp:ignore-file",
    "# notion-lsp: ignore-file",
    "// secretlint-disable-line @secretlint/secretlint-rule-aws",
    "// secretlint-disable-next-line @secretlint/secretlint-rule-aws",
]


@pytest.mark.parametrize("comment", THIS_LINE)
def test_a_comment_silences_its_line_and_no_other(comment: str) -> None:
    assert silenced(f"token = '{TOKEN}'  {comment}", "")
    assert not silenced(f"token = '{TOKEN}'", comment)


@pytest.mark.parametrize("comment", ALONE_OR_BEHIND)
def test_a_comment_of_semgrep_silences_its_line_and_alone_the_next(comment: str) -> None:
    assert silenced(f"token = '{TOKEN}'  {comment}", "")
    assert silenced(f"token = '{TOKEN}'", f"    {comment}")
    assert not silenced(f"token = '{TOKEN}'", f"x = 1  {comment}")


@pytest.mark.parametrize("comment", NEXT_LINE)
def test_a_comment_silences_the_next_line_and_not_its_own(comment: str) -> None:
    assert silenced(f"token = '{TOKEN}'", comment)
    assert not silenced(f"token = '{TOKEN}'  {comment}", "")


@pytest.mark.parametrize("comment", NEITHER)
def test_another_comment_silences_nothing(comment: str) -> None:
    assert not silenced(comment, comment)


def test_a_comment_of_ours_is_found_by_its_columns() -> None:
    comment = own_comment("é = 1  # notion-lsp:ignore-next-line made up")
    assert comment
    assert (comment.span, comment.about) == (Span(9, 36), "next line")


@pytest.mark.parametrize(
    ("line", "advice"), [(9, "There is no token"), (10, "counts in the first 10 lines")]
)
def test_a_comment_for_the_file_that_silences_nothing_comes_with_advice(
    line: int, advice: str
) -> None:
    comment = own_comment("# notion-lsp:ignore-file")
    assert comment
    assert advice in comment.advice(line)
