"""AWS Secrets Manager, by boto3: it signs the requests, and finds the person's credentials."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from notion_lsp.json_text import object_in
from notion_lsp.keep import Found, Keeper, NotKeptError
from notion_lsp.keep._server import require_secrecy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.keep import Environment

_TITLE = "AWS Secrets Manager"
_STRANGE = f"{_TITLE} does not answer as it should: try again later."
_MISSING = "ResourceNotFoundException"
_READING = ("get_secret_value", "describe_secret")
# The labels of the version that is read, and of the one before it.
_CURRENT, _PREVIOUS = "AWSCURRENT", "AWSPREVIOUS"
_OTHER_NAME = "choose another name, by the setting `aws-secret-id`"
_TEXTS = ("SecretString", "SecretBinary")
_OVERTAKEN = "has got `{name}` from somebody else just now: try again"


class _Refusal(NamedTuple):
    """What the store does that answers with one of these codes; what it `says` tells causes."""

    codes: Sequence[str]
    does: str
    says: str = ""


_DENIED, _INVALID = ("AccessDeniedException",), ("InvalidRequestException",)
_KMS = "may not use the KMS key of `{name}` for you: have the policy of that key allow it"
# "Common error types" of the API, and those of its calls.
_REFUSALS = (
    _Refusal(
        (
            *("ExpiredToken", "ExpiredTokenException", "IncompleteSignature"),
            *("InvalidClientTokenId", "InvalidSignatureException", "NotAuthorized"),
            *("SignatureDoesNotMatch", "UnrecognizedClientException"),
        ),
        "does not take your credentials, or they have expired: sign in to AWS again",
    ),
    _Refusal(_DENIED, _KMS, "Access to KMS"),
    _Refusal(
        _DENIED, "does not let you {right} `{name}`: have a policy allow `secretsmanager:{call}`"
    ),
    _Refusal(("DecryptionFailure", "EncryptionFailure"), _KMS),
    _Refusal(
        _INVALID,
        "is about to delete `{name}`: take that back with"
        " `aws secretsmanager restore-secret --secret-id {name}`",
        "delet",
    ),
    _Refusal(
        _INVALID,
        "leaves `{name}` to another service, which manages it: choose another name, by the"
        " setting `aws-secret-id`",
        "managed",
    ),
    _Refusal(
        _INVALID,
        "cannot {right} `{name}` as it stands: look at it with"
        " `aws secretsmanager describe-secret --secret-id {name}`",
    ),
    _Refusal(("LimitExceededException",), "has no room left: delete secrets, or ask AWS for more"),
    _Refusal(("ResourceExistsException", _MISSING), _OVERTAKEN),
    _Refusal(("ThrottlingException",), "has been asked too often: try again later"),
)


@dataclass(frozen=True, slots=True)
class _Secret:
    """A secret that is the token, or a key of one that is JSON."""

    client: Any = field(repr=False)
    name: str
    key: str

    def read(self) -> Found:
        """Return what is there; the version is `None` where the secret is to be made."""
        answer = self._ask("get_secret_value", SecretId=self.name)
        if answer is None:
            # A secret may have been made without a value.
            made = self._ask("describe_secret", SecretId=self.name)
            return Found("", None if made is None else "")
        text, version = answer.get("SecretString"), answer.get("VersionId")
        if version is None:
            raise NotKeptError(_STRANGE)
        if text is None:
            raise NotKeptError(f"`{self.name}` in {_TITLE} is not text: {_OTHER_NAME}.")
        if not self.key:
            return Found(text, version)
        fields = self._fields(text)
        value = fields.pop(self.key, "")
        return Found(value if isinstance(value, str) else json.dumps(value), version, fields)

    def write(self, value: str, found: Found) -> None:
        """Make the secret, or give it a new version; the last one stays as `AWSPREVIOUS`."""
        text = json.dumps({**found.beside, self.key: value}) if self.key else value
        if found.version is None:
            self._ask("create_secret", Name=self.name, SecretString=text)
            return
        own = str(uuid4())  # the id of the version too
        about = {"SecretId": self.name, "SecretString": text, "ClientRequestToken": own}
        try:
            self._ask("put_secret_value", **about)
        finally:
            self._give_back(own, found.version)

    def _give_back(self, own: str, read: object) -> None:
        """Put back what somebody has written between our reading and our own version.

        A call that replaces one version alone is not there, but the last one is told by its label.
        """
        stages = (self._ask("describe_secret", SecretId=self.name) or {}).get("VersionIdsToStages")
        labelled = {label: id_ for id_, labels in (stages or {}).items() for label in labels}
        last = labelled.get(_PREVIOUS)
        if labelled.get(_CURRENT) != own or last in {None, read}:
            return
        theirs = self._ask("get_secret_value", SecretId=self.name, VersionId=last) or {}
        text = {field: theirs[field] for field in _TEXTS if field in theirs}
        self._ask("put_secret_value", SecretId=self.name, **text)
        raise NotKeptError(f"{_TITLE} {_OVERTAKEN.format(name=self.name)}.")

    def _fields(self, text: str) -> dict[str, object]:
        fields = object_in(text)
        if fields is None:
            raise NotKeptError(f"`{self.name}` in {_TITLE} is no JSON with keys: {_OTHER_NAME}.")
        return fields

    def _ask(self, call: str, **about: object) -> dict[str, Any] | None:
        # What these exceptions say is not told: they may quote the request.
        from botocore.exceptions import BotoCoreError, ClientError
        from botocore.parsers import ResponseParserError

        try:
            answer: dict[str, Any] = getattr(self.client, call)(**about)
        except ClientError as error:
            said = error.response
        except BotoCoreError as error:
            raise _unasked(error) from None
        except ResponseParserError:
            raise NotKeptError(_STRANGE) from None
        else:
            return answer
        self._refuse(call, said)
        return None

    def _refuse(self, call: str, said: Mapping[str, Any]) -> None:
        """Raise why a call is refused; that nothing is there is an answer."""
        code = said.get("Error", {}).get("Code", "")
        status = said.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if code == _MISSING and call in _READING:
            return
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise NotKeptError(f"{_TITLE} fails: try again later.")
        text = said.get("Error", {}).get("Message", "")
        rows = (row.does for row in _REFUSALS if code in row.codes and row.says in text)
        does = next(rows, "answers with {code}: look that up in its documentation")
        right = "read" if call in _READING else "write"
        about = {"call": call.title().replace("_", ""), "name": self.name, "code": code}
        raise NotKeptError(f"{_TITLE} {does.format(right=right, **about)}.")


def _open(names: Mapping[str, str], environment: Environment) -> _Secret:
    from botocore.exceptions import BotoCoreError

    try:
        client = _client(environment)
    except BotoCoreError as error:
        raise _unasked(error) from None
    require_secrecy("The address of AWS", _TITLE, client.meta.endpoint_url)
    return _Secret(client, names["SECRET_ID"], names["KEY"])


def _client(environment: Environment) -> Any:  # noqa: ANN401, boto3 has no types
    import boto3
    from botocore.config import Config

    from notion_lsp.request import PATIENCE

    config = Config(
        connect_timeout=PATIENCE, read_timeout=PATIENCE, retries={"total_max_attempts": 2}
    )
    # boto3 1.44 takes the region from `AWS_DEFAULT_REGION` or a profile, not from `AWS_REGION`.
    region = environment.get("AWS_REGION") or None
    return boto3.client("secretsmanager", region_name=region, config=config)


def _unasked(error: Exception) -> NotKeptError:
    from botocore import exceptions

    from notion_lsp.request import PATIENCE

    if isinstance(error, exceptions.NoRegionError):
        return NotKeptError("Set AWS_REGION, or a region in your profile of AWS.")
    if isinstance(error, exceptions.ConnectTimeoutError | exceptions.ReadTimeoutError):
        return NotKeptError(
            f"{_TITLE} does not answer within {PATIENCE:.0f} seconds: try again later."
        )
    if isinstance(error, exceptions.SSLError):
        return NotKeptError(
            f"{_TITLE} has a certificate that nobody vouches for: set AWS_CA_BUNDLE."
        )
    if isinstance(error, exceptions.ConnectionError | exceptions.HTTPClientError):
        return NotKeptError(f"{_TITLE} cannot be reached: look at your network and your region.")
    return NotKeptError("There are no credentials of AWS: sign in, such as with `aws sso login`.")


KEEPER = Keeper(
    store="aws-secrets-manager",
    open=_open,
    variables=("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_DEFAULT_REGION"),
    extra="aws",
)
