"""All patterns of the package, found wherever they stand: nothing names them.

A pattern stands in a module as it is, or in what the module is made of: a row, a class, the query
of a grammar, what a function holds. Or it is written where a function uses it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from functools import cache
from pathlib import Path
from types import FunctionType, MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

import notion_lsp
from notion_lsp.syntax.line_patterns import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_AT_A_PLACE = frozenset({"match", "fullmatch"})
_METHODS = _AT_A_PLACE | {"compile", "findall", "finditer", "search", "split", "sub", "subn"}
_PATTERNS = (re.Pattern, regex.Pattern)
_PACKAGE = "notion_lsp"
# tree-sitter's `match?` in a query, whose strings have escapes of their own.
_CONDITION = re.compile(r'match\?\s+@[\w.-]+\s+"((?:[^"\\]|\\.)*)"')
_NAME = "name"  # in the place of what only a call knows
# What is matched only where a search for fixed texts has found one, which the tests of detection
# have: tokens where one begins, and the ways from a piece of one to the next right behind it.
_OF_DETECTION = frozenset({"FROM_NAME", "FROM_STRING", "TOKEN_KINDS"})


class Found(NamedTuple):
    """A pattern, where it was found, and whether it is matched only where somebody says."""

    where: str
    compiled: Any
    at_a_place: bool


class _Call(NamedTuple):
    """A call that takes a pattern: the argument, the method that looks for it, and its flags."""

    line: int
    argument: ast.expr
    method: str
    flags: int


def found() -> list[Found]:
    """Return each pattern once, by its text and its flags."""
    by_pattern: dict[tuple[object, int], Found] = {}
    for each in (*_kept(), *_written()):
        if each.where.rpartition(".")[2] in _OF_DETECTION:
            continue
        key = each.compiled.pattern, each.compiled.flags
        same = by_pattern.setdefault(key, each)
        by_pattern[key] = same._replace(at_a_place=same.at_a_place and each.at_a_place)
    return sorted(by_pattern.values(), key=lambda each: (each.where, str(each.compiled.pattern)))


@cache
def _modules() -> tuple[ModuleType, ...]:
    walked = pkgutil.walk_packages(notion_lsp.__path__, f"{_PACKAGE}.")
    names = (each.name for each in walked if not each.name.endswith("__main__"))
    return tuple(importlib.import_module(each) for each in names)


@cache
def _nodes(module: ModuleType) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))))


def _kept() -> Iterator[Found]:
    seen: set[int] = set()
    for module in _modules():
        for name, value in vars(module).items():
            where = f"{module.__name__}.{name}"
            for field, each in () if name.startswith("__") else _inside(value, "", seen):
                yield from _found(where, each, field, at_a_place=_is_at_a_place(name, value))


def _found(where: str, value: object, field: str, *, at_a_place: bool) -> Iterator[Found]:
    if isinstance(value, _PATTERNS):
        yield Found(where, value, at_a_place)
    elif isinstance(value, Line):
        yield Found(where, re.compile(value.pattern.encode(), re.MULTILINE), at_a_place=False)
    elif isinstance(value, str):
        for text in _CONDITION.findall(value):
            compiled = re.compile(re.sub(r"\\(.)", r"\1", text))
            yield Found(where, compiled, at_a_place=False)
        for call in _fields().get(field, ()):
            yield from _compiled(where, value, call)


def _inside(value: object, field: str, seen: set[int]) -> Iterator[tuple[str, object]]:
    """Yield what a value is made of, with the name of the field that it stands in."""
    if isinstance(value, (str, *_PATTERNS)):
        yield field, value
    elif id(value) not in seen:
        seen.add(id(value))
        yield field, value
        for name, each in _members(value):
            yield from _inside(each, name, seen)


def _members(value: object) -> Iterable[tuple[str, object]]:
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return zip(value._fields, value, strict=True)
    if isinstance(value, (tuple, list, set, frozenset)):
        return (("", each) for each in value)
    if isinstance(value, (dict, MappingProxyType)):
        return (("", each) for pair in value.items() for each in pair)
    owner = value if isinstance(value, (type, FunctionType)) else type(value)
    if not (getattr(owner, "__module__", None) or "").startswith(_PACKAGE):
        return ()
    if isinstance(value, FunctionType):
        closure = inspect.getclosurevars(value).nonlocals if value.__closure__ else {}
        return [*closure.items(), *(("", each) for each in value.__defaults__ or ())]
    classes = () if isinstance(value, type) else type(value).__mro__
    slots = (slot for each in classes for slot in getattr(each, "__slots__", ()))
    kept = [(each, getattr(value, each)) for each in slots if hasattr(value, each)]
    return [*kept, *getattr(value, "__dict__", {}).items()]


@cache
def _fields() -> dict[str, list[_Call]]:
    """Return the calls that take a pattern from a row, by the field in which it has it."""
    taken: dict[str, list[_Call]] = {}
    for call in (call for module in _modules() for call in _calls(module)):
        if isinstance(call.argument, ast.Attribute):
            taken.setdefault(call.argument.attr, []).append(call)
    return taken


def _written() -> Iterator[Found]:
    for module in _modules():
        for call in _calls(module):
            text = _text(call.argument, module)
            yield from _compiled(f"{module.__name__}:{call.line}", text, call)


def _compiled(where: str, text: str | None, call: _Call) -> Iterator[Found]:
    if text is None:
        return
    try:
        yield Found(where, re.compile(text, call.flags), call.method in _AT_A_PLACE)
    except (re.error, FutureWarning):
        return  # a field of another row has the same name


@cache
def _calls(module: ModuleType) -> tuple[_Call, ...]:
    """Return the calls in functions: those outside have been made."""
    parents = {each: node for node in _nodes(module) for each in ast.iter_child_nodes(node)}
    functions = [each for each in _nodes(module) if isinstance(each, (ast.FunctionDef, ast.Lambda))]
    within = dict.fromkeys(each for function in functions for each in ast.walk(function))
    calls = []
    for node in within:
        if isinstance(node, ast.Call) and (method := _method(node.func)) and node.args:
            around = parents[node]  # `re.compile(…).match(…)`
            method = around.attr if isinstance(around, ast.Attribute) else method
            calls.append(_Call(node.lineno, node.args[0], method, _flags(node)))
    return tuple(calls)


def _method(function: ast.expr) -> str | None:
    if not (isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)):
        return None
    is_one = function.value.id in {"re", "regex"} and function.attr in _METHODS
    return function.attr if is_one else None


def _flags(call: ast.Call) -> int:
    named = [each.attr for each in ast.walk(call) if isinstance(each, ast.Attribute)]
    return sum({re.RegexFlag[each] for each in named if each in re.RegexFlag.__members__})


def _text(node: ast.expr, module: ModuleType) -> str | None:
    """Return a pattern as it is written, with a name for what only a call knows."""
    if isinstance(node, ast.JoinedStr):
        parts = (_text(each, module) for each in node.values)
        return "".join(_NAME if each is None else each for each in parts)
    if isinstance(node, ast.FormattedValue):
        return _text(node.value, module)
    try:
        value = eval(ast.unparse(node), dict(vars(module)))  # noqa: S307, our own source
    except Exception:  # noqa: BLE001, whatever a name of a function's own brings about
        return None
    return value if isinstance(value, str) else None


@cache
def _uses(module: ModuleType) -> dict[str, set[str]]:
    """Return what a module does with each name: the method called, `""` for anything else."""
    called = {
        node.value: node.attr
        for node in _nodes(module)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    uses: dict[str, set[str]] = {}
    for node in _nodes(module):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            uses.setdefault(node.id, set()).add(called.get(node, ""))
    return uses


def _is_at_a_place(name: str, value: object) -> bool:
    users = (each for each in _modules() if vars(each).get(name) is value)
    uses = set[str]().union(*(_uses(each).get(name, ()) for each in users))
    return bool(uses) and uses <= {*_AT_A_PLACE, "pattern"}
