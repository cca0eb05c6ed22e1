"""Where texts that may be shown are made, and what may be made of them: read from the code."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "notion_lsp"
TREES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
# What a person reads of the protocol, and where it is made: of texts that may be shown.
READ = {
    *(
        "ShowMessageParams",
        "ShowMessageRequestParams",
        "MessageActionItem",
        "LogMessageParams",
        "LogTraceParams",
    ),
    *("Diagnostic", "DiagnosticRelatedInformation", "CodeAction", "CodeActionDisabled", "Hover"),
    *("MarkupContent", "WorkDoneProgressBegin", "WorkDoneProgressReport", "WorkDoneProgressEnd"),
}


def calls(name: str) -> list[str]:
    """Return the calls of a function or class, each as its file and line."""
    return [f"{file}:{call.lineno}" for file, call in every_call() if named(call) == name]


def every_call() -> list[tuple[str, ast.Call]]:
    return [
        (file, node)
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]


def named(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def test_only_one_folder_makes_what_may_be_shown() -> None:
    made = calls("Shown") + calls("Markdown")
    assert made
    assert [place for place in made if not place.startswith("explain/")] == []


def test_a_template_is_a_literal() -> None:
    filled = [(file, call) for file, call in every_call() if named(call) == "composed"]
    templates = {"notion_lsp/check/reports/text.py": "_FRAME"}
    others = [
        f"{file}:{call.lineno}"
        for file, call in filled
        if not isinstance(call.args[0], ast.Constant)
        and not (isinstance(call.args[0], ast.Name) and call.args[0].id in templates.values())
    ]
    assert filled
    assert others == []


def test_what_a_person_reads_is_put_into_the_protocol_in_two_modules() -> None:
    made = [place for name in sorted(READ) for place in calls(name)]
    assert made
    assert {place.partition(":")[0] for place in made} == {"lsp/convert.py", "lsp/progress.py"}


def test_only_the_terminal_writes_to_a_terminal() -> None:
    written = [
        file
        for file, call in every_call()
        if named(call) == "write" and ast.unparse(call.func).startswith(("sys.std", "stream."))
    ]
    assert set(written) <= {"terminal.py", "lsp/transport.py"}
    assert calls("print") == []
