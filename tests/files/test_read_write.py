from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_lsp.files import read_write
from notion_lsp.files.read_write import Decoded, Unreadable, Unwritten
from notion_lsp.files.uris import path_to_uri, uri_to_path

POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
NOT_ROOT = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may read and write everything"
)
# The signal comes when the temporary file has been written and not yet renamed.
INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from notion_lsp.ending import end_on_signals
from notion_lsp.files.read_write import write_atomically
sync = os.fsync
def interrupt(handle):
    os.kill(os.getpid(), int(sys.argv[2]))
    sync(handle)
os.fsync = interrupt
if int(sys.argv[2]) != signal.SIGKILL:
    signal.signal(int(sys.argv[2]), signal.SIG_DFL)
    end_on_signals()
write_atomically(Path(sys.argv[1]), b"new")
"""


def decoded(data: bytes) -> Decoded:
    found = read_write.decode(data)
    assert found is not None
    return found


@given(st.binary())
def test_whatever_is_text_encodes_to_the_very_bytes(data: bytes) -> None:
    found = read_write.decode(data)
    assert found is None or found.encode(found.text) == data


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_utf_16_encodes_to_the_very_bytes(text: str) -> None:
    data = b"\xfe\xff" + text.encode("utf-16-be")
    assert decoded(data) == Decoded(text, "utf-16-be", b"\xfe\xff")
    assert decoded(data).encode(text) == data


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n"),
        (b"\xef\xbb\xbfx", "x"),
        ("\ufeffé".encode("utf-16-le"), "é"),
        ("\ufeffé".encode("utf-16-be"), "é"),
        (b"caf\xe9", "caf\udce9"),
        ("a text\r\n".encode("utf-16-le"), "a text\r\n"),
        ("a text\r\n".encode("utf-16-be"), "a text\r\n"),
    ],
)
def test_the_mark_is_no_part_of_the_text(data: bytes, text: str) -> None:
    assert decoded(data).text == text


@pytest.mark.parametrize(
    "data", [b"a\0b", b"\0\1", b"ab\0\0" * 9, b"\xff\xfea", "\ufeffab".encode("utf-32")]
)
def test_what_is_not_text_is_not_decoded(data: bytes) -> None:
    assert read_write.decode(data) is None


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert read_write.read(missing) == Unreadable(missing, "no such file or directory")


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert read_write.read(tmp_path) == Unreadable(tmp_path, "it is a folder")


def test_a_binary_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a\0b")
    assert read_write.read(tmp_path / "a") == Unreadable(tmp_path / "a", read_write.NOT_TEXT)


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    assert isinstance(read_write.read(tmp_path / "a\0b"), Unreadable)


@POSIX_ONLY
def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert isinstance(read_write.read(tmp_path / "pipe"), Unreadable)


@POSIX_ONLY
def test_a_device_is_never_opened() -> None:
    assert isinstance(read_write.read(Path("/dev/zero")), Unreadable)


@NOT_ROOT
def test_a_file_that_nobody_may_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").touch(0)
    assert read_write.read(tmp_path / "a") == Unreadable(tmp_path / "a", "permission denied")


@POSIX_ONLY
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_writing_keeps_the_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a"
    path.touch()
    path.chmod(mode)
    assert read_write.write_atomically(path, b"new") is None
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", mode)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes")
def test_writing_keeps_the_extended_attributes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.touch()
    os.setxattr(path, "user.note", b"kept")
    assert read_write.write_atomically(path, b"new") is None
    assert (path.read_bytes(), os.getxattr(path, "user.note")) == (b"new", b"kept")


@POSIX_ONLY
def test_a_file_with_a_second_name_is_left_and_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    problem = read_write.write_atomically(tmp_path / "a", b"new")
    assert problem
    assert "a hard link" in problem.reason
    assert (tmp_path / "a").read_bytes() == b"old"


@POSIX_ONLY
def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    told = [read_write.write_atomically(tmp_path / name, b"new") for name in ("folder", "pipe")]
    assert [each and each.reason for each in told] == [
        "it is a folder",
        "it is not a regular file",
    ]
    assert (tmp_path / "pipe").is_fifo()


def test_a_file_that_holds_something_else_by_now_is_left_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"saved")
    problem = read_write.write_atomically(path, b"new", expected=b"read")
    assert problem == Unwritten(path, "it changed in the meantime")
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"saved"]


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_the_middle_of_a_write_ends_the_process_after_it(
    tmp_path: Path, ends: signal.Signals
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, tmp_path / "a", str(int(ends))], check=False
    )
    assert done.returncode == 128 + ends
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"new"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has files without a name")
def test_a_process_that_is_killed_in_the_middle_of_a_write_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    command = [sys.executable, "-c", INTERRUPTED, str(tmp_path / "a"), str(int(signal.SIGKILL))]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


@POSIX_ONLY
def test_where_a_file_needs_a_name_it_is_written_under_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "O_TMPFILE", os.O_DIRECTORY, raising=False)  # an error for writing
    assert read_write.write_atomically(tmp_path / "a", b"new") is None
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"new"]


@POSIX_ONLY
def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    read_write.write_atomically(tmp_path / "a", b"new")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


@POSIX_ONLY
def test_writing_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    target = tmp_path / "folder" / "target"
    target.parent.mkdir()
    target.touch()
    (tmp_path / "link").symlink_to(target)
    read_write.write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert target.read_bytes() == b"new"


def test_writing_leaves_nothing_else_behind(tmp_path: Path) -> None:
    read_write.write_atomically(tmp_path / "a", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(("where", "step"), [(os, "fsync"), (Path, "replace")])
def test_a_failed_write_is_told_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: object, step: str
) -> None:
    def fails(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(where, step, fails)
    (tmp_path / "a").write_bytes(b"old")
    problem = read_write.write_atomically(tmp_path / "a", b"new")
    assert problem == Unwritten(tmp_path / "a", "input/output error")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_writing_where_there_is_no_folder_is_told(tmp_path: Path) -> None:
    assert isinstance(read_write.write_atomically(tmp_path / "no" / "a", b""), Unwritten)


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_a_file_with_a_name_that_is_not_utf_8_is_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    path.write_bytes(b"x")
    back = uri_to_path(path_to_uri(path))
    assert back is not None
    assert read_write.read(Path(back)) == Decoded("x", "utf-8", b"")
