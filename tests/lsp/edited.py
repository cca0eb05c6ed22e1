"""Random edits of a document: what is shown after them is what a fresh open of its text shows.

`python tests/lsp/edited.py EDITS SEED` makes as many as it is told.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from buffer import Buffer
from in_process import InProcess
from lsprotocol import types
from token_factory import access_token, integration_token, old_session_cookie, refresh_token

from notion_lsp.detect.finding import fingerprint
from notion_lsp.lsp import diagnostics

if TYPE_CHECKING:
    from in_process import Message

ENCODINGS = list(types.PositionEncodingKind)
IGNORED = access_token(99)
SETTINGS = """
maximum-findings = 6
kinds = {{ refresh-token = "information" }}
patterns = {{ acme-key = 'acme_[a-z0-9]{{12}}' }}
example-paths = {examples}
"""
ENDS = ["\n", "\r\n", "\r", "\n\n", "\r\r\n", "\n\r"]
PLAIN = [access_token(1), access_token(2), integration_token(3), refresh_token(4), IGNORED]
PLAIN += [old_session_cookie(5), "acme_0123456789ab", access_token(6)[:24], access_token(6)[24:]]
HIDDEN = [base64.b64encode(access_token(7).encode()).decode(), access_token(8).encode().hex()]
HIDDEN += [
    f'"{access_token(9)[:20]}" + "{access_token(9)[20:]}"',
    access_token(10).replace("_", "%5F"),
]
HIDDEN += [f'A = "{access_token(11)[:9]}"', f'B = A + "{access_token(11)[9:]}"']
COMMENTS = ["# notion-lsp:ignore", "# notion-lsp:ignore-next-line", "# notion-lsp:ignore-file"]
COMMENTS += ["# secretlint-disable", "# secretlint-enable", "# gitleaks:allow", "# nosemgrep"]
OTHERS = ['x = "', '"', "é", "😀", "\u2028", "\f", "\ud800", "notion", "client_secret = ", " ", ""]
OTHERS += ["NEXT_PUBLIC_KEY=", "client_id = 0123abcd-0123-4567-89ab-0123456789ab", "token_v2="]


class Edited:
    """A document that is edited in one server, and opened afresh in another."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._chosen = random.Random(seed)  # noqa: S311, any edits will do
        encoding = self._chosen.choice(ENCODINGS)
        folder.mkdir()
        examples = self._chosen.choice(['["x/"]', '["*.py"]'])
        (folder / ".notion-lsp.toml").write_text(SETTINGS.format(examples=examples))
        (folder / ".notion-lsp-ignore").write_text(f"{fingerprint(IGNORED)} a sample\n")
        capabilities: Message = {
            "general": {"positionEncodings": [encoding.value]},
            "textDocument": {"publishDiagnostics": {"relatedInformation": True}},
        }
        self._server, self._fresh = (InProcess(folder, capabilities) for _ in range(2))
        self._uri = (folder / "a.py").as_uri()
        self._buffer = Buffer(self._text(12), encoding)
        self._version = 1
        self._server.open(self._uri, self._buffer.text)

    def edit(self) -> None:
        """Make one edit, of a part or now and then of the whole."""
        size = len(self._buffer.text)
        if size > 3000 or self._chosen.random() < 0.01:
            self._buffer.text = self._text(12)
            self._send({"text": self._buffer.text})
            return
        start = self._chosen.randrange(size + 1)
        end = min(size, start + self._chosen.choice([0, 0, 0, 1, 2, 9, 60]))
        if self._buffer.splits_a_break(start) or self._buffer.splits_a_break(end):
            return  # the protocol has no position between `\r` and `\n`
        change = self._buffer.change(start, end, self._text(self._chosen.choice([0, 1, 1, 2, 5])))
        place = change.range
        edges = {
            name: {"line": each.line, "character": each.character}
            for name, each in (("start", place.start), ("end", place.end))
        }
        self._send({"range": edges, "text": change.text})

    def differs(self) -> tuple[list[Any], list[Any]] | None:
        """Return what is shown and what a fresh open shows, if these are not the same."""
        document = self._server.server.document(self._uri)
        assert document
        diagnostics.look_for_hidden(self._server.server, document)
        diagnostics.publish_changed(self._server.server, document)
        self._fresh.open(self._uri, self._buffer.text)
        shown, wanted = (_shown(each) for each in (self._server, self._fresh))
        self._fresh.notify("textDocument/didClose", textDocument={"uri": self._uri})
        for each in (self._server, self._fresh):
            each.notifications.clear()
        return None if shown == wanted else (shown, wanted)

    def _send(self, change: Message) -> None:
        self._version += 1
        document = {"uri": self._uri, "version": self._version}
        self._server.notify(
            "textDocument/didChange", textDocument=document, contentChanges=[change]
        )

    def _text(self, size: int) -> str:
        sorts = self._chosen.choices(
            [ENDS, PLAIN, HIDDEN, COMMENTS, OTHERS], [5, 4, 2, 1, 4], k=size
        )
        return "".join(map(self._chosen.choice, sorts))


def _shown(client: InProcess) -> list[Any]:
    found: list[Any] = client.notifications[-1]["params"]["diagnostics"]
    return found


async def make(folder: Path, seed: int, edits: int, apart: int = 10) -> int:
    """Make random edits, and return how often they were compared; a difference is an error.

    Between two comparisons there are fewer than `apart` edits.
    """
    chosen = random.Random(seed)  # noqa: S311, any edits will do
    done = compared = 0
    while done < edits:
        begun = chosen.randrange(2**32)
        edited = Edited(folder / str(begun), begun)
        until = min(done + 100 * apart, edits)
        while done < until:
            for _ in range(chosen.randrange(1, apart)):
                edited.edit()
                done += 1
            compared += 1
            if found := edited.differs():
                message = f"seed {seed}, document {begun}: {json.dumps(found, indent=1)}"
                raise AssertionError(message)
            await asyncio.sleep(0)
    return compared


def main(edits: int, seed: int, apart: int = 100) -> None:
    """Make random edits, and say how it goes."""
    start, done, compared = time.monotonic(), 0, 0
    while done < edits:
        some = min(10_000, edits - done)
        with tempfile.TemporaryDirectory() as folder:
            compared += asyncio.run(make(Path(folder).resolve(), seed, some, apart))
        done += some
        seconds = time.monotonic() - start
        told = f"seed {seed}: {done} edits, compared {compared} times, {seconds:.0f} s\n"
        sys.stdout.write(told)
        sys.stdout.flush()
        seed += 1


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
