"""`fix --keep` with each store: what all of them have in common, and what is said of each."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

import boto3
import kits
import pytest
from backends import STORES
from faulty_server import FAULTS, Ask, Reply, between, failing_first, killing, silent
from kept import fix
from repositories import write
from token_factory import access_token

from notion_lsp import request
from notion_lsp.keep import keepers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from backends import Backend

TOKEN, OTHER = access_token(1), access_token(2)
PROGRAM = f'NOTION_TOKEN = "{TOKEN}"\nprint(NOTION_TOKEN)\n'
ADDRESSES = {
    "aws-secrets-manager": "AWS_ENDPOINT_URL",
    "conjur": "CONJUR_APPLIANCE_URL",
    "vault": "VAULT_ADDR",
}
TOLD_OTHERWISE = {
    ("AWS_ENDPOINT_URL", "fails"): "AWS Secrets Manager fails: try again later.",
    (
        "AWS_ENDPOINT_URL",
        "is strange",
    ): "AWS Secrets Manager answers with 418: look that up in its documentation.",
    (
        "AWS_ENDPOINT_URL",
        "sends on",
    ): "AWS Secrets Manager answers with 307: look that up in its documentation.",
    (
        "AWS_ENDPOINT_URL",
        "is garbage",
    ): "AWS Secrets Manager does not answer as it should: try again later.",
    # Any text may be a value of Conjur's.
    ("CONJUR_APPLIANCE_URL", "is garbage"): "has another value, which is left as it is: answer yes",
}
WITH_KEY = 'store = "aws-secrets-manager"\naws-secret-id = "notion"\naws-json-key = "api_key"\n'
SETTINGS = {store: f'store = "{store}"\n' for store in sorted(STORES) if (store, None) in keepers()}


@pytest.fixture(scope="module")
def running() -> Iterator[dict[str, Backend]]:
    with ExitStack() as stack:
        yield {store: stack.enter_context(STORES[store](kits.python())) for store in SETTINGS}


def only(*stores: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("kept", [SETTINGS[each] for each in stores], indirect=True)


class Kept(NamedTuple):
    """A store without a secret, the variable with its address, and a program that has a token."""

    store: Backend
    variable: str

    def program(self) -> str:
        return Path("program.py").read_text("utf-8")

    def output(self) -> str:
        """Return what the program prints that stands there now."""
        environment = {"PATH": os.environ["PATH"], **self.store.environment}
        command: list[str | Path] = [kits.python() / "python", "program.py"]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        return str(done.stdout)


@pytest.fixture(params=[*SETTINGS.values(), WITH_KEY], ids=[*SETTINGS, "with-key"])
def kept(
    request: pytest.FixtureRequest,
    running: dict[str, Backend],
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
) -> Kept:
    store = running[request.param.split('"')[1]]
    store.clear()
    store.ready()
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    write(folder / ".notion-lsp.toml", request.param)
    write(folder / "program.py", PROGRAM)
    return Kept(store, ADDRESSES[request.param.split('"')[1]])


def test_the_rewritten_program_gets_the_token_from_the_store(kept: Kept) -> None:
    assert fix() == 0
    assert kept.output() == f"{TOKEN}\n"


def test_the_token_may_be_there_already(kept: Kept) -> None:
    kept.store.put(TOKEN)
    assert fix() == 0
    assert kept.output() == f"{TOKEN}\n"


def test_another_value_is_left_where_nobody_can_be_asked(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    kept.store.put(OTHER)
    assert fix() == 1
    assert kept.program() == PROGRAM
    assert "has another value, which is left as it is: answer yes" in capsys.readouterr().out


@pytest.mark.parametrize("fault", FAULTS)
def test_a_store_that_does_not_answer_as_it_should_changes_nothing(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    answer, reason = FAULTS[fault]
    with between(monkeypatch, kept.variable, answer):
        assert fix() == 1
    assert kept.program() == PROGRAM
    assert TOLD_OTHERWISE.get((kept.variable, fault), reason) in capsys.readouterr().out


def test_a_store_that_hangs_changes_nothing(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = Event()
    monkeypatch.setattr(request, "PATIENCE", 1.0)
    with between(monkeypatch, kept.variable, silent(ended)):
        assert fix() == 1
        ended.set()
    assert kept.program() == PROGRAM
    assert "does not answer within 1 seconds: try again later.\n" in capsys.readouterr().out


def test_a_store_that_fails_once_is_asked_again(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    with between(monkeypatch, kept.variable, failing_first(Ask.pass_on)):
        assert fix() == 0
    assert kept.output() == f"{TOKEN}\n"


def test_a_process_that_is_killed_before_the_edit_leaves_the_file_whole(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    fault = killing(Ask.pass_on, started, lambda ask: TOKEN.encode() in ask.body)
    with between(monkeypatch, kept.variable, fault):
        started.append(subprocess.Popen([sys.executable, "-m", "notion_lsp", "fix", "--keep"]))
        assert started[0].wait() == -signal.SIGKILL
    assert kept.program() == PROGRAM
    # The next run finds the token there, and needs no right to write it.
    with between(monkeypatch, kept.variable, without(TOKEN)):
        assert fix() == 0
    assert kept.output() == f"{TOKEN}\n"


def without(token: str) -> Callable[[Ask], Reply]:
    """Return a fault: nobody may write the token."""
    return lambda ask: Reply(403) if token.encode() in ask.body else ask.pass_on()


def test_a_store_that_is_down_changes_nothing(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(kept.variable, "http://127.0.0.1:9")
    assert fix() == 1
    assert kept.program() == PROGRAM
    assert " cannot be reached: look at " in capsys.readouterr().out


def test_a_token_does_not_go_over_a_network_in_the_clear(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(kept.variable, "http://192.0.2.1")
    assert fix() == 1
    assert kept.program() == PROGRAM
    assert "the token would go over the network in the clear.\n" in capsys.readouterr().out


def test_a_proxy_sees_no_token(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("http_proxy", "http://192.0.2.1:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert fix() == 1
    assert kept.program() == PROGRAM
    assert "Set NO_PROXY to 127.0.0.1: else a proxy would see the token" in capsys.readouterr().out


@only("conjur")
def test_a_variable_that_no_policy_declares_is_named(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    kept.store.clear()
    assert fix() == 1
    assert kept.program() == PROGRAM
    assert (
        'have a policy declare it, with "- !variable notion/api-token".' in capsys.readouterr().out
    )


@only("conjur")
@pytest.mark.parametrize(
    ("method", "status", "reason"),
    [
        ("GET", 403, 'gives CONJUR_AUTHN_LOGIN no right to read "notion/api-token": have a policy'),
        (
            "POST",
            403,
            'gives CONJUR_AUTHN_LOGIN no right to write "notion/api-token": have a policy',
        ),
        ("POST", 422, "does not answer as it should, but with HTTP 422: is that its address?"),
    ],
)
def test_what_conjur_refuses_is_said(  # noqa: PLR0913, PLR0917, a row and what it is tried with
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    method: str,
    status: int,
    reason: str,
) -> None:
    def fault(ask: Ask) -> Reply:
        refused = ask.path.startswith("/secrets") and ask.method == method
        return Reply(status) if refused else ask.pass_on()

    with between(monkeypatch, "CONJUR_APPLIANCE_URL", fault):
        assert fix() == 1
    assert kept.program() == PROGRAM
    assert reason in capsys.readouterr().out


@only("conjur")
def test_a_wrong_key_of_conjur_is_told_from_a_missing_right(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONJUR_AUTHN_API_KEY", "wrong")
    assert fix() == 1
    assert kept.program() == PROGRAM
    said = "does not know CONJUR_AUTHN_LOGIN with this CONJUR_AUTHN_API_KEY in CONJUR_ACCOUNT: look"
    assert said in capsys.readouterr().out


@only("aws-secrets-manager")
@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("AccessDeniedException", 'have a policy allow "secretsmanager:GetSecretValue".'),
        ("AccessDeniedException: Access to KMS is not allowed", "may not use the KMS key of"),
        ("UnrecognizedClientException", "does not take your credentials, or they have expired"),
        (
            "InvalidRequestException: It is scheduled for deletion.",
            "aws secretsmanager restore-secret --secret-id notion/api-token",
        ),
        (
            "InvalidRequestException: The secret is managed by another service.",
            'leaves "notion/api-token" to another service, which manages it',
        ),
        (
            "InvalidRequestException: Something else.",
            "aws secretsmanager describe-secret --secret-id notion/api-token",
        ),
        ("Made{up}Exception", "answers with Made{up}Exception: look that up"),
    ],
)
def test_what_aws_refuses_is_said(
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    code: str,
    reason: str,
) -> None:
    def fault(_ask: Ask) -> Reply:
        kind, _, message = code.partition(": ")
        return Reply(400, json.dumps({"__type": kind, "message": message}).encode())

    with between(monkeypatch, "AWS_ENDPOINT_URL", fault):
        assert fix() == 1
    assert kept.program() == PROGRAM
    assert reason in capsys.readouterr().out


@pytest.mark.parametrize("kept", [WITH_KEY], indirect=True)
@pytest.mark.parametrize("text", ["no json", '["a"]'])
def test_a_secret_that_is_to_have_keys_and_has_none_is_left(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    def fault(_ask: Ask) -> Reply:
        return Reply(200, json.dumps({"SecretString": text, "VersionId": "1"}).encode())

    with between(monkeypatch, "AWS_ENDPOINT_URL", fault):
        assert fix() == 1
    assert kept.program() == PROGRAM
    assert (
        '"notion" in AWS Secrets Manager is no JSON with keys: choose another name'
        in capsys.readouterr().out
    )


@pytest.mark.parametrize("kept", [WITH_KEY], indirect=True)
def test_what_stands_beside_it_in_a_secret_of_aws_stays(kept: Kept) -> None:
    aws = boto3.client("secretsmanager")
    aws.create_secret(Name="notion", SecretString=json.dumps({"user": "me"}))
    assert fix() == 0
    assert kept.output() == f"{TOKEN}\n"
    secret = aws.get_secret_value(SecretId="notion")
    assert json.loads(secret["SecretString"]) == {"user": "me", "api_key": TOKEN}


@pytest.mark.parametrize("kept", [WITH_KEY], indirect=True)
@pytest.mark.parametrize("value", ['{"user": "you"}', f'{{"api_key": "{OTHER}"}}'])
def test_what_somebody_writes_into_aws_in_the_meantime_is_put_back(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: str
) -> None:
    aws = boto3.client("secretsmanager")
    aws.create_secret(Name="notion", SecretString=json.dumps({"user": "me"}))

    overtaking = [value]

    def overtaken(ask: Ask) -> Reply:
        if overtaking and ask.headers["X-Amz-Target"] == "secretsmanager.PutSecretValue":
            aws.put_secret_value(SecretId="notion", SecretString=overtaking.pop())
        return ask.pass_on()

    with between(monkeypatch, "AWS_ENDPOINT_URL", overtaken):
        assert fix() == 1
    assert kept.program() == PROGRAM
    assert 'has got "notion" from somebody else just now: try again.' in capsys.readouterr().out
    assert aws.get_secret_value(SecretId="notion")["SecretString"] == value


@only("aws-secrets-manager")
def test_a_secret_of_aws_that_was_made_without_a_value_gets_one(kept: Kept) -> None:
    boto3.client("secretsmanager").create_secret(Name="notion/api-token")
    assert fix() == 0
    assert kept.output() == f"{TOKEN}\n"


@only("aws-secrets-manager")
def test_a_secret_of_aws_that_is_about_to_be_deleted_is_left(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    kept.store.put(OTHER)
    boto3.client("secretsmanager").delete_secret(SecretId="notion/api-token")
    assert fix() == 1
    assert kept.program() == PROGRAM
    assert 'is about to delete "notion/api-token": take that back' in capsys.readouterr().out


@only("aws-secrets-manager")
def test_a_library_that_is_missing_is_named(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in [*sys.modules]:
        if module.partition(".")[0] in {"boto3", "botocore"}:
            monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.setitem(sys.modules, "botocore", None)
    assert fix() == 1
    assert kept.program() == PROGRAM
    assert 'install "notion-lsp[aws]".' in capsys.readouterr().out


@only("aws-secrets-manager")
def test_without_a_region_aws_is_not_asked(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setenv("AWS_CONFIG_FILE", "none")
    assert fix() == 1
    assert kept.program() == PROGRAM
    assert "Set AWS_REGION, or a region in your profile of AWS." in capsys.readouterr().out
