"""The here documents of a command are those that a shell takes for ones."""

from __future__ import annotations

import pytest

from notion_lsp.hooks.shell_documents import documents_in


def lines_of(command: str) -> list[str]:
    return [each.lines.of(command) for each in documents_in(command)]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "echo 'it is' \"a 'word'\" \\' # don't\n",
        "echo $((1 << 2)) <<<'x' 2>&1\n",
        'git commit -m "$(cat <<\'END\'\nsay "so\nEND\n)"\n',
        "case a in a) true;; esac\n",
        "echo $'it\\'s'\n",
        "if true; then\n  ",
        "cat <<END\n'\nEND\n",
    ],
)
def test_a_document_is_found_behind(before: str) -> None:
    assert lines_of(f"{before}cat > a <<'EOF'\ntext\nEOF\n")[-1] == "text\n"


@pytest.mark.parametrize(
    "command",
    [
        "bash -c '\ncat > a <<\"EOF\"\ntext\nEOF\n'",
        "echo \"\ncat > a <<'EOF'\ntext\nEOF\n\"",
        "# cat > a <<'EOF'\ntext\nEOF\n",
        "echo `\ncat > a <<'EOF'\ntext\nEOF\n`",
        "cat > a <<'EOF'\ntext\nEOF \n",
        "cat <<'A' - <<'B' > b\none\nA\ntwo\nB\n",
        'x="$(case a in a) echo "\ncat > a <<\'EOF\'\ntext\nEOF\n";; esac)"',
        "echo 'never closed\ncat > a <<'EOF'\ntext\nEOF\n",
    ],
)
def test_no_document_is_found_in(command: str) -> None:
    assert lines_of(command) == []


def test_a_document_in_another_is_text() -> None:
    assert lines_of("cat <<A\ncat <<'B'\ntext\nB\nA\n") == ["cat <<'B'\ntext\nB\n"]


def test_a_statement_ends_where_another_begins() -> None:
    command = "cd src && cat > 'a;b' <<'EOF' | tee c && ls\ntext\nEOF\n"
    assert [each.statement for each in documents_in(command)] == [" cat > 'a;b' <<'EOF' | tee c "]
