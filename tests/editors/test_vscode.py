"""The extension in VS Code: installed from its package, seen and driven in a real window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import code_server
import notion_stand_in as notion
import pytest
import test_fixtures
from clients import same_as_recorded
from code_server import CURRENT, OLDEST, Release
from conjur_server import ConjurServer
from desk import desk
from token_factory import access_token
from wire import Wire

from notion_lsp.detect.plain import find_plain
from notion_lsp.explain.masking import mask_text
from notion_lsp.languages import Language, languages
from notion_lsp.positions import LineIndex
from notion_lsp.refused import Refused

ROOT = Path(__file__).parents[2]
DRIVERS = Path(__file__).parent / "vscode"
FAILURES = ROOT / "build" / "editors"
PICTURES = {
    "after_a_leak.test.mjs": ROOT / "docs" / "after-a-leak.png",
    "ui.test.mjs": ROOT / "vscode-extension" / "media" / "quick-fix.png",
}
TOKENS = [access_token(number) for number in range(410, 413)]
REWRITTEN = [each for each in languages() if not isinstance(each.environment, Refused)]


@pytest.fixture(scope="session")
def vsix() -> Path:
    """Return the package that `make vsix` has made."""
    return max((ROOT / "dist").glob("*.vsix"), key=lambda path: path.stat().st_mtime)


@pytest.fixture(scope="session")
def unpacked(vsix: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the extension, with the files' modes."""
    folder = tmp_path_factory.mktemp("vsix")
    with ZipFile(vsix) as package:
        for member in package.infolist():
            Path(package.extract(member, folder)).chmod(member.external_attr >> 16 or 0o644)
    return folder / "extension"


def run(driver: str, release: Release, vsix: Path, **variables: str) -> None:
    """Run a driver; what it shows on a failure stands in the folder of failures."""
    installed = code_server.code_server(release)
    environment = {
        "BROWSER": code_server.browser(),
        "CODE_SERVER": str(installed.folder),
        "NODE": str(installed.node),
        "OUTPUT": str(FAILURES),
        "PLAYWRIGHT": str(code_server.playwright()),
        "PYTHON": sys.executable,
        "RELEASE": release.vscode,
        "TOKENS": json.dumps(TOKENS),
        "VSIX": str(vsix),
        **variables,
    }
    if "UPDATE_PICTURE" in os.environ and release is CURRENT and driver in PICTURES:
        environment["PICTURE"] = str(PICTURES[driver])
    command = [str(installed.node), "--test", "--test-reporter=spec", str(DRIVERS / driver)]
    done = subprocess.run(
        command, env=os.environ | environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, mask_text(done.stdout + done.stderr)


def test_the_extension_does_in_a_window_what_it_says(vsix: Path) -> None:
    run("ui.test.mjs", CURRENT, vsix)


def test_the_extension_does_the_same_in_an_old_version(vsix: Path) -> None:
    run("ui.test.mjs", OLDEST, vsix)


def test_a_token_that_is_pasted_gets_into_no_text(vsix: Path) -> None:
    run("paste.test.mjs", CURRENT, vsix)


def test_what_is_to_be_done_after_a_leak_is_done(
    vsix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notion.trust(monkeypatch)
    with ConjurServer() as store, notion.stand_in(notion.LIVE) as server:
        store.variables["notion/api-token"] = b"another value"
        environment = {
            **store.environment,
            "NOTION_LSP_STAND_IN": server.address,
            "SSL_CERT_FILE": str(notion.CERTIFICATE),
        }
        run("after_a_leak.test.mjs", CURRENT, vsix, ENVIRONMENT=json.dumps(environment))
        assert store.variables["notion/api-token"] == TOKENS[0].encode()
        assert [notion.bearer(each) for each in server.requests] == [TOKENS[0]]


def test_the_extension_answers_in_the_extension_host(vsix: Path) -> None:
    run("inhost.test.mjs", CURRENT, vsix)


def test_what_it_announces_is_what_is_recorded(vsix: Path, tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        recorder = str(tmp_path / "bin" / "notion-lsp")
        run(
            "initialize.test.mjs", CURRENT, vsix, RECORDED=str(tmp_path / "stdout"), SERVER=recorder
        )
        same_as_recorded("vscode", at.initialize)


def test_no_token_is_in_the_package(unpacked: Path) -> None:
    files = [path for path in unpacked.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if find_plain(path.read_text("utf-8", "replace"))] == []


def actions(folder: Path, fixture: Path, *command: str) -> object:
    """Return what a server offers for the first token of a fixture."""
    text, marks = test_fixtures.unmarked(fixture.read_text("utf-8"))
    language = test_fixtures.language_of_folder(fixture)
    assert language
    uri = (folder / fixture.name).as_uri()
    line, column = LineIndex(text).position(marks[0].spans[0].start, "utf-16")
    place = {"line": line, "character": column}
    with Wire(folder, command) if command else Wire(folder) as wire:
        wire.open(uri, text, next(iter(language.recognition.editor_ids), "plaintext"))
        answer = wire.request(
            "textDocument/codeAction",
            textDocument={"uri": uri},
            range={"start": place, "end": place},
            context={"diagnostics": []},
        )
    return answer["result"]


@pytest.mark.parametrize("language", REWRITTEN, ids=lambda language: language.id)
def test_the_server_in_the_package_offers_what_the_one_from_source_does(
    language: Language, unpacked: Path, tmp_path: Path
) -> None:
    fixture = next(
        path
        for path in test_fixtures.sources()
        if path.parent.name == language.id and test_fixtures.result_file(path).exists()
    )
    bundled = actions(tmp_path, fixture, str(unpacked / "server" / "notion-lsp"))
    assert bundled
    assert bundled == actions(tmp_path, fixture)
