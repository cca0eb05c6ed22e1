from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from notion_lsp.files.uris import path_to_uri, uri_to_path

WINDOWS_URIS = [
    ("file:///C:/a/b.py", r"C:\a\b.py"),
    ("file:///c%3A/a/b.py", r"c:\a\b.py"),
    ("FILE:///c:/a", r"c:\a"),
    ("file://localhost/c:/a", r"c:\a"),
    ("file:///c:/a%20b/%C3%BC%23.py", r"c:\a b" + "\\ü#.py"),
    ("file://server/share/a%20b.py", r"\\server\share\a b.py"),
    ("file://wsl.localhost/Debian/home/x", r"\\wsl.localhost\Debian\home\x"),
]


@pytest.mark.parametrize(("uri", "path"), WINDOWS_URIS)
def test_a_uri_of_windows_becomes_its_path(uri: str, path: str) -> None:
    assert str(uri_to_path(uri, windows=True)) == path


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (r"C:\a b\ü#.py", "file:///C:/a%20b/%C3%BC%23.py"),
        (r"\\server\share\a b.py", "file://server/share/a%20b.py"),
    ],
)
def test_a_path_of_windows_becomes_its_uri(path: str, uri: str) -> None:
    assert path_to_uri(PureWindowsPath(path)) == uri
    assert uri_to_path(uri, windows=True) == PureWindowsPath(path)


def test_case_does_not_tell_paths_of_windows_apart() -> None:
    paths = {uri_to_path(uri, windows=True) for uri in ("file:///C:/A", "file:///c%3A/a")}
    assert len(paths) == 1


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/a b/x?y#z%.py", "file:///a%20b/x%3Fy%23z%25.py"),
        ("/Caf\u00e9", "file:///Caf%C3%A9"),
        ("/Cafe\u0301", "file:///Cafe%CC%81"),
        ("/not-utf-8-\udcff", "file:///not-utf-8-%FF"),
        ("/c:/x", "file:///c%3A/x"),
    ],
)
def test_a_path_of_posix_and_its_uri_become_each_other(path: str, uri: str) -> None:
    assert path_to_uri(PurePosixPath(path)) == uri
    assert str(uri_to_path(uri, windows=False)) == path


@pytest.mark.parametrize(
    "uri",
    ["untitled:Untitled-1", "http://example.org/a", "", "file://", "file:///a%00b", "file://[a/b"],
)
def test_what_names_no_file_has_no_path(uri: str) -> None:
    assert uri_to_path(uri) is None
