"""What keeps a constant one: uses in other files of the project, and what runs before it is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rewriting import OTHER, TOKEN, rewritten

from notion_lsp.refused import Refused
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from pathlib import Path

GO = f'package main\n\nconst token = "{TOKEN}"\n'
JAVA = f'final class Keys {{ static final String TOKEN = "{TOKEN}"; }}\n'
DART = f'const token = "{TOKEN}";\n'
KOTLIN = f'object Keys {{\n    const val TOKEN = "{TOKEN}"\n}}\n'
CSHARP = f'static class Keys {{ public const string Token = "{TOKEN}"; }}\n'
TOO_LATE = "What runs before this constant is set may use it: move it up, or make it a function."


@pytest.mark.parametrize(
    ("file", "text", "other", "use"),
    [
        ("a.go", GO, "b.go", 'package main\n\nconst auth = "Bearer " + token\n'),
        ("a.go", GO, "b.go", "package main\n\nvar buffer [len(token)]byte\n"),
        (
            "keys/a.go",
            GO.replace("main", "keys").replace("const token", "const Token"),
            "main.go",
            'package main\n\nimport "m/keys"\n\nconst auth = "Bearer " + keys.Token\n',
        ),
        ("Keys.java", JAVA, "Api.java", "@Headers(Keys.TOKEN)\ninterface Api {}\n"),
        (
            "Keys.java",
            JAVA,
            "Api.java",
            "class Api { int f(String x) { switch (x) { case Keys.TOKEN: return 1; } } }\n",
        ),
        ("keys.dart", DART, "api.dart", "void f([String a = token]) {}\n"),
        ("keys.dart", DART, "api.dart", "const auth = 'Bearer $token';\n"),
        (
            "keys.dart",
            f'class Keys {{ static const String? token = "{TOKEN}"; }}\n',
            "api.dart",
            "const auth = <String?>[Keys.token];\n",
        ),
        ("Keys.java", JAVA, "Api.kt", "@Header(Keys.TOKEN)\ninterface Api\n"),
        ("Keys.kt", KOTLIN, "Api.kt", '@Header("Bearer ${Keys.TOKEN}")\ninterface Api\n'),
        ("Keys.kt", KOTLIN, "Api.kt", 'const val AUTH = "Bearer ${Keys.TOKEN}"\n'),
        (
            "Keys.cs",
            CSHARP,
            "Api.cs",
            "class Api { void F(string token = Keys.Token) { } }\n",
        ),
        ("Keys.cs", CSHARP, "Api.cs", "[Obsolete(Keys.Token)]\nclass Api { }\n"),
        (
            "Keys.cs",
            f'partial class Keys {{ const string Token = "{TOKEN}"; }}\n',
            "Keys.Old.cs",
            "partial class Keys { [Obsolete(Token)] void F() { } }\n",
        ),
        (
            "Keys.kt",
            f"package k\n\n{KOTLIN}",
            "Api.kt",
            "import k.Keys.TOKEN as KEY\n\n@Header(KEY)\ninterface Api\n",
        ),
    ],
)
def test_a_constant_stays_where_another_file_needs_one(
    tmp_path: Path, file: str, text: str, other: str, use: str
) -> None:
    reason = f"{other} uses this constant where only a constant may stand."
    assert rewritten(tmp_path, file, {file: text, other: use}) == Refused(reason)


def test_a_constant_stays_for_a_constant_that_is_made_from_it_in_a_third_file(
    tmp_path: Path,
) -> None:
    made = 'final class Auth { static final String HEADER = "Bearer " + Keys.TOKEN; }\n'
    files = {"Keys.java": JAVA, "Auth.java": made, "Api.java": "@H(Auth.HEADER)\nclass Api {}\n"}
    reason = "Api.java uses this constant where only a constant may stand."
    assert rewritten(tmp_path, "Keys.java", files) == Refused(reason)


def test_what_an_editor_holds_unsaved_counts_as_it_is_there(tmp_path: Path) -> None:
    saved = "package main\n\nfunc main() { println(token) }\n"
    unsaved = "package main\n\nconst auth = token\n"
    files = {"a.go": GO, "b.go": saved}
    assert isinstance(rewritten(tmp_path, "a.go", files), Rewrite)
    made = rewritten(tmp_path, "a.go", files, {tmp_path / "b.go": unsaved})
    assert made == Refused("b.go uses this constant where only a constant may stand.")


def test_a_file_that_has_no_grammar_and_names_the_constant_is_a_reason_to_keep_it(
    tmp_path: Path,
) -> None:
    files = {"Keys.java": JAVA, "Api.groovy": "@H(Keys.TOKEN) class Api {}\n"}
    reason = "Api.groovy may use this constant, and cannot be looked through."
    assert rewritten(tmp_path, "Keys.java", files) == Refused(reason)


@pytest.mark.parametrize(
    ("file", "text", "other", "use"),
    [
        ("a.go", GO, "b.go", "package main\n\nfunc main() { println(token) }\n"),
        ("a.go", GO, "c/c.go", 'package c\n\nconst token = "x"\n\nconst auth = token\n'),
        ("Keys.java", JAVA, "Api.java", "class Api { String a = Keys.TOKEN; }\n"),
        ("Keys.kt", KOTLIN, "Api.kt", "val auth = Keys.TOKEN\n"),
        ("Keys.cs", CSHARP, "Api.cs", "class Api { string a = Keys.Token; }\n"),
    ],
)
def test_a_constant_that_other_files_use_as_a_value_is_rewritten(
    tmp_path: Path, file: str, text: str, other: str, use: str
) -> None:
    assert isinstance(rewritten(tmp_path, file, {file: text, other: use}), Rewrite)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("A.java", "class A {{ static final A ONE = new A(); {} String h; A() {{ h = T; }} }}"),
        ("A.java", "class A {{ static final String H = A.T; {} }}"),
        ("A.java", "class A {{ static {{ f(); }} {} static void f() {{ g(T); }} }}"),
        ("A.java", "enum A {{ EU; {} final String h; A() {{ h = T; }} }}"),
        ("A.java", "record A(String s) {{ static A o = new A(1); {} A(int n) {{ this(T); }} }}"),
        ("A.java", "class A {{ static String h = R.H; {} }} record R() {{ static T H = A.T; }}"),
        ("A.java", "class A {{ static String h = I.H; {} }} interface I {{ String H = A.T; }}"),
        ("A.java", "class A {{ static E e = E.X; {} }} enum E {{ X(A.T); E(String s) {{ }} }}"),
        (
            "A.java",
            """
            class A {{ static final String H = B.f(); {} }}
            class B {{ static String f() {{ return A.T; }} }}
            """,
        ),
        (
            "A.java",
            """
            class A {{ static String L = f(); {} static final String H = T;
            static String f() {{ return H; }} }}
            """,
        ),
        (
            "A.java",
            """
            class A {{ {} static String L = f(); static final String H = T;
            static String f() {{ return H; }} }}
            """,
        ),
        (
            "A.java",
            """
            class A extends B {{ {} final String h = T; void f() {{ g(h); }} }}
            class B {{ B() {{ f(); }} }}
            """,
        ),
        (
            "A.cs",
            "class A {{ static readonly A One = new A(); {} string h; A() {{ h = T; }} }}",
        ),
        (
            "A.cs",
            "class A {{ static A One {{ get; }} = new A(); {} string h = T; }}",
        ),
        ("A.cs", "class A : B {{ static A One = new A(); {} A() : base(T) {{ }} }}"),
        ("A.cs", "class A(int n) : B(T) {{ static A One = new A(1); {} }}"),
        ("A.cs", "record A(int N) : B(T) {{ static A One = new A(1); {} }}"),
        ("A.cs", "struct A {{ static A One = new A(1); {} string h = T; A(int n) {{ }} }}"),
        (
            "a.kt",
            'class A {{\n val h = "$T"\n companion object {{\n  val one = A()\n  {}\n }}\n}}\n',
        ),
        ("a.kt", "object A {{\n init {{\n  f(T)\n }}\n {}\n}}\n"),
        ("a.kt", "val size = f()\n{}\nfun f() = T.length\n"),
        ("a.kt", "val size = f()\n{}\nfun f(t: String = T) = t.length\n"),
        ("a.kt", "val size = t.length\n{}\nval t by lazy {{ T }}\n"),
        ("a.kt", "val one = A()\n{}\nopen class B(t: String)\nclass A : B(T)\n"),
        ("a.kt", "val one = O.h\n{}\nobject O {{\n val h = T\n}}\n"),
        (
            "a.kt",
            "val one = A.h\n{}\nclass A {{\n companion object {{\n  val h = T\n }}\n}}\n",
        ),
        ("a.kt", "enum class A {{\n EU;\n val h = T\n companion object {{\n  {}\n }}\n}}\n"),
        (
            "A.cs",
            "partial class A {{ {} }}\npartial class A {{ static string h = F(T); }}\n",
        ),
    ],
)
def test_a_constant_that_is_used_before_a_variable_would_be_set_stays(
    tmp_path: Path, file: str, text: str
) -> None:
    constant = {
        ".java": f'static final String T = "{TOKEN}";',
        ".cs": f'const string T = "{TOKEN}";',
        ".kt": f'const val T = "{TOKEN}"',
    }[(tmp_path / file).suffix]
    assert rewritten(tmp_path, file, {file: text.format(constant)}) == Refused(TOO_LATE)


MADE = """
class B {{
    {} static final String H = "Bearer " + Keys.TOKEN; {}
    static String f() {{ String h = Keys.TOKEN; return H + h; }}
}}
"""


def test_a_constant_stays_where_one_made_from_it_elsewhere_would_be_set_too_late(
    tmp_path: Path,
) -> None:
    late = {"Keys.java": JAVA, "B.java": MADE.format("static String L = f();", "")}
    assert rewritten(tmp_path, "Keys.java", late) == Refused(TOO_LATE)
    in_turn = {"Keys.java": JAVA, "B.java": MADE.format("", "static String L = f();")}
    assert isinstance(rewritten(tmp_path, "Keys.java", in_turn), Rewrite)


@pytest.mark.parametrize(
    "text",
    [
        "class A {{\n    int n = size();\n    {}\n    int size() {{ return T.length(); }}\n}}\n",
        "class A {{\n    {{ f(this.T); }}\n    {}\n}}\n",
        "class A extends B<String> {{\n    {}\n    String auth() {{ return T; }}\n}}\n",
        "class A {{\n    B b = new B() {{\n {}\n  String auth() {{ return T; }}\n    }};\n}}\n",
        "enum A {{ X {{\n {}\n String f() {{ return T; }} }};\n final String h = f(); }}\n",
    ],
)
def test_a_constant_of_an_object_stays_where_its_constructor_would_use_it_first(
    tmp_path: Path, text: str
) -> None:
    files = {
        "A.java": text.format(f'final String T = "{TOKEN}";'),
        "B.java": "class B<T> extends C {}\n",
        "C.java": "class C { C() { print(auth()); } String auth() { return null; } }\n",
    }
    assert rewritten(tmp_path, "A.java", files) == Refused(TOO_LATE)


def test_a_constant_of_an_object_is_rewritten_where_no_constructor_can_reach_it(
    tmp_path: Path,
) -> None:
    text = (
        "class A extends B {\n    static final int N = T();\n    int n = 1;\n"
        f'    private final String T = "{TOKEN}";\n    String auth() {{ return T; }}\n}}\n'
    )
    files = {"A.java": text, "B.java": "class B { B() { } String auth() { return null; } }\n"}
    assert isinstance(rewritten(tmp_path, "A.java", files), Rewrite)


def test_what_stands_above_a_constant_and_cannot_reach_it_leaves_it_free(tmp_path: Path) -> None:
    text = (
        "class A {\n    static final Logger LOG = Logger.getLogger(A.class.getName());\n"
        f'    static final String T = "{TOKEN}";\n    String h = T;\n}}\n'
    )
    assert isinstance(rewritten(tmp_path, "A.java", {"A.java": text}), Rewrite)


@pytest.mark.parametrize(
    "use",
    [
        "var buffer [len(First)]byte\n",
        'const header = "Bearer " + First\n',
        "type Key string\n\nvar key Key = First\n",
    ],
)
def test_a_group_of_go_keeps_the_constant_that_another_file_needs_as_one(
    tmp_path: Path, use: str
) -> None:
    group = f'const (\n\tFirst  = "{TOKEN}"\n\tSecond = "{OTHER}"\n)\n'
    files = {"a.go": f"package main\n\n{group}", "b.go": f"package main\n\n{use}"}
    made = rewritten(tmp_path, "a.go", files, first=1)
    assert isinstance(made, Rewrite)
    result = apply_edits(files["a.go"], made.edits)
    assert f'const (\n\tFirst = "{TOKEN}"\n)\n\nvar Second = mustEnv(' in result


def test_a_constant_without_a_type_stays_where_another_file_uses_it_as_one(tmp_path: Path) -> None:
    use = "package main\n\ntype Key string\n\nfunc f(k Key) {}\n\nfunc main() { f(token) }\n"
    reason = "b.go: The constant is used as a type that is not `string`."
    assert rewritten(tmp_path, "a.go", {"a.go": GO, "b.go": use}) == Refused(reason)


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("papi.New({})", "papi.New(papi.Token(mustEnv({})))"),
        ("papi.Plain({})", "papi.Plain(mustEnv({}))"),
        ("papi.Options{{Auth: {}}}", "papi.Options{{Auth: papi.Token(mustEnv({}))}}"),
        ("papi.Options{{Name: {}}}", "papi.Options{{Name: mustEnv({})}}"),
        ("client.Take({})", "client.Take(papi.Token(mustEnv({})))"),
    ],
)
def test_a_string_is_converted_to_the_type_that_a_package_of_the_project_wants(
    tmp_path: Path, call: str, result: str
) -> None:
    package = (
        "package papi\n\ntype Token string\n\n"
        "type Options struct {\n\tAuth Token\n\tName string\n}\n"
        "\nfunc New(t Token) {}\n\nfunc Plain(t string) {}\n"
        "\nfunc (o Options) Take(t Token) {}\n"
    )
    head = 'package main\n\nimport "example.com/m/papi"\n\nvar x = '
    text = head + call.format(f'"{TOKEN}"') + "\n"
    made = rewritten(tmp_path, "main.go", {"main.go": text, "papi/papi.go": package})
    assert isinstance(made, Rewrite)
    variable = '"NOTION_TOKEN"'
    assert f"var x = {result.format(variable)}\n" in apply_edits(text, made.edits)


def test_a_function_of_a_package_that_is_imported_without_its_name_is_not_seen(
    tmp_path: Path,
) -> None:
    package = "package papi\n\ntype Token string\n\nfunc New(t Token) {}\n"
    text = f'package main\n\nimport . "example.com/m/papi"\n\nvar x = New("{TOKEN}")\n'
    made = rewritten(tmp_path, "main.go", {"main.go": text, "papi/papi.go": package})
    reason = "The type that this place takes cannot be seen: convert the token to it first."
    assert made == Refused(reason)


def test_a_type_that_cannot_be_seen_is_a_reason_to_leave_the_token(tmp_path: Path) -> None:
    text = f'package main\n\nimport "github.com/a/kit"\n\nvar x = kit.New("{TOKEN}")\n'
    reason = "The type that kit.New takes cannot be seen: convert the token to it first."
    assert rewritten(tmp_path, "main.go", {"main.go": text}) == Refused(reason)


MACRO = f'#pragma once\n#define TOKEN "{TOKEN}"\n'
CONSTEXPR = f'#pragma once\nconstexpr char TOKEN[] = "{TOKEN}";\n'
EVALUATED = "{} uses this constant where only a constant may stand."
JOINED = "It is joined to a string when the code is compiled: put the two together in a function."
UNREAD = "{} may use this constant, and cannot be looked through."
MEASURED = "Its size or its type is used, and is that of the literal: make it a function."


@pytest.mark.parametrize(
    ("file", "text", "other", "use", "reason"),
    [
        ("keys.h", MACRO, "a.c", 'char *f(void) { return "Bearer " TOKEN; }\n', JOINED),
        ("keys.h", MACRO, "a.cpp", 'auto f() { return std::string("Bearer " TOKEN); }\n', JOINED),
        ("keys.h", MACRO, "b.h", '#define HEADER "Bearer " TOKEN\n', JOINED),
        ("keys.h", MACRO, "b.h", "#define HEADER TOKEN\n", EVALUATED.format("b.h")),
        ("keys.h", MACRO, "a.c", "static char *token = TOKEN;\n", EVALUATED.format("a.c")),
        ("keys.h", MACRO, "a.c", "int f(void) { return sizeof TOKEN; }\n", MEASURED),
        ("keys.h", MACRO, "a.mm", "NSString *t = @TOKEN;\n", UNREAD.format("a.mm")),
        ("keys.hpp", CONSTEXPR, "a.cpp", "auto f() { return std::size(TOKEN); }\n", MEASURED),
        ("keys.hpp", CONSTEXPR, "a.cpp", "Client<TOKEN> a;\n", EVALUATED.format("a.cpp")),
        (
            "keys.hpp",
            CONSTEXPR,
            "a.cpp",
            "constexpr auto a = TOKEN;\n",
            EVALUATED.format("a.cpp"),
        ),
    ],
)
def test_what_c_knows_when_it_is_compiled_stays_where_another_file_needs_that(  # noqa: PLR0913, PLR0917, a row of the table
    tmp_path: Path, file: str, text: str, other: str, use: str, reason: str
) -> None:
    assert rewritten(tmp_path, file, {file: text, other: use}) == Refused(reason)


@pytest.mark.parametrize(
    ("file", "text", "other", "use"),
    [
        ("keys.h", MACRO, "a.c", "char *f(void) { return TOKEN; }\n"),
        ("keys.h", MACRO, "a.c", "#ifndef TOKEN\n#error TOKEN\n#endif\n"),
        ("keys.h", MACRO, "a.c", 'static char name[] = "TOKEN";\n'),
        ("keys.h", MACRO, "a.c", '#define TOKEN "x"\nchar *f(void) { return "y" TOKEN; }\n'),
        ("keys.hpp", CONSTEXPR, "a.cpp", "std::string a = TOKEN;\n"),
    ],
)
def test_what_c_knows_when_it_is_compiled_is_rewritten_where_its_value_is_used(
    tmp_path: Path, file: str, text: str, other: str, use: str
) -> None:
    assert isinstance(rewritten(tmp_path, file, {file: text, other: use}), Rewrite)


RUST = f'pub(crate) const TOKEN: &str = "{TOKEN}";\n'


PUBLIC = RUST.replace("pub(crate) ", "pub ")


@pytest.mark.parametrize("text", [RUST, RUST.replace("pub(crate) ", "mod api;\n"), PUBLIC])
def test_a_constant_of_rust_stays_where_another_file_names_it(tmp_path: Path, text: str) -> None:
    files = {"src/keys.rs": text, "src/api.rs": "fn f() -> usize { crate::keys::TOKEN.len() }\n"}
    reason = "src/api.rs may use this constant: make it a function."
    assert rewritten(tmp_path, "src/keys.rs", files) == Refused(reason)


@pytest.mark.parametrize("around", ["fn main() {{ {} }}", "mod keys {{ {} mod inner {{}} }}"])
def test_a_constant_of_rust_is_not_seen_outside_of_its_scope(tmp_path: Path, around: str) -> None:
    text = f"mod api;\n{around.format(RUST.removeprefix('pub(crate) ').rstrip())}\n"
    files = {"src/main.rs": text, "src/api.rs": 'const TOKEN: &str = "x";\n'}
    assert isinstance(rewritten(tmp_path, "src/main.rs", files), Rewrite)


def test_a_constant_of_rust_is_seen_by_the_files_of_its_own_module(tmp_path: Path) -> None:
    text = f"mod keys {{ {RUST.removeprefix('pub(crate) ').rstrip()} mod api; }}\n"
    files = {"src/main.rs": text, "src/keys/api.rs": "fn f() -> &'static str { super::TOKEN }\n"}
    reason = "src/keys/api.rs may use this constant: make it a function."
    assert rewritten(tmp_path, "src/main.rs", files) == Refused(reason)


def test_a_constant_of_rust_that_no_other_file_names_is_rewritten(tmp_path: Path) -> None:
    files = {"src/keys.rs": RUST, "src/api.rs": "fn f() -> usize { 1 }\n"}
    made = rewritten(tmp_path, "src/keys.rs", files)
    assert isinstance(made, Rewrite)
    assert "pub(crate) static TOKEN: std::sync::LazyLock<&str>" in apply_edits(RUST, made.edits)


def test_a_public_constant_of_rust_is_rewritten_in_a_program(tmp_path: Path) -> None:
    files = {"src/keys.rs": PUBLIC, "src/main.rs": "mod keys;\n\nfn main() {}\n"}
    made = rewritten(tmp_path, "src/keys.rs", files)
    assert isinstance(made, Rewrite)
    assert "pub static TOKEN: std::sync::LazyLock<&str>" in apply_edits(PUBLIC, made.edits)


def test_a_public_constant_of_rust_stays_where_a_library_has_it(tmp_path: Path) -> None:
    files = {"src/keys.rs": PUBLIC, "src/main.rs": "fn main() {}\n"}
    files["src/lib.rs"] = "pub mod keys;\n"
    reason = "Other crates may use this constant: make it a function."
    assert rewritten(tmp_path, "src/keys.rs", files) == Refused(reason)


def test_a_constant_stays_where_what_the_grammar_cannot_read_uses_it(tmp_path: Path) -> None:
    text = (
        f'object Keys {{\n    val client = Client()\n    const val TOKEN = "{TOKEN}"\n}}\n'
        'class Client { val header = "Bearer ${Keys.TOKEN}"; class In { val x = 1}}\n'
    )
    reason = "This file may use this constant, and cannot be looked through."
    assert rewritten(tmp_path, "Keys.kt", {"Keys.kt": text}) == Refused(reason)


@pytest.mark.parametrize("follower", ["", 'const val AUTH = "Bearer ${Keys.TOKEN}"\n'])
def test_a_constant_of_kotlin_stays_where_java_may_read_its_field(
    tmp_path: Path, follower: str
) -> None:
    field = "KeysKt.AUTH" if follower else "Keys.TOKEN"
    java = f"class Api {{ static String token() {{ return {field}; }} }}\n"
    reason = (
        "Api.java may use this constant as a field: write it with @JvmField instead of const first."
    )
    files = {"Keys.kt": KOTLIN + follower, "Api.java": java}
    assert rewritten(tmp_path, "Keys.kt", files) == Refused(reason)


@pytest.mark.parametrize(
    ("file", "other"),
    [
        ("Api.java", "class Api { boolean a(String b) { return b == Keys.AUTH; } }\n"),
        ("Api.kt", "fun a(b: String) = b !== Keys.AUTH\n"),
    ],
)
def test_a_constant_stays_where_another_file_compares_it_as_an_object(
    tmp_path: Path, file: str, other: str
) -> None:
    text = f'class Keys {{ static final String AUTH = "Bearer {TOKEN}"; }}\n'
    reason = (
        "Here two strings are compared as objects, and one that is read is another: use equals."
    )
    assert rewritten(tmp_path, "Keys.java", {"Keys.java": text, file: other}) == Refused(reason)


def test_a_constant_at_the_end_of_a_text_that_does_not_parse_stays(tmp_path: Path) -> None:
    made = rewritten(tmp_path, "a.go", {"a.go": f'const n="{TOKEN}"f'})
    assert made == Refused("The declaration of this constant has no end.")
