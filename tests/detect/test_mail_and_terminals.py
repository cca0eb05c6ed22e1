"""Tokens in quoted-printable mail, and in coloured output that was kept in a file."""

from __future__ import annotations

import pickle
import quopri
from typing import TYPE_CHECKING

import pytest
from token_factory import (
    access_token,
    development_token,
    integration_token,
    refresh_token,
    session_cookie,
)

from notion_lsp.detect import glance, prefilters
from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import token_of

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKEN = access_token(81)
TOKENS = (TOKEN, integration_token(82), refresh_token(83))


def tokens(text: str) -> list[str]:
    return [token_of(text, finding) for finding in find_tokens(text)]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("before", ["=E2=80=9C", "=93", "=C2=A0", "=3D", "=20", "=3D=22"])
def test_a_code_before_a_token_is_no_part_of_it(before: str, token: str) -> None:
    assert tokens(f"key {before}{token}=94 ok\r\n") == [token]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("fold", ["=\r\n", "=\n"])
@pytest.mark.parametrize("column", [1, 4, 9, 30, -1])
def test_a_soft_break_is_no_part_of_a_token(column: int, fold: str, token: str) -> None:
    text = f'value=3D"{token[:column]}{fold}{token[column:]}">'
    assert tokens(text) == [token]
    assert glance.can_hold_a_token(text.encode())


MAIL, COLOURS = ("=\r\n", "=\n"), ("\x1b[01;31m\x1b[K", "\x1b(B\x1b[m")


@pytest.mark.parametrize(
    ("token", "columns", "cuts"),
    [
        (TOKENS[0], range(1, 12), MAIL),
        (TOKENS[1], range(1, 12), MAIL),
        (TOKENS[2], range(2, 12), MAIL),
        # With one text more to look for, ripgrep takes twice as long.
        (TOKENS[0], [1, *range(3, 12)], COLOURS),
        (TOKENS[1], [1, 2, *range(4, 12)], COLOURS),
        (TOKENS[2], range(3, 12), COLOURS),
    ],
)
def test_a_search_finds_a_token_that_is_cut(
    token: str, columns: Sequence[int], cuts: Sequence[str]
) -> None:
    texts = [f"a {token[:column]}{cut}{token[column:]} b" for column in columns for cut in cuts]
    assert [text for text in texts if not list(prefilters.places(text.encode()))] == []


def test_mail_as_python_writes_it_is_decoded() -> None:
    html = f"<p>{'x' * 40}\u201c{TOKEN}\u201d</p>\n"
    assert tokens(quopri.encodestring(html.encode()).decode()) == [TOKEN]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("column", [5, 12, 33, -1])
@pytest.mark.parametrize(
    "fold", ["?=\r\n =?utf-8?Q?", "?=\n\t=?ISO-8859-1?q?", "?=\n =?utf-8*de?Q?"]
)
def test_a_subject_goes_on_in_the_next_word(fold: str, column: int, token: str) -> None:
    cut = f"{token[:column]}{fold}{token[column:]}".replace("_", "=5F")
    text = f"Subject: =?utf-8?Q?Schl=C3=BCssel=3A=20{cut}?=\r\n\r\n"
    assert tokens(text) == [token]
    assert glance.can_hold_a_token(text.encode())


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("column", [2, 4, 9, 30, -1])
@pytest.mark.parametrize("wrap", ["\r\n ", "\n ", "\r\n\t", " \r", " \r\x1b[K{0}\r"])
def test_a_line_that_goes_on_below_cuts_no_token(wrap: str, column: int, token: str) -> None:
    cut = wrap.format(token[column])
    text = f"DESCRIPTION:key {token[:column]}{cut}{token[column:]}\\n\r\n"
    assert tokens(text) == [token]


DUMPS = {
    "xxd": "{offset:08x}: {pairs:40} {text}\n",
    "hexdump -C": "{offset:08x}  {bytes:48}  |{text}|\n",
    "od -A x -t x1z": "{offset:06x} {bytes:47}  >{text}<\n",
    "tcpdump -X": "\t0x{offset:04x}:  {pairs:39}  {text}\n",
}


