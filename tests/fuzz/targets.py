"""What is tried with random inputs: a row for each reader of what somebody else wrote."""

from __future__ import annotations

import asyncio
import io
import json
import tempfile
from contextlib import nullcontext, suppress
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from test_fixtures import language_of_folder, sources, unmarked
from test_image import CODE, archive, layout, saved
from token_factory import access_token

from notion_lsp import settings
from notion_lsp.check import baseline
from notion_lsp.check.scan import scan_image, scan_text
from notion_lsp.detect import custom
from notion_lsp.detect.find import find_tokens
from notion_lsp.files import git_history, git_store, path_patterns
from notion_lsp.files.git_history import commit_of, entries
from notion_lsp.files.git_stream import GitError, Repository
from notion_lsp.files.image_archive import packed
from notion_lsp.files.read_write import decode_any
from notion_lsp.hooks.agents import agents
from notion_lsp.hooks.answer import answered
from notion_lsp.hooks.git._updates import received
from notion_lsp.hooks.git.pre_push import pushed
from notion_lsp.hooks.patches import patched_files
from notion_lsp.hooks.settings_files import with_hooks, without_hooks
from notion_lsp.hooks.shell_documents import documents_in
from notion_lsp.ignore import scanners
from notion_lsp.ignore.ignore_file import Ignored, parse_ignore_file
from notion_lsp.languages import languages
from notion_lsp.lsp.transport import read_messages
from notion_lsp.rewrite.file import rewrite_all
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.source import Source
from notion_lsp.stores import stores
from notion_lsp.syntax.line_patterns import read
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from notion_lsp.languages import Language

SAMPLES = Path(__file__).parent / "samples"
AGENTS = Path(__file__).parents[1] / "hooks" / "agents"
TODAY = date(2026, 1, 31)
TOKEN = access_token(1)
_ID = "9d" * 20
_LONGEST = 4_000  # bytes of a sample: a small one is read more often
_MOST_TOKENS = 20  # that are rewritten, for the same reason


class Target(NamedTuple):
    """A reader of bytes, and the samples from which its inputs are made."""

    name: str
    samples: Callable[[], Sequence[bytes]]
    read: Callable[[bytes], object]


def _text(data: bytes) -> str:
    return decode_any(data).text


def _of_language(language: Language, data: bytes) -> None:
    text = _text(data)
    source = Source(text, language)
    found = find_tokens(text)[:_MOST_TOKENS]
    names = variable_names(source, found, {})
    for store in ("env", "vault"):
        made = rewrite_all(source, found, stores()[store], names)
        apply_edits(text, made.edits)
    if source.syntax:
        source.syntax.site([Span(0, min(1, len(text)))], language.opening)
        source.syntax.meaning("os")


def _of_grammar(grammar: Grammar, data: bytes) -> None:
    read(_text(data), grammar).count_errors()


def _grammars() -> dict[str, tuple[Grammar, list[str]]]:
    found: dict[str, tuple[Grammar, list[str]]] = {}
    for language in languages():
        grammar = language.grammar
        if isinstance(grammar, Grammar):
            name = f"{grammar.package}.{grammar.function}"
            found.setdefault(name, (grammar, []))[1].append(language.id)
    return found


@cache
def _fixtures() -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for path in sources():
        language, data = language_of_folder(path), path.read_bytes()
        if language and len(data) < _LONGEST:
            text = data.decode("utf-8", "surrogateescape")
            source = unmarked(text)[0].encode("utf-8", "surrogateescape")
            found.setdefault(language.id, []).append(source)
    return found


def _of_settings(data: bytes) -> None:
    text = _text(data)
    for own, pyproject in ((text, None), (None, text)):
        _used(settings.parse_project(own, pyproject, settings.DEFAULTS)[0])
    settings.has_table(text)


def _of_editor_settings(data: bytes) -> None:
    with suppress(ValueError, RecursionError):
        _used(settings.parse(json.loads(data))[0])


def _used(chosen: settings.Settings) -> None:
    patterns, _ = custom.rows(chosen.patterns)
    custom.find_custom(f'key = "{TOKEN}" # {"a" * 400}', patterns)
    left_out = path_patterns.parse_all(chosen.exclude)
    left_out.leave_out(("a" * 200, "src", "main.py"))


def _of_ignore_file(data: bytes) -> None:
    entries, _ = parse_ignore_file(_text(data))
    Ignored(entries, "a.py", TODAY).until(TOKEN, 1)


def _of_scanner(name: str, data: bytes) -> None:
    said = scanners.read({name: _text(data)})
    for _, excludes in said.excludes:
        excludes(f"src/{'a' * 200}/main.py")
    Ignored(said.entries, "a.py", TODAY).until(TOKEN, 1)


def _of_gitignore(data: bytes) -> None:
    patterns = path_patterns.parse_all(path_patterns.lines_of(_text(data)))
    patterns.leave_out(("src", "a" * 200, "main.py"))


def _of_baseline(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "baseline.json")
        file.write_bytes(data)
        known = baseline.load(file)
        if isinstance(known, baseline.Baseline):
            known.compared((), frozenset(known.paths)).baseline.save()


