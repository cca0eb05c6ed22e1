"""Azure Key Vault, by its REST API ("Get Secret", "Set Secret"), as who is signed in with `az`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from notion_lsp.keep import Found, Keeper
from notion_lsp.keep._program import signed_in
from notion_lsp.keep._server import Refusal, as_json, json_in, path_of, server_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment
    from notion_lsp.keep._server import Server

_TITLE = "Azure Key Vault"
_VERSION = "api-version=7.4"
# Each of Azure's clouds has its vaults, and tokens for them, under a name of its own.
_CLOUDS = ("vault.azure.net", "vault.azure.cn", "vault.usgovcloudapi.net")
_KEPT_BESIDE = ("contentType", "tags")
_OUTSIDE = "lets nobody in from your network: have its firewall allow your address"
_REFUSALS = (
    Refusal(
        {HTTPStatus.UNAUTHORIZED},
        "does not take the token of `az`: sign in to the vault's tenant, with `az login --tenant`",
    ),
    Refusal({HTTPStatus.FORBIDDEN}, _OUTSIDE, b"ForbiddenByFirewall"),
    Refusal({HTTPStatus.FORBIDDEN}, _OUTSIDE, b"ForbiddenByConnection"),
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "gives you no right to {right} `{name}`: ask for the role Key Vault Secrets Officer",
    ),
    Refusal(
        {HTTPStatus.CONFLICT},
        "has deleted `{name}` and keeps it for a while: recover it, with"
        " `az keyvault secret recover --name {name} --vault-name {vault}`, or purge it",
        b"ObjectIsDeletedButRecoverable",
    ),
    Refusal(
        {HTTPStatus.CONFLICT},
        "is still deleting or recovering `{name}`: try again in a minute",
        b"ObjectIsBeing",
    ),
    Refusal({HTTPStatus.CONFLICT}, "has got `{name}` from somebody else just now: try again"),
)
_HAS_NONE = {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}


@dataclass(frozen=True, slots=True)
class _Secret:
    """A secret of a vault; what is written is a new version of it."""

    server: Server
    name: str

    def read(self) -> Found:
        """Return the newest version."""
        answer = self.server.ask("GET", self._path, also=_HAS_NONE)
        if answer.status == HTTPStatus.NOT_FOUND:
            return Found("")
        if json_in(answer, "error", "innererror").get("code") == "SecretDisabled":
            raise self.server.error("has `{name}` disabled: enable it, or delete it")
        said = json_in(answer)
        if not isinstance(said.get("value"), str):
            raise self.server.refused(answer, "read")
        beside = {key: said[key] for key in _KEPT_BESIDE if key in said}
        return Found(said["value"], said.get("id"), beside)

    def write(self, value: str, found: Found) -> None:
        """Set the secret, with what stood beside its last version."""
        self.server.ask("PUT", self._path, as_json({**found.beside, "value": value}))

    @property
    def _path(self) -> str:
        return f"secrets/{path_of(self.name)}?{_VERSION}"


def _open(names: Mapping[str, str], environment: Environment) -> _Secret:
    server = server_at(_TITLE, "AZURE_KEYVAULT_URL", environment)
    host = urlsplit(server.address).hostname or ""
    cloud = next((cloud for cloud in _CLOUDS if host.endswith(f".{cloud}")), _CLOUDS[0])
    command = ("az", "account", "get-access-token", "--resource", f"https://{cloud}")
    token = signed_in(_TITLE, environment, *command, "--query", "accessToken", "--output", "tsv")
    name, headers = names["SECRET_NAME"], {"Authorization": f"Bearer {token}"}
    about = {"name": name, "vault": host.partition(".")[0]}
    server = replace(server, headers=headers, refusals=_REFUSALS, about=about)
    return _Secret(server, name)


KEEPER = Keeper(store="azure-key-vault", open=_open, variables=("AZURE_KEYVAULT_URL",))