def dump(row: str, data: bytes) -> str:
    """Return the rows that a program makes of bytes, each of sixteen."""
    rows = ((at, data[at : at + 16]) for at in range(0, len(data), 16))
    return "".join(
        row.format(
            offset=at,
            pairs=each.hex(" ", -2),
            bytes=each.hex(" "),
            text="".join(chr(byte) if 32 <= byte < 127 else "." for byte in each),
        )
        for at, each in rows
    )


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("column", [0, 3, 8, 11])
@pytest.mark.parametrize("row", DUMPS.values(), ids=DUMPS)
def test_a_dump_of_bytes_has_the_token_in_its_texts(row: str, column: int, token: str) -> None:
    text = dump(row, bytes(16) + b"=" * column + token.encode() + b"\nA=b")
    assert tokens(text) == [token]


@pytest.mark.parametrize("row", DUMPS.values(), ids=DUMPS)
def test_a_search_finds_a_dump_with_a_token(row: str) -> None:
    assert glance.can_hold_a_token(dump(row, bytes(16) + TOKEN.encode()).encode())


@pytest.mark.parametrize("token", [f"secret_{TOKENS[1][8:]}", TOKENS[2][:-1]])
def test_the_word_below_a_token_of_another_length_is_no_part_of_it(token: str) -> None:
    assert tokens(f"notion:\n  client_secret: {token}\n redirect: /back\n") == [token]


@pytest.mark.parametrize("wrap", ["\n", "\n  ", "\n > ", "\r", "  \r", "\n0010: "])
def test_what_stands_below_is_no_part_of_a_token(wrap: str) -> None:
    assert tokens(f"key {TOKEN[:20]}{wrap}{TOKEN[20:]}\n") == []


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize(
    "escape", ["\x1b", "\\x1b", "\\u001b", "\\u{1b}", "\\033", "\\e", "^[", "&#27;"]
)
@pytest.mark.parametrize(
    "line", ["{b}[01;31m{b}[K{t}{b}[m{b}[K", "a:{b}[1m{p}{b}[0m{r}", "{b}[K{t}"]
)
def test_colours_are_no_part_of_a_token(line: str, escape: str, token: str) -> None:
    prefix, _, rest = token.partition("_")
    assert tokens(line.format(b=escape, t=token, p=f"{prefix}_", r=rest)) == [token]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize(
    "escape", ["\x1b", "\\x1b", "\\u001B", "\\u{1B}", "\\033", "\\e", "^[", "&#x1b;"]
)
def test_the_word_in_a_prefix_may_be_coloured_alone(escape: str, token: str) -> None:
    word, _, body = token.partition("_")
    text = f"a:{escape}[01;31m{escape}[K{word}{escape}[m{escape}[K_{body}\n"
    assert tokens(text) == [token]
    assert glance.can_hold_a_token(text.encode())


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("line", ["[31m{t}[0m", "[01;36m{p}[0m{r}", "\x1b7\x1b[1A{t}\x1b8"])
def test_a_colour_that_has_lost_its_escape_is_none_either(line: str, token: str) -> None:
    prefix, _, rest = token.partition("_")
    text = line.format(t=token, p=f"{prefix}_", r=rest)
    assert tokens(text) == [token]
    assert glance.can_hold_a_token(text.encode())


@pytest.mark.parametrize("cut", ["=\r\n", "\x1b[01;31m\x1b[K", "^[[31m", "\u200b"])
@pytest.mark.parametrize(
    ("token", "column"),
    [
        *((TOKEN, -each) for each in range(1, 7)),  # what is left is as long as another token
        (session_cookie(84), -3),
        (development_token(85), len("development_")),
    ],
)
def test_what_a_code_leaves_of_a_token_is_none(token: str, column: int, cut: str) -> None:
    assert tokens(f"NOTION_TOKEN={token[:column]}{cut}{token[column:]}\n") == [token]


