"""The open document: after any edits it is what a fresh open of the client's text would be."""

from __future__ import annotations

import pytest
from buffer import Buffer
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types
from pygls.workspace import PositionCodec, Workspace
from token_factory import access_token, integration_token, old_session_cookie

from notion_lsp.detect.finding import fingerprint
from notion_lsp.ignore.review import review
from notion_lsp.lsp import document_findings
from notion_lsp.lsp.documents import Document, use_documents
from notion_lsp.positions import LineIndex
from notion_lsp.text import Span

ENCODINGS = list(types.PositionEncodingKind)

PIECES = st.sampled_from(
    [
        *("\n", "\r\n", "\r", "\n\n", "\r\r\n", "\u2028", "\u2029", "\x85", "\f", "\v", "\x1c"),
        *("", "x = 1", "é", "😀", "\ud800", "\t", "notion", "client_secret = ", "token_v2="),
        *(f'"{access_token(1)}"', access_token(2), f"😀{access_token(3)}", "ntn_"),
        *(f'"{integration_token(4)}"', old_session_cookie(5), access_token(6)[:20]),
        *(f'"{access_token(7)[:9]}"', f'"{access_token(7)[9:]}"', " + ", "A = ", "A"),
        *(access_token(8).encode().hex(), access_token(9).replace("_", "%5F")),
        *(" # notion-lsp:ignore", "# notion-lsp:ignore-next-line", "# gitleaks:allow"),
        *("# notion-lsp:ignore-file", "secretlint-disable", "secretlint-enable"),
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


def opened(text: str, encoding: types.PositionEncodingKind) -> Document:
    return Document("file:///a.py", text, version=1, position_codec=PositionCodec(encoding))


def shown(document: Document) -> list[tuple[types.Range, str]]:
    return [
        (document.range(found.line, found.finding.span), found.finding.kind.id)
        for found in document.findings()
    ]


def whole_text_findings(document: Document) -> list[tuple[types.Range, str]]:
    index = LineIndex(document.source)
    return [
        (
            types.Range(
                types.Position(*index.position(finding.span.start, document.encoding)),
                types.Position(*index.position(finding.span.end, document.encoding)),
            ),
            finding.kind.id,
        )
        for finding in review(document.source).findings
    ]


@given(
    TEXTS,
    st.lists(st.tuples(st.integers(0), st.integers(0), TEXTS, st.booleans()), max_size=8),
    st.sampled_from([document_findings.LONG_LINE, 30]),
    st.data(),
)
@settings(deadline=None, max_examples=300)
def test_any_edits_give_the_text_and_findings_of_a_fresh_open(
    text: str, edits: list[tuple[int, int, str, bool]], long_line: int, data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document_findings, "LONG_LINE", long_line)
        edit_beside_a_fresh_open(text, edits, data)


def edit_beside_a_fresh_open(
    text: str, edits: list[tuple[int, int, str, bool]], data: st.DataObject
) -> None:
    encoding = data.draw(st.sampled_from(ENCODINGS))
    client = Buffer(text, encoding)
    document = opened(text, encoding)
    for one, other, new, looks in edits:
        start, end = sorted((one % (len(client.text) + 1), other % (len(client.text) + 1)))
        if client.splits_a_break(start) or client.splits_a_break(end):
            continue  # the protocol has no position between `\r` and `\n`
        document.apply_change(client.change(start, end, new))
        fresh = opened(client.text, encoding)
        fresh.look_for_hidden()
        if looks:
            document.look_for_hidden()
        assert document.source == client.text
        assert document.lines == fresh.lines
        if looks:
            assert shown(document) == shown(fresh)
            assert document.known.unused_comments() == fresh.known.unused_comments()


def test_what_is_typed_into_a_long_line_is_looked_at_when_the_typing_pauses() -> None:
    line = f'a = "{access_token(1)}"; {"x" * document_findings.LONG_LINE}; b = "{access_token(2)}"'
    document = opened(line, types.PositionEncodingKind.Utf16)
    client = Buffer(line, types.PositionEncodingKind.Utf16)
    first, second = (each.finding.span for each in document.findings())
    typed = f'"😀{access_token(3)}"'
    document.apply_change(client.change(60, 60, typed))
    moved = second.shifted(len(typed))
    assert [each.finding.span for each in document.findings()] == [first, moved]
    assert document.look_for_hidden()
    assert [each.token for each in document.findings()] == list(map(access_token, (1, 3, 2)))


def test_where_a_token_of_a_long_line_went_is_remembered() -> None:
    line = f'a = "{access_token(1)}"; {"x" * document_findings.LONG_LINE}'
    document = opened(line, types.PositionEncodingKind.Utf16)
    client = Buffer(line, types.PositionEncodingKind.Utf16)
    [found] = document.findings()
    document.apply_change(client.change(*found.finding.span, "process.env.NOTION"))
    assert document.took_place == {
        fingerprint(access_token(1)): frozenset({"process", "env", "NOTION"})
    }


@given(TEXTS, st.sampled_from(ENCODINGS))
@settings(deadline=None, max_examples=300)
def test_a_document_finds_what_a_scan_of_the_whole_text_finds(
    text: str, encoding: types.PositionEncodingKind
) -> None:
    document = opened(text, encoding)
    document.look_for_hidden()
    assert shown(document) == whole_text_findings(document)
    assert len(document.known.unused_comments()) == len(review(text).unused)


@given(st.lists(PIECES | st.just("\n"), max_size=20).map("".join), st.integers(0), st.data())
@settings(max_examples=200)
def test_a_comment_for_the_file_typed_and_deleted_again_counts_as_in_a_fresh_open(
    text: str, place: int, data: st.DataObject
) -> None:
    encoding = data.draw(st.sampled_from(ENCODINGS))
    client = Buffer(text, encoding)
    document = opened(text, encoding)
    start = place % (len(text) + 1)
    if client.splits_a_break(start):
        return
    comment = "# notion-lsp:ignore-file\n"
    steps = [(start + at, start + at, character) for at, character in enumerate(comment)]
    steps += [(start + at, start + at + 1, "") for at in reversed(range(len(comment)))]
    for begin, end, new in steps:
        if client.splits_a_break(begin) or client.splits_a_break(end):
            return
        document.apply_change(client.change(begin, end, new))
        fresh = opened(client.text, encoding)
        assert shown(document) == shown(fresh)
        assert document.known.unused_comments() == fresh.known.unused_comments()


@pytest.mark.parametrize(
    "separator", ["\u2028", "\u2029", "\x85", "\f", "\v", "\x1c", "\x1d", "\x1e"]
)
def test_a_line_ends_only_where_the_protocol_ends_it(separator: str) -> None:
    document = opened(f"a{separator}b\nsecond", types.PositionEncodingKind.Utf16)
    place = types.Range(types.Position(1, 0), types.Position(1, 6))
    document.apply_change(types.TextDocumentContentChangePartial(place, "2nd"))
    assert document.source == f"a{separator}b\n2nd"


def test_a_position_past_the_end_of_a_line_is_its_end_and_stays_as_it_was() -> None:
    document = opened("abc\r\nd", types.PositionEncodingKind.Utf16)
    position = types.Position(0, 10)
    assert document.place(position) == (0, 3)
    assert position == types.Position(0, 10)


def test_a_position_past_the_last_line_is_the_end_of_the_text() -> None:
    document = opened("abc\nd", types.PositionEncodingKind.Utf16)
    assert document.place(types.Position(7, 3)) == (1, 1)


def test_a_range_after_an_emoji_is_counted_in_the_units_of_the_client() -> None:
    starts = {
        encoding.value: opened(f"😀 {access_token(1)}", encoding).range(0, Span(2, 52)).start
        for encoding in ENCODINGS
    }
    assert {name: place.character for name, place in starts.items()} == {
        "utf-8": 5,
        "utf-16": 3,
        "utf-32": 2,
    }


def test_a_change_of_the_whole_text_replaces_it() -> None:
    document = opened(access_token(1), types.PositionEncodingKind.Utf16)
    document.apply_change(types.TextDocumentContentChangeWholeDocument("nothing"))
    assert (document.source, document.findings()) == ("nothing", [])


def test_pygls_workspace_makes_documents_of_our_class() -> None:
    workspace = Workspace(None)
    use_documents(workspace)
    workspace.put_text_document(types.TextDocumentItem("file:///a.py", "python", 1, "x"))
    assert isinstance(workspace.text_documents["file:///a.py"], Document)


def test_a_line_finding_is_printed_without_its_token() -> None:
    [found] = opened(access_token(1), types.PositionEncodingKind.Utf16).findings()
    assert access_token(1) not in repr(found)


def test_of_many_tokens_that_came_and_went_the_last_ones_are_remembered() -> None:
    document = opened("", types.PositionEncodingKind.Utf16)
    for number in range(1100):
        for text in (access_token(number), "x"):
            document.apply_change(types.TextDocumentContentChangeWholeDocument(text))
    assert list(document.took_place)[-1] == fingerprint(access_token(1099))
    assert len(document.took_place) == 1000