def _of_agent(data: bytes) -> None:
    with suppress(ValueError, RecursionError):
        message = json.loads(data)
        if isinstance(message, dict):
            answered(message, data, TODAY)


def _of_agent_settings(data: bytes) -> None:
    for agent in agents().values():
        hooks = agent.hooks("notion-lsp agent-hook")
        with_hooks(_text(data), hooks)
        without_hooks(_text(data), hooks)


def _of_git_hook(data: bytes) -> None:
    pushed(data)
    received(data)


def _of_git(data: bytes) -> None:
    # One that is ended, or has no memory left, stops anywhere in its answer.
    answers = nullcontext(io.BytesIO(data))
    with (
        patch.object(git_store, "answering", lambda *_arguments: answers),
        suppress(GitError),
    ):
        for stored in git_store.read(Repository(Path()), ()):
            commit_of(stored)
            list(entries(stored))


def _of_git_diff(data: bytes) -> None:
    answers = nullcontext(io.BytesIO(data))
    with (
        patch.object(git_history, "answering", lambda *_arguments: answers),
        suppress(GitError),
    ):
        list(git_history.changes(Repository(Path()), [_ID], {_ID}, {b"a.py"}))


def _of_patch(data: bytes) -> None:
    patched_files({"input": _text(data)}, Path(), lambda _path: "a\nb\n")


def _of_shell_documents(data: bytes) -> None:
    list(documents_in(_text(data)))


def _of_frames(data: bytes) -> None:
    async def read_all() -> None:
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        reader.feed_eof()
        async for _ in read_messages(reader):
            pass

    asyncio.run(read_all())


def _of_image(data: bytes) -> None:
    scan_image("app.tar", packed(io.BytesIO(data)), TODAY)


def _of_any_file(data: bytes) -> None:
    scan_text(data, "a", TODAY)


def _named(name: str) -> list[bytes]:
    data = (SAMPLES / name.removeprefix(".")).read_bytes()
    return [data.replace(b"TOKEN", TOKEN.encode())]


def _messages() -> list[bytes]:
    cases = (json.loads(path.read_text("utf-8")) for path in sorted(AGENTS.rglob("*.json")))
    return [json.dumps(case["message"]).replace("TOKEN", TOKEN).encode() for case in cases]


def _of_all(ids: Iterable[str]) -> list[bytes]:
    return [each for language in ids for each in _fixtures()[language]]


def _images() -> list[bytes]:
    layers, config = [archive({"app/main.py": CODE})], {"history": [{"created_by": "COPY . /"}]}
    return [layout(layers, config), saved(layers, config)]


def _answers_of_git() -> list[bytes]:
    commit = (
        f"tree {_ID}\nauthor A Thor <a@b> 1700000000 +0130\ncommitter B <> 1 -0000\n\n{TOKEN}\n"
    )
    tree = b"100644 a.py\0%b40000 b c\0%b" % (bytes(range(20)), b"\n \0" * 6 + b"::")
    tag = f"object {_ID}\ntype commit\ntag v1\ntagger C <c> 2 +0000\n\n"
    stored = {"commit": commit.encode(), "tree": tree, "blob": TOKEN.encode(), "tag": tag.encode()}
    parts = [f"{_ID} {kind} {len(data)}\n".encode() + data + b"\n" for kind, data in stored.items()]
    return [b"".join(parts), *parts, f"{_ID} missing\n".encode()]


def _diffs_of_git() -> list[bytes]:
    none = "0" * 40
    changed = f"{_ID}\0:100644 100644 {none} {_ID} M\0a.py\0:100644 000000 {_ID} {none} D\0b c\0"
    merged = f"{_ID}\0::100644 160000 100644 {_ID} {none} {_ID} MM\0a.py\0"
    return [changed.encode(), merged.encode(), (changed + merged).encode()]


def _targets() -> Iterable[Target]:
    for name, (grammar, ids) in _grammars().items():
        yield Target(name, partial(_of_all, ids), partial(_of_grammar, grammar))
    for language in languages():
        samples = partial(_fixtures().__getitem__, language.id)
        yield Target(language.id, samples, partial(_of_language, language))
    for name in scanners.FILES:
        yield Target(name, partial(_named, name), partial(_of_scanner, name))
    for name, reader in (
        (".notion-lsp.toml", _of_settings),
        ("settings.json", _of_editor_settings),
        (".notion-lsp-ignore", _of_ignore_file),
        (".gitignore", _of_gitignore),
        ("baseline.json", _of_baseline),
        ("agent-settings.json", _of_agent_settings),
        ("pushed.txt", _of_git_hook),
        ("patch.txt", _of_patch),
        ("here-documents.sh", _of_shell_documents),
        ("frames.txt", _of_frames),
    ):
        yield Target(name, partial(_named, name), reader)
    yield Target("agent", _messages, _of_agent)
    yield Target("image", _images, _of_image)
    yield Target("git cat-file", _answers_of_git, _of_git)
    yield Target("git diff-tree", _diffs_of_git, _of_git_diff)
    yield Target("file", partial(_of_all, _fixtures()), _of_any_file)


TARGETS = {target.name: target for target in _targets()}
