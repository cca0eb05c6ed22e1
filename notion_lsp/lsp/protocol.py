"""JSON-RPC as the specification has it, where pygls does not.

A request whose parameters do not parse, or that comes after `shutdown`, is answered; a nested
object with a `jsonrpc` key is data; an exception's text, which may hold a token, reaches neither
the client nor the log.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from typing import TYPE_CHECKING, Any, NoReturn

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

from notion_lsp.explain.masking import mask_text
from notion_lsp.explain.shown import lines
from notion_lsp.lsp.written import Written

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from pygls.protocol.json_rpc import MsgId

_LOG = logging.getLogger(__name__)

_PARSE_ERROR = types.ResponseError(types.ErrorCodes.ParseError, "The message is not JSON.")
_NOT_A_MESSAGE = types.ResponseError(
    types.ErrorCodes.InvalidRequest, "The message is not a JSON-RPC request."
)
_NOT_INITIALIZED = types.ResponseError(
    types.ErrorCodes.ServerNotInitialized, "The first request is initialize."
)
_INITIALIZED = types.ResponseError(
    types.ErrorCodes.InvalidRequest, "The server is initialized already."
)
_SHUT_DOWN = types.ResponseError(types.ErrorCodes.InvalidRequest, "The server is shut down.")


class Protocol(LanguageServerProtocol):
    """The protocol of one connection."""

    exit_code: int | None = None

    def receive(self, body: bytes) -> None:
        """Handle the body of one message; whatever it holds, the next one can be handled."""
        try:
            data = json.loads(body, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            # JSON-RPC 2.0, section 5: the id is null where it could not be read.
            self._answer(None, _PARSE_ERROR)
            return
        if not _is_message(data):
            self._answer(None, _NOT_A_MESSAGE)
            return
        try:
            self._handle(data)
        except Exception as error:  # noqa: BLE001, one bad message must not end the session
            # Only the type: an exception's text may quote the message, and a token in it.
            _LOG.error("A message could not be handled: %s", type(error).__name__)

    def publish(self, params: Written) -> None:
        """Send diagnostics."""
        self._write({"method": types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS}, "params", params)

    def close(self) -> None:
        """Forget what the client still waits for: it is gone."""
        self.writer = None
        for future in tuple(self._request_futures.values()):
            future.cancel()

    def _handle(self, data: dict[str, Any]) -> None:
        method, msg_id = data.get("method"), data.get("id")
        is_request = msg_id is not None and bool(method)
        if error := self._not_now(method, is_request=is_request):
            if is_request:
                self._answer(msg_id, error)
            return
        if method == types.INITIALIZE:
            _prefer_encoding(data.get("params"))
        try:
            message = self.structure_message({"jsonrpc": self.VERSION, **data})
        except JsonRpcException:
            if is_request:
                reason = f"The parameters of {method} cannot be read."
                self._answer(msg_id, types.ResponseError(types.ErrorCodes.InvalidParams, reason))
            return
        self.handle_message(message)

    def _not_now(self, method: str | None, *, is_request: bool) -> types.ResponseError | None:
        # LSP, initialize: requests before it get this error, notifications but `exit` are dropped.
        if self._workspace is None and method not in {types.INITIALIZE, types.EXIT}:
            return _NOT_INITIALIZED
        # LSP, shutdown: requests that come after it get this error.
        if self._shutdown and is_request:
            return _SHUT_DOWN
        # LSP, initialize: it may be sent once. pygls would begin anew, without the documents.
        if self._workspace is not None and method == types.INITIALIZE:
            return _INITIALIZED
        return None

    def _handle_cancel_notification(self, msg_id: MsgId) -> None:
        # What is cancelled has often been answered already: that is nothing to warn of.
        if msg_id in self._request_futures:
            super()._handle_cancel_notification(msg_id)

    def _execute_handler(
        self,
        msg_id: MsgId,
        handler: Callable[..., Any],
        callback: Callable[[Future[Any]], None],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        # pygls keeps what became of each notification, and of each step of a request, for good.
        def ended(future: Future[Any]) -> None:
            self._request_futures.pop(msg_id, None)
            callback(future)

        super()._execute_handler(msg_id, handler, ended, args, kwargs)

    def _answer(self, msg_id: MsgId | None, error: types.ResponseError) -> None:
        # The code's number, not its enum member: the converter knows only plain integers here.
        self._send_data(
            {
                "jsonrpc": self.VERSION,
                "id": msg_id,
                "error": {"code": int(error.code), "message": error.message},
            }
        )

    def _send_data(self, data: Any) -> None:  # noqa: ANN401, any message
        # A handler may have an answer when its client is gone already.
        if self.writer is not None:
            super()._send_data(data)

    def _write(self, head: dict[str, Any], name: str, value: Written) -> None:
        # pygls would make JSON of JSON.
        if self.writer is None:
            return
        message = json.dumps({"jsonrpc": self.VERSION, **head}, separators=(",", ":"))
        body = f'{message[:-1]},"{name}":{value.json}}}'.encode("ascii")
        header = b"Content-Length: %d\r\n\r\n" % len(body) if self._include_headers else b""
        sending = self.writer.write(header + body)
        if inspect.isawaitable(sending):
            asyncio.ensure_future(sending)  # noqa: RUF006, the writer keeps it

    def _send_response(
        self,
        msg_id: MsgId,
        result: Any = None,  # noqa: ANN401, any result of any method
        error: types.ResponseError | None = None,
    ) -> None:
        if isinstance(result, Written):
            self._write({"id": msg_id}, "result", result)
            return
        if error is not None and error.code in {
            types.ErrorCodes.InternalError,
            types.ErrorCodes.InvalidParams,
        }:
            # pygls puts the exception's text and its traceback here.
            reason = "The server could not answer; its log says where."
            error = types.ResponseError(error.code, reason)
        super()._send_response(msg_id, result, error)

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_args: object) -> None:  # type: ignore[override] # pygls' own is a generator
        """Cancel what is not done yet: each answer says so."""
        # Cancelled, they leave the table, in which pygls would be reading on.
        for future in tuple(self._request_futures.values()):
            future.cancel()
        self._shutdown = True

    @lsp_method(types.EXIT)
    def lsp_exit(self, *_args: object) -> None:  # type: ignore[override] # pygls' own is a generator that ends the process
        """Note that the client is done: the transport closes this connection, and no other."""
        # LSP, exit: without a shutdown before it, the server ends with 1.
        self.exit_code = 0 if self._shutdown else 1


def _is_message(data: object) -> bool:
    # JSON-RPC 2.0, section 4: a method is a string, and an id a string, a number or null.
    if not isinstance(data, dict):
        return False
    return isinstance(data.get("method", ""), str) and isinstance(
        data.get("id"), (str, int, float, type(None))
    )


def _no_constant(name: str) -> NoReturn:
    # `NaN` and its like are no JSON (RFC 8259, section 6), and an answer would repeat an id.
    raise ValueError(name)


def _prefer_encoding(params: Any) -> None:  # noqa: ANN401, any JSON
    """Take the option `positionEncoding` for what the client announces.

    Vim's ALE counts bytes, and has no way to say so: its edits would cut into the code.
    """
    options = params.get("initializationOptions") if isinstance(params, dict) else None
    wanted = options.pop("positionEncoding", None) if isinstance(options, dict) else None
    if wanted in [each.value for each in types.PositionEncodingKind]:
        capabilities = params.setdefault("capabilities", {})
        capabilities.setdefault("general", {})["positionEncodings"] = [wanted]


class MaskingFormatter(logging.Formatter):
    """Writes log records without the tokens they may hold, in their message or traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text, each token masked, with nothing that a terminal obeys."""
        return lines(mask_text(super().format(record)))


def log_to_stderr() -> None:
    """Log warnings and errors, ours and pygls', to standard error, tokens masked.

    pygls logs each message it sends at INFO and what it receives at DEBUG; neither is kept.
    """
    # Standard output is the protocol's: a line of a log would break it.
    handler = logging.StreamHandler()
    handler.setFormatter(MaskingFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
