"""The stand-in for Conjur, asked by CyberArk's own client."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import kits
from conjur_server import ConjurServer

if TYPE_CHECKING:
    from pathlib import Path


def test_the_official_client_sets_and_gets_a_variable_of_the_stand_in(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        """
import os
from conjur_api import Client
from conjur_api.models import ConjurConnectionInfo, CredentialsData
from conjur_api.providers import AuthnAuthenticationStrategy, SimpleCredentialsProvider

url = os.environ["CONJUR_APPLIANCE_URL"]
credentials = SimpleCredentialsProvider()
login, key = os.environ["CONJUR_AUTHN_LOGIN"], os.environ["CONJUR_AUTHN_API_KEY"]
credentials.save(CredentialsData(machine=url, username=login, api_key=key))
client = Client(
    ConjurConnectionInfo(conjur_url=url, account=os.environ["CONJUR_ACCOUNT"]),
    authn_strategy=AuthnAuthenticationStrategy(credentials),
    async_mode=False,
)
client.set("notion/api-token", "first")
print(client.get("notion/api-token").decode())
"""
    )
    with ConjurServer() as server:
        server.variables["notion/api-token"] = None
        done = subprocess.run(
            [kits.python() / "python", program],
            env={"HOME": str(tmp_path), **server.environment},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.stdout == "first\n", done.stderr
