"""Python: boto3."""

from dataclasses import replace

from notion_lsp.languages._python_reads import FUNCTOOLS
from notion_lsp.lookup import Definition, Lookup, Requirement

# boto3 1.44 takes the region from `AWS_DEFAULT_REGION` or a profile, not from `AWS_REGION`.
_BOTO3 = Requirement("boto3", "import boto3", "boto3", standard=False)

# boto3 has no types: the annotation of `secret` keeps a strict checker from an `Any`.
LOOKUP = Lookup(
    '{aws_secret}("{SECRET_ID}")',
    (FUNCTOOLS, _BOTO3),
    Definition(
        "aws_secret",
        """\
@{functools}.cache
def {aws_secret}(secret_id: str) -> str:
    client = {boto3}.client("secretsmanager")
    secret: str = client.get_secret_value(SecretId=secret_id)["SecretString"]
    return secret""",
        signature=r"def aws_secret\(\w+: str\) -> str:",
    ),
    packages=("boto3",),
)

LOOKUP_WITH_KEY = replace(
    LOOKUP,
    expression='{aws_secret}("{SECRET_ID}", "{KEY}")',
    requirements=(FUNCTOOLS, Requirement("json", "import json", "json"), _BOTO3),
    definition=Definition(
        "aws_secret",
        """\
@{functools}.cache
def {aws_secret}(secret_id: str, key: str) -> str:
    client = {boto3}.client("secretsmanager")
    values = {json}.loads(client.get_secret_value(SecretId=secret_id)["SecretString"])
    secret: str = values.get(key)
    if not secret:
        raise LookupError(f"{secret_id} has no {key}")
    return secret""",
        signature=r"def aws_secret\(\w+: str, \w+: str\) -> str:",
    ),
)
