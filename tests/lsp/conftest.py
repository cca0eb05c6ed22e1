"""Sessions: a fresh one for each test, most of them on one process that takes many connections.

Every byte a server writes is kept, and read for tokens when the test is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from canary import leaks
from editor import Editor
from profiles import PROFILES, WITH_NOTEBOOKS
from sessions import connected, listening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from sessions import Listening, Start


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listening]:
    with listening(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
async def start(shared_server: Listening) -> AsyncIterator[Start]:
    sessions = []
    logged = len(shared_server.log)

    async def started(profile: str = "vscode", *folders: Path, options: object = None) -> Editor:
        editor = Editor((PROFILES | WITH_NOTEBOOKS)[profile], folders)
        session = connected(shared_server, editor)
        sessions.append((editor, session, await session.__aenter__()))
        await editor.initialize(options)
        return editor

    yield started
    for editor, session, recorded in sessions:
        await session.__aexit__(None, None, None)
        assert leaks(bytes(recorded), shared_server.log[logged:], editor.tokens) == []
