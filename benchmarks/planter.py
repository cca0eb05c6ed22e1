"""Tokens planted into real source, at places where its grammar allows the code around them."""

from __future__ import annotations

import random
import re
import sys
import textwrap
from dataclasses import dataclass, field
from importlib import import_module
from itertools import chain, count, cycle
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tree_sitter import Language, Parser

from benchmarks.shapes import FILES, shapes

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
import token_factory as make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

SEED = 20_241_124
PLACES_A_FILE = 3  # of each sort: between statements, in bodies, in strings
FILES_A_PROJECT = 30

_FORMS: dict[str, Callable[[int], str]] = {
    "N": make.access_token,
    "R": make.refresh_token,
    "S": make.integration_token,
    "H": make.old_session_cookie,
    "V": lambda seed: make.session_cookie(seed).replace(":", "%3A"),
    "W": make.session_cookie,
    "E": lambda seed: make.new_session_cookie(seed).replace(":", "%3A"),
    "F": lambda seed: make.file_cookie(seed).replace(":", "%3A"),
}
_LETTER_HEADED = 7  # one access token in so many
_Place = TypeVar("_Place")

_HOLE = re.compile("«([A-Z])»")

_BY_LINE = {"tree_sitter_python", "tree_sitter_go", "tree_sitter_kotlin", "tree_sitter_ruby"}
_BLOCKS = {"block", "body_statement"}


@dataclass(frozen=True)
class Bodies:
    """The nodes whose bodies are planted in, at their start, and the shapes that go there."""

    nodes: tuple[str, ...]
    shapes: tuple[str, ...]
    indent: str = "  "


@dataclass(frozen=True)
class Kind:
    """A kind of source file: its grammar, its shapes, and the nodes to plant at.

    `shapes` go between the statements of a file, below those of `imports`; `strings` are the nodes
    that a token takes the place of.
    """

    module: str
    shapes: tuple[str, ...] = ()
    bodies: tuple[Bodies, ...] = ()
    grammar: str = "language"
    imports: tuple[str, ...] = ()
    strings: str = ""


_JAVASCRIPT = Kind(
    "tree_sitter_javascript",
    shapes("javascript", "statements"),
    (
        Bodies(
            ("function_declaration", "method_definition", "arrow_function"),
            shapes("javascript", "statements"),
        ),
    ),
    imports=("import_statement", "export_statement"),
    strings="string_fragment",
)
KINDS = {
    ".py": Kind(
        "tree_sitter_python",
        shapes("python", "statements"),
        (Bodies(("function_definition",), shapes("python", "statements")),),
        imports=("import_statement", "import_from_statement", "future_import_statement"),
        strings="string_content",
    ),
    ".js": _JAVASCRIPT,
    ".mjs": _JAVASCRIPT,
    ".d.ts": Kind(
        "tree_sitter_typescript",
        shapes("typescript", "declarations"),
        grammar="language_typescript",
    ),
    ".ts": Kind(
        "tree_sitter_typescript",
        shapes("typescript", "statements"),
        (Bodies(("function_declaration", "arrow_function"), shapes("typescript", "statements")),),
        grammar="language_typescript",
        imports=("import_statement",),
    ),
    ".go": Kind(
        "tree_sitter_go",
        shapes("go", "declarations"),
        (Bodies(("function_declaration", "method_declaration"), shapes("go", "statements"), "\t"),),
        imports=("package_clause", "import_declaration"),
    ),
    ".java": Kind(
        "tree_sitter_java",
        bodies=(
            Bodies(("class_declaration",), shapes("java", "members"), "    "),
            Bodies(("method_declaration",), shapes("java", "statements"), "        "),
        ),
    ),
    ".kt": Kind(
        "tree_sitter_kotlin",
        shapes("kotlin", "declarations"),
        (Bodies(("function_declaration",), shapes("kotlin", "statements"), "    "),),
        imports=("package_header", "import", "file_annotation"),
    ),
    ".rs": Kind(
        "tree_sitter_rust",
        shapes("rust", "declarations"),
        (Bodies(("function_item",), shapes("rust", "statements"), "    "),),
        imports=("use_declaration", "inner_attribute_item", "line_comment", "attribute_item"),
    ),
    ".rb": Kind(
        "tree_sitter_ruby",
        shapes("ruby", "statements"),
        (Bodies(("method",), shapes("ruby", "statements")),),
        strings="string_content",
    ),
    ".php": Kind(
        "tree_sitter_php",
        shapes("php", "statements"),
        (
            Bodies(("class_declaration",), shapes("php", "members"), "    "),
            Bodies(
                ("function_definition", "method_declaration"), shapes("php", "statements"), "    "
            ),
        ),
        grammar="language_php",
        imports=(
            "php_tag",
            "declare_statement",
            "namespace_definition",
            "namespace_use_declaration",
        ),
    ),
    ".cs": Kind(
        "tree_sitter_c_sharp",
        bodies=(
            Bodies(("class_declaration",), shapes("csharp", "members"), "    "),
            Bodies(("method_declaration",), shapes("csharp", "statements"), "        "),
        ),
    ),
}


