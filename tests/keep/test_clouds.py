"""`fix --keep` into the stores of three clouds, by the calls of their references."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from cloud_stand_ins import TOKEN as SIGNED_IN
from cloud_stand_ins import Azure, Cloud, Doppler, Google
from faulty_server import FaultyServer, between, failing
from kept import fix, program
from repositories import write
from stand_in_program import write_program
from token_factory import access_token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKEN, OTHER = access_token(95), access_token(96)
PROGRAM = f'NOTION_TOKEN = "{TOKEN}"\n'
CLOUDS: dict[str, type[Cloud]] = {
    "azure-key-vault": Azure,
    "doppler": Doppler,
    "google-secret-manager": Google,
}


class Kept(NamedTuple):
    """A store without a secret, and the folder of the programs that are signed in to it."""

    cloud: Cloud
    programs: Path


@pytest.fixture(params=CLOUDS)
def kept(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> Iterator[Kept]:
    cloud = CLOUDS[request.param]()
    write(folder / ".notion-lsp.toml", f'store = "{request.param}"\n')
    write(folder / "program.py", PROGRAM)
    programs = tmp_path / "programs"
    for name in ("az", "gcloud"):
        write_program(programs / name, f"print({SIGNED_IN!r})")
    with FaultyServer("", cloud.answer) as server:
        for name, value in {**cloud.environment, cloud.variable: server.address}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("PATH", str(programs), prepend=":")
        yield Kept(cloud, programs)


def only(*stores: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("kept", stores, indirect=True)


def test_the_store_gets_the_token_and_the_code_reads_it_there(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fix() == 0
    assert kept.cloud.value == TOKEN
    assert f'_secret("{kept.cloud.name}")' in program()
    assert "stored and fixed: reads it from" in capsys.readouterr().out


def test_another_value_is_left_where_nobody_can_be_asked(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    kept.cloud.put(OTHER)
    assert fix() == 1
    assert (kept.cloud.value, program()) == (OTHER, PROGRAM)
    assert "has another value, which is left as it is: answer yes" in capsys.readouterr().out


@only("azure-key-vault", "doppler")
def test_a_store_that_has_written_and_fails_to_say_so_has_the_token(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    with between(monkeypatch, kept.cloud.variable, failing(2)):
        assert fix() == 0
    assert kept.cloud.value == TOKEN


@only("azure-key-vault", "google-secret-manager")
def test_who_is_not_signed_in_is_told_so(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("az", "gcloud"):
        write_program(kept.programs / name, "raise SystemExit(1)")
    assert fix() == 1
    assert program() == PROGRAM
    assert "is not signed in to" in capsys.readouterr().out


@only("azure-key-vault", "google-secret-manager")
def test_no_program_of_the_folder_signs_anybody_in(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bin").mkdir()
    for name in ("az", "gcloud"):
        (kept.programs / name).rename(folder / "bin" / name)
    monkeypatch.setenv("PATH", str(folder / "bin"))
    assert fix() == 1
    assert program() == PROGRAM
    assert "This needs " in capsys.readouterr().out


def test_no_program_is_told_the_token(kept: Kept, started: list[str]) -> None:
    assert fix() == 0
    assert kept.cloud.value == TOKEN
    assert not [text for text in started if TOKEN in text]


@only("doppler", "google-secret-manager")
def test_a_value_that_is_shown_to_nobody_is_left_without_a_yes(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    kept.cloud.put(None)
    assert fix() == 1
    assert (kept.cloud.value, program()) == (None, PROGRAM)
    assert "has a value that is shown to nobody" in capsys.readouterr().out


@only("azure-key-vault")
def test_a_secret_that_is_disabled_is_named(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    kept.cloud.put(None)
    assert fix() == 1
    assert program() == PROGRAM
    assert 'has "notion-api-token" disabled' in capsys.readouterr().out


@only("azure-key-vault")
def test_a_secret_that_is_deleted_and_can_be_recovered_is_named(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(kept.cloud, Azure)
    kept.cloud.deleted.add(kept.cloud.name)
    assert fix() == 1
    assert program() == PROGRAM
    assert (
        "az keyvault secret recover --name notion-api-token --vault-name 127"
        in capsys.readouterr().out
    )


@only("google-secret-manager")
def test_a_secret_that_has_no_version_gets_one(kept: Kept) -> None:
    kept.cloud.put("")
    assert fix() == 0
    assert kept.cloud.value == TOKEN


@only("doppler")
def test_a_configuration_that_is_not_there_is_named(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOPPLER_CONFIG", "dev")
    assert fix() == 1
    assert kept.cloud.secrets == {}
    assert (
        'has no configuration "dev" of a project "site": look at DOPPLER_CONFIG'
        in capsys.readouterr().out
    )
