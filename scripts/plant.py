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

from scripts import shapes

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
import token_factory as make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

SEED = 20_241_124
PLACES_A_FILE = 3  # of each sort: between statements, in functions, in strings

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


_BY_LINE = {"tree_sitter_python", "tree_sitter_go"}


@dataclass(frozen=True)
class Kind:
    """A kind of source file: its grammar, its shapes, and the nodes to plant at."""

    module: str
    shapes: tuple[str, ...]
    in_functions: tuple[str, ...] = ()
    grammar: str = "language"
    functions: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    strings: str = ""


_JAVASCRIPT = Kind(
    "tree_sitter_javascript",
    shapes.JAVASCRIPT,
    shapes.JAVASCRIPT,
    functions=("function_declaration", "method_definition", "arrow_function"),
    imports=("import_statement", "export_statement"),
    strings="string_fragment",
)
_TYPESCRIPT = Kind(
    "tree_sitter_typescript",
    shapes.TYPESCRIPT,
    shapes.TYPESCRIPT,
    grammar="language_typescript",
    functions=("function_declaration", "arrow_function"),
    imports=("import_statement",),
)
KINDS = {
    ".py": Kind(
        "tree_sitter_python",
        shapes.PYTHON,
        shapes.PYTHON,
        functions=("function_definition",),
        imports=("import_statement", "import_from_statement", "future_import_statement"),
        strings="string_content",
    ),
    ".js": _JAVASCRIPT,
    ".mjs": _JAVASCRIPT,
    ".d.ts": Kind("tree_sitter_typescript", shapes.DECLARATIONS, grammar="language_typescript"),
    ".ts": _TYPESCRIPT,
    ".go": Kind(
        "tree_sitter_go",
        shapes.GO_DECLARATIONS,
        shapes.GO_STATEMENTS,
        functions=("function_declaration", "method_declaration"),
        imports=("package_clause", "import_declaration"),
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
            for shape in (kind.shapes, kind.in_functions)
            if shape
        }

    def plant(self) -> None:
        """Plant in all source files, and add the files that often hold tokens."""
        for path in sorted(self.root.rglob("*")):
            kind = next((kind for end, kind in KINDS.items() if path.name.endswith(end)), None)
            if kind and path.is_file() and "node_modules" not in path.parts:
                self._plant(path, kind)
        for name, text in shapes.FILES.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._filled(text, path), "utf-8")

    def _plant(self, path: Path, kind: Kind) -> None:
        source = path.read_bytes()
        grammar = Language(getattr(import_module(kind.module), kind.grammar)())
        tree = Parser(grammar).parse(source).root_node
        if tree.has_error or not tree.children:
            return
        places = self._some([(at, "") for at in _after_statements(tree, source, kind)])
        edits = [self._insertion(path, *place, kind.shapes) for place in places]
        if kind.in_functions:
            places = self._some(list(_in_functions(tree, source, kind)))
            edits += [self._insertion(path, *place, kind.in_functions) for place in places]
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

    def _some(self, places: list[_Place]) -> list[_Place]:
        return self._random.sample(places, min(len(places), PLACES_A_FILE))

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
        # A statement of Python or Go ends with its line, one of JavaScript may not.
        yield _line_end(source, node.end_byte) if kind.module in _BY_LINE else node.end_byte


def _in_functions(tree: Node, source: bytes, kind: Kind) -> Iterator[tuple[int, str]]:
    for node in _below(tree):
        body = node.child_by_field_name("body") if node.type in kind.functions else None
        if body is None or not body.children:
            continue
        if body.children[0].type == "{":
            yield body.children[0].end_byte, "\t" if kind.module == "tree_sitter_go" else "  "
        elif body.type == "block" and body.start_point.row > node.start_point.row:
            line = source.rfind(b"\n", 0, body.start_byte)
            yield line, source[line + 1 : body.start_byte].decode()


def _strings(tree: Node, kind: Kind) -> Iterator[Node]:
    roots = (node for node in tree.children if node.type not in kind.imports)
    found = chain.from_iterable(map(_below, roots)) if kind.strings else ()
    return (node for node in found if node.type == kind.strings)


def _below(node: Node) -> Iterator[Node]:
    nodes = [node]
    while nodes:
        yield (found := nodes.pop())
        nodes += reversed(found.children)


def _line_end(source: bytes, start: int) -> int:
    end = source.find(b"\n", start)
    return len(source) if end < 0 else end
