"""The keyring of the person's system, by the library that is called so too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notion_lsp.keep import Found, Keeper, NotKeptError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment

_TITLE = "The system's keyring"
_SAFE = 1  # priority of a back end; those below keep a password in a file, or nowhere


@dataclass(frozen=True, slots=True)
class _Password:
    """The password of a user of a service."""

    service: str
    user: str

    def read(self) -> Found:
        """Return what is there."""
        import keyring
        from keyring.errors import KeyringError

        try:
            return Found(keyring.get_password(self.service, self.user) or "")
        except KeyringError as error:
            raise _refusal(error, "read") from None

    def write(self, value: str, _found: Found) -> None:
        """Set the password."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(self.service, self.user, value)
        except KeyringError as error:
            raise _refusal(error, "written") from None


def _open(names: Mapping[str, str], _environment: Environment) -> _Password:
    import keyring

    if keyring.get_keyring().priority < _SAFE:
        raise NotKeptError(
            f"{_TITLE} is not there, or is no safe place for a token: choose another store."
        )
    return _Password(names["SERVICE"], names["USER"])


def _refusal(error: Exception, done: str) -> NotKeptError:
    from keyring.errors import KeyringLocked

    if isinstance(error, KeyringLocked):
        return NotKeptError(f"{_TITLE} is locked: unlock it, and try again.")
    return NotKeptError(f"{_TITLE} cannot be {done}: unlock it, or choose another store.")


KEEPER = Keeper(store="keyring", open=_open, variables=(), extra="keyring")
