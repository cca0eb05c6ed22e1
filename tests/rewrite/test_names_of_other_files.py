"""A name that another file of the project declares: the lookup does not mean that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rewriting import TOKEN, rewritten

from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from pathlib import Path

JAVA = f'package app;\n\nclass Main {{\n    String token = "{TOKEN}";\n}}\n'
KOTLIN = f'package app\n\nval token = "{TOKEN}"\n'
CSHARP = f'using System;\n\nclass Main\n{{\n    string token = "{TOKEN}";\n}}\n'
RUBY = f'module App\n  TOKEN = "{TOKEN}"\nend\n'
PYTHON = f'from local import *\n\ntoken = "{TOKEN}"\n'


def after(folder: Path, file: str, files: dict[str, str]) -> str:
    made = rewritten(folder, file, files)
    assert isinstance(made, Rewrite)
    return apply_edits(files[file], made.edits)


@pytest.mark.parametrize(
    ("file", "text", "other", "declares", "lookup"),
    [
        ("Main.java", JAVA, "System.java", "package app;\nclass System {}\n", "(java.lang.System."),
        ("Main.java", JAVA, "Kinds.java", "public enum System { A }\n", "(java.lang.System."),
        ("Main.java", JAVA, "Kinds.kt", "object System\n", "(java.lang.System."),
        (
            "Main.java",
            JAVA.replace("class", "import java.util.*;\n\nclass", 1),
            "Objects.java",
            "package app;\nfinal class Objects {}\n",
            " java.util.Objects.requireNonNull",
        ),
        (
            "Main.java",
            JAVA.replace("class Main", "class Main extends Base", 1),
            "Base.java",
            "package app;\nclass Base { static class Objects {} }\n",
            " java.util.Objects.requireNonNull",
        ),
        (
            "main.kt",
            KOTLIN,
            "a/System.kt",
            "enum class System\n",
            " java.lang.System.",
        ),
        (
            "Main.scala",
            f'object Main extends Base {{\n  val token = "{TOKEN}"\n}}\n',
            "Base.scala",
            "trait Base { val sys = 1 }\n",
            " _root_.scala.sys.env(",
        ),
        ("main.kt", KOTLIN, "Log.kt", "package app\nfun error(a: String) {}\n", " kotlin.error("),
        (
            "Main.cs",
            CSHARP,
            "Kinds.cs",
            "enum Environment { Live }\n",
            " global::System.Environment.",
        ),
        (
            "Main.cs",
            CSHARP,
            "Base.cs",
            "class Base\n{\n    protected IEnvironment Environment { get; }\n}\n",
            " global::System.Environment.",
        ),
        (
            "Main.cs",
            CSHARP,
            "Base.cs",
            "namespace App.Environment\n{\n}\n",
            " global::System.Environment.",
        ),
        ("app.rb", RUBY, "other.rb", "module App\n  class ENV\n  end\nend\n", " ::ENV.fetch("),
        ("app.rb", RUBY, "other.rb", "App::ENV = {}\n", " ::ENV.fetch("),
        ("app.py", PYTHON, "local.py", "from sys import platform as os\n", " _os.environ["),
        ("app.py", "import os\n" + PYTHON, "local.py", "os = 1\n", " _os.environ["),
    ],
)
def test_the_lookup_takes_a_form_that_cannot_be_mistaken(  # noqa: PLR0913, PLR0917, a row of the table
    tmp_path: Path, file: str, text: str, other: str, declares: str, lookup: str
) -> None:
    assert lookup in after(tmp_path, file, {file: text, other: declares})


@pytest.mark.parametrize(
    ("file", "text", "other", "declares", "lookup"),
    [
        (
            "Main.java",
            JAVA,
            "Objects.java",
            "class Objects {}\n",
            " Objects.requireNonNull(System.",
        ),
        ("Main.java", JAVA, "Other.java", "class Systems { int System; }\n", "(System.getenv("),
        ("main.kt", KOTLIN, "Log.kt", "class Log {\n    fun error() {}\n}\n", " error("),
        ("Main.cs", CSHARP, "A.cs", "class A { int a = Environment.A; }\n", " Environment.Get"),
        ("app.rb", RUBY, "other.rb", 'ENV["A"] = "b"\n', " ENV.fetch("),
        ("app.py", PYTHON, "local.py", "import os\n", " os.environ["),
        ("app.py", PYTHON[PYTHON.index("token") :], "local.py", "os = 1\n", " os.environ["),
    ],
)
def test_what_does_not_hide_the_name_changes_nothing(  # noqa: PLR0913, PLR0917, a row of the table
    tmp_path: Path, file: str, text: str, other: str, declares: str, lookup: str
) -> None:
    assert lookup in after(tmp_path, file, {file: text, other: declares})


HELPER = "function requireEnv(name: string): string {\n  return name;\n}\n"
SCRIPT = f'const token = "{TOKEN}";\n'


@pytest.mark.parametrize("others", [{"other.ts": HELPER}, {"a.ts": SCRIPT, "other.ts": HELPER}])
def test_scripts_that_a_compiler_reads_together_have_a_helper_each(
    tmp_path: Path, others: dict[str, str]
) -> None:
    files = {"script.ts": SCRIPT, **others}
    assert "function requireEnv2(" in after(tmp_path, "script.ts", files)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (SCRIPT, f"export {HELPER}"),
        (SCRIPT, f'import {{ argv }} from "process";\n\n{HELPER}'),
        (f"export {SCRIPT}", HELPER),
    ],
)
def test_a_module_has_names_of_its_own(tmp_path: Path, text: str, other: str) -> None:
    assert "function requireEnv(" in after(
        tmp_path, "main.ts", {"main.ts": text, "other.ts": other}
    )
