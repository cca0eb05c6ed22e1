"""Random frames, most of them wrong: whatever came before, the next request is answered.

`python tests/lsp/frames.py SECONDS SEED` sends them for so long over each transport.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from socket import AF_UNIX, socket
from typing import TYPE_CHECKING, Any, Protocol

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from lsprotocol import types
from sessions import SERVER, listening
from token_factory import access_token
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from websockets.sync.client import ClientConnection

SECONDS = 90
URI = "file:///nowhere/a.py"
# These two end a session, as they should.
METHODS = sorted({*types.METHOD_TO_TYPES, "no/such", ""} - {types.EXIT, types.SHUTDOWN})
LEAK = f'token = "{access_token(1)}"\n'
CAPABILITIES: dict[str, Any] = {"textDocument": {"diagnostic": {}, "publishDiagnostics": {}}}


class Connection(Protocol):
    """A connection to a server: what is written to it, and each message that comes back."""

    framed: bool

    def write(self, data: bytes) -> None: ...

    def read(self) -> bytes: ...


class _Writer(Protocol):
    def write(self, data: bytes, /) -> object: ...

    def flush(self) -> None: ...


class _Reader(Protocol):
    def readline(self) -> bytes: ...

    def read(self, size: int, /) -> bytes: ...


class Stream:
    """A connection over two streams, where a header says how long a message is."""

    framed = True

    def __init__(self, to: _Writer, back: _Reader) -> None:
        self._to, self._back = to, back

    def write(self, data: bytes) -> None:
        self._to.write(data)
        self._to.flush()

    def read(self) -> bytes:
        length = 0
        while header := self._back.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has closed the connection"
        return self._back.read(length)


class Frames:
    """A connection over WebSocket, where each frame is a message."""

    framed = False

    def __init__(self, connected: ClientConnection) -> None:
        self._connected = connected

    def write(self, data: bytes) -> None:
        self._connected.send(data)

    def read(self) -> bytes:
        message = self._connected.recv(SECONDS)
        return message if isinstance(message, bytes) else message.encode()


@contextmanager
def stdio(_folder: Path) -> Iterator[Connection]:
    with subprocess.Popen(
        SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin
        assert process.stdout
        yield Stream(process.stdin, process.stdout)
        process.kill()


@contextmanager
def unix_socket(folder: Path) -> Iterator[Connection]:
    with listening(folder) as server, socket(AF_UNIX) as connected:
        connected.settimeout(SECONDS)
        connected.connect(server.address)
        with connected.makefile("rwb") as stream:
            yield Stream(stream, stream)


@contextmanager
def websocket(folder: Path) -> Iterator[Connection]:
    with listening(folder, "--ws", "0") as server, connect(server.address, max_size=None) as client:
        yield Frames(client)


TRANSPORTS: list[Callable[[Path], Any]] = [stdio, unix_socket, websocket]


class Fuzzer:
    """Makes frames by chance, and sees that what follows them is answered."""

    def __init__(self, connection: Connection, seed: int) -> None:
        self._connection = connection
        self._chosen = random.Random(seed)  # noqa: S311, any frames will do
        self._number = 0
        params = {"processId": None, "rootUri": None, "capabilities": CAPABILITIES}
        self._answered("initialize", params)

    def step(self) -> None:
        """Send something wrong, and a request that must be answered."""
        self._connection.write(self._anything())
        place = {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}}
        self._answered("textDocument/hover", place)

    def _answered(self, method: str, params: object) -> None:
        self._number += 1
        asked = {"jsonrpc": "2.0", "id": f"probe-{self._number}", "method": method}
        self._connection.write(self._frame(json.dumps(asked | {"params": params}).encode()))
        while json.loads(self._connection.read()).get("id") != asked["id"]:
            pass

    def _frame(self, body: bytes) -> bytes:
        header = b"Content-Length: %d\r\n\r\n" % len(body) if self._connection.framed else b""
        return header + body

    def _anything(self) -> bytes:
        body = self._chosen.choice([self._message, self._mangled, self._noise])()
        if not self._connection.framed or self._chosen.random() < 0.6:
            return self._frame(body)
        return self._chosen.choice([self._odd_header, self._wrong_length])(body)

    def _message(self) -> bytes:
        message: dict[str, Any] = {"jsonrpc": self._chosen.choice(["2.0", "2.0", "1.0", 2, None])}
        for name, make in (("id", self._id), ("method", self._method), ("params", self._params)):
            if self._chosen.random() < 0.85:
                message[name] = make()
        if self._chosen.random() < 0.1:
            message[self._chosen.choice(["result", "error"])] = self._value(2)
        whole = [message] * self._chosen.choice([1, 2]) if self._chosen.random() < 0.1 else message
        return json.dumps(whole).encode("utf-8", "surrogatepass")

    def _mangled(self) -> bytes:
        data = bytearray(self._message())
        for _ in range(self._chosen.randrange(1, 5)):
            at = self._chosen.randrange(len(data) + 1)
            some = bytes(self._chosen.choices([0, 34, 92, 123, 125, 0x80, 0xC3, 0xED, 0xFF], k=2))
            data[at : at + self._chosen.randrange(4)] = some
        # Whoever asks the server to leave is not to blame the fuzzer.
        return bytes(data).replace(b"exit", b"stay").replace(b"shutdown", b"stay")

    def _noise(self) -> bytes:
        return self._chosen.choice(
            [
                self._chosen.randbytes(self._chosen.randrange(1, 200)),
                b"[" * self._chosen.choice([1, 100_000]),
                b'{"a":' * 50_000,
                b"1" * 10_000,
                b'"\\ud800"',
                b"NaN",
                b"\xef\xbb\xbf{}",
                "{}".encode("utf-16"),
                b" ",
            ]
        )

    def _odd_header(self, body: bytes) -> bytes:
        length = b"%d" % len(body)
        return self._chosen.choice(
            [
                b"content-length:" + length + b"\r\n\r\n" + body,
                b"Content-Type: x; charset=utf-8\r\nContent-Length: " + length + b"\r\n\r\n" + body,
                b"Content-Length: 1\r\nContent-Length: " + length + b"\r\n\r\n" + body,
                b"Content-Length: " + length + b"\n\n" + body,
                b"Content-Length: -" + length + b"\r\n\r\n",
                b"Content-Length: " + b"9" * self._chosen.choice([16, 5000]) + b"\r\n\r\n",
                b"Content-Length: 0x10\r\n\r\n",
                b"Content-Length\r\n\r\n",
                b"\x00\xff: \xfe\r\n\r\n",
                b"\r\n" * 20,
                b"x" * 100_000 + b"\r\n",
            ]
        )

    def _wrong_length(self, body: bytes) -> bytes:
        length = self._chosen.randrange(1, 2 * len(body) + 2)
        # Too long a length takes from what follows, so that much must follow.
        rest = body.replace(b"\n", b" ").replace(b"\r", b" ")
        return b"Content-Length: %d\r\n\r\n" % length + rest.ljust(length) + b"\r\n"

    def _id(self) -> object:
        return self._chosen.choice([0, -1, 1.5, 2**70, "", "a", None, True, [], {}, "\ud800"])

    def _method(self) -> object:
        odd: list[object] = [None, 7, [], {}, "x" * 10_000, "\x00", "__class__"]
        return self._chosen.choice(odd if self._chosen.random() < 0.1 else METHODS)

    def _params(self) -> object:
        if self._chosen.random() < 0.3:
            return self._value(3)
        place = {"line": self._number_of_some_kind(), "character": self._number_of_some_kind()}
        return {
            "textDocument": {"uri": URI, "version": self._value(1), "text": LEAK, "languageId": ""},
            "position": place,
            "range": {"start": place, "end": place},
            "context": {"diagnostics": self._value(1)},
            "contentChanges": [{"range": {"start": place, "end": place}, "text": self._value(1)}],
            self._chosen.choice(["textDocument", "range", "event", "settings"]): self._value(2),
        }

    def _number_of_some_kind(self) -> object:
        return self._chosen.choice([0, 0, 1, 5, -1, 2**31, 2**63, 1.5, "1", None])

    def _value(self, depth: int) -> Any:  # noqa: ANN401, any JSON
        plain = [None, True, 0, -7, 2**64, 1e308, "", "ü😀", "\ud800", LEAK, URI, "a" * 1000]
        if depth and self._chosen.random() < 0.6:
            values = [self._value(depth - 1) for _ in range(self._chosen.randrange(4))]
            names = ["uri", "textDocument", "jsonrpc", "id", "text", "changes", "notion-lsp"]
            return (
                values
                if self._chosen.random() < 0.5
                else dict(zip(self._chosen.sample(names, len(values)), values, strict=True))
            )
        return self._chosen.choice(plain)


def main(seconds: float, seed: int) -> None:
    """Send frames for so long over each transport, and say how many that were."""
    for transport in TRANSPORTS:
        with tempfile.TemporaryDirectory() as folder, transport(Path(folder)) as connection:
            fuzzer, until, sent = Fuzzer(connection, seed), time.monotonic() + seconds, 0
            while time.monotonic() < until:
                fuzzer.step()
                sent += 1
        sys.stdout.write(f"{transport.__name__}, seed {seed}: {sent} frames, each next answered\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
