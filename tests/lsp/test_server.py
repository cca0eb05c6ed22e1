"""The handlers: one for each method, and each with a name of its own."""

from __future__ import annotations

import ast
import inspect
from collections import Counter

from lsprotocol import types

from notion_lsp.lsp import server


def methods() -> list[str]:
    """Return the methods that handlers are registered for, as often as they are."""
    calls = [
        node
        for node in ast.walk(ast.parse(inspect.getsource(server)))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"feature", "server.feature"}
    ]
    names = [ast.unparse(call.args[0]).removeprefix("types.") for call in calls]
    # A method of our own has its name in `ids`.
    return [getattr(types, name, name) for name in names if name.isupper()]


def test_every_method_has_one_handler() -> None:
    assert [method for method, times in Counter(methods()).items() if times > 1] == []
    assert len(methods()) > 10


def test_no_two_functions_of_the_server_have_one_name() -> None:
    tree = ast.parse(inspect.getsource(server))
    functions = [
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [name for name, times in Counter(functions).items() if times > 1] == []


def test_every_server_has_handlers_of_its_own() -> None:
    one, two = server.create_server(), server.create_server()
    assert one.protocol.fm.features.keys() == two.protocol.fm.features.keys()
    assert one.configuration is not two.configuration
