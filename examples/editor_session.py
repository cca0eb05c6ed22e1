"""A small language client: it fixes the files of `examples/leaky` as an editor would.

`make try` runs it. It copies the files to a temporary folder, fills made-up tokens in, starts the
server over stdio, shows each diagnostic and applies the preferred quick fix. It needs nothing but
the standard library, and it never prints a token.
"""

from __future__ import annotations

import difflib
import itertools
import json
import os
import re
import secrets
import string
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

LEAKY = Path(__file__).parent / "leaky"
# What stands in those files for a token: its prefix, then so many digits, then letters or digits.
PLACEHOLDERS = {
    "@ACCESS_TOKEN@": ("ntn_", 11, 35),
    "@OTHER_TOKEN@": ("ntn_", 11, 35),
    "@REFRESH_TOKEN@": ("nrt_", 11, 35),
    "@INTEGRATION_TOKEN@": ("secret_", 3, 40),
    "@CLIENT_SECRET@": ("secret_", 3, 40),
    "@SESSION_COOKIE@": ("v02%3Auser_token_or_cookies%3A", 0, 132),
}
LANGUAGE_IDS = {
    ".env": "dotenv",
    ".example": "dotenv",
    ".go": "go",
    ".js": "javascript",
    ".json": "json",
    ".jsx": "javascriptreact",
    ".py": "python",
    ".sh": "shellscript",
    ".ts": "typescript",
    ".yaml": "yaml",
}
# What this client can take: it pulls diagnostics, and wants to know why an action is refused.
CAPABILITIES = {
    "general": {"positionEncodings": ["utf-32"]},
    "textDocument": {
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
            "disabledSupport": True,
            "isPreferredSupport": True,
        },
        "diagnostic": {},
    },
}
SEVERITIES = {1: "error", 2: "warning", 3: "information", 4: "hint"}
BOLD, DIM, RED, GREEN, YELLOW, CYAN = "1", "2", "31", "32", "33", "36"

Json = dict[str, Any]


def main() -> None:
    """Go through the files, one after another, and say at the end what became of the tokens."""
    made_up = {name: make_up(*form) for name, form in PLACEHOLDERS.items()}
    screen = Screen(list(made_up.values()))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary).resolve()
        paths = copy_leaky_files(folder, made_up)
        with closing(Editor(folder)) as editor:
            outcomes = [fixed for path in paths for fixed in fix_file(editor, path, screen)]
    screen.line(f"{len(outcomes)} tokens in {len(paths)} files.", BOLD)
    screen.line(f"{outcomes.count(True)} taken out by the preferred quick fix.", GREEN)
    screen.line(f"{outcomes.count(False)} left, for the reason beside each.", YELLOW)
    screen.line("The files were a copy: those in examples/leaky are as they were.")


def copy_leaky_files(folder: Path, made_up: dict[str, str]) -> list[Path]:
    """Write the leaky files with tokens filled in, and return where they are."""
    paths = []
    for source in sorted(LEAKY.iterdir()):
        text = source.read_text("utf-8")
        for placeholder, token in made_up.items():
            text = text.replace(placeholder, token)
        paths.append(folder / source.name)
        paths[-1].write_bytes(text.encode())
    return paths


def fix_file(editor: Editor, path: Path, screen: Screen) -> list[bool]:
    """Show each diagnostic of a file and apply its preferred fix; return which had one."""
    outcomes: list[bool] = []
    editor.open(path)
    for _ in editor.diagnostics(path):
        # A fix moves what is below it, so ask anew; those without a fix come again, first.
        diagnostic = editor.diagnostics(path)[outcomes.count(False)]
        actions = editor.quick_fixes(path, diagnostic)
        before = path.read_text("utf-8")
        screen.diagnostic(path.name, before, diagnostic)
        preferred = [item for item in actions if item.get("isPreferred") and "edit" in item]
        outcomes.append(bool(preferred))
        if preferred:
            editor.apply(path, preferred[0]["edit"])
            screen.fix(preferred[0]["title"], before, path.read_text("utf-8"))
        else:
            screen.refusal([item["disabled"]["reason"] for item in actions if "disabled" in item])
    return outcomes