@pytest.mark.parametrize("line", ["\x1b[31m{}\x1b[mname\n", "a {}=\nb\n"])
def test_what_follows_the_code_behind_a_cookie_is_no_part_of_it(line: str) -> None:
    cookie = session_cookie(86)
    assert tokens(line.replace("{}", cookie)) == [cookie]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize(
    "line",
    [
        "\x9b31m{t}\x9b0m",
        "a:\x9b0m{p}\x9bK{r}",
        "\x1b[1 q{p}\x1b[!p{r}",
        "\x1b]8;;http://x/?a\x1b\\{p}\x1b]8;;\x1b\\{r}",
        "\x0e{p}\x0f{r}",
        "{p}x\b{r}",
    ],
)
def test_what_else_a_terminal_obeys_is_no_part_of_a_token(line: str, token: str) -> None:
    prefix, _, rest = token.partition("_")
    text = line.format(t=token, p=f"{prefix}_", r=rest)
    assert tokens(text) == [token]
    assert glance.can_hold_a_token(text.encode())


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("strike", ["{0}\b{0}", "_\b{0}"])
def test_letters_that_a_printer_strikes_twice_are_letters(strike: str, token: str) -> None:
    assert tokens(f" {''.join(strike.format(each) for each in token)} ") == [token]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("at", [7, 20])
@pytest.mark.parametrize(
    "character",
    ["\u200b", "\xad", "\u2060", "\ufeff", "<wbr>", "<wbr/>", "&shy;", "&#8203;", "\\u200b"],
)
def test_a_character_that_nobody_sees_is_no_part_of_a_token(
    character: str, at: int, token: str
) -> None:
    text = f'"{token[:at]}{character}{token[at:]}"'
    assert tokens(text) == [token]
    assert glance.can_hold_a_token(text.encode())


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("code", ["&#{:d}", "&#x{:x}", "%u00{:02x}"])
def test_a_code_that_old_pages_have_stands_for_a_character(code: str, token: str) -> None:
    text = f"<p>{''.join(code.format(ord(each)) for each in token)}</p>"
    assert tokens(text) == [token]
    assert glance.can_hold_a_token(text.encode())


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize(
    "underscore",
    [
        *("&lowbar;", "&UnderBar;", "&#095;", "&#X5F;", "&#x005f;", "&amp;#95;", "&amp;amp;#95;"),
        *("\\x{5f}", "\\x{005F}", "\\u{005f}", "\\U0000005F", "\\137", "\\\\\\_"),
        *("\\5f ", "\\00005f", "\\00005F ", "%25255F", "=5f"),
    ],
)
def test_the_underscore_may_be_written_as_a_code(underscore: str, token: str) -> None:
    text = f'"{token.replace("_", underscore)}"'
    assert tokens(text) == [token]
    assert glance.can_hold_a_token(text.encode())


@pytest.mark.parametrize("code", ["\\{:x} ", "\\{:06x}", "\\x{{{:x}}}", "&amp;#{};"])
def test_a_code_of_css_perl_or_a_feed_stands_for_a_character(code: str) -> None:
    text = f'"{"".join(code.format(ord(each)) for each in TOKEN)}"'
    assert tokens(text) == [TOKEN]


def test_the_code_of_a_string_in_a_pickle_is_no_part_of_the_token() -> None:
    assert tokens(pickle.dumps({"token": TOKEN}, protocol=0).decode()) == [TOKEN]
    assert tokens(pickle.dumps(TOKEN, protocol=0).decode()) == [TOKEN]


def test_the_length_in_a_message_of_one_field_is_no_part_of_the_token() -> None:
    assert tokens(f"\n2{TOKEN}") == [TOKEN]


@pytest.mark.parametrize("text", ["=abx{}", "=ZZ{}", "x{}", "=3dx{}", "[0mx{}"])
def test_what_is_no_code_is_part_of_a_word(text: str) -> None:
    assert tokens(text.replace("{}", TOKEN)) == []
