"""`notion-lsp server`: run the language server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

HELP = "run the language server"

_LOCAL = "127.0.0.1"
_COLLECTED = (700, 10, 10)  # as Python has it


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    where = parser.add_mutually_exclusive_group()
    if os.name != "nt":
        where.add_argument("--pipe", metavar="PATH", help="make a Unix socket, and listen on it")
    where.add_argument(
        "--ws", type=int, metavar="PORT", help="listen on a WebSocket whose address has a secret"
    )
    parser.add_argument("--host", help=f"with --ws (default {_LOCAL})")
    parser.add_argument(
        "--let-other-machines-connect",
        action="store_true",
        help="with a --host that is not of this machine: the address, with its secret, and your "
        "files cross the network unencrypted",
    )
    # vscode-languageclient passes this option to a server that it talks to in this way.
    where.add_argument("--stdio", action="store_true", help="use standard input (the default)")
    parser.set_defaults(error=parser.error, pipe=None)


def run(options: argparse.Namespace) -> int:
    """Serve, and return the exit code."""
    if options.ws is None and (options.host or options.let_other_machines_connect):
        options.error("--host and --let-other-machines-connect go with --ws")
    _load_protocol()
    from notion_lsp.lsp import transport

    if options.pipe is not None:
        return _listen(options, lambda: transport.serve_pipe(options.pipe))
    if options.ws is None:
        transport.serve_stdio()

    from notion_lsp.lsp import websocket

    host = options.host or _LOCAL
    if not (options.let_other_machines_connect or websocket.is_local(host)):
        options.error(
            f"{host} can be reached from other machines. To serve them without encryption, "
            "add --let-other-machines-connect."
        )
    return _listen(options, lambda: websocket.serve_ws(host, options.ws))


def _load_protocol() -> None:
    # The protocol's types are many objects that live as long as the process: never look for
    # garbage among them again.
    import gc

    import notion_lsp.lsp.transport  # noqa: F401, loaded for what it imports

    gc.freeze()
    gc.set_threshold(*_COLLECTED)


def _listen(options: argparse.Namespace, serve: Callable[[], None]) -> int:
    try:
        serve()
    except OverflowError:
        options.error(f"cannot listen: {options.ws} is no port, which is from 0 to 65535.")
    except OSError as error:
        options.error(f"cannot listen: {error.strerror or error}.")
    return 0
