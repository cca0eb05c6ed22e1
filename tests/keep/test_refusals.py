"""What a host answers, and what is said of it: each cause has its sentence, and the next step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cloud_stand_ins import TOKEN as SIGNED_IN
from cloud_stand_ins import Azure, Doppler, Google
from faulty_server import FaultyServer, Reply
from github_stand_in import GitHub
from gitlab_stand_in import GitLab
from kept import fix
from repositories import write
from stand_in_program import write_program
from token_factory import access_token

if TYPE_CHECKING:
    from pathlib import Path

    from faulty_server import Ask

    Host = Azure | Doppler | Google | GitHub | GitLab

TOKEN = access_token(131)
WORKFLOW = f"on: push\nenv:\n  NOTION_TOKEN: {TOKEN}\n"
PIPELINE = f"site:\n  script:\n    - sync --token {TOKEN}\n"
HOSTS: dict[str, tuple[type[Host], str, str, str]] = {
    "azure": (Azure, "azure-key-vault", "app.py", f'NOTION_TOKEN = "{TOKEN}"\n'),
    "doppler": (Doppler, "doppler", "app.py", f'NOTION_TOKEN = "{TOKEN}"\n'),
    "github": (GitHub, "env", ".github/workflows/a.yml", WORKFLOW),
    "gitlab": (GitLab, "env", ".gitlab-ci.yml", PIPELINE),
    "google": (Google, "google-secret-manager", "app.py", f'NOTION_TOKEN = "{TOKEN}"\n'),
}
# A host, the requests that it answers so, a status, what it says, and what is said of it.
ROWS = [
    ("azure", "GET", 401, "", "sign in to the vault's tenant"),
    ("azure", "GET", 403, "ForbiddenByRbac", "ask for the role Key Vault Secrets Officer"),
    ("azure", "GET", 403, "ForbiddenByFirewall", "have its firewall allow your address"),
    ("azure", "GET", 403, "ForbiddenByConnection", "have its firewall allow your address"),
    ("azure", "PUT", 409, "ObjectIsDeletedButRecoverable", "az keyvault secret recover --name"),
    ("azure", "PUT", 409, "ObjectIsBeingDeleted", "is still deleting or recovering"),
    ("azure", "PUT", 409, "Conflict", "from somebody else just now: try again."),
    ("azure", "PUT", 429, "Throttled", "has been asked too often: try again later."),
    ("doppler", "GET", 401, "", "or it has expired: make a new one."),
    ("doppler", "POST", 403, "", 'make one that may write secrets of "prd".'),
    ("doppler", "GET", 404, "Could not find requested config", "look at DOPPLER_CONFIG and"),
    ("doppler", "GET", 429, "", "has been asked too often: try again later."),
    ("github", "GET", 401, "Bad credentials", "or it has expired: sign in again."),
    ("github", "GET", 403, "API rate limit exceeded", "has been asked too often"),
    ("github", "PUT", 403, "You have exceeded a secondary rate limit", "has been asked too often"),
    (
        "github",
        "GET",
        403,
        "Resource protected by organization SAML",
        "wants your token authorised",
    ),
    ("github", "PUT", 403, "Resource not accessible", "take a token that may write its secrets."),
    ("github", "GET", 404, "Not Found", "or has none such: look at GH_REPO"),
    ("github", "PUT", 422, "", 'takes no secret that is called "NOTION_TOKEN"'),
    ("gitlab", "GET", 401, "", "or it has expired: make a new one."),
    ("gitlab", "GET", 403, "insufficient_scope", 'make one that has "api".'),
    ("gitlab", "POST", 403, "403 Forbidden", "that takes a Maintainer."),
    ("gitlab", "GET", 404, "404 Project Not Found", "look at GITLAB_REPO."),
    ("gitlab", "GET", 409, "There are multiple variables", "has several variables"),
    ("gitlab", "POST", 400, "has already been taken", "from somebody else just now: try again."),
    ("gitlab", "POST", 400, "value is invalid", "but with HTTP 400: is that its address?"),
    ("google", "GET", 401, "", "gcloud auth login"),
    ("google", "GET", 403, "SERVICE_DISABLED", "gcloud services enable secretmanager"),
    ("google", "GET", 403, "IAM_PERMISSION_DENIED", "and at your roles there."),
    ("google", "POST", 404, "NOT_FOUND", "as somebody deleted it just now: try again."),
    ("google", "POST", 409, "ALREADY_EXISTS", "from somebody else just now: try again."),
    ("google", "POST", 400, "constraints/gcp.resourceLocations", "gcloud secrets create notion-"),
    ("google", "GET", 429, "RESOURCE_EXHAUSTED", "has been asked too often: try again later."),
]


@pytest.mark.parametrize(("host", "method", "status", "says", "reason"), ROWS)
def test_each_cause_has_its_sentence(  # noqa: PLR0913, PLR0917, a row and what it is tried with
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    host: str,
    method: str,
    status: int,
    says: str,
    reason: str,
) -> None:
    make, store, name, text = HOSTS[host]
    there = make()

    def answer(ask: Ask) -> Reply:
        refused = Reply(status, json.dumps({"message": says}).encode())
        return refused if ask.method == method else there.answer(ask)

    write(folder / ".notion-lsp.toml", f'store = "{store}"\n')
    file = write(folder / name, text)
    for program in ("az", "gcloud"):
        write_program(tmp_path / "programs" / program, f"print({SIGNED_IN!r})")
    with FaultyServer("", answer) as server:
        for variable, value in {**there.environment, there.variable: server.address}.items():
            monkeypatch.setenv(variable, value)
        monkeypatch.setenv("PATH", str(tmp_path / "programs"), prepend=":")
        assert fix() == 1
    assert file.read_text("utf-8") == text
    assert reason in capsys.readouterr().out
