"""What ripgrep finds in a folder, as it comes to it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from repositories import write

from notion_lsp.files import programs, ripgrep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

pytestmark = pytest.mark.skipif(
    ripgrep.program_path(Path.cwd()) is None, reason="ripgrep is not here"
)

WORD = "needle"


def found(folder: Path) -> dict[Path, list[int]]:
    places = ripgrep.places(folder, [WORD], ignored=False, left_out=())
    return {path: [each.offset for each in matches or ()] for path, matches in places}


def test_a_file_has_all_of_its_matches(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"{WORD}\n\n{WORD} {WORD}\n")
    assert found(tmp_path) == {path: [0, 8, 15]}


def test_the_name_of_a_file_may_have_a_line_feed(tmp_path: Path) -> None:
    names = ["a\nb", "\n", "c\n./a"]
    paths = [write(tmp_path / name, WORD) for name in names]
    assert found(tmp_path) == {path: [0] for path in paths}


def test_an_answer_of_many_blocks_is_whole(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{number:0200}", f"{WORD}\n" * 20) for number in range(100)]
    assert found(tmp_path) == {path: [*range(0, 140, 7)] for path in paths}


def test_who_wants_no_more_ends_the_search(tmp_path: Path) -> None:
    # More than a pipe holds.
    for number in range(100):
        write(tmp_path / f"{number:0200}", f"{WORD}\n" * 500)
    places = ripgrep.places(tmp_path, [WORD], ignored=False, left_out=())
    assert next(places)
    places.close()


def test_a_pattern_that_cannot_be_compiled_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", WORD)
    with pytest.raises(ripgrep.SearchError):
        list(ripgrep.places(tmp_path, ["("], ignored=False, left_out=()))


@pytest.mark.parametrize("how", [ripgrep.search, ripgrep.places])
def test_what_is_ignored_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: Callable[..., Iterable[object]]
) -> None:
    write(tmp_path / ".gitignore", "/ignored/\n")
    write(tmp_path / "ignored" / "a.txt", WORD)
    write(tmp_path / "b.txt", WORD)
    commands = noted(monkeypatch)
    assert list(how(tmp_path, [WORD], ignored=False, left_out=()))
    read = [which_it_reads(command, tmp_path) for command in commands if command[-1] == "."]
    assert any(b"b.txt" in each for each in read)
    assert not any(b"a.txt" in each for each in read)


def noted(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    commands: list[list[str]] = []
    run: Callable[..., object] = programs.run

    def run_and_note(
        command: list[str], folder: Path, *others: object, **options: object
    ) -> object:
        commands.append(command)
        return run(command, folder, *others, **options)

    monkeypatch.setattr(programs, "run", run_and_note)
    return commands


def which_it_reads(command: Sequence[str], folder: Path) -> bytes:
    # It tells each file in which it finds something.
    everything = [each.replace(WORD, "") for each in command]
    return subprocess.run(everything, cwd=folder, capture_output=True, check=False).stdout