class Screen:
    """What a person sees: in colour on a terminal, and with every token masked."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._in_colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def line(self, text: str, style: str = "") -> None:
        """Print a line."""
        for token in self._tokens:
            text = text.replace(token, mask(token))
        print(f"\x1b[{style}m{text}\x1b[0m" if style and self._in_colour else text)  # noqa: T201

    def diagnostic(self, name: str, text: str, diagnostic: Json) -> None:
        """Show a diagnostic as a code frame."""
        start, end = offsets(text, diagnostic["range"])
        row, column = position(diagnostic["range"]["start"])
        severity = SEVERITIES[diagnostic["severity"]]
        self.line(f"{name}:{row + 1}:{column + 1}: {severity} [{diagnostic['code']}]", BOLD)
        self.line(diagnostic["message"])
        self.line("")
        lines = text.split("\n")
        for number in range(max(row - 1, 0), row + 1):
            self.line(f"{number + 1:>4} | {lines[number]}")
        before = text[start - column : start]
        for token in self._tokens:
            before = before.replace(token, mask(token))
        self.line(f"     | {' ' * len(before)}{'^' * len(mask(text[start:end]))}", RED)

    def fix(self, title: str, before: str, after: str) -> None:
        """Show what a quick fix did, as a diff."""
        self.line(f"quick fix: {title}", CYAN)
        styles = {"+": GREEN, "-": RED, "@": DIM}
        diff = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
        for line in itertools.islice(diff, 2, None):
            self.line(f"  {line}", styles.get(line[0], ""))
        self.line("")

    def refusal(self, reasons: list[str]) -> None:
        """Show why there is no quick fix."""
        self.line(f"no quick fix: {' '.join(reasons)}", YELLOW)
        self.line("")


class Editor:
    """The client's end of the protocol, over the server's standard input and output."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "notion_lsp", "server"]
        self._server = subprocess.Popen(  # noqa: S603, it is this interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._numbers = itertools.count(1)
        folders = [{"uri": folder.as_uri(), "name": folder.name}]
        parameters = {"workspaceFolders": folders, "capabilities": CAPABILITIES}
        self.request("initialize", {"processId": os.getpid(), "rootUri": None, **parameters})
        self.notify("initialized", {})

    def open(self, path: Path) -> None:
        """Tell the server of a document and its text."""
        language, version = LANGUAGE_IDS[path.suffix], next(self._numbers)
        document = {"languageId": language, "version": version, "text": path.read_text("utf-8")}
        self.notify("textDocument/didOpen", {"textDocument": {"uri": path.as_uri(), **document}})

    def diagnostics(self, path: Path) -> list[Json]:
        """Ask what is wrong in a document; the answer is in the order of the text."""
        document = {"uri": path.as_uri()}
        report = self.request("textDocument/diagnostic", {"textDocument": document})
        return sorted(report["items"], key=lambda item: position(item["range"]["start"]))

    def quick_fixes(self, path: Path, diagnostic: Json) -> list[Json]:
        """Ask what can be done about a diagnostic: this is what the lightbulb shows."""
        context = {"diagnostics": [diagnostic], "only": ["quickfix"]}
        parameters = {"range": diagnostic["range"], "context": context}
        document = {"uri": path.as_uri()}
        actions = self.request("textDocument/codeAction", {"textDocument": document, **parameters})
        return actions or []

    def apply(self, path: Path, edit: Json) -> None:
        """Make the edits of a quick fix in the file, and tell the server."""
        text = path.read_text("utf-8")
        changes = [(offsets(text, each["range"]), each) for each in edit["changes"][path.as_uri()]]
        pieces, done = [], 0
        for (start, end), change in sorted(changes, key=lambda pair: pair[0]):
            pieces += [text[done:start], change["newText"]]
            done = end
        text = "".join(pieces) + text[done:]
        path.write_bytes(text.encode())
        document = {"uri": path.as_uri(), "version": next(self._numbers)}
        content = {"contentChanges": [{"text": text}]}
        self.notify("textDocument/didChange", {"textDocument": document, **content})

    def close(self) -> None:
        """Take leave of the server, in the two steps of the protocol."""
        self.request("shutdown", None)
        self.notify("exit", None)
        self._server.communicate()

    def notify(self, method: str, parameters: Json | None) -> None:
        """Send what gets no answer."""
        self._send({"method": method, "params": parameters})

    def request(self, method: str, parameters: Json | None) -> Any:  # noqa: ANN401, it is JSON
        """Send a request and wait for its result; what the server says meanwhile is passed over."""
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


def position(place: Json) -> tuple[int, int]:
    """Return the line and the column of a position, from 0, the column in code points."""
    return place["line"], place["character"]


def offsets(text: str, span: Json) -> tuple[int, int]:
    """Return where a range begins and ends in the text."""
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
    (first, start), (last, end) = position(span["start"]), position(span["end"])
    return starts[first] + start, starts[last] + end


def make_up(prefix: str, digits: int, rest: int) -> str:
    """Return a random text in the form of a token."""
    alphabet = string.ascii_letters + string.digits
    head = "".join(secrets.choice(string.digits) for _ in range(digits))
    return prefix + head + "".join(secrets.choice(alphabet) for _ in range(rest))


def mask(token: str) -> str:
    """Return what may be shown of a token: its prefix and its last four characters."""
    prefix = re.match(r"(?:[a-z]+_)?", token)
    return f"{prefix[0] if prefix else ''}…{token[-4:]}"


if __name__ == "__main__":
    main()
