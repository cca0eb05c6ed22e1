"""A small language client: it fixes the files of `examples/leaky` as an editor would.

`make try` runs it: it copies the files to a temporary folder with made-up tokens in them, starts
the server over stdio, shows each diagnostic and applies the preferred quick fix. It needs only
the standard library. `screen.py` prints what it does.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from made_up import copy_leaky_files
from screen import Screen, offsets

LANGUAGES = {"go": "go", "js": "javascript", "json": "json", "jsx": "javascriptreact"}
LANGUAGES |= {"py": "python", "sh": "shellscript", "ts": "typescript", "yaml": "yaml"}
# What this client supports: columns in code points and pulling diagnostics. The server must not use
# anything else.
CAPABILITIES = {
    "general": {"positionEncodings": ["utf-32"]},
    "textDocument": {
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
            "isPreferredSupport": True,
        },
        "diagnostic": {},
    },
}

Json = dict[str, Any]


def main() -> None:
    """Fix the files one after another, and print a summary at the end."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        paths, tokens = copy_leaky_files(folder)
        screen = Screen(tokens)
        with closing(Editor(folder)) as editor:
            outcomes = [fixed for path in paths for fixed in fix_file(editor, path, screen)]
    screen.summary(len(paths), outcomes)


def fix_file(editor: Editor, path: Path, screen: Screen) -> list[bool]:
    """Show each diagnostic of a file and apply its preferred fix; return which had one."""
    outcomes: list[bool] = []
    editor.open(path)
    for _ in editor.diagnostics(path):
        # A fix moves the text below it, so ask again. Diagnostics without a fix come first again.
        diagnostic = editor.diagnostics(path)[outcomes.count(False)]
        actions = editor.quick_fixes(path, diagnostic)
        preferred = [action for action in actions if action.get("isPreferred")]
        before = editor.texts[path]
        screen.diagnostic(path.name, before, diagnostic)
        outcomes.append(bool(preferred))
        if preferred:
            editor.apply(path, preferred[0]["edit"])
            screen.fix(preferred[0]["title"], before, editor.texts[path])
        else:
            screen.refusal(actions)
    return outcomes


class Editor:
    """The client side of the protocol, with the texts of the open documents."""

    def __init__(self, folder: Path) -> None:
        self.texts: dict[Path, str] = {}
        self._numbers = itertools.count(1)
        self._server = subprocess.Popen(
            [sys.executable, "-m", "notion_lsp", "server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        workspace = [{"uri": folder.as_uri(), "name": folder.name}]
        about = {"processId": os.getpid(), "rootUri": None, "workspaceFolders": workspace}
        self.request("initialize", {**about, "capabilities": CAPABILITIES})
        self.notify("initialized", {})

    def open(self, path: Path) -> None:
        """Send a document and its text to the server."""
        self.texts[path] = path.read_text("utf-8")
        language = LANGUAGES.get(path.suffix[1:], "plaintext")
        about = {"uri": path.as_uri(), "languageId": language, "version": next(self._numbers)}
        document = {**about, "text": self.texts[path]}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def diagnostics(self, path: Path) -> list[Json]:
        """Request the diagnostics of a document; return them in the order of the text."""
        document = {"textDocument": {"uri": path.as_uri()}}
        found: list[Json] = self.request("textDocument/diagnostic", document)["items"]
        return sorted(found, key=lambda each: offsets(self.texts[path], each["range"]))

    def quick_fixes(self, path: Path, diagnostic: Json) -> list[Json]:
        """Request the actions for a diagnostic, as a lightbulb shows them."""
        document = {"textDocument": {"uri": path.as_uri()}, "range": diagnostic["range"]}
        context = {"diagnostics": [diagnostic], "only": ["quickfix"]}
        return self.request("textDocument/codeAction", {**document, "context": context}) or []

    def apply(self, path: Path, edit: Json) -> None:
        """Apply the edits of a quick fix to the document, and notify the server."""
        text, pieces, done = self.texts[path], [], 0
        edits = [(offsets(text, each["range"]), each) for each in edit["changes"][path.as_uri()]]
        for (start, end), each in sorted(edits, key=lambda pair: pair[0]):
            pieces += [text[done:start], each["newText"]]
            done = end
        self.texts[path] = "".join(pieces) + text[done:]
        document = {"uri": path.as_uri(), "version": next(self._numbers)}
        changes = [{"text": self.texts[path]}]
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def close(self) -> None:
        """End the server, in the two steps of the protocol."""
        self.request("shutdown", None)
        self.notify("exit", None)
        self._server.communicate()

    def notify(self, method: str, parameters: Json | None) -> None:
        """Send a notification, which has no answer."""
        self._send({"method": method, "params": parameters})

    def request(self, method: str, parameters: Json | None) -> Any:  # noqa: ANN401, it is JSON
        """Send a request and return its result; messages that come before it are skipped."""
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": parameters})
        while (message := self._receive()).get("id") != number:
            pass
        if "error" in message:
            sys.exit(f"{method}: {message['error']['message']}")
        return message["result"]

    def _send(self, message: Json) -> None:
        assert self._server.stdin  # noqa: S101, it is a pipe
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._server.stdin.flush()

    def _receive(self) -> Json:
        assert self._server.stdout  # noqa: S101, it is a pipe
        length = 0
        while header := self._server.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            sys.exit("The server has closed the connection.")
        message: Json = json.loads(self._server.stdout.read(length))
        return message


if __name__ == "__main__":
    main()
