"""Real-looking source with its tokens marked, and beside it what the rewrite makes of it.

A mark is a line of its own under the token: carets from its first character to its last, the
kind's id, then nothing where the token is rewritten, or `refused:` and the reason. A token in
pieces has that under its first one, and below it a mark that says `and` under each other. The
loader takes the marks out; where one ends the file without a line break, so does the source above
it. The result is `<case>.env.<ext>`; it is not there where everything is refused. Results for other
stores, such as `<case>.vault.<ext>`, are there for some cases.
UPDATE_FIXTURES=1 writes the results anew, to be read before they are committed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import Language, languages
from notion_lsp.project import neighbours
from notion_lsp.rewrite.file import rewrite_all
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.source import ALONE, Source
from notion_lsp.stores import stores
from notion_lsp.syntax.site import Site
from notion_lsp.text import Edit, Span, apply_edits, line_ending, split_lines

if TYPE_CHECKING:
    from notion_lsp.detect.finding import Finding

FIXTURES = Path(__file__).parent / "fixtures"
UPDATE = os.environ.get("UPDATE_FIXTURES") == "1"

_MARK = re.compile(r"(\s*)(\^{2,}) ([a-z-]+)(?: refused: (.+?))?(?:\r?\n)?")


class Mark(NamedTuple):
    """A token as the fixture marks it, and why it stays, if it does."""

    spans: tuple[Span, ...]
    kind: str
    refused: str | None


class Case(NamedTuple):
    """A fixture without its marks, and what becomes of it."""

    source: Source
    marks: tuple[Mark, ...]
    found: tuple[Finding, ...]
    edits: tuple[Edit, ...]
    refused: dict[Finding, str]

    @property
    def result(self) -> str:
        return apply_edits(self.source.text, self.edits)


class Program(NamedTuple):
    """A fixture before and after, and the environment that holds its tokens."""

    source: str
    result: str
    environment: dict[str, str]


def result_file(path: Path, store: str = "env") -> Path:
    return path.with_name(f"{path.stem}.{store}{path.suffix}")


def sources() -> list[Path]:
    files = {path for path in FIXTURES.glob("*/*") if path.is_file()}
    return sorted(files - {result_file(path, store) for path in files for store in stores()})


def language_of_folder(path: Path) -> Language | None:
    """Return the language whose id the fixture's folder has: its file name is that of the case."""
    return next((each for each in languages() if each.id == path.parent.name), None)


def unmarked(text: str) -> tuple[str, tuple[Mark, ...]]:
    lines: list[str] = []
    marks: list[Mark] = []
    start = end = 0
    for line in split_lines(text):
        if found := _MARK.fullmatch(line):
            span = Span(*found.span(2)).shifted(start)
            if found[3] == "and":
                marks[-1] = marks[-1]._replace(spans=(*marks[-1].spans, span))
            else:
                marks.append(Mark((span,), found[3], found[4]))
        else:
            lines.append(line)
            start, end = end, end + len(line)
    source = "".join(lines)
    return source if text.endswith("\n") else source.rstrip("\r\n"), tuple(marks)


def rewritten(source: Source, marks: tuple[Mark, ...] = (), store: str = "env") -> Case:
    found = find_tokens(source.text)
    names = variable_names(source, found, {})
    edits, _, refused = rewrite_all(source, found, stores()[store], names)
    return Case(source, marks, found, edits, dict(refused))


def program(path: Path, store: str = "env") -> Program:
    text, _ = unmarked(path.read_bytes().decode())
    source = Source(text, language_of_folder(path), ALONE, neighbours.is_module(path))
    names = variable_names(source, find_plain(text), {})
    environment = {
        name: source.token(finding)
        for finding, name in names.items()
        if isinstance(source.site((finding,)), Site)
    }
    return Program(text, rewritten(source, (), store).result, environment)


@pytest.fixture(
    scope="module", params=sources(), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def path(request: pytest.FixtureRequest) -> Path:
    file: Path = request.param
    return file


@pytest.fixture(scope="module")
def case(path: Path) -> Case:
    text, marks = unmarked(path.read_bytes().decode("utf-8", "surrogatepass"))
    return rewritten(Source(text, language_of_folder(path)), marks)


def test_the_tokens_found_are_those_marked(case: Case) -> None:
    found = [
        Mark(finding.spans, finding.kind.id, case.refused.get(finding)) for finding in case.found
    ]
    assert found == sorted(case.marks)


def test_the_result_is_the_file_beside_it(path: Path, case: Case) -> None:
    beside = result_file(path)
    if UPDATE and case.edits:
        beside.write_bytes(case.result.encode("utf-8", "surrogatepass"))
    assert beside.exists() == bool(case.edits)
    assert not case.edits or case.result == beside.read_bytes().decode("utf-8", "surrogatepass")


def test_every_byte_outside_the_edits_is_unchanged(case: Case) -> None:
    ending = line_ending(case.source.text)
    before, after = case.source.text, case.result
    for edit in reversed(case.edits):
        kept = before[edit.span.end :]
        assert after.endswith(kept)
        after = after.removesuffix(kept).removesuffix(edit.new_text.replace("\n", ending))
        before = before[: edit.span.start]
    assert after == before


def test_a_second_rewrite_changes_nothing(case: Case) -> None:
    again = rewritten(Source(case.result, case.source.language))
    assert again.edits == ()
    assert len(again.found) == len(case.refused)


def test_the_result_has_no_more_syntax_errors(case: Case) -> None:
    before, after = case.source.syntax, Source(case.result, case.source.language).syntax
    assert not after or (before and after.error_count <= before.error_count)


def test_windows_line_endings_change_nothing_else(case: Case) -> None:
    if "\r" not in case.source.text:
        text = case.source.text.replace("\n", "\r\n")
        windows = rewritten(Source(text, case.source.language))
        assert windows.result.replace("\r\n", "\n") == case.result