@dataclass
class Planter:
    """Plants in one project; `planted` is every token, with the file it is in."""

    root: Path
    planted: list[tuple[Path, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin at the same place in every run."""
        self._random = random.Random(SEED)
        self._numbers = count(1)
        self._next = {
            shape: cycle(self._random.sample(shape, len(shape)))
            for kind in KINDS.values()
            for shape in (kind.shapes, *(bodies.shapes for bodies in kind.bodies))
            if shape
        }

    @property
    def shapes(self) -> int:
        """How many shapes there are to plant, of all languages."""
        return sum(map(len, self._next))

    def plant(self) -> None:
        """Plant in source files, and add the files that often hold tokens."""
        sources = [
            (path, kind)
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and (kind := _kind(path))
        ]
        for path, kind in sorted(self._some(sources, FILES_A_PROJECT), key=lambda each: each[0]):
            self._plant(path, kind)
        for name, text in FILES.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._filled(text, path), "utf-8")

    def _plant(self, path: Path, kind: Kind) -> None:
        source = path.read_bytes()
        grammar = Language(getattr(import_module(kind.module), kind.grammar)())
        tree = Parser(grammar).parse(source).root_node
        if tree.has_error or not tree.children:
            return
        places = [(at, "") for at in _after_statements(tree, source, kind)] if kind.shapes else []
        edits = [self._insertion(path, *place, kind.shapes) for place in self._some(places)]
        for bodies in kind.bodies:
            places = self._some(list(_in_bodies(tree, source, bodies)))
            edits += [self._insertion(path, *place, bodies.shapes) for place in places]
        strings = [(node.start_byte, node.end_byte) for node in _strings(tree, kind)]
        edits += [(*span, self._filled("«N»", path)) for span in self._some(strings)]
        for start, end, new in sorted(edits, reverse=True):
            source = source[:start] + new.encode() + source[end:]
        path.write_bytes(source)

    def _insertion(
        self, path: Path, at: int, indent: str, shape: tuple[str, ...]
    ) -> tuple[int, int, str]:
        code = self._filled(next(self._next[shape]), path)
        return at, at, f"\n{textwrap.indent(code, indent)}\n"

    def _some(self, places: list[_Place], most: int = PLACES_A_FILE) -> list[_Place]:
        return self._random.sample(places, min(len(places), most))

    def _filled(self, shape: str, path: Path) -> str:
        def token(hole: re.Match[str]) -> str:
            number = next(self._numbers)
            form = _FORMS[hole[1]]
            if form is make.access_token and number % _LETTER_HEADED == 0:
                form = make.letter_headed_access_token
            self.planted.append((path, form(number)))
            return self.planted[-1][1]

        return _HOLE.sub(token, shape).replace("§", str(next(self._numbers)))


def _after_statements(tree: Node, source: bytes, kind: Kind) -> Iterator[int]:
    imports = [number for number, node in enumerate(tree.children) if node.type in kind.imports]
    for node in tree.children[max(imports, default=-1) + 1 :]:
        # A statement of Python, say, ends with its line, one of JavaScript may not.
        yield _line_end(source, node.end_byte) if kind.module in _BY_LINE else node.end_byte


def _in_bodies(tree: Node, source: bytes, bodies: Bodies) -> Iterator[tuple[int, str]]:
    for node in _below(tree):
        body = _body(node) if node.type in bodies.nodes else None
        if body is None or not body.children:
            continue
        if body.children[0].type == "{":
            yield body.children[0].end_byte, bodies.indent
        elif body.type in _BLOCKS and body.start_point.row > node.start_point.row:
            line = source.rfind(b"\n", 0, body.start_byte)
            yield line, source[line + 1 : body.start_byte].decode()


def _body(node: Node) -> Node | None:
    body = node.child_by_field_name("body")
    if body is not None:
        return body
    # Kotlin's grammar has no such field; a function's body may be an expression.
    inner = next((child for child in node.children if child.type == "function_body"), None)
    return inner.child(0) if inner else None


def _kind(path: Path) -> Kind | None:
    if "node_modules" in path.parts:
        return None
    return next((kind for end, kind in KINDS.items() if path.name.endswith(end)), None)


def _strings(tree: Node, kind: Kind) -> Iterator[Node]:
    roots = (node for node in tree.children if node.type not in kind.imports)
    found = chain.from_iterable(map(_below, roots)) if kind.strings else ()
    return (node for node in found if node.type == kind.strings and not _is_type(node))


def _is_type(node: Node) -> bool:
    # The string is the name of a type, which a checker looks up.
    call = node.parent
    while call is not None and call.type != "call":
        call = call.parent
    function = call and call.child_by_field_name("function")
    return bool(function and function.text in {b"TypeVar", b"cast"})


def _below(node: Node) -> Iterator[Node]:
    nodes = [node]
    while nodes:
        yield (found := nodes.pop())
        nodes += reversed(found.children)


def _line_end(source: bytes, start: int) -> int:
    end = source.find(b"\n", start)
    return len(source) if end < 0 else end
